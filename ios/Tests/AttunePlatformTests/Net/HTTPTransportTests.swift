import Attune
import Foundation
import Testing

@testable import AttunePlatform

/// HTTP against a server that does what it likes: every outcome has a type and an end, and nothing is followed.
@Suite(.timeLimit(.minutes(5)))
struct HTTPTransportTests {
  private typealias Exchange = HostileServer.Exchange

  private static let most = 8_448
  private static let body = Data((0..<most).map { UInt8(truncatingIfNeeded: $0 * 31) })
  private static let patient = HTTPTransport.Times(idle: .seconds(60), whole: .seconds(60))

  private func post(
    _ url: URL, _ times: HTTPTransport.Times = patient, loopback: Bool = true
  ) async throws -> Answer {
    try await HTTPTransport(loopback: loopback, times: times, most: { Self.most }).post(url, body: Self.body)
  }

  /// What comes of one post to a server that answers so; it must be asked once, whatever it says.
  private func answered(
    _ times: HTTPTransport.Times = patient, _ answer: @escaping @Sendable (Exchange) throws -> Void
  ) async throws -> Result<Answer, any Error> {
    let server = try HostileServer(answer)
    defer { server.close() }
    let result: Result<Answer, any Error>
    do {
      result = .success(try await post(server.url, times))
    } catch {
      result = .failure(error)
    }
    #expect(server.requests.count == 1, "asked once")
    return result
  }

  private func noAnswer(
    _ times: HTTPTransport.Times = patient, _ answer: @escaping @Sendable (Exchange) throws -> Void,
    at place: SourceLocation = #_sourceLocation
  ) async throws {
    let result = try await answered(times, answer)
    #expect(throws: URLError.self, sourceLocation: place) { try result.get() }
  }

