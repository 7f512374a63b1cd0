//! The package for the JVM: jars, sources, the library for tests on Linux, and the pages of its documentation.

use std::path::Path;

use super::plan::{Call, Step};
use super::{Needs, Versions};
use crate::library::{self, SHIPPING};
use crate::place;

/// What is missing on this machine.
pub(super) fn needs() -> Needs {
    let mut needs = Needs::default();
    needs.java();
    needs
}

/// What is done, in order. Everything that is made is below `out`.
pub(super) fn steps(out: &Path, versions: &Versions) -> Vec<Step> {
    let version = &versions.ours;
    let kotlin = place::root().join("bindings/kotlin");
    let folder = library::folder(SHIPPING).display().to_string();
    let maven = Call::new(
        "mvn",
        ["package", "-Dpages.phase=package", "-Dmaven.test.skip=true", "-Dattune.bin.skip=true"],
    );
    let maven = maven.with("ATTUNE_FFI_PROFILE", SHIPPING).with("ATTUNE_FFI_DIR", folder);
    let library = Call::new("cargo", library::arguments(SHIPPING));
    let mut steps = vec![Step::Run(library), Step::Run(maven.within(kotlin.clone()))];
    for (module, jar, entries) in [
        ("ffi", "attune-ffi", vec!["org/attune/ffi/Vault.class"]),
        ("attune", "attune", vec!["org/attune/AttuneVault.class", "META-INF/proguard/"]),
        ("linux", "attune-linux", vec!["linux-x86-64/libattune_ffi.so"]),
    ] {
        steps.extend(taken(&kotlin.join(module), out, &format!("{jar}-{version}.jar"), &entries));
    }
    steps.push(Step::HoldsFile {
        archive: out.join(format!("attune-linux-{version}.jar")),
        entry: "linux-x86-64/libattune_ffi.so",
        file: library::folder(SHIPPING).join("libattune_ffi.so"),
    });
    let sources = format!("attune-{version}-sources.jar");
    let entries = ["org/attune/AttuneVault.kt", "org/attune/ffi/attune_ffi.kt"];
    steps.extend(taken(&kotlin.join("attune"), out, &sources, &entries));
    let pages = kotlin.join("attune/target/dokka");
    steps.push(Step::TakeFolder { from: pages, to: out.join("dokka") });
    steps
}

fn taken(module: &Path, out: &Path, jar: &str, entries: &[&str]) -> [Step; 2] {
    let archive = out.join(jar);
    let entries = entries.iter().map(|entry| (*entry).to_owned()).collect();
    [
        Step::Take { from: module.join("target").join(jar), to: archive.clone() },
        Step::Holds { archive, entries },
    ]
}

/// For the message after a package was made.
pub(super) fn made(out: &Path) -> String {
    format!("{} holds the jars and, in dokka/, the pages", out.display())
}
