//! Everything private is made of one mark; the whole story is told; and the mark is in no byte of no
//! file: not while the vaults are open, not after they are closed, not after everything was deleted.

use std::ffi::OsStr;
use std::path::Path;

use attune_core::repair::RepairOption;
use attune_tests::files::{all_below, found_below, names, spellings};
use attune_tests::process::Process;

const PARTY: &str = env!("CARGO_BIN_EXE_party");

/// Put together at run time, so that it is in no program file.
fn mark() -> String {
    ["mark", "of", "the", "story", "4711"].join("-")
}

/// What must be nowhere: the mark, and the names of what was chosen.
fn needles() -> Vec<Vec<u8>> {
    RepairOption::ALL
        .into_iter()
        .map(|option| option.name().to_owned())
        .chain([mark(), "LeftOut".to_owned(), "ChangeIt".to_owned(), "FileLine".to_owned()])
        // Four letters are found in a megabyte of noise now and then; `Keep` never travels.
        .filter(|text| text.len() > 4)
        .flat_map(|text| spellings(&text))
        .collect()
}

/// A process of the story, with a temporary folder of its own.
fn start(story: &str, folder: &Path, temporary: &Path) -> Process {
    let arguments = [OsStr::new(story), folder.as_os_str()];
    let temporary = temporary.as_os_str();
    let variables = [("TMPDIR", temporary), ("SQLITE_TMPDIR", temporary)];
    let mut process = Process::start(Path::new(PARTY), &arguments, &variables);
    process.tell(&mark());
    process
}

/// The last bytes of every key file: salt, nonce, sealed key, checksum.
fn key_bytes(folder: &Path) -> Vec<Vec<u8>> {
    let mut keys = Vec::new();
    for (path, bytes) in all_below(folder) {
        if path.extension().is_some_and(|end| end == "key") {
            keys.extend(bytes[bytes.len() - 80..].chunks_exact(16).map(<[u8]>::to_vec));
        }
    }
    keys
}

#[test]
fn the_mark_is_in_no_file_at_no_time() {
    let root = tempfile::tempdir().unwrap();
    let (folder, temporary) = (root.path().join("data"), root.path().join("temporary"));
    std::fs::create_dir(&folder).unwrap();
    std::fs::create_dir(&temporary).unwrap();
    let needles = needles();
    let mut process = start("told", &folder, &temporary);
    let mut keys = Vec::new();
    let mut scenes = Vec::new();
    while scenes.last().is_none_or(|scene| scene != "deleted") {
        let scene = process.await_line("scene ");
        assert_eq!(found_below(root.path(), &needles), [], "{scene}");
        match scene.as_str() {
            "closed" => {
                for party in ["phone", "desk"] {
                    let left = names(&folder.join(party));
                    assert_eq!(left, ["store.key", "vault.db", "vault.key"], "{party}");
                }
                assert_eq!(names(&folder.join("relay")), ["relay.db"]);
                keys = key_bytes(&folder);
                assert_eq!(keys.len(), 4 * 5);
            }
            "deleted" => {
                assert!(names(&folder.join("phone")).is_empty());
                assert!(names(&folder.join("desk")).is_empty());
                assert_eq!(found_below(root.path(), &keys), [], "a key's bytes");
            }
            _ => assert!(all_below(&folder).len() >= 7, "{scene}: there is something to search"),
        }
        process.tell("go on");
        scenes.push(scene);
    }
    process.finish();
    assert_eq!(
        scenes,
        ["made", "paired", "shared", "answered", "put", "copied", "erased", "closed", "deleted"]
    );
    assert!(names(&temporary).is_empty(), "{:?}", names(&temporary));
}

#[test]
fn a_readable_export_is_where_the_person_put_it_and_nowhere_else() {
    let root = tempfile::tempdir().unwrap();
    let (folder, temporary) = (root.path().join("data"), root.path().join("temporary"));
    std::fs::create_dir(&folder).unwrap();
    std::fs::create_dir(&temporary).unwrap();
    let mut process = start("told-readably", &folder, &temporary);
    process.await_line("scene written");
    let found = found_below(root.path(), &spellings(&mark()));
    process.tell("go on");
    process.finish();
    let paths: Vec<_> = found.iter().map(|(path, _)| path.clone()).collect();
    assert_eq!(paths, [folder.join("readable.json")]);
}
