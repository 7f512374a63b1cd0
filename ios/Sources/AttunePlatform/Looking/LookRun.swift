import AttuneModel
import Foundation

/// The run that the system gave.
@MainActor
protocol GivenRun: AnyObject {
  /// Has `tell` called when the time is over, before the process is stopped.
  func expires(_ tell: @escaping @MainActor () -> Void)

  /// It is over; whether what there was to do is done.
  func completed(_ well: Bool)
}

/// One look for updates while nobody is there.
@MainActor
final class LookRun {
  private let look: @MainActor () async -> Bool?
  private let schedule: LookSchedule
  private let settings: any SettingsStore
  private let notices: SystemNotices

  /// - Parameter look: as `House.lookWhileClosed()`: whether something came; none if it has to be later.
  init(
    look: @escaping @MainActor () async -> Bool?, schedule: LookSchedule, settings: any SettingsStore,
    notices: SystemNotices
  ) {
    self.look = look
    self.schedule = schedule
    self.settings = settings
    self.notices = notices
  }

  /// Looks for as long as the system lets it. The next time is planned first: nothing that goes wrong below takes it away.
  /// Where the time is over it leaves off, and the vault is closed before the system hears of it.
  @discardableResult
  func begin(_ run: any GivenRun) -> Task<Void, Never> {
    let wanted = settings.read().look
    schedule.next(wanted)
    let looking = Task { [look, settings, notices] in
      let came = wanted == .whenAsked ? nil : await look()
      if came == true, settings.read().notifications { notices.post() }
      run.completed(came != nil && !Task.isCancelled)
    }
    run.expires { looking.cancel() }
    return looking
  }
}
