//! `cargo xtask generate`: UniFFI's Kotlin and Swift files, put where their packages want them.
//!
//! A file is only written when its content changed, so that what stands on it is not built anew.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::conformance::Language;
use crate::scratch::Scratch;
use crate::{child, library, place};

/// The module map of the Swift package and of the device packages. A plain module: the library is a
/// static one on the phone, where `framework` would make the compiler look for a framework's folders.
pub(crate) const MODULE_MAP: &str = "\
module AttuneFFI {
    header \"AttuneFFI.h\"
    export *
}
";

/// Where the files go when no folder is named.
pub(crate) fn standard_folder(language: Language) -> PathBuf {
    place::root().join(match language {
        Language::Kotlin => "bindings/kotlin/ffi/target/generated-sources/uniffi",
        Language::Swift => "bindings/swift",
    })
}

/// Builds the library, and writes the files for it into `folder`. Gives the paths of all of them.
///
/// # Errors
/// What cargo or the generator printed, or which file could not be written.
pub(crate) fn run(language: Language, folder: &Path) -> Result<Vec<PathBuf>, String> {
    let profile = library::wanted_profile();
    // The one that ships is stripped of the symbols that the generator reads. What is exported is the
    // same in each profile, and the generated code checks that when it loads a library.
    let profile = if profile == library::SHIPPING { "dev".to_owned() } else { profile };
    let library = library::build(&profile)?.join(library::file_name());
    let bindgen = library::bindgen()?;
    let scratch = Scratch::new("generated");
    generate(language, &bindgen, &library, scratch.path())?;
    settle(language, scratch.path(), folder)
}

fn generate(language: Language, bindgen: &Path, library: &Path, out: &Path) -> Result<(), String> {
    let mut command = Command::new(bindgen);
    command.args(["generate", "--no-format", "--language", language.word(), "--out-dir"]);
    command.arg(out).arg(library);
    // It asks cargo for the package's folder, for uniffi.toml.
    command.current_dir(place::root());
    let finished = child::finish(&mut command);
    if finished.success { Ok(()) } else { Err(finished.output) }
}

/// Moves what was generated to its places, and removes what an earlier run left there.
fn settle(language: Language, scratch: &Path, folder: &Path) -> Result<Vec<PathBuf>, String> {
    match language {
        Language::Kotlin => {
            let below = Path::new("org/attune/ffi");
            let mut written = Vec::new();
            for path in files(&scratch.join(below), "kt")? {
                let name = path.file_name().unwrap_or_default();
                written.push(copy(&path, &folder.join(below).join(name))?);
            }
            for old in files(&folder.join(below), "kt")? {
                if !written.contains(&old) {
                    std::fs::remove_file(&old).map_err(|error| told(&old, &error))?;
                }
            }
            if written.is_empty() {
                return Err("the generator wrote no Kotlin file into org/attune/ffi\n".into());
            }
            Ok(written)
        }
        Language::Swift => {
            let generated = folder.join("Sources/AttuneGenerated/AttuneGenerated.swift");
            let header = folder.join("Sources/AttuneFFI/AttuneFFI.h");
            let map = folder.join("Sources/AttuneFFI/module.modulemap");
            Ok(vec![
                copy(&scratch.join("AttuneGenerated.swift"), &generated)?,
                copy(&scratch.join("AttuneFFI.h"), &header)?,
                put(&map, MODULE_MAP.as_bytes())?,
            ])
        }
    }
}

fn copy(from: &Path, to: &Path) -> Result<PathBuf, String> {
    let bytes = std::fs::read(from).map_err(|error| told(from, &error))?;
    put(to, &bytes)
}

/// Writes a file, unless it holds just that already.
pub(crate) fn put(path: &Path, bytes: &[u8]) -> Result<PathBuf, String> {
    if std::fs::read(path).is_ok_and(|there| there == bytes) {
        return Ok(path.to_owned());
    }
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(|error| told(folder, &error))?;
    }
    std::fs::write(path, bytes).map_err(|error| told(path, &error))?;
    Ok(path.to_owned())
}

/// The files of a folder with that ending, in order; none if the folder is not there.
fn files(folder: &Path, ending: &str) -> Result<Vec<PathBuf>, String> {
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(told(folder, &error)),
    };
    let paths = entries.flatten().map(|entry| entry.path());
    let mut paths: Vec<_> =
        paths.filter(|path| path.extension().is_some_and(|it| it == ending)).collect();
    paths.sort();
    Ok(paths)
}

fn told(path: &Path, error: &std::io::Error) -> String {
    format!("{}: {error}\n", path.display())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kotlin_files_replace_those_of_an_earlier_run() {
        let scratch = Scratch::new("generate-kotlin");
        let (from, to) = (scratch.path().join("from"), scratch.path().join("to"));
        put(&from.join("org/attune/ffi/attune_ffi.kt"), b"new").unwrap();
        put(&to.join("org/attune/ffi/attune_ffi.kt"), b"old").unwrap();
        put(&to.join("org/attune/ffi/gone.kt"), b"old").unwrap();
        let written = settle(Language::Kotlin, &from, &to).unwrap();
        assert_eq!(written, [to.join("org/attune/ffi/attune_ffi.kt")]);
        assert_eq!(std::fs::read(&written[0]).unwrap(), b"new");
        assert!(!to.join("org/attune/ffi/gone.kt").exists());
    }

    #[test]
    fn a_run_that_wrote_nothing_is_an_error() {
        let scratch = Scratch::new("generate-nothing");
        for language in Language::ALL {
            assert!(settle(language, scratch.path(), scratch.path()).is_err(), "{language:?}");
        }
    }

    #[test]
    fn swift_files_go_to_the_targets_of_the_package() {
        let scratch = Scratch::new("generate-swift");
        let (from, to) = (scratch.path().join("from"), scratch.path().join("to"));
        put(&from.join("AttuneGenerated.swift"), b"import AttuneFFI").unwrap();
        put(&from.join("AttuneFFI.h"), b"void f(void);").unwrap();
        let written = settle(Language::Swift, &from, &to).unwrap();
        let places = [
            "Sources/AttuneGenerated/AttuneGenerated.swift",
            "Sources/AttuneFFI/AttuneFFI.h",
            "Sources/AttuneFFI/module.modulemap",
        ];
        assert_eq!(written, places.map(|place| to.join(place)));
        assert_eq!(std::fs::read_to_string(&written[2]).unwrap(), MODULE_MAP);
        assert!(!MODULE_MAP.contains("framework"));
    }

    #[test]
    fn a_file_that_did_not_change_is_not_written() {
        let scratch = Scratch::new("generate-same");
        let path = scratch.path().join("file");
        put(&path, b"same").unwrap();
        let long_ago = std::time::SystemTime::UNIX_EPOCH;
        let file = std::fs::File::options().write(true).open(&path).unwrap();
        file.set_modified(long_ago).unwrap();
        drop(file);
        put(&path, b"same").unwrap();
        assert_eq!(path.metadata().unwrap().modified().unwrap(), long_ago);
        put(&path, b"other").unwrap();
        assert_ne!(path.metadata().unwrap().modified().unwrap(), long_ago);
    }
}
