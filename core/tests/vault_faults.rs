//! Bad keys, missing and damaged files, a full disk, a newer schema: each has its name, and nothing is deleted.

mod vault_home;

use std::fs;
use std::path::PathBuf;

use attune_cipher::rusqlite::params;
use attune_core::entropy::SystemEntropy;
use attune_core::vault::{DATABASE_FILE, FileKeyStore, KEY_FILE, STORE_FILE, Vault, VaultError};
use proptest::prelude::*;

use vault_home::{Home, phrase, put, take};

/// A closed vault with some hundred rows.
fn filled() -> Home {
    let home = Home::new();
    let mut vault = home.create();
    vault
        .write(|db| -> Result<(), VaultError> {
            for number in 0..200 {
                let name = format!("row {number}");
                db.execute("INSERT INTO setting (name, value) VALUES (?1, zeroblob(300))", [name])?;
            }
            Ok(())
        })
        .unwrap();
    vault.close().unwrap();
    home
}

fn edit(path: PathBuf, change: impl FnOnce(&mut Vec<u8>)) {
    let mut bytes = fs::read(&path).unwrap();
    change(&mut bytes);
    fs::write(path, bytes).unwrap();
}

#[test]
fn every_state_of_the_two_files_has_its_name() {
    type Change = fn(&Home);
    let cases: [(&str, Change, VaultError); 13] = [
        (
            "no files",
            |h| {
                fs::remove_dir_all(h.dir()).unwrap();
            },
            VaultError::Absent,
        ),
        (
            "no database",
            |h| fs::remove_file(h.dir().join(DATABASE_FILE)).unwrap(),
            VaultError::DatabaseMissing,
        ),
        (
            "no key file",
            |h| fs::remove_file(h.dir().join(KEY_FILE)).unwrap(),
            VaultError::KeyMissing,
        ),
        (
            "neither, but a store",
            |h| {
                fs::remove_file(h.dir().join(DATABASE_FILE)).unwrap();
                fs::remove_file(h.dir().join(KEY_FILE)).unwrap();
            },
            VaultError::Absent,
        ),
        (
            "an empty database",
            |h| edit(h.dir().join(DATABASE_FILE), Vec::clear),
            VaultError::Damaged,
        ),
        (
            "a database of one byte",
            |h| edit(h.dir().join(DATABASE_FILE), |b| b.truncate(1)),
            VaultError::Damaged,
        ),
        (
            "a cut database",
            |h| edit(h.dir().join(DATABASE_FILE), |b| b.truncate(b.len() - 4096)),
            VaultError::Damaged,
        ),
        (
            "a database cut within a page",
            |h| edit(h.dir().join(DATABASE_FILE), |b| b.truncate(5000)),
            VaultError::Damaged,
        ),
        (
            "a garbage first page",
            |h| edit(h.dir().join(DATABASE_FILE), |b| b[..4096].fill(0x5a)),
            VaultError::Damaged,
        ),
        (
            "a plain database",
            |h| {
                edit(h.dir().join(DATABASE_FILE), |b| {
                    b[..16].copy_from_slice(b"SQLite format 3\0");
                });
            },
            VaultError::Damaged,
        ),
        ("an empty key file", |h| edit(h.dir().join(KEY_FILE), Vec::clear), VaultError::Damaged),
        (
            "a cut key file",
            |h| edit(h.dir().join(KEY_FILE), |b| b.truncate(b.len() / 2)),
            VaultError::Damaged,
        ),
        (
            "a long key file",
            |h| edit(h.dir().join(KEY_FILE), |b| b.resize(100_000, 0)),
            VaultError::Damaged,
        ),
    ];
    for (name, change, expected) in cases {
        let home = filled();
        change(&home);
        let before = home.files();
        assert_eq!(home.open().err(), Some(expected), "{name}");
        assert_eq!(home.files(), before, "{name}: nothing was made, changed or removed");
    }
}

#[test]
fn a_wrong_key_touches_nothing_not_even_after_a_kill() {
    let home = filled();
    let other = Home::new();
    other.create().close().unwrap();
    // A journal of a killed process: whoever has the wrong key must not roll it back.
    fs::write(home.dir().join("vault.db-journal"), b"not empty").unwrap();
    let before = home.files();
    assert_eq!(Vault::open(&home.dir(), &other.store, None).err(), Some(VaultError::WrongKey));
    assert_eq!(home.files(), before);

    // Another vault's key file, with the store that opens it: the key is right for that file, not for this database.
    fs::copy(other.dir().join(KEY_FILE), home.dir().join(KEY_FILE)).unwrap();
    fs::remove_file(home.dir().join("vault.db-journal")).unwrap();
    let before = home.files();
    assert_eq!(Vault::open(&home.dir(), &other.store, None).err(), Some(VaultError::Damaged));
    assert_eq!(home.files(), before);
}

