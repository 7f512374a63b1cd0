//! The file key store, and what the vault does with a store that fails, lies, or answers nothing.

mod vault_home;

use std::fs;
use std::path::PathBuf;
use std::sync::Mutex;

use attune_core::entropy::{Entropy, EntropyError, SystemEntropy};
use attune_core::vault::{
    FileKeyStore, FileKeyStoreError, KEY_FILE, KdfCost, KeyStore, KeyStoreError, Vault, VaultError,
};
use proptest::prelude::*;
use tempfile::TempDir;
use zeroize::Zeroizing;

use vault_home::{Home, cheap, phrase};

/// Counts upwards, so that what is made with it can be frozen.
struct Counting(u8);

impl Entropy for Counting {
    fn fill(&mut self, out: &mut [u8]) -> Result<(), EntropyError> {
        for byte in out {
            *byte = self.0;
            self.0 = self.0.wrapping_add(1);
        }
        Ok(())
    }
}

struct NoEntropy;

impl Entropy for NoEntropy {
    fn fill(&mut self, _: &mut [u8]) -> Result<(), EntropyError> {
        Err(EntropyError)
    }
}

fn store_in(folder: &TempDir) -> (PathBuf, FileKeyStore) {
    let path = folder.path().join("deep").join("store.key");
    let store =
        FileKeyStore::create(&path, &phrase("right"), KdfCost::LEAST, &mut Counting(0)).unwrap();
    (path, store)
}

fn unhex(text: &str) -> Vec<u8> {
    let digits: Vec<u8> = text.bytes().filter(u8::is_ascii_hexdigit).collect();
    digits
        .chunks(2)
        .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap())
        .collect()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// `store.key` of format 1: passphrase "right", least cost, wrapping key 00 to 1f, salt 20 to 2f, nonce 30 to 3b.
const FROZEN_STORE: &str = "
    415454554e452d53544f52450100010001202122232425262728292a2b2c2d2e2f303132333435363738393a
    3ba8612666c23e70e4baa5a2e92e2d492a9862b1a5aebd32afbdb565cd7c625ecde53c2e6ebf56df15f216ec
    2b4963a554d0c160aa4a4c80ed3e0a7454f4b3316e2ffab979e0fa96094ee112451bb35b6d";
/// Sealed by it: "a secret of some length", associated with "for a purpose".
const FROZEN_SEALED: &str = "
    4dee9fbefeb61c213e3fdf5e1d8e6392b81ab5754ad9894a6e22266f8c5ac81c7d825f76d8fff98395b288c4
    eef3b826671587";

#[test]
fn the_file_is_frozen() {
    let folder = TempDir::new().unwrap();
    let (path, _) = store_in(&folder);
    assert_eq!(hex(&fs::read(&path).unwrap()), FROZEN_STORE.replace(char::is_whitespace, ""));
    fs::write(&path, unhex(FROZEN_STORE)).unwrap();
    let store = FileKeyStore::open(&path, &phrase("right")).unwrap();
    let opened = store.open(&unhex(FROZEN_SEALED), b"for a purpose").unwrap();
    assert_eq!(opened.as_slice(), b"a secret of some length");
}

#[test]
#[ignore = "prints what to freeze: once for each new format, never to make a test pass"]
fn freeze_a_sealed_secret() {
    let folder = TempDir::new().unwrap();
    let (path, store) = store_in(&folder);
    println!("{}", hex(&fs::read(path).unwrap()));
    println!("{}", hex(&store.seal(b"a secret of some length", b"for a purpose").unwrap()));
}

#[test]
fn what_is_sealed_opens_for_its_purpose_alone() {
    let folder = TempDir::new().unwrap();
    let (path, store) = store_in(&folder);
    let sealed = store.seal(b"secret", b"purpose").unwrap();
    assert_eq!(store.open(&sealed, b"purpose").unwrap().as_slice(), b"secret");
    assert_eq!(store.open(&sealed, b"another"), Err(KeyStoreError::Refused));
    for length in 0..sealed.len() {
        assert_eq!(store.open(&sealed[..length], b"purpose"), Err(KeyStoreError::Refused));
    }
    assert_ne!(store.seal(b"secret", b"purpose").unwrap(), sealed, "a nonce of its own each time");
    let again = FileKeyStore::open(&path, &phrase("right")).unwrap();
    assert_eq!(again.open(&sealed, b"purpose").unwrap().as_slice(), b"secret");
}

