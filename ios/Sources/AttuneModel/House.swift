import Attune
import Foundation

/// The folder with the vault, and who has it open: the person, or the job that looks for updates while nobody is there.
/// There is one in the process, and the person comes first.
@MainActor
public final class House {
  private let folder: URL
  private let passing: URL
  private let phone: Phone
  private let door = Door()

  /// The person hid it, and has not asked for it since.
  public var hidden = false

  private var session: Session?
  private var ending: Task<Void, Never>?
  private var looking: Task<Bool, any Error>?

  /// `passing` is where a copy lies for the moment in which it is handed over; nothing else is in it, and it is emptied at
  /// each start, and with each lock.
  public init(folder: URL, passing: URL, phone: Phone) {
    self.folder = folder
    self.passing = passing
    self.phone = phone
    // What a process that was killed may have left there.
    try? FileManager.default.removeItem(at: passing)
  }

  /// Whether a vault is there, and whether it needs a passcode.
  func presence() async throws -> VaultPresence {
    let folder = folder
    return try await offMain { try AttuneVault.presence(in: folder) }
  }

  /// Makes a vault and opens it.
  func create() async throws -> Session {
    try await enter { [folder, phone] in
      try await AttuneVault.create(in: folder, keyStore: phone.keys, clock: phone.clock)
    }
  }

  /// Opens the vault.
  func open(_ passcode: Passcode?) async throws -> Session {
    try await enter { [folder, phone] in
      try await AttuneVault.open(in: folder, keyStore: phone.keys, passcode: passcode, clock: phone.clock)
    }
  }

  /// Makes a vault from a copy and opens it.
  func bringBack(_ copy: URL, _ passphrase: Passcode) async throws -> Session {
    try await enter { [folder, phone] in
      try await AttuneVault.bringBack(
        copy, passphrase: passphrase, in: folder, keyStore: phone.keys, clock: phone.clock)
    }
  }

  /// Closes what the person has open; whoever opens next waits for it.
  public func close() {
    guard let session else { return }
    self.session = nil
    let (before, end) = (ending, session.end())
    ending = Task { [weak self] in
      await before?.value
      await end.value
      try? await self?.emptyPassing()
    }
  }

  /// Waits until what was closed is closed, and its files are free.
  public func closed() async {
    await ending?.value
  }

  /// Sets the vault aside. Nothing is deleted.
  func startOver() async throws {
    let (folder, clock) = (folder, phone.clock)
    try await alone { _ = try await offMain { try AttuneVault.startOver(in: folder, clock: clock) } }
  }

  /// Deletes the vault, key first; works whether or not it can be opened.
  func deleteAll() async throws {
    hidden = false
    try await alone { [folder, phone] in try await AttuneVault.deleteAll(in: folder, keyStore: phone.keys) }
    try await emptyPassing()
  }

  /// Sets, changes or removes the passcode of the open vault.
  func setPasscode(_ passcode: Passcode?) async throws {
    let keys = phone.keys
    try await opened().writing { try await $0.setPasscode(passcode, keyStore: keys) }
  }

  /// Looks for updates with the vault that is open.
  func look() async throws {
    let transport = phone.transport
    try await opened().sync(over: transport)
  }

  /// Looks for updates while nobody is there. It gives way at once when the person opens the vault, and uses theirs when it
  /// is open. Cancelled, it leaves off and closes what it opened before it returns.
  ///
  /// - Returns: whether something came; none if it has to be later: the key is locked, a passcode is set, the vault is not
  ///   there, the person came.
  public func lookWhileClosed() async -> Bool? {
    let transport = phone.transport
    if let session {
      return try? await cameBy {
        try await session.sync(over: transport)
      } seen: {
        try await session.read { try $0.seen() }
      }
    }
    guard looking == nil else { return nil }
    let look = Task { try await self.door.alone { try await self.lookAlone() } }
    looking = look
    defer { looking = nil }
    return await withTaskCancellationHandler {
      try? await look.value
    } onCancel: {
      look.cancel()
    }
  }

  private func lookAlone() async throws -> Bool {
    await ending?.value
    try Task.checkCancellation()
    guard session == nil else { throw CancellationError() }
    let (keys, clock, transport) = (phone.keys, phone.clock, phone.transport)
    let vault = try await AttuneVault.open(in: folder, keyStore: keys, clock: clock)
    let came: Result<Bool, any Error>
    do {
      try Task.checkCancellation()
      let found = try await cameBy {
        try await vault.sync(over: transport)
      } seen: {
        try await offMain { try vault.seen() }
      }
      came = .success(found)
    } catch {
      came = .failure(error)
    }
    _ = try? await offMain { vault.close() }
    return try came.get()
  }

  /// Lends `use` the place of a file that is not there yet, and removes what was put there, whatever happens.
  func passing<Value>(_ use: @MainActor (URL) async throws -> Value) async throws -> Value {
    let file = try await place(for: "copy.bin")
    let outcome: Result<Value, any Error>
    do {
      outcome = .success(try await use(file))
    } catch {
      outcome = .failure(error)
    }
    try await emptyPassing()
    return try outcome.get()
  }

  /// A place for a file called `name`. Whatever lay there before is removed.
  func place(for name: String) async throws -> URL {
    // What is being closed empties it, too.
    await ending?.value
    try await emptyPassing()
    let passing = passing
    try await offMain {
      do {
        try FileManager.default.createDirectory(
          at: passing, withIntermediateDirectories: true, attributes: House.whileUnlocked)
      } catch {
        throw AttuneError.storage(.unavailable)
      }
    }
    return passing.appendingPathComponent(name)
  }

  /// Removes what lies there to be handed over.
  func emptyPassing() async throws {
    let passing = passing
    try await offMain {
      guard FileManager.default.fileExists(atPath: passing.path) else { return }
      do {
        try FileManager.default.removeItem(at: passing)
      } catch {
        throw AttuneError.storage(.unavailable)
      }
    }
  }

  /// What lies there can be read by nobody while the phone is locked.
  private nonisolated static var whileUnlocked: [FileAttributeKey: Any]? {
    #if os(iOS)
      [.protectionKey: FileProtectionType.complete]
    #else
      nil
    #endif
  }

  private func enter(_ open: @MainActor () async throws -> AttuneVault) async throws -> Session {
    try await alone {
      let opened = Session(try await open())
      session = opened
      return opened
    }
  }

  private func alone<Value>(_ work: @MainActor () async throws -> Value) async throws -> Value {
    looking?.cancel()
    return try await door.alone {
      await ending?.value
      return try await work()
    }
  }

  private func opened() throws -> Session {
    guard let session else { throw AttuneError.closed }
    return session
  }
}

extension House: Silent {}

/// Whether `work` brought a note or a draft, or took a choice further.
@MainActor
private func cameBy(
  _ work: @MainActor () async throws -> Void, seen: @MainActor () async throws -> Seen
) async throws -> Bool {
  let before = try await seen()
  try await work()
  return try await seen() != before
}

extension AttuneVault {
  fileprivate func seen() throws -> Seen {
    Seen(
      notes: try notes().map(\.id), proposals: try proposals().map(\.id),
      choices: try choices().map { Seen.Stands(choice: $0.caseId, at: $0.state) })
  }
}

/// What is there to be told of.
private struct Seen: Equatable, Sendable {
  struct Stands: Equatable, Sendable {
    let choice: CaseId
    let at: Attune.ChoiceState
  }

  let notes: [FollowUpId]
  let proposals: [ProposalId]
  let choices: [Stands]
}
