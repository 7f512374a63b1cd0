import Attune
import AttuneModel
import AttuneRig
import AttuneTrial
import Foundation
import Testing

@testable import AttunePlatform

/// The story, from the first day to the last, by the models' public events alone: a real vault, a device's transport, a real
/// relay, and real desks.
@MainActor @Suite(.serialized, .timeLimit(.minutes(15))) struct StoryTests {
  private func lived(_ use: @escaping @MainActor (Rig, Town) async throws -> Void) async throws {
    try await Town.unpaired { town in
      let transport = AttunePlatform.HTTPTransport(loopback: true)
      try await Rig.lent(town, transport: transport) { rig in
        #expect(rig.state.stage == .firstRun)
        await rig.on(.begin)
        try await use(rig, town)
      }
    }
  }

  // Holds: 1, 21, 30, 31, 34, 35, 39, 42, 46, 52, 53, 60, 61, 63
  @Test func whatIsSharedIsWhatWasShownAndANoteComesBack() async throws {
    try await lived { rig, town in
      try await link(rig, town.desk, town.relay.origin, Town.therapist)
      try await link(rig, town.front, town.relay.origin, Town.frontDesk)
      try await keep(rig)
      let therapists = RepairOption.allCases.filter { ![.keep, .requestProvider, .interpreter].contains($0) }
      let quietly = try await withWords(rig)
      // Whoever wants no notes gets none from then on, so that comes last.
      var shown: [RepairOption: Attune.Preview] = [.repairQuietly: quietly]
      for option in RepairOption.allCases where ![.keep, .repairQuietly, .noContact].contains(option) {
        shown[option] = try await threeTaps(rig, option)
      }
      // More than once: at first, what pairing left to do is done with.
      for _ in 1...6 {
        try await rig.lookBoth(town.desk)
        try await town.front.sync()
        if try await !town.front.inbox().isEmpty, try await !town.desk.inbox().isEmpty { break }
      }
      try await rig.look()
      #expect(try await options(town.front) == [.requestProvider, .interpreter])
      #expect(try await options(town.desk) == Set(therapists).subtracting([.noContact]))
      for (option, preview) in shown {
        let desk = [.requestProvider, .interpreter].contains(option) ? town.front : town.desk
        let card = try await desk.card(option.spelled)
        try expect(card, of: preview)
      }
      try await note(rig, town)
      shown[.noContact] = try await threeTaps(rig, .noContact)
      try await rig.lookBoth(town.desk)
      try expect(try await town.desk.card("NoContact"), of: try #require(shown[.noContact]))
    }
  }

  /// From the first screen to the four words, which match.
  private func link(_ rig: Rig, _ desk: Desk, _ relay: String, _ name: String) async throws {
    let code = try await desk.invite("--words")
    await rig.on(.go(.join))
    let join = try rig.top(JoinModel.self)
    let first = code.prefix { $0 != " " }
    await rig.on(join, .code(String(first.prefix(4))))
    // Four letters tell every word of the list from every other.
    #expect(first.count <= 4 || join.state.completions == [String(first)])
    await rig.on(join, .code(code + "zzz"))
    #expect(join.state.check?.reading == .unknownWord)
    await rig.on(join, .code(code), .relay(relay), .name(Town.client))
    #expect(join.state.isWhole)
    await rig.on(join, .join)
    for _ in 1...4 where join.state.practice?.stage != .active {
      try await desk.sync()
      await rig.on(join, .look)
    }
    #expect(join.state.practice?.stage == .active && join.state.practice?.card?.name == name)
    await rig.on(join, .compare)
    try await desk.sync()
    let compare = try rig.top(CompareModel.self)
    let words = try await desk.words()
    #expect(compare.state.words == words)
    await rig.on(compare, .match)
    #expect(rig.state.notice == .matched && rig.routes.isEmpty)
    try await desk.run("confirm", "1")
  }

  /// *Keep it to myself* stands first and sends nothing; two quick taps are one moment.
  private func keep(_ rig: Rig) async throws {
    let home = try rig.home
    home.on(.mark)
    home.on(.mark)
    await rig.settle()
    let pick = try rig.top(PickModel.self)
    #expect(pick.state.offers.map(\.option).first == .keep)
    #expect(Set(pick.state.offers.map(\.option)) == Set(RepairOption.allCases))
    try await rig.pick(.keep)
    #expect(rig.routes.isEmpty && rig.state.notice == .kept)
    #expect(home.state.moments.count == 1)
  }

  /// Own words and where it was go along because they were switched on, as the preview says.
  private func withWords(_ rig: Rig) async throws -> Attune.Preview {
    await rig.on(try rig.home, .mark)
    try await rig.onTop(PickModel.self, .words)
    try await rig.onTop(MomentModel.self, .words(Self.words), .where(.said), .pick)
    try await rig.pick(.repairQuietly)
    let model = try rig.top(PreviewModel.self)
    let plain = try #require(model.state.preview)
    #expect(plain.recipient == Town.therapist && plain.role == .therapist)
    #expect(plain.words == nil && plain.pointer == nil && plain.until == nil)
    await rig.on(model, .withWords(true), .withPointer(true))
    let shown = try #require(model.state.preview)
    #expect(shown.words == Self.words && shown.pointer == .said)
    await rig.on(model, .share)
    try await leave(rig)
    return shown
  }

  /// Three taps from the first screen to what was shared. What is given is what was shown.
  private func threeTaps(_ rig: Rig, _ option: RepairOption) async throws -> Attune.Preview {
    await rig.on(try rig.home, .mark)
    try await rig.pick(option)
    let shown = try #require(try rig.top(PreviewModel.self).state.preview)
    try await rig.onTop(PreviewModel.self, .share)
    try await leave(rig)
    return shown
  }

  private func leave(_ rig: Rig) async throws {
    let choice = try rig.top(ChoiceModel.self)
    #expect(choice.state.shared && choice.state.choice?.status == .notSent)
    #expect(rig.routes.count == 1)
    await rig.on(.back)
  }

  private func note(_ rig: Rig, _ town: Town) async throws {
    let id = try #require(try await town.desk.card("WrittenFollowUp")["case"].text)
    try await town.desk.reply(id, Self.note)
    try await rig.lookBoth(town.desk)
    try #expect(rig.home.state.notes)
    await rig.on(try rig.home, .open(.notes))
    let notes = try rig.top(NotesModel.self)
    await rig.on(notes, .open(try #require(notes.state.notes.first).id))
    let note = try rig.top(NoteModel.self)
    #expect(note.state.note?.text == Self.note && note.state.note?.sender == Town.therapist)
    await rig.on(note, .aloud)
    #expect(rig.aloud.reading == Self.note)
    await rig.on(.hide)
    #expect(rig.aloud.reading == nil && rig.isLocked)
    await rig.on(.unlock(nil))
    #expect(rig.routes.isEmpty)
  }

  private func options(_ desk: Desk) async throws -> Set<RepairOption> {
    let spelled = try await desk.inbox().compactMap { $0["option"].text }
    #expect(Set(spelled).count == spelled.count)
    return Set(RepairOption.allCases.filter { spelled.contains($0.spelled) })
  }

  /// The card has what the preview said, and no more.
  private func expect(_ card: JSON, of preview: Attune.Preview) throws {
    #expect(card["option"].text == preview.option.spelled)
    #expect(card["name"].text == Town.client)
    #expect(card["words"].text == preview.words)
    #expect(card["pointer"].isNull == (preview.pointer == nil))
    #expect(card["until"].isNull == (preview.until == nil))
  }

  // Holds: 9, 10, 22, 33, 47, 69, 70, 72, 73, 79
  @Test func takenBackKeptAsACopyWipedAndBroughtBack() async throws {
    try await lived { rig, town in
      try await link(rig, town.desk, town.relay.origin, Town.therapist)
      await rig.on(try rig.home, .mark)
      try await rig.onTop(PickModel.self, .undo)
      #expect(rig.state.notice == .undone)
      try await takeBack(rig, town)
      try await hide(rig)
      _ = try await threeTaps(rig, .writtenFollowUp)
      try await rig.saveCopy()
      #expect(!FileManager.default.fileExists(atPath: rig.passing.path))
      try await deleteAll(rig)
      await rig.on(.go(.bringBack))
      let back = try rig.top(BringBackModel.self)
      await rig.on(back, .pick(TestDocuments.url("place")), .open(SecretBytes(typed: Rig.phrase + ", but")))
      #expect(back.state.wrong)
      await rig.on(back, .open(SecretBytes(typed: Rig.phrase)))
      try #expect(rig.home.state.restored)
      try await rig.look()
      try await town.desk.sync()
      #expect(try await town.desk.inbox().isEmpty, "nothing leaves before it is confirmed")
      await rig.on(.go(.restored))
      let restored = try rig.top(RestoredModel.self)
      let waiting = restored.state.waiting.filter { $0.choice?.option == .writtenFollowUp }
      await rig.on(restored, .keep(try #require(waiting.first).caseId))
      await rig.on(restored, .later)
      try await rig.lookBoth(town.desk)
      #expect(try await town.desk.inbox().map { $0["option"].text } == ["WrittenFollowUp"])
      try await deleteAll(rig)
    }
  }

  private func takeBack(_ rig: Rig, _ town: Town) async throws {
    _ = try await threeTaps(rig, .pause)
    let before = try #require(try rig.home.state.moments.first?.choice)
    #expect(before.status == .notSent)
    // Two taps.
    await rig.on(try rig.home, .open(.choice(before.caseId)))
    try await rig.onTop(ChoiceModel.self, .takeBack)
    try #expect(rig.top(ChoiceModel.self).state.choice?.status == .takenBackUnseen)
    await rig.on(.back)
    try await rig.lookBoth(town.desk)
    #expect(try await town.desk.inbox().isEmpty)

    _ = try await threeTaps(rig, .pause)
    try await rig.lookBoth(town.desk)
    #expect(try await town.desk.inbox().map { $0["option"].text } == ["Pause"])
    let after = try #require(try rig.home.state.moments.first?.choice)
    #expect(after.status == .receivedCounts)
    await rig.on(try rig.home, .open(.choice(after.caseId)))
    let choice = try rig.top(ChoiceModel.self)
    await rig.on(choice, .takeBack)
    #expect(choice.state.choice?.status == .takingBack)
    try await rig.lookBoth(town.desk)
    #expect(choice.state.choice?.status == .takenBackSeen)
    #expect(try await town.desk.inbox().isEmpty)
    await rig.on(.back)
  }

  /// Neither *Back* nor coming back nor a new process shows more than the lock.
  private func hide(_ rig: Rig) async throws {
    await rig.on(.go(.settings), .hide, .back)
    #expect(rig.isLocked && rig.state.top == nil)
    await rig.on(.left, .returned)
    #expect(rig.isLocked)
    await rig.processDies()
    #expect(rig.isLocked && rig.state.top == nil)
    await rig.on(.unlock(nil))
    #expect(rig.isOpen && rig.routes.isEmpty)
  }

  private func deleteAll(_ rig: Rig) async throws {
    await rig.on(.go(.deleteAll))
    try await rig.onTop(DeleteAllModel.self, .delete)
    #expect(rig.state.stage == .firstRun && rig.state.notice == .allGone && rig.routes.isEmpty)
    #expect(!rig.store.hasKey)
    let left = FileManager.default.enumerator(at: rig.folder, includingPropertiesForKeys: nil)
    #expect((left?.allObjects as? [URL] ?? []).isEmpty)
    rig.store.renew()
  }

  private static let words = "he said my name wrong, twice"
  private static let note = """
    I said your name wrong, and that may have hurt.

    I am sorry.

    I have learned how you say it, and will say it right from March 9 on.

    No reply is needed.
    """
}

extension RepairOption {
  /// As the desk's command line writes it.
  fileprivate var spelled: String {
    let name = "\(self)"
    return name.prefix(1).uppercased() + name.dropFirst()
  }
}
