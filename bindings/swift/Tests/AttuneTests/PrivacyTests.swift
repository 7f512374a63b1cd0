import Attune
import AttuneDoubles
import AttuneTrial
import Foundation
import Testing

@Suite struct PrivacyTests {
  private static let marker = "wolverine-4417"

  /// Every way in which a value comes to be text.
  private func forms(_ value: Any) -> String {
    var dumped = ""
    dump(value, to: &dumped)
    return [
      "\(value)", String(describing: value), String(reflecting: value), dumped, "\([value])",
      String(reflecting: Optional.some(value)), (value as? any Error)?.localizedDescription ?? "",
      Mirror(reflecting: value).children.map { "\($0)" }.joined(),
    ].joined(separator: "\n")
  }

  @Test("private.marker: a planted marker is in no message, no text form, no trace and no output of the process")
  func marker() async throws {
    let folder = try TestFolder()
    let home = folder.at(Self.marker)
    let child = try Child(
      try Places.built("AttuneChild"), ["provoke", home.path, Self.marker], in: folder.url,
      environment: ["RUST_BACKTRACE": "full"])
    let end = try await child.end()
    #expect(end.status == 0, "\(end.status) \(end.errors)")
    #expect(end.output.hasSuffix("done\n"))
    #expect(!end.output.contains("should have failed"))
    for said in [end.output, end.errors] {
      #expect(!said.contains(Self.marker))
      #expect(!said.contains("wolverine"))
      #expect(!said.contains("panicked"))
    }
    #expect(end.errors.isEmpty)
    for expected in ["declined", "keyGone", "locked", "storage", "closed", "wordsTooLong"] {
      #expect(end.output.contains(expected), "\(expected)")
    }
  }

  @Test("private.marker: what a key store or a transport says goes no further")
  func foreign() async throws {
    let phone = try await Phone.make(try TestFolder(Self.marker))
    phone.keyStore.meets(.throwing(Self.marker))
    let thrown = await error {
      try await phone.vault.setPasscode(Passcode(Self.marker), keyStore: phone.keyStore)
    }
    #expect(!forms(try #require(thrown)).contains("wolverine"))
    #expect(!forms(Passcode(Self.marker)).contains("wolverine"))
    #expect(!forms(SecretBytes(Self.marker.utf8)).contains("wolverine"))
    #expect(!forms(Answer(status: 200, body: Data(Self.marker.utf8))).contains("wolverine"))
    #expect(!forms(phone.vault).contains("wolverine"))
    let practice = try phone.vault.join(
      "abandon ability able about above absent absorb abstract", relay: "https://\(Self.marker).example")
    try await phone.vault.sync(over: Road { _, _ in throw TestKeyStore.Talkative(description: Self.marker) })
    let shown = try phone.vault.practices()
    #expect(shown.map(\.id) == [practice] && shown[0].relay.contains("wolverine"))
    #expect(!forms(shown).contains("wolverine"))
  }

  @Test("private.records: printing a record shows none of what it holds")
  func records() async throws {
    let world = try await World.linked(compared: true)
    let moment = try world.vault.flag()
    try world.vault.setWords("wolverine words", of: moment)
    let picked = RepairChoice(
      .writtenFollowUp, to: world.practice, moment: moment, withPointer: true, withWords: true,
      until: world.clock.day(in: 3))
    try world.vault.setPointer(.leftOut, of: moment)
    let preview = try world.vault.preview(picked)
    let id = try world.vault.share(preview.id)
    try await world.syncAll()
    try await world.desk.run("open", id.value)
    try await world.desk.run(["reply", id.value], input: "wolverine note")
    try await world.syncDesk()
    try await world.syncPhone()
    let note = try #require(try world.vault.notes().first)
    let choice = try world.vault.choice(id)
    let put = try await world.desk.propose("file-line", "wolverine line")
    try await world.syncDesk()
    try await world.syncPhone()
    try world.vault.answer(put, .changeIt, words: "wolverine change")
    try world.vault.shareAboutMe("wolverine about", with: world.practice)
    let own = try #require(try world.vault.aboutMe(for: world.practice))
    let check = try AttuneVault.checkCode("attune://wolverine.example/#1.odg9lJx79KVgTDFz3VBT0AjbvlotAetezdqH2zHh5bw")
    let records: [Any] = [
      try world.vault.moment(moment), picked, preview, choice, note, try world.shown(), try world.vault.offers()[1],
      Restored(caseId: id, practice: world.practice, choice: choice), check, moment, id, note.id, preview.id,
      world.practice, try world.vault.proposal(put), put, own,
    ]
    let secrets = [
      "wolverine", World.therapist, World.client, "Noa", "127.0.0.1", id.value, note.id.value, preview.id.value, put.value,
      "\(moment.value)", "leftOut", "writtenFollowUp", "2026", world.relay.origin,
    ]
    for record in records {
      let text = forms(record)
      #expect(text.contains("\(type(of: record))"))
      for secret in secrets {
        #expect(!text.contains(secret), "\(type(of: record)) shows \(secret)")
      }
    }
  }
}
