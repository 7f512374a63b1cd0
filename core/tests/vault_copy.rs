//! *Save a copy*, and a vault from a copy.

mod vault_home;

use std::fs;
use std::path::{Path, PathBuf};

use attune_core::entropy::SystemEntropy;
use attune_core::export::{CopyError, read_copy, write_copy, write_copy_at};
use attune_core::vault::{KdfCost, Vault, VaultError};
use proptest::prelude::*;

use vault_home::{Home, files_below, phrase, put, take};

/// Written by this program at its first format, with the passphrase below: one setting, `frozen`.
const FROZEN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/vault-copy-1.attune");
const FROZEN_PASSPHRASE: &str = "a frozen passphrase";

fn copy_of(home: &Home, vault: &Vault) -> PathBuf {
    let path = home.root().join("saved.attune");
    let entropy = &mut SystemEntropy::new();
    write_copy_at(vault, &path, &phrase("of the copy"), KdfCost::LEAST, entropy).unwrap();
    path
}

fn take_over(copy: &Path, passphrase: &str, home: &Home) -> Result<Vault, CopyError> {
    let entropy = &mut SystemEntropy::new();
    read_copy(copy, &phrase(passphrase), &home.dir(), &home.store, None, entropy)
}

#[test]
fn a_copy_holds_everything_and_comes_back_under_a_new_key() {
    let home = Home::new();
    let mut vault = home.create();
    for number in 0..300 {
        put(&mut vault, &format!("row {number}"), &[7; 500]).unwrap();
    }
    let copy = copy_of(&home, &vault);
    // The vault goes on as if nothing had been.
    put(&mut vault, "after", b"not in the copy").unwrap();
    assert_eq!(take(&vault, "after").unwrap(), b"not in the copy");

    let other = Home::new();
    let taken = take_over(&copy, "of the copy", &other).unwrap();
    taken.verify().unwrap();
    assert_eq!(taken.schema().unwrap(), vault.schema().unwrap(), "schema and its version");
    assert_eq!(take(&taken, "row 299").unwrap(), [7; 500]);
    assert!(take(&taken, "after").is_err());
    taken.close().unwrap();
    assert_eq!(take(&other.open().unwrap(), "row 0").unwrap(), [7; 500]);
    let wrong = Vault::open(&other.dir(), &home.store, None);
    assert_eq!(wrong.err(), Some(VaultError::WrongKey), "sealed by the new place's store");
}

#[test]
fn a_copy_is_ciphertext_private_and_leaves_nothing_beside_it() {
    let marker = b"a marker that must be found nowhere";
    let home = Home::new();
    let mut vault = home.create();
    put(&mut vault, "marker", marker).unwrap();
    let before = files_below(home.root()).len();
    let copy = copy_of(&home, &vault);
    let bytes = fs::read(&copy).unwrap();
    assert!(!bytes.windows(marker.len()).any(|window| window == marker));
    assert!(!bytes.windows(15).any(|window| window == b"SQLite format 3"));
    assert_eq!(files_below(home.root()).len(), before + 1);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(fs::metadata(&copy).unwrap().permissions().mode() & 0o777, 0o600);
    }
    let entropy = &mut SystemEntropy::new();
    let again = write_copy(&vault, &copy, &phrase("another"), entropy);
    assert_eq!(again, Err(CopyError::Exists));
    assert_eq!(fs::read(&copy).unwrap(), bytes, "the first copy is still there");
    let nowhere = home.root().join("no such folder").join("saved.attune");
    let refused = write_copy(&vault, &nowhere, &phrase("another"), entropy);
    assert_eq!(refused, Err(VaultError::Io(std::io::ErrorKind::NotFound).into()));
}

