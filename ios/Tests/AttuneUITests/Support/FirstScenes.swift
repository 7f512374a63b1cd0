import Attune
import AttuneModel
import SwiftUI

@testable import AttuneUI

/// Screens from the first day to a note. Nobody in them is real.
extension Scenes {
  static let first = closed + marking + sharing + reading

  private static let closed = [
    Scene("first-run", .closed, full: true) { FirstRunView { _ in } },
    Scene("locked", .closed, full: true) {
      LockedView(state: Stage.Locked(asksCode: true, wrong: true, finger: true)) { _ in }
    },
    Scene("locked-tap", .closed) { LockedView(state: Stage.Locked(asksCode: false)) { _ in } },
    Scene("locked-busy", .closed) { LockedView(state: Stage.Locked(asksCode: true, busy: true)) { _ in } },
    Scene("opening", .closed) { OpeningView() },
    Scene("stopped-key-gone", .closed, full: true) { StoppedView(why: .keyGone) { _ in } },
    Scene("stopped-later", .closed) { StoppedView(why: .later) { _ in } },
    Scene("stopped-damaged", .closed) { StoppedView(why: .damaged) { _ in } },
    Scene("stopped-newer", .closed) { StoppedView(why: .newer) { _ in } },
    Scene("stopped-no-room", .closed) { StoppedView(why: .noRoom) { _ in } },
    Scene("stopped-busy", .closed) { StoppedView(why: .busy) { _ in } },
    Scene("stopped-fault", .closed) { StoppedView(why: .fault) { _ in } },
  ]

  private static let marking = [
    Scene("home", .home, full: true) {
      HomeView(
        state: made {
          $0.moments = Made.lines
          $0.older = true
          $0.notes = true
          $0.practices = [Made.practice(), Made.deskPractice]
        }
      ) { _ in }
    },
    Scene("home-empty", .home) { HomeView(state: made { _ in }) { _ in } },
    Scene("home-notices", .home) {
      HomeView(
        state: made {
          $0.choices = [Made.choice(.noContact, .openedCounts, .opened)]
          $0.drafts = true
          $0.practices = [
            Made.practice(notice: .twoPhones), Made.practice(2, Made.desk, notice: .newcomer),
            Made.practice(3, notice: .notReached),
          ]
          $0.restored = true
          $0.looking = true
        }
      ) { _ in }
    },
    Scene("home-undone", Frame(hide: {}, help: {}, notice: Notice.undone.words), full: true) {
      HomeView(
        state: made {
          $0.moments = Made.lines
          $0.practices = [Made.practice()]
        }
      ) { _ in }
    },
    Scene("saved", full: true) { PickView(state: pick(Made.offers, saved: true) { $0.hasMoment = true }) { _ in } },
    Scene("pick") { PickView(state: pick(Made.offers) { $0.hasMoment = true }) { _ in } },
    Scene("pick-two") { PickView(state: pick(Made.twice)) { _ in } },
    Scene("pick-alone") {
      PickView(state: pick(Made.twice.filter { $0.practice == nil }, saved: true) { $0.alone = true }) { _ in }
    },
    Scene("pick-change") { PickView(state: pick(Array(Made.offers.dropFirst())) { $0.changes = true }) { _ in } },
    Scene("moments") {
      MomentsView(
        state: change(MomentsState()) {
          $0.read = true
          $0.moments = Made.lines
          $0.older = true
        }
      ) { _ in }
    },
    Scene("moments-none") { MomentsView(state: change(MomentsState()) { $0.read = true }) { _ in } },
    Scene("moment", full: true) {
      MomentView(
        state: change(MomentState()) {
          $0.moment = Made.moment()
          $0.words = Made.words
          $0.limit = 500
          $0.choices = [Made.choice()]
          $0.days = 90
        }
      ) { _ in }
    },
    Scene("moment-nearly-full") {
      MomentView(
        state: change(MomentState()) {
          $0.moment = Made.moment(words: nil, pointer: nil)
          $0.words = String(repeating: "a", count: 499)
          $0.limit = 500
        }
      ) { _ in }
    },
  ]

