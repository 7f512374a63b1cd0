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
  /// counts. `words` say how it is to be changed: with `changeIt` alone, after the four words were compared.
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

  /// Shares a text about oneself with a practice, in place of the one before; a blank one takes it back.
  public func shareAboutMe(_ text: String, with practice: PracticeId) throws(AttuneError) {
    try change { try vault.shareAboutMe(practice: practice, text: text) }
  }
}
