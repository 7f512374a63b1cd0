//! *Save a copy*: a whole vault in one file under a passphrase, and back again.
//!
//! | off | len | field |
//! |---|---|---|
//! | 0 | 11 | `ATTUNE-COPY` |
//! | 11 | 1 | format, 1 |
//! | 12 | 4 | cost: MiB u16 BE, passes u16 BE |
//! | 16 | 16 | salt |
//! | 32 | 32 | canary: HKDF-SHA256(salt = salt, copy key, "attune/1 canary") |
//! | 64 | 8 | n, length of the database, u64 BE |
//! | 72 | 32 | SHA-256 of all before it, in every format |
//! | 104 | n | a SQLCipher database with the raw copy key |
//!
//! `copy key = HKDF-SHA256(salt = salt, Argon2id(passphrase, salt), "attune/1 copy key")`, the passphrase in UTF-8 and
//! normalization form C.
//!
//! The database carries its schema's version, so that an old copy goes through the same migrations as
//! an old vault. It is ciphertext from its first byte on the disk. Whoever opens a vault that came from a copy has a
//! *restored* vault: choices in it may since have been taken back, and the protocol's rules for a restore apply.

use std::fs::File;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use attune_cipher::rusqlite::{Connection, params};
use ring::digest::{SHA256, digest};
use zeroize::Zeroizing;

use crate::entropy::{Entropy, random};
use crate::lane::Direction;
use crate::table::setting;
use crate::vault::{Expect, UNPACKED_FILE, connection, key, migration, private_file, verify};
use crate::vault::{KdfCost, KeyStore, Passphrase, Vault, VaultError};
use key::{CANARY_LEN, DatabaseKey};

const MAGIC: &[u8; 11] = b"ATTUNE-COPY";
const FORMAT: u8 = 1;
const SALT_LEN: usize = 16;
const CHECKSUM_LEN: usize = 32;
const HEADER_LEN: usize = 104;

/// Why a copy was not written or not read. Neither the copy nor any vault was changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CopyError {
    /// The file is something else.
    #[error("this is not a copy of a vault")]
    NotACopy,
    /// The passphrase is not the one it was saved under.
    #[error("the passphrase is not right")]
    WrongPassphrase,
    /// The copy is not as it was written.
    #[error("the copy is damaged")]
    Damaged,
    /// The copy is another side's: a desk's where a phone's was asked for.
    #[error("this copy belongs to the other side")]
    WrongSide,
    /// A newer version of the app wrote it.
    #[error("a newer version wrote this copy")]
    Newer,
    /// There is a file already where the copy was to be written.
    #[error("there is a file here already")]
    Exists,
    /// The vault at the other end; [`VaultError::Exists`] when the place is not empty.
    #[error(transparent)]
    Vault(#[from] VaultError),
}

impl From<io::Error> for CopyError {
    fn from(error: io::Error) -> Self {
        Self::Vault(error.into())
    }
}

/// Writes an encrypted copy of `vault` to `target`, at [`KdfCost::STANDARD`], whole or not at all, and reads it back
/// before it gets its name. An existing file is not replaced.
///
/// # Errors
/// `Exists`; `Vault` with `Busy` inside a transaction, `DiskFull`, `Io`, `Damaged`, `Entropy`.
pub fn write_copy(
    vault: &Vault,
    target: &Path,
    passphrase: &Passphrase,
    entropy: &mut dyn Entropy,
) -> Result<(), CopyError> {
    write_copy_at(vault, target, passphrase, KdfCost::STANDARD, entropy)
}

/// As [`write_copy`], at a cost of the caller's.
///
/// # Errors
/// As [`write_copy`].
pub fn write_copy_at(
    vault: &Vault,
    target: &Path,
    passphrase: &Passphrase,
    cost: KdfCost,
    entropy: &mut dyn Entropy,
) -> Result<(), CopyError> {
    if private_file::present(target)? {
        return Err(CopyError::Exists);
    }
    let salt = random(entropy).map_err(VaultError::from)?;
    let key = copy_key(passphrase, &salt, cost)?;

    let database = Unfinished::create(private_file::beside(target, ".database.new"))?;
    let from = vault.connection()?;
    attach(from, &database.path, &key)?;
    let done = copy_rows(from, "main", "copy");
    // Left attached, the next copy could not be made; the rows' own error is the one to tell.
    let detached = from.execute_batch("DETACH copy").map_err(VaultError::from);
    done.and(detached)?;
    check(&database.path, &key, None)?;

    let mut source = File::open(&database.path)?;
    let length = source.metadata()?.len();
    let whole = Unfinished::create(private_file::beside(target, ".new"))?;
    let mut file = File::options().write(true).open(&whole.path)?;
    file.write_all(&Header { cost, salt, canary: key.canary(&salt), length }.to_bytes())?;
    io::copy(&mut source, &mut file)?;
    file.sync_all()?;
    Ok(private_file::rename(&whole.path, target)?)
}

