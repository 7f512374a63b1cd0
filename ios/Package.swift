// swift-tools-version:6.0
import PackageDescription

// The app as libraries. What draws it on Linux is a set of declarations of our own, named like Apple's library, that
// never exists on Apple's platforms: Linux/SwiftUI/README.md says what it proves and what not.

#if os(Linux)
  let drawing: [Target] = [
    // Its own insides are not held to the Swift 6 mode: they only ever run on the main thread. What it declares is.
    .target(
      name: "SwiftUI", path: "Linux/SwiftUI", exclude: ["README.md"], swiftSettings: [.swiftLanguageMode(.v5)])
  ]
  let drawn: [Target.Dependency] = ["SwiftUI"]
#else
  let drawing: [Target] = []
  let drawn: [Target.Dependency] = []
#endif

let attune: Target.Dependency = .product(name: "Attune", package: "swift")

let package = Package(
  name: "AttuneApp",
  defaultLocalization: "en",
  platforms: [.iOS(.v17)],
  products: [
    .library(name: "AttuneApp", targets: ["AttuneModel", "AttunePlatform", "AttuneUI"])
  ],
  dependencies: [.package(path: "../bindings/swift")],
  targets: drawing + [
    // Holds state and routes; draws nothing, and knows no device.
    .target(name: "AttuneModel", dependencies: [attune]),
    // What the device does, behind the protocols of the model.
    .target(name: "AttunePlatform", dependencies: ["AttuneModel", attune]),
    // Draws what the model holds.
    .target(name: "AttuneUI", dependencies: ["AttuneModel", attune] + drawn),

    // For tests: a device that a test holds in its hands.
    .target(name: "AttuneRig", dependencies: ["AttuneModel", attune], path: "Tests/AttuneRig"),
    .testTarget(name: "AttuneModelTests", dependencies: ["AttuneModel", "AttuneRig", attune]),
    .testTarget(name: "AttunePlatformTests", dependencies: ["AttunePlatform", "AttuneRig", attune]),
    .testTarget(
      name: "AttuneUITests", dependencies: ["AttuneUI", "AttuneModel", "AttuneRig", attune] + drawn),
  ],
  swiftLanguageModes: [.v6])
