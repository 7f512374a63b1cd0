import Attune
import AttuneModel
import SwiftUI

/// A plan draft or a line for the file. The three answers look the same, and so does giving none.
struct ProposalView: View {
  @Environment(\.frame) private var frame
  let state: ProposalState
  let on: @MainActor (ProposalEvent) -> Void
  @Environment(\.days) private var days

  var body: some View {
    if frame.covers {
      CoveredPage(state.proposal?.kind.title)
    } else {
      whole
    }
  }

  private var whole: some View {
    Page(state.proposal?.kind.title) {
      if let proposal = state.proposal {
        Block {
          VStack(alignment: .leading, spacing: Size.near) {
            Sub(.notesFrom(name: proposal.sender))
            Sub(.own(days.dayText(proposal.storedAt)))
          }
          .accessibilityElement(children: .combine)
          Line(.own(proposal.text))
        }
        ProposalStanding(proposal: proposal)
        if proposal.open { ProposalAnswers(state: state, proposal: proposal, on: on) }
        Block { AskingButton(.draftErase, ask: .draftEraseAsk, yes: .buttonWipe) { on(.erase) } }
      }
    }
  }
}

/// What was said to it, and whether it is on its way.
private struct ProposalStanding: View {
  let proposal: Proposal

  var body: some View {
    Block {
      Said([said] + going, subs: notes)
      if let words = proposal.words { Told(.previewWords, .own(words)) }
    }
  }

  private var said: Words {
    proposal.answer.map { .noteSaid(answer: $0.words.text) } ?? .noteSaidNothing
  }

  private var going: [Words] {
    if !proposal.open { return [.noteOver] }
    return proposal.answer != nil && proposal.waits ? [.noteWaits] : []
  }

  private var notes: [Words] {
    guard proposal.open, going.isEmpty else { return [] }
    return [proposal.answer == nil ? .noteSkipSub : .noteGoes]
  }
}

private struct ProposalAnswers: View {
  let state: ProposalState
  let proposal: Proposal
  let on: @MainActor (ProposalEvent) -> Void

  var body: some View {
    Part(.draftAnswerTitle) {
      answer(.looksRight) { on(.looksRight) }
      RowButton(ProposalAnswer.changeIt.words) { on(.changeIt) }
      if state.changing { ProposalChange(state: state, on: on) }
      answer(.leaveIt) { on(.leaveIt) }
      if proposal.answer != nil { RowButton(.draftUnsay) { on(.sayNothing) } }
    }
  }

  /// One tap says it. With each answer the lines above change, and with them the places of these rows.
  private func answer(_ answer: ProposalAnswer, act: @escaping @MainActor () -> Void) -> some View {
    Steady(of: [AnyHashable(proposal.answer), AnyHashable(state.changing)]) { steady in
      RowButton(answer.words) { steady(act) }
    }
  }
}

/// *Change it* can be said without words. With words, it needs the four words to be compared.
private struct ProposalChange: View {
  let state: ProposalState
  let on: @MainActor (ProposalEvent) -> Void

  var body: some View {
    if state.compared {
      Sub(.draftChangeHint)
      WordsField(.draftChangeTitle, text: Binding(get: { state.words }, set: { on(.words($0)) }))
    } else {
      Line(.previewWordsWait)
      RowButton(.peopleMatch) { on(.compare) }
    }
    ShareButton(.draftSend, of: state.words) { on(.sendChange) }
  }
}
