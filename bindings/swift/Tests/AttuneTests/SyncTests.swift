import Attune
import AttuneDoubles
import AttuneTrial
import Foundation
import Testing

// What waits for ever would stop every test behind it.
@Suite(.timeLimit(.minutes(10)))
struct SyncTests {
  @Test("sync.story: a sync is carried by the given transport, against a real relay")
  func story() async throws {
    let world = try await World.linked()
    let seen = Locked<[(url: URL, sent: Int, answer: Answer)]>([])
    let road = Road { url, body in
      let answer = try await world.road.post(url, body: body)
      seen.with { $0.append((url, body.count, answer)) }
      return answer
    }
    let id = try world.share(.pause)
    try await world.vault.sync(over: road)
    #expect(try world.state(id) == .uploaded)
    let frame = Int(try AttuneVault.limits().frameBytes)
    let requests = seen.with { $0 }
    #expect(requests.count == 2)
    for request in requests {
      #expect(request.url.absoluteString == "\(world.relay.origin)/v1/f")
      #expect(request.sent == frame)
      #expect(request.answer.status == 200 && request.answer.body.count == frame)
    }
    let alone = try await Phone.make()
    try await alone.vault.sync(over: Road { _, _ in throw Surroundings(description: "nobody to ask") })
  }

  /// What becomes of the request at which a sync is left.
  enum Left: CaseIterable {
    case beforeItArrives, beforeTheAnswer
  }

  /// A sync that is left at its request `number`, if it comes to that.
  private func leave(_ world: World, at number: Int, _ left: Left) async throws -> Bool {
    let count = Locked(0)
    let road = Road { url, body in
      let now = count.with { count in
        count += 1
        return count
      }
      guard now == number else { return try await world.road.post(url, body: body) }
      if left == .beforeTheAnswer { _ = try await world.road.post(url, body: body) }
      withUnsafeCurrentTask { $0?.cancel() }
      throw CancellationError()
    }
    // Its own task is cancelled, not the test's.
    let outcome = await Task { try await world.vault.sync(over: road) }.result
    switch outcome {
    case .success: return false
    case .failure(let error):
      #expect(error is CancellationError)
      return true
    }
  }

  @Test("sync.any-step: left at any step and begun again, it comes to the same end", arguments: Left.allCases)
  func anyStep(_ left: Left) async throws {
    let phone = try await Phone.make()
    let relay = try await Relay.start(in: phone.folder.url)
    let desk = try await Desk.make("Ada", in: phone.folder.url, relay: relay.origin, clock: phone.clock)
    let code = try #require(try await desk.run("invite")["code"].text)
    var world = World(phone: phone, relay: relay, desk: desk, practice: try phone.vault.join(code))
    // The pairing: three requests on the phone's side, and then two in each sync.
    var leaves = 0
    for number in 1...5 {
      if try await leave(world, at: number, left) { leaves += 1 }
      world = try await world.reopened()
      try await world.syncDesk()
    }
    #expect(leaves >= 2)
    try await world.meet()
    #expect(try world.shown().stage == .active)
    try await world.compare()
    // Choices: each arrives once, wherever the sync that carries it was left.
    var shared: [CaseId] = []
    for number in 1...2 {
      shared.append(try world.share(number == 1 ? .pause : .switchTopic))
      #expect(try await leave(world, at: number, left))
      world = try await world.reopened()
    }
    try await world.syncAll()
    for id in shared {
      #expect(try world.state(id) == .received)
    }
    #expect(try await Set(world.desk.inbox().compactMap { $0["case"].text }) == Set(shared.map(\.value)))
    #expect(try await world.desk.inbox().count == 2)
  }

  @Test("sync.unreachable: a transport that fails or throws is not reached, and nothing is lost")
  func unreachable() async throws {
    let world = try await World.linked()
    let id = try world.share(.pause)
    let roads: [Road] = [
      Road { _, _ in throw URLError(.notConnectedToInternet) },
      Road { _, _ in throw Surroundings(description: "anything else") },
      // Thrown by itself, while nobody cancelled anything.
      Road { _, _ in throw CancellationError() },
      Road { _, _ in Answer(status: 503, body: Data()) },
      Road { _, _ in Answer(status: -1, body: Data()) },
    ]
    for road in roads {
      try await world.vault.sync(over: road)
      #expect(try world.shown().health.trouble == .unreachable)
      #expect(try world.state(id) == .queued)
    }
    try await world.relay.stop()
    try await world.syncPhone()
    #expect(try world.shown().health.trouble == .unreachable)
    let relay = try await Relay.start(in: world.scratch, origin: world.relay.origin)
    try await world.syncAll()
    #expect(try world.shown().health.trouble == Trouble.none)
    #expect(try world.state(id) == .received)
    try await relay.stop()
  }

