import Foundation

/// Carries a sync's requests: HTTP belongs to the app, with the system's trust store and proxies.
///
/// One POST, `Content-Type: application/octet-stream`, no cookies, no redirects, no cache. An answer of any status is an
/// answer. Whatever is thrown means that the relay was not reached; nothing is lost then. A cancelled sync is
/// cancelled here too, by the task.
public protocol Transport: Sendable {
  /// Sends `body` and brings what came back. Of an answer, a few bytes over 8,448 are enough.
  func post(_ url: URL, body: Data) async throws -> Answer
}

/// What a relay answered.
public struct Answer: Sendable, Equatable, Hashable {
  /// The HTTP status.
  public let status: Int
  /// The body, as it came.
  public let body: Data

  /// An answer of that status and body.
  public init(status: Int, body: Data) {
    self.status = status
    self.body = body
  }
}

extension Answer: CustomStringConvertible, CustomReflectable {
  /// The type's name.
  public var description: String { "Answer" }
  /// Nothing.
  public var customMirror: Mirror { Mirror(self, children: []) }
}
