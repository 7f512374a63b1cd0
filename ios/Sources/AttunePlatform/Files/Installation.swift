import Foundation

/// Whether the app was here before. The keychain outlives an app that was deleted, its files do not: a key without
/// anything else is that of an installation that is gone, and opens nothing.
struct Installation: Sendable {
  /// What it is.
  enum Start: Sendable, Equatable {
    /// The first one on this device, as far as can be told.
    case first
    /// It was deleted and has come back: the key that was left is deleted now.
    case again
    /// It began earlier.
    case known
    /// That cannot be told now, and nothing was done: the device was not unlocked yet, or a file does not answer.
    case later
  }

  let container: Container
  let keys: KeychainKeys
  let keychain: any Keychain

  /// Tells, and remembers that it has begun. Nothing is deleted unless neither the sign nor a vault is there.
  func begin() -> Start {
    let files = FileManager.default
    guard let known = files.tells(isThere: container.begun), let vault = files.tells(isThere: container.vault) else {
      return .later
    }
    if known { return Self.isLocked(container) ? .later : .known }
    // The system may start the process before the first unlocking, when a missing file proves nothing: then this fails.
    let sign = container.begun.appendingPathExtension("new")
    guard (try? container.write(Data([1]), to: sign)) != nil else { return .later }
    // A vault without the sign: the app before this one had none, or was stopped in between.
    let again = !vault && (keys.isThere() || keychain.delete(.passcode) == .success)
    if again {
      guard (try? keys.destroy()) != nil else { return .later }
      _ = keychain.delete(.passcode)
    }
    guard (try? files.moveItem(at: sign, to: container.begun)) != nil else { return .later }
    if vault { return .known }
    return again ? .again : .first
  }

  /// Whether the device was not unlocked since it was started: the sign is there, and cannot be read.
  static func isLocked(_ container: Container) -> Bool {
    FileManager.default.tells(isThere: container.begun) != false
      && (try? Data(contentsOf: container.begun)) == nil
  }
}
