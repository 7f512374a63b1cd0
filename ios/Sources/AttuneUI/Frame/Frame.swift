import SwiftUI

/// What every screen has around it, given once for all of them.
struct Frame: Sendable {
  /// Locks. None while it is locked.
  var hide: (@MainActor @Sendable () -> Void)?
  /// Leaves the screen. None on the first one.
  var back: (@MainActor @Sendable () -> Void)?
  /// *Get help now*. None where that is what is shown.
  var help: (@MainActor @Sendable () -> Void)?
  /// One line that is said now.
  var notice: Words?
  /// The line was read.
  var noticeDone: @MainActor @Sendable () -> Void = {}
  /// To be called before another app's screen is opened whose answer is waited for: the app does not lock meanwhile.
  var leaves: @MainActor @Sendable () -> Void = {}
  /// The screen is recorded or shown elsewhere, and the person has not allowed that: what is shared and what was written
  /// to them is covered.
  var covers = false
}

private struct FrameKey: EnvironmentKey {
  static let defaultValue = Frame()
}

extension EnvironmentValues {
  /// The frame of the screen that is drawn.
  var frame: Frame {
    get { self[FrameKey.self] }
    set { self[FrameKey.self] = newValue }
  }
}
