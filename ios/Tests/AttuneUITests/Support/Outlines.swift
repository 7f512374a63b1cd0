import Foundation

/// Outlines that somebody read over, one a file. `ATTUNE_ACCEPT=1` writes them anew.
enum Outlines {
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Outlines")

  static let isAccepting = ProcessInfo.processInfo.environment["ATTUNE_ACCEPT"] == "1"

  /// None if `outline` is what was read over, or the first line that is not.
  static func difference(_ name: String, _ outline: String) throws -> String? {
    let file = folder.appendingPathComponent("\(name).txt")
    let shown = visible(outline)
    if isAccepting {
      try shown.write(to: file, atomically: true, encoding: .utf8)
      return nil
    }
    guard let kept = try? String(contentsOf: file, encoding: .utf8) else { return "\(name): there is no outline" }
    if kept == shown { return nil }
    let (now, before) = (shown.components(separatedBy: "\n"), kept.components(separatedBy: "\n"))
    let at = zip(now, before).prefix { $0 == $1 }.count
    let line = { (lines: [String]) in at < lines.count ? lines[at] : "the end" }
    return "\(name), line \(at + 1): \(line(now)) and not \(line(before))"
  }

  /// The names of those that are kept.
  static func kept() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".txt") }
      .map { String($0.dropLast(4)) }
  }

  /// Marks of direction are no letters: nobody would see them in a file.
  private static func visible(_ text: String) -> String {
    String(text.unicodeScalars.filter { !marks.contains($0.value) }.map(Character.init))
  }

  private static let marks: Set<UInt32> = [
    0x200E, 0x200F, 0x202A, 0x202B, 0x202C, 0x202D, 0x202E, 0x2066, 0x2068, 0x2069,
  ]
}