#[test]
fn each_way_of_not_opening_has_its_name() {
    let folder = TempDir::new().unwrap();
    let (path, _) = store_in(&folder);
    let open = |passphrase: &str| FileKeyStore::open(&path, &phrase(passphrase)).err();
    assert_eq!(open("right"), None);
    assert_eq!(open("wrong"), Some(FileKeyStoreError::WrongPassphrase));
    assert_eq!(open(""), Some(FileKeyStoreError::WrongPassphrase));
    let entropy = &mut SystemEntropy::new();
    let over = FileKeyStore::create(&path, &phrase("other"), KdfCost::LEAST, entropy);
    assert_eq!(over.err(), Some(FileKeyStoreError::Exists));
    assert_eq!(open("right"), None, "and the first one is still there");
    fs::write(&path, b"").unwrap();
    assert_eq!(open("right"), Some(FileKeyStoreError::Damaged));
    fs::remove_file(&path).unwrap();
    assert_eq!(open("right"), Some(FileKeyStoreError::Absent));
    let none = FileKeyStore::create(&path, &phrase("right"), KdfCost::LEAST, &mut NoEntropy);
    assert_eq!(none.err(), Some(FileKeyStoreError::Entropy));
    assert!(!path.exists());
}

#[test]
fn locked_is_not_gone() {
    let folder = TempDir::new().unwrap();
    let (path, store) = store_in(&folder);
    let sealed = store.seal(b"secret", b"purpose").unwrap();
    let locked = FileKeyStore::locked(&path);
    assert_eq!(locked.open(&sealed, b"purpose"), Err(KeyStoreError::Locked));
    assert_eq!(locked.seal(b"secret", b"purpose"), Err(KeyStoreError::Locked));
    locked.destroy().unwrap();
    assert_eq!(locked.open(&sealed, b"purpose"), Err(KeyStoreError::Gone));
    locked.destroy().unwrap();
    store.destroy().unwrap();
    assert_eq!(store.open(&sealed, b"purpose"), Err(KeyStoreError::Gone), "memory was wiped, too");
}

#[test]
fn a_new_passphrase_replaces_the_old_one_and_opens_what_was_sealed() {
    let folder = TempDir::new().unwrap();
    let (path, store) = store_in(&folder);
    let sealed = store.seal(b"secret", b"purpose").unwrap();
    let entropy = &mut SystemEntropy::new();
    let wrong = store.change_passphrase(&phrase("wrong"), &phrase("new"), KdfCost::LEAST, entropy);
    assert_eq!(wrong, Err(FileKeyStoreError::WrongPassphrase));
    store.change_passphrase(&phrase("right"), &phrase("new"), KdfCost::LEAST, entropy).unwrap();
    let old = FileKeyStore::open(&path, &phrase("right")).err();
    assert_eq!(old, Some(FileKeyStoreError::WrongPassphrase));
    let new = FileKeyStore::open(&path, &phrase("new")).unwrap();
    assert_eq!(new.open(&sealed, b"purpose").unwrap().as_slice(), b"secret");
    assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 1, "nothing beside it");
}

#[test]
fn another_stores_key_is_the_wrong_one() {
    let (one, other) = (Home::new(), Home::new());
    one.create().close().unwrap();
    other.create().close().unwrap();
    let before = one.files();
    assert_eq!(Vault::open(&one.dir(), &other.store, None).err(), Some(VaultError::WrongKey));
    // The other vault's key file, and the store that can open it: the canary fits, the database does not.
    let refused =
        Vault::open(&one.dir(), &FileKeyStore::locked(&one.dir().join("store.key")), None);
    assert_eq!(refused.err(), Some(VaultError::Locked));
    let gone = FileKeyStore::locked(&one.root().join("no such store"));
    assert_eq!(Vault::open(&one.dir(), &gone, None).err(), Some(VaultError::KeyMissing));
    assert_eq!(one.files(), before);
}

/// What a store of another's making may do, without saying that it failed.
#[derive(Clone, Copy, Debug)]
enum Lie {
    SealsNothing,
    SealsInTheClear,
    SealsZeros,
    OpensNothing,
    OpensZeros,
    OpensShort,
    OpensLong,
    OpensAnother,
}

