import Attune
import Foundation
import Testing

@testable import AttunePlatform

/// The container, and what an app that comes back finds in the keychain.
struct InstallationTests {
  private let keychain = StandInKeychain()
  private let kept: TestContainer
  private let keys: KeychainKeys

  init() throws {
    kept = try TestContainer()
    keys = KeychainKeys(keychain: keychain, sealing: StandInSealing(), isLocked: { false }, sleep: { _ in })
  }

  private var installation: Installation {
    Installation(container: kept.container, keys: keys, keychain: keychain)
  }

  private func create() async throws {
    try await AttuneVault.create(in: kept.container.vault, keyStore: keys).close()
  }

  @Test func theFolderIsTheAppsAloneAndInNoBackup() throws {
    let root = kept.folder.at("space")
    let mode = try FileManager.default.attributesOfItem(atPath: root.path)[.posixPermissions] as? NSNumber
    #expect(mode == 0o700)
    #expect(kept.marks.left == ["space"] && kept.marks.protected == ["space"])
    try kept.container.prepare()
    #expect(kept.marks.left == ["space", "space"], "marked at each start")
    let all = [kept.container.vault, kept.container.settings, kept.container.finger, kept.container.routes]
    for url in all + [kept.container.look, kept.container.begun] {
      #expect(url.deletingLastPathComponent().lastPathComponent == "space", "all that stays is below it")
    }
    #expect(!kept.container.passing.path.contains("/space/"))
  }

  @Test func aFolderThatCannotBeMarkedIsSaid() {
    kept.marks.fail()
    #expect(throws: CocoaError.self) { try kept.container.prepare() }
  }

  @Test func theFirstStartIsToldFromTheNext() async throws {
    #expect(installation.begin() == .first)
    #expect(installation.begin() == .known)
    try await create()
    #expect(installation.begin() == .known)
    #expect(keychain.accounts == ["vault"])
  }

  @Test func anAppThatCameBackLosesTheOldKeyAndNothingElse() async throws {
    #expect(installation.begin() == .first)
    try await create()
    _ = keychain.add(.passcode, holding: SecretBytes([1]))
    // The system takes the files with an app, and leaves the keychain.
    try FileManager.default.removeItem(at: kept.folder.at("space"))
    try kept.container.prepare()
    #expect(installation.begin() == .again)
    #expect(keychain.accounts.isEmpty)
    #expect(installation.begin() == .known)
    try await create()
    try await AttuneVault.open(in: kept.container.vault, keyStore: keys).close()
  }

  @Test func aVaultWithoutTheSignKeepsItsKey() async throws {
    try await create()
    let key = keychain["vault"]
    #expect(installation.begin() == .known)
    #expect(keychain["vault"] == key)
    try await AttuneVault.open(in: kept.container.vault, keyStore: keys).close()
  }

  @Test func whatCannotBeDeletedNowIsDeletedTheNextTime() async throws {
    try await create()
    try FileManager.default.removeItem(at: kept.container.vault)
    keychain.always(.delete, .io)
    #expect(installation.begin() == .later)
    #expect(keychain.accounts == ["vault"])
    keychain.mend()
    #expect(installation.begin() == .again)
  }

  @Test func whereNothingCanBeWrittenYetNoKeyIsDeleted() async throws {
    try await create()
    try FileManager.default.removeItem(at: kept.container.vault)
    kept.marks.fail()
    #expect(installation.begin() == .later)
    #expect(keychain.accounts == ["vault"])
    #expect(!keychain.asked.contains(.delete))
  }

  @Test func whatCannotBeReadYetIsLater() async throws {
    #expect(!Installation.isLocked(kept.container), "before the first start there is no sign")
    #expect(installation.begin() == .first)
    try await create()
    #expect(!Installation.isLocked(kept.container))
    // As before the first unlocking: it is there, and does not open.
    try FileManager.default.removeItem(at: kept.container.begun)
    try FileManager.default.createDirectory(at: kept.container.begun, withIntermediateDirectories: false)
    #expect(Installation.isLocked(kept.container))
    #expect(installation.begin() == .later)
    #expect(keychain.accounts == ["vault"])
  }
}
