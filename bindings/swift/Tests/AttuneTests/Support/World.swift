import Attune
import AttuneDoubles
import AttuneTrial
import Foundation

/// A phone, a real relay, and a real desk that it is linked with.
struct World: Sendable {
  let phone: Phone
  let relay: Relay
  let desk: Desk
  let practice: PracticeId
  let road = HTTPTransport()

  var vault: AttuneVault { phone.vault }
  var clock: TestClock { phone.clock }
  var scratch: URL { phone.folder.url }

  static let therapist = "Dr. Ada Okoye"
  static let client = "Sam"

  /// Linked; the words compared on both sides where a test needs that.
  static func linked(compared: Bool = false) async throws -> World {
    let phone = try await Phone.make()
    let scratch = phone.folder.url
    let relay = try await Relay.start(in: scratch)
    let desk = try await Desk.make(
      therapist, in: scratch, relay: relay.origin, clock: phone.clock, "--no-fee", "--backup", "Noa Brand")
    let code = try await desk.run("invite")["code"].text ?? ""
    let practice = try phone.vault.join(code, chosenName: client)
    let world = World(phone: phone, relay: relay, desk: desk, practice: practice)
    try await world.meet()
    if compared {
      try await world.compare()
    }
    return world
  }

  func syncPhone() async throws {
    try await vault.sync(over: road)
  }

  func syncDesk() async throws {
    try await desk.run("sync")
  }

  /// The phone, the desk, and the phone again.
  func syncAll() async throws {
    try await syncPhone()
    try await syncDesk()
    try await syncPhone()
  }

  /// Until both sides know each other.
  func meet() async throws {
    try await syncAll()
  }

  /// The four words are compared, and confirmed on both sides.
  func compare() async throws {
    try vault.confirmWords(try vault.comparisonWords(of: practice), of: practice)
    try await desk.run("confirm", "1")
  }

  /// Previews and shares.
  @discardableResult
  func share(_ choice: RepairChoice) throws -> CaseId {
    try vault.share(try vault.preview(choice).id)
  }

  func share(_ option: RepairOption) throws -> CaseId {
    try share(RepairChoice(option, to: practice))
  }

  func state(_ id: CaseId) throws -> ChoiceState {
    try vault.choice(id).state
  }

  /// The practice, as the phone shows it.
  func shown() throws -> Practice {
    guard let practice = try vault.practices().first(where: { $0.id == practice }) else {
      throw Surroundings(description: "the practice is gone")
    }
    return practice
  }

  /// The same with the vault opened anew.
  func reopened() async throws -> World {
    World(phone: try await phone.reopened(), relay: relay, desk: desk, practice: practice)
  }
}
