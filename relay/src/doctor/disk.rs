//! Whether what is written stays, and whether there is room.

use std::fs::{File, OpenOptions};
use std::io::{self, Write as _};
use std::path::Path;

use super::Findings;
use crate::config::Config;

const ABOUT: &str = "disk";
const MIB: u64 = 1 << 20;

pub(super) fn look(config: &Config, database: &Path, found: &mut Findings) {
    let folder = match database.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    match keeps(folder) {
        Ok(()) => found.ok(ABOUT, "the database's folder can be written and synced"),
        Err(error) => {
            let says = format!(
                "the database's folder cannot be written and synced: {}; it must be there and \
                 belong to the relay's user",
                error.kind()
            );
            return found.bad(ABOUT, says);
        }
    }
    let used = std::fs::metadata(database).map_or(0, |file| file.len());
    #[cfg(unix)]
    system(folder, config.max_bytes.map(|most| most.saturating_sub(used)), found);
    #[cfg(not(unix))]
    let _ = (config, used, MIB);
}

/// Writes a small file to the disk itself, and its name; then removes it.
fn keeps(folder: &Path) -> io::Result<()> {
    let path = folder.join(format!(".attune-doctor-{}", std::process::id()));
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&path)?;
    let kept = file.write_all(&[0; 4_096]).and_then(|()| file.sync_all());
    let removed = std::fs::remove_file(&path);
    kept.and(removed)?;
    #[cfg(unix)]
    File::open(folder)?.sync_all()?;
    Ok(())
}

/// Room, and the kind of file system. `growth`: what the database may still grow by, if that is known.
#[cfg(unix)]
fn system(folder: &Path, growth: Option<u64>, found: &mut Findings) {
    let Ok(folder) = File::open(folder) else { return };
    if let Ok(space) = rustix::fs::fstatvfs(&folder) {
        let free = space.f_bavail.saturating_mul(space.f_frsize);
        let mib = free / MIB;
        if free < 64 * MIB {
            found.bad(ABOUT, format!("{mib} MiB are free: make room"));
        } else if free < 1_024 * MIB {
            found.look(ABOUT, format!("{mib} MiB are free; a lane needs about 10 KiB"));
        } else if growth.is_some_and(|growth| growth > free) {
            let says = format!("{mib} MiB are free, less than --max-mib lets the database grow by");
            found.look(ABOUT, says);
        } else {
            found.ok(ABOUT, format!("{mib} MiB are free"));
        }
    }
    #[cfg(target_os = "linux")]
    if let Some(says) = rustix::fs::fstatfs(&folder).ok().and_then(|system| kind(&system)) {
        found.look(ABOUT, says);
    }
}

/// What is wrong with keeping a database there; numbers from `linux/magic.h`.
#[cfg(target_os = "linux")]
fn kind(system: &rustix::fs::StatFs) -> Option<&'static str> {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "the numbers have 32 bits, in a wider field"
    )]
    #[expect(clippy::cast_sign_loss, reason = "the numbers have 32 bits, in a wider field")]
    match system.f_type as u32 {
        0x0102_1994 | 0x8584_58f6 => Some("the database lies in memory: a restart loses it"),
        0x794c_7630 => Some("the database lies in a container's own layer: mount a volume for it"),
        0x6969 | 0xff53_4d42 | 0xfe53_4d42 | 0x517b | 0x0102_1997 | 0x6573_5546 => Some(
            "the database lies on another machine's disk: SQLite's locks may not hold there; use \
             a disk of this machine, or PostgreSQL",
        ),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::Verdict;
    use super::*;

    #[test]
    fn a_folder_that_keeps_and_one_that_is_not_there() {
        let folder = tempfile::tempdir().unwrap();
        let config = Config::trial(folder.path().join("relay.db"));
        let mut found = Findings::default();
        look(&config, &folder.path().join("relay.db"), &mut found);
        assert!(found.worst(ABOUT) < Verdict::Bad, "{:?}", found.0);
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "nothing is left there");
        let mut found = Findings::default();
        look(&config, &folder.path().join("none/relay.db"), &mut found);
        assert_eq!(found.worst(ABOUT), Verdict::Bad);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_database_in_memory_is_pointed_out() {
        let memory = Path::new("/dev/shm");
        if memory.is_dir() {
            let system = rustix::fs::statfs(memory).unwrap();
            assert!(kind(&system).is_some_and(|says| says.contains("memory")));
        }
        assert_eq!(kind(&rustix::fs::statfs("/proc").unwrap()), None);
    }
}
