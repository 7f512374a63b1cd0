import Attune
import AttuneDoubles
import Foundation

/// A relay, a therapist's desk and a front desk, each in processes of its own, and the folder of a phone.
public struct Town: Sendable {
  /// The therapist's name on the card.
  public static let therapist = "Dr Ada Lind"
  /// The front desk's name on the card.
  public static let frontDesk = "The front desk"
  /// The name that the client chose.
  public static let client = "Sam"

  /// Where all of it is. It goes when nobody holds it any more.
  public let root: TestFolder
  /// What time it is, for everybody.
  public let clock: TestClock
  /// Where the phone's key is.
  public let keyStore: TestKeyStore
  /// The relay.
  public let relay: Relay
  /// The therapist's desk.
  public let desk: Desk
  /// The front desk.
  public let front: Desk
  /// The therapist, on the phone.
  public let therapist: PracticeId
  /// The front desk, on the phone.
  public let coordinator: PracticeId

  /// The phone's folder.
  public var phone: URL { root.at("phone") }

  /// Nobody is paired yet, and the phone's folder is empty. Lent for as long as `use` takes.
  public static func unpaired(_ use: @Sendable (Town) async throws -> Void) async throws {
    let town = try await founded()
    try await lent(town, use)
  }

  /// As it was after pairing with both, the words compared: a copy of one that was made once. Its relay has one address:
  /// whoever asks while one is lent waits for it.
  public static func paired(_ use: @Sendable (Town) async throws -> Void) async throws {
    await address.enter()
    do {
      try await copied(use)
    } catch {
      await address.leave()
      throw error
    }
    await address.leave()
  }

  private static let address = Gate()

  private static func copied(_ use: @Sendable (Town) async throws -> Void) async throws {
    let template = try await Self.template.value
    let root = try TestFolder("attune-town")
    for name in ["phone", "desk", "front", "relay"] {
      try FileManager.default.copyItem(at: template.root.at(name), to: root.at(name))
    }
    let clock = TestClock()
    let relay = try await Relay.start(in: root.at("relay"), origin: template.relay.origin)
    let town = Town(
      root: root, clock: clock, keyStore: template.keyStore.twin(), relay: relay,
      desk: Desk(folder: root.at("desk"), scratch: root.url, clock: clock),
      front: Desk(folder: root.at("front"), scratch: root.url, clock: clock), therapist: template.therapist,
      coordinator: template.coordinator)
    try await lent(town, use)
  }

  private static func lent(_ town: Town, _ use: @Sendable (Town) async throws -> Void) async throws {
    do {
      try await use(town)
    } catch {
      try await town.relay.stop()
      throw error
    }
    try await town.relay.stop()
  }

  private static let template = Task<Town, any Error> {
    let town = try await founded()
    let phone = try await AttuneVault.create(in: town.phone, keyStore: town.keyStore, clock: town.clock.clock)
    let road = HTTPTransport()
    let therapist = try phone.join(try await town.desk.invite(), chosenName: client)
    let coordinator = try phone.join(try await town.front.invite(), chosenName: client)
    let both = [(therapist, town.desk), (coordinator, town.front)]
    for _ in 1...2 {
      try await phone.sync(over: road)
      for (_, desk) in both { try await desk.sync() }
    }
    try await phone.sync(over: road)
    for (practice, desk) in both {
      let words = try phone.comparisonWords(of: practice)
      guard try await desk.words() == words else { throw Surroundings(description: "the words differ") }
      try phone.confirmWords(words, of: practice)
      try await desk.run("confirm", "1")
    }
    // Until the lanes that the codes led to are closed.
    for _ in 1...2 {
      try await phone.sync(over: road)
      for (_, desk) in both { try await desk.sync() }
    }
    try await phone.sync(over: road)
    phone.close()
    try await town.relay.stop()
    return Town(
      root: town.root, clock: town.clock, keyStore: town.keyStore, relay: town.relay, desk: town.desk,
      front: town.front, therapist: therapist, coordinator: coordinator)
  }

  private static func founded() async throws -> Town {
    let root = try TestFolder("attune-town")
    let clock = TestClock()
    let home = root.at("relay")
    try FileManager.default.createDirectory(at: home, withIntermediateDirectories: true)
    let relay = try await Relay.start(in: home)
    let desk = Desk(folder: root.at("desk"), scratch: root.url, clock: clock)
    let front = Desk(folder: root.at("front"), scratch: root.url, clock: clock)
    for (desk, name, role) in [(desk, therapist, "therapist"), (front, frontDesk, "coordinator")] {
      try await desk.run(
        "init", "--name", name, "--role", role, "--relay", relay.origin, "--no-fee", "--backup", "Noa Brand",
        "--leaves-practice", "Dates go to your insurer.")
    }
    // Who nobody is paired with has no number on the phone.
    return Town(
      root: root, clock: clock, keyStore: TestKeyStore(), relay: relay, desk: desk, front: front,
      therapist: PracticeId(value: 0), coordinator: PracticeId(value: 0))
  }
}

/// Lets in one at a time, in the order in which they came.
private actor Gate {
  private var isTaken = false
  private var waiting: [CheckedContinuation<Void, Never>] = []

  func enter() async {
    guard isTaken else {
      isTaken = true
      return
    }
    await withCheckedContinuation { waiting.append($0) }
  }

  func leave() {
    if waiting.isEmpty {
      isTaken = false
    } else {
      waiting.removeFirst().resume()
    }
  }
}
