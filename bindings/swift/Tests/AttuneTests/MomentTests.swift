import Attune
import AttuneTrial
import Foundation
import Testing

@Suite struct MomentTests {
  @Test("moment.flag: a mark is there at once, newest first")
  func flag() async throws {
    let phone = try await Phone.make()
    var ids: [MisattunementId] = []
    for _ in 0..<3 {
      ids.insert(try phone.vault.flag(), at: 0)
      #expect(try phone.vault.moments().map(\.id) == ids)
    }
    let moment = try phone.vault.moment(ids[0])
    #expect(moment.words == nil && moment.pointer == nil)
    #expect(try phone.vault.choices(of: ids[0]).isEmpty)
  }

  @Test("moment.undo: undo erases the mark")
  func undo() async throws {
    let phone = try await Phone.make()
    let (kept, undone) = (try phone.vault.flag(), try phone.vault.flag())
    try phone.vault.undo(undone)
    #expect(try phone.vault.moments().map(\.id) == [kept])
    #expect(error { try phone.vault.undo(undone) } == .declined(.notFound))
  }

  @Test("moment.words: own words in any script are kept up to their limit; over it the old ones stay")
  func words() async throws {
    let phone = try await Phone.make()
    let limit = Int(try AttuneVault.limits().wordsChars)
    let moment = try phone.vault.flag()
    let scripts = ["Sie sagte „nein“", "قالت إنها لا تعرف", "她没有问", "👩🏽‍⚕️ e\u{301} \u{202E}?", "एक शब्द", "a\n\n\tb"]
    for words in scripts + [String(repeating: "界", count: limit)] {
      try phone.vault.setWords(words, of: moment)
      #expect(try phone.vault.moment(moment).words?.unicodeScalars.elementsEqual(words.unicodeScalars) == true)
    }
    let before = try phone.vault.moment(moment)
    let over = String(repeating: "界", count: limit + 1)
    #expect(error { try phone.vault.setWords(over, of: moment) } == .declined(.wordsTooLong))
    #expect(try phone.vault.moment(moment) == before)
    for none in [nil, "", " \n "] {
      try phone.vault.setWords("something", of: moment)
      try phone.vault.setWords(none, of: moment)
      #expect(try phone.vault.moment(moment).words == nil)
    }
  }

  @Test("moment.pointer: the hint is kept, changed and removed")
  func pointer() async throws {
    let phone = try await Phone.make()
    let moment = try phone.vault.flag()
    for pointer in Pointer.allCases.map(Optional.some) + [nil] {
      try phone.vault.setPointer(pointer, of: moment)
      #expect(try phone.vault.moment(moment).pointer == pointer)
    }
  }

  @Test("moment.page: pages follow one another without gap or overlap")
  func page() async throws {
    let phone = try await Phone.make()
    let all = Array(try (0..<23).map { _ in try phone.vault.flag() }.reversed())
    for limit in [1, 7, 22, 23, 24] {
      var seen: [MisattunementId] = []
      var page = try phone.vault.moments(limit: limit)
      while let last = page.last {
        #expect(page.count <= limit)
        seen += page.map(\.id)
        page = try phone.vault.moments(before: last.id, limit: limit)
      }
      #expect(seen == all, "by \(limit)")
    }
    #expect(try phone.vault.moments(limit: 0).isEmpty)
  }

  @Test("moment.ten-thousand: ten thousand moments are paged through, each once")
  func tenThousand() async throws {
    let phone = try await Phone.make()
    var all: [MisattunementId] = []
    for _ in 0..<10_000 {
      all.append(try phone.vault.flag())
    }
    var seen: [MisattunementId] = []
    var page = try phone.vault.moments(limit: 50)
    while let last = page.last {
      seen += page.map(\.id)
      page = try phone.vault.moments(before: last.id, limit: 50)
    }
    #expect(seen == all.reversed())
  }

