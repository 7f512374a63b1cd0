import Attune
import AttuneDoubles
import AttuneRig
import AttuneTrial
import Foundation
import Testing

@testable import AttuneModel

/// Opening and locking: what stops it, what is asked, and what nothing is lost by.
@MainActor @Suite(.timeLimit(.minutes(5))) struct OpeningTests {
  private static let phrase = "four words are enough"

  private func begun(_ use: @MainActor (Rig) async throws -> Void) async throws {
    try await Rig.lent { rig in
      await rig.on(.begin)
      try await use(rig)
    }
  }

  private func locked(asksCode: Bool, wrong: Bool = false, finger: Bool = false) -> Stage {
    .locked(Stage.Locked(asksCode: asksCode, wrong: wrong, finger: finger))
  }

  private func setCode(_ rig: Rig, _ code: String, finger: Bool = false) async throws {
    await rig.on(.go(.passcode))
    try await rig.onTop(
      PasscodeModel.self, .set(SecretBytes(typed: code), again: SecretBytes(typed: code), finger: finger))
    #expect(rig.state.notice == .codeSet)
  }

  private func saveCopy(_ rig: Rig) async throws {
    await rig.on(.go(.saveCopy))
    try await rig.onTop(
      SaveCopyModel.self, .sealed(SecretBytes(typed: Self.phrase), again: SecretBytes(typed: Self.phrase)))
    try await rig.handOver(to: "place")
  }

  // Holds: 2
  @Test func withoutACodeItOpensByItself() async throws {
    try await begun { rig in
      await rig.on(try rig.home, .mark)
      await rig.processDies()
      try #expect(rig.home.state.moments.count == 1)
    }
  }

  // Holds: 5
  @Test func aFingerOpensWhereItWasSetAndTheCodeAlwaysDoes() async throws {
    try await begun { rig in
      rig.finger.isThere = true
      try await setCode(rig, "4711", finger: true)
      await rig.on(.hide)
      #expect(rig.state.stage == locked(asksCode: true, finger: true))
      await rig.on(.unlockByFinger)
      #expect(rig.isOpen)
      await rig.on(.hide, .unlock(SecretBytes(typed: "4711")))
      #expect(rig.isOpen)
      await rig.on(.go(.settings))
      try #expect(rig.top(SettingsModel.self).state.hasFinger)
      try await rig.onTop(SettingsModel.self, .forgetFinger)
      try #expect(!rig.top(SettingsModel.self).state.hasFinger)
      await rig.on(.hide, .unlockByFinger)
      #expect(rig.state.stage == locked(asksCode: true), "no finger opens any more")
    }
  }

  // Holds: 5
  @Test func whereAnotherFingerEndedItThatIsSaidAndTheCodeOpens() async throws {
    try await begun { rig in
      rig.finger.isThere = true
      try await setCode(rig, "4711", finger: true)
      await rig.on(.hide)
      // So the system does it when another one is enrolled.
      rig.finger.forget()
      await rig.on(.unlockByFinger)
      var lock = Stage.Locked(asksCode: true)
      lock.fingerGone = true
      #expect(rig.state.stage == .locked(lock))
      await rig.on(.unlock(SecretBytes(typed: "0000")))
      #expect(rig.state.stage == locked(asksCode: true, wrong: true))
      await rig.on(.unlock(SecretBytes(typed: "4711")))
      #expect(rig.isOpen)
    }
  }

  // Holds: 5
  @Test func aQuestionThatNobodyAnswersKeepsNoProcessFromBeingStopped() async throws {
    try await begun { rig in
      rig.finger.isThere = true
      try await setCode(rig, "4711", finger: true)
      await rig.on(.hide)
      let (asked, tell) = AsyncStream.makeStream(of: Void.self)
      rig.finger.whileAsked = { tell.yield() }
      rig.app.on(.unlockByFinger)
      for await _ in asked { break }
      rig.app.on(.left)
      rig.app.on(.suspends)
      await rig.settle()
      rig.finger.whileAsked = nil
      #expect(rig.state.stage == locked(asksCode: true, finger: true))
      await rig.on(.returned, .unlockByFinger)
      #expect(rig.isOpen)
    }
  }

  // Holds: 5, 74
  @Test func anotherCodeEndsWhatTheFingerOpened() async throws {
    try await begun { rig in
      rig.finger.isThere = true
      try await setCode(rig, "4711", finger: true)
      try await setCode(rig, "2580")
      #expect(!rig.finger.isOn)
      await rig.on(.hide, .unlock(SecretBytes(typed: "4711")))
      #expect(rig.state.stage == locked(asksCode: true, wrong: true))
      await rig.on(.unlock(SecretBytes(typed: "2580")))
      #expect(rig.isOpen)
      await rig.on(.go(.passcode))
      try await rig.onTop(PasscodeModel.self, .remove)
      #expect(rig.state.notice == .codeOff)
      await rig.on(.hide)
      #expect(rig.state.stage == locked(asksCode: false))
    }
  }

  // Holds: 11
  @Test func aCodeIsAskedForAfterItLockedByItselfAndThenOneIsWhereOneWas() async throws {
    try await begun { rig in
      try await setCode(rig, "4711")
      var settings = rig.state.settings
      settings.autoLock = .atOnce
      await rig.on(.go(.settings), .set(settings), .left)
      await rig.app.locking?.join()
      await rig.on(.returned)
      #expect(rig.state.stage == locked(asksCode: true))
      #expect(rig.routes.isEmpty, "nothing stands above the lock")
      await rig.on(.unlock(SecretBytes(typed: "4711")))
      #expect(rig.routes == [.settings])
    }
  }

  // Holds: 12
  @Test func anotherAppsAnswerIsWaitedFor() async throws {
    try await begun { rig in
      var settings = rig.state.settings
      settings.autoLock = .atOnce
      await rig.on(.go(.saveCopy), .set(settings), .leaves, .left)
      await rig.pass(millis: 4 * 60_000)
      await rig.on(.returned)
      #expect(rig.routes == [.saveCopy])
      await rig.on(.left)
      await rig.app.locking?.join()
      #expect(rig.isLocked, "that was for once")
    }
  }

  // Holds: 7, 11, 12
  @Test func beforeTheSystemStopsTheProcessTheVaultIsClosedWhateverWasSet() async throws {
    try await begun { rig in
      await rig.on(try rig.home, .mark)
      try await rig.onTop(PickModel.self, .words)
      try rig.top(MomentModel.self).on(.words("half a sent"))
      let before = rig.routes
      weak var vault = rig.app.session?.vault
      await rig.on(.left, .suspends)
      #expect(rig.isLocked)
      #expect(await isGone { vault == nil }, "no file of it is held")
      await rig.on(.returned)
      #expect(rig.routes == before, "without a code there is nothing to ask")
      try #expect(rig.top(MomentModel.self).state.words == "half a sent")
      await rig.on(.back, .back)
      try await setCode(rig, "4711")
      await rig.on(.left, .suspends, .returned)
      #expect(rig.state.stage == locked(asksCode: true))
      // What is being opened while the system stops the process is closed again.
      rig.app.on(.unlock(SecretBytes(typed: "4711")))
      await rig.on(.left, .suspends)
      #expect(!rig.isOpen)
      await rig.on(.returned, .unlock(SecretBytes(typed: "4711")))
      #expect(rig.isOpen)
    }
  }

  // Holds: 13, 14
  @Test func laterIsSaidAndAKeyThatIsGoneIsToldFromIt() async throws {
    try await begun { rig in
      await rig.on(try rig.home, .mark)
      await rig.on(.hide)
      for (fault, why) in [(TestKeyStore.Fault.locked, Stop.later), (.gone, .keyGone)] {
        rig.store.meets(fault)
        await rig.on(rig.isLocked ? .unlock(nil) : .tryAgain)
        #expect(rig.state.stage == .stopped(why))
        rig.store.meets(.none)
        await rig.on(.tryAgain)
        try #expect(rig.home.state.moments.count == 1)
        await rig.on(.hide)
      }
    }
  }

  // Holds: 14, 18, 72
  @Test func afterAKeyThatIsGoneACopyComesBack() async throws {
    try await begun { rig in
      await rig.on(try rig.home, .mark)
      try await saveCopy(rig)
      await rig.on(.hide)
      rig.store.meets(.gone)
      await rig.on(.unlock(nil))
      #expect(rig.state.stage == .stopped(.keyGone))
      rig.store.meets(.none)
      await rig.on(.startOver, .go(.bringBack))
      let back = try rig.top(BringBackModel.self)
      await rig.on(back, .pick(TestDocuments.url("place")), .open(SecretBytes(typed: Self.phrase)))
      try #expect(rig.home.state.moments.count == 1)
      #expect(rig.vaultFiles == 2, "what was there is set aside")
    }
  }

  // Holds: 72
  @Test func anotherFileAndASpaceThatIsFullAreToldApart() async throws {
    try await begun { rig in
      try await saveCopy(rig)
      let whole = try #require(rig.documents.data(at: "place"))
      rig.documents.put(Data("a letter".utf8), at: TestDocuments.url("other"))
      rig.documents.put(whole.dropLast(), at: TestDocuments.url("cut"))
      await rig.on(.go(.bringBack))
      let back = try rig.top(BringBackModel.self)
      await rig.on(back, .pick(TestDocuments.url("place")), .open(SecretBytes(typed: Self.phrase)))
      #expect(back.state.full, "a vault is here")
      try await Rig.lent { empty in
        empty.documents.take(from: rig.documents)
        await empty.on(.go(.bringBack))
        let other = try empty.top(BringBackModel.self)
        for place in ["other", "cut", "nowhere"] {
          await empty.on(other, .pick(TestDocuments.url(place)), .open(SecretBytes(typed: Self.phrase)))
          #expect(other.state.unusable && !other.state.wrong && !other.state.newer, "\(place)")
          #expect(empty.vaultFiles == 0)
        }
        // What the core says of a copy of a newer version; its checksum keeps us from making one here.
        await empty.on(other, .pick(TestDocuments.url("nowhere")))
        other.tell(noticeOf(.newerVersion))
        #expect(other.state.newer && !other.state.unusable && !other.state.wrong)
      }
    }
  }

  // Holds: 15
  @Test func damageIsSaidAndNothingIsDeleted() async throws {
    try await begun { rig in
      await rig.on(try rig.home, .mark)
      await rig.on(.hide)
      let file = rig.folder.appendingPathComponent("vault.db")
      let whole = try Data(contentsOf: file)
      try Data(whole.enumerated().map { $0 < 40 ? $1 : $1 &+ 1 }).write(to: file)
      await rig.on(.unlock(nil))
      #expect(rig.state.stage == .stopped(.damaged))
      #expect(try Data(contentsOf: file).count == whole.count)
      try whole.write(to: file)
      await rig.on(.tryAgain)
      try #expect(rig.home.state.moments.count == 1)
    }
  }

  // Holds: 16
  @Test func aNewerVersionAsksForAnUpdateAndDeletesNothing() async throws {
    try await begun { rig in
      await rig.on(try rig.home, .mark)
      await rig.on(.hide)
      let file = rig.folder.appendingPathComponent("vault.key")
      let whole = try Data(contentsOf: file)
      // The format's number stands behind the file's mark, and a digest at its end.
      var newer = whole.dropLast(32)
      newer[10] += 1
      try newer.write(to: file)
      let sum = try Child(URL(fileURLWithPath: "/usr/bin/sha256sum"), [file.path], in: rig.root.url)
      let digest = try #require(await sum.line()).prefix(64)
      for at in stride(from: 0, to: 64, by: 2) {
        newer.append(try #require(UInt8(digest.dropFirst(at).prefix(2), radix: 16)))
      }
      try newer.write(to: file)
      await rig.on(.unlock(nil))
      #expect(rig.state.stage == .stopped(.newer))
      await rig.on(.tryAgain)
      #expect(rig.state.stage == .stopped(.newer))
      try whole.write(to: file)
      await rig.on(.tryAgain)
      try #expect(rig.home.state.moments.count == 1)
    }
  }

  // Holds: 7, 9
  @Test func whatIsLockedShowsNothingThatWasOpen() async throws {
    try await begun { rig in
      await rig.on(.go(.settings), .hide, .go(.moments), .back, .left, .returned)
      #expect(rig.state.stage == locked(asksCode: false))
      #expect(rig.state.top == nil)
      await rig.on(.unlock(nil))
      #expect(rig.state.top == nil)
      #expect(rig.isOpen)
    }
  }

  // Holds: 79, 80
  @Test func whatCouldNotBeDeletedIsSaid() async throws {
    try await begun { rig in
      await rig.on(.hide, .go(.deleteAll))
      rig.store.meets(.unavailable)
      let delete = try rig.top(DeleteAllModel.self)
      await rig.on(delete, .delete)
      #expect(delete.state.failed && !delete.state.busy)
      rig.store.meets(.none)
      await rig.on(delete, .delete)
      #expect(rig.state.stage == .firstRun)
      #expect(rig.state.notice == .allGone)
    }
  }
}
