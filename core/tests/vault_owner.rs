//! Only who holds a vault changes its files, and only its own.

mod vault_home;

use std::fs;

use attune_core::Error;
use attune_core::companion::Companion;
use attune_core::entropy::SystemEntropy;
use attune_core::vault::{KEY_FILE, Vault, VaultError};
use chrono::DateTime;

use vault_home::{Home, phrase, put, take};

/// What a change of the passcode that is under way has beside the key file.
const UNDER_WAY: &str = "vault.key.new";

#[test]
fn whoever_only_looks_leaves_a_change_of_the_passcode_alone() {
    let home = Home::new();
    let vault = home.create();
    let next = home.dir().join(UNDER_WAY);
    fs::write(&next, "a key that is about to be in place").unwrap();
    assert_eq!(Vault::needs_passcode(&home.dir()), Ok(false));
    assert_eq!(home.open().err(), Some(VaultError::Busy));
    // It may have its final name by the time that it is overwritten.
    assert_eq!(fs::read(&next).unwrap(), b"a key that is about to be in place");
    vault.close().unwrap();
    home.open().unwrap().close().unwrap();
    assert!(!next.exists(), "who holds the vault clears up");
}

#[test]
fn whoever_only_looks_gives_no_database_its_name() {
    let home = Home::new();
    home.create().close().unwrap();
    let (database, new) = (home.dir().join("vault.db"), home.dir().join("vault.db.new"));
    fs::rename(&database, &new).unwrap();
    assert_eq!(Vault::needs_passcode(&home.dir()), Ok(false));
    assert!(new.exists() && !database.exists());
    home.open().unwrap().close().unwrap();
    assert!(database.exists());
}

#[test]
fn a_key_sealed_anew_takes_no_other_vaults_place() {
    let home = Home::new();
    let mut old = home.create();
    let sealed = old.begin_passcode().seal(&home.store, None, &mut SystemEntropy::new()).unwrap();
    let now = DateTime::parse_from_rfc3339("2026-03-04T05:06:07+01:00").unwrap();
    let aside = Vault::start_over(&home.dir(), now).unwrap();
    assert_eq!(old.finish_passcode(&sealed), Err(VaultError::Absent), "nothing is there");
    assert!(!Vault::exists(&home.dir()));

    let home = home.with_new_store();
    let mut new = home.create();
    put(&mut new, "one", b"first").unwrap();
    assert_eq!(old.finish_passcode(&sealed), Err(VaultError::WrongKey), "another is there");
    new.close().unwrap();
    assert_eq!(take(&home.open().unwrap(), "one").unwrap(), b"first");
    assert!(aside.join(KEY_FILE).exists());
}

#[test]
fn a_damaged_key_file_is_mended_by_whoever_holds_the_vault() {
    let home = Home::new();
    let mut vault = home.create();
    fs::write(home.dir().join(KEY_FILE), "noise").unwrap();
    vault.set_passcode(&home.store, None, &mut SystemEntropy::new()).unwrap();
    vault.close().unwrap();
    home.open().unwrap().close().unwrap();
}

#[test]
fn a_phone_is_made_with_its_passcode_or_not_at_all() {
    let home = Home::new();
    let passcode = phrase("0917");
    let create = |passcode| {
        let entropy = Box::new(SystemEntropy::new());
        Companion::create(&home.dir(), &home.store, passcode, entropy)
    };
    create(Some(&passcode)).unwrap().close().unwrap();
    assert_eq!(Vault::needs_passcode(&home.dir()), Ok(true));
    assert_eq!(home.open().err(), Some(VaultError::PasscodeNeeded));
    assert!(matches!(create(None), Err(Error::Vault(VaultError::Exists))));
}

#[test]
fn closing_a_vault_that_was_moved_or_deleted_takes_no_journal_of_the_next_one() {
    let now = DateTime::parse_from_rfc3339("2026-03-04T05:06:07+01:00").unwrap();
    for moved in [true, false] {
        let home = Home::new();
        let mut old = home.create();
        put(&mut old, "one", b"first").unwrap();
        if moved {
            Vault::start_over(&home.dir(), now).unwrap();
        } else {
            Vault::delete_all(&home.dir(), &home.store).unwrap();
        }
        let home = home.with_new_store();
        let mut new = home.create();
        put(&mut new, "one", b"first").unwrap();
        let journal = home.dir().join("vault.db-journal");
        assert!(journal.exists(), "it is there while a vault is open");
        old.close().unwrap();
        assert!(journal.exists(), "a kill from here on would find none: moved {moved}");
        new.close().unwrap();
        assert!(!journal.exists());
        assert_eq!(take(&home.open().unwrap(), "one").unwrap(), b"first");
    }
}
