import AttuneGenerated
import Foundation

/// What practices put to the person, and what both say of themselves. Nothing has to be said.
extension AttuneVault {
  /// What practices put to the person, newest first.
  public func proposals() throws(AttuneError) -> [Proposal] {
    try attempt { try vault.proposals() }
  }

  /// One proposal.
  public func proposal(_ id: ProposalId) throws(AttuneError) -> Proposal {
    try attempt { try vault.proposal(id: id) }
  }

  /// Says something to a proposal, or with `nil` takes back what was said. It leaves with the next sync; the last word
  /// counts, and its draft goes. `words` say how it is to be changed: with `changeIt` alone, after the four words were
  /// compared.
  public func answer(
    _ id: ProposalId, _ answer: ProposalAnswer?, words: String? = nil
  ) throws(AttuneError) {
    try change { try vault.answerProposal(id: id, answer: answer, words: words) }
  }

  /// Erases a proposal from the phone, with what was said to it. What the practice has, it has.
  public func eraseProposal(_ id: ProposalId) throws(AttuneError) {
    try change { try vault.eraseProposal(id: id) }
  }

  /// What a practice says of itself and of how it works, if it does.
  public func aboutPractice(_ practice: PracticeId) throws(AttuneError) -> String? {
    try attempt { try vault.aboutPractice(practice: practice) }
  }

  /// What the person says of themselves to that practice, if they do.
  public func aboutMe(for practice: PracticeId) throws(AttuneError) -> OwnAbout? {
    try attempt { try vault.aboutMe(practice: practice) }
  }

  /// Shares a text about oneself with a practice, in place of the one before; a blank one takes it back. Its draft goes.
  public func shareAboutMe(_ text: String, with practice: PracticeId) throws(AttuneError) {
    try change { try vault.shareAboutMe(practice: practice, text: text) }
  }
}

/// What is being typed and was not shared. Kept after each change, and nowhere else, it outlives the process and locks
/// with the vault. A draft goes with what it is shared as, with an answer, and with the proposal or the practice.
extension AttuneVault {
  /// How a proposal is to be changed, as it was typed and not sent.
  public func draft(on id: ProposalId) throws(AttuneError) -> String? {
    try attempt { try vault.proposalDraft(id: id) }
  }

  /// Keeps that, as it was typed; a blank text removes it.
  public func keepDraft(_ text: String, on id: ProposalId) throws(AttuneError) {
    try change { try vault.keepProposalDraft(id: id, text: text) }
  }

  /// What the person says of themselves to that practice, as it was typed and not shared.
  public func aboutMeDraft(for practice: PracticeId) throws(AttuneError) -> String? {
    try attempt { try vault.aboutMeDraft(practice: practice) }
  }

  /// Keeps that, as it was typed; a blank text removes it.
  public func keepAboutMeDraft(_ text: String, for practice: PracticeId) throws(AttuneError) {
    try change { try vault.keepAboutMeDraft(practice: practice, text: text) }
  }
}
