import Attune
import AttuneDoubles
import AttuneRig
import AttuneTrial
import Foundation
import Testing

@testable import AttuneModel

extension Towns {
  /// Pairing with a real desk over a real relay, and what goes wrong with it.
  @MainActor @Suite(.timeLimit(.minutes(10))) struct JoinTests {
    /// A phone of its own, in a town where others are paired already.
    private func alone(_ use: @escaping @MainActor (Rig, Town) async throws -> Void) async throws {
      try await Town.paired { town in
        try await Rig.lent(clock: town.clock) { rig in
          await rig.on(.begin)
          try await use(rig, town)
        }
      }
    }

    private func joining(_ rig: Rig) async throws -> JoinModel {
      await rig.on(.go(.join))
      return try rig.top()
    }

    private func join(_ rig: Rig, _ code: String, _ desk: Desk, looks: Int = 2) async throws -> JoinModel {
      let join = try await joining(rig)
      await rig.on(join, .by(.link), .code(code), .join)
      for _ in 1...looks {
        try await desk.sync()
        await rig.on(join, .look)
      }
      return join
    }

    /// A pairing by link, as far as the four words.
    private func paired(_ rig: Rig, _ town: Town) async throws -> JoinModel {
      try await join(rig, try await town.desk.invite(), town.desk)
    }

    /// The number that the desk gave to whom it invited last.
    private func client(_ desk: Desk) async throws -> String {
      try #require(try await desk.run("clients")["clients"].list.last?["client"].text)
    }

    // Holds: 60
    @Test func aLinkPairsThatIsTypedOrScannedOrCameWithTheApp() async throws {
      try await alone { rig, town in
        let first = try await paired(rig, town)
        #expect(first.state.practice?.stage == .active)
        await rig.on(.back)
        let scanned = try await joining(rig)
        let code = try await town.desk.invite()
        await rig.on(scanned, .scanned("https://example.org/"))
        #expect(scanned.state.code == "", "what is no code is not taken")
        await rig.on(scanned, .scanned(code))
        #expect(scanned.state.code == code && scanned.state.by == .link && scanned.state.isWhole)
        await rig.on(.back, .hide, .link(code), .unlock(nil))
        try #expect(rig.top(JoinModel.self).state.code == code)
        #expect(!rig.kept.routes.contains { $0.contains("#") }, "the system was given no part of it")
        await rig.on(.back, .link(code), .hide, .unlock(nil))
        #expect(rig.routes.isEmpty, "no longer than until it is hidden")
      }
    }

    // Holds: 61
    @Test func wordsAreCompletedAndWhatIsWrongIsSaidWhileTyping() async throws {
      try await alone { rig, town in
        let join = try await joining(rig)
        let words = try await town.front.invite("--words").split(separator: " ").map(String.init)
        // Not whole yet, however short it is.
        let begun = String(words[0].dropLast())
        await rig.on(join, .code(begun))
        #expect(try AttuneVault.completeWord(begun).contains(words[0]))
        #expect((1...4).contains(join.state.completions.count))
        await rig.on(join, .complete(words[0]))
        #expect(join.state.code == words[0] + " ")
        await rig.on(join, .code(words.enumerated().map { $0 == 5 ? $1 + "zz" : $1 }.joined(separator: " ")))
        #expect(join.state.check?.reading == .unknownWord && join.state.check?.word == 6)
        await rig.on(join, .code(words.dropFirst().joined(separator: " ")))
        #expect(join.state.check?.reading == .wordCount)
        await rig.on(join, .code(words.joined(separator: " ")))
        #expect(!join.state.isWhole, "the address lacks")
        await rig.on(join, .relay(" \(town.relay.origin) "), .name(" Kim "), .join)
        for _ in 1...2 {
          try await town.front.sync()
          await rig.on(join, .look)
        }
        #expect(join.state.practice?.stage == .active && join.state.practice?.chosenName == "Kim")
        #expect(join.state.code == "", "what was typed is forgotten")
      }
    }

    // Holds: 62
    @Test func aCodeOfANewerVersionAndABadOneAreToldApart() async throws {
      try await alone { rig, _ in
        let join = try await joining(rig)
        let link = "attune://relay.example/#1.kmXd0i_KRqwwryK3MibA6OYHnuNs2TM7Wm5rP7Fu57g"
        let odd: [(String, CodeReading)] = [
          (link.replacingOccurrences(of: "#1.", with: "#2."), .newerNeeded), (String(link.dropLast(4)), .notWhole),
          ("https://example.org/", .notOurs),
        ]
        for (code, reading) in odd {
          await rig.on(join, .code(code))
          #expect(join.state.check?.reading == reading && !join.state.isWhole)
        }
        await rig.on(join, .code(" "))
        #expect(join.state.check == nil)
      }
    }

    // Holds: 62
    @Test func aSpentCodeSaysSoAndAnotherCanBeTried() async throws {
      try await alone { rig, town in
        let code = try await town.desk.invite()
        try await Rig.lent(clock: town.clock) { first in
          await first.on(.begin)
          _ = try await join(first, code, town.desk)
        }
        let late = try await join(rig, code, town.desk, looks: 3)
        let notice = late.state.practice?.notice
        #expect(notice == .codeSpent || notice == .secondClaim)
        await rig.on(late, .again)
        #expect(late.state.practice == nil && late.state.code == "")
      }
    }

    // Holds: 63
    @Test func theWordsMatchOrTheLinkIsCutOrItIsLater() async throws {
      try await alone { rig, town in
        let join = try await paired(rig, town)
        let practice = try #require(join.state.practice).id
        await rig.on(join, .compare)
        let words = try await town.desk.words(try await client(town.desk))
        try #expect(rig.top(CompareModel.self).state.words == words)
        try await rig.onTop(CompareModel.self, .later)
        await rig.on(.go(.practice(practice)))
        let model = try rig.top(PracticeModel.self)
        #expect(model.state.practice?.health.compared == false)
        await rig.on(model, .compare)
        try await rig.onTop(CompareModel.self, .match)
        #expect(rig.state.notice == .matched)
        #expect(model.state.practice?.health.compared == true)
        await rig.on(model, .compare)
        try await rig.onTop(CompareModel.self, .differ)
        #expect(rig.state.notice == .cut)
        try #expect(rig.home.state.practices.isEmpty)
        #expect(rig.routes.isEmpty)
      }
    }

    // Holds: 36
    @Test func ownWordsBeforeComparingAreDeclinedAndComparingIsNear() async throws {
      try await alone { rig, town in
        _ = try await paired(rig, town)
        await rig.on(.back)
        await rig.on(try rig.home, .mark)
        try await rig.onTop(PickModel.self, .words)
        try await rig.onTop(MomentModel.self, .words("my own"))
        await rig.on(.back)
        try await rig.pick(.pause)
        let preview = try rig.top(PreviewModel.self)
        await rig.on(preview, .withWords(true))
        #expect(rig.state.notice == .notCompared)
        #expect(preview.state.preview != nil && preview.state.preview?.words == nil && !preview.state.withWords)
        await rig.on(preview, .compare)
        try await rig.onTop(CompareModel.self, .match)
        await rig.on(preview, .withWords(true))
        #expect(preview.state.preview?.words == "my own")
      }
    }

    // Holds: 64, 66
    @Test func theCardIsShownAndUnpairingIsAtOnce() async throws {
      try await alone { rig, town in
        let id = try #require(try await paired(rig, town).state.practice).id
        await rig.on(.back, .go(.practice(id)))
        let model = try rig.top(PracticeModel.self)
        let card = try #require(model.state.practice?.card)
        #expect(card.name == Town.therapist && card.backup == "Noa Brand")
        #expect(card.leavesPractice == "Dates go to your insurer.")
        #expect(card.terms.noFee && !card.offered.isEmpty && card.role == .therapist)
        await rig.on(model, .unpair)
        try #expect(rig.home.state.practices.isEmpty)
        #expect(rig.routes.isEmpty)
      }
    }

    // Holds: 65
    @Test func whoIntroducedAPracticeIsOnItsCard() async throws {
      try await alone { rig, town in
        let third = Desk(folder: town.root.at("third"), scratch: town.root.url, clock: town.clock)
        try await third.run(
          "init", "--name", "Dr Kofi Mensah", "--role", "therapist", "--relay", town.relay.origin, "--no-fee",
          "--backup", "Noa Brand", "--leaves-practice", "Nothing.", "--introduced-by", Town.frontDesk)
        let join = try await join(rig, try await third.invite(), third)
        #expect(join.state.practice?.card?.introducedBy == Town.frontDesk)
      }
    }

    // Holds: 67
    @Test func aLinkThatTheOtherSideCutSaysSoAndANewCodeIsNear() async throws {
      try await alone { rig, town in
        let id = try #require(try await paired(rig, town).state.practice).id
        try await town.desk.run("unpair", try await client(town.desk))
        try await town.desk.sync()
        await rig.on(.back, .go(.practice(id)))
        let practice = try rig.top(PracticeModel.self)
        await rig.on(practice, .look)
        #expect(practice.state.practice?.notice == .goodbye)
        await rig.on(practice, .join)
        #expect(rig.routes.last == .join)
      }
    }
  }
}
