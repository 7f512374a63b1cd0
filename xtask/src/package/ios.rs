//! The package for iOS: an XCFramework around static libraries, its archive, and a Swift package.
//!
//! Not run yet on a Mac. Arguments after Apple's documentation of xcodebuild and of binary targets.

use std::path::Path;

use super::plan::{Call, Step};
use super::{Needs, text};
use crate::generate::MODULE_MAP;
use crate::place;

const OLDEST: &str = "17.0";
const DEVICE: &str = "aarch64-apple-ios";
const SIMULATORS: [&str; 2] = ["aarch64-apple-ios-sim", "x86_64-apple-ios"];
const LIBRARY: &str = "libattune_ffi.a";
const FRAMEWORK: &str = "AttuneFFI.xcframework";

/// What is missing on this machine.
pub(super) fn needs() -> Needs {
    let mut needs = Needs::default();
    if !cfg!(target_os = "macos") {
        needs.0.push("This is no Mac: Apple's linker and SDKs run nowhere else.\n".to_owned());
    }
    needs.targets(&[DEVICE, SIMULATORS[0], SIMULATORS[1]]);
    let xcode = "Xcode 16 or newer from the App Store, then: sudo xcode-select --install";
    needs.program("xcodebuild", &["-version"], "xcodebuild", xcode);
    needs.program("lipo", &["-version"], "lipo", xcode);
    needs.program("ditto", &["--help"], "ditto", "macOS, of which it is a part");
    needs.program("swift", &["--version"], "swift", xcode);
    needs
}

/// What is done, in order. `address` is where the archive will be published.
pub(super) fn steps(out: &Path, address: Option<&str>) -> Result<Vec<Step>, String> {
    let shown = |path: &Path| path.display().to_string();
    let built = |target: &str| place::target().join(target).join("shipping").join(LIBRARY);
    let (headers, package) = (out.join("Headers"), out.join("package"));
    let (device, simulator) =
        (out.join("device").join(LIBRARY), out.join("simulator").join(LIBRARY));
    let generated = out.join("generated");
    let framework = package.join(FRAMEWORK);
    let archive = out.join(format!("{FRAMEWORK}.zip"));

    let mut steps: Vec<Step> = [DEVICE, SIMULATORS[0], SIMULATORS[1]]
        .map(|target| {
            Step::Run(
                Call::new(
                    "cargo",
                    [
                        "rustc",
                        "--package",
                        "attune-bindings",
                        "--lib",
                        "--profile",
                        "shipping",
                        "--crate-type",
                        "staticlib",
                        "--target",
                        target,
                    ],
                )
                .with("IPHONEOS_DEPLOYMENT_TARGET", OLDEST),
            )
        })
        .into();
    let both = SIMULATORS.map(|target| shown(&built(target)));
    let join =
        ["-create".into(), both[0].clone(), both[1].clone(), "-output".into(), LIBRARY.into()];
    steps.extend([
        Step::Take { from: built(DEVICE), to: device.clone() },
        Step::Run(Call::new("lipo", join).within(out.join("simulator"))),
        Step::Run(Call::new("cargo", ["xtask", "generate", "swift", &shown(&generated)])),
        // A folder of the module's own: the headers of all packages of an app land in one.
        Step::Take {
            from: generated.join("Sources/AttuneFFI/AttuneFFI.h"),
            to: headers.join("AttuneFFI/AttuneFFI.h"),
        },
        Step::Put { path: headers.join("AttuneFFI/module.modulemap"), text: MODULE_MAP.into() },
        Step::Run(Call::new(
            "xcodebuild",
            [
                "-create-xcframework",
                "-library",
                &shown(&device),
                "-headers",
                &shown(&headers),
                "-library",
                &shown(&simulator),
                "-headers",
                &shown(&headers),
                "-output",
                &shown(&framework),
            ],
        )),
        Step::Run(Call::new(
            "ditto",
            ["-c", "-k", "--sequesterRsrc", "--keepParent", &shown(&framework), &shown(&archive)],
        )),
        Step::TakeFolder {
            from: place::root().join("bindings/swift/Sources/Attune"),
            to: package.join("Sources/Attune"),
        },
        Step::Take {
            from: generated.join("Sources/AttuneGenerated/AttuneGenerated.swift"),
            to: package.join("Sources/AttuneGenerated/AttuneGenerated.swift"),
        },
        Step::PutPrinted {
            call: Call::new("swift", ["package", "compute-checksum", &shown(&archive)]),
            mark: "@checksum@",
            path: package.join("Package.swift"),
            text: text("bindings/package/ios/Package.swift")?.replace("@binary@", &binary(address)),
        },
    ]);
    Ok(steps)
}

