//! A folder that is gone when it is no longer needed.

use std::path::{Path, PathBuf};

/// A folder of this process, below the build files.
pub(crate) struct Scratch(PathBuf);

impl Scratch {
    /// An empty folder. The name tells those of one process apart.
    ///
    /// # Panics
    /// If it cannot be made: the build files cannot be written then, either.
    pub(crate) fn new(name: &str) -> Self {
        let process = std::process::id();
        let path = crate::place::target().join("xtask-scratch").join(format!("{name}-{process}"));
        std::fs::create_dir_all(&path).expect("the folder of build files can be written");
        Self(path)
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        if let Err(error) = std::fs::remove_dir_all(&self.0) {
            eprintln!("{} cannot be removed: {error}", self.0.display());
        }
    }
}
