import Attune
import AttuneDoubles
import AttuneTrial
import Foundation
import Testing

/// What practices put to the person, and what both say of themselves.
@Suite struct ProposalTests {
  private static let line = "We changed how we plan the session."

  /// A text that the desk has put and the phone has.
  private func put(
    in world: World, _ kind: String = "file-line", _ text: String = ProposalTests.line
  ) async throws -> ProposalId {
    let id = try await world.desk.propose(kind, text)
    try await world.syncDesk()
    try await world.syncPhone()
    return id
  }

  /// What the desk knows of the answer and of its words.
  private func heard(_ id: ProposalId, in world: World) async throws -> [String?] {
    try await world.syncAll()
    let put = try await world.desk.proposal(id)
    return [put["answer"].text, put["words"].text]
  }

  @Test("proposal.arrives: what a practice puts arrives whole, is listed, is had by its id, and can be erased")
  func arrives() async throws {
    let world = try await World.linked(compared: true)
    let line = try await put(in: world)
    let text = "We meet at ten.\nYou say when we stop. “妈妈”"
    let plan = try await put(in: world, "plan-draft", text)
    #expect(try Set(world.vault.proposals().map(\.id)) == [line, plan])
    let draft = try world.vault.proposal(plan)
    #expect(draft.kind == .planDraft && draft.text == text && draft.sender == World.therapist)
    #expect(draft.practice == world.practice && draft.storedAt == world.clock.date)
    #expect(draft.open && draft.answer == nil && draft.words == nil && !draft.waits)
    #expect(try world.vault.proposal(line).kind == .fileLine)
    #expect(try world.vault.proposals().contains(draft))

    try world.vault.eraseProposal(plan)
    try await world.syncAll()
    #expect(try world.vault.proposals().map(\.id) == [line])
    #expect(error { _ = try world.vault.proposal(plan) } == .declined(.notFound))
    #expect(error { try world.vault.eraseProposal(plan) } == .declined(.notFound))
    #expect(error { _ = try world.vault.proposal(ProposalId(value: "x")) } == .declined(.badInput))
  }

  @Test(
    "proposal.answer: an answer reaches the desk, the last one counts, none takes it back, and silence stays silence")
  func answer() async throws {
    let world = try await World.linked(compared: true)
    let id = try await put(in: world)
    #expect(try await heard(id, in: world) == [nil, nil])
    for (answer, name) in zip(ProposalAnswer.allCases, ["LooksRight", "ChangeIt", "LeaveIt"]) {
      try world.vault.answer(id, answer)
      #expect(try world.vault.proposal(id).answer == answer)
      #expect(try await heard(id, in: world) == [name, nil])
    }
    try world.vault.answer(id, nil)
    #expect(try world.vault.proposal(id).answer == nil)
    #expect(try await heard(id, in: world) == [nil, nil])
  }

  @Test(
    "proposal.words: words say how it is to be changed, up to their limit in bytes; with another answer they are refused"
  )
  func words() async throws {
    let world = try await World.linked(compared: true)
    let id = try await put(in: world)
    try world.vault.answer(id, .changeIt, words: "  Not planned: asked. 请 ")
    #expect(try world.vault.proposal(id).words == "Not planned: asked. 请")
    #expect(try await heard(id, in: world) == ["ChangeIt", "Not planned: asked. 请"])
    let longest = String(repeating: "é", count: Int(try AttuneVault.limits().sharedWordsBytes) / 2)
    #expect(error { try world.vault.answer(id, .changeIt, words: longest + "e") } == .declined(.wordsTooLong))
    #expect(error { try world.vault.answer(id, .looksRight, words: "words") } == .declined(.notOffered))
    #expect(error { try world.vault.answer(id, nil, words: "words") } == .declined(.notOffered))
    #expect(try world.vault.proposal(id).words == "Not planned: asked. 请")
    try world.vault.answer(id, .changeIt, words: longest)
    #expect(try await heard(id, in: world) == ["ChangeIt", longest])
    try world.vault.answer(id, .leaveIt, words: "  ")
    #expect(try await heard(id, in: world) == ["LeaveIt", nil])
  }

