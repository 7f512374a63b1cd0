import Attune
import AttuneDoubles
import Foundation

/// A real desk: each command is a process of its own, and its clock is the test's.
public struct Desk: Sendable {
  /// Where its data is.
  public let folder: URL
  /// Where its processes leave what they say.
  public let scratch: URL
  /// What time it is there.
  public let clock: TestClock

  /// One whose data is in `folder` already, or will be.
  public init(folder: URL, scratch: URL, clock: TestClock) {
    self.folder = folder
    self.scratch = scratch
    self.clock = clock
  }

  /// A new desk of that role.
  public static func make(
    _ name: String, role: String = "therapist", in scratch: URL, relay: String, clock: TestClock,
    _ more: String...
  ) async throws -> Desk {
    let desk = Desk(folder: scratch.appendingPathComponent("desk-\(role)"), scratch: scratch, clock: clock)
    _ = try await desk.run(["init", "--name", name, "--role", role, "--relay", relay] + more)
    return desk
  }

  /// Runs a command, and reads the document that it prints. An exit status other than 0 is an error.
  @discardableResult
  public func run(_ command: [String], input: String? = nil) async throws -> JSON {
    let child = try Child(
      Places.attune, ["desk"] + command + ["--json", "--data", folder.path], in: scratch,
      environment: ["ATTUNE_PASSPHRASE": "a passphrase for trials", "ATTUNE_NOW": clock.text], input: input)
    let end = try await child.end()
    guard end.status == 0 else {
      throw Surroundings(description: "attune desk \(command): \(end.status) \(end.errors)")
    }
    return try JSONDecoder().decode(JSON.self, from: Data(end.output.utf8))
  }

  /// The same.
  @discardableResult
  public func run(_ command: String...) async throws -> JSON {
    try await run(command)
  }

  /// Puts a text to its first client.
  public func propose(_ kind: String, _ text: String) async throws -> ProposalId {
    ProposalId(value: try await run(["propose", "1", kind], input: text)["proposal"].text ?? "")
  }

  /// What was put, and what is said to it.
  public func proposal(_ id: ProposalId) async throws -> JSON {
    try await run("proposals")["proposals"].list.first { $0["proposal"].text == id.value } ?? .null
  }

  /// The open cards.
  public func inbox() async throws -> [JSON] {
    try await run("inbox")["cards"].list
  }

  /// Makes a code and brings it to the relay: a link, or eight words with `--words`.
  public func invite(_ options: String...) async throws -> String {
    try await run(["invite"] + options)["code"].text ?? ""
  }

  /// Connects once for every client.
  public func sync() async throws {
    try await run("sync")
  }

  /// The four words to compare with its client of that number.
  public func words(_ client: String = "1") async throws -> [String] {
    try await run("words", client)["words"].list.compactMap(\.text)
  }

  /// A card, opened by a person.
  public func open(_ id: String) async throws -> JSON {
    try await run("open", id)
  }

  /// The one open card with that option, opened by a person. Nothing if there is none, or more than one.
  public func card(_ option: String) async throws -> JSON {
    let found = try await inbox().filter { $0["option"].text == option }
    guard found.count == 1, let id = found[0]["case"].text else { return .null }
    return try await open(id)
  }

  /// Sends a note.
  public func reply(_ id: String, _ text: String) async throws {
    try await run(["reply", id], input: text)
  }

  /// What its client of that number told about themselves.
  public func aboutClient(_ client: String = "1") async throws -> String? {
    try await run("about-client", client)["text"].text
  }
}
