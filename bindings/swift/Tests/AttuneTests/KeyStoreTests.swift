import Attune
import AttuneDoubles
import AttuneTrial
import Foundation
import Testing

@Suite struct KeyStoreTests {
  /// What opening throws while the key store meets this.
  private func opening(_ phone: Phone, _ fault: TestKeyStore.Fault) async -> AttuneError? {
    phone.keyStore.meets(fault)
    return await error {
      _ = try await AttuneVault.open(in: phone.home, keyStore: phone.keyStore)
    }
  }

  private func closed() async throws -> Phone {
    let phone = try await Phone.make()
    _ = try phone.vault.flag()
    phone.vault.close()
    return phone
  }

  @Test("vault.key-wrong: another key is told from damage; nothing is deleted, and the right one still opens")
  func wrong() async throws {
    let phone = try await closed()
    let opened = await error {
      _ = try await AttuneVault.open(in: phone.home, keyStore: TestKeyStore())
    }
    #expect(opened == .keyGone)
    #expect(try await phone.reopened().vault.moments().count == 1)
  }

  @Test("vault.key-locked: locked means later: the same call works once it is unlocked")
  func locked() async throws {
    let phone = try await closed()
    #expect(await opening(phone, .locked) == .locked)
    #expect(await opening(phone, .none) == nil)
    let folder = try TestFolder()
    let keyStore = TestKeyStore()
    keyStore.meets(.locked)
    let made = await error {
      _ = try await AttuneVault.create(in: folder.at("new"), keyStore: keyStore)
    }
    #expect(made == .locked)
    keyStore.meets(.none)
    _ = try await AttuneVault.create(in: folder.at("new"), keyStore: keyStore)
  }

  @Test("vault.key-gone: a key store that lost its key is told from a locked one")
  func gone() async throws {
    let phone = try await closed()
    #expect(await opening(phone, .gone) == .keyGone)
    #expect(await opening(phone, .locked) == .locked)
    #expect(await opening(phone, .none) == nil)
  }

  @Test(
    "vault.key-zero: an empty, short or zeroed answer is never taken for success",
    arguments: [TestKeyStore.Fault.empty, .short, .zeroed])
  func zero(_ fault: TestKeyStore.Fault) async throws {
    let phone = try await closed()
    #expect(await opening(phone, fault) == .keyGone)
    #expect(await opening(phone, .none) == nil)

    let folder = try TestFolder()
    let keyStore = TestKeyStore()
    keyStore.meets(fault)
    let made = await error {
      _ = try await AttuneVault.create(in: folder.at("new"), keyStore: keyStore)
    }
    #expect(made == .keyGone)
    #expect(try AttuneVault.presence(in: folder.at("new")) == .absent)

    let again = try await phone.reopened()
    keyStore.meets(.none)
    phone.keyStore.meets(fault)
    let changed = await error {
      try await again.vault.setPasscode(Passcode("a new one"), keyStore: phone.keyStore)
    }
    #expect(changed == .keyGone)
    phone.keyStore.meets(.none)
    #expect(try await again.reopened().vault.moments().count == 1)
  }

  @Test("vault.key-throws: whatever a key store throws becomes a typed error, without its text")
  func throwing() async throws {
    let phone = try await closed()
    for (fault, expected) in [
      (TestKeyStore.Fault.throwing("heron says"), AttuneError.storage(.unavailable)),
      (.unavailable, .storage(.unavailable)), (.refused, .keyGone),
    ] {
      let thrown = try #require(await opening(phone, fault))
      #expect(thrown == expected)
      #expect(!"\(thrown) \(String(reflecting: thrown)) \(thrown.localizedDescription)".contains("heron"))
    }
    phone.keyStore.meets(.throwing("heron says"))
    let deleted = await error {
      try await AttuneVault.deleteAll(in: phone.home, keyStore: phone.keyStore)
    }
    #expect(deleted == .storage(.unavailable))
  }

  @Test("vault.key-reenters: a key store that calls the vault while it is asked does not block")
  func reenters() async throws {
    let phone = try await Phone.make()
    let seen = Locked<[Int]>([])
    phone.keyStore.isVisited {
      // Another thread, which the store waits for: a lock of the thread itself would not tell.
      let done = DispatchSemaphore(value: 0)
      Thread.detachNewThread {
        _ = try? phone.vault.flag()
        let count = try? phone.vault.moments().count
        seen.with { $0.append(count ?? -1) }
        done.signal()
      }
      done.wait()
    }
    try await phone.vault.setPasscode(Passcode("changed meanwhile"), keyStore: phone.keyStore)
    phone.keyStore.isVisited(by: nil)
    let counts = seen.with { $0 }
    #expect(!counts.isEmpty)
    #expect(counts == Array(1...max(1, counts.count)))
    #expect(try await phone.reopened(passcode: Passcode("changed meanwhile")).vault.moments().count == counts.count)
  }

  @Test("vault.key-wiped: the key's bytes that a key store was given or gave are overwritten after use")
  func wiped() async throws {
    let phone = try await closed()
    _ = try await phone.reopened()
    #expect(phone.keyStore.lent.count >= 2)
    for secret in phone.keyStore.lent {
      #expect(secret.count >= 32)
      #expect(secret.withUnsafeBytes { $0.allSatisfy { $0 == 0 } })
    }
  }
}
