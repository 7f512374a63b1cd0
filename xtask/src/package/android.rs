//! The Android package: an AAR with its POM and sources, as a Maven repository in a folder.
//!
//! Not run yet on a machine with the NDK. Arguments after the documentation of cargo-ndk 4 and of the AAR format.

use std::path::Path;

use super::plan::{Call, Step};
use super::{Needs, Versions, text};
use crate::{library, place};

const NDK: u32 = 28;
/// The first Android whose Keystore and file encryption the shells count on.
const PLATFORM: &str = "28";
/// Pages of 16 KB: Android 15 on.
const PAGES: &str = "link-arg=-Wl,-z,max-page-size=16384";
/// Android's name of a processor, and Rust's.
const PROCESSORS: [(&str, &str); 3] = [
    ("arm64-v8a", "aarch64-linux-android"),
    ("armeabi-v7a", "armv7-linux-androideabi"),
    ("x86_64", "x86_64-linux-android"),
];
const ARTIFACT: &str = "attune-android";

/// What is missing on this machine.
pub(super) fn needs() -> Needs {
    let mut needs = Needs::default();
    needs.targets(&PROCESSORS.map(|(_, target)| target));
    needs.program("cargo", &["ndk", "--version"], "cargo-ndk", "cargo install --locked cargo-ndk");
    needs.java();
    let home = std::env::var("ANDROID_NDK_HOME").unwrap_or_default();
    let properties = Path::new(&home).join("source.properties");
    let properties = std::fs::read_to_string(properties).unwrap_or_default();
    if ndk_version(&properties) != Some(NDK) {
        needs.missing(
            &format!("NDK r{NDK} (ANDROID_NDK_HOME names its folder)"),
            "sdkmanager 'ndk;28.2.13676358', and export ANDROID_NDK_HOME",
        );
    }
    needs
}

/// `Pkg.Revision = 28.2.13676358` is 28.
fn ndk_version(properties: &str) -> Option<u32> {
    let line = properties.lines().find_map(|line| line.strip_prefix("Pkg.Revision"))?;
    line.trim_start_matches([' ', '=']).split('.').next()?.parse().ok()
}

/// What is done, in order. Everything that is made is below `out`.
pub(super) fn steps(out: &Path, versions: &Versions) -> Result<Vec<Step>, String> {
    let version = &versions.ours;
    let kotlin = place::root().join("bindings/kotlin");
    let (aar, classes) = (out.join("aar"), out.join("classes"));
    let release = out.join(format!("repository/org/attune/{ARTIFACT}/{version}"));
    let mut steps = vec![Step::Run(
        Call::new("mvn", ["package", "-Dmaven.test.skip=true", "-Dattune.bin.skip=true"])
            .within(kotlin.clone()),
    )];
    for (name, target) in PROCESSORS {
        let built = place::target().join(target).join("shipping").join("libattune_ffi.so");
        let library = aar.join("jni").join(name).join("libattune_ffi.so");
        steps.push(Step::Run(Call::new(
            "cargo",
            [
                "ndk",
                "--platform",
                PLATFORM,
                "--target",
                name,
                "rustc",
                "--package",
                "attune-bindings",
                "--lib",
                "--profile",
                "shipping",
                "--crate-type",
                "cdylib",
                "--",
                "-C",
                PAGES,
            ],
        )));
        steps.push(Step::Take { from: built, to: library.clone() });
        steps.push(Step::Pages(library));
    }
    for module in ["ffi/target/attune-ffi", "attune/target/attune"] {
        let jar = kotlin.join(format!("{module}-{version}.jar")).display().to_string();
        let unpack = Call::new("jar", ["--extract".to_owned(), "--file".to_owned(), jar]);
        steps.push(Step::Run(unpack.within(classes.clone())));
    }
    steps.extend([
        Step::Run(archive(&aar.join("classes.jar"), &classes)),
        Step::Put {
            path: aar.join("AndroidManifest.xml"),
            text: text("bindings/package/android/AndroidManifest.xml")?,
        },
        Step::Put {
            path: aar.join("proguard.txt"),
            text: text("bindings/kotlin/consumer-rules.pro")?,
        },
        // The format asks for it, and there are no resources.
        Step::Put { path: aar.join("R.txt"), text: String::new() },
        Step::Run(archive(&release.join(format!("{ARTIFACT}-{version}.aar")), &aar)),
        Step::Put {
            path: release.join(format!("{ARTIFACT}-{version}.pom")),
            text: versions.filled(&text("bindings/package/android/pom.xml")?)?,
        },
        Step::Take {
            from: kotlin.join(format!("attune/target/attune-{version}-sources.jar")),
            to: release.join(format!("{ARTIFACT}-{version}-sources.jar")),
        },
        Step::Holds {
            archive: release.join(format!("{ARTIFACT}-{version}-sources.jar")),
            entries: vec!["org/attune/ffi/".into(), "org/attune/AttuneVault.kt".into()],
        },
    ]);
    Ok(steps)
}

