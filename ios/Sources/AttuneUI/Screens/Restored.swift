import Attune
import AttuneModel
import SwiftUI

/// After a copy was brought back: each choice, confirmed or dropped. Nothing leaves before, and both answers look the same.
struct RestoredView: View {
  @Environment(\.frame) private var frame
  let state: RestoredState
  let on: @MainActor (RestoredEvent) -> Void

  var body: some View {
    Page(.restoreTitle) {
      if frame.covers {
        Covered()
      } else if state.read {
        Block { Said(isOver ? [.restoreDone] : [.restoreNothing, .restoreSub]) }
        ForEach(state.waiting) { Waiting(waiting: $0, among: state.waiting.map(\.caseId), on: on) }
        if state.drafts || state.about {
          Block {
            if state.drafts { Sub(.restoreSaid) }
            if state.about { Sub(.restoreAbout) }
          }
        }
      }
    } first: {
      OtherButton(isOver ? .buttonDone : .restoreDecideLater) { on(.later) }
    }
  }

  private var isOver: Bool { state.read && state.waiting.isEmpty }
}

private struct Waiting: View {
  let waiting: Restored
  let among: [CaseId]
  let on: @MainActor (RestoredEvent) -> Void

  var body: some View {
    if let choice = waiting.choice {
      Part(choice.option.title) {
        Known(choice: choice)
        // Heard by itself, an answer says to which choice it is one.
        // When one was answered, the next comes to its place: a second tap there was not meant for it.
        Steady(of: among) { steady in
          RowButton(.restoreKeep) { steady { on(.keep(waiting.caseId)) } }
        }
        .accessibilityHint(Text(choice.option.title))
        Steady(of: among) { steady in
          RowButton(.restoreDrop) { steady { on(.drop(waiting.caseId)) } }
        }
        .accessibilityHint(Text(choice.option.title))
      }
    } else {
      Block {
        Line(.restoreUnknown)
        Steady(of: among) { steady in
          RowButton(.takebackButton) { steady { on(.drop(waiting.caseId)) } }
        }
      }
    }
  }
}

/// All that would leave with it.
private struct Known: View {
  let choice: Choice
  @Environment(\.days) private var days

  var body: some View {
    Sub(.previewToName(name: choice.recipient))
    if let pointer = choice.pointer { Sub(pointer.title) }
    if let words = choice.words { Told(.previewWords, .own(words)) }
    if let until = choice.until { Sub(.statusEnds(day: days.text(until))) }
  }
}
