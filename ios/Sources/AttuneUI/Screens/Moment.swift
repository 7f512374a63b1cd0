import Attune
import AttuneModel
import SwiftUI

/// One moment: own words, where it was, and what was picked for it.
struct MomentView: View {
  @Environment(\.frame) private var frame
  @Environment(\.days) private var days
  let state: MomentState
  let on: @MainActor (MomentEvent) -> Void

  var body: some View {
    Page(.titleMoment) {
      if let moment = state.moment { whole(moment) }
    } first: {
      MainButton(.momentPick) { on(.pick) }.disabled(state.moment == nil)
    }
  }

  @ViewBuilder private func whole(_ moment: Misattunement) -> some View {
    Block {
      Line(.markOn(day: days.markedText(moment)))
      if frame.covers { Said([.captureLine], isNews: true) } else { words }
    }
    Part(.markWhereTitle) {
      PickList(
        .markWhereTitle, Pointer.all.map { ($0, $0.title) } + [(nil, .markWhereSkip)],
        picked: Binding(get: { moment.pointer }, set: { on(.where($0)) }))
    }
    if !state.choices.isEmpty {
      Part(.momentChoices) {
        ForEach(state.choices) { choice in ChoiceItem(choice: choice) { on(.open(choice.caseId)) } }
      }
    }
    Block {
      Sub(moment.ends.map { .markEnds(day: days.text($0)) } ?? .markNeverEnds)
      AskingButton(.markErase, ask: .momentEraseAsk, line: .momentEraseLine, yes: .buttonWipe) { on(.erase) }
    }
  }

  @ViewBuilder private var words: some View {
    WordsField(.momentWords, text: Binding(get: { state.words }, set: { on(.words($0)) }))
      .accessibilityIdentifier("words")
    // As the core counts them: by Unicode's scalars.
    let left = state.limit - state.words.unicodeScalars.count
    if left < Self.few { Sub(.momentWordsLeft(count: left)) }
    Sub(.momentWordsKept)
    Sub(.momentWordsHint)
  }

  private static let few = 100
}
