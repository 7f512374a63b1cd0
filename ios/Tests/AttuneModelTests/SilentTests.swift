import Attune
import AttuneRig
import AttuneTrial
import Foundation
import Testing

@testable import AttuneModel

/// No text form of anything holds what a person wrote.
@MainActor @Suite(.timeLimit(.minutes(5))) struct SilentTests {
  private func texts(_ value: Any) -> String {
    var dumped = ""
    dump(value, to: &dumped)
    return "\(value) \(String(reflecting: value)) \(dumped)"
  }

  // Holds: 59
  @Test func nothingSaysWhatAPersonWrote() async throws {
    let words = "wolverine"
    try await Rig.lent { rig in
      await rig.on(.begin)
      await rig.on(try rig.home, .mark)
      try await rig.onTop(PickModel.self, .words)
      let moment = try rig.top(MomentModel.self)
      await rig.on(moment, .words(words))
      let home = try rig.home
      #expect(moment.state.words == words && home.state.moments.first?.moment.words == words)
      let all: [Any] = [
        rig.app, rig.state, rig.state.stage, rig.state.above, try #require(rig.state.top), home, home.state,
        home.state.moments, moment, moment.state, try #require(rig.app.session), rig.house,
        MomentEvent.words(words), AppEvent.link(words), JoinEvent.code(words), ProposalEvent.words(words),
        AboutMeEvent.text(words), SaveCopyEvent.sealed(SecretBytes(typed: words), again: SecretBytes(typed: words)),
      ]
      for one in all { #expect(!texts(one).contains(words)) }
      #expect(texts(moment.state).contains("MomentState"))
      // What holds ids and codes alone can be told.
      for route in rig.routes + [.settings, .preview(RepairChoice(.pause, to: PracticeId(value: 1)))] {
        #expect(!texts(route).isEmpty && !texts([route]).contains(words))
      }
      #expect(texts(rig.state.settings).contains("autoLock"))
    }
  }
}
