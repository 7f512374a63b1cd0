// swift-tools-version:6.0
import PackageDescription

// The app as libraries. What draws it on Linux is a set of declarations of our own, named like Apple's library, that
// never exists on Apple's platforms: Linux/SwiftUI/README.md says what it proves and what not.

#if os(Linux)
  let drawing: [Target] = [
    // Its own insides are not held to the Swift 6 mode: they only ever run on the main thread. What it declares is.
    .target(
      name: "SwiftUI", path: "Linux/SwiftUI", exclude: ["README.md"], swiftSettings: [.swiftLanguageMode(.v5)]),
    // What else of Apple's the platform asks; see its README.
    .target(name: "AppleDeclarations", path: "Linux/AppleDeclarations", exclude: ["README.md"]),
    // The app's entry, which Xcode builds as a part of the app: here it is compiled, and does nothing.
    .executableTarget(
      name: "AttuneEntry", dependencies: ["AttuneModel", "AttunePlatform", "AttuneUI", "SwiftUI"], path: "App/Sources"),
  ]
  let drawn: [Target.Dependency] = ["SwiftUI"]
  let declared: [Target.Dependency] = ["AppleDeclarations"]
#else
  let drawing: [Target] = []
  let drawn: [Target.Dependency] = []
  let declared: [Target.Dependency] = []
#endif

let attune: Target.Dependency = .product(name: "Attune", package: "swift")

// For tests: a key store in memory, and real processes on the other side.
let trial: [Target.Dependency] = [
  "AttuneModel", attune, .product(name: "AttuneDoubles", package: "swift"),
  .product(name: "AttuneTrial", package: "swift"),
]
let held: [Target.Dependency] = trial + ["AttuneRig"]
let heldPlatform: [Target.Dependency] = held + ["AttunePlatform"] + declared
let heldUI: [Target.Dependency] = held + ["AttuneUI"] + drawn

let platform: [Target.Dependency] = ["AttuneModel", attune] + declared
let ui: [Target.Dependency] = ["AttuneModel", attune] + drawn

let targets: [Target] = [
  // Holds state and routes; draws nothing, and knows no device.
  .target(name: "AttuneModel", dependencies: [attune]),
  // What the device does, behind the protocols of the model.
  .target(name: "AttunePlatform", dependencies: platform),
  // Draws what the model holds.
  .target(name: "AttuneUI", dependencies: ui),

  // For tests: a device that a test holds in its hands.
  .target(name: "AttuneRig", dependencies: trial, path: "Tests/AttuneRig"),
  .testTarget(name: "AttuneModelTests", dependencies: held),
  .testTarget(name: "AttunePlatformTests", dependencies: heldPlatform),
  .testTarget(name: "AttuneUITests", dependencies: heldUI, exclude: ["Outlines"]),
  // The story, with the transport that a device has.
  .testTarget(name: "AttuneStoryTests", dependencies: heldPlatform),
]

let package = Package(
  name: "AttuneApp",
  defaultLocalization: "en",
  platforms: [.iOS(.v17)],
  products: [
    .library(name: "AttuneApp", targets: ["AttuneModel", "AttunePlatform", "AttuneUI"])
  ],
  dependencies: [.package(path: "../bindings/swift")],
  targets: drawing + targets,
  swiftLanguageModes: [.v6])
