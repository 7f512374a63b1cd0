import Attune

/// Why the vault cannot be opened. A passcode that lacks or is wrong is no such reason: it is asked for.
public func stopOf(_ error: AttuneError) -> Stop {
  switch error {
  case .locked: .later
  case .keyGone: .keyGone
  case .damaged: .damaged
  case .newerVersion: .newer
  case .storage(.noRoom): .noRoom
  case .storage(.busy): .busy
  case .storage(.absent), .storage(.exists), .storage(.unavailable): .fault
  case .declined, .closed, .internal, .passcodeNeeded, .wrongPasscode: .fault
  }
}

/// What is said when something was not done. Nothing was lost.
public func noticeOf(_ error: AttuneError) -> Notice {
  switch error {
  case .locked: .later
  case .wrongPasscode, .passcodeNeeded: .wrongCode
  case .damaged: .damaged
  case .newerVersion: .newer
  case .storage(.noRoom): .noRoom
  case .storage(.exists): .notEmpty
  case .storage(.absent), .storage(.busy), .storage(.unavailable): .noStorage
  case .declined(let why): noticeOf(why)
  case .keyGone, .closed, .internal: .fault
  }
}

private func noticeOf(_ why: Why) -> Notice {
  switch why {
  case .notFound: .notFound
  case .wordsTooLong: .wordsTooLong
  case .notOffered: .notOffered
  case .tooManyOpen: .tooManyOpen
  case .notCompared: .notCompared
  case .pastEndDate: .pastDay
  case .notPreviewed: .changedSince
  case .tooLate: .tooLate
  case .notReady: .notReady
  case .badCode: .badCode
  case .relayNeeded: .relayNeeded
  case .notACopy, .wrongSide: .notACopy
  case .notWaiting, .badInput: .fault
  }
}
