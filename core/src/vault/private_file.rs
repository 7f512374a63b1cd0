//! Files and folders that only their owner can read, written whole or not at all.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

/// Makes `folder` and its parents; private (0700) when it is new or empty. A folder that holds something is the
/// person's own and keeps its mode.
pub(crate) fn make_folder(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)?;
    #[cfg(unix)]
    if fs::read_dir(folder)?.next().is_none() {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(folder, fs::Permissions::from_mode(0o700))?;
    }
    Ok(())
}

/// Makes a new file of mode 0600, empty, for reading and writing; one that exists is an error.
pub(crate) fn create(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// Takes a file's other readers away: 0600. Copies and restores may have widened it.
pub(crate) fn keep_private(path: &Path) -> io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = fs::metadata(path)?.permissions().mode();
        if mode & 0o077 != 0 {
            fs::set_permissions(path, fs::Permissions::from_mode(0o600))?;
        }
    }
    #[cfg(not(unix))]
    let _ = path;
    Ok(())
}

/// The file's bytes, if it exists; at most `limit` of them, since a key file is short whatever it claims.
pub(crate) fn read(path: &Path, limit: u64) -> io::Result<Option<Vec<u8>>> {
    match File::open(path) {
        Ok(file) => {
            let mut bytes = Vec::new();
            file.take(limit).read_to_end(&mut bytes)?;
            Ok(Some(bytes))
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// Puts `bytes` at `path`, whole or not at all: a new private file beside it, synced, renamed, the folder synced.
/// What was there before is overwritten once it is out of place.
pub(crate) fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let next = beside(path, ".new");
    remove(&next)?;
    let written = create(&next).and_then(|mut file| {
        file.write_all(bytes)?;
        file.sync_all()
    });
    let before = OpenOptions::new().write(true).open(path).ok();
    if let Err(error) = written.and_then(|()| rename(&next, path)) {
        let _ = remove(&next);
        return Err(error);
    }
    // The new file is in place whether or not the old bytes could be wiped.
    if let Some(before) = before {
        let _ = overwrite(before);
    }
    Ok(())
}

/// Renames and syncs the folder: after a power cut it is at one place or the other.
pub(crate) fn rename(from: &Path, to: &Path) -> io::Result<()> {
    fs::rename(from, to)?;
    sync_folder_of(to)
}

/// Overwrites with zeros, syncs, unlinks, syncs the folder. A file that is not there is no error.
///
/// On flash the old cells may live on until the drive clears them; what they hold is sealed.
pub(crate) fn destroy(path: &Path) -> io::Result<()> {
    match OpenOptions::new().write(true).open(path) {
        Ok(file) => overwrite(file)?,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        // Unlinking needs the folder's permission alone.
        Err(_) => {}
    }
    remove(path)?;
    sync_folder_of(path)
}

/// Removes a file; one that is not there is no error.
pub(crate) fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Whether something is at `path`, a link to nowhere included.
pub(crate) fn present(path: &Path) -> io::Result<bool> {
    match fs::symlink_metadata(path) {
        Ok(_) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

/// What tells the file from another one that has its name later; nothing where a system does not say.
pub(crate) fn identity(path: &Path) -> Option<(u64, u64)> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        fs::metadata(path).ok().map(|file| (file.dev(), file.ino()))
    }
    #[cfg(not(unix))]
    {
        let _ = path;
        None
    }
}

/// `path` with `suffix` behind its last part.
pub(crate) fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

/// Syncs the folder that holds `path`, where a system lets folders be synced.
pub(crate) fn sync_folder_of(path: &Path) -> io::Result<()> {
    #[cfg(unix)]
    {
        let folder = path.parent().filter(|parent| !parent.as_os_str().is_empty());
        File::open(folder.unwrap_or(Path::new(".")))?.sync_all()?;
    }
    #[cfg(not(unix))]
    let _ = path;
    Ok(())
}

fn overwrite(mut file: File) -> io::Result<()> {
    let mut left = file.metadata()?.len();
    file.seek(SeekFrom::Start(0))?;
    let zeros = [0; 4096];
    while left > 0 {
        let part = zeros.len().min(usize::try_from(left).unwrap_or(usize::MAX));
        file.write_all(&zeros[..part])?;
        left -= part as u64;
    }
    file.sync_all()
}
