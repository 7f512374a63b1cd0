import Attune
import Foundation
import Testing

@Suite struct HelpTests {
  @Test("help.lists: the help lists are there without a network, and empty where there is none")
  func lists() throws {
    let now = try AttuneVault.help(.now, in: "US")
    #expect(now.first?.phone == "911")
    #expect(try AttuneVault.help(.now, in: "us") == now)
    #expect(now.contains { $0.name.contains("988") })
    for kind in HelpKind.allCases {
      let entries = try AttuneVault.help(kind, in: "GB")
      #expect(!entries.isEmpty, "\(kind)")
      for entry in entries {
        #expect(entry.phone != nil || entry.site != nil)
        #expect(URL(string: entry.source)?.scheme == "https")
        #expect(Calendar(identifier: .gregorian).start(ofAttuneDay: entry.checked) != nil)
      }
      for nowhere in ["", "ZZ", "Atlantis", String(repeating: "U", count: 100_000), "U\0S"] {
        #expect(try AttuneVault.help(kind, in: nowhere).isEmpty)
      }
    }
  }
}
