//! A vault that will not open says why, in words of its own for each cause, and nothing is deleted:
//! every file is as it was, and where the cause can be mended, the vault opens again.

use std::fs;
use std::path::{Path, PathBuf};

use attune_core::Error;
use attune_core::companion::Companion;
use attune_core::vault::{
    FileKeyStore, FileKeyStoreError, KdfCost, Passphrase, STORE_FILE, VaultError,
};
use attune_tests::files::all_below;
use attune_tests::home::{Home, entropy};
use attune_tests::world::monday;
use tempfile::TempDir;

/// A phone with a moment, closed.
fn phone() -> (TempDir, Home) {
    let root = tempfile::tempdir().unwrap();
    let home = Home::at(&root.path().join("phone"));
    let mut phone = home.new_phone();
    phone.flag(monday()).unwrap();
    phone.close().unwrap();
    (root, home)
}

fn why(opened: Result<Companion, Error>) -> VaultError {
    match opened {
        Err(Error::Vault(error)) => error,
        Err(error) => panic!("{error}"),
        Ok(_) => panic!("it opened"),
    }
}

fn edit(path: &Path, change: impl FnOnce(&mut Vec<u8>)) {
    let mut bytes = fs::read(path).unwrap();
    change(&mut bytes);
    fs::write(path, bytes).unwrap();
}

/// Something happens to the folder; the answer is that error; and opening has changed no file.
fn answers(wanted: VaultError, happens: impl FnOnce(&Home)) {
    let (_root, home) = phone();
    // Opened before: the store itself is not what is tried.
    let store = home.store();
    happens(&home);
    let before = all_below(home.folder());
    let opened = Companion::open(home.folder(), &store, None, entropy());
    assert_eq!(why(opened), wanted);
    assert!(all_below(home.folder()) == before, "a file was changed, made or removed");
}

fn file(home: &Home, name: &str) -> PathBuf {
    home.folder().join(name)
}

#[test]
fn nothing_at_all_is_absent() {
    answers(VaultError::Absent, |home| {
        fs::remove_file(file(home, "vault.db")).unwrap();
        fs::remove_file(file(home, "vault.key")).unwrap();
    });
}

#[test]
fn a_missing_key_file_is_not_damage() {
    answers(VaultError::KeyMissing, |home| fs::remove_file(file(home, "vault.key")).unwrap());
}

#[test]
fn a_missing_database_is_not_made_anew() {
    answers(VaultError::DatabaseMissing, |home| fs::remove_file(file(home, "vault.db")).unwrap());
}

#[test]
fn another_vaults_key_is_a_wrong_key() {
    let (_other_root, other) = phone();
    answers(VaultError::WrongKey, |home| {
        fs::copy(file(&other, "vault.key"), file(home, "vault.key")).unwrap();
    });
}

#[test]
fn another_vaults_database_is_damage() {
    let (_other_root, other) = phone();
    answers(VaultError::Damaged, |home| {
        fs::copy(file(&other, "vault.db"), file(home, "vault.db")).unwrap();
    });
}

#[test]
fn one_flipped_bit_on_the_first_page_is_damage() {
    answers(VaultError::Damaged, |home| edit(&file(home, "vault.db"), |bytes| bytes[100] ^= 1));
}

#[test]
fn a_truncated_database_is_damage() {
    for length in [0, 1, 4_095] {
        answers(VaultError::Damaged, |home| {
            edit(&file(home, "vault.db"), |bytes| bytes.truncate(length));
        });
    }
}

#[test]
fn a_damaged_key_file_is_damage() {
    answers(VaultError::Damaged, |home| edit(&file(home, "vault.key"), |bytes| bytes[40] ^= 1));
}

#[test]
fn a_newer_schema_is_refused() {
    answers(VaultError::NewerSchema, |home| {
        let mut phone = home.open_phone().unwrap();
        let raised: Result<(), VaultError> =
            phone.vault().write(|db| Ok(db.execute_batch("PRAGMA user_version = 9999")?));
        raised.unwrap();
        phone.close().unwrap();
    });
}

#[test]
fn a_second_opener_is_told_that_it_is_in_use() {
    let (_root, home) = phone();
    let first = home.open_phone().unwrap();
    assert_eq!(why(home.open_phone()), VaultError::Busy);
    first.close().unwrap();
    home.open_phone().unwrap().close().unwrap();
}

