import Attune
import AttuneDoubles
import Foundation

/// A clock that a test moves: at first it is half past nine on a Monday in March, two hours east of UTC.
public final class TestClock: Sendable {
  /// 2026-03-02T09:30:00+02:00.
  public static let monday = Date(timeIntervalSince1970: 1_772_436_600)

  private let state = Locked((date: TestClock.monday, zone: TimeZone(secondsFromGMT: 7_200)!))

  /// At that moment.
  public init() {}

  /// What time it is.
  public var date: Date { state.with { $0.date } }
  /// In which zone.
  public var zone: TimeZone { state.with { $0.zone } }

  /// In that zone.
  public var calendar: Calendar {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = zone
    return calendar
  }

  /// It is that time.
  public func set(_ date: Date) {
    state.with { $0.date = date }
  }

  /// It is in that zone.
  public func set(_ zone: TimeZone) {
    state.with { $0.zone = zone }
  }

  /// So many days pass.
  public func pass(days: Double) {
    state.with { $0.date += days * 86_400 }
  }

  /// The day in so many days.
  public func day(in days: Double) -> DateComponents {
    calendar.attuneDay(of: date + days * 86_400)
  }

  /// For a vault, whose syncs do not wait.
  public var clock: AttuneClock {
    AttuneClock(date: { self.date }, timeZone: { self.zone }, pauses: TestPauses())
  }

  /// RFC 3339, for a desk.
  public var text: String {
    let format = ISO8601DateFormatter()
    format.timeZone = zone
    return format.string(from: date)
  }
}
