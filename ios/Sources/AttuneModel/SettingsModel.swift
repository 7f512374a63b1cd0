import Attune

/// What is set.
public struct SettingsState: Sendable {
  /// What is set now.
  public var settings: Settings
  /// Opening asks for a code.
  public var hasCode = false
  /// The device can ask for a finger or a face.
  public var canFinger = false
  /// It opens the vault.
  public var hasFinger = false
  /// For how many days moments are kept; none until they are wiped.
  public var days: Int?
  /// Whether the vault was read.
  public var read = false
  /// The device shows no notification of this app, whatever is set here.
  public var silent = false
  /// The device will ask the person whether it may, once that is switched on.
  public var asks = true

  /// Before the vault was read.
  public init(settings: Settings) {
    self.settings = settings
  }
}

/// What a person does with them.
public enum SettingsEvent: Sendable {
  /// Notifications are switched on only where the device lets them.
  case set(Settings)
  /// For how many days moments are kept; none until they are wiped.
  case days(Int?)
  /// No finger or face any more: only the code.
  case forgetFinger
  case open(Route)
  /// The screen is in front again: the device's own settings may have been changed meanwhile.
  case inFront
}

/// Settings.
public final class SettingsModel: Holder<SettingsState, SettingsEvent> {
  init(_ here: Here) {
    super.init(here, SettingsState(settings: here.phone.settings.read()))
    let finger = here.phone.finger
    watching({ session in
      (days: try await session.read { try $0.momentDays() }, hasCode: try await here.presence() == .needsPasscode)
    }) { state, found in
      state.days = found.days
      state.hasCode = found.hasCode
      state.canFinger = finger.isThere
      state.hasFinger = finger.isOn
      state.read = true
    }
    hear()
  }

  /// What the person did.
  public override func on(_ event: SettingsEvent) {
    switch event {
    case .set(let settings): set(settings)
    case .days(let days): doing { [here] in try await here.session.write { try $0.setMomentDays(days) } }
    case .forgetFinger:
      here.phone.finger.forget()
      show { $0.hasFinger = here.phone.finger.isOn }
    case .open(let route): here.go(route)
    case .inFront: hear()
    }
  }

  private func set(_ settings: Settings) {
    guard settings.notifications, !state.settings.notifications else { return keep(settings) }
    once { [weak self, here] in
      // Only a question comes before the app; without one it would wait for an answer that never comes.
      if await here.phone.notices.wouldAsk() { here.on(.leaves) }
      let may = await here.phone.notices.ask()
      guard let self, !Task.isCancelled else { return }
      self.show {
        $0.silent = !may
        $0.asks = false
      }
      if may { self.keep(settings) }
    }
  }

  private func keep(_ settings: Settings) {
    here.on(.set(settings))
    show {
      $0.settings = settings
      if !settings.notifications { $0.silent = false }
    }
  }

  /// Asks the device whether it lets anything be shown.
  private func hear() {
    doing { [weak self, here] in
      let notices = here.phone.notices
      let (may, asks) = (await notices.isAllowed(), await notices.wouldAsk())
      self?.show {
        $0.silent = $0.settings.notifications && !may
        $0.asks = asks
      }
    }
  }
}

/// The code that opening asks for.
public struct PasscodeState: Sendable {
  /// One is set.
  public var hasCode = false
  /// What was typed twice was not the same.
  public var differs = false
  /// A finger or a face can be kept for it.
  public var canFinger = false
  /// It is being set.
  public var busy = false
  /// Whether the vault was read.
  public var read = false

  /// Before the vault was read.
  public init() {}
}

/// What a person does with it. The bytes are overwritten.
public enum PasscodeEvent: Sendable {
  case set(SecretBytes, again: SecretBytes, finger: Bool)
  case remove
}

/// Setting, changing or removing the passcode. Whoever has the app open may: they could read everything anyway.
public final class PasscodeModel: Holder<PasscodeState, PasscodeEvent> {
  init(_ here: Here) {
    super.init(here, PasscodeState())
    let finger = here.phone.finger
    watching({ _ in try await here.presence() == .needsPasscode }) { state, hasCode in
      state.hasCode = hasCode
      state.canFinger = finger.isThere
      state.read = true
    }
  }

  /// What the person did.
  public override func on(_ event: PasscodeEvent) {
    switch event {
    case .set(let code, let again, let finger): set(code, again, finger)
    case .remove:
      once { [here] in
        here.phone.finger.forget()
        try await here.setPasscode(nil)
        here.say(.codeOff)
        here.back()
      }
    }
  }

  private func set(_ code: SecretBytes, _ again: SecretBytes, _ finger: Bool) {
    let same = code.isSame(as: again)
    again.wipe()
    guard same, code.count > 0, !state.busy else {
      code.wipe()
      show { $0.differs = !$0.busy }
      return
    }
    show {
      $0.differs = false
      $0.busy = true
    }
    once { [weak self, here] in
      defer {
        code.wipe()
        self?.show { $0.busy = false }
      }
      // What a finger would open is the old code from here on.
      here.phone.finger.forget()
      let passcode = code.withUnsafeBytes { Passcode(utf8: $0) }
      defer { passcode.wipe() }
      try await here.setPasscode(passcode)
      if finger { _ = await here.phone.finger.keep(code) }
      here.say(.codeSet)
      here.back()
    }
  }
}

extension PasscodeState: Silent {}
extension PasscodeEvent: Silent {}
extension SettingsState: Silent {}
