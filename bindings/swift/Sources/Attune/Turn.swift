/// One at a time, first come, first served. Whoever waits can be cancelled.
final class Turn: Sendable {
  private struct Waiting: Sendable {
    let id: Int
    let wake: CheckedContinuation<Void, any Error>
  }

  private struct State: Sendable {
    var taken = false
    var next = 0
    var waiting: [Waiting] = []
  }

  private enum Outcome {
    case mine, cancelled, queued
  }

  private let state = Guarded(State())

  /// Runs `body` when nobody else's is running.
  func take(_ body: () async throws -> Void) async throws {
    try await wait()
    defer { passOn() }
    try await body()
  }

  private func wait() async throws {
    let id = state.with { state in
      state.next += 1
      return state.next
    }
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { (wake: CheckedContinuation<Void, any Error>) in
        let outcome: Outcome = state.with { state in
          // Asked under the lock: a cancellation before this is seen here, a later one finds the entry.
          if Task.isCancelled { return .cancelled }
          guard state.taken else {
            state.taken = true
            return .mine
          }
          state.waiting.append(Waiting(id: id, wake: wake))
          return .queued
        }
        switch outcome {
        case .mine: wake.resume()
        case .cancelled: wake.resume(throwing: CancellationError())
        case .queued: break
        }
      }
    } onCancel: {
      let left = state.with { state in
        state.waiting.firstIndex { $0.id == id }.map { state.waiting.remove(at: $0) }
      }
      left?.wake.resume(throwing: CancellationError())
    }
  }

  private func passOn() {
    let next: Waiting? = state.with { state in
      guard !state.waiting.isEmpty else {
        state.taken = false
        return nil
      }
      return state.waiting.removeFirst()
    }
    next?.wake.resume()
  }
}
