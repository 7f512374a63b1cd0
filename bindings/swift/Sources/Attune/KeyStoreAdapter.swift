import AttuneGenerated
import Foundation

/// A key store as the generated code asks it.
final class KeyStoreAdapter: AttuneGenerated.KeyStore {
  private let store: any KeyStore
  /// Answers that the library may still be reading.
  private let given = Guarded<[Data]>([])

  init(_ store: any KeyStore) {
    self.store = store
  }

  func seal(secret: Data, associated: Data) throws -> Data {
    let handed = SecretBytes(secret)
    overwriteLent(secret)
    defer { handed.wipe() }
    return try translated { try store.seal(handed, associated: associated) }
  }

  func unseal(sealed: Data, associated: Data) throws -> Data {
    let opened = try translated { try store.open(sealed, associated: associated) }
    let answer = opened.withUnsafeBytes { Data($0) }
    opened.wipe()
    given.with { $0.append(answer) }
    return answer
  }

  func destroy() throws -> Bool {
    try translated { try store.destroy() }
    return true
  }

  func wipe() throws {
    given.with { answers in
      for index in answers.indices {
        answers[index].resetBytes(in: 0..<answers[index].count)
      }
      answers.removeAll()
    }
  }

  /// Whatever the store throws goes on as one of four cases, without its text.
  private func translated<Answer>(_ ask: () throws -> Answer) throws -> Answer {
    do {
      return try ask()
    } catch {
      throw
        switch error as? KeyStoreError
      {
      case .locked: AttuneGenerated.KeyStoreError.Locked
      case .gone: AttuneGenerated.KeyStoreError.Gone
      case .refused: AttuneGenerated.KeyStoreError.Refused
      case .unavailable, nil: AttuneGenerated.KeyStoreError.Unavailable
      }
    }
  }
}
