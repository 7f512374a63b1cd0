import Attune
import Foundation
import SwiftUI

/// How days are written, and which one it is.
struct Days: Sendable {
  /// Now, by the phone's clock.
  var now: @Sendable () -> Date = { Date() }
  /// Where the phone is.
  var zone: TimeZone = .autoupdatingCurrent
  /// The language in which the screen is drawn; none for the app's own.
  var locale: Locale?

  /// The day on which the screen is drawn.
  var today: DateComponents { calendar.attuneDay(of: now()) }

  /// The Gregorian calendar where the phone is.
  var calendar: Calendar {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = zone
    return calendar
  }

  /// A day in the language's own way, such as "Friday, March 6"; with its year if that is not this one.
  func text(_ day: DateComponents) -> String {
    guard let start = calendar.start(ofAttuneDay: day) else { return "" }
    return start.formatted(style(of: start, in: zone))
  }

  /// The day of a point in time, where the phone is.
  func dayText(_ at: Date) -> String { at.formatted(style(of: at, in: zone)) }

  /// When a moment was marked, where the phone was then: the day and the time.
  func markedText(_ moment: Misattunement) -> String {
    moment.markedAt.formatted(style(of: moment.markedAt, in: moment.timeZone ?? zone).hour().minute())
  }

  /// So many days after today.
  func after(days: Int) -> DateComponents { after(.day, days) }

  /// So many months after today.
  func after(months: Int) -> DateComponents { after(.month, months) }

  private func after(_ unit: Calendar.Component, _ count: Int) -> DateComponents {
    calendar.date(byAdding: unit, value: count, to: now()).map(calendar.attuneDay(of:)) ?? today
  }

  private func style(of at: Date, in zone: TimeZone) -> Date.FormatStyle {
    var there = calendar
    there.timeZone = zone
    let isThisYear = there.component(.year, from: at) == calendar.component(.year, from: now())
    let plain = Date.FormatStyle(locale: locale ?? Catalog.locale, calendar: there, timeZone: zone).month(.wide).day()
    return isThisYear ? plain.weekday(.wide) : plain.year()
  }
}

private struct DaysKey: EnvironmentKey {
  static let defaultValue = Days()
}

extension EnvironmentValues {
  /// How days are written.
  var days: Days {
    get { self[DaysKey.self] }
    set { self[DaysKey.self] = newValue }
  }
}
