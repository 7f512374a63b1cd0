import Attune

extension Practice {
  /// The name that it gave itself; before it gave one, that we wait for them.
  var nameWords: Words { card.map { .own($0.name) } ?? .pairStageWaiting }

  /// What there is to say of the link with it: a line, or two.
  var noticeLines: [Words] {
    switch notice {
    case nil: []
    case .goodbye: [.pairGoodbye(name: nameWords.text)]
    case .twoPhones: [.phonesTwo, .phonesTwoSub]
    case .secondClaim: [.pairUsedOther]
    case .newcomer: [.phonesDeskNew]
    case .codeSpent: [.pairSpent]
    case .newerNeeded: [.syncPeerNewer]
    case .versionJump: [.syncJump]
    case .unreadable: [.syncOdd]
    case .denied: [.syncDenied]
    case .full: [.syncFull]
    case .slow: [.syncBusy]
    case .notReached: [.syncOffline]
    }
  }
}
