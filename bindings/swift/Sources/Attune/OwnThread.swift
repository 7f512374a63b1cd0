import Foundation

private let threads = DispatchQueue(label: "org.attune.vault", attributes: .concurrent)

/// Runs what takes its time (Argon2id, a disk, a key store that asks a person) on a thread of its own: the threads
/// that carry Swift's tasks are few, and must not wait.
func onOwnThread<Value: Sendable>(
  _ work: @escaping @Sendable () throws -> Value
) async throws(AttuneError) -> Value {
  let outcome: Result<Value, AttuneError> = await withCheckedContinuation { done in
    threads.async {
      done.resume(returning: Result(catching: work).mapError(AttuneError.init(from:)))
    }
  }
  return try outcome.get()
}
