import Foundation

/// The platform's place for keys: it seals the vault's key, and opens it again. On iOS this stands on the Secure
/// Enclave or the keychain.
///
/// It is asked on a thread of its own while a vault is made or opened, so it may wait for a person. It may call the
/// vault. Whatever it throws that is no `KeyStoreError` counts as `unavailable`, and its text goes nowhere.
public protocol KeyStore: Sendable {
  /// Seals `secret`, and binds `associated` to it. The secret is overwritten as soon as this returns.
  func seal(_ secret: SecretBytes, associated: Data) throws -> Data

  /// Opens what `seal` gave for the same `associated`. The answer is overwritten once it was used: give a new one
  /// each time.
  func open(_ sealed: Data, associated: Data) throws -> SecretBytes

  /// Destroys the store's own key, for good. Works while locked, and when there is nothing left to destroy.
  func destroy() throws
}

/// Why a key store did not do what it was asked. Locked is not gone.
public enum KeyStoreError: Error, Equatable, Hashable, Sendable {
  /// Not now: the device has to be unlocked first. The key is still there.
  case locked
  /// The key no longer exists, and never will again.
  case gone
  /// This was not sealed by this store, or not for this purpose.
  case refused
  /// The store could not be reached.
  case unavailable
}
