import Attune
import AttuneDoubles
import AttuneRig
import AttuneTrial
import Foundation
import Testing

@testable import AttuneModel

extension Towns {
  /// Looking for updates: when it is done, and that nothing is lost by it.
  @MainActor @Suite(.timeLimit(.minutes(10))) struct LookTests {
    /// A transport that counts, and answers by something else while it is told to.
    private final class Counted: Transport {
      typealias Instead = @Sendable (Data) async throws -> Answer
      private let way = HTTPTransport()
      private let count = Locked(0)
      private let instead = Locked<Instead?>(nil)

      var posts: Int { count.with { $0 } }

      func answers(_ answer: Instead?) {
        instead.with { $0 = answer }
      }

      func post(_ url: URL, body: Data) async throws -> Answer {
        count.with { $0 += 1 }
        if let instead = instead.with({ $0 }) { return try await instead(body) }
        return try await way.post(url, body: body)
      }
    }

    private struct Away: Error {}

    private func counted(_ use: @escaping @MainActor (Rig, Town, Counted) async throws -> Void) async throws {
      let counted = Counted()
      try await Town.paired { town in
        try await Rig.lent(town, transport: counted) { rig in try await use(rig, town, counted) }
      }
    }

    // Holds: 81
    @Test func nothingIsSentBeforeTheFirstPairing() async throws {
      let counted = Counted()
      counted.answers { _ in throw Away() }
      let clock = TestClock()
      try await Rig.lent(clock: clock, transport: counted) { alone in
        await alone.on(.begin)
        await alone.on(try alone.home, .mark)
        await alone.on(.back)
        try await alone.look()
        await alone.on(.lookNow, .hide, .unlock(nil))
        clock.pass(days: 3)
        await alone.on(.hide, .unlock(nil), .hide)
        #expect(await alone.house.lookWhileClosed() == false)
      }
      #expect(counted.posts == 0)
    }

    // Holds: 82
    @Test func itLooksWhenItIsOpenedAfterADayAndWhenAsked() async throws {
      try await counted { rig, town, counted in
        let first = counted.posts
        await rig.on(.hide, .unlock(nil))
        #expect(counted.posts == first, "it looked just now")
        try await rig.look()
        #expect(counted.posts > first)
        let asked = counted.posts
        await rig.on(.hide)
        town.clock.pass(days: 25.0 / 24)
        await rig.on(.unlock(nil))
        #expect(counted.posts > asked)
        try #expect(!rig.home.state.looking)
        let opened = counted.posts
        var settings = rig.state.settings
        settings.look = .whenAsked
        await rig.on(.set(settings), .hide)
        town.clock.pass(days: 2)
        await rig.on(.unlock(nil))
        #expect(counted.posts == opened, "only when it is asked to")
      }
    }

    // Holds: 83
    @Test func inTheBackgroundALockedKeyAndACodeAreLater() async throws {
      try await counted { rig, town, _ in
        await rig.on(.hide)
        #expect(await rig.house.lookWhileClosed() == false)
        rig.store.meets(.locked)
        #expect(await rig.house.lookWhileClosed() == nil)
        rig.store.meets(.none)
        await rig.on(.unlock(nil), .go(.passcode))
        try await rig.onTop(
          PasscodeModel.self, .set(SecretBytes(typed: "4711"), again: SecretBytes(typed: "4711"), finger: false))
        await rig.on(.hide)
        #expect(await rig.house.lookWhileClosed() == nil)
        #expect(rig.state.stage == .locked(Stage.Locked(asksCode: true)))
      }
    }

    // Holds: 83
    @Test func inTheBackgroundItTellsWhetherSomethingCame() async throws {
      try await counted { rig, town, _ in
        await rig.on(.hide)
        _ = try await town.desk.propose("plan-draft", "We start with your week.")
        try await town.desk.sync()
        #expect(await rig.house.lookWhileClosed() == true)
        #expect(await rig.house.lookWhileClosed() == false)
        await rig.on(.unlock(nil))
        try #expect(rig.home.state.drafts)
        // While the person is there, their own vault looks.
        _ = try await town.desk.propose("plan-draft", "Or with sleep.")
        try await town.desk.sync()
        #expect(await rig.house.lookWhileClosed() == true)
      }
    }

    // Holds: 84
    @Test func thePersonComesFirstAndBothComeThrough() async throws {
      try await counted { rig, town, counted in
        await rig.on(.hide)
        let (entered, enter) = AsyncStream.makeStream(of: Void.self)
        // On the road for ever, until it is cancelled.
        counted.answers { _ in
          enter.yield()
          for await _ in AsyncStream<Void>.makeStream().stream {}
          throw CancellationError()
        }
        let look = Task { await rig.house.lookWhileClosed() }
        for await _ in entered { break }
        await rig.on(.unlock(nil))
        #expect(rig.isOpen)
        #expect(await look.value == nil, "it is for later")
        // A look of the system's that its time ran out for leaves off, too, and frees the vault.
        await rig.on(.hide)
        let second = Task { await rig.house.lookWhileClosed() }
        for await _ in entered { break }
        second.cancel()
        #expect(await second.value == nil)
        counted.answers(nil)
        #expect(await rig.house.lookWhileClosed() == false)
        await rig.on(.unlock(nil))
        #expect(rig.isOpen)
      }
    }

    // Holds: 7, 85
    @Test func aLookIsLeftWhenItIsHiddenAndTheVaultIsFree() async throws {
      try await counted { rig, town, counted in
        let (entered, enter) = AsyncStream.makeStream(of: Void.self)
        counted.answers { _ in
          enter.yield()
          for await _ in AsyncStream<Void>.makeStream().stream {}
          throw CancellationError()
        }
        try rig.home.on(.look)
        rig.app.on(.lookNow)
        for await _ in entered { break }
        weak var vault = rig.app.session?.vault
        await rig.on(.hide)
        #expect(await isGone { vault == nil })
        #expect(rig.state.notice == nil)
        counted.answers(nil)
        await rig.on(.unlock(nil))
        try #expect(!rig.home.state.looking)
      }
    }

    // Holds: 68, 85
    @Test func aRelayThatIsAwayOrAnswersNonsenseChangesNothing() async throws {
      try await counted { rig, town, counted in
        await rig.on(try rig.home, .mark)
        await rig.on(.go(.preview(RepairChoice(.pause, to: town.therapist))))
        try await rig.onTop(PreviewModel.self, .share)
        let choice = try rig.top(ChoiceModel.self)
        let answers: [Counted.Instead] = [
          { _ in throw Away() }, { _ in Answer(status: 503, body: Data()) },
          { _ in Answer(status: 302, body: Data(count: 10)) }, { _ in Answer(status: 200, body: Data("<html>".utf8)) },
          { body in Answer(status: 200, body: body) }, { body in Answer(status: 200, body: body + [1]) },
        ]
        for answer in answers {
          counted.answers(answer)
          try await rig.look()
          try #expect(!rig.home.state.looking)
          #expect(choice.state.choice?.open == true)
          try #expect(rig.home.state.moments.count == 1)
        }
        counted.answers { _ in throw Away() }
        await rig.on(.go(.practice(town.therapist)))
        let practice = try rig.top(PracticeModel.self)
        await rig.on(practice, .look)
        #expect(practice.state.practice?.notice == .notReached && !practice.state.looking)
        counted.answers(nil)
        await rig.on(practice, .look)
        #expect(practice.state.practice != nil && practice.state.practice?.notice == nil)
        try await town.desk.sync()
        await rig.on(practice, .look)
        #expect(choice.state.choice?.status == .receivedCounts)
        #expect(try await town.desk.inbox().map { $0["option"].text } == ["Pause"])
      }
    }
  }
}
