import Foundation

/// Where the app keeps what is its own: one folder in its container, in no group that other apps share, in no backup.
struct Container: Sendable {
  /// Marks a folder, and what will be made in it.
  protocol Marks: Sendable {
    /// No backup takes it.
    func leaveOutOfBackups(_ folder: URL) throws
    /// It can be read from the first unlocking after a restart on, and not before.
    func protect(_ file: URL) throws
  }

  private let root: URL
  private let temporary: URL
  private let marks: any Marks

  /// In the folder `root`, and for what lies there for a moment in `temporary`.
  init(root: URL, temporary: URL, marks: any Marks) {
    self.root = root
    self.temporary = temporary
    self.marks = marks
  }

  /// The vault's own folder; the core makes it.
  var vault: URL { root.appendingPathComponent("vault", isDirectory: true) }
  /// Where a copy lies while it is handed over.
  var passing: URL { temporary.appendingPathComponent("passing", isDirectory: true) }
  /// What the person set.
  var settings: URL { root.appendingPathComponent("settings") }
  /// Says that a passcode is kept for a finger or a face.
  var finger: URL { root.appendingPathComponent("finger") }
  /// Where the person was.
  var routes: URL { root.appendingPathComponent("routes") }
  /// When the next look is planned.
  var look: URL { root.appendingPathComponent("look") }
  /// Says that this installation has begun.
  var begun: URL { root.appendingPathComponent("begun") }

  /// Makes the folder and marks it, at each start: a mark that was lost comes back, and without it nothing is kept.
  func prepare() throws {
    try FileManager.default.createDirectory(
      at: root, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    try marks.protect(root)
    try marks.leaveOutOfBackups(root)
  }

  /// Writes all or nothing.
  func write(_ data: Data, to file: URL) throws {
    try data.write(to: file, options: .atomic)
    try marks.protect(file)
  }
}

extension FileManager {
  /// Whether something is there; none if that cannot be told.
  func tells(isThere url: URL) -> Bool? {
    do {
      _ = try attributesOfItem(atPath: url.path)
      return true
    } catch CocoaError.fileReadNoSuchFile, CocoaError.fileNoSuchFile {
      return false
    } catch {
      return nil
    }
  }
}
