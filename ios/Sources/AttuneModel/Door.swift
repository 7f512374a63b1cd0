/// Lets in one at a time, in the order in which they came. Whoever was cancelled while waiting comes in all the same, and
/// has to look.
@MainActor
final class Door {
  private var taken = false
  private var waiting: [CheckedContinuation<Void, Never>] = []

  /// Runs `work` while nobody else's is running.
  func alone<Value>(_ work: @MainActor () async throws -> Value) async rethrows -> Value {
    if taken {
      await withCheckedContinuation { waiting.append($0) }
    }
    taken = true
    defer { passOn() }
    return try await work()
  }

  private func passOn() {
    // It stays taken for whoever is next.
    if waiting.isEmpty { taken = false } else { waiting.removeFirst().resume() }
  }
}
