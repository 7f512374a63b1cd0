import Foundation

/// A value behind a lock, for doubles.
///
/// `@unchecked` since the compiler does not know that the lock guards the value, which nothing else reaches.
public final class Locked<Value: Sendable>: @unchecked Sendable {
  private let lock = NSLock()
  private var value: Value

  /// Holds that value.
  public init(_ value: Value) {
    self.value = value
  }

  /// Reads or changes it.
  public func with<Answer>(_ body: (inout Value) throws -> Answer) rethrows -> Answer {
    lock.lock()
    defer { lock.unlock() }
    return try body(&value)
  }
}
