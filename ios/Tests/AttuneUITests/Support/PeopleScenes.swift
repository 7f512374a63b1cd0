import Attune
import AttuneModel
import SwiftUI

@testable import AttuneUI

/// Screens of people, drafts, settings and copies as somebody may meet them. Nobody in them is real.
extension Scenes {
  static let people = links + linking + drafts + copies + settings

  private static let links = [
    Scene("people-none") { PracticesView(state: change(PracticesState()) { $0.read = true }) { _ in } },
    Scene("people", full: true) {
      PracticesView(
        state: change(PracticesState()) {
          $0.read = true
          $0.practices = [MadePeople.practice(), Made.deskPractice, MadePeople.waiting]
        }
      ) { _ in }
    },
    Scene("practice", full: true) {
      PracticeView(
        state: practice(MadePeople.practice(), MadePeople.how) {
          $0.aboutMe = OwnAbout(text: MadePeople.about, waits: false)
        }
      ) { _ in }
    },
    Scene("practice-unmatched") { PracticeView(state: practice(MadePeople.practice(compared: false))) { _ in } },
    Scene("practice-newcomer") {
      PracticeView(state: practice(MadePeople.practice(.newcomer, compared: false), MadePeople.how)) { _ in }
    },
    Scene("practice-two-phones") {
      PracticeView(state: practice(MadePeople.practice(.twoPhones), MadePeople.how)) { _ in }
    },
    Scene("practice-introduced") { PracticeView(state: practice(MadePeople.introduced)) { _ in } },
    Scene("practice-waiting") { PracticeView(state: practice(MadePeople.waiting) { $0.looking = true }) { _ in } },
    Scene("practice-ended") {
      PracticeView(state: practice(MadePeople.practice(.goodbye, stage: .ended))) { _ in }
    },
    Scene("about-me", full: true) { AboutMeView(state: about(MadePeople.practice(), MadePeople.about)) { _ in } },
    Scene("about-me-shared") {
      AboutMeView(
        state: about(
          MadePeople.practice(), MadePeople.about, shared: OwnAbout(text: MadePeople.about, waits: false))
      ) { _ in }
    },
    Scene("about-me-waits") {
      AboutMeView(
        state: about(MadePeople.practice(), MadePeople.about, shared: OwnAbout(text: MadePeople.about, waits: true))
      ) { _ in }
    },
    Scene("about-me-unmatched") { AboutMeView(state: about(MadePeople.practice(compared: false))) { _ in } },
    Scene("about-me-not-yet") {
      AboutMeView(state: about(MadePeople.practice(aboutWaitsFor: .firstSync), MadePeople.about)) { _ in }
    },
    Scene("about-me-old") {
      AboutMeView(state: about(MadePeople.practice(aboutWaitsFor: .newerApp), MadePeople.about)) { _ in }
    },
  ]

  private static let linking = [
    Scene("join-words", full: true) {
      JoinView(
        state: MadePeople.typed("anchor basin cedar dawn ea", .wordCount, ["eager", "eagle", "earth", "easel"])
      ) { _ in }
    },
    Scene("join-words-unknown") {
      JoinView(state: MadePeople.typed("anchor basin cedarr dawn eagle fern glass harbor", .unknownWord, word: 3)) {
        _ in
      }
    },
    Scene("join-words-whole") {
      JoinView(state: MadePeople.typed("anchor basin cedar dawn eagle fern glass harbor", .words)) { _ in }
    },
    Scene("join-link") {
      JoinView(state: MadePeople.typed(link: String(MadePeople.link.dropLast(20)), .notWhole)) { _ in }
    },
    Scene("join-link-whole") {
      JoinView(
        state: change(MadePeople.typed(link: MadePeople.link, .link, relay: MadePeople.relay)) { $0.name = "Sam" }
      ) { _ in }
    },
    Scene("join-scan") {
      JoinView(state: JoinState(by: .scan)) { _ in }.environment(\.viewfinder, StandInCamera())
    },
    Scene("join-no-camera") { JoinView(state: JoinState(by: .scan)) { _ in } },
    Scene("join-waiting") { JoinView(state: begun(MadePeople.waiting)) { _ in } },
    Scene("join-linked", full: true) { JoinView(state: begun(MadePeople.practice(compared: false))) { _ in } },
    Scene("join-introduced") { JoinView(state: begun(MadePeople.introduced)) { _ in } },
    Scene("join-spent") {
      JoinView(
        state: begun(MadePeople.practice(.codeSpent, stage: .ended, hasCard: false, reachedAt: nil))
      ) { _ in }
    },
    Scene("compare", full: true) {
      CompareView(
        state: change(CompareState()) {
          $0.practice = MadePeople.practice(compared: false)
          $0.words = ["orbit", "velvet", "hammer", "lagoon"]
        }
      ) { _ in }
    },
    Scene("compare-early") {
      CompareView(state: change(CompareState()) { $0.practice = MadePeople.waiting }) { _ in }
    },
  ]

