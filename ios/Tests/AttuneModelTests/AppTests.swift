import Attune
import AttuneDoubles
import AttuneRig
import AttuneTrial
import Foundation
import Testing

@testable import AttuneModel

/// Stages, routes, locking: the app on a real vault, without a window.
@MainActor @Suite(.timeLimit(.minutes(5))) struct AppTests {
  private func begun(_ use: @MainActor (Rig) async throws -> Void) async throws {
    try await Rig.lent { rig in
      await rig.on(.begin)
      try await use(rig)
    }
  }

  private func locked(asksCode: Bool, wrong: Bool = false, finger: Bool = false) -> Stage {
    .locked(Stage.Locked(asksCode: asksCode, wrong: wrong, finger: finger))
  }

  // Holds: 1
  @Test func theFirstDayBeginsWithWhatStaysPrivate() async throws {
    try await Rig.lent { rig in
      #expect(rig.state.stage == .firstRun)
      #expect(!FileManager.default.fileExists(atPath: rig.folder.path))
      await rig.on(.begin)
      try #expect(rig.home.state.read)
      try #expect(rig.home.state.moments.isEmpty)
    }
  }

  // Holds: 20, 22
  @Test func oneTapMarks() async throws {
    try await begun { rig in
      await rig.on(try rig.home, .mark)
      try #expect(rig.home.state.moments.count == 1)
      let pick = try rig.top(PickModel.self)
      #expect(pick.state.saved)
      #expect(pick.state.offers.first?.option == .keep)
      await rig.on(pick, .undo)
      try #expect(rig.home.state.moments.isEmpty)
      #expect(rig.state.notice == .undone)
      #expect(rig.routes.isEmpty)
    }
  }

  // Holds: 21
  @Test func twoQuickTapsMarkOneMoment() async throws {
    try await begun { rig in
      let home = try rig.home
      home.on(.mark)
      home.on(.mark)
      await rig.settle()
      #expect(home.state.moments.count == 1)
      #expect(rig.routes.count == 1)
    }
  }

  // Holds: 31
  @Test func keepingItSendsNothingAndLeadsHome() async throws {
    try await begun { rig in
      await rig.on(try rig.home, .mark)
      try await rig.pick(.keep)
      #expect(rig.routes.isEmpty)
      #expect(rig.state.notice == .kept)
      try #expect(rig.home.state.moments.count == 1)
    }
  }

  // Holds: 7, 9, 10, 23
  @Test func hideForgetsWhereThePersonWasAndBackDoesNotShowIt() async throws {
    try await begun { rig in
      await rig.on(try rig.home, .mark)
      try await rig.onTop(PickModel.self, .words)
      try rig.top(MomentModel.self).on(.words("words of mine"))
      await rig.on(.hide)
      #expect(rig.state.stage == locked(asksCode: false))
      #expect(rig.routes.isEmpty)
      #expect(rig.kept.routes == ["Hidden"])
      await rig.on(.back)
      #expect(rig.isLocked)
      await rig.on(.returned)
      #expect(rig.isLocked, "a tap opens it, and nothing less")
      await rig.on(.unlock(nil))
      #expect(rig.routes.isEmpty)
      // What was typed before is there.
      try #expect(rig.home.state.moments.map(\.moment.words) == ["words of mine"])
    }
  }

  // Holds: 9
  @Test func hiddenStaysHiddenWhenTheProcessDies() async throws {
    try await begun { rig in
      await rig.on(.hide)
      await rig.processDies()
      #expect(rig.state.stage == locked(asksCode: false))
      await rig.on(.unlock(nil))
      #expect(rig.isOpen)
    }
  }

  // Holds: 9
  @Test func hiddenStaysHiddenWhenTheWindowIsClosedForGood() async throws {
    try await begun { rig in
      await rig.on(.hide, .ended)
      #expect(rig.kept.routes == ["Hidden"])
    }
  }

  // Holds: 11
  @Test func anAnswerThatNeverCameDoesNotKeepItOpenLonger() async throws {
    try await begun { rig in
      await rig.on(.leaves, .inFront, .left)
      await rig.pass(millis: 61_000)
      #expect(rig.isLocked)
    }
  }

  // Holds: 22
  @Test func undoIsGoneOnceWordsCanBeThere() async throws {
    try await begun { rig in
      await rig.on(try rig.home, .mark)
      try await rig.onTop(PickModel.self, .words)
      await rig.on(.back)
      try #expect(!rig.top(PickModel.self).state.saved)
    }
  }

  // Holds: 9
  @Test func aWindowThatClosedForGoodLeavesNothingOpen() async throws {
    try await begun { rig in
      await rig.on(.ended)
      #expect(rig.isLocked)
      await rig.on(.unlock(nil))
      #expect(!rig.isOpen, "nobody is there")
    }
  }

  // Holds: 8
  @Test func noSideFileIsLeftAfterHide() async throws {
    try await begun { rig in
      await rig.on(try rig.home, .mark)
      await rig.on(.hide)
      let left = try FileManager.default.contentsOfDirectory(atPath: rig.folder.path)
      #expect(left.contains("vault.db"))
      #expect(!left.contains { $0.hasSuffix("-wal") || $0.hasSuffix("-shm") || $0.hasSuffix("-journal") })
    }
  }

  // Holds: 23
  @Test func aDeadProcessComesBackToTheSameScreens() async throws {
    try await begun { rig in
      await rig.on(try rig.home, .mark)
      try await rig.onTop(PickModel.self, .words)
      try await rig.onTop(MomentModel.self, .words("half a sent"))
      let before = rig.routes
      await rig.processDies()
      #expect(rig.routes == before)
      try #expect(rig.top(MomentModel.self).state.words == "half a sent")
    }
  }

  // Holds: 11
  @Test func itLocksByItselfAfterTheTimeThatWasSetAndKeepsThePlace() async throws {
    try await begun { rig in
      await rig.on(.go(.settings), .left)
      await rig.pass(millis: 59_000)
      #expect(rig.isOpen)
      await rig.pass(millis: 2_000)
      #expect(rig.isLocked)
      await rig.on(.returned)
      #expect(rig.isOpen, "without a code it opens by itself")
      #expect(rig.routes == [.settings])
    }
  }

  // Holds: 11
  @Test func itLocksWhenItComesBackFromASleepThatWasLonger() async throws {
    try await begun { rig in
      let home = try rig.home
      await rig.on(.go(.settings), .left)
      rig.time.sleep(61_000)
      rig.app.on(.returned)
      #expect(rig.isLocked, "at once, before anything is drawn")
      await rig.settle()
      #expect(rig.routes == [.settings])
      try #expect(rig.home !== home)
    }
  }

  // Holds: 12
  @Test func comingBackInTimeLocksNothing() async throws {
    try await begun { rig in
      let home = try rig.home
      await rig.on(.left)
      await rig.pass(millis: 30_000)
      await rig.on(.returned)
      await rig.pass(millis: 120_000)
      try #expect(rig.home === home)
    }
  }

  // Holds: 3, 4, 74
  @Test func aCodeIsAskedForAndAWrongOneSaysSo() async throws {
    try await begun { rig in
      await rig.on(.go(.passcode))
      let typed = ["4711", "4712", "4711", "4711", "0000", "4711"].map { SecretBytes(typed: $0) }
      try await rig.onTop(PasscodeModel.self, .set(typed[0], again: typed[1], finger: false))
      try #expect(rig.top(PasscodeModel.self).state.differs)
      try await rig.onTop(PasscodeModel.self, .set(typed[2], again: typed[3], finger: false))
      #expect(rig.state.notice == .codeSet)
      await rig.on(.hide)
      #expect(rig.state.stage == locked(asksCode: true))
      await rig.on(.unlock(typed[4]))
      #expect(rig.state.stage == locked(asksCode: true, wrong: true))
      await rig.on(.unlock(typed[5]))
      #expect(rig.isOpen)
      for bytes in typed {
        #expect(bytes.withUnsafeBytes { $0.allSatisfy { $0 == 0 } }, "what was typed is overwritten")
      }
    }
  }

  // Holds: 13, 14
  @Test func aLockedKeyStoreIsLaterAndALostKeyIsSaidAndNothingIsDeleted() async throws {
    try await begun { rig in
      await rig.on(try rig.home, .mark)
      await rig.on(.hide)
      rig.store.meets(.locked)
      await rig.on(.unlock(nil))
      #expect(rig.state.stage == .stopped(.later))
      rig.store.meets(.gone)
      await rig.on(.tryAgain)
      #expect(rig.state.stage == .stopped(.keyGone))
      rig.store.meets(.none)
      await rig.on(.tryAgain)
      try #expect(rig.home.state.moments.count == 1)
    }
  }

  // Holds: 18
  @Test func startingOverSetsAsideAndDeletesNothing() async throws {
    try await begun { rig in
      await rig.on(try rig.home, .mark)
      await rig.on(.hide)
      rig.store.meets(.gone)
      await rig.on(.unlock(nil))
      rig.store.meets(.none)
      rig.kept.routes = [Route.settings.saved()]
      await rig.on(.startOver)
      #expect(rig.state.stage == .firstRun)
      #expect(rig.kept.routes.isEmpty, "what was open in the other space leads nowhere in this one")
      await rig.on(.begin)
      try #expect(rig.home.state.moments.isEmpty)
      #expect(rig.vaultFiles == 2)
    }
  }

  // Holds: 19
  @Test func helpIsThereWhileItIsLocked() async throws {
    try await begun { rig in
      await rig.on(.hide, .go(.help))
      #expect(rig.routes == [.help])
      await rig.on(.go(.moments))
      #expect(rig.routes == [.help], "a locked app shows no moments")
    }
  }

  // Holds: 79
  @Test func deleteAllLeadsToTheFirstDay() async throws {
    try await begun { rig in
      await rig.on(try rig.home, .mark)
      var settings = rig.state.settings
      settings.screenCapture = true
      await rig.on(.set(settings), .go(.deleteAll))
      try await rig.onTop(DeleteAllModel.self, .delete)
      #expect(rig.state.stage == .firstRun)
      #expect(rig.state.notice == .allGone)
      #expect(rig.routes.isEmpty)
      #expect(!rig.state.settings.screenCapture)
      #expect(!rig.store.hasKey)
      #expect(rig.looking.scheduled == nil)
      #expect(rig.vaultFiles == 0)
    }
  }

  // Holds: 79
  @Test func deleteAllTakesALinkWithItThatWaited() async throws {
    try await begun { rig in
      await rig.on(.hide, .link("attune://relay.example.org/#AQID"), .go(.deleteAll))
      try await rig.onTop(DeleteAllModel.self, .delete)
      rig.store.renew()
      await rig.on(.begin)
      #expect(rig.isOpen && rig.routes.isEmpty)
    }
  }

  // Holds: 69, 70, 72
  @Test func aCopyComesBackIntoAnEmptySpaceAlone() async throws {
    try await begun { rig in
      await rig.on(try rig.home, .mark)
      await rig.on(.go(.saveCopy))
      let save = try rig.top(SaveCopyModel.self)
      await rig.on(save, .sealed(SecretBytes(typed: "short"), again: SecretBytes(typed: "short")))
      #expect(save.state.short && save.state.handing == nil)
      await rig.on(save, .sealed(SecretBytes(typed: phrase), again: SecretBytes(typed: "four words are enou")))
      #expect(save.state.differs && save.state.handing == nil)
      await rig.on(save, .sealed(SecretBytes(typed: phrase), again: SecretBytes(typed: phrase)))
      try await rig.handOver(to: "place")
      #expect(save.state.saved)
      #expect(rig.state.notice == .copySaved)
      #expect(!FileManager.default.fileExists(atPath: rig.passing.path))
      try await Rig.lent { other in
        other.documents.take(from: rig.documents)
        await other.on(.go(.bringBack))
        let back = try other.top(BringBackModel.self)
        await other.on(back, .pick(TestDocuments.url("place")), .open(SecretBytes(typed: "not the pass phrase")))
        #expect(back.state.wrong)
        await other.on(back, .open(SecretBytes(typed: phrase)))
        try #expect(other.home.state.moments.count == 1)
        #expect(!FileManager.default.fileExists(atPath: other.passing.path))
      }
    }
  }

  // Holds: 70
  @Test func aCopyThatNobodyTookIsRemoved() async throws {
    try await begun { rig in
      let files = FileManager.default
      for leave in [SaveCopyEvent.handed(false), nil] {
        await rig.on(.go(.saveCopy))
        try await rig.onTop(SaveCopyModel.self, .readable)
        let file = try #require(try rig.top(SaveCopyModel.self).state.handing)
        #expect(files.fileExists(atPath: file.path))
        if let leave { try await rig.onTop(SaveCopyModel.self, leave) }
        await rig.on(.back)
        #expect(!files.fileExists(atPath: file.path))
        #expect(rig.state.notice == nil)
      }
      await rig.on(.go(.saveCopy))
      try await rig.onTop(SaveCopyModel.self, .readable)
      let file = try #require(try rig.top(SaveCopyModel.self).state.handing)
      await rig.on(.hide)
      #expect(!files.fileExists(atPath: file.path), "nor does it lie there while it is locked")
    }
  }

  private let phrase = "four words are enough"
}
