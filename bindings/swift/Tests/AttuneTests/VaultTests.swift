import AttuneDoubles
import AttuneTrial
import Foundation
import Testing

@testable import Attune

@Suite struct VaultTests {
  @Test("vault.create: a new vault is empty, and its folder holds the database and the sealed key, unreadable")
  func create() async throws {
    let phone = try await Phone.make()
    #expect(try phone.vault.moments().isEmpty)
    #expect(try phone.vault.practices().isEmpty)
    #expect(try phone.vault.choices().isEmpty)
    let moment = try phone.vault.flag()
    try phone.vault.setWords("pelican words", of: moment)
    phone.vault.close()
    let files = try FileManager.default.contentsOfDirectory(atPath: phone.home.path)
    #expect(Set(files) == ["vault.db", "vault.key"])
    for file in files {
      let url = phone.home.appendingPathComponent(file)
      let bytes = try Data(contentsOf: url)
      #expect(!bytes.isEmpty)
      for plain in ["pelican", "SQLite format", "misattunement"] {
        #expect(bytes.range(of: Data(plain.utf8)) == nil)
      }
      for secret in phone.keyStore.lent {
        #expect(bytes.range(of: secret.withUnsafeBytes { Data($0) }) == nil)
      }
      let mode = try FileManager.default.attributesOfItem(atPath: url.path)[.posixPermissions] as? NSNumber
      #expect(mode?.intValue == 0o600)
    }
  }

  @Test("vault.create-twice: where a vault is, no second one is made, and the first loses nothing")
  func createTwice() async throws {
    let phone = try await Phone.make()
    let moment = try phone.vault.flag()
    for open in [true, false] {
      if !open { phone.vault.close() }
      let second = await error {
        _ = try await AttuneVault.create(in: phone.home, keyStore: TestKeyStore())
      }
      #expect(second == .storage(.exists))
    }
    #expect(try await phone.reopened().vault.moments().map(\.id) == [moment])
  }

