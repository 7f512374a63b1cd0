import AttuneRig
import Foundation
@_spi(Drawing) import SwiftUI
import Testing

@testable import AttuneUI

/// Somebody in front of the app, who counts taps.
@MainActor
final class Person {
  let rig: Rig
  let window: Window
  var taps = 0

  init(_ rig: Rig) {
    self.rig = rig
    let (app, time) = (rig.app, rig.time)
    window = Window { AttuneScreen(app: app, time: time) }
  }

  /// What has that identifier.
  func find(_ identifier: String) throws -> Element {
    try #require(window.elements.first { $0.identifier == identifier }, "\(identifier) in\n\(window.elements.outline)")
  }

  /// Taps what has that identifier, and waits until what came of it is done.
  func tap(_ identifier: String) async throws { try await tap { $0.identifier == identifier } }

  /// Taps what says that.
  func tap(_ words: Words) async throws { try await tap { $0.label == words.text && $0.isControl } }

  func tap(_ which: (Element) -> Bool) async throws {
    let element = window.elements.first(where: which)
    let found = try #require(element, "there is no such thing in\n\(window.elements.outline)")
    #expect(found.pressed(), "\(found.line)")
    taps += 1
    await rig.settle()
  }

  /// Whether something on the screen says just that.
  func sees(_ words: Words) -> Bool { window.elements.contains { $0.label == words.text } }

  /// Whether it stands somewhere among what is said.
  func reads(_ words: Words) -> Bool { window.elements.contains { $0.label.contains(words.text) } }
}
