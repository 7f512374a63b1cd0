import Foundation

// A day is `DateComponents` with year, month and day of the Gregorian calendar, whatever calendar a person reads.

extension Calendar {
  /// The day of `date` in this calendar's time zone, as Attune takes it; no day, which is declined, for a date that is no
  /// number or far away.
  public func attuneDay(of date: Date) -> DateComponents {
    guard date.isSensible else { return DateComponents() }
    let parts = gregorian.dateComponents([.year, .month, .day], from: date)
    return DateComponents(year: parts.year, month: parts.month, day: parts.day)
  }

  /// When one of Attune's days begins in this calendar's time zone; nothing if there is no such day.
  public func start(ofAttuneDay day: DateComponents) -> Date? {
    let day = day.asAttuneDay
    guard let start = gregorian.date(from: day), attuneDay(of: start) == day else { return nil }
    return start
  }

  private var gregorian: Calendar {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = timeZone
    return calendar
  }
}

extension DateComponents {
  /// The same day in the Gregorian calendar, where these components say that they are of another one.
  var asAttuneDay: DateComponents {
    guard let calendar, calendar.identifier != .gregorian, calendar.identifier != .iso8601 else {
      return DateComponents(year: year, month: month, day: day)
    }
    return calendar.date(from: self).map(calendar.attuneDay(of:)) ?? DateComponents()
  }
}

extension Date {
  /// Within ten thousand years of 1970: beyond, calendars and zones may not be asked.
  var isSensible: Bool {
    abs(timeIntervalSince1970) < 315_576_000_000
  }
}
