import AttuneGenerated
import Foundation

/// Practices: joining one, comparing words, what it offers, leaving it.
extension AttuneVault {
  /// Starts a pairing with a code; the next syncs carry it out. Eight words need the practice's relay beside them.
  public func join(
    _ code: String, relay: String? = nil, chosenName: String? = nil
  ) throws(AttuneError) -> PracticeId {
    try change { try vault.join(code: code, relay: relay, chosenName: chosenName) }
  }

  /// Who the phone is linked with.
  public func practices() throws(AttuneError) -> [Practice] {
    try attempt { try vault.practices() }
  }

  /// One practice.
  public func practice(_ id: PracticeId) throws(AttuneError) -> Practice {
    try attempt { try vault.practice(id: id) }
  }

  /// The four words to compare with those that the practice's desk shows.
  public func comparisonWords(of practice: PracticeId) throws(AttuneError) -> [String] {
    try attempt { try vault.comparisonWords(practice: practice) }
  }

  /// The person has compared the words that were shown, and they are the same.
  public func confirmWords(_ shown: [String], of practice: PracticeId) throws(AttuneError) {
    try change { try vault.confirmWords(practice: practice, shown: shown) }
  }

  /// Cuts a link at once. Its open choices and its notes go; the next sync tells the practice.
  public func unpair(_ practice: PracticeId) throws(AttuneError) {
    try change { try vault.unpair(practice: practice, now: clock.now) }
  }

  /// What can be picked, and who each would go to: `keep` first, nothing preselected.
  public func offers() throws(AttuneError) -> [Offer] {
    try attempt { try vault.offers() }
  }
}
