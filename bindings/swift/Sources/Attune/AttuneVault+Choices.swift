import AttuneGenerated
import Foundation

/// Choices, from the preview to the note that answers them.
extension AttuneVault {
  /// Fixes exactly what a share would send, and to whom. Nothing is sent.
  public func preview(_ choice: RepairChoice) throws(AttuneError) -> Preview {
    try attempt { try vault.preview(choice: choice.inGregorianDays, now: clock.now) }
  }

  /// Shares what was previewed last, and only that. It leaves with the next sync.
  public func share(_ preview: PreviewId) throws(AttuneError) -> CaseId {
    try change { try vault.share(preview: preview, now: clock.now) }
  }

  /// Every choice, newest first.
  public func choices() throws(AttuneError) -> [Choice] {
    try attempt { try vault.choices(now: clock.now) }
  }

  /// The choices of one moment, newest first; none means that it is held.
  public func choices(of moment: MisattunementId) throws(AttuneError) -> [Choice] {
    try attempt { try vault.choicesOf(moment: moment, now: clock.now) }
  }

  /// One choice.
  public func choice(_ id: CaseId) throws(AttuneError) -> Choice {
    try attempt { try vault.choice(caseId: id, now: clock.now) }
  }

  /// Takes a choice back. Its state says what became of it.
  public func takeBack(_ id: CaseId) throws(AttuneError) {
    try change { try vault.takeBack(caseId: id) }
  }

  /// Erases a choice that is over from the phone. What the practice has, it has.
  public func eraseChoice(_ id: CaseId) throws(AttuneError) {
    try change { try vault.eraseChoice(caseId: id) }
  }

  /// Every note, newest first.
  public func notes() throws(AttuneError) -> [FollowUp] {
    try attempt { try vault.notes() }
  }

  /// The notes on one choice, newest first.
  public func notes(on id: CaseId) throws(AttuneError) -> [FollowUp] {
    try attempt { try vault.notesOf(caseId: id) }
  }

  /// One note.
  public func note(_ id: FollowUpId) throws(AttuneError) -> FollowUp {
    try attempt { try vault.note(id: id) }
  }

  /// Erases a note from the phone.
  public func eraseNote(_ id: FollowUpId) throws(AttuneError) {
    try change { try vault.eraseNote(id: id) }
  }

  // MARK: After a copy was brought back

  /// The choices that wait for the person's word. Nothing of them leaves before it.
  public func restored() throws(AttuneError) -> [Restored] {
    try attempt { try vault.restored(now: clock.now) }
  }

  /// The person says that a choice still counts: it may leave again.
  public func confirmRestored(_ id: CaseId) throws(AttuneError) {
    try change { try vault.confirmRestored(caseId: id) }
  }

  /// The person takes a choice back, whether or not this copy knows it.
  public func dropRestored(_ id: CaseId) throws(AttuneError) {
    try change { try vault.dropRestored(caseId: id) }
  }
}
