import Attune
import AttuneDoubles
import AttuneTrial
import Foundation
import Testing

@testable import AttunePlatform

/// The real vault over the app's own HTTP: to a real relay, and to one that is none.
@Suite(.timeLimit(.minutes(5)))
struct HTTPVaultTests {
  private static func seen(_ vault: AttuneVault) throws -> [String] {
    try vault.choices().map { "\($0.caseId.value) \($0.state)" } + vault.moments().map { "\($0.id.value)" }
      + vault.notes().map { $0.id.value } + vault.proposals().map { $0.id.value }
  }

  // Holds: 85
  @Test func aChoiceGoesOutAndARelayThatIsNoneChangesNothing() async throws {
    try await Town.paired { town in
      let vault = try await AttuneVault.open(in: town.phone, keyStore: town.keyStore, clock: town.clock.clock)
      defer { vault.close() }
      let real = HTTPTransport(loopback: true)
      let first = try vault.share(try vault.preview(RepairChoice(.pause, to: town.therapist)).id)
      try await vault.sync(over: real)
      #expect(try vault.choice(first).state == .uploaded)
      try await town.desk.sync()
      try await vault.sync(over: real)
      #expect(try vault.choice(first).state == .received)

      let second = try vault.share(try vault.preview(RepairChoice(.switchTopic, to: town.therapist)).id)
      let before = try Self.seen(vault)
      let relay = try #require(URL(string: town.relay.origin)?.port)
      try await town.relay.stop()
      for (number, answer) in Self.answers.enumerated() {
        let isSilent = number == Self.answers.count - 1
        let times = isSilent ? HTTPTransport.Times(whole: .milliseconds(200)) : HTTPTransport.Times()
        let server = try HostileServer(port: relay, answer)
        try await vault.sync(over: HTTPTransport(loopback: true, times: times))
        server.close()
        #expect(server.requests.count >= 2, "\(number): each practice is tried")
        #expect(try Self.seen(vault) == before, "\(number)")
        #expect(try vault.practices().allSatisfy { $0.health.trouble != .none }, "\(number)")
      }
      try await vault.sync(over: real)
      #expect(try vault.practices().allSatisfy { $0.health.trouble == .unreachable }, "nobody is there")

      let again = try await Relay.start(in: town.root.at("relay"), origin: town.relay.origin)
      try await vault.sync(over: real)
      #expect(try vault.choice(second).state == .uploaded)
      try await again.stop()
    }
  }

  private static let answers: [@Sendable (HostileServer.Exchange) throws -> Void] = [
    { _ in },
    { try $0.say("HTTP/1.1 200 OK\r\nContent-Length: 8448\r\n\r\nonly this") },
    { try $0.say("HTTP/1.1 200 OK\r\nContent-Length: 8448\r\n\r\n" + String(repeating: "x", count: 8_448)) },
    { try $0.say("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html>Log in to this network</html>") },
    { try $0.say("HTTP/1.1 302 Found\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n") },
    { try $0.say("HTTP/1.1 200 OK\r\n\r\n" + String(repeating: "y", count: 40_000)) },
    { try $0.say("HTTP/1.1 500 X\r\nContent-Length: 8448\r\n\r\n" + String(repeating: "z", count: 8_448)) },
    { try $0.untilLeft() },
  ]
}
