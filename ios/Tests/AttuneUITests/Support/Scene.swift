import AttuneModel
import Foundation
@_spi(Drawing) import SwiftUI

@testable import AttuneUI

/// A screen as somebody may meet it.
@MainActor
struct Scene {
  let name: String
  /// What is around it.
  let frame: Frame
  /// Whether its outline is kept in the languages that nobody speaks, too: one that differs little from another is not.
  let isFull: Bool
  let view: @MainActor () -> AnyView

  init<V: View>(_ name: String, _ frame: Frame = .above, full: Bool = false, @ViewBuilder _ view: @escaping () -> V) {
    self.name = name
    self.frame = frame
    isFull = full
    self.view = { AnyView(view()) }
  }

  /// What is drawn of it, on a Friday in March.
  var window: Window {
    let window = Window { view().environment(\.frame, frame).environment(\.days, Made.days).unlearned() }
    return window
  }

  /// Its outline, in `language`.
  func outline(in language: String = "en") -> String {
    Catalog.$language.withValue(language) {
      window.elements.outline
    }
  }
}

/// Every screen that is drawn and looked over, by the name of its outline.
@MainActor
enum Scenes {
  static let all = first + people

  static subscript(_ name: String) -> Scene { all.first { $0.name == name }! }
}

extension Frame {
  /// Before anything is open.
  static let closed = Frame(help: {})
  /// The first screen of an open vault.
  static let home = Frame(hide: {}, help: {})
  /// One above it.
  static let above = Frame(hide: {}, back: {}, help: {})
}
