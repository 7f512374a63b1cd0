import AttuneGenerated
import Foundation

/// Sync: a request up and one down for each practice, whether or not anything changed.
extension AttuneVault {
  /// Carries one sync from its beginning to its end. A second one waits for the first.
  ///
  /// A relay that was not reached is no error: `Practice.health` says so. Stopped anywhere, by cancellation, by an error
  /// or by the end of the process, nothing is lost, and the next sync goes on. Each request after the first leaves at a fixed
  /// moment after the answer before, up to 50 ms later than it could.
  ///
  /// - Throws: `AttuneError`; `CancellationError` when the task was cancelled, between two steps or while the transport
  ///   was at work.
  public func sync(over transport: some Transport) async throws {
    try await turn.take {
      try await onOwnThread { try self.vault.syncBegin(now: self.clock.now) }
      watchers.tell()
      var answered: Duration?
      while let request = try await onOwnThread({ try self.vault.syncNext() }) {
        if let answered { try await holdBack(since: answered) }
        try Task.checkCancellation()
        let answer = await carry(request, over: transport)
        answered = clock.passed()
        // A transport that was broken off did not find the relay unreachable.
        try Task.checkCancellation()
        try await onOwnThread { try self.vault.syncFeed(answer: answer, now: self.clock.now) }
        watchers.tell()
      }
    }
  }

  /// Waits until a request may leave that is ready now. Nothing leaves a vault that was closed meanwhile.
  private func holdBack(since answered: Duration) async throws {
    let ready = clock.passed()
    let held = try attempt { try holdBackNanos(sinceNanos: (ready - answered).nanos) }
    try await clock.wait(ready + .nanoseconds(held))
    if isClosed { throw AttuneError.closed }
  }

  /// The answer; none if the relay was not reached.
  private func carry(_ request: SyncRequest, over transport: some Transport) async -> SyncAnswer? {
    guard let url = URL(string: request.url),
      let answer = try? await transport.post(url, body: request.body)
    else { return nil }
    return SyncAnswer(status: UInt16(clamping: answer.status), body: answer.body)
  }
}

extension Duration {
  /// In nanoseconds, if it is none below zero; it begins anew after 584 years.
  fileprivate var nanos: UInt64 {
    let (seconds, attoseconds) = components
    return UInt64(clamping: seconds) &* 1_000_000_000 &+ UInt64(clamping: attoseconds / 1_000_000_000)
  }
}
