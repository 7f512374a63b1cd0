import Attune
import AttuneModel
import AttuneRig
import AttuneTrial
import Foundation
@_spi(Drawing) import SwiftUI
import Testing

@testable import AttuneUI

/// How many taps a person needs, through the real screens, the real models and a real vault.
@MainActor @Suite(.serialized, .timeLimit(.minutes(5))) struct FlowTests {
  // Holds: 1
  @Test func theFirstDayAsksNothing() async throws {
    try await Rig.lent { rig in
      let person = Person(rig)
      for words in [Words.privacyOne, .privacyTwo, .privacyThree, .privacyFour] { #expect(person.sees(words)) }
      #expect(!person.window.elements.contains { $0.typing != nil })
      try await person.tap(.buttonBegin)
      #expect(person.taps == 1 && rig.isOpen)
      #expect(person.sees(.homeMark))
    }
  }

  @Test func eachRouteHasTheScreenThatBelongsToIt() async throws {
    let none = String(repeating: "0", count: 32)
    let practice = PracticeId(value: 1)
    let screens: [(Route, Words)] = [
      (.moments, .homeMoments), (.moment(MisattunementId(value: 1)), .titleMoment), (.pick(nil), .pickTitle),
      (.preview(RepairChoice(.pause, to: practice)), .previewTitle), (.outside, .outsideTitle),
      (.choices, .homeChoices), (.choice(CaseId(value: none)), .titleChoice), (.notes, .homeNotes),
      (.note(FollowUpId(value: none)), .titleNote), (.proposals, .homeDrafts), (.practices, .titlePeople),
      (.join, .pairTitle), (.compare(practice), .wordsTitle), (.restored, .restoreTitle), (.help, .safetyListTitle),
      (.serious, .seriousLine), (.privacy, .privacyTitle), (.settings, .titleSettings), (.passcode, .setCode),
      (.saveCopy, .copyTitle), (.bringBack, .copyIn), (.deleteAll, .deleteAsk),
    ]
    try await begun { person in
      for (route, words) in screens {
        person.rig.app.on(.go(route))
        // Before it is known that nothing is there.
        let atOnce = person.sees(words)
        await person.rig.settle()
        #expect(atOnce || person.sees(words), "\(route.name)")
        while person.rig.state.top != nil { await person.rig.on(.back) }
      }
    }
  }

  // Holds: 20, 22
  @Test func markIsOneTapAndUndoneByOne() async throws {
    try await begun { person in
      try await person.tap("mark")
      #expect(person.taps == 1)
      #expect(person.reads(.markSaved))
      try await person.tap("undo")
      #expect(person.taps == 2)
      #expect(person.sees(.homeEmpty))
      #expect(person.sees(.markUndone))
    }
  }

  // Holds: 6, 19
  @Test func hideIsOneTapAndHelpTwoFromAnywhere() async throws {
    try await begun { person in
      try await person.tap("mark")
      try await person.tap(.markWords)
      person.taps = 0
      try await person.tap("hide")
      #expect(person.rig.isLocked)
      #expect(person.sees(.lockTitle) && !person.sees(.markWhereTitle))
      try await person.tap("help")
      #expect(person.taps == 2)
      #expect(person.sees(.safetyListTitle))
      try await person.tap("back")
      #expect(person.sees(.lockTitle))
    }
  }

  // Holds: 8, 23
  @Test func whatIsTypedIsThereAfterHide() async throws {
    try await begun { person in
      try await person.tap("mark")
      try await person.tap(.markWords)
      #expect(try person.find("words").type("Nobody asked me."))
      await person.rig.settle()
      #expect(try person.find("words").value == "Nobody asked me.")
      try await person.tap("hide")
      #expect(!person.window.elements.outline.contains("Nobody"))
      try await person.tap("open")
      try await person.tap { $0.label.contains(Words.stateHeld.text) }
      #expect(try person.find("words").value == "Nobody asked me.")
    }
  }

  // Holds: 24
  @Test func wordsOverTheLimitAreNotTakenAndItIsSaid() async throws {
    try await begun { person in
      try await person.tap("mark")
      try await person.tap(.markWords)
      let limit = Int(try AttuneVault.limits().wordsChars)
      let full = String(repeating: "a", count: limit)
      #expect(try person.find("words").type(full))
      await person.rig.settle()
      #expect(try person.find("words").type(full + "b"))
      await person.rig.settle()
      #expect(try person.find("words").value == full)
      #expect(person.sees(.failTooLong))
    }
  }

  // Holds: 32, 33
  @Test func whereNobodyIsLinkedItIsSaidAndLinkingIsOneTapAway() async throws {
    try await begun { person in
      try await person.tap("mark")
      #expect(person.sees(.pickLinkFirst))
      try await person.tap("pick-requestProvider")
      #expect(person.sees(.outsideTitle))
      try await person.tap("back")
      try await person.tap(.homeLink)
      #expect(person.rig.routes.last == .join)
    }
  }

  // Holds: 31
  @Test func keepingItToOneselfSendsNothingAndLeadsHome() async throws {
    try await begun { person in
      try await person.tap("mark")
      try await person.tap("pick-keep")
      #expect(person.rig.routes.isEmpty)
      #expect(person.sees(.pickKept))
    }
  }

  // Holds: 39, 42, 43, 47
  @Test func markPickAndShareAreThreeTapsAndTakingBackIsTwo() async throws {
    try await linked { town in
      try await Rig.lent(town) { rig in
        let person = Person(rig)
        try await person.tap("mark")
        try await person.tap("pick-writtenFollowUp")
        #expect(person.sees(.previewTitle))
        // A second tap of a hand that shakes.
        #expect(try person.find("share").pressed())
        await rig.settle()
        #expect(person.sees(.previewTitle))
        await rig.pass(millis: ShareButton.settling)
        try await person.tap("share")
        #expect(person.taps == 3)
        #expect(person.sees(.shareDone) && person.sees(.safetyShare) && person.reads(.statusWaiting))
        try await person.tap("back")
        person.taps = 0
        try await person.tap { $0.label.contains(Words.pickNote.text) && $0.kind == .button }
        try await person.tap("take-back")
        #expect(person.taps == 2)
        #expect(person.reads(.takebackOk))
      }
    }
  }

  @Test func aSwipeBackIsTheAppsOwnBack() async throws {
    try await begun { person in
      try await person.tap("settings")
      #expect(person.rig.routes == [.settings])
      try await person.tap("back")
      #expect(person.rig.routes.isEmpty)
      #expect(person.sees(.homeMark))
    }
  }

  @Test func whatIsDrawnIsWatched() async throws {
    try await begun { person in
      _ = person.window.elements
      person.rig.app.on(.hide)
      await person.window.change()
      #expect(!person.sees(.homeMark))
    }
  }

  @Test func aScreenThatIsRecordedIsCoveredAndComesBack() async throws {
    try await linked { town in
      try await Rig.lent(town) { rig in
        let person = Person(rig)
        try await person.tap("mark")
        try await person.tap("pick-pause")
        await rig.on(.captured(true))
        #expect(person.sees(.captureLine))
        #expect(try !person.find("share").isEnabled)
        await rig.on(.captured(false))
        #expect(!person.sees(.captureLine))
      }
    }
  }

  /// With a therapist and a front desk.
  private func linked(_ use: @escaping @MainActor @Sendable (Town) async throws -> Void) async throws {
    try await Town.paired { @Sendable town in try await use(town) }
  }

  private func begun(_ use: @MainActor (Person) async throws -> Void) async throws {
    try await Rig.lent { rig in
      await rig.on(.begin)
      try await use(Person(rig))
    }
  }
}
