import Attune
import AttuneModel
import SwiftUI

/// One practice: how the link fares, what it says of itself, and what can be done with the link.
struct PracticeView: View {
  let state: PracticeState
  let on: @MainActor (PracticeEvent) -> Void

  var body: some View {
    Page(state.practice?.title) {
      if let practice = state.practice {
        if let standing = practice.standing { Block { Sub(standing) } }
        if let card = practice.card { Introduced(card: card) }
        LinkNotice(practice: practice, on: on)
        Compared(practice: practice, on: on)
        Reached(practice: practice, looking: state.looking, on: on)
        if let card = practice.card {
          Card(card: card)
          HowTheyWork(name: practice.title, about: state.about)
        }
        if practice.stage == .active { AboutOne(own: state.aboutMe, on: on) }
        Lane(practice: practice)
        Unlink(on: on)
      }
    }
  }
}

/// What there is to say of the link, with what can be done about it. The words to compare have a part of their own.
private struct LinkNotice: View {
  let practice: Practice
  let on: @MainActor (PracticeEvent) -> Void

  var body: some View {
    let lines = practice.noticeLines
    if practice.notice == .newcomer {
      Part(.phonesNew) {
        Said(lines)
        MainButton(.peopleMatch) { on(.compare) }
      }
    } else if !lines.isEmpty {
      Block {
        Said(lines)
        if needsNewCode { RowButton(.linkAgain) { on(.join) } }
      }
    }
  }

  private var needsNewCode: Bool {
    switch practice.notice {
    case .secondClaim, .goodbye, .codeSpent: true
    case .newcomer, .twoPhones, .newerNeeded, .versionJump, .unreadable, .denied, .full, .slow, .notReached, nil: false
    }
  }
}

private struct Compared: View {
  let practice: Practice
  let on: @MainActor (PracticeEvent) -> Void

  var body: some View {
    if practice.stage == .active {
      if practice.health.compared {
        Block { Line(.peopleMatched) }
      } else if practice.notice != .newcomer {
        Block {
          Line(.wordsLater)
          RowButton(.peopleMatch) { on(.compare) }
        }
      }
    }
  }
}

private struct Reached: View {
  let practice: Practice
  let looking: Bool
  let on: @MainActor (PracticeEvent) -> Void
  @Environment(\.days) private var days

  var body: some View {
    Block {
      if practice.stage == .waiting { Line(.linkWaitingSub) }
      Said(looking ? [.setLookRunning] : [], subs: [heard])
      if practice.stage != .ended {
        RowButton(.syncNow) { on(.look) }.disabled(looking)
      }
    }
  }

  private var heard: Words {
    practice.health.reachedAt.map { .peopleHeard(day: days.dayText($0)) } ?? .peopleHeardNever
  }
}

/// The code did not come from the clinic itself: who handed it on, and how to be sure.
struct Introduced: View {
  let card: PracticeCard

  var body: some View {
    if let name = card.introducedBy {
      Block {
        Line(.pairIntroducedBy(introducer: name))
        Line(.pairIntroducedCheck)
      }
    }
  }
}

/// The practice's card, in the order in which a person may ask: what can I pick, what will it cost me, who answers, who
/// sees it.
struct Card: View {
  let card: PracticeCard

  var body: some View {
    // Keeping something to oneself is with nobody.
    let offered = card.offered.filter { $0 != .keep }
    let terms = card.terms.lines
    if !offered.isEmpty {
      Part(.pairOffers) { ForEach(offered, id: \.self) { Line($0.title) } }
    }
    Part(.costTitle) {
      if terms.isEmpty { Line(.costUnknown) }
      ForEach(terms.indices, id: \.self) { Line(terms[$0]) }
    }
    OwnWords(title: .peopleBackup, text: card.backup)
    OwnWords(title: .previewLeavesTitle, text: card.leavesPractice)
  }
}

/// What a practice wrote, if it did.
private struct OwnWords: View {
  let title: Words
  let text: String

  var body: some View {
    if !text.allSatisfy(\.isWhitespace) {
      Part(title) { Line(.own(text)) }
    }
  }
}

private struct HowTheyWork: View {
  let name: Words
  let about: String?

  var body: some View {
    if let about, !about.allSatisfy(\.isWhitespace) {
      Part(.aboutTheirs(name: name.text)) { Line(.own(about)) }
    } else {
      Block { Sub(.aboutTheirsNone) }
    }
  }
}

private struct AboutOne: View {
  @Environment(\.frame) private var frame
  let own: OwnAbout?
  let on: @MainActor (PracticeEvent) -> Void

  var body: some View {
    Part(.aboutOwn) {
      if own?.waits == true { Line(.aboutWaits) }
      Item(own == nil ? .aboutWrite : .aboutTitle, line) { on(.aboutMe) }
    }
  }

  private var line: Words {
    guard let own else { return .aboutOwnNone }
    return frame.covers ? .captureLine : .own(own.text)
  }
}

/// The name they see, and where the sealed boxes go.
private struct Lane: View {
  let practice: Practice

  var body: some View {
    Part(.peopleName) { Line(practice.chosenName.map { .own($0) } ?? .previewNoName) }
    Part(.peopleRelay) {
      Line(.own(Words.leftToRight(practice.relay)))
      Sub(.privacyRelay)
    }
  }
}

/// At once, without a question; what goes is said above it. It stands last and apart, so that nobody hits it on the way to
/// something.
private struct Unlink: View {
  let on: @MainActor (PracticeEvent) -> Void

  var body: some View {
    Part(.unpairButton) {
      Line(.unpairSub)
      Line(.peopleUnlinkNotes)
      RowButton(.unpairButton) { on(.unpair) }
    }
  }
}
