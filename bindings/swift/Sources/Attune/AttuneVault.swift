import AttuneGenerated
import Foundation

/// A phone's unlocked vault: everything that a shell can ask of Attune.
///
/// Every call may be made from any thread, at the same time as any other. The plain functions take some milliseconds of
/// the thread that calls them; those that take longer are `async` and leave it. `sync(over:)` throws
/// `CancellationError` besides `AttuneError`; every other call throws `AttuneError` alone.
///
/// The vault is closed by `close()`, and at the latest when nobody holds it any more.
public final class AttuneVault: Sendable {
  let vault: Vault
  let clock: AttuneClock
  let watchers = Watchers()
  let turn = Turn()

  private init(_ vault: Vault, _ clock: AttuneClock) {
    self.vault = vault
    self.clock = clock
  }

  deinit {
    close()
  }

  // MARK: Opening and closing

  /// Makes a new vault in `folder`, which is made if it is missing.
  public static func create(
    in folder: URL, keyStore: any KeyStore, passcode: Passcode? = nil, clock: AttuneClock = .system
  ) async throws(AttuneError) -> AttuneVault {
    try await opened(clock) {
      let dir = try folder.filePath
      return try passcode.lent {
        try Vault.create(dir: dir, keyStore: KeyStoreAdapter(keyStore), passcode: $0)
      }
    }
  }

  /// Opens the vault in `folder`. A passcode that is not needed is not looked at. What has run out is erased before
  /// anybody has the vault, here as with the other two.
  public static func open(
    in folder: URL, keyStore: any KeyStore, passcode: Passcode? = nil, clock: AttuneClock = .system
  ) async throws(AttuneError) -> AttuneVault {
    try await opened(clock) {
      let dir = try folder.filePath
      return try passcode.lent {
        try Vault.open(dir: dir, keyStore: KeyStoreAdapter(keyStore), passcode: $0)
      }
    }
  }

  /// Makes a new vault in `folder` out of a copy. Nothing that was shared leaves it before it is confirmed.
  public static func bringBack(
    _ copy: URL, passphrase: Passcode, in folder: URL, keyStore: any KeyStore, passcode: Passcode? = nil,
    clock: AttuneClock = .system
  ) async throws(AttuneError) -> AttuneVault {
    try await opened(clock) {
      let (copy, dir) = (try copy.filePath, try folder.filePath)
      return try passphrase.bytes.withData { passphrase in
        try passcode.lent {
          try Vault.bringBack(
            copy: copy, passphrase: passphrase, dir: dir, keyStore: KeyStoreAdapter(keyStore), passcode: $0)
        }
      }
    }
  }

  private static func opened(
    _ clock: AttuneClock, _ open: @escaping @Sendable () throws -> Vault
  ) async throws(AttuneError) -> AttuneVault {
    let vault = AttuneVault(try await onOwnThread(open), clock)
    // Before anybody has it. One that is let go of here is closed.
    try await onOwnThread {
      do {
        try vault.vault.expire(now: clock.now)
      } catch AttuneGenerated.AttuneError.Declined {
        // A clock beyond the calendar lets nothing run out. Each call that needs the time will say so.
      }
    }
    return vault
  }

  /// Closes the vault. Calls that are under way come to their end; each that begins after this throws `closed`. True
  /// if the files are free now; else the last call that is under way frees them.
  @discardableResult
  public func close() -> Bool {
    defer { watchers.end() }
    return (try? vault.close()) ?? false
  }

  /// Whether the vault was closed.
  public var isClosed: Bool {
    (try? vault.isClosed()) ?? true
  }

  /// Whether the vault was closed, and its files are free.
  public var isFree: Bool {
    (try? vault.isFree()) ?? false
  }

  // MARK: Changes

  /// A new stream that says when something may look different from before. It ends when the vault is closed.
  ///
  /// Changes that were not looked at yet are told as one. The first element comes with the first change after this call.
  public func changes() -> AsyncStream<Void> {
    watchers.stream()
  }

  /// Calls the library for something that changes the vault.
  func change<Value>(_ call: () throws -> Value) throws(AttuneError) -> Value {
    let value = try attempt(call)
    watchers.tell()
    return value
  }
}

extension AttuneVault: CustomStringConvertible, CustomReflectable {
  /// The type's name.
  public var description: String { "AttuneVault" }
  /// Nothing.
  public var customMirror: Mirror { Mirror(self, children: []) }
}

extension Optional where Wrapped == Passcode {
  /// Lends `body` a copy that is overwritten afterwards.
  func lent<Value>(_ body: (Data?) throws -> Value) rethrows -> Value {
    guard let self else { return try body(nil) }
    return try self.bytes.withData(body)
  }
}

extension URL {
  /// The path of a file's URL.
  var filePath: String {
    get throws(AttuneError) {
      guard isFileURL else { throw .declined(.badInput) }
      return path
    }
  }
}
