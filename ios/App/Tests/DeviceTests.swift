import Attune
import Foundation
import Testing

@testable import AttunePlatform

/// What only Apple's own libraries can show: the real keychain, the real AES-GCM, the marks on the files. In a simulator,
/// within the app. Not run on Linux, where all else is tried.
@Suite(.serialized)
struct DeviceTests {
  private let keychain = AppleKeychain()
  private let secret = SecretBytes((0..<32).map { UInt8($0) })

  private func keys() throws -> KeychainKeys {
    KeychainKeys(keychain: keychain, sealing: AppleSealing(), isLocked: { false })
  }

  @Test func aKeyIsKeptFoundAndDestroyed() throws {
    let keys = try keys()
    try keys.destroy()
    let bound = Data("bound to this".utf8)
    let sealed = try keys.seal(secret, associated: bound)
    #expect(sealed.count == 1 + 12 + 32 + 16)
    #expect(try keys.open(sealed, associated: bound).holdsTheSame(as: secret))
    #expect(throws: KeyStoreError.refused) { try keys.open(sealed, associated: Data()) }
    #expect(keychain.add(.vaultKey, holding: secret) == .duplicateItem)
    try keys.destroy()
    #expect(throws: KeyStoreError.gone) { try keys.open(sealed, associated: bound) }
  }

  @Test func aVaultIsMadeAndOpenedAgain() async throws {
    let keys = try keys()
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    let vault = try await AttuneVault.create(in: folder, keyStore: keys)
    let moment = try vault.flag()
    vault.close()
    let again = try await AttuneVault.open(in: folder, keyStore: keys)
    #expect(try again.moments().map(\.id) == [moment])
    again.close()
    try await AttuneVault.deleteAll(in: folder, keyStore: keys)
  }

  @Test func filesAreInNoBackup() throws {
    let root = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    let container = Container(root: root, temporary: root, marks: AppleMarks())
    try container.prepare()
    try container.write(Data([1]), to: container.settings)
    let values = try root.resourceValues(forKeys: [.isExcludedFromBackupKey])
    #expect(values.isExcludedFromBackup == true)
    try FileManager.default.removeItem(at: root)
  }

  @Test func theTextsOfTheCatalogAreInTheApp() {
    #expect(Bundle.main.localizedString(forKey: "notify-neutral", value: nil, table: nil) == "You have an update.")
  }
}
