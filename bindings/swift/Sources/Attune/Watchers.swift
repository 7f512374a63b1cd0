/// Everybody who watches a vault. Several changes that nobody has looked at yet are told as one.
final class Watchers: Sendable {
  private struct State: Sendable {
    var ended = false
    var next = 0
    var streams: [Int: AsyncStream<Void>.Continuation] = [:]
  }

  private let state = Guarded(State())

  func stream() -> AsyncStream<Void> {
    let (stream, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
    let id: Int? = state.with { state in
      guard !state.ended else { return nil }
      state.next += 1
      state.streams[state.next] = continuation
      return state.next
    }
    guard let id else {
      continuation.finish()
      return stream
    }
    continuation.onTermination = { [weak self] _ in
      self?.state.with { $0.streams[id] = nil }
    }
    return stream
  }

  func tell() {
    // Outside of the lock: whoever ends a stream asks for it.
    for stream in state.with({ Array($0.streams.values) }) {
      stream.yield()
    }
  }

  func end() {
    let streams = state.with { state in
      state.ended = true
      defer { state.streams = [:] }
      return Array(state.streams.values)
    }
    for stream in streams {
      stream.finish()
    }
  }
}
