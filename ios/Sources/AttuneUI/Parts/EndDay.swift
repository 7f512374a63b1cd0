import Attune
import SwiftUI

/// The last day of a choice: none, one of a few, or one's own.
struct EndDay: View {
  @Environment(\.days) private var days
  @State private var isOpen: Bool
  @State private var isOwn: Bool?
  private let until: DateComponents?
  private let pick: @MainActor (DateComponents?) -> Void

  init(until: DateComponents?, isOpen: Bool = false, pick: @escaping @MainActor (DateComponents?) -> Void) {
    self.until = until
    self.pick = pick
    _isOpen = State(initialValue: isOpen)
  }

  var body: some View {
    if isOpen {
      Part(.dateTitle) {
        Sub(.dateLine)
        PickList(.dateTitle, options, picked: Binding(get: { picked }, set: { picked($0) }))
        if picked == .own, let start = until.flatMap(days.calendar.start(ofAttuneDay:)) { own(start) }
        RowButton(.buttonDone) { isOpen = false }
      }
    } else {
      Block {
        Item(.pickUntilTitle, until.map { .pickUntil(day: days.text($0)) } ?? .pickUntilNone) { isOpen = true }
          .accessibilityIdentifier("end-day")
      }
    }
  }

  private enum Kind: Hashable {
    case none, day(DateComponents), own
  }

  private var ready: [(day: DateComponents, words: Words)] {
    [
      (days.after(days: 7), .dateOneWeek), (days.after(days: 14), .dateTwoWeeks),
      (days.after(months: 1), .dateOneMonth),
    ]
  }

  private var options: [(value: Kind, words: Words)] {
    [(.none, .pickUntilNone)] + ready.map { (.day($0.day), $0.words) } + [(.own, .dateOwn)]
  }

  private var picked: Kind {
    guard let until else { return .none }
    let isReady = ready.contains { $0.day == until }
    return isOwn ?? !isReady ? .own : .day(until)
  }

  private func picked(_ kind: Kind) {
    isOwn = kind == .own
    switch kind {
    case .none: pick(nil)
    case .day(let day): pick(day)
    case .own: pick(until ?? days.after(days: 1))
    }
  }

  /// A wheel stands in its place: a calendar would open over *Hide*.
  @ViewBuilder private func own(_ start: Date) -> some View {
    Said([.pickUntil(day: days.dayText(start))])
    DatePicker(
      selection: Binding(get: { start }, set: { pick(days.calendar.attuneDay(of: $0)) }),
      in: days.calendar.startOfDay(for: days.now())..., displayedComponents: .date
    ) {
      Text(.dateOwn)
    }
    .datePickerStyle(.wheel)
    .labelsHidden()
    .environment(\.calendar, days.calendar)
    .environment(\.timeZone, days.zone)
  }
}
