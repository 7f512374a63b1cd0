import AttuneModel

extension Notice {
  /// The one line that the app says.
  var words: Words {
    switch self {
    case .undone: .markUndone
    case .wordsSaved: .markWordsSaved
    case .erased: .markErased
    case .kept: .pickKept
    case .takenBack: .stateWithdrawn
    case .codeSet: .lockCodeSet
    case .codeOff: .lockCodeOff
    case .copySaved: .copySaved
    case .unpaired: .peopleUnlinked
    case .matched: .wordsMatched
    case .cut: .wordsDiffered
    case .allGone: .deleteDone
    case .upToDate: .syncDone
    case .notFound: .failGone
    case .wordsTooLong: .failTooLong
    case .notOffered: .pickNotOffered
    case .tooManyOpen: .failTooMany
    case .notCompared: .failNotMatched
    case .pastDay: .limitDate
    case .changedSince: .previewChanged
    case .tooLate: .statusTooLate
    case .notReady: .failNotReady
    case .badCode: .pairBad
    case .relayNeeded: .pairRelayNeeded
    case .notACopy: .copyInBad
    case .notEmpty: .copyInNotEmpty
    case .wrongCode: .lockCodeWrong
    case .noRoom: .lockDisk
    case .noStorage: .failNotSaved
    case .later: .lockLater
    case .damaged: .failUnreadable
    case .newer: .lockNewer
    case .fault: .failInside
    }
  }
}

extension Stop {
  /// What stands above the reason for which the vault does not open.
  var title: Words {
    switch self {
    case .later: .openLaterTitle
    case .keyGone: .openKeyGoneTitle
    case .damaged: .openDamagedTitle
    case .newer: .openNewerTitle
    case .noRoom: .openDiskTitle
    case .busy: .openOtherTitle
    case .fault: .openFaultTitle
    }
  }

  /// What is true, and what to do.
  var words: Words {
    switch self {
    case .later: .lockLater
    case .keyGone: .lockKeyGone
    case .damaged: .lockDamaged
    case .newer: .lockNewer
    case .noRoom: .lockDisk
    case .busy: .lockBusy
    case .fault: .openFault
    }
  }
}