/// The arguments of the binary target.
fn binary(address: Option<&str>) -> String {
    match address {
        Some(address) => format!("url: \"{address}\", checksum: \"@checksum@\""),
        None => format!("path: \"{FRAMEWORK}\""),
    }
}

/// For the message after a package was made.
pub(super) fn made(out: &Path) -> String {
    format!(
        "{} is the Swift package, {FRAMEWORK}.zip beside it the archive",
        out.join("package").display()
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::package::tests::rehearsed;

    #[test]
    fn the_layout_is_that_of_a_swift_package_around_a_framework() {
        let rehearsed = rehearsed("package-ios", |out, _| steps(out, None));
        let files = rehearsed.files();
        for file in [
            "Headers/AttuneFFI/AttuneFFI.h",
            "Headers/AttuneFFI/module.modulemap",
            "device/libattune_ffi.a",
            "package/Package.swift",
            "package/Sources/Attune/AttuneVault.swift",
            "package/Sources/AttuneGenerated/AttuneGenerated.swift",
        ] {
            assert!(files.iter().any(|there| there == file), "{file}: {files:?}");
        }
        let map = rehearsed.text("Headers/AttuneFFI/module.modulemap");
        assert_eq!(map, "module AttuneFFI {\n    header \"AttuneFFI.h\"\n    export *\n}\n");
        let package = rehearsed.text("package/Package.swift");
        assert!(
            package.contains(".binaryTarget(name: \"AttuneFFI\", path: \"AttuneFFI.xcframework\")")
        );
        assert!(!package.contains("@binary@"));
    }

    #[test]
    fn a_published_archive_is_named_by_address_and_checksum() {
        let address = Some("https://attune.example/AttuneFFI.xcframework.zip");
        let rehearsed = rehearsed("package-ios-url", |out, _| steps(out, address));
        let wanted =
            "url: \"https://attune.example/AttuneFFI.xcframework.zip\", checksum: \"@checksum@\"";
        assert!(rehearsed.text("package/Package.swift").contains(wanted));
        let last = rehearsed.commands.last().unwrap();
        assert!(last.starts_with("swift package compute-checksum "), "{last}");
    }

    #[test]
    fn device_and_simulator_are_built_and_joined() {
        let rehearsed = rehearsed("package-ios-calls", |out, _| steps(out, None));
        for target in ["aarch64-apple-ios", "aarch64-apple-ios-sim", "x86_64-apple-ios"] {
            let wanted = format!(
                "IPHONEOS_DEPLOYMENT_TARGET=17.0 cargo rustc --package attune-bindings --lib --profile \
                 shipping --crate-type staticlib --target {target}"
            );
            assert!(rehearsed.commands.contains(&wanted), "{:?}", rehearsed.commands);
        }
        let create =
            rehearsed.commands.iter().find(|call| call.starts_with("xcodebuild ")).unwrap();
        for part in ["device/libattune_ffi.a", "simulator/libattune_ffi.a", FRAMEWORK] {
            assert!(create.contains(part), "{create}");
        }
        assert_eq!(create.matches("-headers").count(), 2);
    }
}
