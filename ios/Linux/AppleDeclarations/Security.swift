import Foundation

public typealias OSStatus = Int32
public typealias CFTypeRef = Any
public typealias CFString = String
public typealias CFDictionary = NSDictionary
public typealias CFData = Data
public struct CFAllocator {}
public struct CFError {}

public let kSecClass: CFString = "class"
public let kSecClassGenericPassword: CFString = "genp"
public let kSecAttrService: CFString = "svce"
public let kSecAttrAccount: CFString = "acct"
public let kSecAttrSynchronizable: CFString = "sync"
public let kSecAttrAccessible: CFString = "pdmn"
public let kSecAttrAccessibleAfterFirstUnlockThisDeviceOnly: CFString = "cku"
public let kSecAttrAccessibleWhenPasscodeSetThisDeviceOnly: CFString = "akpu"
public let kSecAttrAccessControl: CFString = "accc"
public let kSecUseAuthenticationContext: CFString = "u_AuthCtx"
public let kSecReturnData: CFString = "r_Data"
public let kSecMatchLimit: CFString = "m_Limit"
public let kSecMatchLimitOne: CFString = "m_LimitOne"
public let kSecValueData: CFString = "v_Data"

public let errSecSuccess: OSStatus = 0
public let errSecUnimplemented: OSStatus = -4
public let errSecIO: OSStatus = -36
public let errSecParam: OSStatus = -50
public let errSecAllocate: OSStatus = -108
public let errSecUserCanceled: OSStatus = -128
public let errSecNotAvailable: OSStatus = -25291
public let errSecAuthFailed: OSStatus = -25293
public let errSecDuplicateItem: OSStatus = -25299
public let errSecItemNotFound: OSStatus = -25300
public let errSecInteractionNotAllowed: OSStatus = -25308
public let errSecInteractionRequired: OSStatus = -25315
public let errSecInDarkWake: OSStatus = -25320
public let errSecDecode: OSStatus = -26275
public let errSecMissingEntitlement: OSStatus = -34018

public final class SecAccessControl {
  public let protection: CFTypeRef
  public let flags: SecAccessControlCreateFlags

  init(_ protection: CFTypeRef, _ flags: SecAccessControlCreateFlags) {
    self.protection = protection
    self.flags = flags
  }
}

public struct SecAccessControlCreateFlags: OptionSet, Sendable {
  public let rawValue: UInt
  public init(rawValue: UInt) { self.rawValue = rawValue }
  public static var biometryCurrentSet: Self { Self(rawValue: 1 << 3) }
}

public func SecAccessControlCreateWithFlags(
  _ allocator: CFAllocator?, _ protection: CFTypeRef, _ flags: SecAccessControlCreateFlags,
  _ error: UnsafeMutablePointer<Unmanaged<AnyObject>?>?
) -> SecAccessControl? {
  SecAccessControl(protection, flags)
}

/// Not Apple's: what a test on Linux reads the queries by.
public enum KeychainWatch {
  public enum Call: Sendable { case add, copy, delete }

  public typealias Answer = (Call, [String: Any]) -> (OSStatus, CFTypeRef?)

  nonisolated(unsafe) public static var answer: Answer = { _, _ in (errSecNotAvailable, nil) }

  static func ask(_ call: Call, _ query: CFDictionary) -> (OSStatus, CFTypeRef?) {
    var attributes: [String: Any] = [:]
    for (key, value) in query {
      if let key = key as? String { attributes[key] = value }
    }
    return answer(call, attributes)
  }
}

public func SecItemAdd(_ attributes: CFDictionary, _ result: UnsafeMutablePointer<CFTypeRef?>?) -> OSStatus {
  KeychainWatch.ask(.add, attributes).0
}

public func SecItemCopyMatching(_ query: CFDictionary, _ result: UnsafeMutablePointer<CFTypeRef?>?) -> OSStatus {
  let (status, found) = KeychainWatch.ask(.copy, query)
  result?.pointee = found
  return status
}

public func SecItemDelete(_ query: CFDictionary) -> OSStatus {
  KeychainWatch.ask(.delete, query).0
}
