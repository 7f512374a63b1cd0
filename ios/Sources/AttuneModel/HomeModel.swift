import Attune
import Foundation

/// What Home shows.
public struct HomeState: Sendable {
  /// Whether the vault was read: before, nothing is said to be empty.
  public var read = false
  /// The newest moments.
  public var moments: [MomentLine] = []
  /// Whether there are older ones.
  public var older = false
  /// Choices that no moment shown leads to, open ones alone.
  public var choices: [Choice] = []
  /// There are notes.
  public var notes = false
  /// There are drafts that can be answered.
  public var drafts = false
  /// Whom the phone is paired with.
  public var practices: [Practice] = []
  /// Choices wait for the person's word after a copy was brought back.
  public var restored = false
  /// A look for updates is under way.
  public var looking = false

  /// Before the vault was read.
  public init() {}
}

/// A moment and where it stands.
public struct MomentLine: Identifiable, Sendable {
  /// The moment.
  public let moment: Misattunement
  /// What was shared for it last.
  public let choice: Choice?

  /// A moment and where it stands.
  public init(moment: Misattunement, choice: Choice?) {
    self.moment = moment
    self.choice = choice
  }

  /// The moment's.
  public var id: MisattunementId { moment.id }
}

/// What a person does on Home.
public enum HomeEvent: Sendable {
  /// The one tap.
  case mark
  /// Another screen.
  case open(Route)
  /// *Connect now*.
  case look
  /// *Hide*.
  case hide
}

/// The first screen of an open vault.
public final class HomeModel: Holder<HomeState, HomeEvent> {
  init(_ here: Here) {
    super.init(here, HomeState())
    watch({ try $0.home() }) { state, found in
      let looking = state.looking
      state = found
      state.looking = looking
    }
  }

  /// What the person did.
  public override func on(_ event: HomeEvent) {
    switch event {
    case .mark:
      once { [here] in
        let moment = try await here.session.write { try $0.flag() }
        here.go(.pick(moment, saved: true))
      }
    case .open(let route): here.go(route)
    case .look: look()
    case .hide: here.on(.hide)
    }
  }

  /// Looks for updates if nothing came through for a day; what does not come through says so on the practice's own screen.
  func lookIfOld() {
    doing { [weak self, here] in
      let now = here.phone.clock.date
      let practices = try await here.session.read { try $0.practices() }
      if practices.contains(where: { $0.isOld(at: now) }) { self?.look() }
    }
  }

  private func look() {
    if state.looking { return }
    show { $0.looking = true }
    let transport = here.phone.transport
    doing { [weak self, here] in
      defer { self?.show { $0.looking = false } }
      try await here.session.sync(over: transport)
    }
  }
}

extension HomeState: Silent {}
extension MomentLine: Silent {}

extension AttuneVault {
  fileprivate func home() throws -> HomeState {
    let onHome = 5
    let newest = try moments(limit: onHome + 1)
    let lines = try newest.prefix(onHome).map { MomentLine(moment: $0, choice: try choices(of: $0.id).first) }
    let led = Set(lines.compactMap { $0.choice?.caseId })
    var state = HomeState()
    state.read = true
    state.moments = lines
    state.older = newest.count > lines.count
    state.choices = try choices().filter { $0.open && !led.contains($0.caseId) }
    state.notes = try !notes().isEmpty
    state.drafts = try proposals().contains { $0.open }
    state.practices = try practices().filter { $0.stage != .ended }
    state.restored = try !restored().isEmpty
    return state
  }
}

extension Practice {
  fileprivate func isOld(at now: Date) -> Bool {
    guard stage != .ended else { return false }
    guard let at = health.reachedAt else { return true }
    return now.timeIntervalSince(at) > 86_400
  }
}
