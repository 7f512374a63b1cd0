import Attune
import AttuneModel
import Foundation
import SwiftUI

/// A list of help: whose it is, that a call leaves the app, everybody on it, and another country. `none` is said where
/// there is no list.
struct HelpList: View {
  @Environment(\.openURL) private var openURL
  @State private var trouble: Words?
  let state: HelpState
  let none: Words
  let on: @MainActor (HelpEvent) -> Void

  var body: some View {
    Block {
      if let first = state.entries.first {
        Line(.safetyListPlace(place: Country.inSentence(first.region)))
        Sub(.helpLeaves)
      } else {
        Line(none)
      }
      Said(trouble)
    }
    ForEach(state.entries, id: \.self) { entry in
      HelpEntryPart(entry: entry) { url, failed in open(url, failed) }
    }
    HelpPlaces(state: state, on: on)
    Block { Sub(.safetyOffline) }
  }

  /// As far as the dialler or the browser, and no further: whoever pressed it decides there.
  private func open(_ url: URL?, _ failed: Words) {
    guard let url else { return trouble = failed }
    trouble = nil
    openURL(url) { accepted in
      if !accepted { trouble = failed }
    }
  }
}

private struct HelpEntryPart: View {
  @Environment(\.days) private var days
  let entry: HelpEntry
  let open: @MainActor (URL?, Words) -> Void

  var body: some View {
    Part(.own(entry.name)) {
      if let phone = entry.phone {
        CallButton(.helpCall(phone: Words.leftToRight(phone))) { open(.call(phone), .helpNoCall) }
      }
      if let site = entry.site {
        RowButton(.helpSite) { open(URL(string: site), .failNoApp) }
      }
      VStack(alignment: .leading, spacing: Size.near) {
        Sub(.helpSource(source: Words.leftToRight(entry.source)))
        Sub(.safetyChecked(day: days.text(entry.checked)))
      }
      .accessibilityElement(children: .combine)
    }
  }
}

/// As large as a screen's first button: whoever needs it may not see well just now.
private struct CallButton: View {
  @Environment(\.colours) private var colours
  private let words: Words
  private let action: @MainActor () -> Void

  init(_ words: Words, action: @escaping @MainActor () -> Void) {
    self.words = words
    self.action = action
  }

  var body: some View {
    Button(action: action) {
      Text(words)
        .font(.title3).bold()
        .foregroundStyle(colours.press.color)
        .frame(maxWidth: .infinity, minHeight: Size.large)
    }
  }
}

/// Another country: those with a list, or any that is searched for.
private struct HelpPlaces: View {
  @State private var isOpen = false
  @State private var search = ""
  let state: HelpState
  let on: @MainActor (HelpEvent) -> Void

  var body: some View {
    if isOpen {
      let found = Country.found(search, listed: state.places)
      Part(.helpPickPlace) {
        Sub(.helpPlaceKept)
        WordsField(.helpPlaceSearch, text: $search, lines: 1)
        Said(found.isEmpty ? .helpPlaceUnknown : nil)
        PickList(
          .helpPickPlace, found.map { ($0.code, .own($0.name)) } + [("", .helpPlaceAny)],
          picked: Binding(get: { state.country }, set: { pick($0) }))
      }
    } else {
      Block {
        RowButton(state.country.isEmpty ? .helpPickPlace : .helpPlaceChange) { isOpen = true }
      }
    }
  }

  private func pick(_ country: String) {
    isOpen = false
    search = ""
    on(.country(country))
  }
}

/// Countries by their codes, and their names in the app's language.
enum Country {
  /// A country's name inside a sentence.
  static func inSentence(_ code: String) -> String {
    switch code {
    case "AU": Words.placeAu.text
    case "CA": Words.placeCa.text
    case "EU": Words.placeEu.text
    case "GB": Words.placeGb.text
    case "IE": Words.placeIe.text
    case "NZ": Words.placeNz.text
    case "US": Words.placeUs.text
    default: name(code)
    }
  }

  /// Codes and names by the alphabet of the language: `listed` ones, or those that hold what is searched for.
  static func found(_ search: String, listed: [String]) -> [(code: String, name: String)] {
    let words = search.trimmingCharacters(in: .whitespaces)
    let codes = words.isEmpty ? listed : all
    let named = codes.map { (code: $0, name: name($0)) }
      .filter { words.isEmpty || $0.name.range(of: words, options: [.caseInsensitive, .diacriticInsensitive]) != nil }
      .sorted { $0.name.compare($1.name, options: [.caseInsensitive, .diacriticInsensitive]) == .orderedAscending }
    return words.isEmpty ? named : Array(named.prefix(most))
  }

  private static func name(_ code: String) -> String { Catalog.locale.localizedString(forRegionCode: code) ?? code }

  private static let all = Locale.Region.isoRegions.map(\.identifier).filter { $0.count == 2 }

  private static let most = 8
}
