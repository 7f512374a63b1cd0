#if os(Linux)
  import AppleDeclarations
  import Attune
  import Foundation
  import Testing

  @testable import AttunePlatform

  /// What the device would be asked: read from the queries, by declarations of our own in place of `Security`.
  @Suite(.serialized)
  struct AppleKeychainTests {
    private let seen = Guarded<[(KeychainWatch.Call, [String: Any])]>([])
    private let keychain = AppleKeychain()
    private let secret = SecretBytes([1, 2, 3])

    private func answering(_ status: OSStatus, _ found: Data? = nil) {
      let seen = seen
      KeychainWatch.answer = { call, query in
        var query = query
        // Lent: it is overwritten when the call is over.
        if let value = query[kSecValueData] as? NSData { query[kSecValueData] = Data(referencing: value) }
        let copied = Handed(query)
        seen.with { $0.append((call, copied.value)) }
        return (status, found)
      }
    }

    private func last() throws -> (KeychainWatch.Call, [String: Any]) {
      let handed = Handed(try #require(seen.with { $0.last.map(Handed.init) }).value)
      return handed.value
    }

    @Test func theVaultsKeyIsOfThisDeviceFromTheFirstUnlockingOn() throws {
      answering(errSecSuccess)
      #expect(keychain.add(.vaultKey, holding: secret) == .success)
      let (call, query) = try last()
      #expect(call == .add)
      #expect(
        Set(query.keys) == [
          kSecClass, kSecAttrService, kSecAttrAccount, kSecAttrSynchronizable, kSecAttrAccessible, kSecValueData,
        ])
      #expect(query[kSecClass] as? String == kSecClassGenericPassword)
      #expect(query[kSecAttrAccessible] as? String == kSecAttrAccessibleAfterFirstUnlockThisDeviceOnly)
      #expect(query[kSecAttrSynchronizable] as? Bool == false)
      #expect(query[kSecAttrService] as? String == "org.attune.app" && query[kSecAttrAccount] as? String == "vault")
      #expect(query[kSecValueData] as? Data == Data([1, 2, 3]))
      #expect(secret.bytes == [1, 2, 3])
    }

    @Test func thePasscodeIsBoundToTheFingersOfNow() throws {
      answering(errSecSuccess)
      #expect(keychain.add(.passcode, holding: secret) == .success)
      let (_, query) = try last()
      let control = try #require(query[kSecAttrAccessControl] as? SecAccessControl)
      #expect(control.flags == .biometryCurrentSet)
      #expect(control.protection as? String == kSecAttrAccessibleWhenPasscodeSetThisDeviceOnly)
      #expect(query[kSecAttrAccessible] == nil, "the two are not given together")
      #expect(query[kSecAttrSynchronizable] as? Bool == false)
    }

    @Test func theVaultsKeyIsReadWithoutAQuestion() throws {
      answering(errSecSuccess, Data([4, 5]))
      let answer = keychain.copyMatching(.vaultKey, asking: nil)
      #expect(answer.status == .success && answer.secret?.bytes == [4, 5])
      let (call, query) = try last()
      #expect(call == .copy)
      #expect(
        Set(query.keys) == [
          kSecClass, kSecAttrService, kSecAttrAccount, kSecAttrSynchronizable, kSecReturnData, kSecMatchLimit,
        ])
      #expect(query[kSecReturnData] as? Bool == true && query[kSecMatchLimit] as? String == kSecMatchLimitOne)
    }

    @Test func thePasscodeIsReadWithTheGivenQuestionAndNeverWithOneOfTheSystemsOwn() throws {
      answering(errSecSuccess, Data([4, 5]))
      let context = LAContext()
      _ = keychain.copyMatching(.passcode, asking: AppleQuestion(context))
      #expect(try last().1[kSecUseAuthenticationContext] as? LAContext === context)
      _ = keychain.copyMatching(.passcode, asking: nil)
      #expect((try last().1[kSecUseAuthenticationContext] as? LAContext)?.interactionNotAllowed == true)
    }

    @Test func whatIsDeletedIsNamedAlone() throws {
      answering(errSecItemNotFound)
      #expect(keychain.delete(.passcode) == .itemNotFound)
      let (call, query) = try last()
      #expect(call == .delete)
      #expect(Set(query.keys) == [kSecClass, kSecAttrService, kSecAttrAccount, kSecAttrSynchronizable])
    }

    @Test func eachStatusIsPassedOnAsItIs() {
      for status in [errSecInteractionNotAllowed, errSecItemNotFound, errSecMissingEntitlement, 77] {
        answering(status, Data([1]))
        let answer = keychain.copyMatching(.vaultKey, asking: nil)
        #expect(answer.status.rawValue == status && answer.secret == nil)
        #expect(keychain.add(.vaultKey, holding: secret).rawValue == status)
      }
      answering(errSecSuccess)
      #expect(keychain.copyMatching(.vaultKey, asking: nil).status == .decode, "nothing was given")
    }
  }
#endif