  @Test("proposal.over: what the practice is done with stays, and can be answered no more")
  func over() async throws {
    let world = try await World.linked(compared: true)
    let id = try await put(in: world)
    try world.vault.answer(id, .looksRight)
    try await world.syncAll()
    try await world.desk.run("close-proposal", id.value)
    try await world.syncAll()
    let over = try world.vault.proposal(id)
    #expect(over.answer == .looksRight && over.text == Self.line && !over.open)
    #expect(error { try world.vault.answer(id, .leaveIt) } == .declined(.tooLate))
    let none = ProposalId(value: String(repeating: "0", count: 32))
    #expect(error { try world.vault.answer(none, nil) } == .declined(.notFound))
  }

  @Test("about.practice: what a practice says of itself comes and goes with its word")
  func aboutPractice() async throws {
    let world = try await World.linked(compared: true)
    #expect(try world.vault.aboutPractice(world.practice) == nil)
    for text in ["I take notes by hand.\nAsk me to stop. 好", nil] {
      try await world.desk.run(["about"], input: text ?? "")
      try await world.syncDesk()
      try await world.syncPhone()
      #expect(try world.vault.aboutPractice(world.practice) == text)
    }
    #expect(error { _ = try world.vault.aboutPractice(PracticeId(value: 99)) } == .declined(.notFound))
  }

