import Attune
import Foundation

#if canImport(FoundationNetworking)
  import FoundationNetworking
#endif

/// One POST on a session of its own, to the address that the core gave and nowhere else: no redirect is followed, no
/// cookie and no password is kept or given, nothing is cached, and of an answer no more is taken than one byte over what
/// the core takes. HTTPS alone, by the system's trust store; plain HTTP only to this device, and only where `loopback`
/// allows it.
///
/// `User-Agent` and `Accept-Language` take the place of what the system would say by itself: the app's build, the
/// system's version and the languages that the person reads.
struct HTTPTransport: Transport {
  /// How long: without a sign of life, and for the whole.
  struct Times: Sendable {
    var idle: Duration = .seconds(20)
    var whole: Duration = .seconds(30)
  }

  private let loopback: Bool
  private let most: @Sendable () -> Int
  private let times: Times

  /// - Parameters:
  ///   - loopback: whether plain HTTP to this device is allowed, as in debug builds.
  ///   - most: how long an answer may be.
  init(
    loopback: Bool, times: Times = Times(),
    most: @escaping @Sendable () -> Int = { (try? AttuneVault.limits().frameBytes).map(Int.init) ?? 0 }
  ) {
    self.loopback = loopback
    self.times = times
    self.most = most
  }

  func post(_ url: URL, body: Data) async throws -> Answer {
    let address = try Address(url, loopback: loopback)
    let exchange = Exchange(limit: most() + 1)
    let session = URLSession(configuration: configuration(for: address), delegate: exchange, delegateQueue: nil)
    // Also what is still under way: nobody waits for it any more.
    defer { session.invalidateAndCancel() }
    let task = session.dataTask(with: request(to: url, body: body))
    let whole = times.whole
    let limit = Task {
      try await Task.sleep(for: whole)
      exchange.end(.failure(URLError(.timedOut)))
    }
    defer { limit.cancel() }
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { waiting in
        // Cancelled before it began, nothing of it leaves.
        if exchange.begin(waiting) { task.resume() }
      }
    } onCancel: {
      exchange.end(.failure(CancellationError()))
    }
  }

  private func request(to url: URL, body: Data) -> URLRequest {
    var request = URLRequest(
      url: url, cachePolicy: .reloadIgnoringLocalCacheData, timeoutInterval: times.idle / .seconds(1))
    request.httpMethod = "POST"
    request.httpBody = body
    request.httpShouldHandleCookies = false
    for (name, value) in Self.headers {
      request.setValue(value, forHTTPHeaderField: name)
    }
    return request
  }

  private func configuration(for address: Address) -> URLSessionConfiguration {
    let configuration = URLSessionConfiguration.ephemeral
    configuration.httpCookieStorage = nil
    configuration.httpCookieAcceptPolicy = .never
    configuration.httpShouldSetCookies = false
    configuration.urlCache = nil
    configuration.urlCredentialStorage = nil
    configuration.requestCachePolicy = .reloadIgnoringLocalCacheData
    configuration.httpShouldUsePipelining = false
    configuration.httpMaximumConnectionsPerHost = 1
    configuration.timeoutIntervalForRequest = times.idle / .seconds(1)
    configuration.timeoutIntervalForResource = times.whole / .seconds(1)
    #if canImport(Darwin)
      configuration.waitsForConnectivity = false
      configuration.tlsMinimumSupportedProtocolVersion = .TLSv12
      // A proxy is another machine.
      if address.isThisDevice { configuration.connectionProxyDictionary = [:] }
    #endif
    return configuration
  }

  /// All of ours; beside them stand `Host`, `Content-Length` and what a connection needs.
  static let headers = [
    "Accept": "*/*",
    "Accept-Encoding": "identity",
    "Accept-Language": "*",
    "Content-Type": "application/octet-stream",
    "User-Agent": "Attune",
  ]
}

/// An address that may be asked.
private struct Address {
  let isThisDevice: Bool

