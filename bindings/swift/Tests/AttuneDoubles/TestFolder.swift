import Foundation

/// A folder for one test, removed when nobody holds it any more.
public final class TestFolder: Sendable {
  /// Where it is.
  public let url: URL

  /// A new, empty folder, whose name has `mark` in it.
  public init(_ mark: String = "attune") throws {
    // In memory, where a machine has that: ten thousand marks are ten thousand commits, and a disk takes its time for each.
    let memory = URL(fileURLWithPath: "/dev/shm", isDirectory: true)
    let files = FileManager.default
    url = (files.isWritableFile(atPath: memory.path) ? memory : files.temporaryDirectory)
      .appendingPathComponent("\(mark)-\(UUID().uuidString)", isDirectory: true)
    try files.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(at: url)
  }

  /// A path inside.
  public func at(_ name: String) -> URL {
    url.appendingPathComponent(name)
  }
}