/// Makes a vault in `dir` from a copy: with a new key of its own, sealed by `store`, and the schema brought up to date.
/// Neither passphrase nor passcode of the copied vault matters afterwards.
///
/// # Errors
/// `NotACopy`, `WrongPassphrase`, `Damaged`, `Newer`; `Vault` as [`Vault::create`]. A failed attempt leaves nothing
/// behind, and the copy is only read.
pub fn read_copy(
    copy: &Path,
    passphrase: &Passphrase,
    dir: &Path,
    store: &dyn KeyStore,
    passcode: Option<&Passphrase>,
    entropy: &mut dyn Entropy,
) -> Result<Vault, CopyError> {
    read_copy_of(None, copy, passphrase, dir, store, passcode, entropy)
}

/// As [`read_copy`], of a phone's copy alone: of any other, nothing is made.
///
/// # Errors
/// `WrongSide`; else as [`read_copy`].
pub fn read_phones_copy(
    copy: &Path,
    passphrase: &Passphrase,
    dir: &Path,
    store: &dyn KeyStore,
    passcode: Option<&Passphrase>,
    entropy: &mut dyn Entropy,
) -> Result<Vault, CopyError> {
    let phone = Some(Direction::ClientToDesk);
    read_copy_of(phone, copy, passphrase, dir, store, passcode, entropy)
}

fn read_copy_of(
    writer: Option<Direction>,
    copy: &Path,
    passphrase: &Passphrase,
    dir: &Path,
    store: &dyn KeyStore,
    passcode: Option<&Passphrase>,
    entropy: &mut dyn Entropy,
) -> Result<Vault, CopyError> {
    if Vault::exists(dir) {
        return Err(VaultError::Exists.into());
    }
    let mut file = File::open(copy)?;
    let header = Header::read(&mut file)?;
    let key = copy_key(passphrase, &header.salt, header.cost)?;
    if !key.fits(&header.salt, &header.canary) {
        return Err(CopyError::WrongPassphrase);
    }
    if file.metadata()?.len() != (HEADER_LEN as u64).saturating_add(header.length) {
        return Err(CopyError::Damaged);
    }

    let new_folder = !private_file::present(dir)?;
    private_file::make_folder(dir)?;
    let made = take_rows(&mut file, dir, &key, writer, |fill| {
        let passcode = passcode.map(|passcode| (passcode, KdfCost::STANDARD));
        Vault::create_with(dir, store, passcode, entropy, fill)
    });
    if made.is_err() && new_folder {
        // Only if nothing else is in it.
        let _ = std::fs::remove_dir(dir);
    }
    made
}

/// Unpacks the copy's database beside the new vault, checks it, and lets `make` take its rows over.
fn take_rows(
    copy: &mut File,
    dir: &Path,
    key: &DatabaseKey,
    writer: Option<Direction>,
    make: impl FnOnce(&dyn Fn(&mut Connection) -> Result<(), CopyError>) -> Result<Vault, CopyError>,
) -> Result<Vault, CopyError> {
    let unpacked = Unfinished::create(dir.join(UNPACKED_FILE))?;
    let mut file = File::options().write(true).open(&unpacked.path)?;
    io::copy(copy, &mut file)?;
    drop(file);
    check(&unpacked.path, key, writer)?;
    make(&|to| {
        attach(to, &unpacked.path, key)?;
        copy_rows(to, "copy", "main")?;
        to.execute_batch("DETACH copy").map_err(VaultError::from)?;
        // Before the vault appears: it cannot be opened without knowing that it is a copy.
        to.execute(
            "INSERT OR REPLACE INTO setting (name, value) VALUES (?1, x'01')",
            [setting::BROUGHT_BACK],
        )
        .map_err(VaultError::from)?;
        Ok(())
    })
}

