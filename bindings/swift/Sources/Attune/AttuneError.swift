import AttuneGenerated

/// Why a call did not do what was asked. Whatever it says, nothing was lost, and no error holds a text.
public enum AttuneError: Error, Equatable, Hashable, Sendable {
  /// The vault was closed.
  case closed
  /// The key store is locked. Later, the same call works.
  case locked
  /// The key to the vault is gone, or the one that is there is another's. Nothing was deleted.
  case keyGone
  /// The vault has a passcode, and none was given.
  case passcodeNeeded
  /// The passcode or the passphrase is not the right one.
  case wrongPasscode
  /// The vault or the copy is not as it was written. Nothing was deleted.
  case damaged
  /// A newer version wrote it.
  case newerVersion
  /// The vault's files could not be made, read or written.
  case storage(StorageTrouble)
  /// A rule stands against it, or the input makes no sense.
  case declined(Why)
  /// A fault of this library.
  case `internal`
}

extension AttuneError {
  /// The one point of conversion. What is not one of ours, UniFFI's own errors with their texts too, is `internal`.
  init(from error: any Error) {
    if let error = error as? AttuneError {
      self = error
      return
    }
    self =
      switch error as? AttuneGenerated.AttuneError {
      case .Closed: .closed
      case .Locked: .locked
      case .KeyGone: .keyGone
      case .PasscodeNeeded: .passcodeNeeded
      case .WrongPasscode: .wrongPasscode
      case .Damaged: .damaged
      case .NewerVersion: .newerVersion
      case .Storage(let why): .storage(why)
      case .Declined(let why): .declined(why)
      case .Internal, nil: .internal
      }
  }
}

/// Calls the library, and gives its errors their type.
func attempt<Value>(_ call: () throws -> Value) throws(AttuneError) -> Value {
  do {
    return try call()
  } catch {
    throw AttuneError(from: error)
  }
}
