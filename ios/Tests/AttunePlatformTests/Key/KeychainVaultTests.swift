import Attune
import AttuneDoubles
import Foundation
import Testing

@testable import AttunePlatform

/// The real vault on the keychain.
struct KeychainVaultTests {
  private let keychain = StandInKeychain()
  private let root: TestFolder
  private let folder: URL
  private let keys: KeychainKeys

  init() throws {
    root = try TestFolder()
    folder = root.url.appendingPathComponent("vault", isDirectory: true)
    keys = KeychainKeys(keychain: keychain, sealing: StandInSealing(), isLocked: { false }, sleep: { _ in })
  }

  private func create() async throws -> AttuneVault {
    try await AttuneVault.create(in: folder, keyStore: keys)
  }

  private func open(_ other: URL? = nil) async throws -> AttuneVault {
    try await AttuneVault.open(in: other ?? folder, keyStore: keys)
  }

  /// Marks a moment, and closes.
  private func marked() async throws -> MisattunementId {
    let vault = try await create()
    defer { vault.close() }
    return try vault.flag()
  }

  private func moments(in vault: AttuneVault) throws -> [MisattunementId] {
    defer { vault.close() }
    return try vault.moments().map(\.id)
  }

  @Test func itIsMadeAndOpenedAgain() async throws {
    let moment = try await marked()
    #expect(try moments(in: try await open()) == [moment])
  }

  // Holds: 13
  @Test func lockedIsLater() async throws {
    let moment = try await marked()
    let before = try root.files()
    keychain.always(.copy, .interactionNotAllowed)
    await #expect(throws: AttuneError.locked) { try await open() }
    #expect(try root.files() == before)
    keychain.mend()
    #expect(try moments(in: try await open()) == [moment])
  }

  // Holds: 14
  @Test func aKeyThatIsGoneTakesNothingWithIt() async throws {
    _ = try await marked()
    let before = try root.files()
    keychain["vault"] = nil
    await #expect(throws: AttuneError.keyGone) { try await open() }
    #expect(try root.files() == before)
    #expect(keychain.accounts.isEmpty)

    try AttuneVault.startOver(in: folder)
    #expect(try moments(in: try await create()) == [])
    try await open().close()
  }

  @Test func aKeychainThatDoesNotAnswerTakesNothingWithIt() async throws {
    let moment = try await marked()
    let before = try root.files()
    for status in [KeychainStatus.missingEntitlement, .io, .authFailed, .userCanceled] {
      keychain.always(.copy, status)
      let error = await thrown(AttuneError.self) { try await open() }
      #expect(error != .keyGone && error != .damaged)
      #expect(try root.files() == before)
    }
    keychain.mend()
    #expect(try moments(in: try await open()) == [moment])
  }

  /// An app that was deleted with its data: the keychain keeps the key all the same.
  @Test func anOldKeyIsNoVault() async throws {
    try await create().close()
    let key = keychain["vault"]
    try FileManager.default.removeItem(at: folder)
    #expect(try AttuneVault.presence(in: folder) == .absent)
    await #expect(throws: AttuneError.self) { try await open() }
    #expect(try moments(in: try await create()) == [])
    #expect(keychain["vault"] == key)
  }

  // Holds: 18
  @Test func whatWasSetAsideCanStillBeOpened() async throws {
    let moment = try await marked()
    let aside = try AttuneVault.startOver(in: folder)
    try await create().close()
    #expect(try moments(in: try await open(aside)) == [moment])
  }

  // Holds: 79
  @Test func deletingAllDestroysTheKey() async throws {
    try await create().close()
    try await AttuneVault.deleteAll(in: folder, keyStore: keys)
    #expect(keychain.accounts.isEmpty)
    #expect(try AttuneVault.presence(in: folder) == .absent)
  }
}
