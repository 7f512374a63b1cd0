import Attune
import AttuneDoubles
import AttuneTrial
import Foundation
import Testing

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

/// What a call throws; nothing if it throws nothing. Anything but Attune's own error is a failure of the test.
func error(_ call: () throws -> Void) -> AttuneError? {
  do {
    try call()
    return nil
  } catch {
    return own(error)
  }
}

/// The same of an `async` call.
func error(_ call: () async throws -> Void) async -> AttuneError? {
  do {
    try await call()
    return nil
  } catch {
    return own(error)
  }
}

private func own(_ error: any Error) -> AttuneError? {
  if !(error is AttuneError) { Issue.record(error) }
  return error as? AttuneError
}
