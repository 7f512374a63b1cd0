import Attune
import AttuneTrial
import Foundation
import Testing

@Suite struct InputTests {
  private static let long = String(repeating: "ab\u{301}漢 ", count: 200_000)

  @Test("input.hostile: over-long, malformed and out-of-range input gets typed errors, and the vault goes on")
  func hostile() async throws {
    let phone = try await Phone.make()
    let vault = phone.vault
    let moment = try vault.flag()
    let practice = try vault.join(
      "abandon ability able about above absent absorb abstract", relay: "https://relay.example")
    for value in [Int64.min, -1, 0, .max] {
      #expect(error { _ = try vault.moment(MisattunementId(value: value)) } == .declined(.notFound))
      #expect(error { _ = try vault.comparisonWords(of: PracticeId(value: value)) } == .declined(.notFound))
      #expect(error { _ = try vault.practice(PracticeId(value: value)) } == .declined(.notFound))
      #expect(error { try vault.shareAboutMe(Self.long, with: PracticeId(value: value)) } == .declined(.notFound))
      #expect(error { try vault.unpair(PracticeId(value: value)) } == .declined(.notFound))
      _ = try vault.moments(before: MisattunementId(value: value), limit: 5)
    }
    for limit in [-1, Int.min, 1_001, Int.max] {
      #expect(error { _ = try vault.moments(limit: limit) } == .declined(.badInput))
    }
    for text in ["", "0", "zz", "\0", String(repeating: "A", count: 32), String(repeating: "0", count: 31), Self.long] {
      #expect(error { _ = try vault.choice(CaseId(value: text)) } == .declined(.badInput))
      #expect(error { try vault.takeBack(CaseId(value: text)) } == .declined(.badInput))
      #expect(error { try vault.dropRestored(CaseId(value: text)) } == .declined(.badInput))
      #expect(error { try vault.eraseNote(FollowUpId(value: text)) } == .declined(.badInput))
      #expect(error { _ = try vault.note(FollowUpId(value: text)) } == .declined(.badInput))
      #expect(error { _ = try vault.notes(on: CaseId(value: text)) } == .declined(.badInput))
      #expect(error { try vault.answer(ProposalId(value: text), nil) } == .declined(.badInput))
      #expect(error { _ = try vault.share(PreviewId(value: text)) } == .declined(.badInput))
      #expect(error { _ = try vault.join(text) } == .declined(.badCode))
    }
    #expect(error { _ = try vault.choice(CaseId(value: String(repeating: "0", count: 32))) } == .declined(.notFound))
    #expect(error { try vault.setWords(Self.long, of: moment) } == .declined(.wordsTooLong))
    try vault.setWords("a\0b", of: moment)
    #expect(try vault.moment(moment).words == "a\0b")
    let words = "abandon ability able about above absent absorb abstract"
    for relay in ["", "relay.example", "ftp://relay.example", "http://relay.example", "https://\(Self.long)"] {
      #expect(error { _ = try vault.join(words, relay: relay) } == .declined(.relayNeeded))
    }
    #expect(
      error { _ = try vault.join(words, relay: "https://relay.example", chosenName: Self.long) }
        == .declined(.wordsTooLong))
    #expect(error { _ = try vault.preview(RepairChoice(.pause, to: practice)) } == .declined(.notReady))
    for length in [0, 1, 31, 32, 33, 64, 1_000] {
      for _ in 0..<20 {
        let bytes = Data((0..<length).map { _ in UInt8.random(in: .min ... .max) })
        let text = String(decoding: bytes, as: UTF8.self)
        #expect(error { _ = try vault.join(text) } == .declined(.badCode))
        #expect(error { _ = try vault.join("attune://relay.example/#1.\(bytes.base64EncodedString())") } != nil)
        _ = try AttuneVault.checkCode(text)
        _ = try AttuneVault.completeWord(text)
      }
    }
    #expect(try vault.moments().count == 1)
    #expect(try vault.practices().count == 1)
    try await vault.verify()
  }

  @Test("input.hostile: folders that are none get typed errors")
  func folders() async throws {
    let phone = try await Phone.make()
    let folders = [
      try #require(URL(string: "https://example.org/folder")), try #require(URL(string: "relative")),
      URL(fileURLWithPath: "/dev/null/folder"), URL(fileURLWithPath: "/\(String(repeating: "x", count: 5_000))"),
    ]
    for folder in folders {
      let thrown = await error { _ = try await AttuneVault.create(in: folder, keyStore: phone.keyStore) }
      #expect([.declined(.badInput), .storage(.unavailable)].contains(thrown), "\(folder)")
      #expect(await error { _ = try await AttuneVault.open(in: folder, keyStore: phone.keyStore) } != nil)
      #expect(await error { try await phone.vault.saveCopy(to: folder, passphrase: Passcode("p")) } != nil)
    }
    #expect(
      await error { try await phone.vault.setPasscode(Passcode(utf8: [0xFF, 0xFE]), keyStore: phone.keyStore) }
        == .declined(.badInput))
    // A name in any script, with what URLs escape.
    let odd = phone.folder.at("Ünï cödé %41 漢字 #?")
    let vault = try await AttuneVault.create(in: odd, keyStore: phone.keyStore)
    vault.close()
    #expect(FileManager.default.fileExists(atPath: odd.appendingPathComponent("vault.db").path))
  }

  @Test("time.types: days and instants are the platform's own types, and the absurd ones are refused")
  func times() async throws {
    let phone = try await Phone.make()
    let vault = phone.vault
    let practice = try vault.join(
      "abandon ability able about above absent absorb abstract", relay: "https://relay.example")
    let absurd = [
      Date.distantPast, .distantFuture, Date(timeIntervalSince1970: -1), Date(timeIntervalSince1970: .nan),
      Date(timeIntervalSince1970: .infinity), Date(timeIntervalSince1970: -.greatestFiniteMagnitude),
      Date(timeIntervalSince1970: 253_402_300_800),
    ]
    for date in absurd {
      phone.clock.set(date)
      if date == .distantFuture {
        // 4001-01-01 is far, and a day all the same.
        _ = try vault.choices()
      } else {
        #expect(error { _ = try vault.flag() } == .declined(.badInput), "\(date.timeIntervalSince1970)")
        #expect(error { _ = try vault.choices() } == .declined(.badInput))
        await #expect(throws: AttuneError.declined(.badInput)) { try await vault.sync(over: HTTPTransport()) }
      }
    }
    phone.clock.set(TestClock.monday)
    #expect(try vault.moments().isEmpty)
    let days = [
      DateComponents(), DateComponents(year: 2026), DateComponents(month: 3, day: 4),
      DateComponents(year: 2026, month: 2, day: 30), DateComponents(year: 2026, month: 13, day: 1),
      DateComponents(year: .max, month: .max, day: .max), DateComponents(year: .min, month: .min, day: .min),
    ]
    let outside = [DateComponents(year: 1969, month: 12, day: 31), DateComponents(year: 10_000, month: 1, day: 1)]
    for day in days + outside {
      let choice = RepairChoice(.pause, to: practice, until: day)
      #expect(error { _ = try vault.preview(choice) } == .declined(.badInput), "\(day)")
      // Its text form is its name all the same.
      #expect("\(choice)" == "RepairChoice")
      #expect((phone.clock.calendar.start(ofAttuneDay: day) != nil) == outside.contains(day), "\(day)")
    }
    let far = Misattunement(
      id: MisattunementId(value: 1), markedAt: Date(timeIntervalSince1970: .nan), utcOffsetMinutes: .max, words: nil,
      pointer: nil, ends: nil)
    #expect("\(far)" == "Misattunement")
    #expect(far.timeZone == nil)
  }

  @Test("time.types: a day of another calendar is the same day")
  func calendars() async throws {
    let world = try await World.linked()
    var calendar = Calendar(identifier: .buddhist)
    calendar.timeZone = world.clock.zone
    let friday = world.clock.date + 4 * 86_400
    var day = calendar.dateComponents([.calendar, .era, .year, .month, .day], from: friday)
    #expect(day.year == 2569)
    let choice = RepairChoice(.pause, to: world.practice, until: day)
    #expect(try world.vault.preview(choice).until == DateComponents(year: 2026, month: 3, day: 6))
    #expect(calendar.attuneDay(of: friday) == DateComponents(year: 2026, month: 3, day: 6))
    let start = try #require(world.clock.calendar.start(ofAttuneDay: DateComponents(year: 2026, month: 3, day: 6)))
    #expect(ISO8601DateFormatter().string(from: start) == "2026-03-05T22:00:00Z")
    day.calendar = nil
    // Without its calendar it is the Gregorian year 2569.
    #expect(try world.vault.preview(RepairChoice(.pause, to: world.practice, until: day)).until?.year == 2569)
  }
}
