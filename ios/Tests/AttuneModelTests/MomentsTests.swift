import Attune
import AttuneRig
import AttuneTrial
import Testing

@testable import AttuneModel

/// Moments: what is written on them, how long they are kept, and how they go.
@MainActor @Suite(.timeLimit(.minutes(5))) struct MomentsTests {
  private func begun(_ use: @MainActor (Rig) async throws -> Void) async throws {
    try await Rig.lent { rig in
      await rig.on(.begin)
      try await use(rig)
    }
  }

  private func mark(_ rig: Rig) async throws {
    await rig.on(try rig.home, .mark)
    await rig.on(.back)
  }

  private func openFirst(_ rig: Rig) async throws -> MomentModel {
    await rig.on(.go(.moment(try #require(try rig.home.state.moments.first).id)))
    return try rig.top()
  }

  // Holds: 24
  @Test func wordsOverTheLimitAreNotTakenAndThoseBeforeStay() async throws {
    try await begun { rig in
      try await mark(rig)
      let moment = try await openFirst(rig)
      let full = String(repeating: "🌍", count: Int(try AttuneVault.limits().wordsChars))
      await rig.on(moment, .words(full))
      #expect(rig.state.notice == nil)
      await rig.on(moment, .words(full + "a"))
      #expect(rig.state.notice == .wordsTooLong)
      #expect(moment.state.words == full)
      await rig.processDies()
      try #expect(rig.top(MomentModel.self).state.words == full)
    }
  }

  // Holds: 23
  @Test func wordsOutliveTheScreenHidingAndTheProcess() async throws {
    try await begun { rig in
      try await mark(rig)
      try await openFirst(rig).on(.words("one"))
      await rig.on(.back)
      try await #expect(openFirst(rig).state.words == "one")
      // Key after key, with no time between them.
      for words in ["one a", "one an", "one and two"] { try rig.top(MomentModel.self).on(.words(words)) }
      await rig.on(.hide, .unlock(nil))
      try await #expect(openFirst(rig).state.words == "one and two")
      try await rig.onTop(MomentModel.self, .words("one and two and three"))
      await rig.processDies()
      try #expect(rig.top(MomentModel.self).state.words == "one and two and three")
    }
  }

  // Holds: 32, 33
  @Test func whereNobodyIsPairedPairingIsOneTapAwayAndNothingIsPreviewed() async throws {
    try await begun { rig in
      await rig.on(try rig.home, .mark)
      let pick = try rig.top(PickModel.self)
      #expect(pick.state.alone)
      #expect(pick.state.offers.allSatisfy { $0.practice == nil })
      try await rig.pick(.requestProvider)
      #expect(rig.routes.last == .outside)
      await rig.on(.back)
      await rig.on(pick, .join)
      #expect(rig.routes.last == .join)
    }
  }

  // Holds: 25
  @Test func whereItWasIsKeptChangedAndTakenAway() async throws {
    try await begun { rig in
      try await mark(rig)
      for pointer in [Pointer.said, .plan, nil] {
        let moment = try await openFirst(rig)
        await rig.on(moment, .where(pointer))
        #expect(moment.state.moment?.pointer == pointer)
        await rig.on(.back)
        try #expect(rig.home.state.moments.first?.moment.pointer == pointer)
      }
    }
  }

  // Holds: 26, 28
  @Test func olderOnesAreShownWhenAskedForAndAllCanBeErased() async throws {
    try await begun { rig in
      for _ in 1...52 { try await mark(rig) }
      try #expect(rig.home.state.older)
      try #expect(rig.home.state.moments.count == 5)
      await rig.on(.go(.moments))
      let all = try rig.top(MomentsModel.self)
      #expect(all.state.moments.count == 50 && all.state.older)
      await rig.on(all, .older)
      #expect(all.state.moments.count == 52 && !all.state.older)
      await rig.on(all, .eraseAll)
      #expect(rig.state.notice == .erased)
      #expect(all.state.moments.isEmpty)
      try #expect(rig.home.state.moments.isEmpty)
    }
  }

  // Holds: 27
  @Test func oneIsErasedAndItsScreenLeft() async throws {
    try await begun { rig in
      try await mark(rig)
      try await mark(rig)
      let kept = try rig.home.state.moments.last?.id
      let moment = try await openFirst(rig)
      await rig.on(moment, .erase)
      #expect(rig.routes.isEmpty)
      try #expect(rig.home.state.moments.map(\.id) == [kept])
    }
  }

  // Holds: 78
  @Test func howLongTheyAreKeptIsSetAndWhatRanOutIsGoneAtTheNextOpening() async throws {
    try await begun { rig in
      try await mark(rig)
      await rig.on(.go(.settings))
      let settings = try rig.top(SettingsModel.self)
      #expect(settings.state.days == 90)
      await rig.on(settings, .days(7))
      #expect(settings.state.days == 7)
      await rig.on(.hide)
      rig.clock.pass(days: 8)
      await rig.on(.unlock(nil))
      try #expect(rig.home.state.moments.isEmpty)
      try await mark(rig)
      await rig.on(.go(.settings))
      try await rig.onTop(SettingsModel.self, .days(nil))
      // A leap of more than a month would erase nothing by itself.
      for _ in 1...5 {
        await rig.on(.hide)
        rig.clock.pass(days: 25)
        await rig.on(.unlock(nil))
      }
      try #expect(rig.home.state.moments.count == 1)
    }
  }
}