#[test]
fn a_copy_that_cannot_be_taken_over_says_why_and_leaves_nothing() {
    let home = Home::new();
    let mut vault = home.create();
    put(&mut vault, "one", b"first").unwrap();
    let copy = copy_of(&home, &vault);
    let good = fs::read(&copy).unwrap();
    let cut = |length: usize| good[..length].to_vec();
    let flipped = |at: usize| {
        let mut bytes = good.clone();
        bytes[at] ^= 0x10;
        bytes
    };
    let cases: Vec<(&str, Vec<u8>, &str, CopyError)> = vec![
        ("wrong passphrase", good.clone(), "of the cope", CopyError::WrongPassphrase),
        ("no passphrase", good.clone(), "", CopyError::WrongPassphrase),
        ("empty", Vec::new(), "of the copy", CopyError::NotACopy),
        ("something else", b"%PDF-1.7 and so on".repeat(20), "of the copy", CopyError::NotACopy),
        ("half a header", cut(60), "of the copy", CopyError::Damaged),
        ("a header alone", cut(104), "of the copy", CopyError::Damaged),
        ("cut off", cut(good.len() - 4096), "of the copy", CopyError::Damaged),
        ("one byte short", cut(good.len() - 1), "of the copy", CopyError::Damaged),
        ("one byte long", [good.as_slice(), &[0]].concat(), "of the copy", CopyError::Damaged),
        ("flipped in the salt", flipped(20), "of the copy", CopyError::Damaged),
        ("flipped on the first page", flipped(104 + 100), "of the copy", CopyError::Damaged),
        ("flipped on the last page", flipped(good.len() - 2000), "of the copy", CopyError::Damaged),
    ];
    for (name, bytes, passphrase, expected) in cases {
        fs::write(&copy, &bytes).unwrap();
        let other = Home::new();
        let before = other.files();
        assert_eq!(take_over(&copy, passphrase, &other).err(), Some(expected), "{name}");
        assert_eq!(other.files(), before, "{name}: the place is as it was");
        assert_eq!(fs::read(&copy).unwrap(), bytes, "{name}: the copy is as it was");
        // A folder that was not there before is not there after.
        let new = other.root().join("not made yet");
        let entropy = &mut SystemEntropy::new();
        let refused = read_copy(&copy, &phrase(passphrase), &new, &other.store, None, entropy);
        assert_eq!(refused.err(), Some(expected), "{name}");
        assert!(!new.exists(), "{name}");
    }
    let missing = take_over(&home.root().join("no such copy"), "any", &Home::new());
    assert_eq!(missing.err(), Some(VaultError::Io(std::io::ErrorKind::NotFound).into()));
}

#[test]
fn a_copy_is_not_taken_over_into_a_vault() {
    let home = Home::new();
    let mut vault = home.create();
    put(&mut vault, "one", b"first").unwrap();
    let copy = copy_of(&home, &vault);
    vault.close().unwrap();
    let before = home.files();
    let refused = take_over(&copy, "of the copy", &home);
    assert_eq!(refused.err(), Some(VaultError::Exists.into()));
    assert_eq!(home.files(), before);
}

#[test]
fn a_copy_of_a_newer_schema_is_refused_by_name() {
    let home = Home::new();
    let mut vault = home.create();
    let raised: Result<(), VaultError> =
        vault.write(|db| Ok(db.pragma_update(None, "user_version", 9_999)?));
    raised.unwrap();
    // What reads a copy back before it gets its name finds it, too.
    let copy = home.root().join("saved.attune");
    let entropy = &mut SystemEntropy::new();
    let refused = write_copy_at(&vault, &copy, &phrase("of the copy"), KdfCost::LEAST, entropy);
    assert_eq!(refused, Err(CopyError::Newer));
    assert!(!copy.exists());
}

#[test]
fn the_frozen_copy_still_comes_back() {
    let home = Home::new();
    let vault = take_over(Path::new(FROZEN), FROZEN_PASSPHRASE, &home).unwrap();
    assert_eq!(take(&vault, "frozen").unwrap(), b"written at the first format");
    vault.verify().unwrap();
}

#[test]
#[ignore = "writes the fixture: once for each new format, never to make a test pass"]
fn freeze_a_copy() {
    let home = Home::new();
    let mut vault = home.create();
    put(&mut vault, "frozen", b"written at the first format").unwrap();
    let entropy = &mut SystemEntropy::new();
    let passphrase = phrase(FROZEN_PASSPHRASE);
    write_copy_at(&vault, Path::new(FROZEN), &passphrase, KdfCost::LEAST, entropy).unwrap();
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_damaged_copy_is_always_refused(at in any::<prop::sample::Index>(), flip in 1u8..) {
        let mut bytes = fs::read(FROZEN).unwrap();
        let at = at.index(bytes.len());
        bytes[at] ^= flip;
        let home = Home::new();
        let before = home.files();
        let copy = home.root().join("damaged.attune");
        fs::write(&copy, &bytes).unwrap();
        let refused = take_over(&copy, FROZEN_PASSPHRASE, &home).err();
        prop_assert!(matches!(refused, Some(CopyError::Damaged | CopyError::NotACopy)), "byte {}: {:?}", at, refused);
        fs::remove_file(&copy).unwrap();
        prop_assert_eq!(home.files(), before);
    }
}
