import Attune
import AttuneModel
import Foundation

@testable import AttuneUI

/// People, moments and choices that are made up: a Friday in March, and what a client could have there.
enum Made {
  static let days = Days(
    now: { instant("2026-03-06T12:00:00Z") }, zone: TimeZone(identifier: "UTC")!)
  static let told = AttestedTerms(noFee: true, keepsSlot: true, keepsPlace: true, noMissedVisit: true)
  static let untold = AttestedTerms(noFee: false, keepsSlot: false, keepsPlace: false, noMissedVisit: false)
  static let words = "I said I was tired of the new plan, and we went on as if I had not."
  static let therapist = "Dr. Amara Osei"
  static let desk = "Northgate Clinic, front desk"

  static func instant(_ text: String) -> Date { ISO8601DateFormatter().date(from: text)! }

  static func day(_ year: Int, _ month: Int, _ day: Int) -> DateComponents {
    DateComponents(year: year, month: month, day: day)
  }

  static func practice(
    _ id: Int64 = 1, _ name: String = therapist, _ role: PracticeRole = .therapist, compared: Bool = true,
    notice: PracticeNotice? = nil, leaves: String = ""
  ) -> Practice {
    Practice(
      id: PracticeId(value: id), stage: .active,
      card: PracticeCard(
        role: role, name: name, offered: offered, terms: told, backup: "Ms. Lindqvist", leavesPractice: leaves,
        introducedBy: nil),
      relay: "https://relay.example.org", chosenName: "Sam",
      health: Health(
        trouble: .none, compared: compared, newcomer: false, twoPhones: false, secondClaim: false,
        reachedAt: instant("2026-03-06T08:00:00Z")),
      notice: notice)
  }

  static let deskPractice = practice(2, desk, .coordinator)

  static func moment(
    _ id: Int64 = 7, at: String = "2026-03-06T09:24:00Z", words: String? = words, pointer: Pointer? = .leftOut
  ) -> Misattunement {
    Misattunement(
      id: MisattunementId(value: id), markedAt: instant(at), utcOffsetMinutes: 60, words: words, pointer: pointer,
      ends: day(2026, 6, 4))
  }

  static func choice(
    _ option: RepairOption = .writtenFollowUp, _ status: StatusLine = .receivedNoteBy,
    _ state: Attune.ChoiceState = .received, id: String = "c1", recipient: String = therapist, words: String? = words,
    until: DateComponents? = nil, open: Bool = true, late: Bool = false, hasNote: Bool = false,
    waitsFor: WaitsFor? = nil
  ) -> Choice {
    Choice(
      caseId: CaseId(value: id), moment: MisattunementId(value: 7), practice: PracticeId(value: 1),
      recipient: recipient, option: option, pointer: .leftOut, words: words,
      until: until, state: state, status: status, due: day(2026, 3, 10), waitsFor: waitsFor, unsure: false,
      ended: false, hasNote: hasNote, open: open, canTakeBack: open, canChange: open, canLetGo: late, canErase: !open)
  }

  static let note = FollowUp(
    id: FollowUpId(value: "n1"), caseId: CaseId(value: "c1"), practice: PracticeId(value: 1), sender: therapist,
    text: """
      You told me that the new plan was wearing you out. I went on with it and did not answer.

      That left you alone with it. It was my part to stop there, and I did not.

      On Tuesday we start with the old plan. The new one waits until you say so.

      No reply is needed.
      """,
    storedAt: instant("2026-03-05T15:10:00Z"))

  static let lines = [
    MomentLine(moment: moment(), choice: nil),
    MomentLine(moment: moment(6, at: "2026-03-04T14:02:00Z"), choice: choice()),
    MomentLine(moment: moment(5, at: "2026-02-27T10:40:00Z"), choice: choice(.pause, .done, .answered, open: false)),
  ]

  /// All of them, as a phone with a therapist, a second one and a front desk has them.
  static let offers =
    [Offer(option: .keep, practice: nil, recipient: nil, terms: untold)]
    + offered.map { Offer(option: $0, practice: PracticeId(value: 1), recipient: therapist, terms: told) }
    + [
      Offer(option: .requestProvider, practice: PracticeId(value: 2), recipient: desk, terms: told),
      Offer(option: .interpreter, practice: PracticeId(value: 2), recipient: desk, terms: told),
    ]

  /// Two who offer the same.
  static let twice = [
    Offer(option: .keep, practice: nil, recipient: nil, terms: untold),
    Offer(option: .pause, practice: PracticeId(value: 1), recipient: therapist, terms: told),
    Offer(option: .pause, practice: PracticeId(value: 3), recipient: "Jonas Weber, group", terms: told),
    Offer(option: .requestProvider, practice: nil, recipient: nil, terms: untold),
  ]

  static func preview(
    words: String? = words, pointer: Pointer? = .leftOut, until: DateComponents? = nil, takesBack: Bool = false
  ) -> Attune.Preview {
    Preview(
      id: PreviewId(value: "p1"), practice: PracticeId(value: 1), recipient: therapist, role: .therapist,
      option: .writtenFollowUp, pointer: pointer,
      words: words, until: until, takesBack: takesBack)
  }

  private static let offered: [RepairOption] = [
    .repairQuietly, .writtenFollowUp, .briefCheckIn, .pause, .switchTopic, .noContact,
  ]
}
