import Attune
import AttuneModel
import SwiftUI

/// Plan drafts and lines for the file. Nothing has to be said to any of them.
struct ProposalsView: View {
  let state: ProposalsState
  let on: @MainActor (ProposalsEvent) -> Void
  @Environment(\.days) private var days

  var body: some View {
    Page(.homeDrafts) {
      Block {
        if state.read { Line(state.proposals.isEmpty ? .noteEmpty : .noteSkipSub) }
        ForEach(state.proposals) { proposal in
          Item(proposal.kind.title, line(proposal)) { on(.open(proposal.id)) }
        }
      }
    }
  }

  private func line(_ proposal: Proposal) -> Words {
    let said = proposal.answer.map { Words.noteSaid(answer: $0.words.text).text }
    let parts = [Words.notesFrom(name: proposal.sender).text, days.dayText(proposal.storedAt), said]
    return .own(parts.compactMap(\.self).joined(separator: " · "))
  }
}
