import Attune
import AttuneDoubles
import Foundation

// A process of its own for two tests.
//
//   AttuneChild mark FOLDER KEY     marks moments for ever, and says each id once it is acknowledged
//   AttuneChild provoke FOLDER TEXT does much that fails, with TEXT in everything private, and says every error

/// Says a line at once: whoever hears it may end this process the next moment.
func say(_ line: String) {
  try? FileHandle.standardOutput.write(contentsOf: Data("\(line)\n".utf8))
}

/// Every form in which an error can come to be seen.
func say(_ error: any Error) {
  say(String(describing: error))
  say(String(reflecting: error))
  say(error.localizedDescription)
  var all = ""
  dump(error, to: &all)
  say(all)
}

func mark(_ folder: URL, _ key: UInt64) async throws {
  let keyStore = TestKeyStore(key: key)
  let vault =
    switch try AttuneVault.presence(in: folder) {
    case .absent: try await AttuneVault.create(in: folder, keyStore: keyStore)
    default: try await AttuneVault.open(in: folder, keyStore: keyStore)
    }
  while true {
    say("\(try vault.flag().value)")
  }
}

func provoke(_ folder: URL, _ text: String) async throws {
  let keyStore = TestKeyStore()
  let passcode = Passcode("\(text) passcode")
  let vault = try await AttuneVault.create(in: folder, keyStore: keyStore, passcode: passcode)
  say("\(vault) \(passcode) \(keyStore)")
  let moment = try vault.flag()
  try vault.setWords("\(text) words", of: moment)
  let practice = try vault.join(
    "abandon ability able about above absent absorb abstract", relay: "https://\(text).example", chosenName: text)
  func attempt(_ what: () throws -> Void) {
    do {
      try what()
      say("this should have failed")
    } catch {
      say(error)
    }
  }
  attempt { try vault.setWords(String(repeating: text, count: 200), of: moment) }
  attempt { _ = try vault.join(text) }
  attempt { _ = try vault.join("attune:\(text)", chosenName: text) }
  attempt { _ = try vault.choice(CaseId(value: text)) }
  attempt { _ = try vault.share(PreviewId(value: text)) }
  attempt { _ = try vault.proposal(ProposalId(value: text)) }
  attempt { try vault.shareAboutMe(text, with: practice) }
  attempt { try vault.confirmWords([text, text, text, text], of: practice) }
  attempt { _ = try vault.preview(RepairChoice(.pause, to: practice, moment: moment, withWords: true)) }
  for fault in [TestKeyStore.Fault.throwing("\(text) key store"), .locked, .gone, .refused, .zeroed] {
    keyStore.meets(fault)
    do {
      try await vault.setPasscode(Passcode("\(text) other"), keyStore: keyStore)
    } catch {
      say(error)
    }
  }
  vault.close()
  for folder in [folder, folder.appendingPathComponent(text), URL(string: "https://\(text).example")!] {
    do {
      _ = try await AttuneVault.open(in: folder, keyStore: keyStore, passcode: Passcode("\(text) wrong"))
    } catch {
      say(error)
    }
  }
  attempt { _ = try vault.flag() }
  say("done")
}

let arguments = CommandLine.arguments
guard arguments.count == 4 else { exit(2) }
let folder = URL(fileURLWithPath: arguments[2], isDirectory: true)
if arguments[1] == "mark", let key = UInt64(arguments[3]) {
  try await mark(folder, key)
} else {
  try await provoke(folder, arguments[3])
}
