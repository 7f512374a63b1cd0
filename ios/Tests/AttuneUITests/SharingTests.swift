import Attune
import AttuneModel
import AttuneRig
import Foundation
@_spi(Drawing) import SwiftUI
import Testing

@testable import AttuneUI

/// What stands between a person and what is sent.
@MainActor @Suite struct SharingTests {
  // Holds: 30
  @Test func everyOptionLooksLikeEveryOtherAndNoneIsPicked() throws {
    for name in ["saved", "pick", "pick-two"] {
      let options = Scenes[name].window.elements.filter { $0.identifier?.hasPrefix("pick-") == true }
      #expect(options.count >= 4, "\(name)")
      #expect(options.first?.identifier == "pick-keep", "\(name)")
      #expect(Set(options.map(\.kind)) == [.button], "\(name)")
      #expect(Set(options.map(\.prominence)) == [.none], "\(name)")
      #expect(options.allSatisfy { $0.isEnabled && $0.traits.isEmpty && $0.value == nil }, "\(name)")
      // One below another, with nothing between them that would set one apart.
      let elements = Scenes[name].window.elements
      let at = elements.indices.filter { elements[$0].identifier?.hasPrefix("pick-") == true }
      #expect(at == Array(at[0]..<at[0] + at.count), "\(name)")
    }
  }

