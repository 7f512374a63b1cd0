import Foundation

#if canImport(UIKit)
  import UIKit
#else
  import AppleDeclarations
#endif

/// Tells `Presence` what becomes of the app's window. The system says it on the main thread, and waits until it was heard:
/// so the cover is there before a picture is taken.
@MainActor
final class AppleScene {
  private let presence: Presence
  private var observers: [any NSObjectProtocol] = []

  init(_ presence: Presence) {
    self.presence = presence
    hear(UIScene.didActivateNotification) { $0.active() }
    hear(UIScene.willDeactivateNotification) { $0.inactive() }
    hear(UIScene.willEnterForegroundNotification) { $0.entersForeground() }
    hear(UIScene.didEnterBackgroundNotification) { $0.entersBackground() }
    hear(UIScene.didDisconnectNotification) { $0.ended() }
    observers.append(
      NotificationCenter.default.addObserver(forName: UIScene.willConnectNotification, object: nil, queue: nil) {
        [presence] note in
        let scene = Handed(note.object as? UIWindowScene)
        MainActor.assumeIsolated { scene.value.map { Self.watch($0, presence) } }
      })
    for case let scene as UIWindowScene in UIApplication.shared.connectedScenes {
      Self.watch(scene, presence)
      // Told before anybody listened.
      if scene.activationState == .foregroundActive { presence.active() }
    }
    // The system made the window without showing it: what was opened for it is closed again.
    if UIApplication.shared.applicationState == .background { presence.entersBackground() }
  }

  /// Hears nothing more.
  func end() {
    for observer in observers { NotificationCenter.default.removeObserver(observer) }
    observers = []
  }

  private func hear(_ name: Notification.Name, _ told: @escaping @MainActor @Sendable (Presence) -> Void) {
    observers.append(
      NotificationCenter.default.addObserver(forName: name, object: nil, queue: nil) { [presence] _ in
        MainActor.assumeIsolated { told(presence) }
      })
  }

  /// Whether its screen is recorded, mirrored or sent elsewhere.
  private static func watch(_ scene: UIWindowScene, _ presence: Presence) {
    presence.captured(scene.traitCollection.sceneCaptureState == .active)
    scene.registerForTraitChanges([UITraitSceneCaptureState.self]) { (scene: UIWindowScene, _: UITraitCollection) in
      presence.captured(scene.traitCollection.sceneCaptureState == .active)
    }
  }
}

/// A window above all others, in the ground's colour. Nothing is drawn in it.
@MainActor
final class AppleCurtain: Curtain {
  /// Above the keyboard, whose window is at 10,000,001.
  private static let level = UIWindow.Level(rawValue: 20_000_000)

  private var windows: [UIWindow] = []

  func raise() {
    guard windows.isEmpty else { return }
    let scenes = UIApplication.shared.connectedScenes.compactMap { $0 as? UIWindowScene }
    // A keyboard can show what was typed, and newer systems draw it where no window of ours can cover it: it goes. What
    // was still being put together on it, as in Chinese, is taken into its field by that.
    UIView.performWithoutAnimation {
      for window in scenes.flatMap(\.windows) { window.endEditing(true) }
    }
    windows = scenes.map { scene in
      let window = UIWindow(windowScene: scene)
      let empty = UIViewController()
      empty.view.backgroundColor = .systemBackground
      window.rootViewController = empty
      window.backgroundColor = .systemBackground
      window.windowLevel = Self.level
      window.accessibilityViewIsModal = true
      window.isHidden = false
      return window
    }
  }

  func lower() {
    for window in windows { window.isHidden = true }
    windows = []
  }
}

/// The system's time for an app that was left.
@MainActor
final class AppleBackgroundTime: BackgroundTime {
  func begin(expired: @escaping @MainActor () -> Void) -> Int? {
    let handed = Handed(expired)
    let time = UIApplication.shared.beginBackgroundTask(withName: "close") { handed.value() }
    return time == .invalid ? nil : time.rawValue
  }

  func end(_ time: Int) {
    UIApplication.shared.endBackgroundTask(UIBackgroundTaskIdentifier(rawValue: time))
  }
}
