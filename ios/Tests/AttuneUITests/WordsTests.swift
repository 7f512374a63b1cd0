import Foundation
import Testing

@testable import AttuneUI

/// Words in Swift, in the catalog, and in every language.
@Suite struct WordsTests {
  private static let sources = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../../Sources/AttuneUI").standardizedFileURL

  private func source(_ path: String) throws -> String {
    try String(contentsOf: Self.sources.appendingPathComponent(path), encoding: .utf8)
  }

  /// The file of the catalog, as it is.
  private func catalog(_ path: String) throws -> [String: [String: [String]]] {
    let file = Self.sources.appendingPathComponent("../../\(path)")
    let whole = try #require(try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any])
    let strings = try #require(whole["strings"] as? [String: [String: Any]])
    return try strings.mapValues { entry in
      try #require(entry["localizations"] as? [String: [String: Any]]).mapValues { text in
        if let unit = text["stringUnit"] as? [String: Any] { return [unit["value"] as? String ?? ""] }
        let plural = (text["variations"] as? [String: Any])?["plural"] as? [String: [String: [String: Any]]] ?? [:]
        return plural.values.compactMap { $0["stringUnit"]?["value"] as? String }
      }
    }
  }

  /// What is put in, in the order of its positions.
  private func signs(_ form: String) -> [String] {
    form.matches(of: /%(?:(\d+)\$)?(@|lld)/).enumerated()
      .map { (Int($1.output.1 ?? "") ?? $0 + 1, String($1.output.2)) }
      .sorted { $0.0 < $1.0 }.map(\.1)
  }

  @Test func theKeysInSwiftAreThoseOfTheCatalog() throws {
    let keys = try source("Words/Keys.swift").matches(of: /Words\("([a-z0-9-]+)"/).map { String($0.output.1) }
    #expect(keys.count == Set(keys).count)
    let catalog = try catalog("App/Resources/Localizable.xcstrings")
    #expect(Set(keys) == Set(catalog.keys))
  }

  @Test func placeholdersAreTypedAsTheCatalogHasThem() throws {
    let catalog = try catalog("App/Resources/Localizable.xcstrings")
    for found in try source("Words/Keys.swift").matches(of: /Words\("([a-z0-9-]+)"((?:, \.(?:text|count)\(\w+\))*)\)/) {
      let given = found.output.2.matches(of: /\.(text|count)/).map { $0.output.1 == "text" ? "@" : "lld" }
      let forms = try #require(catalog[String(found.output.1)]?["en"])
      for form in forms { #expect(signs(form) == given, "\(found.output.1)") }
    }
  }

  @Test func everyLanguageHasEveryTextWithTheSamePlaceholders() throws {
    let first = try catalog("App/Resources/Localizable.xcstrings")
    for path in ["App/Resources/Localizable.xcstrings", "Pseudo/Localizable.xcstrings"] {
      let catalog = try catalog(path)
      let languages = Set(catalog.values.flatMap(\.keys))
      #expect(!languages.isEmpty)
      #expect(Set(catalog.keys) == Set(first.keys))
      for (key, texts) in catalog {
        #expect(Set(texts.keys) == languages, "\(key)")
        let wanted = signs(try #require(first[key]?["en"]?.first))
        for form in texts.values.joined() { #expect(signs(form) == wanted, "\(key)") }
      }
    }
  }

  @Test func valuesStandWhereTheTextWantsThem() {
    #expect(Words.previewToName(name: "100 % Ada").text == "To: 100 % Ada")
    #expect(Words.pairWordCount(count: 1).text == "That is 1 word. A code has eight.")
    #expect(Words.pairWordCount(count: 3).text == "That is 3 words. A code has eight.")
    #expect(
      Words.limitWords(limit: 500, count: 512).text
        == "Your words are too long. You can use 500 characters. You have 512.")
    #expect(Words.own("%@ %lld").text == "%@ %lld")
    Catalog.$language.withValue("en-XA") { #expect(Words.homeMark.text.hasPrefix("[")) }
  }
}
