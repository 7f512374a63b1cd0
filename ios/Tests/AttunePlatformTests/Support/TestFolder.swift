import AttuneDoubles
import Foundation

@testable import AttunePlatform

extension TestFolder {
  /// Every file in it and below, by its path from here.
  func files() throws -> [String: Data] {
    let paths = try FileManager.default.subpathsOfDirectory(atPath: url.path)
    let files = paths.compactMap { path in
      FileManager.default.contents(atPath: url.appendingPathComponent(path).path).map { (path, $0) }
    }
    return Dictionary(uniqueKeysWithValues: files)
  }
}

/// Writes down what was marked.
final class TestMarks: Container.Marks {
  private let state = Guarded((left: [String](), protected: [String](), fails: false))

  var left: [String] { state.with { $0.left } }
  var protected: [String] { state.with { $0.protected } }

  func fail() { state.with { $0.fails = true } }

  func leaveOutOfBackups(_ folder: URL) throws {
    try state.with { state in
      if state.fails { throw CocoaError(.fileWriteUnknown) }
      state.left.append(folder.lastPathComponent)
    }
  }

  func protect(_ file: URL) throws {
    try state.with { state in
      if state.fails { throw CocoaError(.fileWriteUnknown) }
      state.protected.append(file.lastPathComponent)
    }
  }
}

/// A container in a folder of a test's own.
struct TestContainer {
  let folder: TestFolder
  let marks = TestMarks()
  let container: Container

  init() throws {
    folder = try TestFolder()
    container = Container(root: folder.at("space"), temporary: folder.at("passing-by"), marks: marks)
    try container.prepare()
  }
}
