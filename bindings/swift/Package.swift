// swift-tools-version:6.0
import Foundation
import PackageDescription

// `cargo xtask generate swift bindings/swift` writes Sources/AttuneFFI and Sources/AttuneGenerated.

let environment = ProcessInfo.processInfo.environment

/// The folder with libattune_ffi.so: ATTUNE_FFI_DIR, or where a debug build leaves it.
let libraryFolder: String = {
  if let folder = environment["ATTUNE_FFI_DIR"], !folder.isEmpty { return folder }
  let target = environment["CARGO_TARGET_DIR"].flatMap { $0.isEmpty ? nil : $0 }
  return (target ?? "\(NSHomeDirectory())/.cache/attune/target") + "/debug"
}()

#if os(Linux)
  /// The C header and module map. The shared library is linked: SwiftPM does not notice that a static one changed.
  let library: Target = .systemLibrary(name: "AttuneFFI")
  let linking: [LinkerSetting] = [
    .unsafeFlags([
      "-L\(libraryFolder)", "-Xlinker", "-rpath", "-Xlinker", libraryFolder,
      // Swift 6.0's own libraries leave names open that only the newer C library of their release has.
      "-Xlinker", "--allow-shlib-undefined",
    ]),
    .linkedLibrary("attune_ffi"),
  ]
#else
  /// As `cargo xtask package ios` writes it. Not run by this project's tests, which run on Linux.
  let library: Target = .binaryTarget(name: "AttuneFFI", path: "AttuneFFI.xcframework")
  let linking: [LinkerSetting] = []
#endif

let package = Package(
  name: "Attune",
  platforms: [.iOS(.v17), .macOS(.v14)],
  products: [
    .library(name: "Attune", targets: ["Attune"]),
    .executable(name: "attune-bench", targets: ["AttuneBench"]),
    // For the tests of whoever stands on this package.
    .library(name: "AttuneDoubles", targets: ["AttuneDoubles"]),
    .library(name: "AttuneTrial", targets: ["AttuneTrial"]),
  ],
  targets: [
    library,
    // The generated file alone: the Swift 6 mode does not take it.
    .target(
      name: "AttuneGenerated",
      dependencies: ["AttuneFFI"],
      swiftSettings: [.swiftLanguageMode(.v5)],
      linkerSettings: linking),
    .target(name: "Attune", dependencies: ["AttuneGenerated"]),
    .executableTarget(name: "AttuneBench", dependencies: ["Attune", "AttuneDoubles"]),

    // For tests: a key store in memory, and a process that is killed.
    .target(name: "AttuneDoubles", dependencies: ["Attune"], path: "Tests/AttuneDoubles"),
    // Real processes on the other side: a relay and desks.
    .target(name: "AttuneTrial", dependencies: ["Attune", "AttuneDoubles"], path: "Tests/AttuneTrial"),
    .executableTarget(
      name: "AttuneChild", dependencies: ["Attune", "AttuneDoubles"], path: "Tests/AttuneChild"),
    .testTarget(
      name: "AttuneTests", dependencies: ["Attune", "AttuneDoubles", "AttuneTrial", "AttuneChild", "AttuneBench"]),
  ],
  swiftLanguageModes: [.v6])
