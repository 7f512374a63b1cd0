import Attune
import AttuneModel
import Foundation
@_spi(Drawing) import SwiftUI
import Testing

@testable import AttuneUI

/// Codes and pass phrases while they are typed, and what leaves the app from these screens.
@Suite(.serialized) @MainActor struct TypedSecretTests {
  private func text(_ bytes: SecretBytes) -> String {
    bytes.withUnsafeBytes { String(decoding: $0, as: UTF8.self) }
  }

  private func copies(_ change: (inout SaveCopyState) -> Void = { _ in }) -> Held<SaveCopyState, SaveCopyEvent> {
    var state = SaveCopyState()
    change(&state)
    return Held(state) { SaveCopyView(state: $0, on: $1) }
  }

  // Holds: 4
  @Test func whatWasTypedIsOverwrittenWhereItLay() throws {
    let secret = Secret()
    secret.typed = "longer than four"
    let (first, copy) = (secret.bytes, secret.copy())
    secret.typed = "longer than fore"
    let second = secret.bytes
    #expect(text(copy) == "longer than four" && text(second) == "longer than fore")
    #expect(first.withUnsafeBytes { $0.allSatisfy { $0 == 0 } })
    secret.wipe()
    #expect(secret.isEmpty && secret.typed.isEmpty)
    #expect(second.withUnsafeBytes { $0.allSatisfy { $0 == 0 } })
    // What was handed over is the other's to overwrite.
    #expect(text(copy) == "longer than four")
    secret.typed = "typed"
    #expect("\(secret)" == "Secret" && String(reflecting: secret) == "Secret")
    var dumped = ""
    dump(secret, to: &dumped)
    #expect(!dumped.contains("typed"))
  }