#[test]
fn killed_in_a_transaction_what_was_committed_is_there() {
    let home = filled();
    let mut vault = home.open().unwrap();
    put(&mut vault, "committed", b"before the kill").unwrap();
    let killed = Home::new();
    fs::create_dir_all(killed.dir()).unwrap();
    let outcome: Result<(), VaultError> = vault.write(|db| {
        db.execute_batch("PRAGMA cache_size = 2; PRAGMA cache_spill = 1")?;
        for number in 0..400 {
            let name = format!("half {number}");
            db.execute("INSERT INTO setting (name, value) VALUES (?1, randomblob(900))", [name])?;
        }
        // What a killed process leaves is what is in its files now.
        for (path, bytes) in home.files() {
            fs::write(killed.dir().join(path.file_name().unwrap()), bytes).unwrap();
        }
        Ok(())
    });
    outcome.unwrap();
    let journal = killed.dir().join("vault.db-journal");
    assert!(fs::metadata(&journal).unwrap().len() > 0, "there is something to roll back");
    let store =
        FileKeyStore::open(&killed.dir().join(STORE_FILE), &phrase("of the store")).unwrap();
    let after = Vault::open(&killed.dir(), &store, None).unwrap();
    after.verify().unwrap();
    assert_eq!(take(&after, "committed").unwrap(), b"before the kill");
    assert!(take(&after, "half 0").is_err());
    after.close().unwrap();
    assert!(!journal.exists());
}

#[test]
fn a_newer_schema_is_refused_and_not_changed() {
    let home = filled();
    let mut vault = home.open().unwrap();
    let raised: Result<(), VaultError> =
        vault.write(|db| Ok(db.pragma_update(None, "user_version", 9_999)?));
    raised.unwrap();
    vault.close().unwrap();
    let before = home.files();
    assert_eq!(home.open().err(), Some(VaultError::NewerSchema));
    assert_eq!(home.files(), before);
}

#[test]
fn a_full_disk_is_told_and_what_was_there_stays() {
    let home = filled();
    let mut vault = home.open().unwrap();
    let pages: i64 = vault
        .read(|db| Ok::<_, VaultError>(db.query_row("PRAGMA page_count", [], |row| row.get(0))?))
        .unwrap();
    let limit = format!("PRAGMA max_page_count = {}", pages + 2);
    vault.read(|db| Ok::<_, VaultError>(db.query_row(&limit, [], |_| Ok(()))?)).unwrap();
    let full = put(&mut vault, "large", &[7; 100_000]);
    assert_eq!(full, Err(VaultError::DiskFull));
    put(&mut vault, "small", b"fits").unwrap();
    assert_eq!(take(&vault, "row 199").unwrap(), [0; 300]);
    vault.verify().unwrap();
    vault.close().unwrap();
    assert_eq!(take(&home.open().unwrap(), "small").unwrap(), b"fits");
}

#[cfg(target_os = "linux")]
#[test]
fn a_folder_that_cannot_be_written_is_told() {
    // /proc takes no new folder, from root either.
    let store = Home::new();
    let made = Vault::create(
        std::path::Path::new("/proc/attune"),
        &store.store,
        None,
        &mut SystemEntropy::new(),
    );
    assert!(matches!(made.err(), Some(VaultError::Io(_))));
}

#[test]
fn a_statement_that_is_wrong_keeps_its_code_and_no_data() {
    let home = Home::new();
    let mut vault = home.create();
    put(&mut vault, "one", b"first").unwrap();
    let twice = put(&mut vault, "one", b"a secret value").unwrap_err();
    // SQLITE_CONSTRAINT_PRIMARYKEY
    assert_eq!(twice, VaultError::Statement(1555));
    assert!(!twice.to_string().contains("secret"));
    let shape: Result<i64, VaultError> =
        vault.read(|db| Ok(db.query_row("SELECT name FROM setting", params![], |row| row.get(0))?));
    assert_eq!(shape, Err(VaultError::Damaged));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn one_damaged_byte_is_always_told_and_changes_nothing(
        file in prop::sample::select(vec![DATABASE_FILE, KEY_FILE]),
        at in any::<prop::sample::Index>(),
        flip in 1u8..,
    ) {
        let home = filled();
        edit(home.dir().join(file), |bytes| {
            let at = at.index(bytes.len());
            bytes[at] ^= flip;
        });
        let before = home.files();
        match home.open() {
            // A page that opening did not need.
            Ok(vault) => {
                prop_assert_eq!(file, DATABASE_FILE);
                prop_assert_eq!(vault.verify(), Err(VaultError::Damaged));
                let rows: Result<i64, VaultError> = vault.read(|db| {
                    Ok(db.query_row("SELECT sum(length(value)) FROM setting", [], |row| row.get(0))?)
                });
                prop_assert!(rows == Ok(60_000) || rows == Err(VaultError::Damaged), "{:?}", rows);
                vault.close().unwrap();
            }
            Err(error) => prop_assert_eq!(error, VaultError::Damaged),
        }
        prop_assert_eq!(home.files(), before);
    }
}
