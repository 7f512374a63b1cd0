import Attune

/// What the person or the device does to the app as a whole.
public enum AppEvent: Sendable {
  /// First run is read: make a vault.
  case begin
  /// Open, with a code if one is asked for. The bytes are overwritten.
  case unlock(SecretBytes?)
  /// Open by finger or face.
  case unlockByFinger
  /// Lock, now, whatever is on the screen.
  case hide
  /// Back to the screen before.
  case back
  /// Another screen.
  case go(Route)
  /// The vault that cannot be opened is set aside.
  case startOver
  /// Try once more to open.
  case tryAgain
  /// The line was read, or its time is over.
  case noticeDone
  /// The app is about to open a screen of another app and waits for its answer: a picker, a permission.
  case leaves
  /// The window is in front again: what was waited for has answered, if it ever came.
  case inFront
  /// The app left the screen. What runs for a while longer comes to its end.
  case left
  /// The system is about to stop the process, for a while or for good: the vault is closed, whatever was set. The
  /// device lets the app run on until `App.settled()` returns.
  case suspends
  /// It is on the screen again.
  case returned
  /// The screen is being recorded or shown elsewhere, or no longer is.
  case captured(Bool)
  /// The settings are to be these.
  case set(Settings)
  /// Look for updates, now.
  case lookNow
  /// The app was opened with a pairing's link. Its text form holds no part of it.
  case link(String)
  /// The window was closed for good.
  case ended
}

extension AppEvent: Silent {}
