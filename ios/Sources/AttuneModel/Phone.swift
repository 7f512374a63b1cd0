import Attune
import Foundation

/// What the device does for the app, each behind a protocol: `AttunePlatform` has the real ones.
@MainActor
public struct Phone {
  /// Where the vault's key is sealed.
  public let keys: any KeyStore
  /// Carries what goes to a relay.
  public let transport: any Transport
  /// Where the settings are kept.
  public let settings: any SettingsStore
  /// What looks for updates while nobody is there.
  public let looking: any Looking
  /// Reads aloud.
  public let aloud: any ReadAloud
  /// The finger or the face.
  public let finger: any Finger
  /// What the person picked in the system's picker.
  public let documents: any Documents
  /// The one notification.
  public let notices: any Notices
  /// A clock that never goes backwards.
  public let time: any Elapsed
  /// What waits while the device may sleep.
  public let wait: any Wait
  /// The device's date and time, with its zone.
  public let clock: AttuneClock
  /// ISO 3166, two letters, as the device's language settings have it; empty if they name none.
  public let country: @MainActor () -> String

  /// A device that is made of these.
  public init(
    keys: any KeyStore, transport: any Transport, settings: any SettingsStore, looking: any Looking,
    aloud: any ReadAloud, finger: any Finger, documents: any Documents, notices: any Notices, time: any Elapsed,
    wait: any Wait, clock: AttuneClock, country: @escaping @MainActor () -> String
  ) {
    self.keys = keys
    self.transport = transport
    self.settings = settings
    self.looking = looking
    self.aloud = aloud
    self.finger = finger
    self.documents = documents
    self.notices = notices
    self.time = time
    self.wait = wait
    self.clock = clock
    self.country = country
  }
}

/// Where the settings are kept.
@MainActor
public protocol SettingsStore: AnyObject {
  /// What is set now. What cannot be read is as on the first day.
  func read() -> Settings

  /// Keeps `settings` in place of what was.
  func write(_ settings: Settings)

  /// Forgets all.
  func erase()
}

/// The job that looks for updates.
@MainActor
public protocol Looking: AnyObject {
  /// Has it run as `look` says, from now on; a second time changes nothing.
  func schedule(_ look: Look)

  /// Ends it.
  func end()
}

/// Reads a text aloud, in the language of the app.
@MainActor
public protocol ReadAloud: AnyObject {
  /// Whether the device can.
  var isThere: Bool { get }

  /// Reads `text`, in place of what is being read; tells by `ended` when it is over or was stopped.
  func read(_ text: String, ended: @escaping @MainActor () -> Void)

  /// Falls silent.
  func stop()
}

/// The passcode, sealed a second time under a key that a finger or a face opens. The passcode stays what opens the
/// vault: this only saves typing it.
@MainActor
public protocol Finger: AnyObject {
  /// Whether the device has it, and somebody is enrolled.
  var isThere: Bool { get }

  /// Whether a passcode is kept.
  var isOn: Bool { get }

  /// Asks for the finger or face and keeps `passcode` under it. False if the person or the device would not. The bytes
  /// are the caller's to overwrite.
  func keep(_ passcode: SecretBytes) async -> Bool

  /// Asks for it, and gives the passcode; none if the person would rather type, or it is gone.
  func passcode() async -> Passcode?

  /// Forgets it, key first.
  func forget()
}

/// A copy that comes from outside of the app, as the person picked it. Called off the main actor.
public protocol Documents: Sendable {
  /// Takes the picked document into the new file `to`. False if it could not be read.
  func read(_ picked: URL, to: URL) -> Bool
}

/// Whether the phone may show the one notification.
@MainActor
public protocol Notices: AnyObject {
  /// Whether `ask()` would put a question to the person: a device puts it once.
  func wouldAsk() async -> Bool

  /// Whether it may, after asking the person where nobody has asked yet.
  func ask() async -> Bool

  /// Whether it may now, without asking.
  func isAllowed() async -> Bool
}

/// The camera, which reads codes. No picture is kept.
@MainActor
public protocol Viewfinder: AnyObject {
  /// The device has a camera.
  var isThere: Bool { get }

  /// Whether the camera may be used, after asking the person where nobody has asked yet.
  func ask() async -> Bool

  /// Reads until `close()`. `read` gets each code; `failed` is told once. What is given shows what the camera sees: a
  /// layer on Apple's platforms.
  func open(read: @escaping @MainActor (String) -> Void, failed: @escaping @MainActor () -> Void) -> AnyObject?

  /// Ends it.
  func close()
}

/// A clock that never goes backwards and also runs while the device sleeps, in milliseconds.
@MainActor
public protocol Elapsed: AnyObject {
  /// So many, since some moment.
  var millis: Int { get }
}

/// Waits.
@MainActor
public protocol Wait: AnyObject {
  /// Returns after `millis` milliseconds, or later where the device slept; throws when the task is cancelled.
  func wait(_ millis: Int) async throws
}

/// A little text that survives the end of the process, kept by the system for this window.
@MainActor
public protocol Kept: AnyObject {
  /// The routes, one each.
  var routes: [String] { get set }
}
