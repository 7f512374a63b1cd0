import Attune
import AttuneRig
import AttuneTrial
import Foundation
import Testing

@testable import AttuneModel

extension Towns {
  /// What is shared, changed, let go and erased, and what is said of it, with real desks on the other side.
  @MainActor @Suite(.timeLimit(.minutes(10))) struct StatusTests {
    private func line(_ choice: ChoiceModel) -> StatusLine? { choice.state.choice?.status }

    // Holds: 46
    @Test func eachStateIsTheCoresAndNoMoreIsClaimed() async throws {
      try await paired { rig, town in
        let choice = try await rig.share(.writtenFollowUp)
        let id = try #require(choice.state.choice?.caseId).value
        var seen = [line(choice)]
        try await rig.look()
        seen.append(line(choice))
        try await town.desk.sync()
        try await rig.look()
        seen.append(line(choice))
        _ = try await town.desk.open(id)
        try await rig.lookBoth(town.desk)
        seen.append(line(choice))
        try await town.desk.reply(id, "I am sorry. No reply is needed.")
        try await rig.lookBoth(town.desk)
        seen.append(line(choice))
        #expect(seen == [.notSent, .sent, .receivedNoteBy, .openedNoteBy, .noteHere])
      }
    }

    // Holds: 47
    @Test func takenBackAfterItWasReceivedIsNotSaidToBeUnseen() async throws {
      try await paired { rig, town in
        let choice = try await rig.share(.pause)
        try await rig.lookBoth(town.desk)
        #expect(line(choice) == .receivedCounts)
        await rig.on(choice, .takeBack)
        #expect(line(choice) == .takingBack)
        try await rig.lookBoth(town.desk)
        #expect(line(choice) == .takenBackSeen)
        await rig.on(.back)
        let unsure = try await rig.share(.pause)
        try await rig.look()
        await rig.on(unsure, .takeBack)
        #expect(line(unsure) == .takingBackUnsure)
      }
    }

    // Holds: 48
    @Test func anotherWayHasItsOwnPreviewAndNotNowLosesNothing() async throws {
      try await paired { rig, town in
        let choice = try await rig.share(.pause)
        try await rig.lookBoth(town.desk)
        await rig.on(choice, .change)
        try #expect(
          !rig.top(PickModel.self).state.offers.contains { $0.option == .keep }, "keeping it to oneself takes no place")
        try await rig.pick(.briefCheckIn)
        try #expect(rig.top(PreviewModel.self).state.preview?.option == .briefCheckIn)
        try await rig.onTop(PreviewModel.self, .notNow)
        await rig.on(.back)
        #expect(line(try rig.top()) == .receivedCounts)
        #expect(try await town.desk.inbox().map { $0["option"].text } == ["Pause"])
      }
    }

    // Holds: 41
    @Test func notNowSharesNothingAndTheMomentStays() async throws {
      try await paired { rig, town in
        await rig.on(try rig.home, .mark)
        try await rig.pick(.pause)
        try await rig.onTop(PreviewModel.self, .notNow)
        try #expect(!rig.top(PickModel.self).state.offers.isEmpty)
        await rig.on(.back)
        try #expect(rig.home.state.moments.count == 1)
        try #expect(rig.home.state.moments.first?.choice == nil)
        try await rig.lookBoth(town.desk)
        #expect(try await town.desk.inbox().isEmpty)
      }
    }

    // Holds: 49, 50
    @Test func aLateAnswerIsLetGoAndOnlyWhatIsOverIsErased() async throws {
      try await paired { rig, town in
        let choice = try await rig.share(.writtenFollowUp)
        try await rig.lookBoth(town.desk)
        #expect(choice.state.choice?.canErase == false)
        await rig.on(choice, .erase)
        #expect(rig.state.notice == .tooLate)
        #expect(line(choice) == .receivedNoteBy)
        town.clock.pass(days: 8)
        try await rig.look()
        #expect(line(choice) == .lateNote)
        #expect(choice.state.choice?.canLetGo == true)
        await rig.on(choice, .takeBack)
        try await rig.lookBoth(town.desk)
        #expect(choice.state.choice?.canErase == true)
        await rig.on(choice, .erase)
        #expect(rig.state.notice == .erased)
        try #expect(rig.home.state.moments.first.map { $0.choice == nil } == true)
      }
    }

