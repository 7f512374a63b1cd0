//! Faults that were found, each with the test that found it.

#![expect(clippy::unwrap_used, reason = "tests")]

mod world;

use std::path::Path;
use std::sync::{Arc, Barrier, Mutex};
use std::thread;

use attune_core::desk::Desk;
use attune_core::due::{Deadlines, WorkingWeek};
use attune_core::entropy::SystemEntropy;
use attune_core::export::write_copy_at;
use attune_core::practice::{AttestedTerms, PracticeCard, PracticeRole};
use attune_core::vault::{FileKeyStore, KdfCost, Passphrase, STORE_FILE};
use attune_ffi::{AttuneError, StorageTrouble, Vault, VaultPresence, Why, vault_presence};
use world::{Asked, Home, Meanwhile, now};

const BOTH: [&str; 2] = ["vault.db", "vault.key"];

/// Of two that closed at once, one was told that the file is free while the other was still closing it.
#[test]
fn closed_says_true_only_when_no_side_file_remains() {
    for _ in 0..12 {
        let home = Home::new();
        let vault = home.create();
        let together = Barrier::new(4);
        thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    together.wait();
                    if vault.close().unwrap() {
                        assert_eq!(home.files(), BOTH);
                    }
                });
            }
        });
    }
}

/// A copy of a desk's vault, in `folder`.
fn copy_of_a_desk(folder: &Path) -> String {
    let phrase = Passphrase::new("of the store".to_owned());
    let entropy = &mut SystemEntropy::new();
    let dir = folder.join("desk");
    std::fs::create_dir(&dir).unwrap();
    let store =
        FileKeyStore::create(&dir.join(STORE_FILE), &phrase, KdfCost::LEAST, entropy).unwrap();
    let card = PracticeCard {
        role: PracticeRole::Therapist,
        name: "Dr. Adler".to_owned(),
        offered: PracticeCard::options_of(PracticeRole::Therapist).collect(),
        deadlines: Deadlines::default(),
        week: WorkingWeek::default(),
        terms: AttestedTerms::default(),
        backup: String::new(),
        leaves_practice: String::new(),
        relays: vec!["https://relay.example".to_owned()],
        introduced_by: None,
    };
    let desk = Desk::create(&dir, &store, None, &card, Box::new(SystemEntropy::new()));
    let mut desk = desk.unwrap();
    let copy = folder.join("desk.attune");
    let phrase = Passphrase::new("of the copy".to_owned());
    write_copy_at(desk.vault(), &copy, &phrase, KdfCost::LEAST, entropy).unwrap();
    copy.to_str().unwrap().to_owned()
}

fn bring_back(home: &Home, copy: String) -> Result<Arc<Vault>, AttuneError> {
    Vault::bring_back(copy, b"of the copy".to_vec(), home.path(), home.store.clone(), None)
}

/// A desk's copy was declined, and its whole vault stayed on the phone, where no other could be made.
#[test]
fn a_desks_copy_leaves_nothing_on_the_phone() {
    let home = Home::new();
    let copy = copy_of_a_desk(home.folder.path());
    let declined = bring_back(&home, copy).err();
    assert_eq!(declined, Some(AttuneError::Declined { why: Why::WrongSide }));
    assert_eq!(home.files(), [""; 0]);
    assert_eq!(vault_presence(home.path()), Ok(VaultPresence::Absent));
    home.create().flag(now()).unwrap();
}

/// A copy that is not there was told as a file system that does not answer.
#[test]
fn a_copy_that_is_not_there_is_absent() {
    let home = Home::new();
    let copy = home.folder.path().join("no.attune").to_str().unwrap().to_owned();
    let absent = Some(AttuneError::Storage { why: StorageTrouble::Absent });
    assert_eq!(bring_back(&home, copy).err(), absent);
    assert_eq!(home.files(), [""; 0]);
}

/// Of two that made a vault at once, the second took the place of the first, with what that held.
#[test]
fn a_vault_made_meanwhile_is_not_replaced() {
    let home = Home::new();
    let made = Arc::new(Mutex::new(None));
    let store = {
        let (path, store, made) = (home.path(), home.store.clone(), made.clone());
        Meanwhile::over(&home.store, move |what| {
            if what == Asked::Seal {
                let vault = Vault::create(path.clone(), store.clone(), None).unwrap();
                *made.lock().unwrap() = Some(vault);
            }
        })
    };
    let second = Vault::create(home.path(), store, None);
    assert_eq!(second.err(), Some(AttuneError::Storage { why: StorageTrouble::Exists }));
    let first = made.lock().unwrap().take().unwrap();
    let kept = first.flag(now()).unwrap();
    assert!(first.close().unwrap());
    assert_eq!(home.open().moment(kept).unwrap().id, kept);
}

/// Who made one at the same time on another thread lost the file that was being made, and neither had a vault.
#[test]
fn of_eight_that_make_a_vault_one_has_it() {
    for _ in 0..4 {
        let home = Home::new();
        let together = Barrier::new(8);
        let made: Vec<_> = thread::scope(|scope| {
            let threads: Vec<_> = (0..8)
                .map(|_| {
                    scope.spawn(|| {
                        together.wait();
                        Vault::create(home.path(), home.store.clone(), None)
                    })
                })
                .collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        let exists = AttuneError::Storage { why: StorageTrouble::Exists };
        let mut vaults = Vec::new();
        for made in made {
            match made {
                Ok(vault) => vaults.push(vault),
                Err(error) => assert_eq!(error, exists),
            }
        }
        assert_eq!(vaults.len(), 1);
        let kept = vaults[0].flag(now()).unwrap();
        vaults[0].close().unwrap();
        assert_eq!(home.open().moment(kept).unwrap().id, kept);
    }
}
