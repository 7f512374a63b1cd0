import Attune
import AttuneRig
import AttuneTrial
import Foundation
import Testing

@testable import AttuneModel

extension Towns {
  /// What practices put to the person, and what both say of themselves.
  @MainActor @Suite(.timeLimit(.minutes(10))) struct DraftTests {
    // Holds: 55, 56
    @Test func aDraftIsAnsweredOrLeft() async throws {
      try await paired { rig, town in
        let id = try await town.desk.propose("plan-draft", "We start with your week.")
        try await town.desk.sync()
        try await rig.look()
        try #expect(rig.home.state.drafts)
        await rig.on(.go(.proposals))
        let list = try rig.top(ProposalsModel.self)
        await rig.on(list, .open(try #require(list.state.proposals.first).id))
        let draft = try rig.top(ProposalModel.self)
        await rig.on(draft, .changeIt)
        #expect(draft.state.changing)
        await rig.on(draft, .words("Start with sleep."), .sendChange)
        #expect(draft.state.proposal?.answer == .changeIt)
        try await rig.lookBoth(town.desk)
        #expect(try await town.desk.proposal(id)["words"].text == "Start with sleep.")
      }
    }

    // Holds: 55, 57
    @Test func whatWasSaidToADraftIsTakenBackWhileItIsOpen() async throws {
      try await paired { rig, town in
        let id = try await town.desk.propose("file-line", "Asked for a pause once.")
        try await town.desk.sync()
        try await rig.look()
        await rig.on(.go(.proposal(id)))
        let draft = try rig.top(ProposalModel.self)
        #expect(draft.state.proposal != nil && draft.state.proposal?.answer == nil)
        let said: [(ProposalEvent, ProposalAnswer?)] = [
          (.looksRight, .looksRight), (.leaveIt, .leaveIt), (.sayNothing, nil),
        ]
        for (event, answer) in said {
          await rig.on(draft, event)
          #expect(draft.state.proposal?.answer == answer)
        }
        try await rig.lookBoth(town.desk)
        #expect(try await town.desk.proposal(id)["answer"].isNull)
        await rig.on(draft, .looksRight)
        try await rig.lookBoth(town.desk)
        try await town.desk.run("close-proposal", id.value)
        try await rig.lookBoth(town.desk)
        #expect(draft.state.proposal?.open == false)
        #expect(draft.state.proposal?.text == "Asked for a pause once.")
        await rig.on(draft, .leaveIt)
        #expect(rig.state.notice == .tooLate)
        #expect(draft.state.proposal?.answer == .looksRight)
      }
    }

    // Holds: 58
    @Test func aboutMeGoesWhenItIsSharedAndNotBefore() async throws {
      try await paired { rig, town in
        await rig.on(.go(.aboutMe(town.therapist)))
        let about = try rig.top(AboutMeModel.self)
        await rig.on(about, .text("Please say Amara."))
        try await rig.lookBoth(town.desk)
        #expect(try await town.desk.aboutClient() == nil)
        await rig.on(about, .share)
        try await rig.lookBoth(town.desk)
        #expect(try await town.desk.aboutClient() == "Please say Amara.")
        await rig.on(about, .takeBack)
        try await rig.lookBoth(town.desk)
        #expect(try await town.desk.aboutClient() == nil)
      }
    }

    // Holds: 24, 59
    @Test func wordsOnADraftOutliveTheProcessAndGoWithTheAnswer() async throws {
      try await paired { rig, town in
        let id = try await town.desk.propose("plan-draft", "We start with your week.")
        try await town.desk.sync()
        try await rig.look()
        await rig.on(.go(.proposal(id)))
        let most = Int(try AttuneVault.limits().sharedWordsBytes)
        try await rig.onTop(
          ProposalModel.self, .changeIt, .words("Start with"), .words("Start with slee"),
          .words(String(repeating: "w", count: most + 1)))
        #expect(rig.state.notice == .wordsTooLong)
        await rig.processDies()
        let again = try rig.top(ProposalModel.self)
        #expect(again.state.words == "Start with slee")
        #expect(again.state.changing, "the field is there again")
        #expect(again.state.proposal?.answer == nil)
        #expect(!rig.kept.routes.contains { $0.contains("slee") }, "the system was given none of the words")
        try await rig.lookBoth(town.desk)
        #expect(try await town.desk.proposal(id)["words"].isNull)

        await rig.on(again, .words("Start with sleep."), .sendChange)
        await rig.processDies()
        let sent = try rig.top(ProposalModel.self)
        #expect(sent.state.proposal?.words == "Start with sleep." && !sent.state.changing)
        // What is typed and then not said goes, too.
        await rig.on(sent, .words("Or with"), .looksRight)
        #expect(sent.state.words == "")
        await rig.processDies()
        try #expect(rig.top(ProposalModel.self).state.words == "")
        try #expect(rig.top(ProposalModel.self).state.proposal?.answer == .looksRight)
      }
    }

    // Holds: 58, 59
    @Test func aboutMeOutlivesTheProcessAndGoesOnlyWhenItIsShared() async throws {
      try await paired { rig, town in
        await rig.on(.go(.aboutMe(town.therapist)))
        try await rig.onTop(AboutMeModel.self, .text("Please say Ama"))
        await rig.processDies()
        let again = try rig.top(AboutMeModel.self)
        #expect(again.state.text == "Please say Ama" && again.state.shared == nil)
        #expect(!rig.kept.routes.contains { $0.contains("Ama") }, "the system was given none of the words")
        try await rig.look()
        try await town.desk.sync()
        #expect(try await town.desk.aboutClient() == nil)
        await rig.on(again, .text("Please say Amara."), .share, .text("Please say Amara, not"))
        await rig.processDies()
        let shared = try rig.top(AboutMeModel.self)
        #expect(shared.state.shared?.text == "Please say Amara." && shared.state.text == "Please say Amara, not")
        await rig.on(shared, .takeBack)
        #expect(shared.state.text == "")
        await rig.processDies()
        try #expect(rig.top(AboutMeModel.self).state.text == "")
        try #expect(rig.top(AboutMeModel.self).state.shared == nil)
      }
    }
  }
}
