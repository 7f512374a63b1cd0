import Attune
import Foundation
import Testing

@testable import AttunePlatform

/// The vault's key in the keychain: what is sealed, and what is said when it goes wrong.
struct KeychainKeysTests {
  private let keychain = StandInKeychain()
  private let slept = Guarded<[Duration]>([])
  private let locked = Guarded(false)
  private let bound = Data("bound to this".utf8)
  private let secret = SecretBytes((0..<32).map { UInt8($0) })

  private var keys: KeychainKeys { keys() }

  private func keys(_ sealing: StandInSealing = StandInSealing()) -> KeychainKeys {
    KeychainKeys(
      keychain: keychain, sealing: sealing,
      isLocked: { [locked] in locked.with { $0 } }, sleep: { [slept] pause in slept.with { $0.append(pause) } })
  }

  private func opens(_ sealed: Data) throws -> Bool {
    try keys.open(sealed, associated: bound).holdsTheSame(as: secret)
  }

  /// What is said on opening, and how long it was waited before.
  private func said(on sealed: Data) -> (KeyStoreError?, [Duration]) {
    slept.with { $0 = [] }
    let error = thrown(KeyStoreError.self) { try keys.open(sealed, associated: bound) }
    return (error, slept.with { $0 })
  }

  @Test func whatIsSealedIsOpenedAndNoTwoSealsAreTheSame() throws {
    let first = try keys.seal(secret, associated: bound)
    let second = try keys.seal(secret, associated: bound)
    #expect(first != second)
    for sealed in [first, second] {
      #expect(sealed.count == 1 + 12 + 32 + 16, "format, nonce, text, tag")
      #expect(sealed.first == 1)
      #expect(try opens(sealed))
    }
    #expect(keychain.accounts == ["vault"])
    #expect(keychain["vault"]?.count == keyLength)
    #expect(keychain.prompts == 0)
  }

  @Test func theKeyIsOfThisDeviceAloneAndBoundToNoFinger() throws {
    _ = try keys.seal(secret, associated: bound)
    // A look in the background runs while the device is locked.
    #expect(keychain.access(of: "vault") == .afterFirstUnlock)
  }

  @Test func openingNeverMakesAKey() throws {
    let sealed = try keys.seal(secret, associated: bound)
    keychain["vault"] = nil
    #expect(said(on: sealed) == (.gone, KeychainKeys.pauses), "asked again before it is believed")
    #expect(keychain.accounts.isEmpty)
  }

  @Test func aKeyThatIsNotFoundForAMomentIsNotGone() throws {
    let sealed = try keys.seal(secret, associated: bound)
    let key = keychain["vault"]
    keychain.next(.copy, .itemNotFound, .itemNotFound, .itemNotFound)
    #expect(try opens(sealed))
    keychain.next(.copy, .itemNotFound, .itemNotFound, .itemNotFound)
    _ = try keys.seal(secret, associated: bound)
    #expect(keychain["vault"] == key, "nor made anew")
  }

  @Test func whatIsNotFoundBeforeTheFirstUnlockingIsLocked() throws {
    let sealed = try keys.seal(secret, associated: bound)
    let key = keychain["vault"]
    locked.with { $0 = true }
    keychain.always(.copy, .itemNotFound)
    keychain.forgetQuestions()
    #expect(said(on: sealed).0 == .locked)
    #expect(throws: KeyStoreError.locked) { try keys.seal(secret, associated: bound) }
    #expect(!keychain.asked.contains(.add), "and none is made in its place")
    keychain.mend()
    #expect(keychain["vault"] == key)
  }

  @Test(arguments: [KeychainStatus.interactionNotAllowed, .interactionRequired, .userCanceled, .inDarkWake])
  func lockedIsSaidAtOnce(_ status: KeychainStatus) throws {
    let sealed = try keys.seal(secret, associated: bound)
    let key = keychain["vault"]
    keychain.always(.copy, status)
    #expect(said(on: sealed) == (.locked, []))
    #expect(throws: KeyStoreError.locked) { try keys.seal(secret, associated: bound) }
    keychain.mend()
    keychain.always(.delete, status)
    #expect(throws: KeyStoreError.locked) { try keys.destroy() }
    keychain.always(.add, status)
    keychain["vault"] = nil
    #expect(throws: KeyStoreError.locked) { try keys.seal(secret, associated: bound) }
    keychain["vault"] = key
    #expect(try opens(sealed), "later is not gone")
  }

  @Test(arguments: [KeychainStatus.badParameter, .unimplemented])
  func whatCannotWorkIsSaidAtOnce(_ status: KeychainStatus) throws {
    let sealed = try keys.seal(secret, associated: bound)
    keychain.always(.copy, status)
    #expect(said(on: sealed) == (.unavailable, []))
  }

