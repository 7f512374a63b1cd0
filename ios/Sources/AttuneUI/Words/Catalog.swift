import Foundation

#if canImport(Darwin)
  /// The string catalog of the app, as Apple's tools compile it.
  enum Catalog {
    static func text(_ key: String, _ values: [Words.Value]) -> String {
      let form = Bundle.main.localizedString(forKey: key, value: nil, table: nil)
      // A text without values is no format: a percent sign in it is one.
      if values.isEmpty { return form }
      return String(format: form, locale: .current, arguments: values.map(\.argument))
    }

    /// The language that the app is shown in.
    static var locale: Locale { .autoupdatingCurrent }
  }

  extension Words.Value {
    fileprivate var argument: any CVarArg {
      switch self {
      case .text(let text): text
      case .count(let count): count
      }
    }
  }
#else
  /// The string catalog as it lies in the source tree: nothing compiles it here. Tests see the real words by it.
  enum Catalog {
    /// The language to show, where a test asks for another than English.
    @TaskLocal static var language = "en"

    /// The language that the app is shown in.
    static var locale: Locale { Locale(identifier: language == "en" ? "en_US" : language) }

    static func text(_ key: String, _ values: [Words.Value]) -> String {
      guard let forms = files[language]?[key] else { return "⟨\(key)⟩" }
      if values.isEmpty { return forms.other }
      var form = forms.other
      if case .count(1) = values[0], let one = forms.one { form = one }
      return filled(form, values)
    }

    /// What a language has for a text: one form, or one for each number that the language tells apart.
    struct Forms: Equatable, Sendable {
      let one: String?
      let other: String
    }

    /// All texts, by language and id.
    static let files: [String: [String: Forms]] = {
      let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("../../../").standardizedFileURL
      var all: [String: [String: Forms]] = [:]
      for path in ["App/Resources/Localizable.xcstrings", "Pseudo/Localizable.xcstrings"] {
        guard let data = try? Data(contentsOf: folder.appendingPathComponent(path)),
          let file = try? JSONDecoder().decode(File.self, from: data)
        else { continue }
        for (key, entry) in file.strings {
          for (language, text) in entry.localizations { all[language, default: [:]][key] = text.forms }
        }
      }
      return all
    }()

    /// As `String(format:)` does it.
    private static func filled(_ form: String, _ values: [Words.Value]) -> String {
      var said = ""
      var rest = Substring(form)
      var next = 0
      while let percent = rest.firstIndex(of: "%") {
        said += rest[..<percent]
        rest = rest[rest.index(after: percent)...]
        if rest.hasPrefix("%") {
          said += "%"
          rest = rest.dropFirst()
          continue
        }
        var at = next
        let digits = rest.prefix(while: \.isNumber)
        if !digits.isEmpty, rest.dropFirst(digits.count).hasPrefix("$") {
          at = (Int(digits) ?? 1) - 1
          rest = rest.dropFirst(digits.count + 1)
        }
        next += 1
        switch values[at] {
        case .text(let text):
          precondition(rest.hasPrefix("@"), "a text where the catalog has a number: \(form)")
          said += text
          rest = rest.dropFirst()
        case .count(let count):
          precondition(rest.hasPrefix("lld"), "a number where the catalog has a text: \(form)")
          said += "\(count)"
          rest = rest.dropFirst(3)
        }
      }
      return said + rest
    }

    private struct File: Decodable { let strings: [String: Entry] }
    private struct Entry: Decodable { let localizations: [String: Text] }
    private struct Text: Decodable {
      let stringUnit: Unit?
      let variations: Variations?
      var forms: Forms {
        if let stringUnit { return Forms(one: nil, other: stringUnit.value) }
        let plural = variations?.plural ?? [:]
        return Forms(one: plural["one"]?.stringUnit.value, other: plural["other"]?.stringUnit.value ?? "")
      }
    }
    private struct Variations: Decodable { let plural: [String: Form] }
    private struct Form: Decodable { let stringUnit: Unit }
    private struct Unit: Decodable { let value: String }
  }
#endif