  @Test func aRequestIsThePostAndTheseHeadersAlone() async throws {
    let server = try HostileServer { try $0.say("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc") }
    defer { server.close() }
    let answer = try await post(server.url)
    #expect(answer.status == 200)
    #expect(answer.body == Data("abc".utf8))
    let request = try #require(server.requests.first)
    #expect(request.body == Self.body)
    #expect(request.head.first == "POST /v1/f HTTP/1.1")
    // What a connection needs is the system's to say.
    let ours = request.head.dropFirst().map { $0.lowercased() }.filter { !$0.hasPrefix("connection:") }
    #expect(
      ours.sorted() == [
        "accept-encoding: identity",
        "accept-language: *",
        "accept: */*",
        "content-length: \(Self.most)",
        "content-type: application/octet-stream",
        "host: 127.0.0.1:\(server.port)",
        "user-agent: attune",
      ])
  }

  @Test(arguments: [200, 201, 400, 404, 429, 500, 503])
  func anyStatusIsAnAnswer(_ status: Int) async throws {
    let answer = try await answered { try $0.say("HTTP/1.1 \(status) X\r\nContent-Length: 2\r\n\r\nno") }.get()
    #expect(answer == Answer(status: status, body: Data("no".utf8)))
  }

  @Test func anAnswerMayBeEmpty() async throws {
    let failed = try await answered { try $0.say("HTTP/1.1 503 X\r\nContent-Length: 0\r\n\r\n") }.get()
    #expect(failed == Answer(status: 503, body: Data()))
    let nothing = try await answered { try $0.say("HTTP/1.1 204 X\r\n\r\n") }.get()
    #expect(nothing == Answer(status: 204, body: Data()))
  }

  @Test(arguments: [301, 302, 303, 307, 308])
  func noRedirectIsFollowed(_ status: Int) async throws {
    let elsewhere = try HostileServer { try $0.say("HTTP/1.1 200 OK\r\n\r\n") }
    defer { elsewhere.close() }
    for target in [elsewhere.url.absoluteString, "/elsewhere", "https://example.invalid/"] {
      let head = "HTTP/1.1 \(status) X\r\nLocation: \(target)\r\nContent-Length: 0\r\n\r\n"
      #expect(try await answered { try $0.say(head) }.get().status == status)
    }
    #expect(elsewhere.requests.isEmpty)
  }

  @Test(arguments: [
    "200 OK\r\nSet-Cookie: who=you; Path=/", "401 X\r\nWWW-Authenticate: Basic realm=\"x\"",
    "401 X\r\nWWW-Authenticate: Digest realm=\"x\", nonce=\"y\"", "407 X\r\nProxy-Authenticate: Basic realm=\"x\"",
  ])
  func noCookieIsKeptAndNoPasswordIsGiven(_ head: String) async throws {
    let server = try HostileServer { try $0.say("HTTP/1.1 \(head)\r\nContent-Length: 0\r\n\r\n") }
    defer { server.close() }
    for _ in 1...2 { _ = try? await post(server.url) }
    #expect(server.requests.count == 2)
    let lines = server.requests.flatMap(\.head).map { $0.lowercased() }
    #expect(lines.filter { $0.contains("cookie") || $0.contains("authorization") } == [])
  }

  @Test func anAnswerOfAnotherKindIsLeftToTheCore() async throws {
    let page = "<html>Log in to this network</html>"
    let answer = try await answered {
      try $0.say("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: \(page.count)\r\n\r\n\(page)")
    }
    #expect(try answer.get().body == Data(page.utf8))
  }

  @Test(arguments: [
    "200 OK\r\nContent-Length: 9000000000", "200 OK", "500 X", "200 OK\r\nTransfer-Encoding: chunked",
  ])
  func noMoreIsTakenThanOneByteOverWhatTheCoreTakes(_ head: String) async throws {
    let piece = head.contains("chunked") ? "4\r\nabcd\r\n" : "xxxx"
    // Some times too much, and no end. A sender that never pauses is not for Linux: Foundation's own `cancel()` waits
    // there until nothing is left to read.
    let much = String(repeating: piece, count: 4 * Self.most / 4)
    let answer = try await answered { exchange in
      try exchange.say("HTTP/1.1 \(head)\r\n\r\n\(much)")
      try exchange.untilLeft()
    }
    #expect(try answer.get().body.count == Self.most + 1)
  }

  @Test func whatFitsIsTakenWhole() async throws {
    let text = String(repeating: "x", count: Self.most)
    let fits = try await answered { try $0.say("HTTP/1.1 200 OK\r\nContent-Length: \(Self.most)\r\n\r\n\(text)") }
    #expect(try fits.get().body == Data(text.utf8))
  }

  // Holds: 85
  @Test(arguments: [
    "", "HTTP/1.1 2", "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n40\r\nonly this",
    "HTTP/1.1 500 X\r\nContent-Length: 100\r\n\r\nonly this",
  ])
  func whatIsCutOffIsNoAnswer(_ text: String) async throws {
    try await noAnswer { try $0.say(text) }
  }

  @Test func whatIsNotHTTPIsNoAnswer() async throws {
    try await noAnswer { try $0.say("220 mail.example ESMTP\r\n") }
    try await noAnswer { try $0.say(Data((0..<500).map { UInt8(truncatingIfNeeded: $0 * 7) })) }
  }

  // Holds: 85
  @Test func whoIsSlowIsLeft() async throws {
    let idle = HTTPTransport.Times(idle: .seconds(1), whole: .seconds(60))
    try await noAnswer(idle) { try $0.untilLeft() }
    // No single part takes too long, and the whole does.
    let whole = HTTPTransport.Times(idle: .seconds(60), whole: .milliseconds(300))
    try await noAnswer(whole) { try $0.untilLeft() }
    try await noAnswer(whole) {
      try $0.say("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nand then")
      try $0.untilLeft()
    }
  }

  @Test(arguments: ["", "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nand then"])
  func cancelledItHangsUp(_ said: String) async throws {
    let (asked, tell) = AsyncStream.makeStream(of: Void.self)
    let server = try HostileServer {
      try $0.say(said)
      tell.yield()
      try $0.untilLeft()
    }
    defer { server.close() }
    let url = server.url
    let posting = Task { try await post(url, HTTPTransport.Times(idle: .seconds(3_600), whole: .seconds(3_600))) }
    for await _ in asked { break }
    posting.cancel()
    await #expect(throws: CancellationError.self) { try await posting.value }
    await server.over()
    #expect(server.requests.count == 1)
  }

  @Test func cancelledBeforeItBeganNothingLeaves() async throws {
    let server = try HostileServer { try $0.say("HTTP/1.1 200 OK\r\n\r\n") }
    defer { server.close() }
    let url = server.url
    let (gate, open) = AsyncStream.makeStream(of: Void.self)
    let posting = Task {
      for await _ in gate { break }
      return try await post(url)
    }
    posting.cancel()
    open.yield()
    await #expect(throws: CancellationError.self) { try await posting.value }
    #expect(server.requests.isEmpty)
  }

  @Test(arguments: [
    "http://example.invalid/v1/f", "http://127.0.0.1.example.invalid/v1/f", "http://128.0.0.1/v1/f",
    "http://localhost.invalid/", "http://127.0.0.1@example.invalid/", "http://127.1/", "http://127.0.0.0x1/",
    "https://user@example.invalid/v1/f", "https://user:word@example.invalid/v1/f", "ftp://127.0.0.1/",
    "file:///etc/hosts", "data:,x", "127.0.0.1", "https:///v1/f", "/v1/f",
  ])
  func onlyTLSAndOnlyWhereTheCoreSays(_ address: String) async throws {
    let url = try #require(URL(string: address))
    await #expect(throws: URLError.self) { try await post(url) }
  }

  @Test func withoutLeaveNothingGoesOutInTheClear() async throws {
    let server = try HostileServer { try $0.say("HTTP/1.1 200 OK\r\n\r\n") }
    defer { server.close() }
    await #expect(throws: URLError.self) { try await post(server.url, loopback: false) }
    #expect(server.requests.isEmpty)
    // It speaks no TLS.
    let hasty = HTTPTransport.Times(idle: .seconds(60), whole: .milliseconds(500))
    let tls = try #require(URL(string: "https://127.0.0.1:\(server.port)/v1/f"))
    await #expect(throws: URLError.self) { try await post(tls, hasty) }
  }

  @Test(arguments: ["user", "user:word", ":word"])
  func anAddressWithANameInItIsNotAsked(_ name: String) async throws {
    let server = try HostileServer { try $0.say("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n") }
    defer { server.close() }
    let url = try #require(URL(string: "http://\(name)@127.0.0.1:\(server.port)/v1/f"))
    await #expect(throws: URLError.self) { try await post(url) }
    #expect(server.requests.isEmpty)
  }

  // Holds: 85
  @Test func nobodyThereIsNoAnswer() async throws {
    let server = try HostileServer { _ in }
    server.close()
    await #expect(throws: URLError.self) { try await post(server.url) }
  }
}
