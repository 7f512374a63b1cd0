import AttuneGenerated
import Foundation

/// What time it is, and in which zone: days begin there. Tests give one of their own.
public struct AttuneClock: Sendable {
  private let tellDate: @Sendable () -> Date
  private let tellZone: @Sendable () -> TimeZone

  /// A clock that is asked anew at each call.
  public init(date: @escaping @Sendable () -> Date, timeZone: @escaping @Sendable () -> TimeZone) {
    tellDate = date
    tellZone = timeZone
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