/// The database of a copy: every page's seal, a version that this program knows, and whose it is, if that matters.
fn check(path: &Path, key: &DatabaseKey, writer: Option<Direction>) -> Result<(), CopyError> {
    let damage = |error| match error {
        VaultError::Damaged => CopyError::Damaged,
        other => CopyError::Vault(other),
    };
    let connection = connection::open(path, key, Expect::Database).map_err(damage)?;
    let sound = verify(&connection).and_then(|()| migration::version(&connection));
    let side = setting::bytes(&connection, setting::SIDE);
    connection::close(connection)?;
    match sound.map_err(damage)? {
        0 => return Err(CopyError::Damaged),
        version if version > migration::MIGRATIONS.len() => return Err(CopyError::Newer),
        _ => {}
    }
    let fits = writer
        .is_none_or(|writer| matches!(side, Ok(Some(side)) if side == writer.label().as_bytes()));
    if fits { Ok(()) } else { Err(CopyError::WrongSide) }
}

fn attach(connection: &Connection, path: &Path, key: &DatabaseKey) -> Result<(), VaultError> {
    // SQLite takes text, not a path; absolute, so that it is not read as a URI.
    let path = std::path::absolute(path)?;
    let path = path.to_str().ok_or(VaultError::Io(io::ErrorKind::InvalidFilename))?;
    let literal = key.raw_literal();
    connection.execute("ATTACH DATABASE ?1 AS copy KEY ?2", params![path, literal.as_str()])?;
    Ok(())
}

/// Copies schema, rows and schema version from one attached database into another, empty one, in one transaction.
fn copy_rows(connection: &Connection, from: &str, to: &str) -> Result<(), VaultError> {
    let copied = || -> Result<(), VaultError> {
        let version: i64 =
            connection.pragma_query_value(Some(from), "user_version", |row| row.get(0))?;
        connection.execute_batch("BEGIN")?;
        connection.query_row("SELECT sqlcipher_export(?1, ?2)", [to, from], |_| Ok(()))?;
        connection.pragma_update(Some(to), "user_version", version)?;
        connection.execute_batch("COMMIT")?;
        Ok(())
    };
    let done = copied();
    if done.is_err() && !connection.is_autocommit() {
        connection.execute_batch("ROLLBACK")?;
    }
    done
}

fn copy_key(
    passphrase: &Passphrase,
    salt: &[u8; SALT_LEN],
    cost: KdfCost,
) -> Result<DatabaseKey, VaultError> {
    let no_memory = VaultError::Io(io::ErrorKind::OutOfMemory);
    let root = passphrase.derive(salt, cost).ok_or(no_memory)?;
    let mut bytes = Zeroizing::new([0; 32]);
    key::expand(salt, root.as_slice(), b"attune/1 copy key", &mut bytes);
    DatabaseKey::from_slice(bytes.as_slice()).ok_or(VaultError::Entropy)
}

/// What stands before the database.
#[derive(Debug, PartialEq, Eq)]
struct Header {
    cost: KdfCost,
    salt: [u8; SALT_LEN],
    canary: [u8; CANARY_LEN],
    length: u64,
}

