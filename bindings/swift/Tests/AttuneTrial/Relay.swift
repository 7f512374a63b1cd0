import AttuneDoubles
import Foundation

/// A real relay, in a process of its own, on this machine alone.
public final class Relay: Sendable {
  /// Where it is reached.
  public let origin: String
  private let process: Child

  private init(origin: String, process: Child) {
    self.origin = origin
    self.process = process
  }

  /// Starts one on the database in `folder`, at an address of its own, or at one it had before.
  public static func start(in folder: URL, origin: String? = nil) async throws -> Relay {
    let listen = origin?.replacingOccurrences(of: "http://", with: "") ?? "127.0.0.1:0"
    let process = try Child(
      Places.attune,
      [
        "relay", "serve", "--open", "--listen", listen, "--json", "--database",
        folder.appendingPathComponent("relay.db").path,
      ],
      in: folder)
    guard let line = await process.line(),
      let origin = try JSONDecoder().decode(JSON.self, from: Data(line.utf8))["origin"].text
    else { throw Surroundings(description: "the relay did not start: \(try await process.end().errors)") }
    return Relay(origin: origin, process: process)
  }

  /// Stops it, and waits for that.
  public func stop() async throws {
    process.killNow()
    _ = try await process.end()
  }
}
