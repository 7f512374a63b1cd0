import Attune
import AttuneTrial
import Foundation
import Testing

@Suite struct ChoiceTests {
  @Test("choice.offers: the options come in order, keep first, with names and attested terms")
  func offers() async throws {
    let world = try await World.linked()
    let offers = try world.vault.offers()
    #expect(
      offers.map(\.option) == [
        .keep, .pause, .switchTopic, .writtenFollowUp, .repairQuietly, .briefCheckIn, .noContact, .requestProvider,
      ])
    for offer in offers {
      let stays = [.keep, .requestProvider].contains(offer.option)
      #expect(offer.practice == (stays ? nil : world.practice))
      #expect(offer.recipient == (stays ? nil : World.therapist))
      #expect(offer.terms.noFee == !stays && !offer.terms.keepsSlot)
    }
  }

  @Test("choice.preview: what the desk receives is what the preview said, and no more")
  func preview() async throws {
    let world = try await World.linked()
    let moment = try world.vault.flag()
    try world.vault.setWords("the words that were kept", of: moment)
    try world.vault.setPointer(.plan, of: moment)
    let until = world.clock.day(in: 4)
    let preview = try world.vault.preview(
      RepairChoice(.writtenFollowUp, to: world.practice, moment: moment, withPointer: true, until: until))
    #expect(preview.recipient == World.therapist && preview.role == .therapist)
    #expect(preview.practice == world.practice && preview.option == .writtenFollowUp)
    #expect(preview.pointer == .plan && preview.words == nil && preview.until == until && !preview.takesBack)
    #expect(try world.vault.choices().isEmpty)
    let id = try world.vault.share(preview.id)
    try await world.syncAll()
    let card = try #require(try await world.desk.inbox().first)
    #expect(card["case"].text == id.value)
    #expect(card["option"].text == "WrittenFollowUp" && card["name"].text == World.client)
    #expect(card["until"].text == "2026-03-06")
    let opened = try await world.desk.run("open", id.value)
    #expect(opened["pointer"].text == "Plan" && opened["words"].isNull)
    // Not a byte of what stayed is in anything that the desk prints.
    #expect(!"\(opened)".contains("kept"))
    #expect(try await world.desk.inbox().count == 1)
  }

  @Test("choice.only-previewed: nothing can be shared but what was previewed last, once")
  func onlyPreviewed() async throws {
    let world = try await World.linked()
    let none = PreviewId(value: String(repeating: "0", count: 64))
    #expect(error { _ = try world.vault.share(none) } == .declined(.notPreviewed))
    let first = try world.vault.preview(RepairChoice(.pause, to: world.practice))
    let second = try world.vault.preview(RepairChoice(.switchTopic, to: world.practice))
    #expect(error { _ = try world.vault.share(first.id) } == .declined(.notPreviewed))
    let third = try world.vault.preview(RepairChoice(.switchTopic, to: world.practice))
    #expect(third.id != second.id)
    let id = try world.vault.share(third.id)
    #expect(error { _ = try world.vault.share(third.id) } == .declined(.notPreviewed))
    #expect(try world.vault.choices().map(\.caseId) == [id])
  }

  @Test("choice.every-option: every option that is offered arrives as that option")
  func everyOption() async throws {
    let world = try await World.linked()
    let front = try await Desk.make(
      "The front desk", role: "coordinator", in: world.scratch, relay: world.relay.origin, clock: world.clock)
    let code = try #require(try await front.run("invite")["code"].text)
    let coordinator = try world.vault.join(code)
    let other = World(phone: world.phone, relay: world.relay, desk: front, practice: coordinator)
    try await other.meet()
    let offers = try world.vault.offers()
    #expect(offers.map(\.option) == RepairOption.allCases)
    var sent: [String: RepairOption] = [:]
    for offer in offers {
      guard let practice = offer.practice else {
        #expect(offer.option == .keep)
        continue
      }
      #expect((practice == coordinator) == [.requestProvider, .interpreter].contains(offer.option))
      sent[try world.share(RepairChoice(offer.option, to: practice)).value] = offer.option
    }
    try await world.syncAll()
    try await front.run("sync")
    var arrived: [String: String] = [:]
    for card in try await world.desk.inbox() + front.inbox() {
      arrived[card["case"].text ?? ""] = card["option"].text?.lowercased()
    }
    #expect(arrived == sent.mapValues { "\($0)".lowercased() })
    #expect(arrived.count == 8)
    #expect(error { _ = try world.vault.preview(RepairChoice(.keep, to: world.practice)) } == .declined(.notOffered))
    #expect(
      error { _ = try world.vault.preview(RepairChoice(.interpreter, to: world.practice)) } == .declined(.notOffered))
  }

  @Test("choice.status: the states follow one another and claim no more than is known")
  func status() async throws {
    let world = try await World.linked(compared: true)
    let id = try world.share(.writtenFollowUp)
    let other = try world.share(.briefCheckIn)
    #expect(try world.state(id) == .queued)
    try await world.syncPhone()
    #expect(try world.state(id) == .uploaded)
    #expect(try world.vault.choice(id).due == nil)
    try await world.syncDesk()
    #expect(try world.state(id) == .uploaded)
    try await world.syncPhone()
    #expect(try world.state(id) == .received)
    // Three working days from a Monday.
    #expect(try world.vault.choice(id).due == world.clock.day(in: 3))
    try await world.desk.run("open", id.value)
    try await world.syncDesk()
    try await world.syncPhone()
    #expect(try world.state(id) == .opened)
    let day = world.clock.date
    world.clock.pass(days: 4)
    #expect(try world.state(id) == .late)
    world.clock.set(day)
    try await world.desk.run(["reply", id.value], input: "I will change it before our next session.")
    try await world.desk.run("done", other.value)
    try await world.syncDesk()
    try await world.syncPhone()
    #expect(try world.state(id) == .answered && world.vault.choice(id).hasNote)
    #expect(try world.state(other) == .answered && !world.vault.choice(other).hasNote)
    #expect(try Set(world.vault.choices().map(\.caseId)) == [id, other])
  }

  @Test("choice.take-back: taken back before and after it was received, each told truly")
  func takeBack() async throws {
    let world = try await World.linked()
    let early = try world.share(.pause)
    try world.vault.takeBack(early)
    #expect(try world.state(early) == .withdrawnUnseen)
    let uploaded = try world.share(.pause)
    try await world.syncPhone()
    try world.vault.takeBack(uploaded)
    #expect(try world.state(uploaded) == .withdrawing)
    try await world.syncAll()
    try await world.syncAll()
    #expect(try world.state(uploaded) == .withdrawnUnseen)
    #expect(try await world.desk.inbox().isEmpty)

    let received = try world.share(.switchTopic)
    try await world.syncAll()
    #expect(try await world.desk.inbox().count == 1)
    try world.vault.takeBack(received)
    #expect(try world.state(received) == .withdrawing)
    try await world.syncAll()
    #expect(try world.state(received) == .withdrawnSeen)
    #expect(try await world.desk.inbox().isEmpty)
    #expect(error { try world.vault.takeBack(received) } == .declined(.tooLate))
  }

  @Test("choice.change: another option takes the place of the first")
  func change() async throws {
    let world = try await World.linked()
    let moment = try world.vault.flag()
    let first = try world.share(RepairChoice(.pause, to: world.practice, moment: moment))
    try await world.syncAll()
    let second = try world.share(
      RepairChoice(.briefCheckIn, to: world.practice, moment: moment, replaces: first))
    try await world.syncAll()
    let cards = try await world.desk.inbox()
    #expect(cards.map { $0["option"].text } == ["BriefCheckIn"])
    #expect(try world.vault.choices(of: moment).map(\.option) == [.briefCheckIn])
    #expect(try world.state(second) == .received)
  }

  @Test("choice.own-words: own words go only after comparing, and only with their switch on")
  func ownWords() async throws {
    let world = try await World.linked()
    let moment = try world.vault.flag()
    try world.vault.setWords("what I want them to know", of: moment)
    let with = RepairChoice(.repairQuietly, to: world.practice, moment: moment, withWords: true)
    #expect(error { _ = try world.vault.preview(with) } == .declined(.notCompared))
    let without = try world.vault.preview(RepairChoice(.pause, to: world.practice, moment: moment))
    #expect(without.words == nil)
    let silent = try world.vault.share(without.id)
    try await world.compare()
    #expect(try world.vault.preview(with).words == "what I want them to know")
    let id = try world.share(with)
    try await world.syncAll()
    #expect(try await world.desk.run("open", id.value)["words"].text == "what I want them to know")
    #expect(try await world.desk.run("open", silent.value)["words"].isNull)
    #expect(try world.vault.choice(id).words == "what I want them to know")
  }

  @Test("choice.end-date: an end date is kept; one in the past is refused")
  func endDate() async throws {
    let world = try await World.linked()
    let (yesterday, today, friday) = (world.clock.day(in: -1), world.clock.day(in: 0), world.clock.day(in: 4))
    let past = RepairChoice(.pause, to: world.practice, until: yesterday)
    #expect(error { _ = try world.vault.preview(past) } == .declined(.pastEndDate))
    #expect(try world.vault.preview(RepairChoice(.pause, to: world.practice, until: today)).until == today)
    let id = try world.share(RepairChoice(.pause, to: world.practice, until: friday))
    try await world.syncAll()
    #expect(try await world.desk.inbox().first?["until"].text == "2026-03-06")
    #expect(try world.vault.choice(id).until == friday)
    world.clock.pass(days: 5)
    try world.vault.expire()
    #expect(try world.state(id) == .expired)
    try await world.syncAll()
    #expect(try await world.desk.inbox().isEmpty)
  }

  @Test("choice.erase: a choice that is over can be erased, an open one cannot")
  func erase() async throws {
    let world = try await World.linked()
    let moment = try world.vault.flag()
    let (open, over) = (
      try world.share(RepairChoice(.pause, to: world.practice, moment: moment)), try world.share(.switchTopic)
    )
    try world.vault.takeBack(over)
    try world.vault.eraseChoice(over)
    #expect(error { _ = try world.vault.choice(over) } == .declined(.notFound))
    #expect(error { try world.vault.eraseChoice(over) } == .declined(.notFound))
    #expect(error { try world.vault.eraseChoice(open) } == .declined(.tooLate))
    #expect(try world.vault.choices().map(\.caseId) == [open])
    try world.vault.eraseMoment(moment)
    #expect(try world.vault.choice(open).moment == nil)
  }

  @Test("note.arrives: the practice's note arrives whole, is listed, and can be erased")
  func note() async throws {
    let world = try await World.linked(compared: true)
    let id = try world.share(.writtenFollowUp)
    try await world.syncAll()
    let text = "I talked over you. I am sorry. – “ß”\nFrom Monday on I will wait.\nNo reply is needed."
    try await world.desk.run("open", id.value)
    try await world.desk.run(["reply", id.value], input: text)
    try await world.syncDesk()
    #expect(try world.vault.notes().isEmpty)
    try await world.syncPhone()
    let note = try #require(try world.vault.notes().first)
    #expect(note.text == text && note.sender == World.therapist && note.caseId == id)
    #expect(note.practice == world.practice && note.storedAt == world.clock.date)
    #expect(try world.vault.choice(id).hasNote)
    try world.vault.eraseNote(note.id)
    #expect(try world.vault.notes().isEmpty)
    #expect(error { try world.vault.eraseNote(note.id) } == .declined(.notFound))
  }
}
