import Attune

/// The keychain, as far as the app asks it. `AppleKeychain` is the device's; what is made of its answers is decided by
/// `KeychainKeys` and `FingerCopy`, and tried without it.
protocol Keychain: Sendable {
  /// Puts a new item there. One that is there already is left as it was, and is `duplicateItem`.
  func add(_ item: KeychainItem, holding secret: SecretBytes) -> KeychainStatus

  /// Gives what the item holds. One that is bound to a finger or a face asks the person, with the words of `prompt`.
  func copyMatching(_ item: KeychainItem, asking prompt: (any KeychainPrompt)?) -> KeychainAnswer

  /// Deletes the item. Works while it is locked.
  func delete(_ item: KeychainItem) -> KeychainStatus
}

/// An item of the app's own: a generic password, on this device alone, in no backup that another device could read.
struct KeychainItem: Sendable, Equatable {
  /// When it can be read.
  enum Access: Sendable, Equatable {
    /// From the first unlocking after a restart on, also in the background; bound to no finger and no face.
    case afterFirstUnlock
    /// While the device is unlocked and has a passcode, and once a finger or a face was recognised that was already
    /// enrolled when the item was made.
    case currentBiometrics
  }

  let account: String
  let access: Access

  /// Under this name all items of the app stand.
  static let service = "org.attune.app"

  /// The key that seals the vault's own.
  static let vaultKey = KeychainItem(account: "vault", access: .afterFirstUnlock)

  /// The passcode, for a finger or a face.
  static let passcode = KeychainItem(account: "finger", access: .currentBiometrics)
}

/// The system's question for a finger or a face, while it is on the screen.
protocol KeychainPrompt: AnyObject, Sendable {
  /// Takes the question back.
  func invalidate()
}

/// What the keychain gave.
struct KeychainAnswer: Sendable {
  let status: KeychainStatus
  /// There if the status is `success`.
  let secret: SecretBytes?

  /// An answer with something.
  static func found(_ secret: SecretBytes) -> KeychainAnswer {
    KeychainAnswer(status: .success, secret: secret)
  }

  /// An answer with nothing.
  static func nothing(_ status: KeychainStatus) -> KeychainAnswer {
    KeychainAnswer(status: status, secret: nil)
  }
}

/// An `OSStatus` of the keychain. The numbers are those of `SecBase.h`; a test compares them where that is.
struct KeychainStatus: RawRepresentable, Hashable, Sendable {
  let rawValue: Int32

  static let success = Self(rawValue: 0)
  static let unimplemented = Self(rawValue: -4)
  static let io = Self(rawValue: -36)
  static let badParameter = Self(rawValue: -50)
  static let allocate = Self(rawValue: -108)
  static let userCanceled = Self(rawValue: -128)
  static let notAvailable = Self(rawValue: -25291)
  static let authFailed = Self(rawValue: -25293)
  static let duplicateItem = Self(rawValue: -25299)
  static let itemNotFound = Self(rawValue: -25300)
  static let interactionNotAllowed = Self(rawValue: -25308)
  static let interactionRequired = Self(rawValue: -25315)
  static let inDarkWake = Self(rawValue: -25320)
  static let decode = Self(rawValue: -26275)
  static let missingEntitlement = Self(rawValue: -34018)
}
