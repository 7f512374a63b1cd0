import Attune
import AttuneModel
import SwiftUI

/// The first screen: one tap marks a moment.
struct HomeView: View {
  let state: HomeState
  let on: @MainActor (HomeEvent) -> Void

  var body: some View {
    Page(.homeTitle, firstAbove: true) {
      if state.restored { restored }
      HomeNews(state: state, open: open)
      moments
      if !state.choices.isEmpty {
        Part(.homeChoices) {
          ForEach(state.choices) { choice in ChoiceItem(choice: choice) { open(.choice(choice.caseId)) } }
        }
      }
      if state.read { HomePeople(state: state, on: on) }
      HelpBlock(.safetyLine)
      Block {
        RowButton(.privacyTitle) { open(.privacy) }
        RowButton(.homeSettings) { open(.settings) }.accessibilityIdentifier("settings")
      }
    } first: {
      MainButton(.homeMark, height: Size.large) { on(.mark) }.accessibilityIdentifier("mark")
      Sub(.homeMarkHint)
    }
  }

  private func open(_ route: Route) { on(.open(route)) }

  private var restored: some View {
    Block {
      Line(.restoreLine)
      RowButton(.restoreLook) { open(.restored) }
    }
  }

  private var moments: some View {
    Part(.homeMoments) {
      if state.read, state.moments.isEmpty { Sub(.homeEmpty) }
      ForEach(state.moments) { line in
        MomentItem(line: line) { open(line.leadsTo) }
      }
      if state.older { RowButton(.homeAllMoments) { open(.moments) } }
    }
  }
}

/// What is new: of links, drafts and notes. That nothing could be reached is no news: it stands with the person it is
/// about.
private struct HomeNews: View {
  let state: HomeState
  let open: @MainActor (Route) -> Void

  var body: some View {
    let told = state.practices.filter { $0.notice != nil && $0.notice != .notReached }
    if !told.isEmpty || state.drafts || state.notes {
      Block {
        ForEach(told) { practice in
          let lines = practice.noticeLines
          Item(practice.nameWords, lines.first, more: lines.dropFirst().first) { open(.practice(practice.id)) }
        }
        if state.drafts { Item(.homeDrafts, nil) { open(.proposals) } }
        if state.notes { Item(.homeNotes, nil) { open(.notes) } }
      }
    }
  }
}

/// A moment, and where its choice stands.
struct MomentItem: View {
  @Environment(\.days) private var days
  let line: MomentLine
  let action: @MainActor () -> Void

  var body: some View {
    Item(
      .own(days.markedText(line.moment)), line.choice?.option.title ?? .stateHeld,
      more: line.choice?.statusWords(days), action: action)
  }
}

extension MomentLine {
  /// One with an open choice leads there, where it can be taken back.
  fileprivate var leadsTo: Route {
    if let choice, choice.open { .choice(choice.caseId) } else { .moment(moment.id) }
  }
}

/// A choice, who it went to, and where it stands.
struct ChoiceItem: View {
  @Environment(\.days) private var days
  let choice: Choice
  let action: @MainActor () -> Void

  var body: some View {
    Item(
      choice.option.title, .previewToName(name: choice.recipient), more: choice.statusWords(days), action: action)
  }
}

private struct HomePeople: View {
  let state: HomeState
  let on: @MainActor (HomeEvent) -> Void

  var body: some View {
    Part(.titlePeople) {
      if state.practices.isEmpty {
        Item(.homeLink, .homeNoPeople) { on(.open(.join)) }
      } else {
        ForEach(state.practices) { practice in
          Item(practice.nameWords, practice.card?.role.title) { on(.open(.practice(practice.id))) }
        }
        // All of them, also those whose link is cut, and the way to one more.
        RowButton(.peopleAdd) { on(.open(.practices)) }
        RowButton(.homeChoices) { on(.open(.choices)) }
        Said(state.looking ? .setLookRunning : nil)
        if !state.looking { RowButton(.syncNow) { on(.look) } }
      }
    }
  }
}

/// That nobody watches, with the way to those who do.
struct HelpBlock: View {
  @Environment(\.frame) private var frame
  private let line: Words

  init(_ line: Words) { self.line = line }

  var body: some View {
    Block {
      Line(line)
      if let help = frame.help { RowButton(.safetyButton, action: help) }
    }
  }
}
