import AttuneGenerated
import Foundation

/// Copies, the passcode, and checks.
extension AttuneVault {
  /// *Save a copy*: the whole vault in one new file under a passphrase. No file is replaced.
  public func saveCopy(to target: URL, passphrase: Passcode) async throws(AttuneError) {
    try await onOwnThread {
      let target = try target.filePath
      try passphrase.bytes.withData { try self.vault.saveCopy(target: target, passphrase: $0) }
    }
  }

  /// The person's own data as JSON that anybody can read. It holds no key.
  public func readable() throws(AttuneError) -> String {
    try attempt { try vault.readable(now: clock.now) }
  }

  /// Gives the vault a passcode, another one, or none.
  public func setPasscode(_ passcode: Passcode?, keyStore: any KeyStore) async throws(AttuneError) {
    try await onOwnThread {
      try passcode.lent {
        try self.vault.setPasscode(keyStore: KeyStoreAdapter(keyStore), passcode: $0)
      }
    }
    watchers.tell()
  }

  /// Reads everything, and throws `damaged` if anything is not as it was written.
  public func verify() async throws(AttuneError) {
    try await onOwnThread { try self.vault.verify() }
  }
}