#[test]
fn a_flipped_bit_further_on_is_found_and_deletes_nothing() {
    let (_root, home) = phone();
    let mut phone = home.open_phone().unwrap();
    for _ in 0..200 {
        let moment = phone.flag(monday()).unwrap();
        phone.set_note(moment, Some(&"x".repeat(400))).unwrap();
    }
    phone.close().unwrap();
    let path = file(&home, "vault.db");
    edit(&path, |bytes| {
        let at = bytes.len() - 2_000;
        bytes[at] ^= 1;
    });
    let before = fs::read(&path).unwrap();
    let found = match home.open_phone() {
        Ok(mut phone) => {
            let found = phone.vault().verify().unwrap_err();
            phone.close().unwrap();
            found
        }
        Err(_) => why(home.open_phone()),
    };
    assert_eq!(found, VaultError::Damaged);
    assert!(fs::read(&path).unwrap() == before);
}

#[test]
fn a_full_disk_loses_nothing_and_goes_on_when_there_is_room() {
    let (_root, home) = phone();
    let mut phone = home.open_phone().unwrap();
    let limit = |phone: &mut Companion, pages: &str| {
        let set: Result<i64, VaultError> = phone.vault().write(|db| {
            let sql = format!("PRAGMA max_page_count = {pages}");
            Ok(db.query_row(&sql, [], |row| row.get(0))?)
        });
        set.unwrap();
    };
    limit(&mut phone, "1");
    let mut marked = 1;
    let full = loop {
        match phone.flag(monday()).and_then(|id| {
            marked += 1;
            phone.set_note(id, Some(&"x".repeat(500)))
        }) {
            Ok(()) => assert!(marked < 10_000, "it never fills up"),
            Err(error) => break error,
        }
    };
    assert!(matches!(full, Error::Vault(VaultError::DiskFull)), "{full}");
    assert_eq!(phone.moments(None, u32::MAX).unwrap().len(), marked);
    limit(&mut phone, "1073741823");
    phone.flag(monday()).unwrap();
    phone.close().unwrap();
    let phone = home.open_phone().unwrap();
    assert_eq!(phone.moments(None, u32::MAX).unwrap().len(), marked + 1);
    phone.close().unwrap();
}

#[test]
fn the_other_sides_vault_is_refused() {
    let (_root, home) = phone();
    assert!(matches!(home.open_desk(), Err(Error::WrongSide)));
    home.open_phone().unwrap().close().unwrap();
}

#[test]
fn a_key_store_tells_its_own_troubles_apart() {
    let root = tempfile::tempdir().unwrap();
    let path = root.path().join(STORE_FILE);
    let phrase = |text: &str| Passphrase::new(text.to_owned());
    let open = |text: &str| FileKeyStore::open(&path, &phrase(text)).err();
    assert_eq!(open("right"), Some(FileKeyStoreError::Absent));
    FileKeyStore::create(&path, &phrase("right"), KdfCost::LEAST, &mut *entropy()).unwrap();
    assert_eq!(open("right"), None);
    assert_eq!(open("wrong"), Some(FileKeyStoreError::WrongPassphrase));
    let whole = fs::read(&path).unwrap();
    for (name, change) in [
        ("flipped", (|bytes: &mut Vec<u8>| bytes[50] ^= 1) as fn(&mut Vec<u8>)),
        ("short", |bytes| bytes.truncate(60)),
        ("long", |bytes| bytes.push(0)),
        ("empty", Vec::clear),
    ] {
        edit(&path, change);
        assert_eq!(open("right"), Some(FileKeyStoreError::Damaged), "{name}");
        fs::write(&path, &whole).unwrap();
    }
    assert_eq!(open("right"), None, "as it was");
}

#[test]
fn a_locked_store_is_not_a_gone_one() {
    let (_root, home) = phone();
    let path = file(&home, STORE_FILE);
    let open = |store: &FileKeyStore| why(Companion::open(home.folder(), store, None, entropy()));
    assert_eq!(open(&FileKeyStore::locked(&path)), VaultError::Locked);
    fs::rename(&path, file(&home, "elsewhere")).unwrap();
    assert_eq!(open(&FileKeyStore::locked(&path)), VaultError::KeyMissing);
    fs::rename(file(&home, "elsewhere"), &path).unwrap();
    home.open_phone().unwrap().close().unwrap();
}

#[test]
fn a_passcode_is_asked_for_and_a_wrong_one_refused() {
    let (_root, home) = phone();
    let store = home.store();
    let code = Passphrase::new("0917".to_owned());
    let mut phone = home.open_phone().unwrap();
    phone.vault().set_passcode_at(&store, Some((&code, KdfCost::LEAST)), &mut *entropy()).unwrap();
    phone.close().unwrap();
    let open = |code: Option<&Passphrase>| Companion::open(home.folder(), &store, code, entropy());
    assert_eq!(why(open(None)), VaultError::PasscodeNeeded);
    let wrong = Passphrase::new("0918".to_owned());
    assert_eq!(why(open(Some(&wrong))), VaultError::WrongPasscode);
    open(Some(&code)).unwrap().close().unwrap();
}
