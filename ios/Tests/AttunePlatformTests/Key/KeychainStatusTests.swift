import Testing

@testable import AttunePlatform

#if canImport(Security)
  import Security
#else
  import AppleDeclarations
#endif

/// The numbers that the logic goes by are the library's. On Linux that library is declared by hand.
struct KeychainStatusTests {
  @Test func theyAreTheLibrarys() {
    let both: [(KeychainStatus, OSStatus)] = [
      (.success, errSecSuccess), (.unimplemented, errSecUnimplemented), (.io, errSecIO),
      (.badParameter, errSecParam), (.allocate, errSecAllocate), (.userCanceled, errSecUserCanceled),
      (.notAvailable, errSecNotAvailable), (.authFailed, errSecAuthFailed), (.duplicateItem, errSecDuplicateItem),
      (.itemNotFound, errSecItemNotFound), (.interactionNotAllowed, errSecInteractionNotAllowed),
      (.interactionRequired, errSecInteractionRequired), (.inDarkWake, errSecInDarkWake), (.decode, errSecDecode),
      (.missingEntitlement, errSecMissingEntitlement),
    ]
    for (ours, theirs) in both { #expect(ours.rawValue == theirs) }
  }
}
