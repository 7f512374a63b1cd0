import AttuneGenerated
import Foundation

/// Moments: private for ever unless shared.
extension AttuneVault {
  /// Marks a moment.
  public func flag() throws(AttuneError) -> MisattunementId {
    try change { try vault.flag(now: clock.now) }
  }

  /// Erases a moment that was just marked.
  public func undo(_ id: MisattunementId) throws(AttuneError) {
    try change { try vault.undo(id: id) }
  }

  /// Keeps own words with a moment, in place of those before; none, or blank ones, remove them.
  public func setWords(_ words: String?, of id: MisattunementId) throws(AttuneError) {
    try change { try vault.setWords(id: id, words: words) }
  }

  /// Keeps a hint with a moment; none removes it.
  public func setPointer(_ pointer: Pointer?, of id: MisattunementId) throws(AttuneError) {
    try change { try vault.setPointer(id: id, pointer: pointer) }
  }

  /// One moment.
  public func moment(_ id: MisattunementId) throws(AttuneError) -> Misattunement {
    try attempt { try vault.moment(id: id) }
  }

  /// Up to `limit` moments, newest first: the first page, or the one that follows `before`.
  public func moments(
    before: MisattunementId? = nil, limit: Int = 50
  ) throws(AttuneError) -> [Misattunement] {
    guard let limit = UInt32(exactly: limit) else { throw .declined(.badInput) }
    return try attempt { try vault.moments(before: before, limit: limit) }
  }

  /// Erases one moment. What was shared for it stays, without a link to it.
  public func eraseMoment(_ id: MisattunementId) throws(AttuneError) {
    try change { try vault.eraseMoment(id: id) }
  }

  /// Erases every moment.
  public func eraseMoments() throws(AttuneError) {
    try change { try vault.eraseMoments() }
  }

  /// For how many days a moment is kept; none: until it is erased.
  public func momentDays() throws(AttuneError) -> Int? {
    try attempt { try vault.momentDays().map(Int.init) }
  }

  /// Sets for how many days a moment is kept; none: until it is erased.
  public func setMomentDays(_ days: Int?) throws(AttuneError) {
    let number = days.flatMap(UInt16.init(exactly:))
    guard (number == nil) == (days == nil) else { throw .declined(.badInput) }
    try change { try vault.setMomentDays(days: number) }
  }

  /// Lets moments and end dates run out. Opening has done it, and each sync does: to be called when the app comes back to
  /// the front with the vault still open.
  public func expire() throws(AttuneError) {
    try change { try vault.expire(now: clock.now) }
  }
}
