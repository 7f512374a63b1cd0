/// What is on the screen: the stage, and above it the screens that the person opened.
@MainActor
public struct AppState {
  /// How far the app is.
  public var stage: Stage
  /// The screens above the first one, the topmost last.
  public var above: [Screen]
  /// One line to say, until it is done with.
  public var notice: Notice?
  /// What is set.
  public var settings: Settings
  /// The screen is being recorded, or shown elsewhere.
  public var captured: Bool

  /// What is drawn: the topmost screen, or none for the stage's own.
  public var top: Screen? { above.last }

  /// Whether what is on the screen is covered because it is recorded or shown elsewhere, with a line that says so.
  public var isCovered: Bool { covers(top) }

  /// Whether the screen is recorded or shown elsewhere, and the person has not allowed that.
  var isTaken: Bool { captured && !settings.screenCapture }

  /// Whether that screen is. One below the topmost is, too: a finger that swipes back shows it.
  public func covers(_ screen: Screen?) -> Bool {
    guard isTaken else { return false }
    return switch screen?.route {
    // Notes, all that is or may be shared, and a code that is looked at while it is typed.
    case .preview, .note, .aboutMe, .practice, .proposal, .restored, .choice, .moment: true
    case .passcode, .saveCopy, .bringBack: true
    default: false
    }
  }
}

/// A screen above the first: where it is, and what it shows.
@MainActor
public struct Screen: Identifiable {
  /// Tells this screen from another of the same route; for the screen's own short-lived state, such as where it was
  /// scrolled to.
  public let key: Int
  /// Where it is.
  public let route: Route
  /// What it shows: a `Holder`, of the type that belongs to the route.
  public let holder: any ScreenHolder
  let here: Here

  /// The key.
  public nonisolated var id: Int { key }
}

/// How far the app is.
public enum Stage: Equatable, Sendable {
  /// The vault is being opened.
  case opening
  /// There is no vault yet.
  case firstRun
  /// There is one, and it is closed.
  case locked(Locked)
  /// It cannot be opened. Nothing was deleted.
  case stopped(Stop)
  /// It is open; the first screen is Home.
  case open(HomeModel)

  /// A vault that is closed.
  public struct Locked: Equatable, Sendable {
    /// Whether a passcode is needed; otherwise a tap opens it.
    public var asksCode: Bool
    /// What was typed last was not it.
    public var wrong = false
    /// A finger or a face can be asked for.
    public var finger = false
    /// It could until now: the fingers or faces on the device have changed, and the code alone opens.
    public var fingerGone = false
    /// It is being opened.
    public var busy = false

    /// A vault that is closed.
    public init(asksCode: Bool, wrong: Bool = false, finger: Bool = false, busy: Bool = false) {
      self.asksCode = asksCode
      self.wrong = wrong
      self.finger = finger
      self.busy = busy
    }
  }

  /// The same, with the same Home.
  public static func == (one: Stage, other: Stage) -> Bool {
    switch (one, other) {
    case (.opening, .opening), (.firstRun, .firstRun): true
    case (.locked(let one), .locked(let other)): one == other
    case (.stopped(let one), .stopped(let other)): one == other
    case (.open(let one), .open(let other)): one === other
    default: false
    }
  }
}

/// Why the vault cannot be opened, as a person can act on it.
public enum Stop: CaseIterable, Sendable {
  /// The key store is locked: later.
  case later
  /// The key is gone for good.
  case keyGone
  /// What is there cannot be read.
  case damaged
  /// A newer app wrote it.
  case newer
  /// There is no room.
  case noRoom
  /// It is open elsewhere.
  case busy
  /// The files do not answer, or something went wrong inside.
  case fault
}

/// One line that the app says.
public enum Notice: CaseIterable, Sendable {
  case undone, wordsSaved, erased, kept, takenBack, codeSet, codeOff, copySaved, unpaired, matched, cut, allGone,
    upToDate, notFound, wordsTooLong, notOffered, tooManyOpen, notCompared, pastDay, changedSince, tooLate, notReady,
    badCode, relayNeeded, notACopy, notEmpty, wrongCode, noRoom, noStorage, later, damaged, newer, fault
}

extension AppState: Silent {}
extension Screen: Silent {}
