import Attune
import AttuneTrial
import Foundation
import Testing

/// What the core says of a choice, a note and a practice, so that no shell has to decide it.
@Suite struct StatusTests {
  private static let note = "I talked over you. I am sorry. From Monday on I will wait. No reply is needed."

  @Test("choice.line: each state comes with the one line that says it, by option, day and note")
  func line() async throws {
    let world = try await World.linked(compared: true)
    let (note, quiet) = (try world.share(.writtenFollowUp), try world.share(.repairQuietly))
    let (pause, session) = (try world.share(.pause), try world.share(.briefCheckIn))
    let all = [note, quiet, pause, session]
    func lines(_ ids: [CaseId]) throws -> [StatusLine] {
      try ids.map { try world.vault.choice($0).status }
    }
    #expect(try lines(all) == Array(repeating: .notSent, count: 4))
    try await world.syncPhone()
    #expect(try lines(all) == Array(repeating: .sent, count: 4))
    try await world.syncDesk()
    try await world.syncPhone()
    #expect(try lines(all) == [.receivedNoteBy, .receivedDueBy, .receivedCounts, .receivedForSession])
    for id in all {
      try await world.desk.run("open", id.value)
    }
    try await world.syncAll()
    #expect(try lines(all) == [.openedNoteBy, .openedDueBy, .openedCounts, .openedForSession])
    let day = world.clock.date
    // A note is due in three working days, the quiet repair in a week.
    world.clock.pass(days: 8)
    #expect(try lines([note, quiet, pause]) == [.lateNote, .late, .openedCounts])
    world.clock.set(day)
    try await world.desk.run(["reply", note.value], input: Self.note)
    try await world.desk.run("done", quiet.value)
    try world.vault.takeBack(pause)
    #expect(try lines([pause]) == [.takingBack])
    try await world.syncAll()
    #expect(try lines([note, quiet, pause]) == [.noteHere, .done, .takenBackSeen])
    let early = try world.share(.switchTopic)
    try await world.syncPhone()
    try world.vault.takeBack(early)
    #expect(try lines([early]) == [.takingBackUnsure])
    try await world.syncAll()
    #expect(try lines([early]) == [.takenBackUnseen])
  }

  @Test("choice.can: a choice says what can be done with it, and just that can be done")
  func can() async throws {
    let world = try await World.linked(compared: true)
    let id = try world.share(.writtenFollowUp)
    // Open, and what is offered; the acts that change nothing are tried.
    func offered() throws -> [Bool] {
      let choice = try world.vault.choice(id)
      let change = error { _ = try world.vault.preview(RepairChoice(.pause, to: world.practice, replaces: id)) }
      #expect(choice.canChange == (change == nil))
      if !choice.canErase {
        #expect(error { try world.vault.eraseChoice(id) } == .declined(.tooLate))
      }
      if !choice.canTakeBack {
        #expect(error { try world.vault.takeBack(id) } == .declined(.tooLate))
      }
      return [choice.open, choice.canTakeBack, choice.canChange, choice.canLetGo, choice.canErase]
    }
    #expect(try offered() == [true, true, true, false, false])
    try await world.syncAll()
    #expect(try offered() == [true, true, true, false, false])
    let day = world.clock.date
    world.clock.pass(days: 6)
    #expect(try offered() == [true, true, true, true, false])
    world.clock.set(day)
    try world.vault.takeBack(id)
    #expect(try offered() == [true, false, false, false, false])
    try await world.syncAll()
    #expect(try offered() == [false, false, false, false, true])
    try world.vault.eraseChoice(id)
  }

  @Test("note.one: a note is had by its id, and the notes on a choice by the choice's")
  func note() async throws {
    let world = try await World.linked(compared: true)
    let (id, other) = (try world.share(.writtenFollowUp), try world.share(.writtenFollowUp))
    try await world.syncAll()
    try await world.desk.run(["reply", id.value], input: Self.note)
    try await world.syncAll()
    let notes = try world.vault.notes(on: id)
    let note = try #require(notes.first)
    #expect(notes.count == 1 && note.text == Self.note)
    #expect(try world.vault.note(note.id) == note)
    #expect(try world.vault.notes(on: other).isEmpty)
    try world.vault.eraseNote(note.id)
    #expect(try world.vault.notes(on: id).isEmpty)
    #expect(error { _ = try world.vault.note(note.id) } == .declined(.notFound))
    #expect(try world.vault.choice(id).status == .done)
  }

  @Test("pair.one: a practice is had by its id, with the one thing that there is to say of the link")
  func practice() async throws {
    let world = try await World.linked()
    try await world.syncAll()
    let practice = try world.vault.practice(world.practice)
    #expect(try world.vault.practices() == [practice])
    #expect(practice.notice == nil)
    #expect(error { _ = try world.vault.practice(PracticeId(value: 99)) } == .declined(.notFound))
    try await world.vault.sync(over: Road { _, _ in throw CancellationError() })
    #expect(try world.vault.practice(world.practice).notice == .notReached)
    let id = try world.share(.pause)
    try await world.syncAll()
    try await world.desk.run("unpair", "1")
    try await world.syncAll()
    let ended = try world.vault.practice(world.practice)
    #expect(ended.stage == .ended && ended.notice == .goodbye)
    let choice = try world.vault.choice(id)
    #expect(choice.status == .linkEnded && choice.canErase)
    #expect(!choice.open && !choice.canTakeBack && !choice.canChange && !choice.canLetGo)
  }
}
