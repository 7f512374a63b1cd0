import Attune
import AttuneModel
import Foundation
@_spi(Drawing) import SwiftUI
import Testing

@testable import AttuneUI

/// What is set, and what is asked before it is.
@Suite(.serialized) @MainActor struct SettingsTests {
  private func held(
    _ settings: AttuneModel.Settings = Settings(), _ change: (inout SettingsState) -> Void = { _ in }
  ) -> Held<SettingsState, SettingsEvent> {
    var state = SettingsState(settings: settings)
    state.read = true
    change(&state)
    return Held(state) { SettingsView(state: $0, on: $1) }
  }

  // Holds: 75
  @Test func noticesAreOffUntilTheyAreSwitchedOnAndWhatThePhoneWillAskIsReadBefore() throws {
    let screen = held()
    #expect(try screen.control(.setNotify).value == "off")
    try screen.press(.setNotify)
    #expect(screen.events.isEmpty && screen.says(.setNotifyAsk))
    try screen.press(.buttonNotNow)
    #expect(screen.events.isEmpty && !screen.says(.setNotifyAsk))
    try screen.press(.setNotify)
    try screen.press(.buttonNext)
    guard case .set(let settings) = try screen.only() else { return #expect(Bool(false), "not set") }
    #expect(settings == Settings(notifications: true))
    // The phone would not.
    screen.show { $0.silent = true }
    #expect(screen.says(.setNotifyDenied))
    try screen.press(.buttonSettings)
    #expect(screen.opened == [URL.noticeSettings] && screen.leaves == 1)
    screen.show {
      $0.silent = false
      $0.settings.notifications = true
    }
    #expect(try screen.control(.setNotify).value == "on" && !screen.says(.setNotifyDenied))
    try screen.press(.setNotify)
    guard case .set(Settings()) = try screen.only() else { return #expect(Bool(false), "not off") }
  }

  // Holds: 75
  @Test func wherePhoneDoesNotAskAnyMoreNoQuestionIsPromised() throws {
    let screen = held { $0.asks = false }
    try screen.press(.setNotify)
    #expect(!screen.says(.setNotifyAsk))
    guard case .set(Settings(notifications: true)) = try screen.only() else { return #expect(Bool(false), "not set") }
  }

  // Holds: 75
  @Test func thePhonesOwnSettingsAreHeardAgainWhenTheAppIsInFront() throws {
    let screen = held(Settings(notifications: true))
    screen.phase = .background
    _ = screen.window.elements
    #expect(screen.events.isEmpty)
    screen.phase = .active
    _ = screen.window.elements
    guard case .inFront = try screen.only() else { return #expect(Bool(false), "not heard") }
  }

  // Holds: 76
  @Test func notesAreCoveredWhileTheScreenIsRecordedUntilThatIsAllowed() throws {
    let screen = held()
    #expect(try screen.control(.setCapture).value == "on")
    // Pictures cannot be blocked here: it is said, and looks like nothing that could be pressed.
    #expect(screen.says(.setShotsSub) && !screen.offers(.setShots))
    try screen.press(.setCapture)
    #expect(screen.events.isEmpty && screen.says(.setCaptureOffAsk))
    try screen.press(.setCaptureOffYes)
    guard case .set(Settings(screenCapture: true)) = try screen.only() else { return #expect(Bool(false), "covered") }
    screen.show { $0.settings.screenCapture = true }
    #expect(try screen.control(.setCapture).value == "off")
    try screen.press(.setCapture)
    guard case .set(Settings()) = try screen.only() else { return #expect(Bool(false), "not covered") }
  }

  // Holds: 77
  @Test func howOftenItLooksIsSetAndWhatACodeMeansForItIsSaid() throws {
    let screen = held()
    #expect(screen.says(.setLookPhone) && !screen.says(.setLookCode))
    #expect(try screen.control(.setLookTwice).traits.contains(.isSelected))
    try screen.press(.setLookAsked)
    guard case .set(Settings(look: .whenAsked)) = try screen.only() else { return #expect(Bool(false), "not set") }
    try screen.press(.setLookOnce)
    guard case .set(Settings(look: .onceADay)) = try screen.only() else { return #expect(Bool(false), "not set") }
    screen.show { $0.hasCode = true }
    #expect(screen.says(.setLookCode))
  }

  // Holds: 78
  @Test func aShorterTimeForMomentsAsksAndALongerOneDoesNot() throws {
    let screen = held { $0.days = 90 }
    try screen.press(.setKeepDays(count: 365))
    guard case .days(365) = try screen.only() else { return #expect(Bool(false), "not set") }
    try screen.press(.setKeepAlways)
    guard case .days(nil) = try screen.only() else { return #expect(Bool(false), "not set") }
    try screen.press(.setKeepDays(count: 30))
    #expect(screen.events.isEmpty && screen.says(.setKeepAsk))
    try screen.press(.buttonNotNow)
    #expect(screen.events.isEmpty && !screen.says(.setKeepAsk))
    try screen.press(.setKeepDays(count: 30))
    try screen.press(.setKeepYes)
    guard case .days(30) = try screen.only() else { return #expect(Bool(false), "not set") }
    // What was set elsewhere has its place among them.
    screen.show { $0.days = 45 }
    #expect(try screen.control(.setKeepDays(count: 45)).traits.contains(.isSelected))
    let early = held { $0.read = false }
    #expect(!early.says(.setKeep))
  }

  @Test func theLockIsSetAndAFingerTakesACode() throws {
    let screen = held()
    try screen.press(.setLockAtOnce)
    guard case .set(Settings(autoLock: .atOnce)) = try screen.only() else { return #expect(Bool(false), "not set") }
    try screen.press(.setCode)
    guard case .open(.passcode) = try screen.only() else { return #expect(Bool(false), "elsewhere") }
    #expect(screen.says(.setTouchNone) && !screen.offers(.setTouch))
    screen.show { $0.canFinger = true }
    #expect(screen.says(.setTouchNeedsCode) && !screen.offers(.setTouch))
    screen.show { $0.hasCode = true }
    try screen.press(.setTouch)
    guard case .open(.passcode) = try screen.only() else { return #expect(Bool(false), "without the code") }
    screen.show { $0.hasFinger = true }
    try screen.press(.setTouch)
    guard case .forgetFinger = try screen.only() else { return #expect(Bool(false), "still on") }
    #expect(screen.offers(.setCodeChange))
  }

  @Test func copiesAndDeletingAreOnePressAwayAndABringingBackIsExplained() throws {
    let screen = held()
    for (words, route) in [(Words.privacyTitle, Route.privacy), (.copyTitle, .saveCopy), (.deleteTitle, .deleteAll)] {
      try screen.press(words)
      guard case .open(route) = try screen.only() else { return #expect(Bool(false), "elsewhere") }
    }
    #expect(screen.says(.setCopyIn) && !screen.offers(.copyIn))
  }

  @Test func theNamesAndTermsOfOthersWorkAreShownWhenAskedFor() throws {
    let screen = held()
    #expect(screen.says(.own("1.2.3")) && !screen.says(.own("SQLCipher")))
    try screen.press(.appPartsTitle)
    #expect(screen.says(.own("SQLCipher")) && screen.says(.own("MPL-2.0")))
    try screen.press(.appPartsTitle)
    #expect(!screen.says(.own("SQLCipher")))
    let broken = AppParts(version: "", listed: "one\n\n\ttwo\nthree\tMIT\tx\n")
    #expect(broken.others.map(\.terms) == ["", "two", "MIT\tx"])
  }

  @Test func whatTheAppIsMadeOfHasANameAndTermsInEachLine() throws {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../App/Resources/parts.txt").standardizedFileURL
    let parts = AppParts(version: "1", listed: try String(contentsOf: file, encoding: .utf8))
    #expect(parts.others.contains { $0.name == "SQLCipher" } && parts.others.contains { $0.name == "uniffi" })
    for part in parts.others { #expect(!part.name.isEmpty && !part.terms.isEmpty, "\(part.name)") }
    #expect(Set(parts.others.map(\.name)).count == parts.others.count)
  }
}
