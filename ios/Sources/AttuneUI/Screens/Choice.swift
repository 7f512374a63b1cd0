import Attune
import AttuneModel
import SwiftUI

/// One choice: where it stands, what was shared, and what can be done with it.
struct ChoiceView: View {
  @Environment(\.frame) private var frame
  @Environment(\.days) private var days
  let state: AttuneModel.ChoiceState
  let on: @MainActor (ChoiceEvent) -> Void

  var body: some View {
    if state.shared, let back = frame.back {
      Page(.titleChoice) {
        content
      } first: {
        MainButton(.buttonDone, action: back)
      }
    } else {
      Page(.titleChoice) { content }
    }
  }

  @ViewBuilder private var content: some View {
    if state.shared { Block { Said([.shareDone], isNews: true) } }
    if let choice = state.choice {
      Block {
        Told(.choiceWhereNow, choice.statusWords(days)).announcing([choice.statusWords(days)])
        if let until = choice.until, choice.open { Sub(.statusEnds(day: days.text(until))) }
        waits(choice)
      }
      if state.shared { HelpBlock(.safetyShare) }
      if !state.notes.isEmpty {
        Block {
          ForEach(state.notes) { note in
            Item(.notesFrom(name: note.sender), .own(days.dayText(note.storedAt))) { on(.note(note)) }
          }
        }
      }
      shared(choice)
      acts(choice)
    }
  }

  @ViewBuilder private func waits(_ choice: Choice) -> some View {
    switch choice.waitsFor {
    case nil: EmptyView()
    case .comparison: RowButton(.peopleMatch) { on(.compare) }
    case .confirmation: RowButton(.restoreLook) { on(.restored) }
    }
  }

  private func shared(_ choice: Choice) -> some View {
    Part(.choiceWhat) {
      VStack(alignment: .leading, spacing: Size.near) {
        Line(choice.option.title)
        Sub(.previewToName(name: choice.recipient))
      }
      .accessibilityElement(children: .combine)
      if frame.covers {
        Said([.captureLine], isNews: true)
      } else {
        if let pointer = choice.pointer { Told(.previewWhere, pointer.title) }
        if let words = choice.words { Told(.previewWords, .own(words)) }
      }
    }
  }

  /// What the core says can be done. To let it go is to take it back after its day.
  @ViewBuilder private func acts(_ choice: Choice) -> some View {
    if choice.canTakeBack || choice.canChange || choice.moment != nil || choice.canErase {
      Block {
        if choice.canTakeBack {
          RowButton(choice.canLetGo ? .statusLetGo : .takebackButton) { on(.takeBack) }
            .accessibilityIdentifier("take-back")
        }
        if choice.canChange { RowButton(.pickChange) { on(.change) } }
        if choice.moment != nil { RowButton(.choiceMoment) { on(.moment) } }
        if choice.canErase {
          AskingButton(.statusErase, ask: .choiceEraseAsk, yes: .buttonWipe) { on(.erase) }
        }
      }
    }
  }
}
