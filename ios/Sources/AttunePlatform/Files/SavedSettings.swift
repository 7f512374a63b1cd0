import AttuneModel
import Foundation

/// The settings in a file of the app's own, which no backup takes. Not among the system's preferences: *Delete all* has to
/// take them with it, at once.
@MainActor
final class SavedSettings: SettingsStore {
  private let container: Container

  init(_ container: Container) {
    self.container = container
  }

  func read() -> Settings {
    let first = Settings()
    guard let data = try? Data(contentsOf: container.settings),
      let kept = try? JSONSerialization.jsonObject(with: data) as? [String: Any]
    else { return first }
    func named<Case: RawRepresentable<String>>(_ key: Key) -> Case? {
      (kept[key.rawValue] as? String).flatMap(Case.init(rawValue:))
    }
    return Settings(
      autoLock: named(.autoLock) ?? first.autoLock,
      screenCapture: (kept[Key.screenCapture.rawValue] as? String).flatMap(Bool.init) ?? first.screenCapture,
      notifications: (kept[Key.notifications.rawValue] as? String).flatMap(Bool.init) ?? first.notifications,
      look: named(.look) ?? first.look,
      country: kept[Key.country.rawValue] as? String)
  }

  func write(_ settings: Settings) {
    var kept = [
      Key.autoLock.rawValue: settings.autoLock.rawValue,
      Key.screenCapture.rawValue: "\(settings.screenCapture)",
      Key.notifications.rawValue: "\(settings.notifications)",
      Key.look.rawValue: settings.look.rawValue,
    ]
    kept[Key.country.rawValue] = settings.country
    // What cannot be written is as it was: the switch shows what is read.
    guard let data = try? JSONSerialization.data(withJSONObject: kept, options: .sortedKeys) else { return }
    try? container.write(data, to: container.settings)
  }

  func erase() {
    try? FileManager.default.removeItem(at: container.settings)
  }

  private enum Key: String {
    case autoLock, screenCapture, notifications, look, country
  }
}

/// The routes in a file of the app's own: which screens, by ids and codes. Without any the file is gone.
@MainActor
final class SavedRoutes: Kept {
  private let container: Container

  init(_ container: Container) {
    self.container = container
  }

  var routes: [String] {
    get {
      guard let data = try? Data(contentsOf: container.routes) else { return [] }
      return String(decoding: data, as: UTF8.self).split(separator: "\n").map(String.init)
    }
    set {
      if newValue.isEmpty {
        try? FileManager.default.removeItem(at: container.routes)
      } else {
        try? container.write(Data(newValue.joined(separator: "\n").utf8), to: container.routes)
      }
    }
  }
}
