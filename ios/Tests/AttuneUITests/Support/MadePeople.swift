import Attune
import AttuneModel
import Foundation

@testable import AttuneUI

/// Links, drafts and copies that are made up, around the same Friday in March.
enum MadePeople {
  static let how = "I work with plans that we change together. You can stop any exercise. I use notes on paper."
  static let about = "My name is Samira, like \"sa-MEE-ra\". Please ask before you talk about my family."
  static let link = "attune://relay.example.org/#AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA"
  static let relay = "https://relay.example.org"

  /// One that may be at any point of its way.
  static func practice(
    id: Int64 = 1, _ notice: PracticeNotice? = nil, stage: PairingStage = .active, compared: Bool = true,
    introducedBy: String? = nil, terms: AttestedTerms = Made.told, role: PracticeRole = .therapist,
    name: String = Made.therapist,
    backup: String = "Ms. Lindqvist, on weekdays",
    leaves: String = "We send a bill with dates to your insurer. A court can ask for your file.",
    chosenName: String? = "Sam", hasCard: Bool = true, reachedAt: String? = "2026-03-04T09:30:00Z",
    aboutWaitsFor: AboutWaitsFor? = nil
  ) -> Practice {
    let card = PracticeCard(
      role: role, name: name,
      offered: [.keep, .pause, .switchTopic, .writtenFollowUp, .repairQuietly, .briefCheckIn, .noContact],
      terms: terms, backup: backup, leavesPractice: leaves, introducedBy: introducedBy)
    return Practice(
      id: PracticeId(value: id), stage: stage, card: hasCard ? card : nil, relay: relay, chosenName: chosenName,
      health: Health(
        trouble: .none, compared: compared, newcomer: false, twoPhones: false, secondClaim: false,
        reachedAt: reachedAt.map(Made.instant)),
      notice: notice, aboutWaitsFor: aboutWaitsFor)
  }

  static let waiting = practice(
    id: 3, stage: .waiting, compared: false, chosenName: nil, hasCard: false, reachedAt: nil)

  static let introduced = practice(
    compared: false, introducedBy: Made.therapist, terms: Made.untold, role: .coordinator, name: Made.desk, backup: "",
    leaves: "", chosenName: nil)

  /// Words as far as they were typed.
  static func typed(_ code: String, _ reading: CodeReading, _ completions: [String] = [], word: UInt32? = nil)
    -> JoinState
  {
    var state = JoinState()
    state.code = code
    state.check = CodeCheck(reading: reading, relay: nil, word: word)
    state.completions = completions
    return state
  }

  /// A link as far as it was typed.
  static func typed(link: String, _ reading: CodeReading, relay: String? = nil) -> JoinState {
    var state = JoinState(by: .link)
    state.code = link
    state.check = CodeCheck(reading: reading, relay: relay, word: nil)
    return state
  }

  static func proposal(
    _ kind: ProposalKind = .planDraft, open: Bool = true, answer: ProposalAnswer? = nil, words: String? = nil,
    waits: Bool = false, id: String? = nil
  ) -> Proposal {
    Proposal(
      id: ProposalId(value: id ?? (kind == .planDraft ? "p1" : "p2")), practice: PracticeId(value: 1),
      sender: Made.therapist,
      kind: kind,
      text: kind == .planDraft
        ? "From now on we leave the breathing exercise out. We start each session with what you want to talk about."
        : "The therapist brought up a topic too early and takes it out of the plan.",
      storedAt: Made.instant("2026-03-04T09:30:00Z"), open: open, answer: answer, words: words, waits: waits)
  }

  static let restored = [
    Restored(
      caseId: CaseId(value: "c1"), practice: PracticeId(value: 1),
      choice: Choice(
        caseId: CaseId(value: "c1"), moment: MisattunementId(value: 4), practice: PracticeId(value: 1),
        recipient: Made.therapist, option: .pause, pointer: .said,
        words: "I do not want to talk about my work for now.", until: Made.day(2026, 3, 20), state: .queued,
        status: .waitsForConfirmation, due: nil, waitsFor: .confirmation, unsure: false, ended: false, hasNote: false,
        open: true, canTakeBack: true, canChange: false, canLetGo: false, canErase: false)),
    Restored(caseId: CaseId(value: "c2"), practice: PracticeId(value: 2), choice: nil),
  ]

  static let parts = AppParts(version: "1.2.3", listed: "SQLCipher\tBSD-3-Clause\nuniffi\tMPL-2.0\n")
}

/// A camera that a test holds in its hands.
@MainActor
final class StandInCamera: Viewfinder {
  let isThere: Bool
  var allows: Bool
  private(set) var asked = 0
  private(set) var isOpen = false
  private var reads: (@MainActor (String) -> Void)?
  private var fails: (@MainActor () -> Void)?

  init(isThere: Bool = true, allows: Bool = true) {
    self.isThere = isThere
    self.allows = allows
  }

  func ask() async -> Bool {
    asked += 1
    return allows
  }

  func open(read: @escaping @MainActor (String) -> Void, failed: @escaping @MainActor () -> Void) -> AnyObject? {
    isOpen = true
    (reads, fails) = (read, failed)
    return nil
  }

  func close() {
    isOpen = false
    (reads, fails) = (nil, nil)
  }

  /// It sees a code.
  func sees(_ code: String) { reads?(code) }

  /// It stops working.
  func breaks() { fails?() }
}
