import Foundation
@_spi(Drawing) import SwiftUI
import Testing

@testable import AttuneUI

/// A screen that a test holds in its hands: what stands on it, what a person does there, and what comes of it.
@MainActor
final class Held<State, Event> {
  /// What is shown.
  var state: State
  /// What the person did, as the screen told it.
  private(set) var events: [Event] = []
  /// The pages that it led to, outside of the app.
  private(set) var opened: [URL] = []
  /// How often it said that another app's screen comes.
  private(set) var leaves = 0
  /// The app is in front.
  var phase = ScenePhase.active
  /// The screen is still there.
  var isThere = true
  private(set) var window: Window!

  init<V: View>(_ state: State, _ view: @escaping @MainActor (State, @escaping @MainActor (Event) -> Void) -> V) {
    self.state = state
    window = Window { [unowned self] in
      Group {
        if isThere { view(self.state) { [unowned self] in events.append($0) } }
      }
      .environment(\.days, Made.days)
      .environment(\.parts, MadePeople.parts)
      .environment(\.frame, Frame(hide: {}, back: {}, help: {}, leaves: { [unowned self] in leaves += 1 }))
      .environment(\.scenePhase, phase)
      .environment(\.openURL, openURL)
      .unlearned()
    }
    _ = window.elements
  }

  private var openURL: OpenURLAction {
    OpenURLAction { [unowned self] url in
      MainActor.assumeIsolated { opened.append(url) }
      return .handled
    }
  }

  /// Everything that it says, in order.
  var lines: [String] { window.elements.map(\.label) }

  /// Whether it says this somewhere.
  func says(_ words: Words) -> Bool { lines.contains { $0.contains(words.text) } }

  /// What can be pressed or typed into and is called so. A box and a row may have one name: `typed` tells which is meant.
  private func controls(_ words: Words, typed: Bool?) -> [Element] {
    window.elements.filter { element in
      element.isControl && (element.label == words.text || element.label.hasPrefix(words.text + ", "))
        && (typed == nil || typed == (element.typing != nil))
    }
  }

  /// The control that is called so.
  func control(_ words: Words, typed: Bool? = nil) throws -> Element {
    let named = controls(words, typed: typed)
    try #require(named.count == 1, "\(named.count) controls are called \(words.text)")
    return named[0]
  }

  /// Whether there is such a control.
  func offers(_ words: Words) -> Bool { !controls(words, typed: nil).isEmpty }

  /// Presses it.
  func press(_ words: Words) throws {
    let control = try control(words, typed: false)
    #expect(control.pressed(), "\(words.text) does nothing")
    _ = window.elements
  }

  /// Types into it.
  func type(_ words: Words, _ text: String) throws {
    let field = try control(words, typed: true)
    #expect(field.type(text), "\(words.text) takes no words")
    _ = window.elements
  }

  /// Shows something else.
  func show(_ change: (inout State) -> Void) {
    change(&state)
    _ = window.elements
  }

  /// The one thing that came of what was done since this was asked before.
  func only() throws -> Event {
    defer { events = [] }
    try #require(events.count == 1)
    return events[0]
  }
}
