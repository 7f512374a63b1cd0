import AttuneGenerated
import Foundation

// What the generated file has in a form that suits Swift already. A shell imports `Attune`, never `AttuneGenerated`.

/// Which moment.
public typealias MisattunementId = AttuneGenerated.MisattunementId
/// Which practice.
public typealias PracticeId = AttuneGenerated.PracticeId
/// Which choice.
public typealias CaseId = AttuneGenerated.CaseId
/// Which note.
public typealias FollowUpId = AttuneGenerated.FollowUpId
/// Which plan draft or line for the file.
public typealias ProposalId = AttuneGenerated.ProposalId
/// Exactly what was previewed.
public typealias PreviewId = AttuneGenerated.PreviewId

/// A moment that the client flagged.
public typealias Misattunement = AttuneGenerated.Misattunement
/// What a choice will not cost, as far as a practice attested it.
public typealias AttestedTerms = AttuneGenerated.AttestedTerms
/// What a practice says of itself.
public typealias PracticeCard = AttuneGenerated.PracticeCard
/// How a pairing fares.
public typealias Health = AttuneGenerated.Health
/// One paired therapist or coordinator.
public typealias Practice = AttuneGenerated.Practice
/// An option, and who it would go to.
public typealias Offer = AttuneGenerated.Offer
/// What the person picked, to be previewed.
public typealias RepairChoice = AttuneGenerated.RepairChoice
/// Exactly what would be shared.
public typealias Preview = AttuneGenerated.Preview
/// A shared choice.
public typealias Choice = AttuneGenerated.Choice
/// A practice's note.
public typealias FollowUp = AttuneGenerated.FollowUp
/// A plan draft or a line for the file.
public typealias Proposal = AttuneGenerated.Proposal
/// What the person says of themselves to one practice.
public typealias OwnAbout = AttuneGenerated.OwnAbout
/// A choice that waits for the person's word after a copy was brought back.
public typealias Restored = AttuneGenerated.Restored
/// Somebody who helps, outside of the practice.
public typealias HelpEntry = AttuneGenerated.HelpEntry
/// What a code is.
public typealias CodeCheck = AttuneGenerated.CodeCheck
/// How much of each thing there can be.
public typealias Limits = AttuneGenerated.Limits

/// How the client wants it repaired.
public typealias RepairOption = AttuneGenerated.RepairOption
/// A hint at what it was about.
public typealias Pointer = AttuneGenerated.Pointer
/// Therapist or coordinator.
public typealias PracticeRole = AttuneGenerated.PracticeRole
/// How far a pairing has come.
public typealias PairingStage = AttuneGenerated.PairingStage
/// Where a choice stands.
public typealias ChoiceState = AttuneGenerated.ChoiceState
/// The one line on where a choice stands: each has a text of its own, and those that name a day mean the choice's `due`.
public typealias StatusLine = AttuneGenerated.StatusLine
/// Why a choice stays on the phone for now.
public typealias WaitsFor = AttuneGenerated.WaitsFor
/// What the last sync met.
public typealias Trouble = AttuneGenerated.Trouble
/// What there is to say of the link with a practice.
public typealias PracticeNotice = AttuneGenerated.PracticeNotice
/// What a practice puts to the person.
public typealias ProposalKind = AttuneGenerated.ProposalKind
/// What the person says to it.
public typealias ProposalAnswer = AttuneGenerated.ProposalAnswer
/// Why no words about oneself can be shared with a practice now.
public typealias AboutWaitsFor = AttuneGenerated.AboutWaitsFor
/// Which list of help.
public typealias HelpKind = AttuneGenerated.HelpKind
/// How a code reads.
public typealias CodeReading = AttuneGenerated.CodeReading
/// What is in a vault's folder.
public typealias VaultPresence = AttuneGenerated.VaultPresence
/// Which rule stands against it.
public typealias Why = AttuneGenerated.Why
/// What is the matter with a vault's files.
public typealias StorageTrouble = AttuneGenerated.StorageTrouble

extension Misattunement: Identifiable {
  /// The zone that the phone was in.
  public var timeZone: TimeZone? {
    TimeZone(secondsFromGMT: Int(utcOffsetMinutes) * 60)
  }
}

extension Practice: Identifiable {}
extension Preview: Identifiable {}
extension FollowUp: Identifiable {}
extension Proposal: Identifiable {}

extension Choice: Identifiable {
  /// Its case.
  public var id: CaseId { caseId }
}

extension Restored: Identifiable {
  /// Its case.
  public var id: CaseId { caseId }
}

extension RepairChoice {
  /// An option with every switch off, for one practice.
  public init(
    _ option: RepairOption, to practice: PracticeId, moment: MisattunementId? = nil, withPointer: Bool = false,
    withWords: Bool = false, until: DateComponents? = nil, replaces: CaseId? = nil
  ) {
    self.init(
      option: option, practice: practice, moment: moment, withPointer: withPointer, withWords: withWords,
      until: until, replaces: replaces)
  }

  var inGregorianDays: RepairChoice {
    RepairChoice(
      option, to: practice, moment: moment, withPointer: withPointer, withWords: withWords,
      until: until?.asAttuneDay, replaces: replaces)
  }
}
