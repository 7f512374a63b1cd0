//! A vault's life: made, opened, written, closed, opened again, ended.

mod vault_home;

use std::fs;

use attune_cipher::rusqlite::{Connection, OpenFlags};
use attune_core::entropy::SystemEntropy;
use attune_core::vault::{
    DATABASE_FILE, FileKeyStore, KEY_FILE, KdfCost, STORE_FILE, Vault, VaultError,
};
use chrono::DateTime;

use vault_home::{Home, cheap, phrase, put, take};

#[test]
fn what_is_written_is_there_after_closing_and_opening() {
    let home = Home::new();
    assert!(!Vault::exists(&home.dir()));
    let mut vault = home.create();
    put(&mut vault, "one", b"first").unwrap();
    vault.close().unwrap();

    assert!(Vault::exists(&home.dir()));
    let vault = home.open().unwrap();
    assert_eq!(take(&vault, "one").unwrap(), b"first");
    vault.verify().unwrap();
}

#[test]
fn a_failed_write_leaves_nothing_and_a_read_cannot_write() {
    let home = Home::new();
    let mut vault = home.create();
    let failed: Result<(), VaultError> = vault.write(|db| {
        db.execute("INSERT INTO setting (name, value) VALUES ('half', x'00')", [])?;
        Err(VaultError::Absent)
    });
    assert_eq!(failed, Err(VaultError::Absent));
    assert!(take(&vault, "half").is_err());

    let refused: Result<(), VaultError> = vault.read(|db| {
        db.execute("INSERT INTO setting (name, value) VALUES ('read', x'00')", [])?;
        Ok(())
    });
    assert_eq!(refused, Err(VaultError::Io(std::io::ErrorKind::PermissionDenied)));
    assert!(take(&vault, "read").is_err());
    put(&mut vault, "read", b"written after all").unwrap();
    let nested: Result<Vec<u8>, VaultError> = vault.read(|_| take(&vault, "read"));
    assert_eq!(nested.unwrap(), b"written after all");
}

#[test]
fn a_vault_goes_to_another_thread() {
    let home = Home::new();
    let mut vault = home.create();
    let thread = std::thread::spawn(move || {
        put(&mut vault, "one", b"from elsewhere").unwrap();
        vault
    });
    assert_eq!(take(&thread.join().unwrap(), "one").unwrap(), b"from elsewhere");
}

#[test]
fn a_second_opener_is_told_busy_and_the_first_goes_on() {
    let home = Home::new();
    let mut first = home.create();
    assert_eq!(home.open().err(), Some(VaultError::Busy));
    put(&mut first, "one", b"first").unwrap();
    drop(first);
    assert_eq!(take(&home.open().unwrap(), "one").unwrap(), b"first");
}

#[test]
fn closing_leaves_no_side_file_and_no_lock() {
    let home = Home::new();
    let mut vault = home.create();
    put(&mut vault, "one", b"first").unwrap();
    for end in ["close", "drop"] {
        match end {
            "close" => vault.close().unwrap(),
            _ => drop(vault),
        }
        let mut names: Vec<_> = fs::read_dir(home.dir())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        assert_eq!(names, [STORE_FILE, DATABASE_FILE, KEY_FILE], "after {end}");
        // An exclusive lock on the file itself, without its key: SQLite locks before it reads.
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE;
        let other = Connection::open_with_flags(home.dir().join(DATABASE_FILE), flags).unwrap();
        other.busy_timeout(std::time::Duration::ZERO).unwrap();
        let code = other.execute_batch("BEGIN EXCLUSIVE").unwrap_err().sqlite_error_code();
        assert_eq!(code, Some(attune_cipher::rusqlite::ErrorCode::NotADatabase), "after {end}");
        drop(other);
        vault = home.open().unwrap();
        put(&mut vault, end, b"again").unwrap();
    }
}

#[test]
fn a_vault_is_not_made_over_another() {
    let home = Home::new();
    home.create().close().unwrap();
    let before = home.files();
    for kept in [&[DATABASE_FILE, KEY_FILE][..], &[DATABASE_FILE], &[KEY_FILE]] {
        let home = Home::new();
        home.create().close().unwrap();
        for name in [DATABASE_FILE, KEY_FILE] {
            if !kept.contains(&name) {
                fs::remove_file(home.dir().join(name)).unwrap();
            }
        }
        let files = home.files();
        assert!(Vault::exists(&home.dir()));
        let refused = Vault::create(&home.dir(), &home.store, None, &mut SystemEntropy::new());
        assert_eq!(refused.err(), Some(VaultError::Exists), "with {kept:?}");
        assert_eq!(home.files(), files);
    }
    assert_eq!(home.files(), before);
}