  // Holds: 74
  @Test func aCodeIsHandedOverAsItWasTypedAndGoneWhenTheScreenIsLeft() throws {
    var state = PasscodeState()
    state.read = true
    let screen = Held<PasscodeState, PasscodeEvent>(state) { PasscodeView(state: $0, on: $1) }
    #expect(try !screen.control(.buttonSave).isEnabled)
    try screen.type(.lockCodeNew, "longer than four")
    try screen.type(.lockCodeAgain, "longer than fore")
    #expect(try screen.control(.lockCodeNew).kind == .secureField && screen.control(.lockCodeNew).value == "covered")
    try screen.press(.buttonSave)
    guard case .set(let code, let again, false) = try screen.only() else { return #expect(Bool(false), "not set") }
    #expect(text(code) == "longer than four" && text(again) == "longer than fore")
    screen.show { $0.differs = true }
    #expect(screen.says(.lockCodeDiffers))
    // The keyboard's own last key does it, too.
    try screen.type(.lockCodeAgain, "longer than four")
    #expect(try screen.control(.lockCodeAgain).submitted())
    guard case .set = try screen.only() else { return #expect(Bool(false), "not set") }
  }

  // Holds: 4, 74
  @Test func whatIsTypedIsOverwrittenWhenItsScreenIsLeft() throws {
    func left(_ secrets: [Secret], _ view: @escaping @MainActor () -> some View) {
      let screen = Held<Void, Never>(()) { _, _ in view() }
      for secret in secrets { secret.typed = "longer than four" }
      _ = screen.window.elements
      let lay = secrets.map(\.bytes)
      screen.isThere = false
      _ = screen.window.elements
      for secret in secrets { #expect(secret.isEmpty) }
      for bytes in lay { #expect(bytes.withUnsafeBytes { $0.allSatisfy { $0 == 0 } }) }
    }
    let (first, second) = (Secret(), Secret())
    var passcode = PasscodeState()
    passcode.read = true
    left([first, second]) { PasscodeView(state: passcode, on: { _ in }, code: first, again: second) }
    left([first, second]) { SaveCopyView(state: SaveCopyState(), on: { _ in }, phrase: first, again: second) }
    left([first]) { BringBackView(state: BringBackState(), on: { _ in }, phrase: first) }
    left([first]) { LockedView(code: first, state: Stage.Locked(asksCode: true), on: { _ in }) }
  }

  // Holds: 74
  @Test func aCodeIsTurnedOffAfterOneQuestionAndAFingerIsOfferedWhereItCanBe() throws {
    var state = PasscodeState()
    state.read = true
    state.hasCode = true
    let screen = Held<PasscodeState, PasscodeEvent>(state) { PasscodeView(state: $0, on: $1) }
    #expect(screen.says(.setCodeChange) && !screen.offers(.setTouch))
    try screen.press(.setCodeOff)
    #expect(screen.events.isEmpty && screen.says(.setCodeOffAsk))
    try screen.press(.setCodeOff)
    guard case .remove = try screen.only() else { return #expect(Bool(false), "still on") }
    screen.show { $0.canFinger = true }
    try screen.press(.setTouch)
    try screen.type(.lockCodeNew, "1234")
    try screen.type(.lockCodeAgain, "1234")
    try screen.press(.buttonSave)
    guard case .set(_, _, true) = try screen.only() else { return #expect(Bool(false), "without the finger") }
  }

  @Test func thePhoneNeitherKeepsNorProposesNorLearnsASecret() throws {
    let screen = copies()
    for shown in [false, true] {
      if shown { try screen.press(.setCodeSee) }
      for label in [Words.copyPassphrase, .copyPassphraseAgain] {
        let field = try screen.control(label)
        #expect(field.kind == .secureField, "into any other, a keyboard of another maker types")
        let typing = try #require(field.typing)
        #expect(!typing.corrects && typing.capitals == .never && !typing.writes && typing.content == .oneTimeCode)
      }
    }
  }

  @Test func whatIsTypedIsShownBelowItsFieldWhileThatIsWanted() throws {
    let screen = copies()
    try screen.type(.copyPassphrase, "four words or more")
    #expect(!screen.says(.own("four words or more")))
    try screen.press(.setCodeSee)
    #expect(screen.says(.own("four words or more")))
    #expect(try screen.control(.copyPassphrase).value == "covered")
    try screen.press(.setCodeSee)
    #expect(!screen.says(.own("four words or more")))
  }

  // Holds: 76
  @Test func whatIsTypedIsNotShownWhileTheScreenIsRecorded() throws {
    let covered = Frame(hide: {}, back: {}, covers: true)
    let screen = Held<SaveCopyState, SaveCopyEvent>(SaveCopyState()) {
      SaveCopyView(state: $0, on: $1).environment(\.frame, covered)
    }
    try screen.type(.copyPassphrase, "four words or more")
    #expect(!screen.says(.captureLine))
    try screen.press(.setCodeSee)
    #expect(!screen.says(.own("four words or more")) && screen.says(.captureLine))
  }

  // Holds: 69
  @Test func thePlaceIsAskedForOnceTheCopyIsMadeAndItsNameTellsNothing() throws {
    let screen = copies()
    try screen.type(.copyPassphrase, "four words or more")
    #expect(try !screen.control(.copySealedSave).isEnabled)
    try screen.type(.copyPassphraseAgain, "four words or more")
    try screen.press(.copySealedSave)
    guard case .sealed(let phrase, let again) = try screen.only() else { return #expect(Bool(false), "not sealed") }
    #expect(text(phrase) == "four words or more" && text(again) == "four words or more")
    screen.show { $0.short = true }
    #expect(screen.says(.copyPassphraseShort))
    screen.show {
      $0.short = false
      $0.differs = true
    }
    #expect(screen.says(.copyDiffers))
    screen.show {
      $0 = SaveCopyState()
      $0.busy = true
    }
    #expect(screen.says(.copyWorking))
    #expect(try !screen.control(.copySealedSave).isEnabled && !screen.control(.copyReadableSave).isEnabled)
    let file = URL(fileURLWithPath: "/made/copy.bin")
    screen.show {
      $0.busy = false
      $0.handing = file
    }
    let sheet = try #require(screen.window.elements.first)
    #expect(screen.window.elements.count == 1 && sheet.kind == .place && sheet.value == "copy.bin")
    #expect(sheet.type("/elsewhere/copy.bin"))
    guard case .handed(true) = try screen.only() else { return #expect(Bool(false), "not handed over") }
    screen.show {
      $0.handing = nil
      $0.saved = true
    }
    #expect(screen.says(.copySaved))
    // With the copy goes what opens it.
    #expect(try screen.control(.copyPassphrase).value == nil)
  }

  // Holds: 69
  @Test func aSheetThatIsLeftSavesNothingAndAPlaceThatWouldNotTakeItIsSaid() throws {
    let screen = copies()
    let file = URL(fileURLWithPath: "/made/copy.bin")
    screen.show { $0.handing = file }
    #expect(try #require(screen.window.elements.first).pressed())
    guard case .handed(false) = try screen.only() else { return #expect(Bool(false), "handed over") }
    screen.show { $0.handing = nil }
    #expect(!screen.says(.copyNotSaved) && !screen.says(.copySaved))
    screen.show { $0.handing = file }
    #expect(try #require(screen.window.elements.first).type(""))
    guard case .handed(false) = try screen.only() else { return #expect(Bool(false), "handed over") }
    screen.show { $0.handing = nil }
    #expect(screen.says(.copyNotSaved))
    screen.show { $0.failed = true }
    #expect(screen.says(.copyNotSaved))
  }

  // Holds: 71
  @Test func aReadableCopySaysFirstThatAnybodyCanReadIt() throws {
    let screen = copies()
    let lines = screen.lines
    let said = try #require(lines.firstIndex(of: Words.copyReadableSub.text))
    #expect(try said < #require(lines.firstIndex(of: Words.copyReadableSave.text)))
    try screen.press(.copyReadableSave)
    #expect(screen.events.isEmpty && screen.says(.copyReadableAsk))
    try screen.press(.buttonNotNow)
    #expect(screen.events.isEmpty)
    try screen.press(.copyReadableSave)
    try screen.press(.copyReadableSave)
    guard case .readable = try screen.only() else { return #expect(Bool(false), "not that one") }
  }

  // Holds: 72
  @Test func whatIsTheMatterWithACopyIsToldApart() throws {
    let screen = Held<BringBackState, BringBackEvent>(BringBackState()) { BringBackView(state: $0, on: $1) }
    #expect(!screen.offers(.copyInPassphrase))
    try screen.press(.copyInPick)
    #expect(try #require(screen.window.elements.first).type("/elsewhere/copy.bin"))
    guard case .pick(URL(fileURLWithPath: "/elsewhere/copy.bin")) = try screen.only() else {
      return #expect(Bool(false), "another file")
    }
    screen.show { $0 = BringBackState(picked: URL(fileURLWithPath: "/elsewhere/copy.bin")) }
    try screen.type(.copyInPassphrase, "four words or more")
    try screen.press(.copyIn)
    guard case .open(let phrase) = try screen.only() else { return #expect(Bool(false), "not opened") }
    #expect(text(phrase) == "four words or more")
    let said: [(WritableKeyPath<BringBackState, Bool>, Words)] = [
      (\.wrong, .copyPassphraseWrong), (\.unusable, .copyInBad), (\.newer, .lockNewer), (\.full, .copyInNotEmpty),
      (\.busy, .copyInWorking),
    ]
    for (what, words) in said {
      screen.show {
        $0 = BringBackState(picked: $0.picked)
        $0[keyPath: what] = true
      }
      for (_, other) in said { #expect(screen.says(other) == (other == words), "\(other.text)") }
    }
    #expect(try !screen.control(.copyIn).isEnabled && !screen.control(.copyInPick).isEnabled)
  }

  // Holds: 79, 80
  @Test func allIsDeletedAfterOneQuestionWithTwoAnswersThatAreAlike() throws {
    let screen = Held<DeleteAllState, DeleteAllEvent>(DeleteAllState()) { DeleteAllView(state: $0, on: $1) }
    for words in [Words.deleteAsk, .deleteSub, .deleteShared, .deleteSub2, .deleteCopies] {
      #expect(screen.says(words))
    }
    let answers = try [screen.control(.deleteYes), screen.control(.buttonNotNow)]
    #expect(answers[0].prominence == answers[1].prominence && answers.allSatisfy { $0.hint == nil })
    try screen.press(.deleteYes)
    guard case .delete = try screen.only() else { return #expect(Bool(false), "not deleted") }
    try screen.press(.buttonNotNow)
    guard case .notNow = try screen.only() else { return #expect(Bool(false), "deleted") }
    screen.show { $0.busy = true }
    #expect(try screen.says(.waitLine) && !screen.control(.deleteYes).isEnabled)
    screen.show {
      $0.busy = false
      $0.failed = true
    }
    #expect(screen.says(.deleteLeft) && screen.offers(.deleteYes))
  }
}
