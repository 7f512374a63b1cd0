import AttuneModel
import Foundation
@_spi(Drawing) import SwiftUI
import Testing

@testable import AttuneUI

/// The lock, while somebody types.
@MainActor @Suite struct LockedTests {
  // Holds: 4
  @Test func whatWasTypedIsGivenOnceAndOverwritten() throws {
    var given: [[UInt8]] = []
    let window = Window {
      LockedView(state: Stage.Locked(asksCode: true)) {
        if case .unlock(let code) = $0 { given.append(code?.withUnsafeBytes { Array($0) } ?? []) }
      }
    }
    let code = { try #require(window.elements.first { $0.identifier == "code" }) }
    let open = { try #require(window.elements.first { $0.identifier == "open" }) }
    #expect(try open().pressed())
    #expect(given.isEmpty, "there is no code yet")
    #expect(try code().type("1234"))
    #expect(try code().value == "covered")
    #expect(try open().pressed())
    #expect(given == [Array("1234".utf8)])
    #expect(try code().value == nil)
    #expect(try code().type("99"))
    #expect(try code().submitted(), "the keyboard's last key opens, too")
    #expect(given.count == 2)
  }

  // Holds: 3
  @Test func aWrongCodeIsSaidToBeWrongAndCanBeTypedAgain() {
    let elements = Scenes["locked"].window.elements
    #expect(elements.contains { $0.label == Words.lockCodeWrong.text })
    #expect(elements.first { $0.identifier == "code" }?.isEnabled == true)
  }

  // Holds: 5
  @Test func aFingerThatOpensNoMoreIsSaidAndNotOffered() {
    var lock = Stage.Locked(asksCode: true)
    lock.fingerGone = true
    let elements = Window { LockedView(state: lock) { _ in } }.elements
    #expect(elements.contains { $0.label == Words.setTouchChanged.text })
    #expect(!elements.contains { $0.label == Words.openTouch.text })
  }

  @Test func whileItOpensNothingCanBePressedTwice() {
    let elements = Scenes["locked-busy"].window.elements
    #expect(elements.first { $0.identifier == "open" }?.isEnabled == false)
    #expect(elements.first { $0.identifier == "code" }?.isEnabled == false)
  }

  // Holds: 14
  @Test func aForgottenCodeLeavesTwoWaysOn() throws {
    let window = Scenes["locked"].window
    #expect(!window.elements.contains { $0.label == Words.lockStartOver.text })
    #expect(try #require(window.elements.first { $0.label == Words.openCodeForgot.text }).pressed())
    for words in [Words.openCodeForgotLine, .copyIn, .lockStartOver] {
      #expect(window.elements.contains { $0.label == words.text })
    }
  }
}
