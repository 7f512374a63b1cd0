import Attune
import Observation

/// What a screen's state is held by, whatever its type.
@MainActor
public protocol ScreenHolder: AnyObject {
  /// The screen was left.
  func left()
}

/// What one screen shows, and what the person can do there. A screen draws `state` and calls `on(_:)`; it holds nothing
/// itself.
///
/// Events come on the main actor, and the state changes there. The vault is asked off it.
@MainActor
@Observable
public class Holder<State: Sendable, Event>: ScreenHolder {
  /// What to draw.
  public private(set) var state: State

  let here: Here
  @ObservationIgnored private var pressed: Job?

  init(_ here: Here, _ first: State) {
    self.here = here
    state = first
  }

  /// What the person did.
  public func on(_ event: Event) {}

  /// The screen was left.
  public func left() {}

  /// Shows something else.
  func show(_ change: (inout State) -> Void) {
    change(&state)
  }

  /// Does something that takes its time; what the core declines is told to the person.
  @discardableResult
  func doing(_ work: @escaping @MainActor () async throws -> Void) -> Job {
    here.scope.launch { [weak here] in
      await tell(here) { try await work() }
    }
  }

  /// As `doing`, but a second press while the first is at work does nothing.
  func once(_ work: @escaping @MainActor () async throws -> Void) {
    if pressed?.isActive == true { return }
    pressed = doing(work)
  }

  /// As `once`, and goes on when the screen is left meanwhile.
  func carrying(_ work: @escaping @MainActor () async throws -> Void) {
    if pressed?.isActive == true { return }
    pressed = here.carry(work)
  }

  /// Does what this screen ends by: `work`, then says `notice`, then leaves by `leave`. It is carried to its end even
  /// when the screen is gone before, as it is once what it showed is gone.
  func leaving(
    _ notice: Notice, by leave: (@MainActor () -> Void)? = nil,
    _ work: @escaping @Sendable (AttuneVault) throws -> Void
  ) {
    carrying { [here] in
      try await here.session.write(work)
      here.say(notice)
      if let leave { leave() } else { here.back() }
    }
  }

  /// Reads by `read` now and after every change of the vault, and shows what it gave. A screen of one thing is left when
  /// that thing is gone.
  func watch<Value: Sendable>(
    _ read: @escaping @Sendable (AttuneVault) throws -> Value, shows: @escaping @MainActor (inout State, Value) -> Void
  ) {
    watching({ try await $0.read(read) }, shows: shows)
  }

  /// The same for what asks more than the vault.
  func watching<Value: Sendable>(
    _ read: @escaping @MainActor (Session) async throws -> Value,
    shows: @escaping @MainActor (inout State, Value) -> Void
  ) {
    // Not held by what watches: a screen that nobody shows any more goes.
    here.session.watch(in: here.scope) { [weak self] in await self?.look(read, shows) }
  }

  private func look<Value: Sendable>(
    _ read: @MainActor (Session) async throws -> Value, _ shows: @MainActor (inout State, Value) -> Void
  ) async {
    do {
      let found = try await read(here.session)
      show { shows(&$0, found) }
    } catch AttuneError.declined(.notFound) {
      if !Task.isCancelled { here.back() }
    } catch let error as AttuneError {
      if !Task.isCancelled { here.failed(error) }
    } catch {
      // It was left meanwhile.
    }
  }
}

/// Does `work`, and tells the person what the core declined. What was cancelled says nothing.
@MainActor
private func tell(_ here: Here?, _ work: () async throws -> Void) async {
  do {
    try await work()
  } catch let error as AttuneError {
    if !Task.isCancelled { here?.failed(error) }
  } catch {
    // Cancelled: whoever asked is gone.
  }
}

extension Holder: Silent {}
