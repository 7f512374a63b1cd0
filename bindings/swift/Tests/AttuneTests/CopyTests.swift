import Attune
import AttuneDoubles
import AttuneTrial
import Foundation
import Testing

@Suite struct CopyTests {
  @Test("copy.bring-back: a copy brings everything back; nothing shared leaves until it is confirmed or dropped")
  func bringBack() async throws {
    let world = try await World.linked()
    let moment = try world.vault.flag()
    try world.vault.setWords("kept in the copy", of: moment)
    let (kept, dropped) = (
      try world.share(RepairChoice(.writtenFollowUp, to: world.practice, moment: moment)), try world.share(.pause)
    )
    try await world.syncAll()
    let copy = world.phone.folder.at("copy")
    try await world.vault.saveCopy(to: copy, passphrase: Passcode("of the copy"))
    #expect(try Data(contentsOf: copy).range(of: Data("kept in".utf8)) == nil)
    let later = try world.share(.switchTopic)
    try await world.syncAll()
    try await world.syncAll()
    world.vault.close()

    let keyStore = TestKeyStore()
    let vault = try await AttuneVault.bringBack(
      copy, passphrase: Passcode("of the copy"), in: world.phone.folder.at("new"), keyStore: keyStore,
      passcode: Passcode("of the new phone"), clock: world.clock.clock)
    let phone = Phone(folder: world.phone.folder, keyStore: keyStore, clock: world.clock, vault: vault)
    let new = World(phone: phone, relay: world.relay, desk: world.desk, practice: world.practice)
    #expect(try vault.moments().map(\.words) == ["kept in the copy"])
    #expect(try Set(vault.restored().map(\.caseId)) == [kept, dropped])
    try await new.syncAll()
    try await new.syncAll()
    let waiting = try vault.restored()
    #expect(Set(waiting.map(\.caseId)) == [kept, dropped, later])
    #expect(waiting.filter { $0.choice == nil }.map(\.caseId) == [later])
    #expect(waiting.allSatisfy { $0.practice == world.practice })
    #expect(try vault.choice(kept).waitsFor == .confirmation)
    #expect(try await new.desk.inbox().isEmpty)

    try vault.confirmRestored(kept)
    try vault.dropRestored(dropped)
    try vault.dropRestored(later)
    #expect(try vault.restored().isEmpty)
    for _ in 0..<3 { try await new.syncAll() }
    #expect(try await new.desk.inbox().map { $0["case"].text } == [kept.value])
    #expect(try new.state(kept) == .received)
    #expect(error { try vault.confirmRestored(later) } == .declined(.notFound))
    vault.close()
    #expect(try AttuneVault.presence(in: world.phone.folder.at("new")) == .needsPasscode)
  }

  @Test("copy.refused: a wrong passphrase, a damaged copy and a file of another kind are told apart")
  func refused() async throws {
    let phone = try await Phone.make()
    _ = try phone.vault.flag()
    let copy = phone.folder.at("copy")
    try await phone.vault.saveCopy(to: copy, passphrase: Passcode("of the copy"))
    let whole = try Data(contentsOf: copy)
    func bringing(_ copy: URL, _ passphrase: String = "of the copy", _ folder: URL? = nil) async -> AttuneError? {
      await error {
        _ = try await AttuneVault.bringBack(
          copy, passphrase: Passcode(passphrase), in: folder ?? phone.folder.at("new"), keyStore: TestKeyStore())
      }
    }
    #expect(await bringing(copy, "of another copy") == .wrongPasscode)
    #expect(await bringing(copy, "") == .declined(.badInput))
    var broken = whole
    broken[whole.count / 2] ^= 1
    let other = phone.folder.at("other")
    for (bytes, expected) in [
      (broken, AttuneError.damaged), (whole.dropLast(100), .damaged), (Data("a photo".utf8), .declined(.notACopy)),
      (Data(), .declined(.notACopy)),
    ] {
      try bytes.write(to: other)
      #expect(await bringing(other) == expected)
    }
    #expect(await bringing(phone.folder.at("none")) == .storage(.absent))
    #expect(await bringing(copy, "of the copy", phone.home) == .storage(.exists))
    #expect(try AttuneVault.presence(in: phone.folder.at("new")) == .absent)
    #expect(await error { try await phone.vault.saveCopy(to: copy, passphrase: Passcode("x")) } == .storage(.exists))
    #expect(try Data(contentsOf: copy) == whole)
    #expect(await bringing(copy) == nil)
  }

  @Test("copy.readable: the readable copy holds the person's own data, and no key")
  func readable() async throws {
    let world = try await World.linked()
    let moment = try world.vault.flag()
    try world.vault.setWords("in „quotes“ and 日本語", of: moment)
    let id = try world.share(RepairChoice(.pause, to: world.practice, moment: moment))
    let text = try world.vault.readable()
    let document = try JSONDecoder().decode(JSON.self, from: Data(text.utf8))
    guard case .fields(let fields) = document else {
      Issue.record("not an object")
      return
    }
    let kept = ["made_at", "moments", "choices", "notes", "practices", "proposals", "about"]
    #expect(Set(fields.keys) == Set(kept))
    #expect(document["made_at"].text?.hasPrefix("2026-03-02T09:30:00") == true)
    #expect(document["moments"].list.map { $0["words"].text } == ["in „quotes“ and 日本語"])
    #expect(document["choices"].list.map { $0["case"].text } == [id.value])
    guard case .fields(let practice) = document["practices"].list[0] else {
      Issue.record("no practice")
      return
    }
    #expect(Set(practice.keys) == ["name", "role", "relay"])
    // Nothing that is as long as a key, in any spelling, but the ids that are the person's own.
    let rest = text.replacingOccurrences(of: id.value, with: "")
    #expect(rest.range(of: "[0-9A-Za-z+/_=-]{32,}", options: .regularExpression) == nil)
  }
}
