import Attune
import AttuneDoubles
import AttuneModel
import AttuneTrial
import Foundation

/// The app without a window, on a real vault: what was begun has come to its end when a call here returns, and time stands
/// until it is moved.
@MainActor
public final class Rig {
  /// Where everything of it is.
  public let root: TestFolder
  /// The vault's folder.
  public let folder: URL
  /// Where a copy lies while it is handed over.
  public let passing: URL
  /// Where the vault's key is.
  public let store: TestKeyStore
  /// What time it is.
  public let clock: TestClock
  /// What is set.
  public let settings = TestSettings()
  /// What looks for updates.
  public let looking = TestLooking()
  /// What reads aloud.
  public let aloud = TestAloud()
  /// The finger.
  public let finger = TestFinger()
  /// What the picker gives.
  public let documents = TestDocuments()
  /// What may be shown.
  public let notices = TestNotices()
  /// The time that passes.
  public let time = TestTime()
  /// What the system keeps.
  public let kept = TestKept()
  /// The device.
  public let phone: AttuneModel.Phone
  /// The house of this process.
  public private(set) var house: House
  /// What the process does.
  public private(set) var scope = Scope()
  /// The app of this process.
  public private(set) var app: App

  /// A device with a vault's folder, or none in it yet, and an app that has come as far as it can by itself.
  public init(
    root: TestFolder? = nil, folder: URL? = nil, store: TestKeyStore = TestKeyStore(), clock: TestClock = TestClock(),
    transport: any Transport = HTTPTransport()
  ) async throws {
    let root = try root ?? TestFolder("attune-app")
    self.root = root
    self.folder = folder ?? root.at("vault")
    passing = root.at("passing-\(UUID().uuidString)")
    self.store = store
    self.clock = clock
    phone = Phone(
      keys: store, transport: transport, settings: settings, looking: looking, aloud: aloud, finger: finger,
      documents: documents, notices: notices, time: time, wait: time, clock: clock.clock, country: { "DE" })
    house = House(folder: self.folder, passing: passing, phone: phone)
    app = App(house: house, phone: phone, kept: kept, scope: scope)
    await settle()
  }

  /// A device on the phone of a town.
  public convenience init(_ town: Town, transport: any Transport = HTTPTransport()) async throws {
    try await self.init(
      root: town.root, folder: town.phone, store: town.keyStore, clock: town.clock, transport: transport)
  }

  /// What is on the screen.
  public var state: AppState { app.state }

  /// Where the person is.
  public var routes: [Route] { state.above.map(\.route) }

  /// The first screen of the open vault.
  public var home: HomeModel {
    get throws {
      guard case .open(let home) = state.stage else { throw Surroundings(description: "it is not open") }
      return home
    }
  }

  /// Whether it is open.
  public var isOpen: Bool {
    if case .open = state.stage { true } else { false }
  }

  /// Whether it is locked.
  public var isLocked: Bool {
    if case .locked = state.stage { true } else { false }
  }

  /// The screen that is shown, as one of that type.
  public func top<Found>(_ type: Found.Type = Found.self) throws -> Found {
    guard let found = state.top?.holder as? Found else {
      throw Surroundings(description: "the screen is no \(type), but \(state.top?.route.name ?? "the first")")
    }
    return found
  }

  /// One thing after the other, each to its end.
  public func on(_ events: AppEvent...) async {
    for event in events {
      app.on(event)
      await settle()
    }
  }

  /// The same on a screen.
  public func on<State, Event>(_ holder: Holder<State, Event>, _ events: Event...) async {
    for event in events {
      holder.on(event)
      await settle()
    }
  }

  /// The same on the screen that is shown, which is one of that type.
  public func onTop<State, Event, Model: Holder<State, Event>>(_ type: Model.Type, _ events: Event...) async throws {
    for event in events {
      try top(type).on(event)
      await settle()
    }
  }

  /// Waits until nothing is under way.
  public func settle() async {
    await app.settled()
  }

  /// So much time passes.
  public func pass(millis: Int) async {
    // What waits has to have begun.
    while app.locking?.isActive == true, !time.isWaitedFor { await Task.yield() }
    if time.pass(millis) { await app.locking?.join() }
    await settle()
  }

  /// The process ends without a word, and the app is started anew by the system, which kept the routes.
  public func processDies() async {
    scope.cancel()
    // What a dead process does not do: close. The next one in here has to get in.
    house.close()
    await house.closed()
    scope = Scope()
    house = House(folder: folder, passing: passing, phone: phone)
    app = App(house: house, phone: phone, kept: kept, scope: scope)
    await settle()
  }

  /// The end of a test.
  public func close() async {
    scope.cancel()
    house.close()
    await house.closed()
  }

  /// What the sheet gets, and where the person puts it.
  public func handOver(to place: String) async throws {
    let model = try top(SaveCopyModel.self)
    guard let file = model.state.handing else { throw Surroundings(description: "nothing is handed over") }
    documents.put(try Data(contentsOf: file), at: TestDocuments.url(place))
    await on(model, .handed(true))
  }
}

extension Rig {
  /// Lends a rig to `use`, and closes it.
  public static func lent(
    _ town: Town? = nil, clock: TestClock = TestClock(), transport: any Transport = HTTPTransport(),
    _ use: @MainActor (Rig) async throws -> Void
  ) async throws {
    let rig =
      if let town {
        try await Rig(town, transport: transport)
      } else {
        try await Rig(clock: clock, transport: transport)
      }
    do {
      try await use(rig)
    } catch {
      await rig.close()
      throw error
    }
    await rig.close()
  }

  /// Marks a moment, picks, and shares.
  @discardableResult
  public func share(_ option: RepairOption) async throws -> ChoiceModel {
    await on(try home, .mark)
    try await pick(option)
    try await onTop(PreviewModel.self, .share)
    return try top()
  }

  /// Picks what is offered.
  public func pick(_ option: RepairOption) async throws {
    let pick = try top(PickModel.self)
    guard let offer = pick.state.offers.first(where: { $0.option == option }) else {
      throw Surroundings(description: "it is not offered")
    }
    await on(pick, .pick(offer))
  }

  /// Looks for updates from the first screen.
  public func look() async throws {
    await on(try home, .look)
  }

  /// The phone, the desk, and the phone again.
  public func lookBoth(_ desk: Desk) async throws {
    try await look()
    try await desk.sync()
    try await look()
  }

  /// The pass phrase of a copy.
  public static let phrase = "four words are enough"

  /// Saves a locked copy, and puts it in a place.
  public func saveCopy(to place: String = "place") async throws {
    await on(.go(.saveCopy))
    try await onTop(
      SaveCopyModel.self, .sealed(SecretBytes(typed: Self.phrase), again: SecretBytes(typed: Self.phrase)))
    try await handOver(to: place)
  }

  /// Brings back what another one put there.
  public func bringBack(from other: Rig, place: String = "place") async throws {
    documents.take(from: other.documents)
    await on(.go(.bringBack))
    let back = try top(BringBackModel.self)
    await on(back, .pick(TestDocuments.url(place)), .open(SecretBytes(typed: Self.phrase)))
  }
}

// A test that fails tells of what it looked at, down to the last part of it, for ever where parts know each other.
extension Rig: Silent {}
