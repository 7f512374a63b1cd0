import Attune
import AttuneModel
import Foundation

/// The device's reader for fingers or faces.
protocol FingerReader: Sendable {
  /// Whether there is one that can be asked now, and somebody is enrolled.
  var isReady: Bool { get }

  /// Asks for the finger or the face, for nothing but to know that somebody enrolled is there.
  func ask() async -> Bool

  /// What is asked when a kept passcode is taken out.
  func question() -> any KeychainPrompt
}

/// The passcode in an item of the keychain that a finger or a face opens, that is on a device with a passcode alone, and
/// that ends when another finger or face is enrolled. The core knows nothing of it, and the passcode goes on to work.
///
/// A file beside the vault says that there is one: the keychain outlives the app, and would be asked too early.
@MainActor
final class FingerCopy: Finger {
  private let keychain: any Keychain
  private let reader: any FingerReader
  private let sign: URL
  private let item = KeychainItem.passcode

  /// - Parameter sign: the file; its folder is there.
  init(keychain: any Keychain, reader: any FingerReader, sign: URL) {
    self.keychain = keychain
    self.reader = reader
    self.sign = sign
  }

  var isThere: Bool { reader.isReady }

  var isOn: Bool { FileManager.default.fileExists(atPath: sign.path) }

  func keep(_ passcode: SecretBytes) async -> Bool {
    forget()
    guard isThere, let padded = PaddedText.padded(passcode) else { return false }
    defer { padded.wipe() }
    guard await reader.ask(), !Task.isCancelled else { return false }
    let (keychain, item) = (keychain, item)
    let status = await offMain { keychain.add(item, holding: padded) }
    guard status == .success, !Task.isCancelled, FileManager.default.createFile(atPath: sign.path, contents: Data())
    else {
      forget()
      return false
    }
    return true
  }

  func passcode() async -> Passcode? {
    guard isOn else { return nil }
    let question = reader.question()
    let (keychain, item) = (keychain, item)
    let answer = await withTaskCancellationHandler {
      await offMain { keychain.copyMatching(item, asking: question) }
    } onCancel: {
      question.invalidate()
    }
    guard let kept = answer.secret else {
      // The system takes the item away when another finger or face is enrolled. Whatever else is wrong may pass.
      if answer.status == .itemNotFound { forget() }
      return nil
    }
    defer { kept.wipe() }
    guard let text = PaddedText.text(of: kept) else {
      forget()
      return nil
    }
    return text
  }

  func forget() {
    _ = keychain.delete(item)
    try? FileManager.default.removeItem(at: sign)
  }
}

/// A text whose length cannot be told from outside: what is kept is a multiple of 128 bytes long.
///
/// | off | len | field |
/// |---|---|---|
/// | 0 | 4 | n, big-endian |
/// | 4 | n | UTF-8 |
/// | 4 + n | - | zeros |
enum PaddedText {
  private static let head = 4
  private static let step = 128

  /// None if there is nothing to keep.
  static func padded(_ text: SecretBytes) -> SecretBytes? {
    guard text.count > 0, let count = UInt32(exactly: text.count) else { return nil }
    let whole = (head + text.count + step - 1) / step * step
    return text.withUnsafeBytes { bytes in
      let length = (0..<head).map { UInt8(truncatingIfNeeded: count >> (8 * (head - 1 - $0))) }
      // Taken over one by one: no array of them is left behind.
      return SecretBytes(
        (0..<whole).lazy.map { at in
          if at < head { return length[at] }
          return at - head < bytes.count ? bytes[at - head] : 0
        })
    }
  }

  /// None if it is not of this form.
  static func text(of kept: SecretBytes) -> Passcode? {
    kept.withUnsafeBytes { bytes in
      guard bytes.count >= step, bytes.count % step == 0 else { return nil }
      let count = bytes.prefix(head).reduce(0) { $0 << 8 | Int($1) }
      guard count > 0, count <= bytes.count - head else { return nil }
      return Passcode(utf8: UnsafeRawBufferPointer(rebasing: bytes[head..<(head + count)]))
    }
  }
}

/// Runs what may wait for a person on a thread of its own: those that carry tasks are few.
func offMain<Value: Sendable>(_ work: @escaping @Sendable () -> Value) async -> Value {
  await withCheckedContinuation { done in
    DispatchQueue.global(qos: .userInitiated).async { done.resume(returning: work()) }
  }
}
