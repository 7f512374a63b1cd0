import Attune
import AttuneModel
import SwiftUI

/// This is all they will get: what is shown in the first block is what *Share this* sends, and nothing else.
struct PreviewView: View {
  @Environment(\.frame) private var frame
  let state: PreviewState
  let on: @MainActor (PreviewEvent) -> Void

  var body: some View {
    Page(.previewTitle) {
      if frame.covers {
        Covered()
      } else if let preview = state.preview {
        PreviewWhole(state: state, preview: preview, on: on)
      } else {
        Block { Said([.waitLine]) }
      }
    } first: {
      // What cannot be seen is not shared.
      ShareButton(.previewSend, of: state.preview?.id) { on(.share) }
        .disabled(state.preview == nil || frame.covers)
        .accessibilityIdentifier("share")
      OtherButton(.previewBack) { on(.notNow) }
    }
    // That it goes along, and not what it is: somebody else may hear it, and it is read where it stands. Of the screen,
    // and not of its rows: each of them would say it.
    .announcing(along)
  }

  private var along: [Words] {
    (state.preview?.pointer == nil ? [] : [.previewWhere]) + (state.preview?.words == nil ? [] : [.previewWords])
  }
}

private struct PreviewWhole: View {
  @Environment(\.days) private var days
  let state: PreviewState
  let preview: Attune.Preview
  let on: @MainActor (PreviewEvent) -> Void

  var body: some View {
    exact
    if preview.takesBack { Block { Line(.previewTakesBack) } }
    PreviewSwitches(state: state, on: on)
    EndDay(until: state.until) { on(.until($0)) }
    Block {
      Sub(.previewWhen)
      Sub(.previewTakeback)
      Sub(.previewRecord)
    }
    if let terms = state.terms { Terms(terms: terms) }
    if let leaves = state.practice?.card?.leavesPractice, !leaves.allSatisfy(\.isWhitespace) {
      Part(.previewLeavesTitle) { Line(.own(leaves)) }
    }
    HelpBlock(.safetyShare)
  }

  private var exact: some View {
    Block {
      VStack(alignment: .leading, spacing: Size.near) {
        Line(.previewToName(name: preview.recipient))
        Sub(preview.role.title)
      }
      .accessibilityElement(children: .combine)
      Told(.previewChoice, preview.option.title)
      if let pointer = preview.pointer { Told(.previewWhere, pointer.title) }
      if let words = preview.words { Told(.previewWords, .own(words)) }
      if let until = preview.until { Line(.previewUntil(day: days.text(until))) }
      Sub(state.practice?.chosenName.map { .previewName(name: $0) } ?? .previewNoName)
    }
  }
}

/// What may go along, only where the moment has it. Off until the person turns it on.
private struct PreviewSwitches: View {
  let state: PreviewState
  let on: @MainActor (PreviewEvent) -> Void

  private var isCompared: Bool { state.practice?.health.compared == true }

  var body: some View {
    if state.moment?.pointer != nil || state.moment?.words != nil {
      Block {
        if state.moment?.pointer != nil { pointer }
        if state.moment?.words != nil { words }
      }
    }
  }

  private var pointer: some View {
    SwitchLine(
      .previewShareWhere, state.withPointer ? nil : .previewWhereNotsent,
      isOn: Binding(get: { state.withPointer }, set: { on(.withPointer($0)) })
    )
    .accessibilityIdentifier("with-where")
  }

  @ViewBuilder private var words: some View {
    let sub: Words? = isCompared ? (state.withWords ? nil : .previewNotsent) : .previewWordsWait
    SwitchLine(
      .previewShareWords, sub, isOn: Binding(get: { state.withWords }, set: { on(.withWords($0)) })
    )
    .accessibilityIdentifier("with-words")
    if !isCompared { RowButton(.peopleMatch) { on(.compare) } }
  }
}

/// What it will not cost, as far as they said so.
struct Terms: View {
  let terms: AttestedTerms

  var body: some View {
    Part(.costTitle) {
      let lines = terms.lines
      if lines.isEmpty { Sub(.costUnknown) }
      ForEach(lines.indices, id: \.self) { Line(lines[$0]) }
    }
  }
}