  @Test("moment.erase: one is erased, and all are")
  func erase() async throws {
    let phone = try await Phone.make()
    let ids = try (0..<5).map { _ in try phone.vault.flag() }
    try phone.vault.eraseMoment(ids[2])
    #expect(try phone.vault.moments().map(\.id) == [ids[4], ids[3], ids[1], ids[0]])
    #expect(error { try phone.vault.eraseMoment(ids[2]) } == .declined(.notFound))
    try phone.vault.eraseMoments()
    #expect(try phone.vault.moments().isEmpty)
  }

  @Test("moment.expire: moments run out after the days that were set, or never")
  func expire() async throws {
    let phone = try await Phone.make()
    #expect(try phone.vault.momentDays() == 90)
    try phone.vault.setMomentDays(7)
    try phone.vault.expire()
    _ = try phone.vault.flag()
    phone.clock.pass(days: 6)
    let later = try phone.vault.flag()
    try phone.vault.expire()
    #expect(try phone.vault.moments().count == 2)
    phone.clock.pass(days: 2)
    try phone.vault.expire()
    #expect(try phone.vault.moments().map(\.id) == [later])
    try phone.vault.setMomentDays(nil)
    #expect(try phone.vault.momentDays() == nil)
    for _ in 0..<10 {
      phone.clock.pass(days: 29)
      try phone.vault.expire()
    }
    #expect(try phone.vault.moments().map(\.id) == [later])
    for days in [-1, 65_536, Int.max] {
      #expect(error { try phone.vault.setMomentDays(days) } == .declined(.badInput))
    }
  }

  @Test("moment.ends: a moment says the day after which it is erased, as moments are kept now")
  func ends() async throws {
    let phone = try await Phone.make()
    let moment = try phone.vault.flag()
    let (standard, seventh) = (phone.clock.day(in: 90), phone.clock.day(in: 7))
    phone.clock.pass(days: 3)
    #expect(try phone.vault.moment(moment).ends == standard)
    try phone.vault.setMomentDays(7)
    #expect(try phone.vault.moments().map(\.ends) == [seventh])
    try phone.vault.setMomentDays(nil)
    #expect(try phone.vault.moment(moment).ends == nil)
  }

  @Test("vault.expires: what has run out is erased before anybody has the vault")
  func expires() async throws {
    let phone = try await Phone.make()
    try phone.vault.setMomentDays(2)
    _ = try phone.vault.flag()
    phone.clock.pass(days: 1.9)
    let young = try phone.vault.flag()
    let copy = phone.folder.at("copy")
    try await phone.vault.saveCopy(to: copy, passphrase: Passcode("of the copy"))
    phone.clock.pass(days: 0.2)
    let opened = try await phone.reopened()
    #expect(try opened.vault.moments().map(\.id) == [young])
    phone.clock.pass(days: 2)
    let back = try await AttuneVault.bringBack(
      copy, passphrase: Passcode("of the copy"), in: phone.folder.at("back"), keyStore: phone.keyStore,
      clock: phone.clock.clock)
    #expect(try back.moments().isEmpty)
    // A clock that is no use keeps nobody out.
    opened.clock.set(Date.distantPast)
    let again = try await opened.reopened()
    #expect(try again.vault.moments().map(\.id) == [young])
  }

  @Test("moment.time: a mark keeps the instant and the zone in which it was made")
  func time() async throws {
    let phone = try await Phone.make()
    for (seconds, instant) in [(7_200, 1_772_436_600.123), (-34_200, 1_800_000_000), (20_700, 0)] {
      phone.clock.set(try #require(TimeZone(secondsFromGMT: seconds)))
      phone.clock.set(Date(timeIntervalSince1970: instant))
      let moment = try phone.vault.moment(try phone.vault.flag())
      #expect(abs(moment.markedAt.timeIntervalSince1970 - instant) < 0.001)
      #expect(moment.timeZone == TimeZone(secondsFromGMT: seconds))
      #expect(moment.utcOffsetMinutes == Int32(seconds / 60))
    }
  }
}
