import Attune
import Foundation

#if canImport(CryptoKit)
  import CryptoKit
#else
  import AppleDeclarations
#endif

/// AES-256-GCM by CryptoKit, which picks the nonce; nobody else may.
struct AppleSealing: Sealing {
  func makeKey() -> SecretBytes {
    SymmetricKey(size: .bits256).withUnsafeBytes { SecretBytes($0) }
  }

  func seal(_ secret: SecretBytes, under key: SecretBytes, associated: Data) throws -> Data {
    let key = key.withUnsafeBytes { SymmetricKey(data: $0) }
    let box = try secret.withUnsafeBytes { try AES.GCM.seal($0, using: key, authenticating: associated) }
    // There unless the nonce has another length than the usual one.
    guard let combined = box.combined else { throw KeyStoreError.unavailable }
    return combined
  }

  func open(_ box: Data, under key: SecretBytes, associated: Data) throws -> SecretBytes {
    let key = key.withUnsafeBytes { SymmetricKey(data: $0) }
    let secret = try AES.GCM.open(AES.GCM.SealedBox(combined: box), using: key, authenticating: associated)
    defer { wipeLent(secret) }
    return SecretBytes(secret)
  }
}
