import Testing

@testable import AttunePlatform

/// Reading aloud by a voice of the device's own.
@MainActor
struct SpeechTests {
  private let voices = TestVoices()
  private let ended = Counter()

  private func speech(_ language: String = "en-US") -> Speech {
    Speech(voices: voices, language: { language })
  }

  private func read(_ text: String, by speech: Speech) {
    speech.read(text) { [ended] in ended.count += 1 }
  }

  @Test func aTextIsReadAndItsEndIsTold() {
    let speech = speech()
    #expect(speech.isThere)
    read("We got that wrong.", by: speech)
    #expect(voices.spoken.map(\.text) == ["We got that wrong."])
    #expect(ended.count == 0)
    voices.finish()
    #expect(ended.count == 1)
    read("And this is new.", by: speech)
    voices.finish()
    #expect(ended.count == 2)
  }

  @Test(arguments: [
    ("en-US", "premium american"), ("en-GB", "british"), ("en", "premium american"), ("de-AT", "german"),
    ("EN-gb", "british"), ("es-ES", "usual spanish"),
  ])
  func theCountrysOwnVoiceComesFirstThenTheBetterOneThenTheUsual(_ language: String, _ expected: String) {
    read("text", by: speech(language))
    #expect(voices.spoken.last?.voice == expected)
  }

  @Test func withoutAVoiceOfTheLanguageTheDeviceCannot() {
    let speech = speech("sw-KE")
    #expect(!speech.isThere)
    read("text", by: speech)
    #expect(voices.spoken.isEmpty)
    #expect(ended.count == 1)
  }

  // Holds: 53
  @Test func itFallsSilentAndSaysSoOnce() {
    let speech = speech()
    speech.stop()
    #expect(voices.stops == 0)
    read("text", by: speech)
    speech.stop()
    #expect(ended.count == 1 && voices.stops == 1)
    voices.finish()
    speech.stop()
    #expect(ended.count == 1)
  }

  @Test func oneTextTakesThePlaceOfAnother() {
    let speech = speech()
    read("one", by: speech)
    read("two", by: speech)
    #expect(ended.count == 1, "the one before has ended")
    #expect(voices.stops == 1)
    voices.finish(0)
    #expect(ended.count == 1, "and its end is not the other's")
    voices.finish()
    #expect(ended.count == 2)
  }
}

@MainActor
private final class Counter {
  var count = 0
  nonisolated init() {}
}

@MainActor
private final class TestVoices: Voices {
  let all = [
    VoiceKind(id: "french", language: "fr-FR", quality: 3), VoiceKind(id: "british", language: "en-GB", quality: 1),
    VoiceKind(id: "american", language: "en-US", quality: 1),
    VoiceKind(id: "premium american", language: "en-US", quality: 3),
    VoiceKind(id: "german", language: "de-DE", quality: 1),
    VoiceKind(id: "a bubbling spanish", language: "es-ES", quality: 1),
    VoiceKind(id: "usual spanish", language: "es-ES", quality: 1),
  ]

  func usual(for language: String) -> String? {
    // It may be one that is not as good as another, or of another language.
    ["es-ES": "usual spanish", "en-US": "american", "de-AT": "french"][language]
  }

  private(set) var spoken: [(text: String, voice: String, over: @MainActor () -> Void)] = []
  private(set) var stops = 0

  nonisolated init() {}

  func speak(_ text: String, by voice: VoiceKind, over: @escaping @MainActor () -> Void) {
    spoken.append((text, voice.id, over))
  }

  func stop() { stops += 1 }

  func finish(_ which: Int? = nil) { spoken[which ?? spoken.count - 1].over() }
}
