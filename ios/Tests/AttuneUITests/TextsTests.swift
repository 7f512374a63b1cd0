import Attune
import AttuneModel
import Foundation
@_spi(Drawing) import SwiftUI
import Testing

@testable import AttuneUI

/// What is said of everything that the core and the app can say.
@MainActor @Suite struct TextsTests {
  // Holds: 46
  @Test func eachStatusHasWordsOfItsOwnAndItsDayWhereItNamesOne() {
    var said: [String: StatusLine] = [:]
    for status in StatusLine.allCases {
      let text = Made.choice(.pause, status).statusWords(Made.days).text
      #expect(!text.contains("⟨"), "\(status)")
      #expect(said[text] == nil, "\(status) and \(said[text].map { "\($0)" } ?? "")")
      said[text] = status
    }
    #expect(said.filter { $0.key.contains("Tuesday, March 10") }.count == 4)
  }

  // Holds: 94
  @Test func eachLineAndEachReasonHasItsWords() {
    for notice in Notice.allCases { #expect(!notice.words.text.contains("⟨"), "\(notice)") }
    for stop in Stop.allCases {
      #expect(!(stop.title.text + stop.words.text).contains("⟨"), "\(stop)")
      #expect(Scenes.all.contains { $0.outline().contains(stop.words.text) }, "\(stop) is drawn nowhere")
    }
  }

  // Holds: 38
  @Test func whatItWillNotCostIsShownAsFarAsItWasAttested() {
    let shown = { (terms: AttestedTerms) in Window { Page(nil) { Terms(terms: terms) } }.elements.map(\.label) }
    #expect(shown(Made.untold).contains(Words.costUnknown.text))
    let some = shown(AttestedTerms(noFee: true, keepsSlot: false, keepsPlace: false, noMissedVisit: true))
    #expect(some.contains(Words.costFee.text) && some.contains(Words.costVisit.text))
    #expect(!some.contains(Words.costSlot.text) && !some.contains(Words.costUnknown.text))
  }

  // Holds: 34
  @Test func thePreviewShowsWhatWillBeSentAndToWhom() {
    let labels = Scenes["preview-all"].window.elements.map(\.label)
    #expect(labels.contains { $0.contains(Made.therapist) && $0.contains(Words.pairRoleTherapist.text) })
    for text in [Words.pickNote.text, Made.words, Words.markWhereMissed.text, "Friday, March 20", "Sam"] {
      #expect(labels.contains { $0.contains(text) }, "\(text)")
    }
    let plain = Scenes["preview"].window.elements.map(\.label)
    #expect(!plain.contains { $0.contains(Made.words) || $0.contains(Words.markWhereMissed.text) })
  }

  // Holds: 52
  @Test func aNoteIsShownWholeWithThatNoReplyIsNeeded() {
    let labels = Scenes["note"].window.elements.map(\.label)
    let parts = Made.note.text.components(separatedBy: "\n\n")
    #expect(labels.filter(parts.contains) == parts)
    #expect(labels.contains(Words.notesNoReply.text))
  }

  // Holds: 29
  @Test func noScreenCountsAnythingOfAPerson() {
    // With two of a thing and with seven, all that is not one of them is the same.
    let rest = { (count: Int) in
      let moments = (0..<count).map { MomentLine(moment: Made.moment(Int64($0)), choice: nil) }
      let choices = (0..<count).map { Made.choice(id: "\($0)") }
      let home = Scenes.change(HomeState()) {
        $0.read = true
        $0.moments = moments
        $0.choices = choices
        $0.notes = true
        $0.drafts = true
        $0.practices = (0..<count).map { Made.practice(Int64($0)) }
      }
      let list = Scenes.change(MomentsState()) {
        $0.read = true
        $0.moments = moments
      }
      let all = Scenes.change(ChoicesState()) {
        $0.read = true
        $0.choices = choices
      }
      let people = Scenes.change(PracticesState()) {
        $0.read = true
        $0.practices = (0..<count).map { Made.practice(Int64($0)) }
      }
      let letters = Scenes.change(NotesState()) {
        $0.read = true
        $0.notes = (0..<count).map {
          let note = Made.note
          return FollowUp(
            id: FollowUpId(value: "n\($0)"), caseId: note.caseId, practice: note.practice, sender: note.sender,
            text: note.text, storedAt: note.storedAt)
        }
      }
      let drafts = Scenes.change(ProposalsState()) {
        $0.read = true
        $0.proposals = (0..<count).map { MadePeople.proposal(id: "p\($0)") }
      }
      let windows = [
        Window { HomeView(state: home) { _ in } }, Window { MomentsView(state: list) { _ in } },
        Window { ChoicesView(state: all) { _ in } }, Window { PracticesView(state: people) { _ in } },
        Window { NotesView(state: letters) { _ in } }, Window { ProposalsView(state: drafts) { _ in } },
      ]
      return windows.map { Set($0.elements.map(\.label)) }
    }
    #expect(rest(2) == rest(7))
  }

  // Holds: 95
  @Test func turningThePhoneChangesNothingThatWasDone() throws {
    let window = Scenes["preview"].window
    #expect(try #require(window.elements.first { $0.identifier == "end-day" }).pressed())
    let before = window.elements.map(\.label).sorted()
    #expect(before.contains(Words.dateTitle.text))
    window.environment.verticalSizeClass = .compact
    #expect(window.elements.map(\.label).sorted() == before)
    window.environment.verticalSizeClass = .regular
    #expect(window.elements.map(\.label).sorted() == before)
  }
}
