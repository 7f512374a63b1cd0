import Foundation

/// The texts of the catalog, as it lies in the app.
struct TestWords: Sendable {
  private let texts: [String: String]

  /// The folder of the app's own sources.
  static let app = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("App", isDirectory: true)

  init() throws {
    let data = try Data(contentsOf: Self.app.appendingPathComponent("Resources/Localizable.xcstrings"))
    texts = try JSONDecoder().decode(Catalog.self, from: data).strings.compactMapValues {
      $0.localizations["en"]?.stringUnit?.value
    }
  }

  /// The English text of an id; the id if there is none.
  @Sendable func text(_ id: String) -> String { texts[id] ?? id }

  /// All English texts.
  var all: Set<String> { Set(texts.values) }

  private struct Catalog: Decodable {
    let strings: [String: Entry]
    struct Entry: Decodable { let localizations: [String: Localization] }
    struct Localization: Decodable { let stringUnit: Unit? }
    struct Unit: Decodable { let value: String }
  }
}
