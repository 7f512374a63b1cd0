//! What other languages load: the library of attune-bindings, and the `attune` program for its tests.

use std::path::PathBuf;

use crate::{child, place};

/// Name of the library, in Rust and in every language that loads it.
pub(crate) const NAME: &str = "attune_ffi";

/// The profile of what phones get.
pub(crate) const SHIPPING: &str = "shipping";

/// The profile that a generator or a test run asks for; `dev` if nothing does.
pub(crate) fn wanted_profile() -> String {
    std::env::var("ATTUNE_FFI_PROFILE").ok().filter(|name| !name.is_empty()).unwrap_or("dev".into())
}

/// The folder in which cargo puts what it builds by this profile.
pub(crate) fn folder(profile: &str) -> PathBuf {
    place::target().join(if profile == "dev" { "debug" } else { profile })
}

/// The library's file name on this machine: `libattune_ffi.so`.
pub(crate) fn file_name() -> String {
    format!("{}{NAME}{}", std::env::consts::DLL_PREFIX, std::env::consts::DLL_SUFFIX)
}

/// The linker's map of the library that ships.
pub(crate) fn map() -> PathBuf {
    folder(SHIPPING).join(format!("{NAME}.map"))
}

/// What cargo is told, to build the library. One form for each profile, or cargo would build it anew.
pub(crate) fn arguments(profile: &str) -> Vec<String> {
    let package = ["--package", "attune-bindings", "--lib", "--profile", profile];
    let mut words = vec![if profile == SHIPPING { "rustc" } else { "build" }];
    words.extend(package);
    let linking = format!("link-arg=-Wl,-Map={}", map().display());
    if profile == SHIPPING {
        words.extend(["--crate-type", "cdylib"]);
        if cfg!(target_os = "linux") {
            words.extend(["--", "-C", &linking]);
        }
    }
    words.into_iter().map(str::to_owned).collect()
}

/// Builds the library, and gives its folder.
///
/// # Errors
/// What cargo printed.
pub(crate) fn build(profile: &str) -> Result<PathBuf, String> {
    let built = child::finish(child::cargo(&[]).args(arguments(profile)));
    if built.success { Ok(folder(profile)) } else { Err(built.output) }
}

/// Builds the `attune` program, and gives its path.
///
/// # Errors
/// What cargo printed.
pub(crate) fn attune() -> Result<PathBuf, String> {
    program("attune-cli", "attune")
}

/// Builds the program that writes the generated files, and gives its path.
///
/// # Errors
/// What cargo printed.
pub(crate) fn bindgen() -> Result<PathBuf, String> {
    program("attune-bindgen", "attune-bindgen")
}

/// Builds one program of ours, and gives its path.
///
/// In a call of its own: with others, a dependency that two of them share would get the features of both.
///
/// # Errors
/// What cargo printed.
fn program(package: &str, name: &str) -> Result<PathBuf, String> {
    let built = child::finish(&mut child::cargo(&["build", "--package", package]));
    let path = folder("dev").join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
    if built.success { Ok(path) } else { Err(built.output) }
}
