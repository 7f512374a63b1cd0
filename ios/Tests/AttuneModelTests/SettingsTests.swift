import Attune
import AttuneDoubles
import AttuneRig
import AttuneTrial
import Testing

@testable import AttuneModel

/// What is set, and the lists of help.
@MainActor @Suite(.timeLimit(.minutes(5))) struct SettingsTests {
  private func settings(_ rig: Rig) async throws -> SettingsModel {
    await rig.on(.go(.settings))
    return try rig.top()
  }

  // Holds: 75, 76
  @Test func nothingIsShownToOthersUntilThePersonSaysSo() async throws {
    try await Rig.lent { rig in
      await rig.on(.begin)
      let model = try await settings(rig)
      var now = model.state.settings
      #expect(!now.notifications && !now.screenCapture)
      now.notifications = true
      now.screenCapture = true
      await rig.on(model, .set(now))
      #expect(rig.state.settings == now)
      await rig.processDies()
      #expect(rig.state.settings == now)
    }
  }

  // Holds: 75
  @Test func notificationsStayOffWhereTheDeviceDoesNotLetThem() async throws {
    try await Rig.lent { rig in
      await rig.on(.begin)
      let model = try await settings(rig)
      var now = model.state.settings
      now.notifications = true
      rig.notices.says = false
      await rig.on(model, .set(now))
      #expect(!rig.state.settings.notifications && !model.state.settings.notifications && model.state.silent)
      #expect(rig.notices.asked == 1)
      rig.notices.says = true
      await rig.on(model, .set(now))
      #expect(rig.state.settings.notifications && !model.state.silent)
      // Switched off in the device's own settings meanwhile.
      rig.notices.isOn = false
      await rig.on(model, .inFront)
      #expect(model.state.silent)
      now.notifications = false
      await rig.on(model, .set(now))
      #expect(!rig.state.settings.notifications && !model.state.silent)
    }
  }

  // Holds: 75
  @Test func thePhoneAsksOnceAndWhereItDoesNotNoAnswerIsWaitedFor() async throws {
    try await Rig.lent { rig in
      await rig.on(.begin)
      let model = try await settings(rig)
      #expect(model.state.asks)
      var now = model.state.settings
      now.notifications = true
      rig.notices.says = false
      await rig.on(model, .set(now))
      #expect(!model.state.asks && model.state.silent)
      await rig.on(.inFront)
      // Now the phone says no by itself: no question of its comes before the app.
      await rig.on(model, .set(now))
      await rig.on(.left)
      await rig.pass(millis: 61_000)
      #expect(rig.isLocked, "it locks as ever")
      await rig.on(.returned)
      try #expect(!rig.top(SettingsModel.self).state.asks, "also for the next screen")
    }
  }

  // Holds: 76
  @Test func whatIsSharedAndNotesAreCoveredWhileTheScreenIsCaptured() async throws {
    try await Rig.lent { rig in
      let note = Route.note(FollowUpId(value: String(repeating: "0", count: 32)))
      await rig.on(.begin, .captured(true), .go(note))
      #expect(rig.routes.isEmpty, "a note that is not there is left")
      var covered: [String] = []
      let choice = RepairChoice(.pause, to: PracticeId(value: 1))
      let practice = PracticeId(value: 1)
      let draft = Route.proposal(ProposalId(value: String(repeating: "0", count: 32)))
      let typed: [Route] = [.passcode, .saveCopy, .bringBack]
      let moment = Route.moment(MisattunementId(value: 1))
      let chosen = Route.choice(CaseId(value: String(repeating: "0", count: 32)))
      let own: [Route] = [
        .preview(choice), note, .aboutMe(practice), .practice(practice), draft, .restored, moment, chosen,
      ]
      let others: [Route] =
        own + [
          .moments, .pick(nil), .outside, .choices, .notes, .proposals, .practices, .join, .compare(practice), .help,
          .serious, .privacy, .settings, .deleteAll,
        ]
      for route in others + typed {
        rig.app.on(.go(route))
        if rig.state.isCovered { covered.append(route.name) }
        await rig.settle()
      }
      #expect(covered == (own + typed).map(\.name))
      var settings = rig.state.settings
      settings.screenCapture = true
      await rig.on(.set(settings))
      rig.app.on(.go(.preview(choice)))
      #expect(!rig.state.isCovered)
      settings.screenCapture = false
      rig.app.on(.set(settings))
      #expect(rig.state.isCovered)
      rig.app.on(.captured(false))
      #expect(!rig.state.isCovered)
      await rig.settle()
    }
  }

  // Holds: 76
  @Test func whatIsCoveredIsCoveredBelowAnotherScreenToo() async throws {
    try await Rig.lent { rig in
      await rig.on(.begin)
      let choice = RepairChoice(.pause, to: PracticeId(value: 1))
      rig.app.on(.captured(true))
      rig.app.on(.go(.preview(choice)))
      let below = try #require(rig.state.top)
      rig.app.on(.go(.help))
      #expect(!rig.state.isCovered)
      #expect(rig.state.covers(below), "a finger that swipes back shows it")
      await rig.settle()
    }
  }

  // Holds: 77
  @Test func lookingByItselfIsAsItWasSet() async throws {
    try await Rig.lent { rig in
      #expect(rig.looking.scheduled == nil, "not before there is anything")
      await rig.on(.begin)
      #expect(rig.looking.scheduled == .twiceADay)
      for look in [Look.onceADay, .whenAsked, .twiceADay] {
        let model = try await settings(rig)
        var now = model.state.settings
        now.look = look
        await rig.on(model, .set(now))
        #expect(rig.looking.scheduled == look)
        #expect(model.state.settings.look == look)
      }
    }
  }

  // Holds: 4, 74
  @Test func twoCodesThatDifferAreSaidToDifferAndNothingIsSet() async throws {
    try await Rig.lent { rig in
      await rig.on(.begin, .go(.passcode))
      let model = try rig.top(PasscodeModel.self)
      for (code, again) in [("4711", "4712"), ("4711", ""), ("", "")] {
        let typed = [SecretBytes(typed: code), SecretBytes(typed: again)]
        await rig.on(model, .set(typed[0], again: typed[1], finger: false))
        #expect(model.state.differs)
        for bytes in typed { #expect(bytes.withUnsafeBytes { $0.allSatisfy { $0 == 0 } }) }
      }
      await rig.on(.hide)
      #expect(rig.state.stage == .locked(Stage.Locked(asksCode: false)))
    }
  }

  // Holds: 86, 88
  @Test func theListsAreThereBeforeThereIsAVaultByTheCountryThatWasPicked() async throws {
    try await Rig.lent { rig in
      #expect(rig.state.stage == .firstRun)
      for (route, kind) in [(Route.help, HelpKind.now), (.serious, .outside), (.outside, .provider)] {
        await rig.on(.go(route))
        let model = try rig.top(HelpModel.self)
        #expect(model.state.kind == kind && model.state.country == "DE")
        await rig.on(model, .country("US"))
        let state = model.state
        #expect(state.country == "US" && !state.entries.isEmpty && state.places.contains("US"))
        for entry in state.entries {
          #expect(entry.source.hasPrefix("https://"), "\(entry.name)")
          #expect((entry.checked.year ?? 0) >= 2025, "\(entry.name)")
          #expect(entry.phone != nil || entry.site != nil, "\(entry.name)")
        }
        var settings = rig.state.settings
        settings.country = nil
        await rig.on(.set(settings), .back)
      }
      #expect(rig.looking.scheduled == nil)
    }
  }

  // Holds: 86
  @Test func theCountryIsTheDevicesUntilAnotherIsPickedWhichIsKept() async throws {
    try await Rig.lent { rig in
      await rig.on(.go(.help))
      try #expect(rig.top(HelpModel.self).state.country == "DE")
      try await rig.onTop(HelpModel.self, .country("US"))
      await rig.on(.back, .go(.help))
      try #expect(rig.top(HelpModel.self).state.country == "US")
    }
  }

  // Holds: 87
  @Test func whereThereIsNoListThereIsNone() async throws {
    try await Rig.lent { rig in
      await rig.on(.go(.help))
      try await rig.onTop(HelpModel.self, .country("ZZ"))
      let state = try rig.top(HelpModel.self).state
      #expect(state.entries.isEmpty && !state.places.isEmpty)
    }
  }
}
