import Foundation

/// A folder for one test, removed when nobody holds it any more.
public final class TestFolder: Sendable {
  /// Where it is.
  public let url: URL

  /// A new, empty folder, whose name has `mark` in it.
  public init(_ mark: String = "attune") throws {
    url = FileManager.default.temporaryDirectory
      .appendingPathComponent("\(mark)-\(UUID().uuidString)", isDirectory: true)
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(at: url)
  }

  /// A path inside.
  public func at(_ name: String) -> URL {
    url.appendingPathComponent(name)
  }
}
