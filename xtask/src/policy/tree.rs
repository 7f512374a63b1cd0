//! The files that the rules are held over: what git knows or would add, or else what is there.

use std::path::{Path, PathBuf};
use std::process::Command;

/// The checkout's text files.
pub(crate) struct Tree {
    pub(crate) root: PathBuf,
    pub(crate) files: Vec<File>,
}

/// One file that is text.
pub(crate) struct File {
    /// The path below the root, with `/` between its parts.
    pub(crate) path: String,
    pub(crate) text: String,
}

impl Tree {
    /// Reads the checkout at `root`. Files that are not UTF-8 are left out.
    ///
    /// # Errors
    /// What the system said, if a folder cannot be listed or a file not be read.
    pub(crate) fn read(root: &Path) -> std::io::Result<Self> {
        let mut paths = match listed(root) {
            Some(paths) => paths,
            None => walked(root)?,
        };
        paths.sort();
        let mut files = Vec::new();
        for path in paths {
            // What git still lists and somebody has just removed is not part of the tree.
            if !root.join(&path).is_file() {
                continue;
            }
            if let Ok(text) = String::from_utf8(std::fs::read(root.join(&path))?) {
                files.push(File { path, text });
            }
        }
        Ok(Self { root: root.to_owned(), files })
    }

    /// The file at that path below the root.
    pub(crate) fn file(&self, path: &str) -> Option<&File> {
        self.files.iter().find(|file| file.path == path)
    }

    #[cfg(test)]
    pub(crate) fn of(files: &[(&str, &str)]) -> Self {
        let file =
            |(path, text): &(&str, &str)| File { path: (*path).into(), text: (*text).into() };
        Self { root: PathBuf::new(), files: files.iter().map(file).collect() }
    }
}

impl File {
    /// Whether the name ends in one of these, without the dot.
    pub(crate) fn is(&self, endings: &[&str]) -> bool {
        self.path.rsplit_once('.').is_some_and(|(_, ending)| endings.contains(&ending))
    }
}

/// Folders without anything in them, which a reader would open for nothing.
pub(crate) fn empty_folders(tree: &Tree) -> Vec<String> {
    let mut empty = Vec::new();
    let mut left = vec![tree.root.clone()];
    while let Some(folder) = left.pop() {
        let Ok(entries) = std::fs::read_dir(&folder) else {
            continue;
        };
        let mut any = false;
        for entry in entries.flatten() {
            any = true;
            if entry.path().is_dir() && !is_left_out(&folder, &tree.root, &entry.path()) {
                left.push(entry.path());
            }
        }
        if !any {
            let below = folder.strip_prefix(&tree.root).unwrap_or(&folder);
            empty.push(below.display().to_string());
        }
    }
    empty
}

fn listed(root: &Path) -> Option<Vec<String>> {
    let mut git = Command::new("git");
    git.args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"]).current_dir(root);
    let done = git.output().ok().filter(|done| done.status.success())?;
    let names = String::from_utf8(done.stdout).ok()?;
    Some(names.split('\0').filter(|name| !name.is_empty()).map(str::to_owned).collect())
}

fn walked(root: &Path) -> std::io::Result<Vec<String>> {
    let mut paths = Vec::new();
    let mut left = vec![root.to_owned()];
    while let Some(folder) = left.pop() {
        for entry in std::fs::read_dir(&folder)? {
            let path = entry?.path();
            if path.is_dir() {
                if !is_left_out(&folder, root, &path) {
                    left.push(path);
                }
            } else if let Ok(below) = path.strip_prefix(root) {
                let parts: Vec<_> = below.iter().map(|part| part.to_string_lossy()).collect();
                paths.push(parts.join("/"));
            }
        }
    }
    Ok(paths)
}

/// Git's own folder is no part of the tree, nor are build files: cargo's and Maven's, SwiftPM's, npm's,
/// what UniFFI writes for Swift, and what a fuzzer leaves.
fn is_left_out(folder: &Path, root: &Path, path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default();
    let generated = ["AttuneGenerated", "AttuneFFI"].iter().any(|module| name == *module);
    let is_built =
        ["target", ".build", "node_modules", "artifacts"].iter().any(|built| name == *built);
    (folder == root && name == ".git") || is_built || generated
}
