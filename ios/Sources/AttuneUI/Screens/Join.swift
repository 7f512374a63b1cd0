import Attune
import AttuneModel
import SwiftUI

/// Linking this phone: a code scanned, a link, or eight words; then what is true of it.
struct JoinView: View {
  let state: JoinState
  let on: @MainActor (JoinEvent) -> Void

  var body: some View {
    if let practice = state.practice {
      JoinBegun(practice: practice, looking: state.looking, on: on)
    } else {
      JoinBegin(state: state, on: on)
    }
  }
}

private struct JoinBegin: View {
  let state: JoinState
  let on: @MainActor (JoinEvent) -> Void

  var body: some View {
    Page(.pairTitle) {
      Block { Line(.linkSub) }
      Part(.linkBy) {
        PickList(
          .linkBy, JoinState.By.allCases.map { ($0, $0.words) },
          picked: Binding(get: { state.by }, set: { on(.by($0)) }))
      }
      switch state.by {
      case .scan: ScanView { on(.scanned($0)) }
      case .link: JoinLink(state: state, on: on)
      case .words: JoinWords(state: state, on: on)
      }
      if state.by != .scan {
        Block {
          Line(.pairNameTitle)
          WordsField(.peopleName, text: Binding(get: { state.name }, set: { on(.name($0)) }), lines: 1)
        }
      }
    } first: {
      if state.by != .scan {
        MainButton(.linkTo) { on(.join) }.disabled(!state.isWhole || state.looking)
      }
    }
  }
}

extension JoinState.By {
  /// How a code can be given.
  fileprivate var words: Words {
    switch self {
    case .scan: .linkByScan
    case .link: .linkByLink
    case .words: .linkByWords
    }
  }
}

private struct JoinLink: View {
  let state: JoinState
  let on: @MainActor (JoinEvent) -> Void

  var body: some View {
    Block {
      WordsField(.linkByLink, text: Binding(get: { state.code }, set: { on(.code($0)) }), lines: 2, keyboard: .URL)
      Said(state.checkLines)
      if let relay = state.check?.relay { Told(.peopleRelay, .own(Words.leftToRight(relay))) }
    }
  }
}

private struct JoinWords: View {
  let state: JoinState
  let on: @MainActor (JoinEvent) -> Void

  var body: some View {
    Block {
      WordsField(
        .linkByWords, text: Binding(get: { state.code }, set: { on(.code($0)) }), lines: 2, keyboard: .asciiCapable)
      Said(state.checkLines)
    }
    if !state.completions.isEmpty {
      Part(.linkWordDidYouMean) {
        ForEach(state.completions, id: \.self) { word in
          RowButton(.own(word)) { on(.complete(word)) }
        }
      }
    }
    if state.check?.reading != .link {
      Block {
        Line(.pairRelay)
        WordsField(
          .linkAddress, text: Binding(get: { state.relay }, set: { on(.relay($0)) }), lines: 1, keyboard: .URL)
      }
    }
  }
}

private struct JoinBegun: View {
  let practice: Practice
  let looking: Bool
  let on: @MainActor (JoinEvent) -> Void

  var body: some View {
    Page(.pairTitle) {
      Block {
        Said(lines, subs: looking ? [.setLookRunning] : [])
        if let card {
          Sub(card.role.title)
        } else if practice.stage == .ended {
          RowButton(.linkAgain) { on(.again) }
        } else {
          Sub(.linkWaitingSub)
          RowButton(.syncNow) { on(.look) }.disabled(looking)
        }
      }
      if let card {
        Introduced(card: card)
        Block { Line(.wordsLater) }
        Card(card: card)
      }
    } first: {
      if card != nil { MainButton(.peopleMatch) { on(.compare) } }
    }
  }

  /// That of a practice that is linked.
  private var card: PracticeCard? { practice.stage == .active ? practice.card : nil }

  private var lines: [Words] {
    var first: [Words] = []
    if let card {
      first = [.pairDone(name: card.name)]
    } else if practice.stage != .ended {
      first = [.pairWaiting]
    } else if practice.notice == nil {
      first = [.pairSpent]
    }
    return first + practice.noticeLines
  }
}
