import Attune
import Observation

/// The app: which stage it is at, which screens are open, and what locks and unlocks it. It decides nothing about moments
/// and choices; that is the core's.
@MainActor
@Observable
public final class App {
  /// What to draw.
  public internal(set) var state: AppState

  @ObservationIgnored let house: House
  @ObservationIgnored let phone: Phone
  @ObservationIgnored let kept: any Kept
  @ObservationIgnored let scope: Scope
  @ObservationIgnored var session: Session?
  @ObservationIgnored var screens: Scope
  @ObservationIgnored var opening: Job?
  /// What is under way as `opening` waits for a finger or a face.
  @ObservationIgnored var asksFinger = false
  @ObservationIgnored package var locking: Job?
  @ObservationIgnored var leftAt: Int?

  /// The routes that come back once the vault is open: those of a process that ended, or from before the app locked by
  /// itself.
  @ObservationIgnored var waiting: [Route]
  @ObservationIgnored var leaves = false
  @ObservationIgnored var byItself = false
  @ObservationIgnored var there = true
  @ObservationIgnored var suspended = false
  @ObservationIgnored var gone = false
  @ObservationIgnored private var keys = 0

  /// A pairing's link, a key for a short while: until a screen takes it, and no longer than until *Hide*.
  @ObservationIgnored private var link: String?

  /// Opens what is in the house, and brings back the routes that were kept. `scope` is what all of it ends with.
  public init(house: House, phone: Phone, kept: any Kept, scope: Scope? = nil) {
    self.house = house
    self.phone = phone
    self.kept = kept
    let scope = scope ?? Scope()
    self.scope = scope
    screens = scope.child()
    waiting = kept.routes.compactMap(routeOf)
    state = AppState(stage: .opening, above: [], notice: nil, settings: phone.settings.read(), captured: false)
    if kept.routes.contains(Self.hidden) { house.hidden = true }
    start()
  }

  /// What the person or the device did.
  public func on(_ event: AppEvent) {
    switch event {
    case .begin: opened { [house] in try await house.create() }
    case .unlock(let code): unlock(code)
    case .unlockByFinger: unlockByFinger()
    case .hide:
      house.hidden = true
      hide()
      kept.routes = [Self.hidden]
    case .back:
      state.notice = nil
      if let top = state.top { back(top.here) }
    case .go(let route): go(route)
    case .startOver: startOver()
    case .tryAgain: start()
    case .noticeDone: state.notice = nil
    case .leaves: leaves = true
    case .inFront: leaves = false
    case .left: left()
    case .suspends: suspends()
    case .returned: returned()
    case .captured(let captured): self.captured(captured)
    case .set(let settings): set(settings)
    case .lookNow: lookNow()
    case .link(let text): link(text)
    case .ended: ended()
    }
  }

  /// Waits until whatever has an end of its own has come to it, and what was closed is closed: the device may stop the
  /// process then, and no file of the vault is held.
  public func settled() async {
    while true {
      await session?.settled()
      guard let job = scope.underWay.first else { break }
      await job.join()
    }
    await house.closed()
  }

  // MARK: What screens do

  func go(_ route: Route) {
    if route.needsVault, session == nil { return }
    state.above.append(screen(route))
    state.notice = nil
    keep()
  }

  func become(_ here: Here, _ route: Route) {
    guard let at = state.above.firstIndex(where: { $0.here === here }) else { return }
    let now = state.above[at]
    if now.route.name == route.name {
      state.above[at] = Screen(key: now.key, route: route, holder: now.holder, here: now.here)
    } else {
      leave([now])
      state.above[at] = screen(route)
    }
    keep()
  }

  func back(_ here: Here) {
    guard let at = state.above.firstIndex(where: { $0.here === here }) else { return }
    leave(state.above[at...])
    state.above.removeSubrange(at...)
    keep()
  }

  func home() {
    leave(state.above[...])
    state.above = []
    keep()
  }

  /// Whether `session` is the one that is open now, or none is and none was.
  func isOpen(_ session: Session?) -> Bool {
    session === self.session
  }

  func carry(_ work: @escaping @MainActor () async throws -> Void) -> Job {
    scope.launch { [weak self] in
      do {
        try await work()
      } catch let error as AttuneError {
        self?.failed(error)
      } catch {
        // Only what was cancelled, which says nothing.
      }
    }
  }

  func say(_ notice: Notice) {
    state.notice = notice
  }

  func failed(_ error: AttuneError) {
    // The vault was closed under a screen that is on its way out.
    if error != .closed { say(noticeOf(error)) }
  }

  /// The link that the app was opened with, once.
  func takeLink() -> String? {
    defer { link = nil }
    return link
  }

  private func link(_ text: String) {
    link = text
    if session != nil { join() }
  }

  func joinIfLinked() {
    if link != nil { join() }
  }

  func forgetLink() {
    link = nil
  }

  private func join() {
    if let open = state.top?.holder as? JoinModel {
      if let link = takeLink() { open.on(.scanned(link)) }
    } else {
      go(.join)
    }
  }

  // MARK: The rest

  private func set(_ settings: Settings) {
    phone.settings.write(settings)
    state.settings = settings
    silenceCovered()
    // Before there is a vault there is nothing to look for; and one that is closed had this told when it was opened.
    if session != nil { phone.looking.schedule(settings.look) }
  }

  private func captured(_ captured: Bool) {
    state.captured = captured
    silenceCovered()
  }

  /// A recording takes the voice along, whatever is on the screen meanwhile.
  private func silenceCovered() {
    if state.isTaken { phone.aloud.stop() }
  }

  private func lookNow() {
    _ = carry { [house] in try await house.look() }
  }

  func newHere() -> Here {
    Here(scope: screens.child(), open: session, phone: phone, app: self, house: house)
  }

  func screen(_ route: Route) -> Screen {
    let here = newHere()
    defer { keys += 1 }
    return Screen(key: keys, route: route, holder: holderOf(route, here), here: here)
  }

  func leave(_ screens: some Sequence<Screen>) {
    for screen in screens {
      screen.holder.left()
      screen.here.scope.cancel()
    }
  }

  func keep() {
    kept.routes = state.above.map { $0.route.saved() }
  }

  /// Kept in place of routes: it was hidden.
  static let hidden = "Hidden"
}

extension App: Silent {}
