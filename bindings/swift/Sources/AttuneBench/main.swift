import Attune
import AttuneDoubles
import Foundation

// What a call costs from Swift: one line each, a name, a tab and nanoseconds. The median of many rounds, after a warm-up.

let rounds = 2_000

func median(_ call: () throws -> Void) rethrows -> Int64 {
  for _ in 0..<rounds / 10 {
    try call()
  }
  let clock = ContinuousClock()
  var times: [Int64] = []
  for _ in 0..<rounds {
    let (seconds, attoseconds) = try clock.measure { try call() }.components
    times.append(seconds * 1_000_000_000 + attoseconds / 1_000_000_000)
  }
  return times.sorted()[rounds / 2]
}

/// In a function of its own, so that the folder is removed at its end.
func run() async throws {
  let folder = try TestFolder()
  let vault = try await AttuneVault.create(in: folder.at("vault"), keyStore: TestKeyStore())
  for number in 0..<1_000 {
    let moment = try vault.flag()
    try vault.setWords("Own words on moment \(number), about as long as most of them are.", of: moment)
  }
  print("empty_call\t\(median { _ = vault.isClosed })")
  print("newest_50\t\(try median { _ = try vault.moments(limit: 50) })")
  vault.close()
}

try await run()
