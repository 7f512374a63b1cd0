//! Whatever a key store answers, the vault is not lost and no text of it comes out.

mod world;

use std::sync::{Arc, Mutex};

use attune_ffi::{AttuneError, StorageTrouble, Vault, VaultPresence, delete_all, vault_presence};
use world::{Home, Meanwhile, Mood, Store, now};

#[test]
fn each_mood_of_the_store_has_its_error_and_the_vault_survives_all() {
    let home = Home::new();
    let vault = home.create();
    let id = vault.flag(now()).unwrap();
    assert!(vault.close().unwrap());
    let unavailable = AttuneError::Storage { why: StorageTrouble::Unavailable };
    let moods = [
        (Mood::Locked, AttuneError::Locked),
        (Mood::Gone, AttuneError::KeyGone),
        (Mood::Refuses, AttuneError::KeyGone),
        (Mood::Unavailable, unavailable),
        (Mood::Empty, AttuneError::KeyGone),
        (Mood::Zeroed, AttuneError::KeyGone),
        (Mood::Short, AttuneError::KeyGone),
        (Mood::Panics, unavailable),
    ];
    for (mood, wanted) in moods {
        home.store.turn(mood);
        let error = Vault::open(home.path(), home.store.clone(), None).err().unwrap();
        assert_eq!(error, wanted);
        assert!(!format!("{error} {error:?}").contains("marker"));
        assert_eq!(home.files(), ["vault.db", "vault.key"]);
    }
    home.store.turn(Mood::Well);
    assert_eq!(home.open().moments(None, 10).unwrap()[0].id, id);
}

#[test]
fn nothing_is_made_under_a_store_that_does_not_work() {
    for mood in [Mood::Locked, Mood::Empty, Mood::Zeroed, Mood::Short, Mood::Panics] {
        let home = Home::new();
        home.store.turn(mood);
        assert!(Vault::create(home.path(), home.store.clone(), None).is_err());
        assert_eq!(vault_presence(home.path()).unwrap(), VaultPresence::Absent);
        home.store.turn(Mood::Well);
        assert!(home.create().flag(now()).is_ok());
    }
}

#[test]
fn another_stores_key_is_gone_and_not_damage() {
    let home = Home::new();
    home.create().close().unwrap();
    let error = Vault::open(home.path(), Store::new(0x11), None).err();
    assert_eq!(error, Some(AttuneError::KeyGone));
    assert!(home.open().verify().is_ok());
}

#[test]
fn a_destroyed_key_is_believed_only_when_the_store_says_so() {
    for mood in [Mood::Empty, Mood::Zeroed, Mood::Panics, Mood::Unavailable] {
        let home = Home::new();
        home.create().close().unwrap();
        home.store.turn(mood);
        let error = delete_all(home.path(), home.store.clone()).unwrap_err();
        assert_eq!(error, AttuneError::Storage { why: StorageTrouble::Unavailable });
        assert_eq!(home.files(), [""; 0], "the rest is deleted all the same");
        home.store.turn(Mood::Well);
        assert_eq!(delete_all(home.path(), home.store.clone()), Ok(()));
    }
}

#[test]
fn the_store_is_told_to_wipe_after_each_use() {
    let home = Home::new();
    let vault = home.create();
    assert_eq!(*home.store.wiped.lock().unwrap(), 1);
    vault.close().unwrap();
    home.open().close().unwrap();
    assert_eq!(*home.store.wiped.lock().unwrap(), 2);
    home.store.turn(Mood::Locked);
    assert!(Vault::open(home.path(), home.store.clone(), None).is_err());
    assert_eq!(*home.store.wiped.lock().unwrap(), 3);
}

#[test]
fn a_store_may_call_the_vault_while_it_is_asked() {
    let home = Home::new();
    let called: Arc<Mutex<Option<Arc<Vault>>>> = Arc::default();
    let store = {
        let called = called.clone();
        Meanwhile::over(&home.store, move |_| {
            if let Some(vault) = &*called.lock().unwrap() {
                vault.flag(now()).unwrap();
            }
        })
    };
    let vault = Vault::create(home.path(), store.clone(), None).unwrap();
    *called.lock().unwrap() = Some(vault.clone());
    vault.set_passcode(store, Some(b"0917".to_vec())).unwrap();
    *called.lock().unwrap() = None;
    assert_eq!(vault.moments(None, 10).unwrap().len(), 3);
    assert_eq!(vault_presence(home.path()).unwrap(), VaultPresence::NeedsPasscode);
}