  private static let drafts = [
    Scene("drafts") {
      ProposalsView(
        state: change(ProposalsState()) {
          $0.read = true
          $0.proposals = [MadePeople.proposal(), MadePeople.proposal(.fileLine, answer: .looksRight)]
        }
      ) { _ in }
    },
    Scene("drafts-none") { ProposalsView(state: change(ProposalsState()) { $0.read = true }) { _ in } },
    Scene("draft", full: true) { ProposalView(state: draft(MadePeople.proposal())) { _ in } },
    Scene("draft-change") {
      ProposalView(
        state: draft(MadePeople.proposal(.fileLine)) {
          $0.words = "Please leave out my brother."
          $0.changing = true
        }
      ) { _ in }
    },
    Scene("draft-change-unmatched") {
      ProposalView(
        state: draft(MadePeople.proposal(.fileLine)) {
          $0.changing = true
          $0.compared = false
        }
      ) { _ in }
    },
    Scene("draft-answered") {
      ProposalView(state: draft(MadePeople.proposal(answer: .changeIt, words: "Less homework, please."))) { _ in }
    },
    Scene("draft-waits") { ProposalView(state: draft(MadePeople.proposal(answer: .looksRight, waits: true))) { _ in } },
    Scene("draft-closed") { ProposalView(state: draft(MadePeople.proposal(.fileLine, open: false))) { _ in } },
  ]

  private static let copies = [
    Scene("restored", full: true) {
      RestoredView(
        state: change(RestoredState()) {
          $0.read = true
          $0.waiting = MadePeople.restored
          $0.drafts = true
          $0.about = true
        }
      ) { _ in }
    },
    Scene("restored-over") { RestoredView(state: change(RestoredState()) { $0.read = true }) { _ in } },
    Scene("save-copy", full: true) { SaveCopyView(state: SaveCopyState()) { _ in } },
    Scene("save-copy-short") { SaveCopyView(state: change(SaveCopyState()) { $0.short = true }) { _ in } },
    Scene("save-copy-saved") { SaveCopyView(state: change(SaveCopyState()) { $0.saved = true }) { _ in } },
    Scene("save-copy-where") {
      SaveCopyView(state: change(SaveCopyState()) { $0.handing = URL(fileURLWithPath: "/made/copy.bin") }) { _ in }
    },
    Scene("bring-back", .aboveClosed) { BringBackView(state: BringBackState()) { _ in } },
    Scene("bring-back-wrong", .aboveClosed, full: true) {
      BringBackView(
        state: change(BringBackState(picked: URL(fileURLWithPath: "/made/copy.bin"))) { $0.wrong = true }
      ) { _ in }
    },
    Scene("delete-all", full: true) { DeleteAllView(state: DeleteAllState()) { _ in } },
    Scene("delete-all-left") { DeleteAllView(state: change(DeleteAllState()) { $0.failed = true }) { _ in } },
  ]

  private static let settings = [
    Scene("settings", full: true) {
      SettingsView(state: change(SettingsState(settings: Settings())) { $0.read = true }) { _ in }
        .environment(\.parts, MadePeople.parts)
    },
    Scene("settings-code") {
      SettingsView(
        state: change(
          SettingsState(settings: Settings(autoLock: .atOnce, screenCapture: true, notifications: true))
        ) {
          $0.hasCode = true
          $0.canFinger = true
          $0.hasFinger = true
          $0.days = 45
          $0.read = true
          $0.silent = true
        }
      ) { _ in }
      .environment(\.parts, MadePeople.parts)
    },
    Scene("passcode", full: true) {
      PasscodeView(
        state: change(PasscodeState()) {
          $0.canFinger = true
          $0.read = true
        }
      ) { _ in }
    },
    Scene("passcode-change") {
      PasscodeView(
        state: change(PasscodeState()) {
          $0.hasCode = true
          $0.differs = true
          $0.read = true
        }
      ) { _ in }
    },
  ]

  private static func practice(
    _ practice: Practice, _ about: String? = nil, _ change: (inout PracticeState) -> Void = { _ in }
  ) -> PracticeState {
    var state = PracticeState()
    state.practice = practice
    state.about = about
    change(&state)
    return state
  }

  private static func about(_ practice: Practice, _ text: String = "", shared: OwnAbout? = nil) -> AboutMeState {
    var state = AboutMeState()
    state.practice = practice
    state.shared = shared
    state.text = text
    state.read = true
    state.compared = practice.health.compared
    return state
  }

  private static func begun(_ practice: Practice) -> JoinState {
    var state = JoinState()
    state.practice = practice
    return state
  }

  private static func draft(_ proposal: Proposal, _ change: (inout ProposalState) -> Void = { _ in }) -> ProposalState {
    var state = ProposalState()
    state.proposal = proposal
    change(&state)
    return state
  }
}

extension Frame {
  /// One above the first screens, with no vault open.
  fileprivate static let aboveClosed = Frame(back: {}, help: {})
}
