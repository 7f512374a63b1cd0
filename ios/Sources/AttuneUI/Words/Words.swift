/// What a person reads: a text of the catalog with its values, or words of somebody's own.
///
/// A view takes these alone, so that no text can stand in a view by itself.
struct Words: Equatable, Sendable {
  /// What is put into a text.
  enum Value: Equatable, Sendable {
    case text(String)
    case count(Int)
  }

  private enum Source: Equatable, Sendable {
    case catalog(String, [Value])
    case own(String)
  }

  private let source: Source

  /// The text of the catalog with the id `key`: `Keys.swift` has them all.
  init(_ key: String, _ values: Value...) {
    source = .catalog(key, values)
  }

  private init(own text: String) {
    source = .own(text)
  }

  /// What somebody wrote, or what the system has words for, such as a day or a name.
  static func own(_ text: String) -> Words { Words(own: text) }

  /// A number, an address or a code, which is read from left to right in every language.
  static func leftToRight(_ text: String) -> String { "\u{2066}\(text)\u{2069}" }

  /// The text in the language of the app.
  var text: String {
    switch source {
    case .own(let text): text
    case .catalog(let key, let values): Catalog.text(key, values)
    }
  }

  /// Its id in the catalog, where it has one.
  var key: String? {
    switch source {
    case .own: nil
    case .catalog(let key, _): key
    }
  }
}
