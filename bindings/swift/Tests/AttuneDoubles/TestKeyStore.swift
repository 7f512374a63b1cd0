import Attune
import Foundation

/// A double of a platform's key store, in memory, with a switch for everything that can go wrong.
///
/// It is no cryptography: a keyed stream that is mixed in, and a keyed checksum over the key, what is associated and what
/// is sealed. That is enough to tell a wrong key, wrong associated bytes and a changed seal, which is all a test needs.
public final class TestKeyStore: KeyStore {
  /// What the next questions meet.
  public enum Fault: Sendable {
    /// Nothing: it works.
    case none
    /// It is locked.
    case locked
    /// Its key is gone.
    case gone
    /// It refuses.
    case refused
    /// It cannot be reached.
    case unavailable
    /// It answers with zeros of the right length.
    case zeroed
    /// It answers with the first half.
    case short
    /// It answers with nothing.
    case empty
    /// It throws an error of its own, that says this.
    case throwing(String)
  }

  /// An error that is not one of Attune's, and talks.
  public struct Talkative: Error, CustomStringConvertible, LocalizedError {
    /// What it says.
    public let description: String
    /// The same.
    public var errorDescription: String? { description }

    /// An error that says that.
    public init(description: String) {
      self.description = description
    }
  }

  private struct State: Sendable {
    var fault = Fault.none
    var key: UInt64?
    var lent: [SecretBytes] = []
    var questions = 0
    var visitor: (@Sendable () -> Void)?
  }

  private let state: Locked<State>

  /// A store with a key of its own, or with a given one.
  public init(key: UInt64 = .random(in: 1 ... .max)) {
    state = Locked(State(key: key))
  }

  /// Another store with the same key, that meets nothing.
  public func twin() -> TestKeyStore {
    TestKeyStore(key: state.with { $0.key } ?? 1)
  }

  /// Has a new key, as a platform's store makes one when it seals for the first time after the end of the one before.
  public func renew() {
    state.with { $0.key = .random(in: 1 ... .max) }
  }

  /// From now on it meets this.
  public func meets(_ fault: Fault) {
    state.with { $0.fault = fault }
  }

  /// Who comes by whenever it is asked.
  public func isVisited(by visitor: (@Sendable () -> Void)?) {
    state.with { $0.visitor = visitor }
  }

  /// Whether it still has its key.
  public var hasKey: Bool {
    state.with { $0.key != nil }
  }

  /// How often it was asked.
  public var questions: Int {
    state.with { $0.questions }
  }

  /// Every secret that went in or out, still held.
  public var lent: [SecretBytes] {
    state.with { $0.lent }
  }

  // MARK: KeyStore

  /// Seals.
  public func seal(_ secret: SecretBytes, associated: Data) throws -> Data {
    state.with { $0.lent.append(secret) }
    let key = try ask()
    let plain = secret.withUnsafeBytes { [UInt8]($0) }
    let nonce = UInt64.random(in: .min ... .max)
    let mixed = mix(plain, key ^ nonce)
    let sealed = bytes(nonce) + bytes(check(key, associated, mixed)) + mixed
    return Data(spoiled(sealed))
  }

  /// Opens.
  public func open(_ sealed: Data, associated: Data) throws -> SecretBytes {
    let key = try ask()
    let sealed = [UInt8](sealed)
    guard sealed.count >= 16 else { throw KeyStoreError.refused }
    let mixed = [UInt8](sealed[16...])
    guard Array(sealed[8..<16]) == bytes(check(key, associated, mixed)) else { throw KeyStoreError.refused }
    let nonce = sealed[..<8].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    let opened = SecretBytes(spoiled(mix(mixed, key ^ nonce)))
    state.with { $0.lent.append(opened) }
    return opened
  }

  /// Destroys the key. As it should, it does so while locked.
  public func destroy() throws {
    try state.with { state in
      switch state.fault {
      case .unavailable: throw KeyStoreError.unavailable
      case .throwing(let text): throw Talkative(description: text)
      default: state.key = nil
      }
    }
  }

  private func ask() throws -> UInt64 {
    let visitor = state.with { state in
      state.questions += 1
      return state.visitor
    }
    visitor?()
    return try state.with { state in
      switch state.fault {
      case .locked: throw KeyStoreError.locked
      case .gone: throw KeyStoreError.gone
      case .refused: throw KeyStoreError.refused
      case .unavailable: throw KeyStoreError.unavailable
      case .throwing(let text): throw Talkative(description: text)
      case .none, .zeroed, .short, .empty: break
      }
      guard let key = state.key else { throw KeyStoreError.gone }
      return key
    }
  }

  private func spoiled(_ answer: [UInt8]) -> [UInt8] {
    switch state.with({ $0.fault }) {
    case .zeroed: [UInt8](repeating: 0, count: answer.count)
    case .short: Array(answer.prefix(answer.count / 2))
    case .empty: []
    default: answer
    }
  }
}

private func mix(_ bytes: [UInt8], _ seed: UInt64) -> [UInt8] {
  var state = seed
  return bytes.map { byte in
    // splitmix64
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
    return byte ^ UInt8(truncatingIfNeeded: word ^ (word >> 31))
  }
}

private func check(_ key: UInt64, _ associated: Data, _ mixed: [UInt8]) -> UInt64 {
  // FNV-1a, the length of the first part in front of the second.
  var sum: UInt64 = 0xCBF2_9CE4_8422_2325
  for byte in bytes(key) + Array(associated) + bytes(UInt64(associated.count)) + mixed {
    sum = (sum ^ UInt64(byte)) &* 0x100_0000_01B3
  }
  return sum
}

private func bytes(_ number: UInt64) -> [UInt8] {
  withUnsafeBytes(of: number.bigEndian) { [UInt8]($0) }
}
