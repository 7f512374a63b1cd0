import Attune
import AttuneDoubles
import Foundation

/// A vault with all that is needed to open it again.
struct Phone: Sendable {
  let folder: TestFolder
  let keyStore: TestKeyStore
  let clock: TestClock
  let vault: AttuneVault

  var home: URL { folder.at("phone") }

  /// A new, empty one.
  static func make(_ folder: TestFolder? = nil, clock: TestClock = TestClock()) async throws -> Phone {
    let folder = try folder ?? TestFolder()
    let keyStore = TestKeyStore()
    let vault = try await AttuneVault.create(in: folder.at("phone"), keyStore: keyStore, clock: clock.clock)
    return Phone(folder: folder, keyStore: keyStore, clock: clock, vault: vault)
  }

  /// The same, opened anew.
  func reopened(passcode: Passcode? = nil) async throws -> Phone {
    vault.close()
    let vault = try await AttuneVault.open(
      in: home, keyStore: keyStore, passcode: passcode, clock: clock.clock)
    return Phone(folder: folder, keyStore: keyStore, clock: clock, vault: vault)
  }
}

/// What a call throws; nothing if it throws nothing.
func error(_ call: () throws(AttuneError) -> Void) -> AttuneError? {
  do {
    try call()
    return nil
  } catch {
    return error
  }
}

/// The same of an `async` call.
func error(_ call: () async throws(AttuneError) -> Void) async -> AttuneError? {
  do {
    try await call()
    return nil
  } catch {
    return error
  }
}