    // Holds: 27
    @Test func anErasedMomentLeavesWhatWasSharedForIt() async throws {
      try await paired { rig, _ in
        try await rig.share(.pause)
        await rig.on(.back, .go(.moment(try #require(try rig.home.state.moments.first).id)))
        let moment = try rig.top(MomentModel.self)
        #expect(moment.state.choices.count == 1)
        await rig.on(moment, .erase)
        try #expect(rig.home.state.moments.isEmpty)
        try #expect(rig.home.state.choices.map(\.option) == [.pause])
      }
    }

    // Holds: 38
    @Test func termsAreThoseThatWereAttested() async throws {
      try await paired { rig, _ in
        await rig.on(try rig.home, .mark)
        try await rig.pick(.pause)
        let terms = try #require(try rig.top(PreviewModel.self).state.terms)
        #expect(terms.noFee && !terms.keepsSlot && !terms.keepsPlace && !terms.noMissedVisit)
      }
    }

    // Holds: 33
    @Test func withoutAFrontDeskSomeoneElseIsShownAndNothingIsSent() async throws {
      try await paired { rig, town in
        await rig.on(.go(.practice(town.coordinator)))
        try await rig.onTop(PracticeModel.self, .unpair)
        await rig.on(try rig.home, .mark)
        let offers = try rig.top(PickModel.self).state.offers.filter { $0.option == .requestProvider }
        #expect(offers.count == 1 && offers[0].practice == nil)
        try await rig.pick(.requestProvider)
        #expect(rig.routes.last == .outside)
        try await rig.lookBoth(town.desk)
        #expect(try await town.desk.inbox().isEmpty)
        await rig.on(.back, .back, .go(.choices))
        try #expect(rig.top(ChoicesModel.self).state.read)
        try #expect(rig.top(ChoicesModel.self).state.choices.isEmpty)
      }
    }

    // Holds: 40
    @Test func whatChangedSinceItWasShownIsShownOnceMore() async throws {
      try await paired { rig, town in
        await rig.on(try rig.home, .mark)
        try await rig.pick(.writtenFollowUp)
        let model = try rig.top(PreviewModel.self)
        let before = model.state.preview?.id
        // Another screen looked at the same thing: what was shown here first is no longer what would be sent.
        await rig.on(.go(.preview(RepairChoice(.pause, to: town.therapist))), .back)
        await rig.on(model, .share)
        #expect(rig.state.notice == .changedSince)
        #expect(model.state.preview != nil && model.state.preview?.id != before)
        await rig.on(.go(.choices))
        try #expect(rig.top(ChoicesModel.self).state.choices.isEmpty)
        await rig.on(.back)
        await rig.on(model, .share)
        try #expect(rig.top(ChoiceModel.self).state.choice?.option == .writtenFollowUp)
      }
    }

    // Holds: 51, 73
    @Test func whatWaitsAfterARestoreLeadsToItsQuestionAndCanBeDropped() async throws {
      try await paired { rig, town in
        try await rig.share(.pause)
        try await rig.saveCopy()
        await rig.on(.hide)
        try await Rig.lent(clock: town.clock) { other in
          try await other.bringBack(from: rig)
          let waiting = try #require(try other.home.state.moments.first?.choice)
          #expect(waiting.waitsFor == .confirmation && waiting.status == .waitsForConfirmation)
          await other.on(.go(.choice(waiting.caseId)))
          try await other.onTop(ChoiceModel.self, .restored)
          try await other.onTop(RestoredModel.self, .drop(waiting.caseId))
          try #expect(!other.home.state.restored)
          for _ in 1...2 {
            try await other.look()
            try await town.desk.sync()
          }
          #expect(try await town.desk.inbox().isEmpty)
        }
      }
    }
  }
}
