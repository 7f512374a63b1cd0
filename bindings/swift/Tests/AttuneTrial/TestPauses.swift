import AttuneDoubles

/// Pauses in which nobody waits: the moment that is waited for comes at once.
public final class TestPauses: Clock {
  /// A moment: what passed until then.
  public struct Instant: InstantProtocol {
    /// Since the beginning.
    public let passed: Duration

    /// One that is so much later.
    public func advanced(by duration: Duration) -> Instant { Instant(passed: passed + duration) }
    /// How long it is from here to there.
    public func duration(to other: Instant) -> Duration { other.passed - passed }
    /// Whether one is before the other.
    public static func < (one: Instant, other: Instant) -> Bool { one.passed < other.passed }
  }

  private let state = Locked(Duration.zero)
  private let waiting: @Sendable () async throws -> Void

  /// Nothing has passed. `waiting` is called at each wait, before its moment comes.
  public init(waiting: @escaping @Sendable () async throws -> Void = {}) {
    self.waiting = waiting
  }

  /// What moment it is.
  public var now: Instant { Instant(passed: state.with { $0 }) }
  /// As fine as a duration.
  public var minimumResolution: Duration { .zero }

  /// So much passes, besides what is waited for.
  public func pass(_ duration: Duration) {
    state.with { $0 += duration }
  }

  /// It is that moment, at once.
  public func sleep(until deadline: Instant, tolerance: Duration?) async throws {
    try await waiting()
    state.with { $0 = max($0, deadline.passed) }
  }
}
