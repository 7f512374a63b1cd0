#if os(Linux)
  import AppleDeclarations
  import AttuneModel
  import AttuneRig
  import Foundation
  import Testing

  @testable import AttunePlatform

  /// What becomes of the app's scene, and the windows that are made for it, by declarations of our own in place of `UIKit`.
  @MainActor
  @Suite(.serialized)
  struct AppleSceneTests {
    private let scene = UIWindowScene()
    private let window: UIWindow

    init() {
      window = UIWindow(windowScene: scene)
      SceneWatch.connect(scene)
    }

    private var covers: [UIWindow] { scene.windows.filter { $0 !== window && !$0.isHidden } }

    // Holds: 76
    @Test func theCoverIsAboveTheKeyboardAndEndsWhatIsTyped() throws {
      let curtain = AppleCurtain()
      curtain.raise()
      let cover = try #require(covers.first)
      #expect(covers.count == 1 && cover.backgroundColor != nil && cover.rootViewController != nil)
      // The level of the keyboard's window, as it is seen on devices.
      #expect(cover.windowLevel.rawValue > 10_000_001)
      #expect(window.wasEnded, "newer systems draw the keyboard above every window of an app")
      curtain.raise()
      #expect(covers.count == 1)
      curtain.lower()
      #expect(covers.isEmpty && !window.isHidden)
      curtain.raise()
      #expect(covers.count == 1)
    }

    // Holds: 76
    @Test func whatTheSystemTellsOfTheSceneIsHeardAtOnce() {
      let heard = WindowNews()
      let presence = heard.presence()
      let listening = AppleScene(presence)
      #expect(heard.names == ["inFront"], "told before anybody listened")
      tell(UIScene.willDeactivateNotification)
      #expect(covers.count == 1 && !presence.isInFront)
      tell(UIScene.didEnterBackgroundNotification)
      tell(UIScene.willEnterForegroundNotification)
      #expect(covers.count == 1)
      tell(UIScene.didActivateNotification)
      #expect(covers.isEmpty && presence.isInFront)
      SceneWatch.capture(scene, .active)
      SceneWatch.capture(scene, .inactive)
      tell(UIScene.didDisconnectNotification)
      #expect(
        heard.names == ["inFront", "left", "returned", "inFront", "captured", "not captured", "left", "ended"])
      listening.end()
      tell(UIScene.didActivateNotification)
      #expect(!presence.isInFront, "nobody listens any more")
    }

    @Test func aSceneThatWasMadeOutOfSightIsCoveredAndLeft() {
      SceneWatch.isInBackground()
      let heard = WindowNews()
      let listening = AppleScene(heard.presence())
      #expect(covers.count == 1 && heard.names == ["left"])
      listening.end()
    }

    @Test func aSceneThatIsRecordedFromTheFirstIsTold() {
      SceneWatch.capture(scene, .active)
      let heard = WindowNews()
      let listening = AppleScene(heard.presence())
      #expect(heard.names == ["captured", "inFront"])
      listening.end()
    }

    private func tell(_ name: Notification.Name) {
      NotificationCenter.default.post(name: name, object: scene)
    }
  }

  extension WindowNews {
    /// A presence that tells this one, with the windows that a device would have.
    fileprivate func presence() -> Presence {
      let tell: (AppEvent) -> Void = { self.events.append($0) }
      return Presence(
        curtain: AppleCurtain(),
        leaving: Leaving(time: TestBackgroundTime(), wait: TestTime(), tell: tell, settled: {}),
        notices: SystemNotices(center: TestCenter(), words: { $0 }, isInFront: { false }), tell: tell)
    }
  }
#endif
