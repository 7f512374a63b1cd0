import AttuneModel
import Foundation

#if !canImport(Darwin)
  import AppleDeclarations
#endif

/// Documents that the person picked in the system's own picker, at other apps: a folder, a stick, a cloud. What those do is
/// theirs; so of what is not whole nothing stays here.
struct PickedDocuments: Documents {
  /// Many times what a vault of many years is.
  static let most = 1 << 30

  /// Of a longer document nothing is taken.
  var most = Self.most

  func read(_ picked: URL, to: URL) -> Bool {
    let mayStop = picked.startAccessingSecurityScopedResource()
    defer { if mayStop { picked.stopAccessingSecurityScopedResource() } }
    var whole = false
    var trouble: NSError?
    // Whoever has the document may still have to fetch it.
    NSFileCoordinator().coordinate(readingItemAt: picked, options: .withoutChanges, error: &trouble) { place in
      whole = copy(place, to: to)
    }
    return whole && trouble == nil
  }

  private func copy(_ from: URL, to: URL) -> Bool {
    guard FileManager.default.tells(isThere: to) == false, let source = try? FileHandle(forReadingFrom: from),
      FileManager.default.createFile(atPath: to.path, contents: nil, attributes: [.posixPermissions: 0o600])
    else { return false }
    defer { try? source.close() }
    do {
      let sink = try FileHandle(forWritingTo: to)
      defer { try? sink.close() }
      var left = most
      while let part = try source.read(upToCount: 64 * 1_024), !part.isEmpty {
        left -= part.count
        if left < 0 { throw CocoaError(.fileReadTooLarge) }
        try sink.write(contentsOf: part)
      }
      try sink.synchronize()
      return true
    } catch {
      try? FileManager.default.removeItem(at: to)
      return false
    }
  }
}