  // Holds: 35
  @Test func whatMayGoAlongIsOffAndThereOnlyWhereTheMomentHasIt() throws {
    var state = PreviewState()
    state.preview = Made.preview(words: nil, pointer: nil)
    state.practice = Made.practice()
    state.moment = Made.moment(words: nil, pointer: nil)
    let shown = { (state: PreviewState) in
      Window { PreviewView(state: state) { _ in } }.elements.filter { $0.kind == .toggle }
    }
    #expect(shown(state).isEmpty)
    state.moment = Made.moment()
    #expect(shown(state).map(\.value) == ["off", "off"])
    let events = Holding<[String]>([])
    let window = Window {
      PreviewView(state: state) {
        if case .withPointer(true) = $0 { events.value.append("where") }
        if case .withWords(true) = $0 { events.value.append("words") }
      }
    }
    for toggle in window.elements where toggle.kind == .toggle { #expect(toggle.pressed()) }
    #expect(events.value == ["where", "words"])
  }

  // Holds: 36
  @Test func ownWordsWaitForTheFourWordsAndTheWayThereIsBesideThem() throws {
    var state = PreviewState()
    state.preview = Made.preview(words: nil, pointer: nil)
    state.practice = Made.practice(compared: false)
    state.moment = Made.moment()
    let events = Holding<[String]>([])
    let window = Window { PreviewView(state: state) { if case .compare = $0 { events.value.append("compare") } } }
    let words = try #require(window.elements.first { $0.identifier == "with-words" })
    #expect(words.label.contains(Words.previewWordsWait.text))
    #expect(try #require(window.elements.first { $0.label == Words.peopleMatch.text }).pressed())
    #expect(events.value == ["compare"])
  }

  // Holds: 92
  @Test func thatWordsGoAlongIsSaidAloudAndTheWordsAreNot() {
    var state = PreviewState()
    state.preview = Made.preview(words: nil, pointer: nil)
    state.moment = Made.moment()
    state.practice = Made.practice()
    let held = Holding(state)
    let window = Window { PreviewView(state: held.value) { _ in } }
    _ = window.elements
    _ = Announced.take()
    held.value.preview = Made.preview()
    #expect(window.elements.contains { $0.label.contains(Made.words) }, "they stand there to be read")
    #expect(Announced.take() == [Words.previewWhere.text + "\n" + Words.previewWords.text])
    held.value.preview = Made.preview(words: nil)
    _ = window.elements
    #expect(Announced.take() == [Words.previewWhere.text])
  }

  // Holds: 39, 96
  @Test func aTapThatWasMeantForTheScreenBeforeSharesNothing() throws {
    let time = TestTime()
    var state = PreviewState()
    let held = Holding(state)
    let shared = Holding(0)
    let window = Window {
      PreviewView(state: held.value) { if case .share = $0 { shared.value += 1 } }.environment(\.elapsed, time)
    }
    let share = { try #require(window.elements.first { $0.identifier == "share" }) }
    #expect(try !share().pressed(), "there is nothing to share yet")
    state.preview = Made.preview()
    held.value = state
    #expect(try share().pressed())
    #expect(shared.value == 0)
    _ = time.pass(ShareButton.settling - 1)
    #expect(try share().pressed())
    #expect(shared.value == 0)
    // Each tap of a row puts off the rest of it.
    _ = time.pass(ShareButton.settling - 1)
    #expect(try share().pressed())
    #expect(shared.value == 0)
    _ = time.pass(ShareButton.settling)
    #expect(try share().pressed())
    #expect(shared.value == 1)
    // What is shown has changed: a second tap was meant for what was there before.
    state.preview = Attune.Preview(
      id: PreviewId(value: "p2"), practice: PracticeId(value: 1), recipient: Made.therapist, role: .therapist,
      option: .pause, pointer: nil, words: nil, until: nil, takesBack: false)
    held.value = state
    #expect(try share().pressed())
    #expect(shared.value == 1)
  }

  // Holds: 76
  @Test func whatIsAboutToBeSharedIsCoveredOnEachScreen() throws {
    let covered = Frame(hide: {}, back: {}, covers: true)
    var about = AboutMeState()
    (about.practice, about.text, about.read, about.compared) = (Made.practice(), Made.words, true, true)
    var draft = ProposalState()
    (draft.proposal, draft.changing, draft.words) = (MadePeople.proposal(.fileLine), true, Made.words)
    var restored = RestoredState()
    (restored.read, restored.waiting) = (true, MadePeople.restored)
    var moment = MomentState()
    (moment.moment, moment.words) = (Made.moment(), Made.words)
    var choice = AttuneModel.ChoiceState()
    (choice.choice, choice.practice) = (Made.choice(), Made.practice())
    #expect(choice.choice?.words != nil)
    let words = [Made.words, choice.choice?.words ?? Made.words, "talk about my work"]
    let windows = [
      Window { AboutMeView(state: about) { _ in }.environment(\.frame, covered) },
      Window { ProposalView(state: draft) { _ in }.environment(\.frame, covered) },
      Window { RestoredView(state: restored) { _ in }.environment(\.frame, covered) },
      Window { MomentView(state: moment) { _ in }.environment(\.frame, covered) },
      Window { ChoiceView(state: choice) { _ in }.environment(\.frame, covered) },
    ]
    for window in windows {
      let elements = window.elements
      #expect(elements.contains { $0.label == Words.captureLine.text })
      for own in words {
        #expect(elements.allSatisfy { !$0.label.contains(own) && !($0.value ?? "").contains(own) })
      }
      let sends = [Words.aboutShare, .draftSend, .noteOk, .restoreKeep].map(\.text)
      #expect(!elements.contains { sends.contains($0.label) })
    }
  }

  @Test func whatIsCoveredIsNotShared() throws {
    let elements = Scenes["preview-captured"].window.elements
    #expect(elements.contains { $0.label == Words.captureLine.text })
    #expect(elements.first { $0.identifier == "share" }?.isEnabled == false)
    #expect(!elements.contains { $0.label.contains(Made.words) || $0.label.contains(Made.therapist) })
    let note = Scenes["note-captured"].window.elements
    #expect(!note.contains { $0.label.contains(Made.therapist) || $0.identifier == "aloud" })
  }

  @Test func theLastDayIsPickedInItsPlace() throws {
    let until = Holding<DateComponents?>(nil)
    let window = Window {
      Page(nil) { EndDay(until: until.value) { until.value = $0 } }.environment(\.days, Made.days)
    }
    let find = { (label: Words) in try #require(window.elements.first { $0.label == label.text }) }
    #expect(try #require(window.elements.first { $0.identifier == "end-day" }).pressed())
    #expect(try find(.dateTwoWeeks).pressed())
    #expect(until.value == Made.day(2026, 3, 20))
    #expect(try find(.dateTwoWeeks).traits.contains(.isSelected))
    #expect(try find(.dateOwn).pressed())
    #expect(until.value == Made.day(2026, 3, 20))
    let wheel = try #require(window.elements.first { $0.kind.rawValue == "day field" })
    #expect(wheel.pick(Made.instant("2026-03-25T00:00:00Z")))
    #expect(until.value == Made.day(2026, 3, 25))
    #expect(wheel.pick(Made.instant("2026-03-05T00:00:00Z")), "the wheel does not go before today")
    #expect(until.value == Made.day(2026, 3, 25))
    #expect(try find(.pickUntilNone).pressed())
    #expect(until.value == nil)
    #expect(try find(.buttonDone).pressed())
    #expect(window.elements.contains { $0.identifier == "end-day" })
  }
}
