import Attune

/// What opens and locks the app.
extension App {
  /// The vault is open in `session`, after making it, opening it or bringing it back.
  func entered(_ session: Session) {
    // Nobody is there any more to see it.
    if gone { return house.close() }
    self.session = session
    house.hidden = false
    // What was open without a vault goes on in front of the first screen no more.
    screens.cancel()
    screens = scope.child()
    let home = HomeModel(newHere())
    let above = waiting
    waiting = []
    byItself = false
    state.stage = .open(home)
    state.above = above.map(screen)
    keep()
    phone.looking.schedule(state.settings.look)
    // The system is about to stop the process: what was being opened is closed again.
    if suspended { return lockByItself() }
    if state.settings.look != .whenAsked { home.lookIfOld() }
    joinIfLinked()
  }

  func opened(_ open: @escaping @MainActor () async throws -> Session) {
    if opening?.isActive == true { return }
    opening = scope.launch { [weak self] in
      await self?.entering { try await open() }
    }
  }

  private func entering(_ open: @MainActor () async throws -> Session?) async {
    do {
      if let session = try await open() { entered(session) }
    } catch let error as AttuneError {
      couldNotOpen(error)
    } catch {
      // Cancelled: another way in was taken, or it was locked.
    }
  }

  func start() {
    opening?.cancel()
    opening = scope.launch { [weak self, house] in
      await self?.entering {
        switch try await house.presence() {
        case .absent:
          if !Task.isCancelled { self?.state.stage = .firstRun }
          return nil
        case .needsPasscode:
          if !Task.isCancelled { self?.locked(asksCode: true) }
          return nil
        case .ready:
          // Whoever hid it has to ask for it, also after the window or the process was gone.
          if !house.hidden { return try await house.open(nil) }
          if !Task.isCancelled { self?.locked(asksCode: false) }
          return nil
        }
      }
    }
  }

  func unlock(_ code: SecretBytes?) {
    guard case .locked(var lock) = state.stage, opening?.isActive != true else {
      code?.wipe()
      return
    }
    house.hidden = false
    lock.wrong = false
    lock.busy = true
    state.stage = .locked(lock)
    let passcode = code?.passcode()
    opened { [house] in
      defer { passcode?.wipe() }
      return try await house.open(passcode)
    }
  }

  func unlockByFinger() {
    guard case .locked = state.stage, opening?.isActive != true else { return }
    opening = scope.launch { [weak self, house, phone] in
      await self?.entering {
        self?.asksFinger = true
        let given = await phone.finger.passcode()
        self?.asksFinger = false
        guard let passcode = given else {
          self?.fingerSaidNothing()
          return nil
        }
        defer { passcode.wipe() }
        try Task.checkCancellation()
        return try await house.open(passcode)
      }
    }
  }

  /// Whoever would rather type goes on as before; where there is nothing left to ask for, that is said.
  private func fingerSaidNothing() {
    guard case .locked(var lock) = state.stage, lock.finger, !phone.finger.isOn else { return }
    lock.finger = false
    lock.fingerGone = true
    state.stage = .locked(lock)
  }

  private func couldNotOpen(_ error: AttuneError) {
    // Another way in was quicker: it is open. Or it was given up meanwhile.
    if session != nil || Task.isCancelled { return }
    switch error {
    case .passcodeNeeded: locked(asksCode: true)
    case .wrongPasscode: locked(asksCode: true, wrong: true)
    default: state.stage = .stopped(stopOf(error))
    }
  }

  private func locked(asksCode: Bool, wrong: Bool = false) {
    state.stage = .locked(Stage.Locked(asksCode: asksCode, wrong: wrong, finger: phone.finger.isOn))
  }

  /// Locks and forgets where the person was. What was typed until now is still written; nothing else is.
  func hide() {
    waiting = []
    byItself = false
    forgetLink()
    lock()
    kept.routes = []
  }

  /// Nobody comes back to this one: the window was closed for good.
  func ended() {
    gone = true
    locking?.cancel()
    opening?.cancel()
    let routes = kept.routes
    hide()
    if routes.contains(Self.hidden) { kept.routes = routes }
  }

  private func lock() {
    if session == nil { return }
    shut()
    phone.aloud.stop()
    state = AppState(
      stage: .locked(Stage.Locked(asksCode: false, busy: true)), above: [], notice: nil, settings: state.settings,
      captured: state.captured)
    opening = scope.launch { [weak self, house] in
      await self?.entering {
        let asks = (try? await house.presence()) == .needsPasscode
        try Task.checkCancellation()
        guard let self else { return nil }
        if !asks, self.byItself, self.there, !self.suspended {
          // The person is back already, and there is nothing to ask.
          return try await house.open(nil)
        }
        self.locked(asksCode: asks)
        return nil
      }
    }
  }

  private func shut() {
    opening?.cancel()
    screens.cancel()
    screens = scope.child()
    session = nil
    house.close()
  }

  /// Then it is as on the first day, when a new space can be begun, or a copy brought back.
  func startOver() {
    if opening?.isActive == true { return }
    waiting = []
    opening = scope.launch { [weak self, house, phone] in
      await self?.entering {
        try await house.startOver()
        phone.finger.forget()
        self?.state.stage = .firstRun
        // Those of the space that was set aside lead nowhere in the next one.
        self?.keep()
        return nil
      }
    }
  }

  /// Deletes everything, keys first: the app is then as on its first day.
  func deleteAll() async throws {
    phone.looking.end()
    phone.finger.forget()
    session = nil
    house.close()
    do {
      try await house.deleteAll()
    } catch {
      // Keys went first: what is left cannot be opened, and the screen says so.
      start()
      throw error
    }
    phone.settings.erase()
    waiting = []
    forgetLink()
    let before = screens
    screens = scope.child()
    state = AppState(
      stage: .firstRun, above: [], notice: .allGone, settings: phone.settings.read(), captured: state.captured)
    keep()
    before.cancel()
  }

  // MARK: Leaving and coming back

  func left() {
    there = false
    leftAt = phone.time.millis
    // Nobody is there to stop it, and it would go on when the app is back.
    phone.aloud.stop()
    locking?.cancel()
    let (wait, stays) = (phone.wait, mayStay)
    locking = scope.launch(standing: true) { [weak self] in
      do {
        try await wait.wait(stays)
      } catch {
        return
      }
      if !Task.isCancelled { self?.lockByItself() }
    }
  }

  /// How long the app may be left before it locks, in milliseconds. Where it opened the screen of another app itself, it
  /// waits for the answer.
  private var mayStay: Int {
    max(state.settings.autoLock.minutes, leaves ? 5 : 0) * 60_000
  }

  func suspends() {
    suspended = true
    locking?.cancel()
    // A question that nobody can answer now would keep the process from being stopped in time.
    if asksFinger { opening?.cancel() }
    lockByItself()
  }

  func returned() {
    there = true
    suspended = false
    locking?.cancel()
    let away = leftAt.map { phone.time.millis - $0 } ?? 0
    leftAt = nil
    // The device may have slept on, and what waits above with it.
    if away > mayStay { lockByItself() }
    leaves = false
    // Without a code there is nothing to ask: it was closed to keep it out of memory, and opens again by itself.
    if case .locked(let lock) = state.stage, !lock.asksCode, byItself { unlock(nil) }
    _ = try? session?.begin { try $0.expire() }
  }

  private func lockByItself() {
    if session == nil { return }
    waiting = state.above.map(\.route)
    byItself = true
    lock()
  }
}
