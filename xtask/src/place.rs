//! Where things are: the checkout, the cache folder, the build files.

use std::ffi::OsString;
use std::path::PathBuf;

/// The root of the checkout that cargo runs this from. Asked at run time: with one folder of build
/// files for several checkouts, this very program may have been built in another of them.
pub(crate) fn root() -> PathBuf {
    let built_in = || PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let own = std::env::var_os("CARGO_MANIFEST_DIR").map_or_else(built_in, PathBuf::from);
    own.parent().unwrap_or(&own).to_owned()
}

/// `${XDG_CACHE_HOME:-$HOME/.cache}/attune`: build files and tools outlive a checkout there.
pub(crate) fn cache() -> PathBuf {
    let folder = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty());
    let base = folder("XDG_CACHE_HOME").map(PathBuf::from);
    let home =
        || PathBuf::from(folder("HOME").unwrap_or_else(|| OsString::from("."))).join(".cache");
    base.unwrap_or_else(home).join("attune")
}

/// Where child cargo calls build: `CARGO_TARGET_DIR` if it is set, else below the cache folder.
pub(crate) fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR")
        .filter(|value| !value.is_empty())
        .map_or_else(|| cache().join("target"), PathBuf::from)
}