  init(_ url: URL, loopback: Bool) throws {
    guard let parts = URLComponents(url: url, resolvingAgainstBaseURL: true),
      let host = parts.host?.lowercased(), !host.isEmpty, parts.user == nil, parts.password == nil
    else { throw URLError(.badURL) }
    switch parts.scheme?.lowercased() {
    case "https":
      isThisDevice = false
    case "http" where loopback && Self.isLoopback(host):
      isThisDevice = true
    default:
      throw URLError(.unsupportedURL)
    }
  }

  private static func isLoopback(_ host: String) -> Bool {
    if ["localhost", "::1", "[::1]"].contains(host) { return true }
    let numbers = host.split(separator: ".", omittingEmptySubsequences: false)
    return numbers.count == 4 && numbers.first == "127"
      && numbers.allSatisfy { $0.count <= 3 && $0.allSatisfy(\.isASCII) && UInt8($0) != nil }
  }
}

/// One request and what comes back: it ends once, whoever ends it.
private final class Exchange: NSObject, URLSessionDataDelegate, Sendable {
  private struct State {
    var waiting: CheckedContinuation<Answer, any Error>?
    var outcome: Result<Answer, any Error>?
    var status = 0
    var expected: Int64 = -1
    var body = Data()
  }

  private let limit: Int
  private let state = Guarded(State())

  init(limit: Int) {
    self.limit = limit
  }

  /// Whether it is still to be sent; else it has ended, and whoever waits is told so now.
  func begin(_ waiting: CheckedContinuation<Answer, any Error>) -> Bool {
    let ended = state.with { state in
      if state.outcome == nil { state.waiting = waiting }
      return state.outcome
    }
    if let ended { waiting.resume(with: ended) }
    return ended == nil
  }

  func end(_ outcome: Result<Answer, any Error>) {
    let waiting = state.with { state in
      defer { state.waiting = nil }
      if state.outcome == nil { state.outcome = outcome }
      return state.waiting
    }
    waiting?.resume(with: outcome)
  }

  func urlSession(
    _ session: URLSession, task: URLSessionTask, willPerformHTTPRedirection response: HTTPURLResponse,
    newRequest request: URLRequest, completionHandler: @escaping @Sendable (URLRequest?) -> Void
  ) {
    // The answer that told to go elsewhere is the answer.
    completionHandler(nil)
  }

  func urlSession(
    _ session: URLSession, task: URLSessionTask, didReceive challenge: URLAuthenticationChallenge,
    completionHandler: @escaping @Sendable (URLSession.AuthChallengeDisposition, URLCredential?) -> Void
  ) {
    #if canImport(Darwin)
      // Whether a server is who it says is the system's to tell. Nobody is told who the person is.
      let isServer = challenge.protectionSpace.authenticationMethod == NSURLAuthenticationMethodServerTrust
      completionHandler(isServer ? .performDefaultHandling : .rejectProtectionSpace, nil)
    #else
      completionHandler(.rejectProtectionSpace, nil)
    #endif
  }

  func urlSession(
    _ session: URLSession, dataTask: URLSessionDataTask, didReceive response: URLResponse,
    completionHandler: @escaping @Sendable (URLSession.ResponseDisposition) -> Void
  ) {
    // Some systems read less out of a first line that was cut off.
    guard let response = response as? HTTPURLResponse, (100...599).contains(response.statusCode) else {
      end(.failure(URLError(.badServerResponse)))
      return completionHandler(.cancel)
    }
    state.with { state in
      state.status = response.statusCode
      state.expected = response.expectedContentLength
      state.body = Data()
    }
    completionHandler(.allow)
  }

  func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
    let full: Answer? = state.with { state in
      state.body.append(data.prefix(limit - state.body.count))
      return state.body.count < limit ? nil : Answer(status: state.status, body: state.body)
    }
    guard let full else { return }
    end(.success(full))
    dataTask.cancel()
  }

  func urlSession(_ session: URLSession, task: URLSessionTask, didCompleteWithError error: (any Error)?) {
    if let error { return end(.failure(error)) }
    end(
      state.with { state in
        // Some systems take an answer that was cut off for a whole one.
        if state.status == 0 || state.expected > Int64(state.body.count) {
          return .failure(URLError(.networkConnectionLost))
        }
        return .success(Answer(status: state.status, body: state.body))
      })
  }
}
