import AttuneDoubles
import Foundation
import Testing

@testable import AttunePlatform

/// Documents at other apps, which may do what they like.
struct PickedDocumentsTests {
  private let folder: TestFolder
  private let text = Data((0..<50_000).map { UInt8(truncatingIfNeeded: $0 * 17) })

  init() throws {
    folder = try TestFolder()
    try text.write(to: folder.at("picked"))
  }

  // Holds: 72
  @Test func aDocumentIsTakenWholeIntoANewFile() throws {
    #expect(PickedDocuments().read(folder.at("picked"), to: folder.at("taken")))
    #expect(try Data(contentsOf: folder.at("taken")) == text)
    let mode = try FileManager.default.attributesOfItem(atPath: folder.at("taken").path)[.posixPermissions] as? NSNumber
    #expect(mode == 0o600)
    try Data().write(to: folder.at("empty"))
    #expect(PickedDocuments().read(folder.at("empty"), to: folder.at("nothing")))
    #expect(try Data(contentsOf: folder.at("nothing")).isEmpty)
  }

  // Holds: 70
  @Test func ofWhatCannotBeReadNothingIsLeft() throws {
    let to = folder.at("taken")
    #expect(!PickedDocuments(most: text.count - 1).read(folder.at("picked"), to: to), "longer than any copy")
    #expect(!PickedDocuments().read(folder.at("nobody"), to: to))
    #expect(!PickedDocuments().read(folder.url, to: to), "a folder")
    let web = try #require(URL(string: "https://example.invalid/copy"))
    #expect(!PickedDocuments().read(web, to: to))
    #expect(try folder.files().keys.sorted() == ["picked"])
    #expect(PickedDocuments(most: text.count).read(folder.at("picked"), to: to))
  }

  @Test func whatIsThereIsNotWrittenOver() throws {
    try Data([1]).write(to: folder.at("taken"))
    #expect(!PickedDocuments().read(folder.at("picked"), to: folder.at("taken")))
    #expect(try Data(contentsOf: folder.at("taken")) == Data([1]))
  }
}
