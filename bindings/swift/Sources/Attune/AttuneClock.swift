import AttuneGenerated
import Foundation

/// What time it is, and in which zone: days begin there. Tests give one of their own.
public struct AttuneClock: Sendable {
  private let tellDate: @Sendable () -> Date
  private let tellZone: @Sendable () -> TimeZone
  /// What passed of the pauses' own clock since this one was made.
  let passed: @Sendable () -> Duration
  /// Returns when so much has passed of that, or throws when the task is cancelled.
  let wait: @Sendable (Duration) async throws -> Void

  /// A clock that is asked anew at each call. `pauses` measures the pauses between a sync's requests, and waits; a test
  /// gives one of its own, so that nobody waits.
  public init<Pauses: Clock>(
    date: @escaping @Sendable () -> Date, timeZone: @escaping @Sendable () -> TimeZone,
    pauses: Pauses = ContinuousClock()
  ) where Pauses.Duration == Duration {
    tellDate = date
    tellZone = timeZone
    let made = pauses.now
    passed = { made.duration(to: pauses.now) }
    wait = { @Sendable moment in try await pauses.sleep(until: made.advanced(by: moment), tolerance: .zero) }
  }

  /// The device's clock, in the zone that the device is in.
  public static let system = AttuneClock(date: { Date() }, timeZone: { .autoupdatingCurrent })

  /// A clock that stands still.
  public static func fixed(_ date: Date, in timeZone: TimeZone) -> AttuneClock {
    AttuneClock(date: { date }, timeZone: { timeZone })
  }

  /// What time it is.
  public var date: Date { tellDate() }

  /// In which zone.
  public var timeZone: TimeZone { tellZone() }

  var now: Now {
    let date = date
    // An absurd date is declined below; a zone cannot be asked about it.
    let asked = date.isSensible ? date : Date(timeIntervalSince1970: 0)
    return Now(instant: date, utcOffsetMinutes: Int32(clamping: timeZone.secondsFromGMT(for: asked) / 60))
  }
}
