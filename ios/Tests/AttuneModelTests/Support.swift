import Attune
import AttuneRig
import AttuneTrial
import Foundation
import Testing

@testable import AttuneModel

/// Tests with real desks on the other side: one at a time, since their relay has one address.
@Suite(.serialized) struct Towns {}

/// Lends a device that is paired with a therapist and a front desk.
@MainActor func paired(_ use: @escaping @MainActor (Rig, Town) async throws -> Void) async throws {
  try await Town.paired { town in
    try await Rig.lent(town) { rig in try await use(rig, town) }
  }
}

/// Whether something is let go of, at the latest when whatever is ready to run has run: what ended lets go a moment after
/// it says so.
@MainActor func isGone(_ gone: () -> Bool) async -> Bool {
  for _ in 1...10_000 {
    if gone() { return true }
    await Task.yield()
  }
  return gone()
}

extension Rig {
  /// How many vaults lie in the folder, those that were set aside too.
  var vaultFiles: Int {
    let found = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
    return (found?.allObjects as? [URL] ?? []).filter { $0.lastPathComponent == "vault.db" }.count
  }
}
