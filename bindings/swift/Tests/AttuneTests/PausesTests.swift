import Attune
import AttuneDoubles
import AttuneTrial
import Foundation
import Testing

/// When the requests of a sync leave.
@Suite(.timeLimit(.minutes(10)))
struct PausesTests {
  /// The phone's vault opened anew: each time that the clock is asked, `work` passes.
  private func reopened(
    _ world: World, _ pauses: TestPauses, work: @escaping @Sendable () -> Duration = { .zero }
  ) async throws -> AttuneVault {
    world.vault.close()
    let test = world.clock
    let clock = AttuneClock(
      date: {
        pauses.pass(work())
        return test.date
      }, timeZone: { test.zone }, pauses: pauses)
    return try await AttuneVault.open(in: world.phone.home, keyStore: world.phone.keyStore, clock: clock)
  }

  @Test(
    "sync.held-back: requests leave at fixed moments after the answer before, however long the work took")
  func moments() async throws {
    let world = try await World.linked()
    let pauses = TestPauses()
    let work = Locked(Duration.zero)
    let vault = try await reopened(world, pauses) { work.with { $0 } }
    let cases: [(takes: Int, leaves: Int)] = [
      (0, 50_000), (1, 50_000), (3_230, 50_000), (3_480, 50_000), (49_999, 50_000), (50_000, 50_000),
      (50_001, 100_000), (131_000, 150_000),
    ]
    for (takes, leaves) in cases {
      work.with { $0 = .microseconds(takes) }
      let held = Locked<[Duration]>([])
      let answered = Locked<TestPauses.Instant?>(nil)
      let road = Road { url, body in
        if let last = answered.with({ $0 }) { held.with { $0.append(last.duration(to: pauses.now)) } }
        // The road takes its time as well; that is no part of the pause.
        pauses.pass(.nanoseconds(17_171_717))
        let answer = try await world.road.post(url, body: body)
        answered.with { $0 = pauses.now }
        return answer
      }
      try await vault.sync(over: road)
      #expect(held.with { $0 } == [.microseconds(leaves)], "\(takes)")
    }
  }

  @Test("sync.held-back: an answer that did not come holds the next request back as one that came")
  func unreached() async throws {
    try await Town.paired { town in
      let pauses = TestPauses()
      let clock = AttuneClock(date: { town.clock.date }, timeZone: { town.clock.zone }, pauses: pauses)
      let vault = try await AttuneVault.open(in: town.phone, keyStore: town.keyStore, clock: clock)
      let held = Locked<[Duration]>([])
      let failed = Locked<TestPauses.Instant?>(nil)
      try await vault.sync(
        over: Road { _, _ in
          if let last = failed.with({ $0 }) { held.with { $0.append(last.duration(to: pauses.now)) } }
          pauses.pass(.nanoseconds(30_000_000_001))
          failed.with { $0 = pauses.now }
          throw Surroundings(description: "no route")
        })
      let all = held.with { $0 }
      #expect(!all.isEmpty && all.allSatisfy { $0 == .milliseconds(50) }, "\(all)")
      vault.close()
    }
  }

  @Test(
    "sync.held-back, sync.cancel: cancelled while a request is held back, it does not leave, and the next sync works")
  func cancelled() async throws {
    let world = try await World.linked()
    let id = try world.share(.pause)
    let (holding, hold) = AsyncStream.makeStream(of: Void.self)
    let isEndless = Locked(true)
    let pauses = TestPauses {
      guard isEndless.with({ $0 }) else { return }
      hold.yield()
      for await _ in AsyncStream<Void>.makeStream().stream {}
      try Task.checkCancellation()
    }
    let vault = try await reopened(world, pauses)
    let posts = Locked(0)
    let road = Road { url, body in
      posts.with { $0 += 1 }
      return try await world.road.post(url, body: body)
    }
    let sync = Task { try await vault.sync(over: road) }
    for await _ in holding { break }
    sync.cancel()
    await #expect(throws: CancellationError.self) { try await sync.value }
    #expect(posts.with { $0 } == 1)
    isEndless.with { $0 = false }
    try await vault.sync(over: world.road)
    #expect(try vault.choice(id).state == .uploaded)
    #expect(try vault.practices().allSatisfy { $0.health.trouble == .none })
    vault.close()
  }

  @Test("sync.held-back: closed while a request is held back, it does not leave")
  func closed() async throws {
    let world = try await World.linked()
    let open = Locked<AttuneVault?>(nil)
    let vault = try await reopened(world, TestPauses { open.with { $0 }?.close() })
    open.with { $0 = vault }
    let posts = Locked(0)
    let road = Road { url, body in
      posts.with { $0 += 1 }
      return try await world.road.post(url, body: body)
    }
    await #expect(throws: AttuneError.closed) { try await vault.sync(over: road) }
    #expect(posts.with { $0 } == 1)
    #expect(vault.isFree)
    open.with { $0 = nil }
  }

  @Test("sync.held-back: with the device's own pauses a sync comes to its end")
  func device() async throws {
    let world = try await World.linked()
    world.vault.close()
    let test = world.clock
    // As an app has it: nothing is said of pauses.
    let clock = AttuneClock(date: { test.date }, timeZone: { test.zone })
    let vault = try await AttuneVault.open(in: world.phone.home, keyStore: world.phone.keyStore, clock: clock)
    let id = try vault.share(try vault.preview(RepairChoice(.pause, to: world.practice)).id)
    try await vault.sync(over: world.road)
    #expect(try vault.choice(id).state == .uploaded)
    vault.close()
  }
}
