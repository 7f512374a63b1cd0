// swift-tools-version:6.0
import PackageDescription

// Written by `cargo xtask package ios`. The checksum of the archive: @checksum@
let package = Package(
  name: "Attune",
  platforms: [.iOS(.v17)],
  products: [.library(name: "Attune", targets: ["Attune"])],
  targets: [
    .binaryTarget(name: "AttuneFFI", @binary@),
    // The generated file alone: the Swift 6 mode does not take it.
    .target(
      name: "AttuneGenerated",
      dependencies: ["AttuneFFI"],
      swiftSettings: [.swiftLanguageMode(.v5)]),
    .target(name: "Attune", dependencies: ["AttuneGenerated"]),
  ],
  swiftLanguageModes: [.v6])
