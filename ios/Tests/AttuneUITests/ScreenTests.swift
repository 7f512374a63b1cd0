import Foundation
@_spi(Drawing) import SwiftUI
import Testing

@testable import AttuneUI

/// What holds on every screen that is drawn.
@MainActor @Suite struct ScreenTests {
  // Holds: 90
  @Test func everyControlHasANameAndEveryScreenATitle() {
    for scene in Scenes.all {
      let elements = scene.window.elements
      for element in elements where element.kind != .place {
        #expect(element.label.contains { !$0.isWhitespace }, "\(scene.name): \(element.line)")
      }
      // Pictures and what is drawn by hand say nothing by themselves: whatever can be pressed is of a kind that does.
      #expect(elements.allSatisfy { !$0.isControl || !["text", "image"].contains($0.kind.rawValue) }, "\(scene.name)")
      if scene.name != "opening", !elements.isSystems {
        #expect(elements.contains { $0.kind == .heading }, "\(scene.name) has no title")
      }
    }
  }

  // Holds: 6
  @Test func hideIsInTheSamePlaceOnEveryScreenOfAnOpenVault() {
    for scene in Scenes.all {
      let elements = scene.window.elements
      // The app is told before, and locks as after any other screen that is left.
      if elements.isSystems { continue }
      let hides = elements.filter { $0.identifier == "hide" }
      #expect(hides.count == (scene.frame.hide == nil ? 0 : 1), "\(scene.name)")
      #expect(elements.filter { $0.place == .trailing }.map(\.identifier) == hides.map(\.identifier), "\(scene.name)")
      #expect(hides.allSatisfy { $0.isEnabled && $0.label == Words.homeHide.text }, "\(scene.name)")
    }
  }

  @Test func aScreenIsForOneThingAtMostAndNothingAlarms() {
    for scene in Scenes.all {
      let elements = scene.window.elements
      #expect(elements.filter { $0.prominence == .prominent }.count <= 1, "\(scene.name)")
      #expect(elements.allSatisfy { $0.hint != "drawn in red" }, "\(scene.name)")
    }
  }

  @Test func noTextIsMissingInAnyLanguage() {
    for scene in Scenes.all {
      for language in Catalog.files.keys {
        #expect(!scene.outline(in: language).contains("⟨"), "\(scene.name) in \(language)")
      }
    }
  }

  @Test func theKeyboardLearnsFromNoField() {
    var fields = 0
    for scene in Scenes.all {
      for element in scene.window.elements {
        guard let typing = element.typing else { continue }
        fields += 1
        #expect(!typing.corrects && !typing.writes, "\(scene.name): \(element.label)")
        // No password is proposed or kept, and nothing is filled in from contacts.
        let isSecret = element.kind == .secureField
        #expect(typing.content == (isSecret ? .oneTimeCode : nil), "\(scene.name): \(element.label)")
        if isSecret { #expect(typing.capitals == .never, "\(scene.name)") }
      }
    }
    #expect(fields > 0)
  }

  // Holds: 93
  @Test func atTheLargestTextNothingIsPinnedOverTheScreen() {
    for scene in Scenes.all {
      let window = scene.window
      let plain = window.elements
      for size in [DynamicTypeSize.accessibility1, .accessibility5] {
        window.environment.dynamicTypeSize = size
        let large = window.elements
        // The line that is said stays; all else scrolls, and nothing is lost.
        #expect(large.filter { $0.place == .foot }.allSatisfy { isNotice($0, in: scene) }, "\(scene.name)")
        #expect(large.map(\.label).sorted() == plain.map(\.label).sorted(), "\(scene.name)")
      }
    }
  }

  private func isNotice(_ element: Element, in scene: Scene) -> Bool {
    element.identifier == "notice-close" || element.label == scene.frame.notice?.text
  }

  // Holds: 92
  @Test func whatComesIsSaidToAScreenReader() {
    let said = Holding<Words?>(nil)
    let window = Window { Page(.titleNote) { Block { Said(said.value) } } }
    _ = window.elements
    _ = Announced.take()
    said.value = .waitLine
    _ = window.elements
    #expect(Announced.take() == [Words.waitLine.text])
    said.value = nil
    _ = window.elements
    #expect(Announced.take().isEmpty)
  }

  // Holds: 92
  @Test func whatAScreenCameForIsSaidWithIt() {
    for (name, words) in [("saved", Words.markSaved), ("shared", .shareDone), ("preview-captured", .captureLine)] {
      _ = Announced.take()
      _ = Scenes[name].window.elements
      let said = Announced.take().joined()
      #expect(said.contains(words.text), "\(name)")
    }
  }

  // Holds: 92
  @Test func theLineThatIsSaidIsHeardAndClosed() throws {
    let frame = Holding(Frame.home)
    let window = Window { PrivacyView().environment(\.frame, frame.value) }
    _ = window.elements
    _ = Announced.take()
    var closed = 0
    frame.value.notice = .markUndone
    frame.value.noticeDone = { closed += 1 }
    let close = try #require(window.elements.first { $0.identifier == "notice-close" })
    #expect(Announced.take() == [Words.markUndone.text])
    #expect(close.pressed())
    #expect(closed == 1)
  }

  // Holds: 92
  @Test func aLineThatComesWithItsScreenIsHeardOnce() {
    let frame = Holding(Frame.home)
    frame.value.notice = .markUndone
    _ = Announced.take()
    let window = Window { PrivacyView().environment(\.frame, frame.value) }
    _ = window.elements
    #expect(Announced.take() == [Words.markUndone.text])
    _ = window.elements
    #expect(Announced.take().isEmpty)
    // Done with, and the same again.
    frame.value.notice = nil
    _ = window.elements
    frame.value.notice = .markUndone
    _ = window.elements
    #expect(Announced.take() == [Words.markUndone.text])
  }

  // Where little fits it scrolls, which no drawing here shows: that it stands there, and can be closed.
  @Test func aLineThatIsSaidStandsThereInEachSizeOfText() throws {
    var frame = Frame.home
    frame.notice = .markUndone
    for size in [DynamicTypeSize.large, .accessibility5] {
      let window = Window { PrivacyView().environment(\.frame, frame).environment(\.dynamicTypeSize, size) }
      let close = try #require(window.elements.firstIndex { $0.identifier == "notice-close" })
      #expect(window.elements[close - 1].label == Words.markUndone.text)
    }
  }
}

extension [Element] {
  /// A sheet of the system's lies over the screen.
  fileprivate var isSystems: Bool { contains { $0.kind == .place } }
}

/// Something that a test changes under a window.
@MainActor @Observable final class Holding<Value> {
  var value: Value
  init(_ value: Value) { self.value = value }
}