  @Test(arguments: [
    KeychainStatus.io, .allocate, .notAvailable, .authFailed, .decode, .missingEntitlement, .duplicateItem,
    KeychainStatus(rawValue: -67_701), KeychainStatus(rawValue: 1), KeychainStatus(rawValue: .min),
  ])
  func whatMayPassIsAskedAgainAndIsNeverGone(_ status: KeychainStatus) throws {
    let sealed = try keys.seal(secret, associated: bound)
    let key = keychain["vault"]
    slept.with { $0 = [] }
    keychain.next(.copy, status, status)
    #expect(try opens(sealed))
    #expect(slept.with { $0 } == Array(KeychainKeys.pauses.prefix(2)))

    keychain.always(.copy, status)
    #expect(said(on: sealed) == (status == .duplicateItem ? .locked : .unavailable, KeychainKeys.pauses))
    locked.with { $0 = true }
    #expect(said(on: sealed).0 == .locked)
    locked.with { $0 = false }
    #expect(throws: KeyStoreError.self) { try keys.seal(secret, associated: bound) }
    keychain.mend()
    #expect(keychain["vault"] == key)

    keychain.next(.copy, .itemNotFound, .itemNotFound, .itemNotFound, status)
    #expect(said(on: sealed).0 != .gone, "not found every time but the last")
    keychain.mend()
    #expect(try opens(sealed))
  }

  @Test func anItemThatIsNoKeyIsGoneAndIsMadeAnew() throws {
    let sealed = try keys.seal(secret, associated: bound)
    for wrong in [[], [1], [UInt8](repeating: 7, count: 33)] as [[UInt8]] {
      keychain["vault"] = wrong
      #expect(said(on: sealed) == (.gone, []))
      #expect(keychain["vault"] == wrong, "opening changes nothing")
      let again = try keys.seal(secret, associated: bound)
      #expect(keychain["vault"]?.count == keyLength)
      #expect(try opens(again))
    }
  }

  @Test func whatWasNotSealedHereForThisIsRefused() throws {
    let sealed = try keys.seal(secret, associated: bound)
    slept.with { $0 = [] }
    func refused(_ bytes: Data, _ to: Data) {
      #expect(throws: KeyStoreError.refused) { try keys.open(bytes, associated: to) }
    }
    refused(sealed, Data("bound to that".utf8))
    refused(sealed, Data())
    for at in sealed.indices {
      var changed = sealed
      changed[at] ^= 1
      refused(changed, bound)
    }
    for length in 0..<sealed.count { refused(sealed.prefix(length), bound) }
    refused(sealed + [0], bound)
    #expect(slept.with { $0 }.isEmpty, "nothing of that passes")
    #expect(try opens(Data(([0] + sealed).dropFirst())), "a slice of another's bytes is read from its own beginning")
  }

  @Test func sealingUsesTheKeyThatIsThere() throws {
    let before = try keys.seal(secret, associated: bound)
    let key = keychain["vault"]
    _ = try keys.seal(secret, associated: bound)
    #expect(keychain["vault"] == key)
    #expect(try opens(before), "what was set aside is still to be opened")
  }

  @Test func aKeyThatSomebodyElseMadeMeanwhileIsUsed() throws {
    let other = [UInt8](repeating: 9, count: keyLength)
    keychain.visit { [keychain] step in if step == .add { keychain["vault"] = other } }
    let sealed = try keys.seal(secret, associated: bound)
    keychain.visit(nil)
    #expect(keychain["vault"] == other)
    #expect(try opens(sealed))
  }

  @Test func aKeyThatIsNotKeptSealsNothing() throws {
    keychain.always(.add, .success)
    #expect(throws: KeyStoreError.self) { try keys.seal(secret, associated: bound) }
    keychain.mend()
    let other = [UInt8](repeating: 9, count: keyLength)
    keychain.visit { [keychain] step in if step == .copy, keychain["vault"] != nil { keychain["vault"] = other } }
    let sealed = try keys.seal(secret, associated: bound)
    #expect(keychain["vault"] == other)
    keychain.visit(nil)
    #expect(try opens(sealed), "sealed under what is there, and not under what was lost")
  }

  @Test func destroyingSaysThatItIsGoneOnlyIfItIs() throws {
    try keys.destroy()
    let sealed = try keys.seal(secret, associated: bound)
    keychain.always(.delete, .io)
    #expect(throws: KeyStoreError.unavailable) { try keys.destroy() }
    keychain.always(.delete, .success)
    #expect(throws: KeyStoreError.unavailable, "it only says so") { try keys.destroy() }
    keychain.mend()
    keychain.next(.delete, .io, .authFailed)
    try keys.destroy()
    #expect(keychain.accounts.isEmpty)
    #expect(said(on: sealed).0 == .gone)
  }

  @Test func whatIsThereIsToldFromWhatIsNot() throws {
    #expect(!keys.isThere())
    _ = try keys.seal(secret, associated: bound)
    #expect(keys.isThere())
    keychain.always(.copy, .interactionNotAllowed)
    #expect(keys.isThere(), "also while it is locked")
    keychain.always(.copy, .notAvailable)
    #expect(!keys.isThere())
  }
}
