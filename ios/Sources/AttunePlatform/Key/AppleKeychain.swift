import Attune
import Foundation

#if canImport(Security)
  import LocalAuthentication
  import Security
#else
  import AppleDeclarations
  import Glibc
#endif

/// The device's keychain.
struct AppleKeychain: Keychain {
  func add(_ item: KeychainItem, holding secret: SecretBytes) -> KeychainStatus {
    var attributes = Self.named(item)
    switch item.access {
    case .afterFirstUnlock:
      attributes[kSecAttrAccessible as String] = kSecAttrAccessibleAfterFirstUnlockThisDeviceOnly
    case .currentBiometrics:
      guard
        let control = SecAccessControlCreateWithFlags(
          nil, kSecAttrAccessibleWhenPasscodeSetThisDeviceOnly, .biometryCurrentSet, nil)
      else { return .badParameter }
      attributes[kSecAttrAccessControl as String] = control
    }
    // Of this kind, since `Data` would copy its bytes before they are overwritten.
    let value = secret.withUnsafeBytes { NSMutableData(bytes: $0.baseAddress, length: $0.count) }
    defer { value.resetBytes(in: NSRange(location: 0, length: value.length)) }
    attributes[kSecValueData as String] = value
    return KeychainStatus(rawValue: SecItemAdd(NSDictionary(dictionary: attributes) as CFDictionary, nil))
  }

  func copyMatching(_ item: KeychainItem, asking prompt: (any KeychainPrompt)?) -> KeychainAnswer {
    var query = Self.named(item)
    query[kSecReturnData as String] = true
    query[kSecMatchLimit as String] = kSecMatchLimitOne
    if item.access == .currentBiometrics {
      query[kSecUseAuthenticationContext as String] = (prompt as? AppleQuestion ?? .silent()).context
    }
    var found: CFTypeRef?
    let status = KeychainStatus(rawValue: SecItemCopyMatching(NSDictionary(dictionary: query) as CFDictionary, &found))
    guard status == .success else { return .nothing(status) }
    guard let data = found as? Data else { return .nothing(.decode) }
    defer { wipeLent(data) }
    return .found(SecretBytes(data))
  }

  func delete(_ item: KeychainItem) -> KeychainStatus {
    KeychainStatus(rawValue: SecItemDelete(NSDictionary(dictionary: Self.named(item)) as CFDictionary))
  }

  /// What an item is found by. Without `kSecAttrAccessible`: one of another access would be left unseen.
  private static func named(_ item: KeychainItem) -> [String: Any] {
    [
      kSecClass as String: kSecClassGenericPassword,
      kSecAttrService as String: KeychainItem.service,
      kSecAttrAccount as String: item.account,
      kSecAttrSynchronizable as String: false,
    ]
  }
}

/// The system's question, with our words.
final class AppleQuestion: KeychainPrompt {
  private let handed: Handed<LAContext>

  var context: LAContext { handed.value }

  init(_ context: LAContext) {
    handed = Handed(context)
  }

  /// One that is never put: what needs an answer is then declined.
  static func silent() -> AppleQuestion {
    let context = LAContext()
    context.interactionNotAllowed = true
    return AppleQuestion(context)
  }

  func invalidate() {
    context.invalidate()
  }
}

/// Overwrites what the system made for us alone, and what nobody reads again: `Data` itself would copy the bytes first.
func wipeLent(_ data: Data) {
  data.withUnsafeBytes { bytes in
    guard let start = UnsafeMutableRawPointer(mutating: bytes.baseAddress) else { return }
    // In a way that no compiler leaves out.
    #if canImport(Darwin)
      memset_s(start, bytes.count, 0, bytes.count)
    #else
      explicit_bzero(start, bytes.count)
    #endif
  }
}
