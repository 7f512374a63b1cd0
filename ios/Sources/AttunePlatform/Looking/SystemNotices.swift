import AttuneModel

/// The system's place for notifications.
@MainActor
protocol NoticeCenter: AnyObject {
  /// Whether nobody has asked the person yet.
  func wouldAsk() async -> Bool

  /// Whether notices may be shown, after asking the person where nobody has asked yet.
  func ask() async -> Bool

  /// Whether they may be shown now.
  func isAllowed() async -> Bool

  /// Shows the text, in place of what is shown; where previews are hidden, the same text and no more.
  func post(_ text: String)

  /// Takes it away.
  func clear()
}

/// The one notification: "You have an update.", and no more. It makes no sound, lights no screen, has no badge, and is
/// posted only if the person switched it on.
@MainActor
final class SystemNotices: Notices {
  private let center: any NoticeCenter
  private let words: @Sendable (String) -> String
  private let isInFront: () -> Bool

  /// - Parameters:
  ///   - words: the text of an id of the catalog.
  ///   - isInFront: whether the person has the app before them: then there is nothing to tell.
  init(center: any NoticeCenter, words: @escaping @Sendable (String) -> String, isInFront: @escaping () -> Bool) {
    self.center = center
    self.words = words
    self.isInFront = isInFront
  }

  func wouldAsk() async -> Bool { await center.wouldAsk() }

  func ask() async -> Bool { await center.ask() }

  func isAllowed() async -> Bool { await center.isAllowed() }

  /// Shows it, if the phone lets the app show any.
  func post() {
    if isInFront() { return }
    center.post(words("notify-neutral"))
  }

  /// Takes it away: the app was opened.
  func clear() {
    center.clear()
  }
}