impl Header {
    fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(HEADER_LEN);
        bytes.extend_from_slice(MAGIC);
        bytes.push(FORMAT);
        bytes.extend_from_slice(&self.cost.to_bytes());
        bytes.extend_from_slice(&self.salt);
        bytes.extend_from_slice(&self.canary);
        bytes.extend_from_slice(&self.length.to_be_bytes());
        let checksum = digest(&SHA256, &bytes);
        bytes.extend_from_slice(checksum.as_ref());
        bytes
    }

    fn read(file: &mut impl Read) -> Result<Self, CopyError> {
        let mut bytes = Vec::with_capacity(HEADER_LEN);
        file.take(HEADER_LEN as u64).read_to_end(&mut bytes)?;
        Self::parse(&bytes)
    }

    fn parse(bytes: &[u8]) -> Result<Self, CopyError> {
        if !bytes.starts_with(MAGIC) {
            return Err(CopyError::NotACopy);
        }
        let damaged = CopyError::Damaged;
        let bytes: &[u8; HEADER_LEN] = bytes.try_into().map_err(|_| damaged)?;
        let (body, checksum) = bytes.split_last_chunk::<CHECKSUM_LEN>().ok_or(damaged)?;
        if digest(&SHA256, body).as_ref() != checksum {
            return Err(damaged);
        }
        match bytes[MAGIC.len()] {
            FORMAT => {}
            format if format > FORMAT => return Err(CopyError::Newer),
            _ => return Err(damaged),
        }
        let (_, rest) = body.split_at(MAGIC.len() + 1);
        let (&cost, rest) = rest.split_first_chunk::<4>().ok_or(damaged)?;
        let (&salt, rest) = rest.split_first_chunk::<SALT_LEN>().ok_or(damaged)?;
        let (&canary, rest) = rest.split_first_chunk::<CANARY_LEN>().ok_or(damaged)?;
        let &length = rest.first_chunk::<8>().ok_or(damaged)?;
        let cost = KdfCost::from_bytes(cost).ok_or(damaged)?;
        Ok(Self { cost, salt, canary, length: u64::from_be_bytes(length) })
    }
}

/// A private file that goes unless it was renamed, with what SQLite may have put beside it.
struct Unfinished {
    path: PathBuf,
}

impl Unfinished {
    /// A new empty file; one that an earlier attempt left is removed first.
    fn create(path: PathBuf) -> io::Result<Self> {
        let file = Self { path };
        file.remove();
        private_file::create(&file.path)?;
        Ok(file)
    }

    fn remove(&self) {
        for suffix in ["", "-journal", "-wal", "-shm"] {
            let _ = private_file::remove(&private_file::beside(&self.path, suffix));
        }
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        self.remove();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header() -> Header {
        Header { cost: KdfCost::STANDARD, salt: [1; 16], canary: [2; 32], length: 4096 }
    }

    #[test]
    fn the_header_is_frozen() {
        let mut expected = b"ATTUNE-COPY\x01\x00\x40\x00\x03".to_vec();
        expected.extend_from_slice(&[1; 16]);
        expected.extend_from_slice(&[2; 32]);
        expected.extend_from_slice(&[0, 0, 0, 0, 0, 0, 0x10, 0]);
        expected.extend_from_slice(digest(&SHA256, &expected).as_ref());
        assert_eq!(header().to_bytes(), expected);
        assert_eq!(Header::parse(&expected), Ok(header()));
    }

    #[test]
    fn the_copy_key_is_frozen() {
        let passphrase = Passphrase::new("correct horse battery staple".into());
        let key = copy_key(&passphrase, &[7; 16], KdfCost::LEAST).unwrap();
        let frozen = "x'67c2f197de3cdd0e1dda33b0f4744d900e8121071b408d86ccdf4f2a63f3c26c'";
        assert_eq!(*key.raw_literal(), frozen);
    }

    #[test]
    fn a_hostile_header_is_refused_by_name() {
        let sealed = |edit: fn(&mut Vec<u8>)| {
            let mut bytes = header().to_bytes();
            bytes.truncate(72);
            edit(&mut bytes);
            bytes.extend_from_slice(digest(&SHA256, &bytes).as_ref());
            Header::parse(&bytes)
        };
        assert_eq!(sealed(|_| {}), Ok(header()));
        assert_eq!(sealed(|bytes| bytes[0] = b'a'), Err(CopyError::NotACopy));
        assert_eq!(sealed(|bytes| bytes[11] = 2), Err(CopyError::Newer));
        assert_eq!(sealed(|bytes| bytes[11] = 0), Err(CopyError::Damaged));
        assert_eq!(sealed(|bytes| bytes[12] = 0xff), Err(CopyError::Damaged), "gibibytes");
        assert_eq!(sealed(|bytes| bytes[14] = 0xff), Err(CopyError::Damaged), "hours");
        let bytes = header().to_bytes();
        for length in 0..HEADER_LEN {
            let expected =
                if length < MAGIC.len() { CopyError::NotACopy } else { CopyError::Damaged };
            assert_eq!(Header::parse(&bytes[..length]), Err(expected), "{length} bytes");
        }
    }
}
