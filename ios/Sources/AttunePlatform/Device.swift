import Attune
import AttuneModel
import Foundation

/// The device: what it does for the app, and the one house that both the person and the look in the background come to.
/// There is one in the process. It is made before the app's launch is over, since the system asks then what to run later.
@MainActor
public final class Device {
  /// What the device does for the app.
  public let phone: Phone
  /// The vault's folder, and who has it open.
  public let house: House
  /// The camera, for pairing.
  public let viewfinder: any Viewfinder

  private let kept: any Kept
  private let notices: SystemNotices
  private let front: Front
  private var shown: Shown?

  /// - Parameters:
  ///   - loopback: whether a relay on this device is reached without TLS, as in debug builds.
  ///   - words: the text of an id of the catalog.
  public init(loopback: Bool, words: @escaping @Sendable (String) -> String) {
    let container = Container(root: Self.root, temporary: FileManager.default.temporaryDirectory, marks: AppleMarks())
    // Where it cannot be made the vault will say so: nothing else is kept then, either.
    try? container.prepare()
    let keychain = AppleKeychain()
    let keys = KeychainKeys(
      keychain: keychain, sealing: AppleSealing(), isLocked: { Installation.isLocked(container) })
    _ = Installation(container: container, keys: keys, keychain: keychain).begin()

    let front = Front()
    let tasks = AppleTasks()
    let notices = SystemNotices(center: AppleNoticeCenter(), words: words, isInFront: { front.isTaken })
    let schedule = LookSchedule(tasks: tasks, container: container)
    let settings = SavedSettings(container)
    let phone = Phone(
      keys: keys, transport: HTTPTransport(loopback: loopback), settings: settings, looking: schedule,
      aloud: Speech(voices: AppleVoices(), language: { Self.language }),
      finger: FingerCopy(keychain: keychain, reader: AppleFingerReader(words: words), sign: container.finger),
      documents: PickedDocuments(), notices: notices, time: DeviceTime(), wait: DeviceWait(), clock: .system,
      country: { country(of: .current) })
    let house = House(folder: container.vault, passing: container.passing, phone: phone)
    let run = LookRun(
      look: { await house.lookWhileClosed() }, schedule: schedule, settings: settings, notices: notices)
    tasks.register { run.begin($0) }

    self.phone = phone
    self.house = house
    self.notices = notices
    self.front = front
    kept = SavedRoutes(container)
    viewfinder = CodeFinder(camera: AppleCamera())
  }

  /// The app of the one window, which hears from now on what becomes of it, and is covered whenever the person cannot act
  /// on it. It is made when a window is drawn, and anew after that one was closed for good: where the system starts the
  /// process for a look in the background there is none, and nobody opens the vault for it.
  public var app: App {
    if let shown, !shown.presence.isOver { return shown.app }
    shown?.scene.end()
    let app = App(house: house, phone: phone, kept: kept)
    let leaving = Leaving(
      time: AppleBackgroundTime(), wait: phone.wait, tell: { app.on($0) }, settled: { await app.settled() })
    let presence = Presence(curtain: AppleCurtain(), leaving: leaving, notices: notices) { app.on($0) }
    front.presence = presence
    shown = Shown(app: app, presence: presence, scene: AppleScene(presence))
    return app
  }

  private static var root: URL {
    FileManager.default.urls(for: .applicationSupportDirectory, in: .userDomainMask)[0]
      .appendingPathComponent("space", isDirectory: true)
  }

  /// The language that the app is shown in, with the person's region.
  private static var language: String {
    let shown = Bundle.main.preferredLocalizations.first ?? "en"
    guard !shown.contains("-"), let region = Locale.current.region?.identifier else { return shown }
    return "\(shown)-\(region)"
  }

  /// A window's app, and who tells it what becomes of the window.
  private struct Shown {
    let app: App
    let presence: Presence
    let scene: AppleScene
  }

  /// Whether the person has the app before them; nobody has, while there is no window.
  @MainActor
  private final class Front {
    var presence: Presence?
    var isTaken: Bool { presence?.isInFront == true }
  }
}
