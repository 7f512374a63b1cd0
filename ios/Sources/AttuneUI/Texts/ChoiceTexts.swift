import Attune

extension RepairOption {
  /// What an option is called.
  var title: Words {
    switch self {
    case .keep: .pickKeep
    case .pause: .pickPause
    case .switchTopic: .pickSwitch
    case .writtenFollowUp: .pickNote
    case .repairQuietly: .pickFix
    case .briefCheckIn: .pickFive
    case .noContact: .pickQuiet
    case .requestProvider: .pickOther
    case .interpreter: .pickLanguage
    }
  }

  /// What it means, in a line. `linked` is whether somebody is paired who gets it.
  func sub(linked: Bool = true) -> Words {
    switch self {
    case .keep: .pickKeepSub
    case .pause: .pickPauseSub
    case .switchTopic: .pickSwitchSub
    case .writtenFollowUp: .pickNoteSub
    case .repairQuietly: .pickFixSub
    case .briefCheckIn: .pickFiveSub
    case .noContact: .pickQuietSub
    case .requestProvider: linked ? .pickOtherSub : .pickOtherSubOutside
    case .interpreter: .pickLanguageSub
    }
  }
}

extension Pointer {
  /// What it was about.
  var title: Words {
    switch self {
    case .said: .markWhereSaid
    case .leftOut: .markWhereMissed
    case .plan: .markWherePlan
    case .place: .markWherePlace
    }
  }

  /// All of them, in the order in which they are shown.
  static let all: [Pointer] = [.said, .leftOut, .plan, .place]
}

extension PracticeRole {
  /// Who a practice is.
  var title: Words {
    switch self {
    case .therapist: .pairRoleTherapist
    case .coordinator: .pairRoleDesk
    }
  }
}

extension AttestedTerms {
  /// What a choice will not cost: what was attested, and nothing else. Empty if nothing was.
  var lines: [Words] {
    [
      noFee ? .costFee : nil, keepsSlot ? .costSlot : nil, keepsPlace ? .costWait : nil,
      noMissedVisit ? .costVisit : nil,
    ]
    .compactMap { $0 }
  }
}

extension Choice {
  /// Where it stands, with its day.
  func statusWords(_ days: Days) -> Words {
    let day = due.map(days.text) ?? ""
    switch status {
    case .held: return .statusHeld
    case .waitsForConfirmation: return .statusWaitConfirm
    case .waitsForComparison: return .statusWaitWords
    case .linkEnded: return .statusEnded
    case .notSent: return .statusWaiting
    case .maybeSent: return .statusUnsure
    case .sent: return .statusSent
    // Without a day, the core picks another line.
    case .receivedNoteBy: return .statusPicked(day: day)
    case .receivedDueBy: return .statusPickedBy(day: day)
    case .receivedCounts: return .statusPickedNow
    case .receivedForSession: return .statusPickedSession
    case .received: return .statusPickedOnly
    case .openedNoteBy: return .statusOpened(day: day)
    case .openedDueBy: return .statusOpenedBy(day: day)
    case .openedCounts: return .statusOpenedNow
    case .openedForSession: return .statusOpenedSession
    case .opened: return .statusOpenedOnly
    case .noteHere: return .statusDone
    case .done: return .statusDoneQuiet
    case .lateNote: return .statusLate
    case .late: return .statusLateQuiet
    case .takingBackUnsure: return .takebackWaiting
    case .takingBack: return .takebackTelling
    case .takenBackUnseen: return .takebackOk
    case .takenBackSeen: return .takebackLate
    case .expired: return .statusExpired
    }
  }
}
