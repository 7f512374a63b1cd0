import Attune
import Foundation

@testable import AttunePlatform

/// In place of AES-GCM, which the system's library has on a phone. It is no cryptography: a keyed stream that is mixed
/// in, and a keyed checksum over all. That tells a wrong key, wrong associated bytes and a changed box.
struct StandInSealing: Sealing {
  struct Wrong: Error {}

  /// What a key is made of; random unless a test gives one.
  var random: @Sendable () -> [UInt8] = { (0..<keyLength).map { _ in .random(in: 0...255) } }

  func makeKey() -> SecretBytes {
    SecretBytes(random())
  }

  func seal(_ secret: SecretBytes, under key: SecretBytes, associated: Data) throws -> Data {
    let nonce = (0..<12).map { _ in UInt8.random(in: 0...255) }
    let text = mixed(secret.withUnsafeBytes { Array($0) }, key, nonce)
    return Data(nonce + text + tag(key, nonce, text, associated))
  }

  func open(_ box: Data, under key: SecretBytes, associated: Data) throws -> SecretBytes {
    let bytes = [UInt8](box)
    guard bytes.count >= 28 else { throw Wrong() }
    let (nonce, text) = (Array(bytes[..<12]), Array(bytes[12..<(bytes.count - 16)]))
    guard Array(bytes.suffix(16)) == tag(key, nonce, text, associated) else { throw Wrong() }
    return SecretBytes(mixed(text, key, nonce))
  }

  private func mixed(_ text: [UInt8], _ key: SecretBytes, _ nonce: [UInt8]) -> [UInt8] {
    text.indices.map { text[$0] ^ UInt8(truncatingIfNeeded: sum([key.bytes, nonce, [UInt8(truncatingIfNeeded: $0)]])) }
  }

  private func tag(_ key: SecretBytes, _ nonce: [UInt8], _ text: [UInt8], _ associated: Data) -> [UInt8] {
    ([1, 2] as [UInt8]).flatMap { half -> [UInt8] in
      let sum = sum([[half], key.bytes, nonce, text, [UInt8](associated), [UInt8(associated.count & 255)]])
      return (0..<8).map { UInt8(truncatingIfNeeded: sum >> ($0 * 8)) }
    }
  }

  private func sum(_ parts: [[UInt8]]) -> UInt64 {
    parts.joined().reduce(14_695_981_039_346_656_037) { ($0 ^ UInt64($1)) &* 1_099_511_628_211 }
  }
}

extension SecretBytes {
  /// A copy, for a test to look at.
  var bytes: [UInt8] { withUnsafeBytes { Array($0) } }
}
