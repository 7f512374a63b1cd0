import AttuneModel
import Foundation
@_spi(Drawing) import SwiftUI
import Testing

@testable import AttuneUI

/// What cannot be undone asks first, in place; both answers look alike.
@MainActor @Suite struct AskingTests {
  // Holds: 27, 28, 54
  @Test func whatIsWipedIsAskedForOnce() throws {
    var moments = MomentsState()
    moments.read = true
    moments.moments = Made.lines
    let erased = Holding<[String]>([])
    let all = Window { MomentsView(state: moments) { if case .eraseAll = $0 { erased.value.append("all") } } }
    try asks(.markEraseAll, .momentEraseAllAsk, yes: .buttonWipe, in: all) { erased.value == ["all"] }
    var moment = MomentState()
    moment.moment = Made.moment()
    let one = Window { MomentView(state: moment) { if case .erase = $0 { erased.value.append("one") } } }
    try asks(.markErase, .momentEraseAsk, yes: .buttonWipe, in: one) { erased.value == ["all", "one"] }
    var note = NoteState()
    note.note = Made.note
    let letter = Window { NoteView(state: note) { if case .erase = $0 { erased.value.append("note") } } }
    try asks(.noteErase, .noteEraseAsk, yes: .buttonWipe, in: letter) { erased.value.last == "note" }
  }

  // Holds: 18
  @Test func startingOverAsksAndSaysThatNothingIsWiped() throws {
    let events = Holding<[String]>([])
    let window = Window { StoppedView(why: .damaged) { events.value.append("\($0)") } }
    #expect(window.elements.contains { $0.label == Words.lockStartOverSub.text })
    try asks(.lockStartOver, .openStartOverAsk, yes: .lockStartOver, in: window) { events.value.count == 1 }
  }

  private func asks(
    _ button: Words, _ question: Words, yes: Words, in window: Window, done: () -> Bool
  ) throws {
    let find = { (words: Words) in window.elements.last { $0.label.hasPrefix(words.text) && $0.kind == .button } }
    #expect(try #require(find(button)).pressed())
    #expect(!done())
    #expect(window.elements.contains { $0.label.contains(question.text) })
    let answers = try [#require(find(yes)), #require(find(.buttonNotNow))]
    #expect(Set(answers.map(\.prominence)) == [.none])
    #expect(answers.allSatisfy { $0.hint == nil && $0.isEnabled })
    #expect(answers[1].pressed())
    #expect(!done())
    #expect(!window.elements.contains { $0.label.contains(question.text) && $0.kind != .button })
    #expect(try #require(find(button)).pressed())
    #expect(try #require(find(yes)).pressed())
    #expect(done())
  }
}
