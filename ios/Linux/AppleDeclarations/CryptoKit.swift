import Foundation

public struct SymmetricKeySize: Sendable {
  public static var bits256: SymmetricKeySize { SymmetricKeySize() }
}

public struct SymmetricKey: Sendable {
  public init(size: SymmetricKeySize) {}
  public init<D: ContiguousBytes>(data: D) {}
  public func withUnsafeBytes<R>(_ body: (UnsafeRawBufferPointer) throws -> R) rethrows -> R {
    fatalError("declared, not there")
  }
}

public enum AES {
  public enum GCM {
    public struct Nonce: Sendable {}

    public struct SealedBox: Sendable {
      public var combined: Data? { nil }
      public init<D: DataProtocol>(combined: D) throws { fatalError("declared, not there") }
    }

    public static func seal<Plaintext: DataProtocol, AuthenticatedData: DataProtocol>(
      _ message: Plaintext, using key: SymmetricKey, nonce: Nonce? = nil,
      authenticating authenticatedData: AuthenticatedData
    ) throws -> SealedBox {
      fatalError("declared, not there")
    }

    public static func open<AuthenticatedData: DataProtocol>(
      _ sealedBox: SealedBox, using key: SymmetricKey, authenticating authenticatedData: AuthenticatedData
    ) throws -> Data {
      fatalError("declared, not there")
    }
  }
}