  @Test("vault.absent: opening where nothing is says so, and makes no file")
  func absent() async throws {
    let folder = try TestFolder()
    for place in [folder.url, folder.at("none")] {
      #expect(try AttuneVault.presence(in: place) == .absent)
      let opened = await error {
        _ = try await AttuneVault.open(in: place, keyStore: TestKeyStore())
      }
      #expect(opened == .storage(.absent))
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path).isEmpty)
  }

  @Test("vault.reopen: what was kept is there after closing and opening")
  func reopen() async throws {
    let phone = try await Phone.make()
    let moment = try phone.vault.flag()
    try phone.vault.setWords("what was said", of: moment)
    try phone.vault.setPointer(.said, of: moment)
    try phone.vault.setMomentDays(30)
    let before = try phone.vault.moment(moment)
    phone.vault.close()
    #expect(try AttuneVault.presence(in: phone.home) == .ready)
    let again = try await phone.reopened()
    #expect(try again.vault.moments() == [before])
    #expect(before.words == "what was said")
    #expect(try again.vault.momentDays() == 30)
    try await again.vault.verify()
  }

  @Test("vault.passcode: needed, wrong, right, changed and removed; the passcode's bytes are overwritten")
  func passcode() async throws {
    let phone = try await Phone.make()
    let moment = try phone.vault.flag()
    try await phone.vault.setPasscode(Passcode("first 1234"), keyStore: phone.keyStore)
    phone.vault.close()
    #expect(try AttuneVault.presence(in: phone.home) == .needsPasscode)
    func opening(_ passcode: Passcode?) async -> AttuneError? {
      await error {
        _ = try await AttuneVault.open(in: phone.home, keyStore: phone.keyStore, passcode: passcode)
      }
    }
    #expect(await opening(nil) == .passcodeNeeded)
    #expect(await opening(Passcode("first 1235")) == .wrongPasscode)
    var again = try await phone.reopened(passcode: Passcode("first 1234"))
    try await again.vault.setPasscode(Passcode(utf8: Array("zweites ß".utf8)), keyStore: phone.keyStore)
    again.vault.close()
    #expect(await opening(Passcode("first 1234")) == .wrongPasscode)
    again = try await phone.reopened(passcode: Passcode("zweites ß"))
    try await again.vault.setPasscode(nil, keyStore: phone.keyStore)
    again = try await again.reopened()
    #expect(try again.vault.moments().map(\.id) == [moment])
    #expect(try AttuneVault.presence(in: phone.home) == .ready)

    // The bytes outlive the passcode only in this test's hand.
    var typed: Passcode? = Passcode("typed once")
    let bytes = try #require(typed).bytes.store
    #expect(bytes.with { $0 } == Array("typed once".utf8))
    typed = nil
    #expect(bytes.with { $0 } == [UInt8](repeating: 0, count: 10))
    let early = Passcode("wiped by hand")
    early.wipe()
    #expect(early.bytes.withUnsafeBytes { $0.allSatisfy { $0 == 0 } })
    #expect(await opening(Passcode("")) == .declined(.badInput))
  }

  @Test("vault.busy: a second opening is refused while the first is open")
  func busy() async throws {
    let phone = try await Phone.make()
    let second = await error {
      _ = try await AttuneVault.open(in: phone.home, keyStore: phone.keyStore)
    }
    #expect(second == .storage(.busy))
    _ = try phone.vault.flag()
    #expect(try await phone.reopened().vault.moments().count == 1)
  }

  @Test("vault.damaged: a damaged file is told from a wrong key; nothing is deleted")
  func damaged() async throws {
    let phone = try await Phone.make()
    _ = try phone.vault.flag()
    phone.vault.close()
    for name in ["vault.db", "vault.key"] {
      let file = phone.home.appendingPathComponent(name)
      let whole = try Data(contentsOf: file)
      var broken = whole
      broken[broken.count / 2] ^= 1
      broken[20] ^= 1
      try broken.write(to: file)
      let opened = await error {
        let vault = try await AttuneVault.open(in: phone.home, keyStore: phone.keyStore)
        try await vault.verify()
      }
      #expect(opened == .damaged, "\(name)")
      #expect(try Data(contentsOf: file) == broken, "\(name)")
      try whole.write(to: file)
    }
    #expect(try await phone.reopened().vault.moments().count == 1)
  }

  @Test("vault.start-over: starting over moves the old files aside; none is deleted")
  func startOver() async throws {
    let phone = try await Phone.make()
    let moment = try phone.vault.flag()
    phone.vault.close()
    let before = try ["vault.db", "vault.key"].map {
      try Data(contentsOf: phone.home.appendingPathComponent($0))
    }
    let aside = try AttuneVault.startOver(in: phone.home, clock: phone.clock.clock)
    #expect(try AttuneVault.presence(in: phone.home) == .absent)
    #expect(try ["vault.db", "vault.key"].map { try Data(contentsOf: aside.appendingPathComponent($0)) } == before)
    let new = try await AttuneVault.create(in: phone.home, keyStore: TestKeyStore())
    #expect(try new.moments().isEmpty)
    new.close()
    let old = try await AttuneVault.open(in: aside, keyStore: phone.keyStore)
    #expect(try old.moments().map(\.id) == [moment])
    let empty = try TestFolder()
    #expect(error { try AttuneVault.startOver(in: empty.url) } == .storage(.absent))
  }

  @Test("vault.delete-all: deleting all leaves no file of the vault; a key that could not be destroyed is told")
  func deleteAll() async throws {
    let phone = try await Phone.make()
    phone.vault.close()
    try AttuneVault.startOver(in: phone.home)
    try await AttuneVault.create(in: phone.home, keyStore: phone.keyStore).close()
    phone.keyStore.meets(.unavailable)
    let told = await error {
      try await AttuneVault.deleteAll(in: phone.home, keyStore: phone.keyStore)
    }
    #expect(told == .storage(.unavailable))
    #expect(phone.keyStore.hasKey)
    phone.keyStore.meets(.locked)
    try await AttuneVault.deleteAll(in: phone.home, keyStore: phone.keyStore)
    #expect(!phone.keyStore.hasKey)
    #expect(try FileManager.default.contentsOfDirectory(atPath: phone.home.path).isEmpty)
  }
}