#[test]
fn a_creation_that_was_cut_off_is_finished_or_started_anew() {
    let home = Home::new();
    let mut vault = home.create();
    put(&mut vault, "one", b"first").unwrap();
    vault.close().unwrap();
    // Cut off between the two last renames: the key is in place, the database has its first name.
    let (database, new) = (home.dir().join(DATABASE_FILE), home.dir().join("vault.db.new"));
    fs::rename(&database, &new).unwrap();
    let vault = home.open().unwrap();
    assert_eq!(take(&vault, "one").unwrap(), b"first");
    vault.close().unwrap();
    // Cut off before that: there never was a vault.
    fs::rename(&database, &new).unwrap();
    fs::remove_file(home.dir().join(KEY_FILE)).unwrap();
    assert_eq!(home.open().err(), Some(VaultError::Absent));
    assert!(!Vault::exists(&home.dir()));
    home.create().close().unwrap();
    assert!(!new.exists());
}

#[test]
fn starting_over_moves_the_old_files_aside_and_they_still_open() {
    let home = Home::new();
    let mut vault = home.create();
    put(&mut vault, "one", b"first").unwrap();
    vault.close().unwrap();
    let before: Vec<_> = home.files().into_iter().map(|(_, bytes)| bytes).collect();

    let now = DateTime::parse_from_rfc3339("2026-03-04T05:06:07+01:00").unwrap();
    let aside = Vault::start_over(&home.dir(), now).unwrap();
    assert_eq!(aside, home.dir().join("aside-20260304-050607"));
    assert!(!Vault::exists(&home.dir()));
    assert_eq!(home.files().into_iter().map(|(_, bytes)| bytes).collect::<Vec<_>>(), before);
    assert_eq!(Vault::start_over(&home.dir(), now), Err(VaultError::Absent));

    let store = FileKeyStore::open(&aside.join(STORE_FILE), &phrase("of the store")).unwrap();
    let old = Vault::open(&aside, &store, None).unwrap();
    assert_eq!(take(&old, "one").unwrap(), b"first");
    old.close().unwrap();
    home.create().close().unwrap();
    let second = Vault::start_over(&home.dir(), now).unwrap();
    assert_eq!(second, home.dir().join("aside-20260304-050607-1"));
}

#[test]
fn deleting_all_leaves_no_file_whatever_state_it_finds() {
    let now = DateTime::parse_from_rfc3339("2026-03-04T05:06:07+01:00").unwrap();
    for gone in [
        &[][..],
        &[KEY_FILE],
        &[DATABASE_FILE],
        &[STORE_FILE],
        &[KEY_FILE, STORE_FILE, DATABASE_FILE],
    ] {
        let home = Home::new();
        home.create().close().unwrap();
        Vault::start_over(&home.dir(), now).unwrap();
        let home = home.with_new_store();
        home.create().close().unwrap();
        fs::write(home.dir().join("vault.db-journal"), b"left by a kill").unwrap();
        for name in gone {
            fs::remove_file(home.dir().join(name)).unwrap();
        }
        // Without the passphrase.
        let store = FileKeyStore::locked(&home.dir().join(STORE_FILE));
        Vault::delete_all(&home.dir(), &store).unwrap();
        assert_eq!(home.files(), [], "with {gone:?} gone before");
        assert_eq!(home.open().err(), Some(VaultError::Absent));
        Vault::delete_all(&home.dir(), &store).unwrap();
    }
}

#[test]
fn deleting_all_spares_what_is_not_ours_and_works_on_an_open_vault() {
    let home = Home::new();
    let mut vault = home.create();
    let other = home.dir().join("letter.txt");
    fs::write(&other, b"not ours").unwrap();
    Vault::delete_all(&home.dir(), &home.store).unwrap();
    assert_eq!(home.files(), [(other, b"not ours".to_vec())]);
    // Whoever still has it open writes to nowhere, or is refused; nothing comes back.
    let _ = put(&mut vault, "late", b"row");
    drop(vault);
    assert_eq!(home.files().len(), 1);
}

