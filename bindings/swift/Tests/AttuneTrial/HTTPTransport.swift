import Attune
import Foundation

#if canImport(FoundationNetworking)
  import FoundationNetworking
#endif

/// What an app has: a `URLSession` that remembers nothing.
public struct HTTPTransport: Transport {
  private let session: URLSession

  /// One.
  public init() {
    let configuration = URLSessionConfiguration.ephemeral
    configuration.httpCookieStorage = nil
    configuration.urlCache = nil
    configuration.timeoutIntervalForResource = 30
    session = URLSession(configuration: configuration)
  }

  /// One POST.
  public func post(_ url: URL, body: Data) async throws -> Answer {
    var request = URLRequest(url: url)
    request.httpMethod = "POST"
    request.httpBody = body
    request.setValue("application/octet-stream", forHTTPHeaderField: "Content-Type")
    let (answer, response) = try await session.data(for: request)
    guard let response = response as? HTTPURLResponse else { throw URLError(.badServerResponse) }
    return Answer(status: response.statusCode, body: answer)
  }
}

/// A transport made of a closure.
public struct Road: Transport {
  private let carry: @Sendable (URL, Data) async throws -> Answer

  /// That one.
  public init(_ carry: @escaping @Sendable (URL, Data) async throws -> Answer) {
    self.carry = carry
  }

  /// As the closure does.
  public func post(_ url: URL, body: Data) async throws -> Answer {
    try await carry(url, body)
  }
}
