import AttuneGenerated
import Foundation

/// Sync: a request up and one down for each practice, whether or not anything changed.
extension AttuneVault {
  /// Carries one sync from its beginning to its end. A second one waits for the first.
  ///
  /// A relay that was not reached is no error: `Practice.health` says so. Stopped anywhere, by cancellation, by an error
  /// or by the end of the process, nothing is lost, and the next sync goes on.
  ///
  /// - Throws: `AttuneError`; `CancellationError` when the task was cancelled, between two steps or while the transport
  ///   was at work.
  public func sync(over transport: some Transport) async throws {
    try await turn.take {
      try await onOwnThread { try self.vault.syncBegin(now: self.clock.now) }
      watchers.tell()
      while let request = try await onOwnThread({ try self.vault.syncNext() }) {
        try Task.checkCancellation()
        let answer = await carry(request, over: transport)
        // A transport that was broken off did not find the relay unreachable.
        try Task.checkCancellation()
        try await onOwnThread { try self.vault.syncFeed(answer: answer, now: self.clock.now) }
        watchers.tell()
      }
    }
  }

  /// The answer; none if the relay was not reached.
  private func carry(_ request: SyncRequest, over transport: some Transport) async -> SyncAnswer? {
    guard let url = URL(string: request.url),
      let answer = try? await transport.post(url, body: request.body)
    else { return nil }
    return SyncAnswer(status: UInt16(clamping: answer.status), body: answer.body)
  }
}
