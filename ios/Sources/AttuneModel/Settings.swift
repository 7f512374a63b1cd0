/// What the person set. It says nothing of what is in the vault, and lies beside it, private to the app.
public struct Settings: Equatable, Hashable, Sendable {
  /// When the app locks by itself after it was left.
  public var autoLock: AutoLock
  /// Whether *Share this* and notes stay in sight while the screen is recorded or shown elsewhere.
  public var screenCapture: Bool
  /// Whether the one notification is shown.
  public var notifications: Bool
  /// How often the phone looks for updates by itself.
  public var look: Look
  /// The country whose help is shown; none for the device's.
  public var country: String?

  /// As on the first day, but for what is given.
  public init(
    autoLock: AutoLock = .oneMinute, screenCapture: Bool = false, notifications: Bool = false,
    look: Look = .twiceADay, country: String? = nil
  ) {
    self.autoLock = autoLock
    self.screenCapture = screenCapture
    self.notifications = notifications
    self.look = look
    self.country = country
  }
}

/// When the app locks by itself after it was left.
public enum AutoLock: String, CaseIterable, Sendable {
  case atOnce, oneMinute, fiveMinutes, fifteenMinutes

  /// So many minutes after.
  public var minutes: Int {
    switch self {
    case .atOnce: 0
    case .oneMinute: 1
    case .fiveMinutes: 5
    case .fifteenMinutes: 15
    }
  }
}

/// How often the phone looks for updates by itself.
public enum Look: String, CaseIterable, Sendable {
  case twiceADay, onceADay, whenAsked
}