  private static let sharing = [
    Scene("preview") { PreviewView(state: preview(Made.preview(words: nil, pointer: nil))) { _ in } },
    Scene("preview-all", full: true) {
      PreviewView(
        state: change(preview(Made.preview(until: Made.day(2026, 3, 20), takesBack: true))) {
          $0.withPointer = true
          $0.withWords = true
          $0.until = Made.day(2026, 3, 20)
        }
      ) { _ in }
    },
    Scene("preview-unmatched") {
      PreviewView(
        state: change(preview(Made.preview(words: nil, pointer: nil))) {
          $0.moment = Made.moment(pointer: nil)
          $0.practice = Made.practice(compared: false)
          $0.terms = Made.untold
        }
      ) { _ in }
    },
    Scene("preview-waits") { PreviewView(state: PreviewState()) { _ in } },
    Scene("preview-captured", Frame(hide: {}, back: {}, help: {}, covers: true), full: true) {
      PreviewView(state: preview(Made.preview())) { _ in }
    },
    Scene("end-day", full: true) { Page(nil) { EndDay(until: Made.day(2026, 3, 10), isOpen: true) { _ in } } },
    Scene("shared", full: true) {
      ChoiceView(
        state: change(choice(Made.choice(.writtenFollowUp, .notSent, .queued))) { $0.shared = true }
      ) { _ in }
    },
    Scene("choice", full: true) { ChoiceView(state: choice(Made.choice(until: Made.day(2026, 3, 13)))) { _ in } },
    Scene("choice-note") {
      ChoiceView(
        state: change(choice(Made.choice(.writtenFollowUp, .noteHere, .answered, open: false, hasNote: true))) {
          $0.notes = [Made.note]
        }
      ) { _ in }
    },
    Scene("choice-late") {
      ChoiceView(state: choice(Made.choice(.writtenFollowUp, .lateNote, .late, late: true))) { _ in }
    },
    Scene("choice-waits") {
      ChoiceView(
        state: change(choice(Made.choice(.writtenFollowUp, .waitsForComparison, .queued, waitsFor: .comparison))) {
          $0.practice = Made.practice(compared: false)
        }
      ) { _ in }
    },
    Scene("choice-restored") {
      ChoiceView(
        state: choice(Made.choice(.pause, .waitsForConfirmation, .queued, waitsFor: .confirmation))
      ) { _ in }
    },
    Scene("choices") {
      ChoicesView(
        state: change(ChoicesState()) {
          $0.read = true
          $0.choices = [
            Made.choice(),
            Made.choice(.requestProvider, .sent, .uploaded, id: "c2", recipient: Made.desk),
            Made.choice(.pause, .takenBackUnseen, .withdrawnUnseen, id: "c3", open: false),
          ]
        }
      ) { _ in }
    },
    Scene("choices-none") { ChoicesView(state: change(ChoicesState()) { $0.read = true }) { _ in } },
  ]

  private static let reading = [
    Scene("notes") {
      NotesView(
        state: change(NotesState()) {
          $0.read = true
          $0.notes = [Made.note]
        }
      ) { _ in }
    },
    Scene("notes-none") { NotesView(state: change(NotesState()) { $0.read = true }) { _ in } },
    Scene("note", full: true) { NoteView(state: note { $0.canReadAloud = true }) { _ in } },
    Scene("note-reading") {
      NoteView(
        state: note {
          $0.canReadAloud = true
          $0.reading = true
        }
      ) { _ in }
    },
    Scene("note-captured", Frame(hide: {}, back: {}, help: {}, covers: true)) {
      NoteView(state: note { $0.canReadAloud = true }) { _ in }
    },
    Scene("help", Frame(hide: {}, back: {}), full: true) { HelpView(state: help(.now, "US", MadeHelp.now)) { _ in } },
    Scene("help-none", Frame(back: {})) { HelpView(state: help(.now, "", [])) { _ in } },
    Scene("serious", full: true) { SeriousView(state: help(.outside, "US", MadeHelp.outside)) { _ in } },
    Scene("outside") { OutsideView(state: help(.provider, "BR", [])) { _ in } },
    Scene("privacy", full: true) { PrivacyView() },
  ]

  private static func made(_ change: (inout HomeState) -> Void) -> HomeState {
    var state = HomeState()
    state.read = true
    change(&state)
    return state
  }

  private static func pick(
    _ offers: [Offer], saved: Bool = false, _ change: (inout PickState) -> Void = { _ in }
  ) -> PickState {
    var state = PickState(saved: saved)
    state.offers = offers
    change(&state)
    return state
  }

  private static func preview(_ preview: Attune.Preview) -> PreviewState {
    var state = PreviewState()
    state.preview = preview
    state.moment = Made.moment()
    state.practice = Made.practice(leaves: "Insurers may ask for your file. We tell you before we send it.")
    state.terms = Made.told
    return state
  }

  private static func choice(_ choice: Choice) -> AttuneModel.ChoiceState {
    var state = AttuneModel.ChoiceState()
    state.choice = choice
    state.practice = Made.practice()
    return state
  }

  private static func note(_ change: (inout NoteState) -> Void) -> NoteState {
    var state = NoteState()
    state.note = Made.note
    change(&state)
    return state
  }

  private static func help(_ kind: HelpKind, _ country: String, _ entries: [HelpEntry]) -> HelpState {
    HelpState(kind: kind, country: country, entries: entries, places: ["AU", "CA", "DE", "FR", "GB", "IE", "NZ", "US"])
  }

  /// `state` with something else in it.
  static func change<State>(_ state: State, _ change: (inout State) -> Void) -> State {
    var state = state
    change(&state)
    return state
  }
}

/// Lists of help as they could stand on a phone.
enum MadeHelp {
  static let now = [
    entry("Emergency services", "911", nil, "https://www.911.gov"),
    entry(
      "988 Suicide & Crisis Lifeline (call or text)", "988", "https://988lifeline.org", "https://988lifeline.org"),
  ]
  static let outside = [
    entry(
      "RAINN, National Sexual Assault Hotline", "1-800-656-4673", "https://www.rainn.org", "https://www.rainn.org")
  ]

  private static func entry(_ name: String, _ phone: String, _ site: String?, _ source: String) -> HelpEntry {
    HelpEntry(region: "US", name: name, phone: phone, site: site, source: source, checked: Made.day(2026, 2, 20))
  }
}
