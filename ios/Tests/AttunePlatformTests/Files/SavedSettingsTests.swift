import AttuneModel
import Foundation
import Testing

@testable import AttunePlatform

/// The settings and the routes, from one start to the next.
@MainActor
struct SavedSettingsTests {
  private let kept: TestContainer
  private let store: SavedSettings

  init() throws {
    kept = try TestContainer()
    store = SavedSettings(kept.container)
  }

  // Holds: 75
  @Test func onTheFirstDayTheyAreTheQuietOnes() {
    let first = store.read()
    #expect(first == Settings())
    #expect(!first.notifications && !first.screenCapture)
  }

  @Test(arguments: [
    Settings(
      autoLock: .fifteenMinutes, screenCapture: true, notifications: true, look: .whenAsked, country: "CH"),
    Settings(autoLock: .atOnce, screenCapture: true, look: .onceADay), Settings(notifications: true, country: "US"),
    Settings(),
  ])
  func eachIsKept(_ settings: Settings) {
    store.write(Settings(autoLock: .fiveMinutes, notifications: true, country: "FR"))
    store.write(settings)
    #expect(SavedSettings(kept.container).read() == settings)
    #expect(kept.marks.protected.last == "settings")
  }

  @Test(arguments: [
    "", "{", "[]", "7", #"{"autoLock": 1, "screenCapture": "yes", "look": "hourly", "country": 4}"#,
  ])
  func whatCannotBeReadIsAsOnTheFirstDay(_ text: String) throws {
    try Data(text.utf8).write(to: kept.container.settings)
    #expect(store.read() == Settings())
  }

  @Test func whatCanBeReadStandsBesideWhatCannot() throws {
    try Data(#"{"autoLock": "never", "notifications": "true", "other": 1}"#.utf8).write(to: kept.container.settings)
    #expect(store.read() == Settings(notifications: true))
  }

  // Holds: 79
  @Test func theyAreErased() throws {
    store.write(Settings(country: "CH"))
    store.erase()
    store.erase()
    #expect(SavedSettings(kept.container).read() == Settings())
    #expect(try kept.folder.files().isEmpty)
  }

  @Test func routesAreKeptUntilThereAreNone() throws {
    let routes = SavedRoutes(kept.container)
    #expect(routes.routes == [])
    routes.routes = ["Moments", "Moment 4"]
    #expect(SavedRoutes(kept.container).routes == ["Moments", "Moment 4"])
    routes.routes = []
    #expect(routes.routes == [])
    #expect(try kept.folder.files().isEmpty)
  }
}
