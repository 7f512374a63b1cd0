import Attune
import Foundation

/// The vault's key, sealed under a key of the app's own in the keychain: on this device only, readable from the first
/// unlocking on, bound to no finger and no face.
///
/// - Opening never makes a key. Sealing makes one if there is none, and otherwise uses what is there: a vault that was
///   set aside stays as it was.
/// - "Gone" is said of a key that the keychain did not find however often it was asked while it could be read, and of
///   an item that holds no key. Anything that may pass is asked again a few times, and then is "locked", which is to say
///   later, or "unavailable". Nothing is started over here.
struct KeychainKeys: KeyStore {
  /// Before each further question. Somebody waits, and the keychain's own process restarts within these.
  static let pauses: [Duration] = [.milliseconds(50), .milliseconds(100), .milliseconds(250)]

  private let keychain: any Keychain
  private let sealing: any Sealing
  private let isLocked: @Sendable () -> Bool
  private let sleep: @Sendable (Duration) -> Void
  private let item = KeychainItem.vaultKey

  /// - Parameters:
  ///   - isLocked: whether the device was not unlocked since it was started. What is not found then was not looked for.
  ///   - sleep: waits before the keychain is asked again.
  init(
    keychain: any Keychain, sealing: any Sealing, isLocked: @escaping @Sendable () -> Bool,
    sleep: @escaping @Sendable (Duration) -> Void = { Thread.sleep(forTimeInterval: $0 / .seconds(1)) }
  ) {
    self.keychain = keychain
    self.sealing = sealing
    self.isLocked = isLocked
    self.sleep = sleep
  }

  func seal(_ secret: SecretBytes, associated: Data) throws -> Data {
    let key: SecretBytes
    do {
      key = try asking(find)
    } catch KeyStoreError.gone {
      key = try asking(make)
    }
    defer { key.wipe() }
    guard let box = try? sealing.seal(secret, under: key, associated: associated) else {
      throw KeyStoreError.unavailable
    }
    return SealedBytes.kept(box)
  }

  func open(_ sealed: Data, associated: Data) throws -> SecretBytes {
    guard let box = SealedBytes.parse(sealed) else { throw KeyStoreError.refused }
    let key = try asking(find)
    defer { key.wipe() }
    guard let secret = try? sealing.open(box, under: key, associated: associated) else { throw KeyStoreError.refused }
    return secret
  }

  func destroy() throws {
    try asking { () throws(Trouble) in
      try Trouble.check(keychain.delete(item), allowing: .itemNotFound)
      let left = keychain.copyMatching(item, asking: nil)
      left.secret?.wipe()
      // It said that the key is deleted: what is still there is not to be called gone.
      guard left.status == .itemNotFound else { throw .unknown }
    }
  }

  /// Whether an item is there, whatever it holds and whether or not it can be read now.
  func isThere() -> Bool {
    let answer = keychain.copyMatching(item, asking: nil)
    answer.secret?.wipe()
    return answer.status == .success || answer.status == .interactionNotAllowed
  }

  private func find() throws(Trouble) -> SecretBytes {
    let answer = keychain.copyMatching(item, asking: nil)
    try Trouble.check(answer.status)
    guard let key = answer.secret, key.count == keyLength else {
      answer.secret?.wipe()
      throw .gone
    }
    return key
  }

  /// Makes the key, in place of an item that holds none. A key that does not come back as it was put there seals nothing.
  private func make() throws(Trouble) -> SecretBytes {
    let new = sealing.makeKey()
    let status = keychain.add(item, holding: new)
    if status == .duplicateItem {
      new.wipe()
      do {
        return try find()
      } catch .gone {
        try Trouble.check(keychain.delete(item), allowing: .itemNotFound)
        throw .passing
      }
    }
    try Trouble.check(status)
    let kept = try find()
    defer { kept.wipe() }
    guard kept.holdsTheSame(as: new) else { throw .unknown }
    return new
  }

  private func asking<Value>(_ attempt: () throws(Trouble) -> Value) throws(KeyStoreError) -> Value {
    var troubles: [Trouble] = []
    while true {
      do {
        return try attempt()
      } catch {
        switch error {
        case .locked: throw .locked
        case .gone: throw .gone
        case .hopeless: throw .unavailable
        case .missing, .passing, .unknown: troubles.append(error)
        }
      }
      guard troubles.count <= Self.pauses.count else { throw outcome(troubles) }
      sleep(Self.pauses[troubles.count - 1])
    }
  }

  private func outcome(_ troubles: [Trouble]) -> KeyStoreError {
    if isLocked() { return .locked }
    if troubles.allSatisfy({ $0 == .missing }) { return .gone }
    return troubles.last == .passing ? .locked : .unavailable
  }
}

/// What an answer of the keychain means for the key.
private enum Trouble: Error {
  /// The device has to be unlocked first.
  case locked
  /// For certain: what is there is no key.
  case gone
  /// It was not found, this time.
  case missing
  /// It may work in a moment.
  case passing
  /// It will not work however often it is asked, and that says nothing about the key.
  case hopeless
  /// Nobody knows.
  case unknown

  static func check(_ status: KeychainStatus, allowing other: KeychainStatus = .success) throws(Trouble) {
    if status != .success, status != other { throw Trouble(status) }
  }

  private init(_ status: KeychainStatus) {
    self =
      switch status {
      // The second and third ask for somebody at the screen, who is not asked for this item; the fourth for a display.
      case .interactionNotAllowed, .interactionRequired, .userCanceled, .inDarkWake: .locked
      case .itemNotFound: .missing
      case .duplicateItem: .passing
      case .badParameter, .unimplemented: .hopeless
      // Also those that are said when the keychain's own process is not well: a missing entitlement among them.
      default: .unknown
      }
  }
}

extension SecretBytes {
  /// Compares without copying.
  func holdsTheSame(as other: SecretBytes) -> Bool {
    withUnsafeBytes { mine in other.withUnsafeBytes { mine.elementsEqual($0) } }
  }
}