#[test]
fn a_passcode_is_set_changed_and_removed() {
    let home = Home::new();
    let mut vault = home.create();
    assert_eq!(Vault::needs_passcode(&home.dir()), Ok(false));
    let entropy = &mut SystemEntropy::new();
    let open = |passcode: Option<&str>| {
        Vault::open(&home.dir(), &home.store, passcode.map(phrase).as_ref())
    };
    for (set, others) in [
        (Some("first"), [None, Some("second")]),
        (Some("second"), [None, Some("first")]),
        (None, [None, Some("not looked at")]),
    ] {
        let given = set.map(phrase);
        vault.set_passcode_at(&home.store, given.as_ref().map(cheap), entropy).unwrap();
        vault.close().unwrap();
        assert_eq!(Vault::needs_passcode(&home.dir()), Ok(set.is_some()));
        for other in others {
            let expected = match (set, other) {
                (None, _) => None,
                (Some(_), None) => Some(VaultError::PasscodeNeeded),
                (Some(_), Some(_)) => Some(VaultError::WrongPasscode),
            };
            assert_eq!(open(other).err(), expected, "{set:?} was set, {other:?} given");
        }
        vault = open(set).unwrap();
    }
    vault.close().unwrap();

    let standard = phrase("made with one");
    let home = Home::new();
    let made = Vault::create(&home.dir(), &home.store, Some(&standard), entropy).unwrap();
    made.close().unwrap();
    assert_eq!(home.open().err(), Some(VaultError::PasscodeNeeded));
    Vault::open(&home.dir(), &home.store, Some(&standard)).unwrap();
}

#[cfg(unix)]
#[test]
fn files_are_the_owners_alone() {
    use std::os::unix::fs::PermissionsExt;
    let home = Home::new();
    let mut vault = home.create();
    put(&mut vault, "one", b"first").unwrap();
    let mode = |path: &std::path::Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&home.dir()), 0o700);
    for (path, _) in home.files() {
        assert_eq!(mode(&path), 0o600, "{path:?} while open");
    }
    vault.close().unwrap();
    for (path, _) in home.files() {
        assert_eq!(mode(&path), 0o600, "{path:?} after closing");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
    }
    home.open().unwrap().close().unwrap();
    FileKeyStore::open(&home.dir().join(STORE_FILE), &phrase("of the store")).unwrap();
    for (path, _) in home.files() {
        assert_eq!(mode(&path), 0o600, "{path:?} after it was widened");
    }
}

#[test]
fn delete_all_also_ends_an_unfinished_key_store_that_was_moved_aside() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path();
    let mut entropy = SystemEntropy::new();
    let path = dir.join(STORE_FILE);
    let store =
        FileKeyStore::create(&path, &phrase("of the store"), KdfCost::LEAST, &mut entropy).unwrap();
    Vault::create(dir, &store, None, &mut entropy).unwrap().close().unwrap();
    // Killed while the store's passphrase was being changed.
    fs::copy(&path, dir.join(format!("{STORE_FILE}.new"))).unwrap();
    let aside =
        Vault::start_over(dir, DateTime::parse_from_rfc3339("2026-03-02T09:30:00Z").unwrap());
    let aside = aside.unwrap();
    let store =
        FileKeyStore::create(&path, &phrase("of the store"), KdfCost::LEAST, &mut entropy).unwrap();
    Vault::delete_all(dir, &store).unwrap();
    assert!(!aside.exists());
    assert_eq!(fs::read_dir(dir).unwrap().count(), 0);
}

#[test]
fn what_an_unfinished_change_left_goes_with_the_next_owner_or_the_next_change() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path();
    let mut entropy = SystemEntropy::new();
    let path = dir.join(STORE_FILE);
    let phrase = phrase("of the store");
    let store = FileKeyStore::create(&path, &phrase, KdfCost::LEAST, &mut entropy).unwrap();
    Vault::create(dir, &store, None, &mut entropy).unwrap().close().unwrap();
    let left = |name: &str| dir.join(format!("{name}.new"));
    for name in [STORE_FILE, KEY_FILE] {
        fs::copy(dir.join(name), left(name)).unwrap();
    }
    let store = FileKeyStore::open(&path, &phrase).unwrap();
    // Another process may be about to put it in place: unlocking only reads.
    assert_eq!(fs::read(left(STORE_FILE)).unwrap(), fs::read(&path).unwrap());
    Vault::open(dir, &store, None).unwrap().close().unwrap();
    assert!(!left(KEY_FILE).exists());
    store.change_passphrase(&phrase, &phrase, KdfCost::LEAST, &mut entropy).unwrap();
    assert!(!left(STORE_FILE).exists());
}
