import Foundation

/// Bytes that are overwritten: by `wipe()`, and at the latest when nobody holds them any more. They are never printed.
///
/// What a caller copies out of them is the caller's to overwrite.
public final class SecretBytes: Sendable {
  let store: Guarded<[UInt8]>

  /// Copies `bytes`.
  public init(_ bytes: some Sequence<UInt8>) {
    store = Guarded(Array(bytes))
  }

  deinit {
    wipe()
  }

  /// How many there are.
  public var count: Int {
    store.with { $0.count }
  }

  /// Lends the bytes to `body`, which must not ask this same object for anything meanwhile.
  public func withUnsafeBytes<Answer>(
    _ body: (UnsafeRawBufferPointer) throws -> Answer
  ) rethrows -> Answer {
    try store.with { bytes in try bytes.withUnsafeBytes(body) }
  }

  /// Overwrites the bytes with zeros. There are as many as before.
  public func wipe() {
    store.with { bytes in bytes.withUnsafeMutableBytes(overwrite) }
  }

  /// Lends `body` a copy of its own, which is overwritten when `body` is done.
  func withData<Answer>(_ body: (Data) throws -> Answer) rethrows -> Answer {
    var data = withUnsafeBytes { Data($0) }
    defer { data.resetBytes(in: 0..<data.count) }
    return try body(data)
  }
}

extension SecretBytes: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// The type's name.
  public var description: String { "SecretBytes" }
  /// The type's name.
  public var debugDescription: String { description }
  /// Nothing.
  public var customMirror: Mirror { Mirror(self, children: []) }
}

/// Overwrites, in a way that no compiler leaves out.
func overwrite(_ bytes: UnsafeMutableRawBufferPointer) {
  guard let start = bytes.baseAddress else { return }
  #if canImport(Darwin)
    memset_s(start, bytes.count, 0, bytes.count)
  #else
    explicit_bzero(start, bytes.count)
  #endif
}

/// Overwrites what somebody else lends, and who has no more use for it: `Data` itself would copy the bytes first.
func overwriteLent(_ data: Data) {
  data.withUnsafeBytes { bytes in
    overwrite(UnsafeMutableRawBufferPointer(mutating: bytes))
  }
}
