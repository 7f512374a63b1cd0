/// A passcode of a vault, or the passphrase of a copy. Never printed; overwritten when nobody holds it any more.
///
/// A `String` cannot be overwritten: where a shell can, it hands over bytes, and overwrites its own.
public final class Passcode: Sendable {
  let bytes: SecretBytes

  /// From what a person typed.
  public init(_ text: String) {
    bytes = SecretBytes(text.utf8)
  }

  /// From the same in UTF-8.
  public init(utf8 bytes: some Sequence<UInt8>) {
    self.bytes = SecretBytes(bytes)
  }

  /// Overwrites it now. It is of no use after that.
  public func wipe() {
    bytes.wipe()
  }
}

extension Passcode: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// The type's name.
  public var description: String { "Passcode" }
  /// The type's name.
  public var debugDescription: String { description }
  /// Nothing.
  public var customMirror: Mirror { Mirror(self, children: []) }
}
