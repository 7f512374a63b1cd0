import Attune
import AttuneRig
import AttuneTrial
import Foundation
import Testing

@testable import AttuneModel

extension Towns {
  /// The process ends at each step of what a person does, and nothing is lost or done twice.
  @MainActor @Suite(.timeLimit(.minutes(10))) struct EachStepTests {
    // Holds: 23, 44, 45, 95
    @Test func atEachStepTheSameScreensComeBackAndNothingIsDoneTwice() async throws {
      try await paired { rig, town in
        @MainActor func dies() async {
          let before = rig.routes
          await rig.processDies()
          #expect(rig.routes == before)
        }
        await rig.on(try rig.home, .mark)
        await dies()
        try await rig.onTop(PickModel.self, .words)
        await dies()
        try await rig.onTop(MomentModel.self, .words("the name"), .where(.said))
        await dies()
        try #expect(rig.top(MomentModel.self).state.words == "the name")
        try await rig.onTop(MomentModel.self, .pick)
        await dies()
        try await rig.pick(.writtenFollowUp)
        await dies()
        for event in [PreviewEvent.withWords(true), .withPointer(true)] {
          try await rig.onTop(PreviewModel.self, event)
          await dies()
        }
        let shown = try #require(try rig.top(PreviewModel.self).state.preview)
        #expect(shown.words == "the name" && shown.pointer == .said)
        try await rig.onTop(PreviewModel.self, .share)
        await dies()
        try await rig.lookBoth(town.desk)
        await dies()
        let choice = try rig.top(ChoiceModel.self)
        #expect(choice.state.choice?.status == .receivedNoteBy)
        await rig.on(choice, .change)
        await dies()
        try await rig.pick(.pause)
        await dies()
        try await rig.onTop(PreviewModel.self, .share)
        await dies()
        try await rig.lookBoth(town.desk)
        #expect(try await town.desk.inbox().map { $0["option"].text } == ["Pause"])
        try #expect(rig.home.state.moments.count == 1)
      }
    }

    // Holds: 44, 45
    @Test func aPreviewThatIsNoLongerOfferedIsLeft() async throws {
      try await paired { rig, town in
        await rig.on(try rig.home, .mark)
        try await rig.pick(.pause)
        let kept = rig.kept.routes
        await rig.on(.go(.practice(town.therapist)))
        try await rig.onTop(PracticeModel.self, .unpair)
        rig.kept.routes = kept
        await rig.processDies()
        #expect(rig.routes.map(\.name) == ["Pick"])
        #expect(rig.state.notice != nil, "why, is said")
      }
    }
  }
}
