import Attune
import AttuneDoubles
import Foundation

/// A real desk: each command is a process of its own, and its clock is the test's.
struct Desk: Sendable {
  let folder: URL
  let scratch: URL
  let clock: TestClock

  /// A new desk of that role.
  static func make(
    _ name: String, role: String = "therapist", in scratch: URL, relay: String, clock: TestClock,
    _ more: String...
  ) async throws -> Desk {
    let desk = Desk(folder: scratch.appendingPathComponent("desk-\(role)"), scratch: scratch, clock: clock)
    _ = try await desk.run(["init", "--name", name, "--role", role, "--relay", relay] + more)
    return desk
  }

  /// Runs a command, and reads the document that it prints. An exit status other than 0 is an error.
  @discardableResult
  func run(_ command: [String], input: String? = nil) async throws -> JSON {
    let child = try Child(
      Places.attune, ["desk"] + command + ["--json", "--data", folder.path], in: scratch,
      environment: ["ATTUNE_PASSPHRASE": "a passphrase for trials", "ATTUNE_NOW": clock.text], input: input)
    let end = try await child.end()
    guard end.status == 0 else {
      throw Surroundings(description: "attune desk \(command): \(end.status) \(end.errors)")
    }
    return try JSONDecoder().decode(JSON.self, from: Data(end.output.utf8))
  }

  @discardableResult
  func run(_ command: String...) async throws -> JSON {
    try await run(command)
  }

  /// Puts a text to its first client.
  func propose(_ kind: String, _ text: String) async throws -> ProposalId {
    ProposalId(value: try await run(["propose", "1", kind], input: text)["proposal"].text ?? "")
  }

  /// What was put, and what is said to it.
  func proposal(_ id: ProposalId) async throws -> JSON {
    try await run("proposals")["proposals"].list.first { $0["proposal"].text == id.value } ?? .null
  }

  /// The open cards.
  func inbox() async throws -> [JSON] {
    try await run("inbox")["cards"].list
  }
}
