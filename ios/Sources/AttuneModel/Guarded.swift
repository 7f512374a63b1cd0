import Foundation

/// A value behind a lock.
///
/// `@unchecked` because the compiler cannot see that the lock guards the value; it is private, and `with` is the only way
/// to it.
final class Guarded<Value: Sendable>: @unchecked Sendable {
  private let lock = NSLock()
  private var value: Value

  init(_ value: Value) {
    self.value = value
  }

  /// Nothing of the caller's may be called from `body`.
  func with<Answer>(_ body: (inout Value) throws -> Answer) rethrows -> Answer {
    lock.lock()
    defer { lock.unlock() }
    return try body(&value)
  }
}
