import Attune
import AttuneDoubles
import AttuneModel
import AttuneRig
import Foundation
import Testing

@testable import AttunePlatform

/// Looking for updates while nobody is there.
@MainActor
@Suite(.timeLimit(.minutes(5)))
struct LookRunTests {
  private let kept: TestContainer
  private let tasks = TestTasks()
  private let center = TestCenter()
  private let settings: SavedSettings

  init() throws {
    kept = try TestContainer()
    settings = SavedSettings(kept.container)
  }

  private func run(_ look: @escaping @MainActor () async -> Bool?) -> LookRun {
    LookRun(
      look: look, schedule: LookSchedule(tasks: tasks, container: kept.container), settings: settings,
      notices: SystemNotices(center: center, words: { $0 }, isInFront: { false }))
  }

  private func over(_ look: @escaping @MainActor () async -> Bool?) async -> TestRun {
    let given = TestRun()
    await run(look).begin(given).value
    return given
  }

  @Test func itIsOverOnceAndTheNextIsPlanned() async {
    for (came, well) in [(nil, false), (false, true), (true, true)] as [(Bool?, Bool)] {
      tasks.planned = nil
      #expect(await over { came }.completions == [well])
      #expect(tasks.planned != nil)
    }
  }

  @Test func theNextIsPlannedBeforeAnythingCanGoWrong() async {
    let tasks = tasks
    _ = await over {
      #expect(tasks.planned != nil)
      return nil
    }
  }

  // Holds: 77
  @Test func whenAskedItDoesNotLook() async {
    settings.write(Settings(look: .whenAsked))
    let given = await over {
      Issue.record("it looked")
      return true
    }
    #expect(given.completions == [false])
    #expect(tasks.planned == nil && center.shown.isEmpty)
  }

  // Holds: 75
  @Test func theNotificationIsPostedOnlyIfWantedAndIfSomethingCame() async {
    for wanted in [false, true] {
      settings.write(Settings(notifications: wanted))
      for came in [nil, false, true] as [Bool?] {
        center.clear()
        _ = await over { came }
        #expect(center.shown == (wanted && came == true ? ["notify-neutral"] : []))
      }
    }
  }

  @Test func whereTheTimeIsOverItLeavesOffAndSaysSoAfterwards() async {
    let (begun, tell) = AsyncStream.makeStream(of: Void.self)
    let closed = Guarded(false)
    let time = TestTime()
    let given = TestRun()
    given.whenCompleted = { #expect(closed.with { $0 }, "the vault is closed before the system hears of it") }
    let looking = run {
      tell.yield()
      try? await time.wait(1_000)
      closed.with { $0 = true }
      return nil
    }.begin(given)
    for await _ in begun { break }
    given.expire()
    await looking.value
    #expect(given.completions == [false])
  }

  // Holds: 81
  @Test func withoutAPairingNothingIsSent() async throws {
    let (house, sent, store) = try await vault()
    #expect(await over { await house.lookWhileClosed() }.completions == [true])
    #expect(sent.with { $0 } == 0)
    withExtendedLifetime(store) {}
  }

  // Holds: 83
  @Test func whereTheKeyCannotBeHadItIsForLater() async throws {
    let (house, _, keychain) = try await vault()
    keychain.always(.copy, .interactionNotAllowed)
    #expect(await over { await house.lookWhileClosed() }.completions == [false])
    keychain.mend()
    #expect(await over { await house.lookWhileClosed() }.completions == [true])
  }

  // Holds: 83
  @Test func withAPasscodeItIsForLater() async throws {
    let (house, _, _) = try await vault(Passcode("2580"))
    #expect(await over { await house.lookWhileClosed() }.completions == [false])
  }

  /// A house with a closed vault on the keychain, and how often somebody was asked over the network.
  private func vault(_ passcode: Passcode? = nil) async throws -> (House, Guarded<Int>, StandInKeychain) {
    let keychain = StandInKeychain()
    let keys = KeychainKeys(keychain: keychain, sealing: StandInSealing(), isLocked: { false }, sleep: { _ in })
    let sent = Guarded(0)
    let time = TestTime()
    let phone = Phone(
      keys: keys, transport: Nobody(sent: sent), settings: settings, looking: TestLooking(), aloud: TestAloud(),
      finger: TestFinger(), documents: TestDocuments(), notices: TestNotices(), time: time, wait: time, clock: .system,
      country: { "" })
    try await AttuneVault.create(in: kept.container.vault, keyStore: keys, passcode: passcode).close()
    return (House(folder: kept.container.vault, passing: kept.container.passing, phone: phone), sent, keychain)
  }

  private struct Nobody: Transport {
    let sent: Guarded<Int>
    func post(_ url: URL, body: Data) async throws -> Answer {
      sent.with { $0 += 1 }
      throw URLError(.notConnectedToInternet)
    }
  }
}

/// A run of the system's.
@MainActor
private final class TestRun: GivenRun {
  var completions: [Bool] = []
  var whenCompleted: () -> Void = {}
  private var tell: (@MainActor () -> Void)?

  func expires(_ tell: @escaping @MainActor () -> Void) { self.tell = tell }

  func completed(_ well: Bool) {
    whenCompleted()
    completions.append(well)
  }

  func expire() { tell?() }
}

/// The system's place for notifications.
@MainActor
final class TestCenter: NoticeCenter {
  var shown: [String] = []
  var allows = false
  var wasAsked = false

  nonisolated init() {}

  func wouldAsk() async -> Bool { !wasAsked }
  func ask() async -> Bool {
    wasAsked = true
    return allows
  }
  func isAllowed() async -> Bool { allows }
  func post(_ text: String) { shown = [text] }
  func clear() { shown = [] }
}