  @Test("sync.garbage: answers of random bytes change nothing")
  func garbage() async throws {
    let world = try await World.linked(compared: true)
    let id = try world.share(.pause)
    try await world.syncAll()
    let waiting = try world.share(.switchTopic)
    let before = (try world.shown(), try world.vault.choice(id))
    let frame = Int(try AttuneVault.limits().frameBytes)
    for length in [0, 1, 255, frame - 1, frame, frame + 1, 4 * frame] {
      for status in [200, 204, 404, 70_000] {
        let road = Road { _, _ in
          Answer(status: status, body: Data((0..<length).map { _ in UInt8.random(in: .min ... .max) }))
        }
        try await world.vault.sync(over: road)
        let practice = try world.shown()
        #expect(practice.stage == .active && practice.card == before.0.card && practice.health.compared)
        #expect(practice.health.trouble == .unreachable)
        #expect(try world.vault.choice(id) == before.1)
        #expect(try world.state(waiting) == .queued)
      }
    }
    // A good answer with one bit changed is no better.
    let road = Road { url, body in
      let answer = try await world.road.post(url, body: body)
      var bytes = answer.body
      bytes[Int.random(in: bytes.indices)] ^= 1 << UInt8.random(in: 0..<8)
      return Answer(status: answer.status, body: bytes)
    }
    try await world.vault.sync(over: road)
    #expect(try world.vault.choice(id).state == .received)
    try await world.syncAll()
    try await world.syncAll()
    #expect(try world.state(waiting) == .received)
    #expect(try await world.desk.inbox().count == 2)
  }

  @Test("sync.cancel: a cancelled sync stops, and the next one works")
  func cancel() async throws {
    let world = try await World.linked()
    let id = try world.share(.pause)
    let (entered, enter) = AsyncStream.makeStream(of: Void.self)
    // On the road for ever, until it is cancelled.
    let endless = Road { _, _ in
      enter.yield()
      for await _ in AsyncStream<Void>.makeStream().stream {}
      throw CancellationError()
    }
    let first = Task { try await world.vault.sync(over: endless) }
    for await _ in entered { break }
    // The second waits for its turn, and is cancelled there.
    let second = Task { try await world.vault.sync(over: endless) }
    second.cancel()
    await #expect(throws: CancellationError.self) { try await second.value }
    first.cancel()
    await #expect(throws: CancellationError.self) { try await first.value }
    #expect(try world.state(id) == .queued)
    #expect(try world.shown().health.trouble == Trouble.none)

    // A transport that does not mind being cancelled: its answer is not taken in.
    let posts = Locked(0)
    let stubborn = Road { url, body in
      posts.with { $0 += 1 }
      withUnsafeCurrentTask { $0?.cancel() }
      return try await Task { try await world.road.post(url, body: body) }.value
    }
    let third = Task { try await world.vault.sync(over: stubborn) }
    await #expect(throws: CancellationError.self) { try await third.value }
    #expect(posts.with { $0 } == 1)

    try await world.syncAll()
    #expect(try world.state(id) == .received)
  }

  @Test("sync.one-at-a-time: two syncs at once wait for each other")
  func oneAtATime() async throws {
    let world = try await World.linked()
    let id = try world.share(.pause)
    let log = Locked<[Int]>([])
    let (underWay, setOut) = AsyncStream.makeStream(of: Void.self)
    let (started, start) = AsyncStream.makeStream(of: Void.self)
    @Sendable func road(_ number: Int) -> Road {
      Road { url, body in
        let isFirst = log.with { log in
          log.append(number)
          return log.count == 1
        }
        if isFirst {
          setOut.finish()
          // It stays on its way until the others had every chance to set out, too.
          var others = started.makeAsyncIterator()
          for _ in 1...3 { _ = await others.next() }
          for _ in 0..<1_000 { await Task.yield() }
        }
        return try await world.road.post(url, body: body)
      }
    }
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { try await world.vault.sync(over: road(0)) }
      for await _ in underWay {}
      for number in 1...3 {
        group.addTask {
          start.yield()
          try await world.vault.sync(over: road(number))
        }
      }
      try await group.waitForAll()
    }
    let order = log.with { $0 }
    #expect(order.count == 8)
    #expect(order.prefix(2) == [0, 0])
    for number in 0...3 {
      let first = try #require(order.firstIndex(of: number))
      #expect(order[first...].prefix(2) == [number, number])
    }
    try await world.syncDesk()
    try await world.syncPhone()
    #expect(try world.state(id) == .received)
  }

  @Test("changes.seen: whoever watches is told of changes, and of the vault's end")
  func changes() async throws {
    let world = try await World.linked()
    let vault = world.vault
    var watchers = [vault.changes().makeAsyncIterator(), vault.changes().makeAsyncIterator()]
    let moment = try vault.flag()
    for index in watchers.indices {
      #expect(await watchers[index].next() != nil)
    }
    // Several that nobody looked at are one.
    try vault.setPointer(.said, of: moment)
    try vault.setWords("words", of: moment)
    try vault.undo(moment)
    #expect(await watchers[0].next() != nil)
    #expect(await watchers[1].next() != nil)
    try await world.syncPhone()
    #expect(await watchers[0].next() != nil)
    #expect(await watchers[1].next() != nil)
    // Neither reading nor a call that was declined is a change.
    _ = try vault.moments()
    _ = try vault.choices()
    #expect(error { try vault.undo(moment) } == .declined(.notFound))
    let late = vault.changes()
    vault.close()
    for index in watchers.indices {
      #expect(await watchers[index].next() == nil)
    }
    for await _ in late { Issue.record("told of a change before it watched") }
    for await _ in vault.changes() { Issue.record("a closed vault changed") }
  }

  @Test("changes.seen: a sync that brings something tells whoever watches")
  func brought() async throws {
    let world = try await World.linked()
    let id = try world.share(.pause)
    var watcher = world.vault.changes().makeAsyncIterator()
    try await world.syncAll()
    #expect(await watcher.next() != nil)
    #expect(try world.state(id) == .received)
  }
}
