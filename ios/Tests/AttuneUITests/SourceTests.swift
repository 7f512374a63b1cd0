import Foundation
import Testing

/// What no view has: a text of its own, a size of a font, a colour.
@Suite struct SourceTests {
  private static let views: [(name: String, lines: [String])] = {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../Sources/AttuneUI").standardizedFileURL
    let found = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
    return (found?.allObjects as? [URL] ?? [])
      .filter { $0.pathExtension == "swift" && !$0.path.contains("/Words/") && !$0.path.contains("/Look/") }
      .compactMap { file in
        (try? String(contentsOf: file, encoding: .utf8)).map { text in
          (file.lastPathComponent, text.components(separatedBy: "\n").filter { !$0.isComment })
        }
      }
  }()

  /// Literals that a person never reads: what a test finds a control by, the system's names of pictures, what a text is
  /// taken apart or put together by, schemes and codes.
  nonisolated(unsafe) private static let unread: [any RegexComponent] = [
    #/accessibilityIdentifier\(".*"\)/#, #/systemName: "[a-z.]+"/#, #/case "[A-Z]{2}":/#, #/separator: "[^a-z]*"/#,
    #/separatedBy: "[^a-z]*"/#, #/"(\\[nt])+"/#, #/for(InfoDictionaryKey|Resource): "\w+"(, withExtension: "\w+")?/#,
    #/description: String \{ "\w+" \}/#, #/URL\(string: "app-settings:[a-z]*"\)/#, #/scheme = "[a-z]+"/#, #/"[+*#]+"/#,
  ]

  @Test func noViewHasATextOfItsOwn() {
    #expect(Self.views.count > 20)
    for view in Self.views {
      for line in view.lines {
        guard line.contains("\"") else { continue }
        let rest = Self.unread.reduce(line) { $0.without($1) }
        for literal in rest.matches(of: /"([^"]*)"/) {
          let words = literal.output.1.replacing(/\\\([^)]*\)/, with: "")
          let isRead = words.contains { $0.isLetter }
          #expect(!isRead, "\(view.name): \(line)")
        }
      }
    }
  }

  @Test func noViewHasASizeOfAFontOrAColour() {
    refuse(
      [
        ".system(size", ".custom(", "UIFont", "minimumScaleFactor", "UIColor", "Color(", "role: .destructive", ".left",
        ".right",
      ]
        + ["red", "orange", "yellow", "green", "blue", "gray", "black", "white"].map { "(.\($0))" },
      but: [".leftToRight", ".left?", ".leftOut"])
    for view in Self.views {
      for line in view.lines where line.contains("Color.") {
        #expect(line.contains("Color.clear"), "\(view.name): \(line)")
      }
    }
  }

  @Test func noViewTouchesThePasteboardOrMovesByItself() {
    refuse(
      ["UIPasteboard", "PasteButton", "ShareLink", "withAnimation", ".animation(", "onTapGesture", ".lineLimit(1)"],
      but: [])
  }

  private func refuse(_ signs: [String], but allowed: [String]) {
    for view in Self.views {
      for line in view.lines {
        let rest = allowed.reduce(line) { $0.replacingOccurrences(of: $1, with: "") }
        for sign in signs where rest.contains(sign) {
          Issue.record("\(view.name): \(line)")
        }
      }
    }
  }
}

extension String {
  fileprivate func without(_ regex: any RegexComponent) -> String { replacing(regex, with: "") }

  fileprivate var isComment: Bool { trimmingCharacters(in: .whitespaces).hasPrefix("//") }
}
