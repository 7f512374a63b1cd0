import AttuneModel
import AttuneRig
import Testing

@testable import AttunePlatform

/// The cover, and what the app hears of its window.
@MainActor
struct PresenceTests {
  private let curtain = TestCurtain()
  private let center = TestCenter()
  private let heard = WindowNews()
  private let presence: Presence

  init() {
    let heard = heard
    let tell: (AppEvent) -> Void = { heard.events.append($0) }
    let leaving = Leaving(time: TestBackgroundTime(), wait: TestTime(), tell: tell, settled: {})
    presence = Presence(
      curtain: curtain, leaving: leaving,
      notices: SystemNotices(center: center, words: { $0 }, isInFront: { false }), tell: tell)
  }

  // Holds: 76
  @Test func itIsCoveredTheMomentThePersonCannotActOnIt() {
    presence.entersForeground()
    presence.active()
    #expect(!curtain.isUp && presence.isInFront)
    presence.inactive()
    #expect(curtain.isUp && !presence.isInFront)
    presence.entersBackground()
    #expect(curtain.isUp)
    presence.entersForeground()
    #expect(curtain.isUp, "until they can act on it again")
    presence.active()
    #expect(!curtain.isUp)
  }

  @Test func theCoverIsNoLock() {
    presence.active()
    presence.inactive()
    presence.active()
    #expect(heard.names == ["inFront", "inFront"], "a question of the system's locks nothing")
  }

  @Test func leavingAndComingBackAreTold() {
    presence.active()
    presence.entersBackground()
    presence.entersForeground()
    presence.active()
    #expect(heard.names == ["inFront", "left", "returned", "inFront"])
    presence.ended()
    presence.ended()
    #expect(heard.names.suffix(2) == ["left", "ended"])
    #expect(presence.isOver && !presence.isInFront)
  }

  @Test func captureIsToldWhenItChanges() {
    for captured in [false, true, true, false, false, true] { presence.captured(captured) }
    #expect(heard.names == ["captured", "not captured", "captured"])
  }

  @Test func whoeverOpensTheAppNeedsNoWordOfAnUpdate() {
    center.shown = ["You have an update."]
    presence.entersForeground()
    presence.active()
    #expect(center.shown.isEmpty)
  }
}

@MainActor
private final class TestCurtain: Curtain {
  var isUp = false
  nonisolated init() {}
  func raise() { isUp = true }
  func lower() { isUp = false }
}

/// What an app was told of its window.
@MainActor
final class WindowNews {
  var events: [AppEvent] = []
  nonisolated init() {}

  var names: [String] {
    events.map { event in
      switch event {
      case .inFront: "inFront"
      case .left: "left"
      case .returned: "returned"
      case .ended: "ended"
      case .captured(let now): now ? "captured" : "not captured"
      default: "another"
      }
    }
  }
}
