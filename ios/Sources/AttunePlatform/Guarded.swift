import Foundation

/// A value behind a lock.
///
/// `@unchecked` because the compiler cannot see that the lock guards the value; it is private, and `with` is the
/// only way to it. `Synchronization.Mutex` would be checked, but needs iOS 18.
final class Guarded<Value>: @unchecked Sendable {
  private let lock = NSLock()
  private var value: Value

  init(_ value: sending Value) {
    self.value = value
  }

  /// Nothing of the caller's may be called from `body`.
  func with<Answer>(_ body: (inout Value) throws -> Answer) rethrows -> Answer {
    lock.lock()
    defer { lock.unlock() }
    return try body(&value)
  }
}

/// A value of Apple's that its library has not marked as safe to hand on, and that is handed on once, to one owner.
struct Handed<Value>: @unchecked Sendable {
  let value: Value

  init(_ value: Value) {
    self.value = value
  }
}
