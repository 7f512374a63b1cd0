import Attune
import AttuneModel
import Foundation
@_spi(Drawing) import SwiftUI
import Testing

@testable import AttuneUI

/// Lists of help: what they say, and how far a tap goes.
@MainActor @Suite struct HelpTests {
  private func window(
    _ entries: [HelpEntry], accepts: Bool = true, opened: @escaping (URL) -> Void,
    on: @escaping @MainActor (HelpEvent) -> Void = { _ in }
  ) -> Window {
    let state = HelpState(kind: .now, country: "US", entries: entries, places: ["IE", "US"])
    let window = Window { HelpView(state: state, on: on).environment(\.days, Made.days) }
    window.environment.openURL = OpenURLAction { url in
      opened(url)
      return accepts ? .handled : .discarded
    }
    return window
  }

  // Holds: 89
  @Test func aCallGoesAsFarAsTheDiallerAndASiteSaysBeforeThatItLeaves() throws {
    var opened: [URL] = []
    let window = window(MadeHelp.now) { opened.append($0) }
    let elements = window.elements
    let leaves = try #require(elements.firstIndex { $0.label == Words.helpLeaves.text })
    let call = try #require(elements.firstIndex { $0.label == Words.helpCall(phone: Words.leftToRight("988")).text })
    let site = try #require(elements.firstIndex { $0.label == Words.helpSite.text })
    #expect(leaves < call && call < site)
    #expect(elements[call].pressed() && elements[site].pressed())
    #expect(opened.map(\.absoluteString) == ["tel:988", "https://988lifeline.org"])
  }

  @Test func whatCannotBeOpenedIsSaid() throws {
    let window = window(MadeHelp.now, accepts: false) { _ in }
    #expect(try #require(window.elements.first { $0.label.contains("988") && $0.kind == .button }).pressed())
    #expect(window.elements.contains { $0.label == Words.helpNoCall.text })
    #expect(try #require(window.elements.first { $0.label == Words.helpSite.text }).pressed())
    #expect(window.elements.contains { $0.label == Words.failNoApp.text })
  }

  // Holds: 88
  @Test func eachEntryHasItsSourceAndItsDay() {
    let labels = window(MadeHelp.now) { _ in }.elements.map(\.label)
    for entry in MadeHelp.now {
      let source = Words.helpSource(source: Words.leftToRight(entry.source)).text
      #expect(labels.contains { $0.hasPrefix(source) && $0.contains("February 20") })
    }
  }

  @Test func anotherCountryIsFoundByAPartOfItsName() throws {
    var picked: [String] = []
    let window = window(MadeHelp.now, opened: { _ in }) { if case .country(let code) = $0 { picked.append(code) } }
    let find = { (label: String) in window.elements.first { $0.label == label } }
    #expect(try #require(find(Words.helpPlaceChange.text)).pressed())
    #expect(find("Ireland") != nil)
    #expect(try #require(find("United States")).traits.contains(.isSelected))
    #expect(find("Brazil") == nil)
    let field = try #require(find(Words.helpPlaceSearch.text))
    #expect(field.type("braz"))
    #expect(try #require(find("Brazil")).pressed())
    #expect(picked == ["BR"])
    #expect(find(Words.helpPlaceSearch.text) == nil, "it is folded up again")
    #expect(try #require(find(Words.helpPlaceChange.text)).pressed())
    #expect(try #require(find(Words.helpPlaceSearch.text)).type("xyzzy"))
    #expect(find(Words.helpPlaceUnknown.text) != nil)
  }
}
