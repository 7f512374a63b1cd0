import Attune
import Foundation
import Testing

@testable import AttunePlatform

/// The passcode under a finger: a second way in, and never the only one.
@MainActor
struct FingerCopyTests {
  private let keychain = StandInKeychain()
  private let reader = TestReader()
  private let kept: TestContainer
  private let finger: FingerCopy

  init() throws {
    kept = try TestContainer()
    finger = FingerCopy(keychain: keychain, reader: reader, sign: kept.container.finger)
  }

  private func keep(_ code: String) async -> Bool {
    await finger.keep(SecretBytes(code.utf8))
  }

  /// What comes back, put beside what was kept: a passcode does not show what it holds.
  private func opens(_ code: String) async throws -> Bool {
    guard let passcode = await finger.passcode() else { return false }
    let folder = try TestContainer()
    let keys = KeychainKeys(
      keychain: StandInKeychain(), sealing: StandInSealing(), isLocked: { false }, sleep: { _ in })
    let place = folder.folder.at("vault")
    try await AttuneVault.create(in: place, keyStore: keys, passcode: Passcode(code)).close()
    let vault = try? await AttuneVault.open(in: place, keyStore: keys, passcode: passcode)
    vault?.close()
    return vault != nil
  }

  private func isEmpty() async -> Bool {
    let opened = await finger.passcode()
    return !finger.isOn && keychain.accounts.isEmpty && opened == nil
  }

  // Holds: 5
  @Test(arguments: ["2580", "pässword 🙂 中文", String(repeating: "x", count: 300)])
  func whatIsKeptComesBack(_ code: String) async throws {
    #expect(await keep(code))
    #expect(finger.isOn)
    #expect(reader.asked == 1)
    #expect(keychain.prompts == 0)
    #expect(try await opens(code))
    #expect(keychain.prompts == 1)
  }

  @Test func theItemNeedsTheFingerEachTimeAndEndsWithANewOne() async {
    _ = await keep("2580")
    #expect(keychain.access(of: "finger") == .currentBiometrics)
  }

  @Test func whatIsKeptDoesNotTellHowLongItIs() async throws {
    _ = await keep("2580")
    let short = try #require(keychain["finger"])
    _ = await keep("a much longer passcode, of words")
    let long = try #require(keychain["finger"])
    #expect(short.count == 128 && long.count == 128)
    #expect(try kept.folder.files()["space/finger"] == Data(), "the file holds nothing")
    #expect(PaddedText.padded(SecretBytes([UInt8](repeating: 7, count: 125)))?.count == 256)
  }

  @Test func nothingIsKeptUnlessSomebodyWasRecognised() async {
    reader.recognises = false
    #expect(await keep("2580") == false)
    #expect(await isEmpty())
    reader.recognises = true
    reader.isReady = false
    #expect(await keep("2580") == false)
    #expect(await isEmpty())
    reader.isReady = true
    #expect(await keep("") == false)
    for status in [KeychainStatus.authFailed, .duplicateItem, .interactionNotAllowed, .badParameter] {
      keychain.always(.add, status)
      #expect(await keep("2580") == false)
      keychain.mend()
      #expect(await isEmpty())
    }
  }

  @Test func leftWhileAskedNothingIsKept() async {
    let (asked, tell) = AsyncStream.makeStream(of: Void.self)
    reader.whileAsked = { tell.yield() }
    let keeping = Task { await keep("2580") }
    for await _ in asked { break }
    keeping.cancel()
    reader.answer()
    #expect(await keeping.value == false)
    #expect(await isEmpty())
  }

  @Test func anotherFingerEndsIt() async {
    _ = await keep("2580")
    // So the system says it.
    keychain["finger"] = nil
    #expect(await finger.passcode() == nil)
    #expect(await isEmpty())
  }

  @Test func anItemOfAnotherFormEndsIt() async {
    var wrong: [[UInt8]] = [0, 255].map { [UInt8](repeating: $0, count: 128) }
    wrong += [[], [0, 0, 0, 1, 7], [0, 0, 0, 125] + [UInt8](repeating: 7, count: 124)]
    for bytes in wrong {
      _ = await keep("2580")
      keychain["finger"] = bytes
      #expect(await finger.passcode() == nil)
      #expect(await isEmpty())
    }
  }

  // Holds: 5
  @Test(arguments: [KeychainStatus.userCanceled, .authFailed, .interactionNotAllowed, .io, .missingEntitlement])
  func whoWouldRatherTypeLosesNothing(_ status: KeychainStatus) async throws {
    _ = await keep("2580")
    keychain.always(.copy, status)
    #expect(await finger.passcode() == nil)
    keychain.mend()
    #expect(finger.isOn)
    #expect(try await opens("2580"))
  }

  @Test func cancelledTheQuestionIsTakenBack() async {
    _ = await keep("2580")
    let (asked, tell) = AsyncStream.makeStream(of: Void.self)
    let reader = reader
    keychain.visit { step in
      guard step == .copy else { return }
      tell.yield()
      reader.untilTakenBack()
    }
    keychain.always(.copy, .userCanceled)
    let opening = Task { await finger.passcode() }
    for await _ in asked { break }
    opening.cancel()
    #expect(await opening.value == nil)
    keychain.visit(nil)
    #expect(finger.isOn)
  }

  @Test func itIsForgottenAlsoWhereTheKeychainWouldNot() async {
    _ = await keep("2580")
    keychain.always(.delete, .io)
    finger.forget()
    #expect(!finger.isOn)
    #expect(await finger.passcode() == nil)
    keychain.mend()
    finger.forget()
    #expect(keychain.accounts.isEmpty)
  }
}

/// A reader that recognises whom a test says.
private final class TestReader: FingerReader {
  private struct State {
    var isReady = true
    var recognises = true
    var asked = 0
    var whileAsked: (@Sendable () -> Void)?
    var waiting: CheckedContinuation<Void, Never>?
  }

  private final class Question: KeychainPrompt {
    let back = DispatchSemaphore(value: 0)
    func invalidate() { back.signal() }
  }

  private let state = Guarded(State())
  private let last = Question()

  var isReady: Bool {
    get { state.with { $0.isReady } }
    set { state.with { $0.isReady = newValue } }
  }
  var recognises: Bool {
    get { state.with { $0.recognises } }
    set { state.with { $0.recognises = newValue } }
  }
  var asked: Int { state.with { $0.asked } }
  /// Set, a question waits for `answer()`.
  var whileAsked: (@Sendable () -> Void)? {
    get { state.with { $0.whileAsked } }
    set { state.with { $0.whileAsked = newValue } }
  }

  func ask() async -> Bool {
    state.with { $0.asked += 1 }
    if let whileAsked {
      await withCheckedContinuation { waiting in
        state.with { $0.waiting = waiting }
        whileAsked()
      }
    }
    return recognises
  }

  func answer() {
    state.with { state in
      state.waiting?.resume()
      state.waiting = nil
    }
  }

  func question() -> any KeychainPrompt { last }

  func untilTakenBack() { last.back.wait() }
}
