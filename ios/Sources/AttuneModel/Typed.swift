import Attune

// What a person typed as a code or a pass phrase, in UTF-8: bytes that can be overwritten.

extension SecretBytes {
  /// As it was typed. The text itself cannot be overwritten: it should not be kept.
  public convenience init(typed text: String) {
    self.init(text.utf8)
  }

  /// How many characters, as the library counts them.
  var characters: Int {
    withUnsafeBytes { bytes in bytes.count { $0 & 0b1100_0000 != 0b1000_0000 } }
  }

  /// Whether it is the same.
  func isSame(as other: SecretBytes) -> Bool {
    // The bytes of one may not be asked for while they are lent.
    if self === other { return true }
    return withUnsafeBytes { mine in other.withUnsafeBytes { $0.elementsEqual(mine) } }
  }

  /// The same, for the vault. These bytes here are overwritten.
  func passcode() -> Passcode {
    defer { wipe() }
    return withUnsafeBytes { Passcode(utf8: $0) }
  }
}
