import Attune
import AttuneModel
@_spi(Drawing) import SwiftUI
import Testing

@testable import AttuneUI

/// What is said of a link, in words of its own, with what to do.
@Suite(.serialized) @MainActor struct PracticeLinesTests {
  private func held(_ practice: Practice, _ change: (inout PracticeState) -> Void = { _ in })
    -> Held<PracticeState, PracticeEvent>
  {
    var state = PracticeState()
    state.practice = practice
    change(&state)
    return Held(state) { PracticeView(state: $0, on: $1) }
  }

  // Holds: 65, 67, 68
  @Test func eachTroubleAndEachChangeOnTheOtherSideIsSaid() throws {
    let said: [PracticeNotice: [Words]] = [
      .goodbye: [.pairGoodbye(name: Made.therapist), .linkAgain],
      .twoPhones: [.phonesTwo, .phonesTwoSub],
      .secondClaim: [.pairUsedOther, .linkAgain],
      .newcomer: [.phonesNew, .phonesDeskNew, .peopleMatch],
      .codeSpent: [.pairSpent, .linkAgain],
      .newerNeeded: [.syncPeerNewer],
      .versionJump: [.syncJump],
      .unreadable: [.syncOdd],
      .denied: [.syncDenied],
      .full: [.syncFull],
      .slow: [.syncBusy],
      .notReached: [.syncOffline],
    ]
    #expect(Set(said.keys) == Set(PracticeNotice.allCases))
    for (notice, lines) in said {
      let screen = held(MadePeople.practice(notice, compared: notice != .newcomer))
      for line in lines { #expect(screen.says(line), "\(notice): \(line.text)") }
      for (other, foreign) in said where other != notice {
        for line in foreign where !lines.contains(line) { #expect(!screen.says(line), "\(notice) says \(line.text)") }
      }
    }
    let introduced = held(MadePeople.introduced)
    #expect(introduced.says(.pairIntroducedBy(introducer: Made.therapist)))
    #expect(introduced.says(.pairIntroducedCheck))
    #expect(!held(MadePeople.practice()).says(.pairIntroducedCheck))
  }

  // Holds: 62, 67
  @Test func aNewCodeAndTheWordsAreOnePressAway() throws {
    let spent = held(MadePeople.practice(.codeSpent, stage: .ended))
    try spent.press(.linkAgain)
    guard case .join = try spent.only() else { return #expect(Bool(false), "it leads elsewhere") }
    let newcomer = held(MadePeople.practice(.newcomer, compared: false))
    try newcomer.press(.peopleMatch)
    guard case .compare = try newcomer.only() else { return #expect(Bool(false), "it leads elsewhere") }
  }

  // Holds: 64
  @Test func theCardShowsWhatThePracticeSaysOfItself() throws {
    let screen = held(MadePeople.practice()) { $0.about = MadePeople.how }
    let wanted: [Words] = [
      .own(Made.therapist), .pairRoleTherapist, .pickPause, .pickNote, .costFee, .costSlot, .costWait, .costVisit,
      .own("Ms. Lindqvist, on weekdays"), .previewLeavesTitle, .own("A court can ask for your file."),
      .own(MadePeople.how), .peopleHeard(day: "Wednesday, March 4"),
    ]
    for words in wanted { #expect(screen.says(words), "\(words.text)") }
    // Keeping something to oneself is with nobody, and what was not offered is not there.
    for words in [Words.pickKeep, .pickLanguage, .costUnknown] { #expect(!screen.says(words), "\(words.text)") }
    let untold = held(MadePeople.introduced)
    #expect(untold.says(.costUnknown) && untold.says(.pairRoleDesk) && untold.says(.aboutTheirsNone))
    for words in [Words.costFee, .peopleBackup, .previewLeavesTitle] { #expect(!untold.says(words), "\(words.text)") }
  }

  // Holds: 66
  @Test func unlinkingIsOnePressWithWhatGoesSaidBeforeIt() throws {
    let screen = held(MadePeople.practice())
    let lines = screen.lines
    let button = try #require(screen.window.elements.lastIndex { $0.label == Words.unpairButton.text && $0.isControl })
    #expect(button == lines.count - 1)
    for words in [Words.unpairSub, .peopleUnlinkNotes] {
      #expect(try #require(lines.firstIndex(of: words.text)) < button)
    }
    try screen.press(.unpairButton)
    guard case .unpair = try screen.only() else { return #expect(Bool(false), "it asked, or did something else") }
  }

  // Holds: 92
  @Test func whatALookCameToIsSaidToAScreenReader() throws {
    let screen = held(MadePeople.practice())
    _ = Announced.take()
    screen.show { $0.looking = true }
    #expect(Announced.take().contains { $0.contains(Words.setLookRunning.text) })
    #expect(try !screen.control(.syncNow).isEnabled)
    screen.show { $0.looking = false }
    #expect(Announced.take().contains { $0.contains(Words.peopleHeard(day: "Wednesday, March 4").text) })
    try screen.press(.syncNow)
    guard case .look = try screen.only() else { return #expect(Bool(false), "it does not look") }
  }

  // Holds: 63
  @Test func theWordsMatchOrTheLinkIsCutOrItIsLater() throws {
    var state = CompareState()
    state.practice = MadePeople.practice(compared: false)
    state.words = ["orbit", "velvet", "hammer", "lagoon"]
    let screen = Held<CompareState, CompareEvent>(state) { CompareView(state: $0, on: $1) }
    for word in state.words { #expect(screen.lines.contains(word)) }
    let answers = try [screen.control(.wordsMatch), screen.control(.wordsDiffer)]
    #expect(answers[0].prominence == answers[1].prominence)
    // What comes of the one that cuts the link is heard with it.
    #expect(answers[1].hint == Words.linkDiffer.text && screen.says(.linkDiffer))
    try screen.press(.wordsMatch)
    guard case .match = try screen.only() else { return #expect(Bool(false), "no match") }
    try screen.press(.wordsDiffer)
    guard case .differ = try screen.only() else { return #expect(Bool(false), "not cut") }
    try screen.press(.buttonNotNow)
    guard case .later = try screen.only() else { return #expect(Bool(false), "not later") }
    // Before both sides have answered there is nothing to compare.
    screen.show { $0.words = [] }
    #expect(!screen.offers(.wordsMatch) && !screen.offers(.wordsDiffer) && screen.offers(.buttonNotNow))
  }
}