/// A zip without a time of its own, so that the same input gives the same bytes.
fn archive(file: &Path, folder: &Path) -> Call {
    let (file, folder) = (file.display().to_string(), folder.display().to_string());
    let date = "--date=2026-01-01T00:00:00Z".to_owned();
    let words =
        ["--create".to_owned(), "--no-manifest".to_owned(), date, "--file".to_owned(), file];
    Call::new("jar", words.into_iter().chain(["-C".to_owned(), folder, ".".to_owned()]))
}

/// For the message after a package was made.
pub(super) fn made(out: &Path) -> String {
    format!("{} holds the library {} in an AAR", out.join("repository").display(), library::NAME)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::package::tests::rehearsed;

    #[test]
    fn the_layout_is_that_of_an_aar() {
        let rehearsed = rehearsed("package-android", steps);
        let files = [
            "aar/AndroidManifest.xml",
            "aar/R.txt",
            "aar/jni/arm64-v8a/libattune_ffi.so",
            "aar/jni/armeabi-v7a/libattune_ffi.so",
            "aar/jni/x86_64/libattune_ffi.so",
            "aar/proguard.txt",
            "repository/org/attune/attune-android/1.2.3/attune-android-1.2.3-sources.jar",
            "repository/org/attune/attune-android/1.2.3/attune-android-1.2.3.pom",
        ];
        assert_eq!(rehearsed.files(), files);
        assert_eq!(rehearsed.text("aar/R.txt"), "");
        let manifest = rehearsed.text("aar/AndroidManifest.xml");
        assert!(
            manifest.contains("android:minSdkVersion=\"28\"")
                && !manifest.contains("uses-permission")
        );
        let rules = rehearsed.text("aar/proguard.txt");
        for kept in ["com.sun.jna", concat!("org.attune", ".ffi")] {
            assert!(rules.contains(&format!("-keep class {kept}.** {{ *; }}")), "{rules}");
        }
    }

    #[test]
    fn the_pom_names_what_an_app_needs_beside_it() {
        let rehearsed = rehearsed("package-android-pom", steps);
        let pom =
            rehearsed.text("repository/org/attune/attune-android/1.2.3/attune-android-1.2.3.pom");
        let lines: Vec<&str> = pom.lines().map(str::trim).collect();
        for line in [
            "<packaging>aar</packaging>",
            "<version>1.2.3</version>",
            "<artifactId>kotlinx-coroutines-core-jvm</artifactId>",
            "<version>1.11.0</version>",
            "<artifactId>jna</artifactId>",
            "<version>5.19.1</version>",
            "<type>aar</type>",
        ] {
            assert!(lines.contains(&line), "{line}: {pom}");
        }
        assert!(!pom.contains('@'), "{pom}");
    }

    #[test]
    fn each_processor_is_built_for_large_pages() {
        let rehearsed = rehearsed("package-android-calls", steps);
        for name in ["arm64-v8a", "armeabi-v7a", "x86_64"] {
            let wanted = format!(
                "cargo ndk --platform 28 --target {name} rustc --package attune-bindings --lib --profile \
                 shipping --crate-type cdylib -- -C link-arg=-Wl,-z,max-page-size=16384"
            );
            assert!(rehearsed.commands.contains(&wanted), "{:?}", rehearsed.commands);
        }
        let aar = "attune-android-1.2.3.aar -C ";
        assert!(
            rehearsed.commands.iter().any(|call| call.starts_with("jar ") && call.contains(aar))
        );
    }

    #[test]
    fn the_version_of_the_ndk_is_read() {
        let properties = "Pkg.Desc = Android NDK\nPkg.Revision = 28.2.13676358\n";
        assert_eq!(ndk_version(properties), Some(28));
        assert_eq!(ndk_version("Pkg.Desc = Android NDK\n"), None);
        assert_eq!(ndk_version(""), None);
    }
}
