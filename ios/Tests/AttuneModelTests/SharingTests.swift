import Attune
import AttuneRig
import AttuneTrial
import Foundation
import Testing

@testable import AttuneModel

extension Towns {
  /// From the mark to the answer, by the models' events alone, with a real relay and real desks on the other side.
  @MainActor @Suite(.timeLimit(.minutes(10))) struct SharingTests {
    // Holds: 34, 42
    @Test func threeTapsFromAMomentToWhatWasShared() async throws {
      try await paired { rig, town in
        await rig.on(try rig.home, .mark)
        try await rig.pick(.writtenFollowUp)
        let preview = try #require(try rig.top(PreviewModel.self).state.preview)
        #expect(preview.recipient == Town.therapist && preview.role == .therapist)
        #expect(preview.words == nil)
        try await rig.onTop(PreviewModel.self, .share)
        let choice = try rig.top(ChoiceModel.self)
        #expect(choice.state.shared && choice.state.choice?.status == .notSent)
        try await rig.lookBoth(town.desk)
        let card = try await town.desk.card("WrittenFollowUp")
        #expect(!card.isNull && card["words"].isNull)
        #expect(choice.state.choice?.state == .received)
      }
    }

    // Holds: 39
    @Test func aSecondPressSharesNothingTwice() async throws {
      try await paired { rig, _ in
        await rig.on(try rig.home, .mark)
        try await rig.pick(.pause)
        let preview = try rig.top(PreviewModel.self)
        preview.on(.share)
        preview.on(.share)
        await rig.settle()
        preview.on(.share)
        await rig.on(.back, .go(.choices))
        try #expect(rig.top(ChoicesModel.self).state.choices.count == 1)
      }
    }

    // Holds: 44
    @Test func aProcessThatDiesRightAfterSharingDoesNotOfferItAgain() async throws {
      try await paired { rig, _ in
        await rig.on(try rig.home, .mark)
        try await rig.pick(.pause)
        let before = rig.kept.routes
        try await rig.onTop(PreviewModel.self, .share)
        // The choice is on the disk, and the routes of after it are not.
        rig.kept.routes = before
        await rig.processDies()
        try #expect(rig.top(ChoiceModel.self).state.choice?.option == .pause)
        await rig.on(.go(.choices))
        try #expect(rig.top(ChoicesModel.self).state.choices.count == 1)
      }
    }

    // Holds: 45
    @Test func aPreviewComesBackAsItWasAfterTheProcessDied() async throws {
      try await paired { rig, town in
        await rig.on(try rig.home, .mark)
        try await rig.onTop(PickModel.self, .words)
        try await rig.onTop(MomentModel.self, .words("the name, twice"))
        await rig.on(.back)
        try await rig.pick(.writtenFollowUp)
        let day = town.clock.day(in: 4)
        // Two switches at once: neither forgets the other.
        try rig.top(PreviewModel.self).on(.withWords(true))
        try await rig.onTop(PreviewModel.self, .until(day))
        await rig.processDies()
        let preview = try #require(try rig.top(PreviewModel.self).state.preview)
        #expect(preview.words == "the name, twice" && preview.until == day)
        #expect(!rig.kept.routes.contains { $0.contains("name") }, "the system was given none of the words")
      }
    }

    // Holds: 35
    @Test func wordsAndWhereGoOnlyWithTheirSwitchesOn() async throws {
      try await paired { rig, town in
        await rig.on(try rig.home, .mark)
        try await rig.onTop(PickModel.self, .words)
        try await rig.onTop(MomentModel.self, .words("he said my name wrong"), .where(.said))
        await rig.on(.back)
        try await rig.pick(.repairQuietly)
        let model = try rig.top(PreviewModel.self)
        #expect(model.state.preview?.words == nil && model.state.preview?.pointer == nil)
        await rig.on(model, .withPointer(true))
        #expect(model.state.preview?.pointer == .said)
        await rig.on(model, .share)
        try await rig.lookBoth(town.desk)
        let card = try await town.desk.card("RepairQuietly")
        #expect(card["pointer"].text == "Said" && card["words"].isNull)
      }
    }

    // Holds: 37
    @Test func anEndDateInThePastIsDeclinedAndThePreviewStays() async throws {
      try await paired { rig, _ in
        await rig.on(try rig.home, .mark)
        try await rig.pick(.pause)
        let model = try rig.top(PreviewModel.self)
        await rig.on(model, .until(DateComponents(year: 2026, month: 3, day: 1)))
        #expect(rig.state.notice == .pastDay)
        #expect(model.state.preview != nil && model.state.preview?.until == nil && model.state.until == nil)
      }
    }

    // Holds: 47
    @Test func takingBackIsTwoTapsAndToldTruly() async throws {
      try await paired { rig, town in
        try await rig.share(.pause)
        await rig.on(.back)
        let shared = try #require(try rig.home.state.moments.first?.choice)
        await rig.on(try rig.home, .open(.choice(shared.caseId)))
        try await rig.onTop(ChoiceModel.self, .takeBack)
        try #expect(rig.top(ChoiceModel.self).state.choice?.status == .takenBackUnseen)
        try await rig.lookBoth(town.desk)
        #expect(try await town.desk.inbox().isEmpty)
      }
    }

    // Holds: 48
    @Test func anotherWayTakesThePlaceOfTheFirst() async throws {
      try await paired { rig, town in
        let choice = try await rig.share(.pause)
        try await rig.lookBoth(town.desk)
        await rig.on(choice, .change)
        try await rig.pick(.briefCheckIn)
        try await rig.onTop(PreviewModel.self, .share)
        try await rig.lookBoth(town.desk)
        #expect(try await town.desk.inbox().map { $0["option"].text } == ["BriefCheckIn"])
      }
    }

    // Holds: 33
    @Test func seeSomeoneElseGoesToTheFrontDeskAndNowhereElse() async throws {
      try await paired { rig, town in
        await rig.on(try rig.home, .mark)
        try await rig.pick(.requestProvider)
        try #expect(rig.top(PreviewModel.self).state.preview?.recipient == Town.frontDesk)
        try await rig.onTop(PreviewModel.self, .share)
        try await rig.look()
        try await town.desk.sync()
        try await town.front.sync()
        #expect(try await town.desk.inbox().isEmpty)
        #expect(try await town.front.inbox().map { $0["option"].text } == ["RequestProvider"])
      }
    }

    // Holds: 52, 53, 54
    @Test func aNoteIsReadAndReadAloudAndErased() async throws {
      let text = "I said your name wrong, and that may have hurt. I am sorry. I will say it right. No reply is needed."
      try await paired { rig, town in
        let choice = try await rig.share(.writtenFollowUp)
        try await rig.lookBoth(town.desk)
        let id = try #require(choice.state.choice?.caseId)
        try await town.desk.reply(id.value, text)
        try await town.desk.sync()
        try await rig.look()
        #expect(choice.state.choice?.status == .noteHere)
        await rig.on(choice, .note(try #require(choice.state.notes.first)))
        let note = try rig.top(NoteModel.self)
        #expect(note.state.note?.text == text && note.state.canReadAloud)
        await rig.on(note, .aloud)
        #expect(rig.aloud.reading == text && note.state.reading)
        rig.aloud.finish()
        #expect(!note.state.reading)
        await rig.on(note, .aloud, .aloud)
        #expect(rig.aloud.reading == nil && !note.state.reading)
        await rig.on(note, .aloud)
        await rig.on(.left)
        #expect(rig.aloud.reading == nil, "nobody is there to stop it")
        await rig.on(.returned)
        #expect(!note.state.reading)
        await rig.on(note, .aloud)
        await rig.on(.captured(true))
        #expect(rig.aloud.reading == nil && !note.state.reading, "a recording takes the voice along")
        await rig.on(.captured(false))
        await rig.on(note, .aloud)
        await rig.on(.go(.pick(nil)))
        #expect(rig.aloud.reading == text, "it reads on below another screen")
        await rig.on(.captured(true))
        #expect(rig.aloud.reading == nil, "also what is not on the screen any more")
        await rig.on(.back)
        await rig.on(.captured(false))
        await rig.on(note, .aloud)
        await rig.on(.back)
        #expect(rig.aloud.reading == nil, "left, it falls silent")
        await rig.on(.go(.note(try #require(choice.state.notes.first).id)))
        try await rig.onTop(NoteModel.self, .aloud)
        await rig.on(.hide)
        #expect(rig.aloud.reading == nil, "nothing is read on after hiding")
        await rig.on(.unlock(nil), .go(.notes))
        let notes = try rig.top(NotesModel.self)
        await rig.on(notes, .open(try #require(notes.state.notes.first).id))
        try await rig.onTop(NoteModel.self, .erase)
        #expect(rig.state.notice == .erased)
        try #expect(rig.top(NotesModel.self).state.notes.isEmpty)
      }
    }

    // Holds: 66
    @Test func unpairingIsAtOnce() async throws {
      try await paired { rig, town in
        await rig.on(.go(.practice(town.therapist)))
        try await rig.onTop(PracticeModel.self, .unpair)
        #expect(rig.state.notice == .unpaired)
        try #expect(!rig.home.state.practices.contains { $0.id == town.therapist })
      }
    }

    // Holds: 73
    @Test func aBroughtBackPhoneSharesNothingUntilThePersonSaysSo() async throws {
      try await paired { rig, town in
        try await rig.share(.pause)
        try await rig.saveCopy()
        await rig.on(.hide)
        try await Rig.lent(clock: town.clock) { other in
          try await other.bringBack(from: rig)
          try #expect(other.home.state.restored)
          try await other.look()
          try await town.desk.sync()
          #expect(try await town.desk.inbox().isEmpty)
          await other.on(.go(.restored))
          let restored = try other.top(RestoredModel.self)
          await other.on(restored, .keep(try #require(restored.state.waiting.first).caseId))
          #expect(restored.state.waiting.isEmpty)
          try await other.look()
          try await town.desk.sync()
          #expect(try await town.desk.inbox().map { $0["option"].text } == ["Pause"])
        }
      }
    }
  }
}
