import Attune
import Foundation

/// AES-256-GCM. `AppleSealing` is CryptoKit's; the rest of the key's way is tried without it.
protocol Sealing: Sendable {
  /// A new key of `keyLength` random bytes.
  func makeKey() -> SecretBytes

  /// Seals `secret` under a nonce of its own, and binds `associated` to it: nonce, text and tag, one after the other.
  func seal(_ secret: SecretBytes, under key: SecretBytes, associated: Data) throws -> Data

  /// Opens what `seal` gave for the same key and the same `associated`. Whatever is wrong with it is thrown.
  func open(_ box: Data, under key: SecretBytes, associated: Data) throws -> SecretBytes
}

/// How long a key is.
let keyLength = 32

/// What was sealed, as it is kept. The same layout as on Android.
///
/// | off | len | field |
/// |---|---|---|
/// | 0 | 1 | format, 1 |
/// | 1 | 12 | nonce |
/// | 13 | n + 16 | ciphertext and tag of AES-256-GCM |
enum SealedBytes {
  private static let format: UInt8 = 1
  private static let nonce = 12
  private static let tag = 16

  /// As it is kept.
  static func kept(_ box: Data) -> Data {
    Data([format]) + box
  }

  /// Nonce, text and tag of what was kept; nil if it is not of this format.
  static func parse(_ kept: Data) -> Data? {
    guard kept.count >= 1 + nonce + tag, kept.first == format else { return nil }
    return Data(kept.dropFirst())
  }
}
