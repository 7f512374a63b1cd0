//! Whole folders: copied, listed, and searched byte by byte.

use std::fs;
use std::path::{Path, PathBuf};

/// Copies every file of a folder, not of those within it. Answers the new folder.
///
/// # Panics
/// When the file system refuses.
pub fn copy_folder(from: &Path, to: &Path) -> PathBuf {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        if entry.file_type().unwrap().is_file() {
            fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
        }
    }
    to.to_owned()
}

/// Puts `to` back to what `from` is: what is not in `from` goes.
///
/// # Panics
/// When the file system refuses.
pub fn put_back(from: &Path, to: &Path) {
    fs::remove_dir_all(to).unwrap();
    copy_folder(from, to);
}

/// The names in a folder, in order.
///
/// # Panics
/// When the file system refuses.
#[must_use]
pub fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

/// Every file below `folder` with its bytes, in order. A file that goes away meanwhile is left out.
///
/// # Panics
/// When the file system refuses.
#[must_use]
pub fn all_below(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if let Ok(bytes) = fs::read(&path) {
                files.push((path, bytes));
            }
        }
    }
    files.sort();
    files
}

/// Whether `needle` is in `bytes`.
#[must_use]
pub fn holds(bytes: &[u8], needle: &[u8]) -> bool {
    let Some(first) = needle.first() else { return true };
    let mut rest = bytes;
    // The first byte by itself first: a window at each place takes minutes in an unoptimised build.
    while let Some(at) = rest.iter().position(|byte| byte == first) {
        rest = &rest[at..];
        if rest.starts_with(needle) {
            return true;
        }
        rest = &rest[1..];
    }
    false
}

/// `text` as UTF-8, and as UTF-16 in both byte orders.
#[must_use]
pub fn spellings(text: &str) -> [Vec<u8>; 3] {
    [
        text.as_bytes().to_vec(),
        text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
    ]
}

/// The files below `folder` that hold one of `needles`, with which one.
#[must_use]
pub fn found_below(folder: &Path, needles: &[Vec<u8>]) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    for (path, bytes) in all_below(folder) {
        for needle in needles.iter().filter(|needle| holds(&bytes, needle)) {
            found.push((path.clone(), String::from_utf8_lossy(needle).into_owned()));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_there_is_found_and_what_is_not_is_not() {
        for (bytes, needle, there) in [
            (&b"aab"[..], &b"ab"[..], true),
            (b"aaab", b"aab", true),
            (b"ba", b"ab", false),
            (b"a", b"ab", false),
            (b"", b"a", false),
            (b"xyz", b"z", true),
        ] {
            assert_eq!(holds(bytes, needle), there, "{needle:?} in {bytes:?}");
        }
    }

    #[test]
    fn a_file_in_a_folder_in_a_folder_is_searched() {
        let root = tempfile::tempdir().unwrap();
        let inner = root.path().join("a").join("b");
        fs::create_dir_all(&inner).unwrap();
        fs::write(inner.join("c"), "xx\u{0}m\u{0}e").unwrap();
        assert_eq!(found_below(root.path(), &spellings("me")).len(), 1);
        assert!(found_below(root.path(), &spellings("you")).is_empty());
    }
}
