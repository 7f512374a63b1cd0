import Foundation

/// A folder of a test's own, which goes with it.
final class TestFolder: Sendable {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appendingPathComponent("attune-\(UUID().uuidString)", isDirectory: true)
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(at: url)
  }

  /// Every file in it and below, by its path from here.
  func files() throws -> [String: Data] {
    let paths = try FileManager.default.subpathsOfDirectory(atPath: url.path)
    let files = paths.compactMap { path in
      FileManager.default.contents(atPath: url.appendingPathComponent(path).path).map { (path, $0) }
    }
    return Dictionary(uniqueKeysWithValues: files)
  }
}
