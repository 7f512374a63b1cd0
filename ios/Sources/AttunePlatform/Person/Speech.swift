import AttuneModel

/// The device's voices. All of them are on the device: what is read goes nowhere.
@MainActor
protocol Voices: AnyObject {
  /// Those that are installed.
  var all: [VoiceKind] { get }

  /// The one that the device itself uses for a language such as `en-US`.
  func usual(for language: String) -> String?

  /// Speaks, and calls `over` when it is done or was stopped.
  func speak(_ text: String, by voice: VoiceKind, over: @escaping @MainActor () -> Void)

  /// Falls silent at once.
  func stop()
}

/// A voice, as far as it matters which one.
struct VoiceKind: Sendable, Equatable {
  let id: String
  /// Such as `en-US`.
  let language: String
  /// The more, the better it sounds.
  let quality: Int
}

/// Reads aloud by the device's own voice, in the language of the app.
@MainActor
final class Speech: ReadAloud {
  private let voices: any Voices
  private let language: () -> String
  private var count = 0
  private var ended: (@MainActor () -> Void)?

  /// - Parameter language: the app's, such as `en-US`; asked anew each time.
  init(voices: any Voices, language: @escaping () -> String) {
    self.voices = voices
    self.language = language
  }

  var isThere: Bool { voice != nil }

  func read(_ text: String, ended: @escaping @MainActor () -> Void) {
    stop()
    guard let voice else { return ended() }
    count += 1
    let now = count
    self.ended = ended
    voices.speak(text, by: voice) { [weak self] in self?.over(now) }
  }

  func stop() {
    guard ended != nil else { return }
    voices.stop()
    over(count)
  }

  private func over(_ which: Int) {
    guard which == count, let ended else { return }
    self.ended = nil
    ended()
  }

  /// Of the language; the country's own first, then the better one, then the one that the device itself uses: among those
  /// that are equally good are some that were made for fun.
  private var voice: VoiceKind? {
    let wanted = language().lowercased()
    let tongue = wanted.prefix { $0 != "-" }
    let usual = voices.usual(for: language())
    return voices.all
      .filter { $0.language.lowercased().prefix { $0 != "-" } == tongue }
      .min { one, other in
        let (here, there) = (one.language.lowercased() == wanted, other.language.lowercased() == wanted)
        if here != there { return here }
        if one.quality != other.quality { return one.quality > other.quality }
        return (one.id == usual ? 0 : 1, one.id) < (other.id == usual ? 0 : 1, other.id)
      }
  }
}
