import AttuneModel
import Foundation

/// The system's list of what is to be run later: one request of the app's, or none.
@MainActor
protocol LaterTasks: AnyObject {
  /// Asks to be run some time after `earliest`, in place of what was asked before. False if the system would not.
  func submit(earliest: Date) -> Bool

  /// Takes the request back.
  func cancel()
}

/// When the system is asked to look: each time after a while that is left to chance. What to do then is `LookRun`'s; without
/// a pairing the core has nothing to send.
@MainActor
final class LookSchedule: Looking {
  private let tasks: any LaterTasks
  private let container: Container
  private let now: () -> Date
  private let between: (ClosedRange<Int>) -> Int

  /// - Parameter between: picks a number, both ends included.
  init(
    tasks: any LaterTasks, container: Container, now: @escaping () -> Date = { Date() },
    between: @escaping (ClosedRange<Int>) -> Int = { .random(in: $0) }
  ) {
    self.tasks = tasks
    self.container = container
    self.now = now
    self.between = between
  }

  func schedule(_ look: Look) {
    guard look != .whenAsked else { return end() }
    if let planned, planned.look == look, planned.isAhead(at: now()) { return }
    plan(look)
  }

  func end() {
    tasks.cancel()
    try? FileManager.default.removeItem(at: container.look)
  }

  /// Plans the one after that which has just begun.
  func next(_ look: Look) {
    if look == .whenAsked { end() } else { plan(look) }
  }

  private func plan(_ look: Look) {
    guard let hours = Self.hours(look) else { return }
    let minutes = between(hours.lowerBound * 60...hours.upperBound * 60)
    let earliest = now().addingTimeInterval(Double(minutes) * 60)
    guard tasks.submit(earliest: earliest) else {
      // In Settings the person may have said that nothing runs in the background: then it looks when it is opened.
      return end()
    }
    let line = "\(look.rawValue) \(Int(earliest.timeIntervalSince1970))"
    try? container.write(Data(line.utf8), to: container.look)
  }

  /// How many hours after, at the earliest: twelve or twenty-four in the mean.
  private static func hours(_ look: Look) -> ClosedRange<Int>? {
    switch look {
    case .twiceADay: 8...16
    case .onceADay: 18...30
    case .whenAsked: nil
    }
  }

  private var planned: Planned? {
    guard let data = try? Data(contentsOf: container.look) else { return nil }
    return Planned(String(decoding: data, as: UTF8.self))
  }

  /// What was asked of the system, which does not say so at once.
  private struct Planned {
    let look: Look
    let earliest: Date

    init?(_ line: String) {
      let fields = line.split(separator: " ")
      guard fields.count == 2, let look = Look(rawValue: String(fields[0])), let seconds = Double(fields[1])
      else { return nil }
      self.look = look
      earliest = Date(timeIntervalSince1970: seconds)
    }

    /// Still to come, or not long ago: the system takes its time. Farther off than was ever planned, the clock was set.
    func isAhead(at now: Date) -> Bool {
      let day = 86_400.0
      return (-day...(2 * day)).contains(earliest.timeIntervalSince(now))
    }
  }
}
