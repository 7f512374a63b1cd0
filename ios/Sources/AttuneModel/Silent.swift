/// What holds something of a person's, and says nothing of it: its text form is its type's name, also for `dump` and a
/// debugger, which look past a text form at the mirror.
public protocol Silent: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {}

extension Silent {
  /// The type's name.
  public nonisolated var description: String { "\(Self.self)" }
  /// The type's name.
  public nonisolated var debugDescription: String { description }
  /// Nothing, of what it is derived from neither.
  public nonisolated var customMirror: Mirror { Mirror(self, children: [], ancestorRepresentation: .suppressed) }
}
