import Attune
import AttuneModel
import AttuneRig
@_spi(Drawing) import SwiftUI
import Testing

@testable import AttuneUI

/// Drafts, about me, and what waits after a copy came back: nothing goes but what the person sends.
@Suite(.serialized) @MainActor struct DraftTests {
  private func held(_ proposal: Proposal, _ change: (inout ProposalState) -> Void = { _ in })
    -> Held<ProposalState, ProposalEvent>
  {
    var state = ProposalState()
    state.proposal = proposal
    change(&state)
    return Held(state) { ProposalView(state: $0, on: $1) }
  }

  private func held(about state: AboutMeState) -> Held<AboutMeState, AboutMeEvent> {
    Held(state) { AboutMeView(state: $0, on: $1) }
  }

  private func about(_ text: String, shared: OwnAbout? = nil, compared: Bool = true) -> AboutMeState {
    var state = AboutMeState()
    state.practice = MadePeople.practice(compared: compared)
    state.text = text
    state.shared = shared
    state.read = true
    state.compared = compared
    return state
  }

  // Holds: 55
  @Test func theThreeAnswersAreAlikeAndSoIsGivingNone() throws {
    let screen = held(MadePeople.proposal())
    let answers = try [Words.noteOk, .noteChange, .noteSkip].map { try screen.control($0) }
    #expect(Set(answers.map { "\($0.prominence) \($0.kind) \($0.isEnabled)" }).count == 1)
    #expect(screen.says(.noteSaidNothing) && screen.says(.noteSkipSub))
    try screen.press(.noteOk)
    guard case .looksRight = try screen.only() else { return #expect(Bool(false), "another answer") }
    try screen.press(.noteSkip)
    guard case .leaveIt = try screen.only() else { return #expect(Bool(false), "another answer") }
    try screen.press(.noteChange)
    guard case .changeIt = try screen.only() else { return #expect(Bool(false), "another answer") }
    #expect(!screen.offers(.draftSend) && !screen.offers(.draftUnsay))
  }

  // Holds: 56
  @Test func wordsGoOnlyWithChangeItAndOnlyOnceTheFourWereCompared() throws {
    let screen = held(MadePeople.proposal(.fileLine)) { $0.changing = true }
    try screen.type(.draftChangeTitle, "Please leave out my brother.")
    guard case .words("Please leave out my brother.") = try screen.only() else {
      return #expect(Bool(false), "other words")
    }
    try screen.press(.draftSend)
    guard case .sendChange = try screen.only() else { return #expect(Bool(false), "not sent") }
    screen.show { $0.compared = false }
    #expect(screen.says(.previewWordsWait) && !screen.offers(.draftChangeTitle))
    try screen.press(.peopleMatch)
    guard case .compare = try screen.only() else { return #expect(Bool(false), "no words to compare") }
    // Change it can be said without words.
    try screen.press(.draftSend)
    guard case .sendChange = try screen.only() else { return #expect(Bool(false), "not sent") }
  }

  // Holds: 57
  @Test func whatWasSaidIsTakenBackWhileItIsOpenAndAClosedOneIsRead() throws {
    let screen = held(MadePeople.proposal(answer: .changeIt, words: "Less homework, please."))
    #expect(screen.says(.noteSaid(answer: Words.noteChange.text)) && screen.says(.own("Less homework, please.")))
    #expect(screen.says(.noteGoes))
    try screen.press(.draftUnsay)
    guard case .sayNothing = try screen.only() else { return #expect(Bool(false), "not taken back") }
    screen.show { $0.proposal = MadePeople.proposal(answer: .looksRight, waits: true) }
    #expect(screen.says(.noteWaits) && !screen.says(.noteGoes))
    screen.show { $0.proposal = MadePeople.proposal(.fileLine, open: false, answer: .looksRight) }
    #expect(screen.says(.noteOver) && screen.says(.own("takes it out of the plan")))
    for words in [Words.noteOk, .noteChange, .noteSkip, .draftUnsay] { #expect(!screen.offers(words)) }
    // It is wiped after one question.
    try screen.press(.draftErase)
    #expect(screen.events.isEmpty && screen.says(.draftEraseAsk))
    try screen.press(.buttonNotNow)
    #expect(screen.events.isEmpty && !screen.says(.draftEraseAsk))
    try screen.press(.draftErase)
    try screen.press(.buttonWipe)
    guard case .erase = try screen.only() else { return #expect(Bool(false), "not wiped") }
  }

  // Holds: 58
  @Test func aboutMeGoesOnlyWhenItIsSharedAndShowsJustWhatGoes() throws {
    let screen = held(about: about(""))
    #expect(try !screen.control(.aboutShare).isEnabled)
    try screen.type(.aboutBox, MadePeople.about)
    guard case .text(MadePeople.about) = try screen.only() else { return #expect(Bool(false), "other words") }
    screen.show { $0.text = MadePeople.about }
    let lines = screen.lines
    let preview = try #require(lines.firstIndex(of: Words.aboutPreview.text))
    #expect(lines[preview + 1] == Words.previewToName(name: Made.therapist).text)
    #expect(lines[preview + 2] == MadePeople.about)
    try screen.press(.aboutShare)
    guard case .share = try screen.only() else { return #expect(Bool(false), "not shared") }
    screen.show { $0.shared = OwnAbout(text: MadePeople.about, waits: false) }
    #expect(screen.says(.aboutChosen) && !screen.offers(.aboutShare) && !screen.says(.aboutPreview))
    // The words in the box go with it, so it asks.
    try screen.press(.takebackButton)
    #expect(screen.events.isEmpty && screen.says(.aboutTakeBackAsk))
    try screen.press(.takebackButton)
    guard case .takeBack = try screen.only() else { return #expect(Bool(false), "not taken back") }
    // What was changed since is shared anew, or not.
    screen.show { $0.text += " Thank you." }
    #expect(try screen.control(.aboutShare).isEnabled && !screen.says(.aboutChosen))
  }

  // Holds: 39
  @Test func aTapThatWasMeantForWhatWasThereBeforeSendsNoWords() throws {
    let time = TestTime()
    let state = Holding(about("one"))
    let sent = Holding(0)
    let window = Window {
      AboutMeView(state: state.value) { if case .share = $0 { sent.value += 1 } }.environment(\.elapsed, time)
    }
    try rests(window, .aboutShare, time) {
      state.value.text = "two"
    } sent: {
      sent.value
    }
    var changing = ProposalState()
    changing.proposal = MadePeople.proposal(.fileLine)
    changing.changing = true
    let draft = Holding(changing)
    let answered = Holding(0)
    let other = Window {
      ProposalView(state: draft.value) { if case .sendChange = $0 { answered.value += 1 } }.environment(\.elapsed, time)
    }
    try rests(other, .draftSend, time) {
      draft.value.words = "two"
    } sent: {
      answered.value
    }
  }

  // Holds: 73
  @Test func aSecondTapIsNoAnswerToTheNextOne() throws {
    for (answer, choice) in [
      (Words.restoreKeep, MadePeople.restored[0].choice),
      (.restoreDrop, MadePeople.restored[0].choice),
      (.takebackButton, nil),
    ] {
      let time = TestTime()
      var state = RestoredState()
      state.read = true
      state.waiting = ["c1", "c3"].map { id in
        Restored(caseId: CaseId(value: id), practice: PracticeId(value: 1), choice: choice)
      }
      let held = Holding(state)
      let answered = Holding<[String]>([])
      let window = Window {
        RestoredView(state: held.value) { event in
          switch event {
          case .keep(let id), .drop(let id): answered.value.append(id.value)
          case .later: break
          }
        }
        .environment(\.elapsed, time)
      }
      let button = { try #require(window.elements.first { $0.label == answer.text }) }
      _ = try button()
      _ = time.pass(ShareButton.settling)
      #expect(try button().pressed())
      #expect(answered.value == ["c1"], "\(answer.text)")
      // It is gone, and the next one stands in its place.
      held.value.waiting.removeFirst()
      #expect(try button().pressed())
      #expect(answered.value == ["c1"], "\(answer.text)")
      _ = try button()
      _ = time.pass(ShareButton.settling)
      #expect(try button().pressed())
      #expect(answered.value == ["c1", "c3"], "\(answer.text)")
    }
  }

  // Holds: 97
  @Test func aTapThatWasMeantForAnotherRowAnswersNothing() throws {
    let changes: [(Words, (inout ProposalState) -> Void)] = [
      (.noteOk, { $0.proposal = MadePeople.proposal(answer: .leaveIt) }),
      (.noteSkip, { $0.proposal = MadePeople.proposal(answer: .looksRight) }),
      (.noteSkip, { $0.changing = true }),
    ]
    for (answer, change) in changes {
      let time = TestTime()
      var state = ProposalState()
      state.proposal = MadePeople.proposal()
      let draft = Holding(state)
      let said = Holding(0)
      let window = Window {
        ProposalView(state: draft.value) { event in
          switch event {
          case .looksRight, .leaveIt: said.value += 1
          default: break
          }
        }
        .environment(\.elapsed, time)
      }
      try rests(window, answer, time) {
        change(&draft.value)
      } sent: {
        said.value
      }
    }
    for answer in [Words.wordsMatch, .wordsDiffer] {
      let time = TestTime()
      var state = CompareState()
      state.practice = MadePeople.practice(compared: false)
      let comparing = Holding(state)
      let said = Holding(0)
      let window = Window {
        CompareView(state: comparing.value) { event in
          switch event {
          case .match, .differ: said.value += 1
          case .later: break
          }
        }
        .environment(\.elapsed, time)
      }
      // They come while the screen is there.
      _ = window.elements
      _ = time.pass(ShareButton.settling)
      comparing.value.words = ["anchor", "basin", "cedar", "dawn"]
      let row = { try #require(window.elements.first { $0.label == answer.text }) }
      #expect(try row().pressed())
      #expect(said.value == 0, "\(answer.text)")
      try rests(window, answer, time) {
        comparing.value.words = ["eagle", "fern", "glass", "harbor"]
      } sent: {
        said.value
      }
    }
  }

  /// A tap right after what would be sent has changed sends nothing.
  private func rests(
    _ window: Window, _ button: Words, _ time: TestTime, change: () -> Void, sent: () -> Int
  ) throws {
    let share = { try #require(window.elements.first { $0.label == button.text }) }
    _ = try share()
    _ = time.pass(ShareButton.settling)
    change()
    #expect(try share().pressed())
    #expect(sent() == 0)
    _ = time.pass(ShareButton.settling)
    #expect(try share().pressed())
    #expect(sent() == 1)
  }

  // Holds: 58
  @Test func whyAboutMeCannotGoYetIsSaid() throws {
    let early = held(about: about(MadePeople.about, compared: false))
    #expect(early.says(.aboutMatchFirst) && !early.offers(.aboutShare))
    try early.press(.peopleMatch)
    guard case .compare = try early.only() else { return #expect(Bool(false), "no words to compare") }
    for (why, words) in [(AboutWaitsFor.firstSync, Words.aboutNotYet), (.newerApp, .aboutOld)] {
      let screen = held(about: about(MadePeople.about))
      screen.show { $0.practice = MadePeople.practice(aboutWaitsFor: why) }
      #expect(screen.says(words))
      #expect(try !screen.control(.aboutShare).isEnabled)
    }
    let restored = held(about: about(MadePeople.about, shared: OwnAbout(text: MadePeople.about, waits: true)))
    #expect(try restored.says(.aboutWaits) && !restored.says(.aboutChosen) && restored.control(.aboutShare).isEnabled)
  }

  // Holds: 73
  @Test func afterACopyCameBackEachChoiceIsConfirmedOrDropped() throws {
    var state = RestoredState()
    state.read = true
    state.waiting = MadePeople.restored
    let screen = Held<RestoredState, RestoredEvent>(state) { RestoredView(state: $0, on: $1) }
    #expect(screen.says(.restoreNothing) && screen.says(.restoreUnknown))
    // All that would leave with it is read before.
    for words in [Words.pickPause, .previewToName(name: Made.therapist), .markWhereSaid, .previewWords] {
      #expect(screen.says(words), "\(words.text)")
    }
    let answers = try [screen.control(.restoreKeep), screen.control(.restoreDrop)]
    #expect(answers[0].prominence == answers[1].prominence)
    #expect(answers.allSatisfy { $0.hint == Words.pickPause.text })
    try screen.press(.restoreKeep)
    guard case .keep(CaseId(value: "c1")) = try screen.only() else { return #expect(Bool(false), "another one") }
    try screen.press(.restoreDrop)
    guard case .drop(CaseId(value: "c1")) = try screen.only() else { return #expect(Bool(false), "another one") }
    try screen.press(.takebackButton)
    guard case .drop(CaseId(value: "c2")) = try screen.only() else { return #expect(Bool(false), "another one") }
    try screen.press(.restoreDecideLater)
    guard case .later = try screen.only() else { return #expect(Bool(false), "decided") }
    screen.show { $0.waiting = [] }
    #expect(screen.says(.restoreDone) && screen.offers(.buttonDone) && !screen.says(.restoreNothing))
  }
}
