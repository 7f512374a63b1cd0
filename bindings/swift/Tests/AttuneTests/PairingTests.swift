import Attune
import AttuneTrial
import Foundation
import Testing

@Suite struct PairingTests {
  @Test("pair.link: a link pairs a phone with a desk over a relay")
  func link() async throws {
    let world = try await World.linked()
    let practice = try world.shown()
    #expect(practice.stage == .active)
    #expect(practice.relay == world.relay.origin)
    #expect(practice.chosenName == World.client)
    let card = try #require(practice.card)
    #expect(card.name == World.therapist && card.role == .therapist && card.backup == "Noa Brand")
    #expect(card.terms == AttestedTerms(noFee: true, keepsSlot: false, keepsPlace: false, noMissedVisit: false))
    #expect(practice.health.trouble == Trouble.none && practice.health.reachedAt == world.clock.date)
    let client = try await world.desk.run("clients")["clients"].list[0]
    #expect(client["name"].text == World.client && client["stage"].text == "Active")
  }

  @Test("pair.words: eight words pair, with completion and a check while typing")
  func words() async throws {
    let phone = try await Phone.make()
    let relay = try await Relay.start(in: phone.folder.url)
    let desk = try await Desk.make("Front", in: phone.folder.url, relay: relay.origin, clock: phone.clock)
    let code = try #require(try await desk.run("invite", "--words")["code"].text)
    let words = code.split(separator: " ").map(String.init)
    #expect(words.count == 8)
    for word in words {
      let found = try AttuneVault.completeWord(String(word.prefix(4)).uppercased())
      #expect(found.contains(word) && found == found.sorted())
      #expect(try AttuneVault.completeWord(word).first == word)
    }
    #expect(try AttuneVault.completeWord("zzz").isEmpty)
    #expect(try AttuneVault.checkCode(words.dropLast().joined(separator: " ")).reading == .wordCount)
    #expect(try AttuneVault.checkCode(code).reading == .words)
    #expect(error { _ = try phone.vault.join(code) } == .declined(.relayNeeded))
    let practice = try phone.vault.join(code.uppercased(), relay: relay.origin)
    let world = World(phone: phone, relay: relay, desk: desk, practice: practice)
    try await world.meet()
    #expect(try world.shown().stage == .active)
    #expect(try world.shown().chosenName == nil)
  }

  @Test("pair.bad-code: what is no code says why, and which word is not known")
  func badCode() async throws {
    let phone = try await Phone.make()
    let secret = "odg9lJx79KVgTDFz3VBT0AjbvlotAetezdqH2zHh5bw"
    let cases: [(String, CodeReading, UInt32?)] = [
      ("https://example.org/", .notOurs, nil),
      ("attune+http://relay.example/#1.\(secret)", .relayUnusable, nil),
      ("attune://relay.example/#9.\(secret)", .newerNeeded, nil),
      ("attune://relay.example/#1.\(secret.dropLast(3))", .notWhole, nil),
      ("abandon ability able", .wordCount, nil),
      ("abandon ability pelikan about above absent absorb abstract", .unknownWord, 3),
    ]
    for (text, reading, word) in cases {
      let check = try AttuneVault.checkCode(text)
      #expect(check.reading == reading, "\(text)")
      #expect(check.word == word, "\(text)")
      #expect(check.relay == nil, "\(text)")
      #expect(error { _ = try phone.vault.join(text) } == .declined(.badCode), "\(text)")
    }
    let link = try AttuneVault.checkCode("attune://relay.example/#1.\(secret)")
    #expect(link.reading == .link && link.relay == "https://relay.example")
    #expect(try phone.vault.practices().isEmpty)
  }

  @Test("pair.compare: the four words are the desk's; only those that are shown can be confirmed")
  func compare() async throws {
    let world = try await World.linked()
    let words = try world.vault.comparisonWords(of: world.practice)
    let theirs = try await world.desk.run("words", "1")["words"].list.compactMap(\.text)
    #expect(words.count == 4 && words == theirs)
    for wrong in [words.reversed(), ["abandon", "ability", "able", "about"]] {
      #expect(error { try world.vault.confirmWords(wrong, of: world.practice) } == .declined(.notCompared))
    }
    for odd in [[], Array(words.dropLast()), words + ["able"]] {
      #expect(error { try world.vault.confirmWords(odd, of: world.practice) } == .declined(.badInput))
    }
    #expect(try !world.shown().health.compared)
    try world.vault.confirmWords(words, of: world.practice)
    #expect(try world.shown().health.compared)

    let other = try await Phone.make()
    let waiting = try other.vault.join(
      "abandon ability able about above absent absorb abstract", relay: "https://relay.example")
    #expect(error { _ = try other.vault.comparisonWords(of: waiting) } == .declined(.notReady))
  }

  @Test("pair.unpair: unpairing forgets the practice at once")
  func unpair() async throws {
    let world = try await World.linked()
    let moment = try world.vault.flag()
    let open = try world.share(RepairChoice(.pause, to: world.practice, moment: moment))
    try await world.syncAll()
    try world.vault.unpair(world.practice)
    #expect(try world.vault.practices().isEmpty)
    #expect(try world.vault.offers().allSatisfy { $0.practice == nil })
    #expect(try world.vault.choices().isEmpty)
    #expect(error { _ = try world.vault.choice(open) } == .declined(.notFound))
    #expect(error { _ = try world.vault.preview(RepairChoice(.pause, to: world.practice)) } == .declined(.notFound))
    #expect(error { _ = try world.vault.comparisonWords(of: world.practice) } == .declined(.notFound))
    #expect(try world.vault.moments().map(\.id) == [moment])
    // The goodbye leaves with the next sync, and the desk's card goes.
    #expect(try await world.desk.inbox().count == 1)
    try await world.syncPhone()
    try await world.syncDesk()
    #expect(try await world.desk.inbox().isEmpty)
    #expect(try await world.desk.run("clients")["clients"].list.map { $0["stage"].text } == ["Ended"])
  }
}
