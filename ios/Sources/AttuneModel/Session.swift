import Attune
import Foundation

/// An open vault, for as long as it is open. What reads ends with the screen that reads; what writes is carried to its
/// end even when the screen is left meanwhile, so that nothing a person did is lost half-way.
@MainActor
public final class Session {
  private(set) var vault: AttuneVault?
  private var reads: [Int: Call] = [:]
  private var writes: [Int: Call] = [:]
  /// Whether something is being written.
  var isWriting: Bool { !writes.isEmpty }
  private var watchers: [Int: Watcher] = [:]
  private var next = 0

  /// Something that was asked of the vault.
  private struct Call {
    let cancel: @Sendable () -> Void
    let join: @Sendable () async -> Void
  }

  /// Who shows something of the vault, and looks again when it changed.
  private final class Watcher {
    let scope: Scope
    let look: @MainActor () async -> Void
    var isLooking = false
    var again = false

    init(_ scope: Scope, _ look: @escaping @MainActor () async -> Void) {
      self.scope = scope
      self.look = look
    }
  }

  init(_ vault: AttuneVault?) {
    self.vault = vault
  }

  // MARK: Changes

  /// Looks now, and after every change of the vault, until `scope` ends. Whatever changes the vault comes through here.
  func watch(in scope: Scope, _ look: @escaping @MainActor () async -> Void) {
    let watcher = Watcher(scope, look)
    watchers[next] = watcher
    next += 1
    tell(watcher)
  }

  private func tell() {
    watchers = watchers.filter { !$0.value.scope.isCancelled }
    for watcher in watchers.values { tell(watcher) }
  }

  private func tell(_ watcher: Watcher) {
    // Several changes that nobody has looked at yet are one.
    watcher.again = true
    guard !watcher.isLooking else { return }
    watcher.isLooking = true
    watcher.scope.launch {
      while watcher.again, !Task.isCancelled {
        watcher.again = false
        await watcher.look()
      }
      watcher.isLooking = false
    }
  }

  // MARK: Calls

  /// Looks for updates. What comes is told at each step.
  func sync(over transport: any Transport) async throws {
    // The vault itself is not held on to here: it goes when it is closed.
    guard let changes = vault?.changes() else { throw AttuneError.closed }
    let telling = Task { [weak self] in
      for await _ in changes { self?.tell() }
    }
    defer {
      telling.cancel()
      tell()
    }
    try await reading { try await $0.sync(over: transport) }
  }

  /// Reads, off the main actor.
  func read<Value: Sendable>(_ call: @escaping @Sendable (AttuneVault) throws -> Value) async throws -> Value {
    try await reading { vault in try await offMain { try call(vault) } }
  }

  /// The same for what waits itself.
  func reading<Value: Sendable>(
    _ call: @escaping @Sendable (AttuneVault) async throws -> Value
  ) async throws -> Value {
    let task = try asked(call)
    let id = keep(task, in: \.reads)
    defer { reads[id] = nil }
    let value = try await withTaskCancellationHandler {
      try await task.value
    } onCancel: {
      task.cancel()
    }
    try Task.checkCancellation()
    return value
  }

  private func asked<Value: Sendable>(
    _ call: @escaping @Sendable (AttuneVault) async throws -> Value
  ) throws -> Task<Value, any Error> {
    guard let vault else { throw AttuneError.closed }
    return Task.detached { try await call(vault) }
  }

  /// Writes, off the main actor; goes on when whoever waits for it is cancelled.
  func write<Value: Sendable>(_ call: @escaping @Sendable (AttuneVault) throws -> Value) async throws -> Value {
    try await writing { vault in try await offMain { try call(vault) } }
  }

  /// The same for what waits itself.
  func writing<Value: Sendable>(
    _ call: @escaping @Sendable (AttuneVault) async throws -> Value
  ) async throws -> Value {
    let value = try await begun(call).value
    try Task.checkCancellation()
    return value
  }

  /// As `write`, for whoever does not wait.
  @discardableResult
  func begin(_ call: @escaping @Sendable (AttuneVault) throws -> Void) throws -> Task<Void, any Error> {
    try begun { vault in try await offMain { try call(vault) } }
  }

  private func begun<Value: Sendable>(
    _ call: @escaping @Sendable (AttuneVault) async throws -> Value
  ) throws -> Task<Value, any Error> {
    guard let vault else { throw AttuneError.closed }
    let id = next
    let task = Task {
      defer {
        self.writes[id] = nil
        self.tell()
      }
      return try await call(vault)
    }
    _ = keep(task, in: \.writes)
    return task
  }

  private func keep<Value: Sendable>(
    _ task: Task<Value, any Error>, in calls: ReferenceWritableKeyPath<Session, [Int: Call]>
  ) -> Int {
    let id = next
    next += 1
    self[keyPath: calls][id] = Call(cancel: { task.cancel() }, join: { _ = await task.result })
    return id
  }

  /// Waits until whatever is being written is written.
  func settled() async {
    while let write = writes.values.first {
      await write.join()
    }
  }

  /// Ends it: nothing new begins, what was being written is written, then the vault is closed. What was being read comes
  /// to its end, too: only then the files are free.
  func end() -> Task<Void, Never> {
    guard let vault else { return Task {} }
    self.vault = nil
    watchers = [:]
    let (reads, writes) = (reads.values, writes.values)
    for read in reads { read.cancel() }
    return Task {
      for write in writes { await write.join() }
      _ = try? await offMain { vault.close() }
      for read in reads { await read.join() }
    }
  }
}

extension Session: Silent {}

private let threads = DispatchQueue(label: "org.attune.model", attributes: .concurrent)

/// Runs what waits for the disk on a thread of its own: the main actor must not, and the threads that carry tasks are few.
func offMain<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
  try await withCheckedThrowingContinuation { done in
    threads.async { done.resume(with: Result(catching: work)) }
  }
}