  @Test("about.me: words about oneself reach that one practice, up to their limit in bytes, and are taken back")
  func aboutMe() async throws {
    let world = try await World.linked()
    // Not before the words were compared.
    #expect(error { try world.vault.shareAboutMe("Call me Sam.", with: world.practice) } == .declined(.notCompared))
    try await world.compare()
    // The first document of the desk says that it has room for this.
    try await world.syncAll()
    let front = try await Desk.make(
      "The front desk", role: "coordinator", in: world.scratch, relay: world.relay.origin, clock: world.clock)
    let coordinator = try world.vault.join(try #require(try await front.run("invite")["code"].text))
    #expect(error { try world.vault.shareAboutMe("Call me Sam.", with: coordinator) } == .declined(.notReady))
    let other = World(phone: world.phone, relay: world.relay, desk: front, practice: coordinator)
    try await other.meet()
    try await other.compare()

    func told(_ desk: Desk) async throws -> String? {
      try await desk.run("about-client", "1")["text"].text
    }
    try world.vault.shareAboutMe("  Call me Sam. شكرا ", with: world.practice)
    #expect(try world.vault.aboutMe(for: world.practice) == OwnAbout(text: "Call me Sam. شكرا", waits: false))
    #expect(try world.vault.aboutMe(for: coordinator) == nil)
    try await world.syncAll()
    try await other.syncDesk()
    #expect(try await told(world.desk) == "Call me Sam. شكرا")
    #expect(try await told(front) == nil)
    let longest = String(repeating: "é", count: Int(try AttuneVault.limits().aboutBytes) / 2)
    #expect(error { try world.vault.shareAboutMe(longest + "e", with: world.practice) } == .declined(.wordsTooLong))
    try world.vault.shareAboutMe(longest, with: world.practice)
    try await world.syncAll()
    #expect(try await told(world.desk) == longest)
    try world.vault.shareAboutMe(" ", with: world.practice)
    #expect(try world.vault.aboutMe(for: world.practice) == nil)
    try await world.syncAll()
    #expect(try await told(world.desk) == nil)
  }

  @Test("about.restored: after a copy was brought back, what was said to a practice waits until it is said again")
  func restored() async throws {
    let world = try await World.linked(compared: true)
    let id = try await put(in: world)
    try world.vault.answer(id, .looksRight)
    try world.vault.shareAboutMe("Call me Sam.", with: world.practice)
    try await world.syncAll()
    let copy = world.phone.folder.at("copy")
    try await world.vault.saveCopy(to: copy, passphrase: Passcode("of the copy"))
    world.vault.close()
    let keyStore = TestKeyStore()
    let vault = try await AttuneVault.bringBack(
      copy, passphrase: Passcode("of the copy"), in: world.phone.folder.at("new"), keyStore: keyStore,
      clock: world.clock.clock)
    let phone = Phone(folder: world.phone.folder, keyStore: keyStore, clock: world.clock, vault: vault)
    let new = World(phone: phone, relay: world.relay, desk: world.desk, practice: world.practice)
    for _ in 0..<2 { try await new.syncAll() }
    #expect(try vault.proposal(id).waits && vault.aboutMe(for: new.practice)?.waits == true)
    #expect(try await heard(id, in: new) == [nil, nil])
    #expect(try await new.desk.run("about-client", "1")["text"].isNull)
    // Comparing the words says who is there, and not what was said.
    #expect(error { try vault.shareAboutMe("Call me Sam.", with: new.practice) } == .declined(.notCompared))
    try await new.compare()
    #expect(try await heard(id, in: new) == [nil, nil])
    try vault.answer(id, .leaveIt)
    try vault.shareAboutMe("Call me Sam.", with: new.practice)
    #expect(try !vault.proposal(id).waits && vault.aboutMe(for: new.practice)?.waits == false)
    #expect(try await heard(id, in: new) == ["LeaveIt", nil])
    #expect(try await new.desk.run("about-client", "1")["text"].text == "Call me Sam.")
  }

  @Test(
    "draft.kept: what was typed and not shared is there after opening again, is not sent, and goes when it is shared, answered or taken back"
  )
  func drafts() async throws {
    var world = try await World.linked(compared: true)
    let id = try await put(in: world)
    let typed = " Not planned: asked, 请 and \n"
    let most = try AttuneVault.limits()
    let long = String(repeating: "w", count: Int(most.sharedWordsBytes) + 1)
    let longAbout = String(repeating: "w", count: Int(most.aboutBytes) + 1)
    #expect(try world.vault.draft(on: id) == nil && world.vault.aboutMeDraft(for: world.practice) == nil)
    try world.vault.keepDraft(typed, on: id)
    try world.vault.keepAboutMeDraft(typed, for: world.practice)
    #expect(error { try world.vault.keepDraft(long, on: id) } == .declined(.wordsTooLong))
    #expect(error { try world.vault.keepAboutMeDraft(longAbout, for: world.practice) } == .declined(.wordsTooLong))
    let none = ProposalId(value: String(repeating: "0", count: 32))
    #expect(error { try world.vault.keepDraft(typed, on: none) } == .declined(.notFound))
    #expect(error { _ = try world.vault.aboutMeDraft(for: PracticeId(value: 99)) } == .declined(.notFound))
    world = try await world.reopened()
    #expect(try world.vault.draft(on: id) == typed && world.vault.aboutMeDraft(for: world.practice) == typed)
    #expect(try await heard(id, in: world) == [nil, nil])
    #expect(try await world.desk.run("about-client", "1")["text"].isNull)

    try world.vault.answer(id, .changeIt, words: "Asked.")
    try world.vault.shareAboutMe("Call me Sam.", with: world.practice)
    #expect(try world.vault.draft(on: id) == nil && world.vault.aboutMeDraft(for: world.practice) == nil)
    try world.vault.keepDraft(typed, on: id)
    try world.vault.keepAboutMeDraft(typed, for: world.practice)
    try world.vault.answer(id, nil)
    try world.vault.shareAboutMe("", with: world.practice)
    #expect(try world.vault.draft(on: id) == nil && world.vault.aboutMeDraft(for: world.practice) == nil)
    try world.vault.keepDraft(typed, on: id)
    try world.vault.keepDraft(" ", on: id)
    #expect(try world.vault.draft(on: id) == nil)
  }

  @Test("about.waits: a practice says why no words about oneself can be shared with it now, and just then they cannot")
  func aboutWaits() async throws {
    let world = try await World.linked()
    #expect(try world.shown().aboutWaitsFor == .comparison)
    #expect(error { try world.vault.shareAboutMe("Call me Sam.", with: world.practice) } == .declined(.notCompared))
    try await world.compare()
    try await world.syncAll()
    #expect(try world.shown().aboutWaitsFor == nil)
    try world.vault.shareAboutMe("Call me Sam.", with: world.practice)
    let code = try #require(try await world.desk.run("invite")["code"].text)
    let waiting = try world.vault.join(code)
    #expect(try world.vault.practice(waiting).aboutWaitsFor == .link)
    #expect(error { try world.vault.shareAboutMe("Call me Sam.", with: waiting) } == .declined(.notReady))
  }
}
