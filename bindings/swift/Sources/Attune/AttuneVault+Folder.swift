import AttuneGenerated
import Foundation

/// What can be asked without an open vault.
extension AttuneVault {
  /// What is in `folder`. No key store is asked.
  public static func presence(in folder: URL) throws(AttuneError) -> VaultPresence {
    let dir = try folder.filePath
    return try attempt { try vaultPresence(dir: dir) }
  }

  /// Moves what is in `folder` aside, into a new folder in it, which is answered; then a new vault can be made. Nothing
  /// is deleted. The vault must not be open.
  @discardableResult
  public static func startOver(in folder: URL, clock: AttuneClock = .system) throws(AttuneError) -> URL {
    let dir = try folder.filePath
    let aside = try attempt { try AttuneGenerated.startOver(dir: dir, now: clock.now) }
    return URL(fileURLWithPath: aside, isDirectory: true)
  }

  /// *Delete all*: the keys first, then everything of the vault in `folder`, what was moved aside too. Works without
  /// opening, and with a locked key store. Of several things that fail the first is thrown; the others are tried.
  public static func deleteAll(
    in folder: URL, keyStore: any KeyStore
  ) async throws(AttuneError) {
    try await onOwnThread {
      try AttuneGenerated.deleteAll(dir: folder.filePath, keyStore: KeyStoreAdapter(keyStore))
    }
  }

  /// A list of help for a country (two letters of ISO 3166); empty where there is none. No network, no vault.
  public static func help(_ kind: HelpKind, in country: String) throws(AttuneError) -> [HelpEntry] {
    try attempt { try AttuneGenerated.help(kind: kind, country: country) }
  }

  /// The words of the list that begin so, in order: for typing a code of eight words.
  public static func completeWord(_ prefix: String) throws(AttuneError) -> [String] {
    try attempt { try AttuneGenerated.completeWord(prefix: prefix) }
  }

  /// What a typed or scanned code is, before it is joined.
  public static func checkCode(_ text: String) throws(AttuneError) -> CodeCheck {
    try attempt { try AttuneGenerated.checkCode(text: text) }
  }

  /// How much of each thing there can be.
  public static func limits() throws(AttuneError) -> Limits {
    try attempt { try AttuneGenerated.limits() }
  }
}
