import AttuneModel
import Foundation
import Testing

@testable import AttunePlatform

/// When the system is asked to look for updates.
@MainActor
struct LookScheduleTests {
  private let tasks = TestTasks()
  private let kept: TestContainer
  private let clock = Guarded(Date(timeIntervalSince1970: 1_800_000_000))
  private let windows = Guarded<[ClosedRange<Int>]>([])

  init() throws {
    kept = try TestContainer()
  }

  private var schedule: LookSchedule {
    LookSchedule(tasks: tasks, container: kept.container, now: { [clock] in clock.with { $0 } }) { [windows] window in
      windows.with { $0.append(window) }
      return window.lowerBound
    }
  }

  private func hours(_ hours: Double) -> Date {
    Date(timeIntervalSince1970: 1_800_000_000 + hours * 3_600)
  }

  private func pass(hours: Double) {
    clock.with { $0.addTimeInterval(hours * 3_600) }
  }

  // Holds: 83
  @Test func theTimeIsLeftToChanceOnceOrTwiceADay() {
    schedule.schedule(.twiceADay)
    #expect(tasks.planned == hours(8))
    schedule.schedule(.onceADay)
    #expect(tasks.planned == hours(18))
    #expect(windows.with { $0 } == [8 * 60...16 * 60, 18 * 60...30 * 60])

    let real = LookSchedule(tasks: tasks, container: kept.container)
    let times = (1...50).map { _ in
      real.next(.twiceADay)
      return tasks.planned?.timeIntervalSinceNow ?? 0
    }
    #expect(times.allSatisfy { (7.9 * 3_600...16 * 3_600).contains($0) })
    #expect(Set(times.map { Int($0 / 60) }).count > 10)
  }

  @Test func aSecondTimeChangesNothing() {
    schedule.schedule(.twiceADay)
    pass(hours: 7)
    schedule.schedule(.twiceADay)
    #expect(tasks.asked == 1 && tasks.planned == hours(8))
    pass(hours: 20)
    schedule.schedule(.twiceADay)
    #expect(tasks.asked == 1, "the system takes its time")
    schedule.schedule(.onceADay)
    #expect(tasks.planned == hours(27 + 18))
  }

  @Test func whatNeverCameIsPlannedAnew() {
    schedule.schedule(.twiceADay)
    pass(hours: 40)
    schedule.schedule(.twiceADay)
    #expect(tasks.planned == hours(48))
    pass(hours: -24 * 365)
    schedule.schedule(.twiceADay)
    #expect(tasks.asked == 3, "also after the clock was set back")
  }

  // Holds: 77
  @Test func whenAskedIsNeverByItself() throws {
    schedule.schedule(.onceADay)
    schedule.schedule(.whenAsked)
    #expect(tasks.planned == nil)
    schedule.next(.whenAsked)
    #expect(tasks.planned == nil)
    #expect(try kept.folder.files().isEmpty)
  }

  @Test func theNextIsPlannedWhateverWasBefore() {
    schedule.schedule(.twiceADay)
    pass(hours: 9)
    schedule.next(.twiceADay)
    #expect(tasks.planned == hours(17))
  }

  @Test func whereTheSystemWouldNotNothingIsRemembered() throws {
    tasks.declines = true
    schedule.schedule(.twiceADay)
    #expect(try kept.folder.files().isEmpty)
    tasks.declines = false
    schedule.schedule(.twiceADay)
    #expect(tasks.planned == hours(8))
  }

  // Holds: 79
  @Test func endedItIsForgotten() throws {
    schedule.schedule(.onceADay)
    schedule.end()
    #expect(tasks.planned == nil)
    #expect(try kept.folder.files().isEmpty)
  }
}

/// The system's list.
@MainActor
final class TestTasks: LaterTasks {
  var planned: Date?
  var asked = 0
  var declines = false

  nonisolated init() {}

  func submit(earliest: Date) -> Bool {
    asked += 1
    if declines { return false }
    planned = earliest
    return true
  }

  func cancel() { planned = nil }
}
