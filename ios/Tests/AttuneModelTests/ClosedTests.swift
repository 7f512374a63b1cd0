import Attune
import AttuneRig
import AttuneTrial
import Foundation
import Testing

@testable import AttuneModel

/// What a closed vault leaves behind: nothing.
@MainActor @Suite(.timeLimit(.minutes(5))) struct ClosedTests {
  /// Something that must be gone.
  private struct Held {
    weak var vault: AttuneVault?
    weak var session: Session?
    weak var home: HomeModel?
    weak var moment: MomentModel?
    weak var pick: PickModel?

    var isNone: Bool { vault == nil && session == nil && home == nil && moment == nil && pick == nil }
  }

  private func deepInside(_ rig: Rig) async throws -> Held {
    await rig.on(try rig.home, .mark)
    let pick = try rig.top(PickModel.self)
    await rig.on(pick, .words)
    let moment = try rig.top(MomentModel.self)
    await rig.on(moment, .words("words of mine"), .where(.plan))
    let held = Held(
      vault: rig.app.session?.vault, session: rig.app.session, home: try rig.home, moment: moment, pick: pick)
    #expect(!held.isNone)
    return held
  }

  // Holds: 7, 10
  @Test func afterHideNothingHoldsTheVaultOrAnyScreen() async throws {
    try await Rig.lent { rig in
      await rig.on(.begin)
      let held = try await deepInside(rig)
      await rig.on(.hide)
      #expect(await isGone { held.isNone })
      await rig.on(.unlock(nil))
      let again = try await deepInside(rig)
      await rig.on(.go(.deleteAll))
      try await rig.onTop(DeleteAllModel.self, .delete)
      #expect(await isGone { again.isNone })
    }
  }

  // Holds: 11
  @Test func afterItLockedByItselfNothingHoldsTheVault() async throws {
    try await Rig.lent { rig in
      await rig.on(.begin)
      let held = try await deepInside(rig)
      await rig.on(.left)
      await rig.pass(millis: 61_000)
      #expect(rig.isLocked)
      #expect(await isGone { held.isNone })
    }
  }

  // Holds: 23
  @Test func aScreenThatWasLeftIsGoneAndWhatItWroteIsWritten() async throws {
    try await Rig.lent { rig in
      await rig.on(.begin)
      await rig.on(try rig.home, .mark)
      try await rig.onTop(PickModel.self, .words)
      weak var moment = try rig.top(MomentModel.self)
      moment?.on(.words("one"))
      moment?.on(.words("one and two"))
      // Left in the same moment.
      rig.app.on(.back)
      rig.app.on(.back)
      await rig.settle()
      #expect(await isGone { moment == nil })
      try #expect(rig.home.state.moments.map(\.moment.words) == ["one and two"])
    }
  }

  // Holds: 8, 20
  @Test func whatWasBegunIsCarriedToItsEndWhenItIsHiddenMeanwhile() async throws {
    try await Rig.lent { rig in
      await rig.on(.begin)
      try rig.home.on(.mark)
      // The write has begun, and nobody waits for it any more.
      let session = try #require(rig.app.session)
      for _ in 1...1_000 where !session.isWriting { await Task.yield() }
      await rig.on(.hide)
      #expect(rig.isLocked && rig.routes.isEmpty && rig.state.notice == nil)
      await rig.on(.unlock(nil))
      #expect(rig.routes.isEmpty)
      try #expect(rig.home.state.moments.count == 1, "and no screen of it")
      let kept = try #require(rig.app.session)
      await rig.on(.hide)
      await #expect(throws: AttuneError.closed) { try await kept.read { try $0.moments() } }
      await #expect(throws: AttuneError.closed) { try await kept.write { try $0.flag() } }
      await rig.on(.unlock(nil))
      try #expect(rig.home.state.moments.count == 1)
    }
  }

  // Holds: 7
  @Test func anAppThatIsGoneHoldsNothing() async throws {
    weak var app: App?
    weak var vault: AttuneVault?
    do {
      let rig = try await Rig()
      await rig.on(.begin, .go(.settings))
      app = rig.app
      vault = rig.app.session?.vault
      #expect(app != nil && vault != nil)
      await rig.on(.ended)
      await rig.close()
    }
    #expect(await isGone { app == nil && vault == nil })
  }
}
