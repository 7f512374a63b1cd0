import Attune
import AttuneRig
import AttuneTrial
import Foundation
import Testing

@testable import AttuneModel

/// Tests with real desks on the other side: one at a time, since their relay has one address.
@Suite(.serialized) struct Towns {}

extension Rig {
  /// How many vaults lie in the folder, those that were set aside too.
  var vaultFiles: Int {
    let found = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
    return (found?.allObjects as? [URL] ?? []).filter { $0.lastPathComponent == "vault.db" }.count
  }
}
