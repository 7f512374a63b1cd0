import Foundation

#if canImport(AVFoundation)
  import AVFoundation
#else
  import AppleDeclarations
#endif

/// The voices of AVFoundation.
@MainActor
final class AppleVoices: Voices {
  private var synthesizer: AVSpeechSynthesizer?
  private var progress: Progress?

  var all: [VoiceKind] {
    AVSpeechSynthesisVoice.speechVoices().map {
      VoiceKind(id: $0.identifier, language: $0.language, quality: $0.quality.rawValue)
    }
  }

  func usual(for language: String) -> String? { AVSpeechSynthesisVoice(language: language)?.identifier }

  func speak(_ text: String, by voice: VoiceKind, over: @escaping @MainActor () -> Void) {
    let utterance = AVSpeechUtterance(string: text)
    utterance.voice = AVSpeechSynthesisVoice.speechVoices().first { $0.identifier == voice.id }
    // One for each text: what an earlier one still says does not reach this one.
    let synthesizer = AVSpeechSynthesizer()
    let progress = Progress(over)
    synthesizer.delegate = progress
    (self.synthesizer, self.progress) = (synthesizer, progress)
    synthesizer.speak(utterance)
  }

  func stop() {
    synthesizer?.stopSpeaking(at: .immediate)
    (synthesizer, progress) = (nil, nil)
  }

  private final class Progress: NSObject, AVSpeechSynthesizerDelegate, Sendable {
    private let over: Handed<@MainActor () -> Void>

    init(_ over: @escaping @MainActor () -> Void) {
      self.over = Handed(over)
    }

    func speechSynthesizer(_ synthesizer: AVSpeechSynthesizer, didFinish utterance: AVSpeechUtterance) {
      tell()
    }

    func speechSynthesizer(_ synthesizer: AVSpeechSynthesizer, didCancel utterance: AVSpeechUtterance) {
      tell()
    }

    private func tell() {
      let over = over
      Task { @MainActor in over.value() }
    }
  }
}