struct Liar {
    lie: Lie,
    kept: Mutex<Vec<u8>>,
}

impl KeyStore for Liar {
    fn seal(&self, secret: &[u8], _: &[u8]) -> Result<Vec<u8>, KeyStoreError> {
        *self.kept.lock().unwrap() = secret.to_vec();
        Ok(match self.lie {
            Lie::SealsNothing => Vec::new(),
            Lie::SealsInTheClear => [b"sealed: ".as_slice(), secret].concat(),
            Lie::SealsZeros => vec![0; 64],
            _ => b"a handle".to_vec(),
        })
    }

    fn open(&self, _: &[u8], _: &[u8]) -> Result<Zeroizing<Vec<u8>>, KeyStoreError> {
        let kept = self.kept.lock().unwrap().clone();
        Ok(Zeroizing::new(match self.lie {
            Lie::OpensNothing | Lie::SealsNothing => Vec::new(),
            Lie::OpensZeros | Lie::SealsZeros => vec![0; kept.len()],
            Lie::OpensShort => kept[..kept.len() - 1].to_vec(),
            Lie::OpensLong => [kept.as_slice(), &[0]].concat(),
            Lie::OpensAnother => vec![7; kept.len()],
            Lie::SealsInTheClear => kept,
        }))
    }

    fn destroy(&self) -> Result<(), KeyStoreError> {
        Ok(())
    }
}

const LIES: [Lie; 8] = [
    Lie::SealsNothing,
    Lie::SealsInTheClear,
    Lie::SealsZeros,
    Lie::OpensNothing,
    Lie::OpensZeros,
    Lie::OpensShort,
    Lie::OpensLong,
    Lie::OpensAnother,
];

#[test]
fn a_store_that_fails_without_saying_so_makes_no_vault() {
    for lie in LIES {
        let liar = Liar { lie, kept: Mutex::default() };
        let folder = TempDir::new().unwrap();
        let dir = folder.path().join("vault");
        let passcode = phrase("a passcode");
        for passcode in [None, Some(&passcode)] {
            let made = Vault::create(&dir, &liar, passcode, &mut SystemEntropy::new());
            assert_eq!(made.err(), Some(VaultError::WrongKey), "{lie:?}");
            assert!(!Vault::exists(&dir), "{lie:?}");
            assert_eq!(fs::read_dir(&dir).unwrap().count(), 0, "{lie:?}");
        }
    }
}

#[test]
fn a_store_that_lies_later_opens_no_vault_and_changes_no_passcode() {
    for lie in LIES {
        let liar = Liar { lie, kept: Mutex::new(vec![9; 32]) };
        let home = Home::new();
        let mut vault = home.create();
        let before = fs::read(home.dir().join(KEY_FILE)).unwrap();
        let passcode = phrase("new");
        let set = vault.set_passcode_at(&liar, Some(cheap(&passcode)), &mut SystemEntropy::new());
        assert_eq!(set, Err(VaultError::WrongKey), "{lie:?}");
        assert_eq!(fs::read(home.dir().join(KEY_FILE)).unwrap(), before, "{lie:?}");
        vault.close().unwrap();
        *liar.kept.lock().unwrap() = vec![9; 32];
        let opened = Vault::open(&home.dir(), &liar, None);
        assert_eq!(opened.err(), Some(VaultError::WrongKey), "{lie:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_damaged_store_is_always_refused(at in any::<prop::sample::Index>(), flip in 1u8..) {
        let folder = TempDir::new().unwrap();
        let path = folder.path().join("store.key");
        let mut bytes = unhex(FROZEN_STORE);
        let at = at.index(bytes.len());
        bytes[at] ^= flip;
        fs::write(&path, &bytes).unwrap();
        let refused = FileKeyStore::open(&path, &phrase("right")).err();
        prop_assert_eq!(refused, Some(FileKeyStoreError::Damaged));
        prop_assert_eq!(fs::read(&path).unwrap(), bytes);
    }

    #[test]
    fn bytes_of_any_kind_are_refused(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let folder = TempDir::new().unwrap();
        let path = folder.path().join("store.key");
        fs::write(&path, &bytes).unwrap();
        let refused = FileKeyStore::open(&path, &phrase("right")).err();
        prop_assert_eq!(refused, Some(FileKeyStoreError::Damaged));
    }
}
