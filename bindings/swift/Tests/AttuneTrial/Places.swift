import Foundation

/// Where programs are.
public enum Places {
  /// The real `attune`: ATTUNE_BIN, or where a debug build leaves it.
  public static let attune: URL = {
    let environment = ProcessInfo.processInfo.environment
    if let path = environment["ATTUNE_BIN"], !path.isEmpty { return URL(fileURLWithPath: path) }
    let target = environment["CARGO_TARGET_DIR"] ?? "\(NSHomeDirectory())/.cache/attune/target"
    return URL(fileURLWithPath: "\(target)/debug/attune")
  }()

  /// A program of this package: beside the tests.
  public static func built(_ name: String) throws -> URL {
    let tests = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    return URL(fileURLWithPath: tests).deletingLastPathComponent().appendingPathComponent(name)
  }
}
