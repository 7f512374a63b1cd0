import SwiftUI

/// What the app is made of: its version, and the names and terms of others' work.
struct AppParts: Sendable {
  /// As the app's bundle has it.
  var version: String
  /// By name.
  var others: [(name: String, terms: String)]

  /// One a line, a tab between name and terms.
  init(version: String, listed: String) {
    self.version = version
    others = listed.split(separator: "\n").map { line in
      let fields = line.split(separator: "\t", maxSplits: 1, omittingEmptySubsequences: false)
      return (String(fields[0]), fields.count > 1 ? String(fields[1]) : "")
    }
  }

  /// Those of the app that runs.
  static let own = AppParts(
    version: Bundle.main.object(forInfoDictionaryKey: "CFBundleShortVersionString") as? String ?? "",
    listed: Bundle.main.url(forResource: "parts", withExtension: "txt")
      .flatMap { try? String(contentsOf: $0, encoding: .utf8) } ?? "")
}

private struct PartsKey: EnvironmentKey {
  static let defaultValue = AppParts.own
}

extension EnvironmentValues {
  /// What the app is made of.
  var parts: AppParts {
    get { self[PartsKey.self] }
    set { self[PartsKey.self] = newValue }
  }
}
