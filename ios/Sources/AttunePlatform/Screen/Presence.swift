import AttuneModel

/// What covers all windows of the app.
@MainActor
protocol Curtain: AnyObject {
  /// Covers, at once and opaquely, sheets too. A second time changes nothing.
  func raise()

  /// Takes the cover away.
  func lower()
}

/// Where the window is, and what the app makes of it. The cover has nothing to do with the lock: it is there whenever the
/// person cannot act on the app, so that no picture that the system takes shows anything.
@MainActor
final class Presence {
  private let curtain: any Curtain
  private let leaving: Leaving
  private let notices: SystemNotices
  private let tell: (AppEvent) -> Void
  private var captured = false

  /// Whether the person has the app before them.
  private(set) var isInFront = false

  /// The window is gone for good.
  private(set) var isOver = false

  init(curtain: any Curtain, leaving: Leaving, notices: SystemNotices, tell: @escaping (AppEvent) -> Void) {
    self.curtain = curtain
    self.leaving = leaving
    self.notices = notices
    self.tell = tell
  }

  /// The person can act on it.
  func active() {
    isInFront = true
    curtain.lower()
    notices.clear()
    tell(.inFront)
  }

  /// They cannot, or no longer: a call, the list of open apps, a question of the system's.
  func inactive() {
    isInFront = false
    curtain.raise()
  }

  /// It is about to be seen again.
  func entersForeground() {
    leaving.returned()
  }

  /// It is out of sight, and will be stopped.
  func entersBackground() {
    isInFront = false
    curtain.raise()
    leaving.left()
  }

  /// The screen is being recorded or shown elsewhere, or no longer is.
  func captured(_ now: Bool) {
    guard now != captured else { return }
    captured = now
    tell(.captured(now))
  }

  /// The window is gone for good. The next one has an app of its own.
  func ended() {
    guard !isOver else { return }
    isInFront = false
    isOver = true
    curtain.lower()
    leaving.left()
    tell(.ended)
  }
}
