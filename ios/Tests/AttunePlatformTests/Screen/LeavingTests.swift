import AttuneModel
import AttuneRig
import Testing

@testable import AttunePlatform

/// The vault is closed before the system stops an app that was left.
@MainActor
@Suite(.timeLimit(.minutes(5)))
struct LeavingTests {
  private let system = TestBackgroundTime()
  private let time = TestTime()
  private let app = TestApp()

  private var leaving: Leaving {
    Leaving(time: system, wait: time, tell: { [app] in app.on($0) }, settled: { [app] in await app.settled() })
  }

  private func passGrace() async {
    while !time.isWaitedFor { await Task.yield() }
    _ = time.pass(Leaving.grace)
  }

  @Test func afterAShortWhileItIsClosedAndTheSystemMayStopTheApp() async {
    let leaving = leaving
    leaving.left()
    #expect(app.heard == ["left"])
    #expect(system.open.count == 1)
    await passGrace()
    await app.untilAsked()
    #expect(app.heard == ["left", "suspends"])
    #expect(system.open.count == 1, "not before the vault is closed")
    app.settle()
    await system.untilEnded()
    #expect(system.open.isEmpty)
  }

  // Holds: 12
  @Test func whoComesBackSoonFindsItAsItWas() async {
    let leaving = leaving
    leaving.left()
    while !time.isWaitedFor { await Task.yield() }
    leaving.returned()
    #expect(app.heard == ["left", "returned"])
    #expect(system.open.isEmpty)
    while time.isWaitedFor { await Task.yield() }
    #expect(app.heard == ["left", "returned"])
  }

  @Test func whereTheSystemGivesNoTimeItIsClosedAtOnce() async {
    system.gives = false
    let leaving = leaving
    leaving.left()
    await app.untilAsked()
    #expect(app.heard == ["left", "suspends"])
    app.settle()
  }

  @Test func whereTheTimeEndsEarlierItIsClosedThen() async {
    let leaving = leaving
    leaving.left()
    system.expire()
    await app.untilAsked()
    #expect(app.heard == ["left", "suspends"])
    app.settle()
    await system.untilEnded()
    #expect(system.open.isEmpty)
    while time.isWaitedFor { await Task.yield() }
    #expect(app.heard == ["left", "suspends"], "once")
  }

  @Test func whoComesBackWhileItCloses() async {
    let leaving = leaving
    leaving.left()
    await passGrace()
    await app.untilAsked()
    leaving.returned()
    #expect(app.heard == ["left", "suspends", "returned"])
    #expect(system.open.isEmpty)
    leaving.left()
    #expect(system.open.count == 1)
    app.settle()
    // The first closing has ended; what it would give back is no longer its own.
    await passGrace()
    await app.untilAsked()
    #expect(system.open.count == 1)
    app.settle()
    await system.untilEnded()
    #expect(app.heard == ["left", "suspends", "returned", "left", "suspends"])
  }

  @Test func toldTwiceItIsLeftAndReturnedOnce() async {
    let leaving = leaving
    leaving.returned()
    leaving.left()
    leaving.left()
    leaving.returned()
    leaving.returned()
    #expect(app.heard == ["left", "returned"])
    #expect(system.begun == 1 && system.open.isEmpty)
  }
}

/// The real app, left and stopped.
@MainActor
@Suite(.timeLimit(.minutes(5)))
struct LeavingVaultTests {
  // Holds: 11
  @Test func noFileIsHeldOnceTheSystemMayStopTheApp() async throws {
    let rig = try await Rig()
    await rig.on(.begin)
    #expect(rig.isOpen)
    let system = TestBackgroundTime()
    let app = rig.app
    let leaving = Leaving(time: system, wait: TestTime(), tell: { app.on($0) }, settled: { await app.settled() })
    leaving.left()
    system.expire()
    await system.untilEnded()
    #expect(rig.isLocked)
    // Whoever else would open it now could: nobody holds its lock.
    let other = House(folder: rig.folder, passing: rig.root.at("other"), phone: rig.phone)
    #expect(await other.lookWhileClosed() == false)
    leaving.returned()
    await rig.settle()
    #expect(rig.isOpen, "without a code it opens by itself")
  }
}

/// The system's time, as a test gives it.
@MainActor
final class TestBackgroundTime: BackgroundTime {
  var gives = true
  private(set) var begun = 0
  private(set) var open: [Int: @MainActor () -> Void] = [:]

  nonisolated init() {}

  func begin(expired: @escaping @MainActor () -> Void) -> Int? {
    guard gives else { return nil }
    begun += 1
    open[begun] = expired
    return begun
  }

  func end(_ time: Int) {
    #expect(open.removeValue(forKey: time) != nil, "each is given back once")
  }

  func expire() {
    for expired in open.values { expired() }
  }

  func untilEnded() async {
    while !open.isEmpty { await Task.yield() }
  }
}

/// What the app hears, and when it has settled.
@MainActor
private final class TestApp {
  private(set) var heard: [String] = []
  private var waiting: CheckedContinuation<Void, Never>?

  nonisolated init() {}

  func on(_ event: AppEvent) {
    switch event {
    case .left: heard.append("left")
    case .suspends: heard.append("suspends")
    case .returned: heard.append("returned")
    default: heard.append("another")
    }
  }

  func settled() async {
    await withCheckedContinuation { waiting = $0 }
  }

  func untilAsked() async {
    while waiting == nil { await Task.yield() }
  }

  func settle() {
    waiting?.resume()
    waiting = nil
  }
}
