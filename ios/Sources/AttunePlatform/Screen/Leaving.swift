import AttuneModel

/// Time that the system gives to an app that was left.
@MainActor
protocol BackgroundTime: AnyObject {
  /// Asks for some; `expired` is called when it is about to end. None if there is none to be had.
  func begin(expired: @escaping @MainActor () -> Void) -> Int?

  /// The app needs it no longer, and may be stopped.
  func end(_ time: Int)
}

/// An app that was left is stopped some seconds later, wherever it is. One that holds a lock on a file then is killed
/// (0xdead10cc); and an open vault holds one. So the vault is closed before, after a short while in which the person may
/// come back, and the system may stop the app only when that is done.
@MainActor
final class Leaving {
  /// How long the person may be away before the vault is closed, in milliseconds: well within what the system gives.
  static let grace = 10_000

  private let time: any BackgroundTime
  private let wait: any Wait
  private let tell: (AppEvent) -> Void
  private let settled: () async -> Void
  private var given: Int?
  private var away = 0
  private var closing: Task<Void, Never>?

  /// - Parameter settled: returns when no file of the vault is held, as `App.settled()`.
  init(
    time: any BackgroundTime, wait: any Wait, tell: @escaping (AppEvent) -> Void, settled: @escaping () async -> Void
  ) {
    self.time = time
    self.wait = wait
    self.tell = tell
    self.settled = settled
  }

  /// The app is out of sight.
  func left() {
    guard closing == nil else { return }
    away += 1
    let now = away
    given = time.begin { [weak self] in self?.expired(now) }
    tell(.left)
    let isShort = given == nil
    closing = Task { [weak self, wait] in
      if !isShort {
        do { try await wait.wait(Self.grace) } catch { return }
      }
      await self?.close(now)
    }
  }

  /// It is in sight again.
  func returned() {
    guard closing != nil else { return }
    away += 1
    closing?.cancel()
    closing = nil
    release()
    tell(.returned)
  }

  /// The system gives no more: whoever waited longer than it allows has to close now.
  private func expired(_ then: Int) {
    guard then == away else { return }
    closing?.cancel()
    closing = Task { [weak self] in await self?.close(then) }
  }

  private func close(_ then: Int) async {
    guard then == away else { return }
    tell(.suspends)
    await settled()
    // The person is back: what was asked for since is another time's.
    if then == away { release() }
  }

  private func release() {
    if let given { time.end(given) }
    given = nil
  }
}
