//! The sealed-key file beside the database, `vault.key`.
//!
//! | off | len | field |
//! |---|---|---|
//! | 0 | 10 | `ATTUNE-KEY` |
//! | 10 | 1 | format, 1 |
//! | 11 | 1 | 1 if there is an app passcode, else 0 |
//! | 12 | 16 | vault id, random |
//! | 28 | 4 | cost of the passcode: MiB u16 BE, passes u16 BE; zeros if there is none |
//! | 32 | 16 | salt of the passcode; zeros if there is none |
//! | 48 | 32 | canary: HKDF-SHA256(salt = vault id, database key, "attune/1 canary") |
//! | 80 | 2 | n, u16 BE |
//! | 82 | n | what the key store sealed, associated with `attune/1 vault key` and bytes 0 to 47 |
//! | 82 + n | 32 | SHA-256 of all before it, in every format |
//!
//! Sealed is the database key (32 bytes), or with a passcode ChaCha20-Poly1305 over it (48 bytes) under
//! Argon2id(passcode, salt), associated with the same bytes. That key serves once, for one salt: its nonce is zero.
//! The checksum tells damage from a wrong key; the canary tells a wrong key from a damaged database.

use ring::digest::{SHA256, digest};
use zeroize::Zeroizing;

use super::VaultError;
use super::aead::{self, NONCE_LEN, TAG_LEN};
use super::key::{CANARY_LEN, DatabaseKey, KEY_LEN};
use super::key_store::KeyStore;
use super::passphrase::{KdfCost, Passphrase, SALT_LEN};
use crate::entropy::{Entropy, random};

const MAGIC: &[u8; 10] = b"ATTUNE-KEY";
const FORMAT: u8 = 1;
const BOUND_LEN: usize = 48;
const SEALED_AT: usize = 82;
const CHECKSUM_LEN: usize = 32;
/// The longest answer of a key store that is kept.
const SEALED_MOST: usize = 4096;
/// A longer file is not one of ours.
pub(crate) const FILE_MOST: usize = SEALED_AT + SEALED_MOST + CHECKSUM_LEN;

/// The sealed key of one vault, parsed.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct KeyEnvelope {
    id: [u8; 16],
    passcode: Option<(KdfCost, [u8; SALT_LEN])>,
    canary: [u8; CANARY_LEN],
    sealed: Vec<u8>,
}

impl KeyEnvelope {
    /// Seals `key` by `store`, under a passcode if there is one, and opens it again before it is relied on.
    pub(crate) fn seal(
        key: &DatabaseKey,
        id: [u8; 16],
        passcode: Option<(&Passphrase, KdfCost)>,
        store: &dyn KeyStore,
        entropy: &mut dyn Entropy,
    ) -> Result<Self, VaultError> {
        let layer = match passcode {
            Some((_, cost)) => Some((cost, random(entropy)?)),
            None => None,
        };
        let mut envelope = Self {
            id,
            passcode: layer,
            canary: key.canary(&id),
            sealed: Vec::new(),
        };
        let associated = envelope.associated();
        let inner = match (passcode, layer) {
            (Some((passcode, _)), Some((cost, salt))) => {
                let wrapping = passcode.derive(&salt, cost).ok_or(OUT_OF_MEMORY)?;
                let sealed = aead::seal(&wrapping, [0; NONCE_LEN], &associated, key.bytes());
                Zeroizing::new(sealed.ok_or(VaultError::WrongKey)?)
            }
            _ => Zeroizing::new(key.bytes().to_vec()),
        };
        envelope.sealed = store.seal(&inner, &associated)?;
        // A store that failed without saying so gives something empty, something short, or the key itself.
        let bare = envelope
            .sealed
            .windows(inner.len())
            .any(|window| window == inner.as_slice());
        if bare || envelope.sealed.len() > SEALED_MOST {
            return Err(VaultError::WrongKey);
        }
        if *store.open(&envelope.sealed, &associated)? != *inner {
            return Err(VaultError::WrongKey);
        }
        Ok(envelope)
    }

    /// The database key. A passcode that is not needed is not looked at.
    ///
    /// # Errors
    /// `PasscodeNeeded`, `WrongPasscode`; `Locked`, `KeyMissing`, `Io` from the store; `WrongKey` when it refuses or
    /// what it gives is not this vault's key.
    pub(crate) fn open(
        &self,
        passcode: Option<&Passphrase>,
        store: &dyn KeyStore,
    ) -> Result<DatabaseKey, VaultError> {
        if self.passcode.is_some() && passcode.is_none() {
            return Err(VaultError::PasscodeNeeded);
        }
        let associated = self.associated();
        let mut inner = store.open(&self.sealed, &associated)?;
        if let (Some((cost, salt)), Some(passcode)) = (self.passcode, passcode) {
            if inner.len() != KEY_LEN + TAG_LEN || inner.iter().all(|byte| *byte == 0) {
                return Err(VaultError::WrongKey);
            }
            let wrapping = passcode.derive(&salt, cost).ok_or(OUT_OF_MEMORY)?;
            inner = aead::open(&wrapping, [0; NONCE_LEN], &associated, &inner)
                .ok_or(VaultError::WrongPasscode)?;
        }
        let key = DatabaseKey::from_slice(&inner).ok_or(VaultError::WrongKey)?;
        if key.fits(&self.id, &self.canary) {
            Ok(key)
        } else {
            Err(VaultError::WrongKey)
        }
    }

    pub(crate) fn id(&self) -> [u8; 16] {
        self.id
    }

    pub(crate) fn needs_passcode(&self) -> bool {
        self.passcode.is_some()
    }

    /// The file's bytes, as the module says.
    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = self.bound().to_vec();
        bytes.extend_from_slice(&self.canary);
        // `seal` and `parse` let nothing longer in.
        let length = u16::try_from(self.sealed.len()).unwrap_or(u16::MAX);
        bytes.extend_from_slice(&length.to_be_bytes());
        bytes.extend_from_slice(&self.sealed);
        let checksum = digest(&SHA256, &bytes);
        bytes.extend_from_slice(checksum.as_ref());
        bytes
    }

    /// Reads a file's bytes.
    ///
    /// # Errors
    /// `Damaged`, and `NewerSchema` for an undamaged file of a later format.
    pub(crate) fn parse(bytes: &[u8]) -> Result<Self, VaultError> {
        let (body, checksum) = bytes
            .split_last_chunk::<CHECKSUM_LEN>()
            .ok_or(VaultError::Damaged)?;
        if digest(&SHA256, body).as_ref() != checksum {
            return Err(VaultError::Damaged);
        }
        let rest = body.strip_prefix(MAGIC).ok_or(VaultError::Damaged)?;
        match rest.first() {
            Some(&FORMAT) => Self::parse_fields(rest).ok_or(VaultError::Damaged),
            Some(format) if *format > FORMAT => Err(VaultError::NewerSchema),
            _ => Err(VaultError::Damaged),
        }
    }

    fn parse_fields(bytes: &[u8]) -> Option<Self> {
        let (&[_, layer], rest) = bytes.split_first_chunk::<2>()?;
        let (&id, rest) = rest.split_first_chunk::<16>()?;
        let (&cost, rest) = rest.split_first_chunk::<4>()?;
        let (&salt, rest) = rest.split_first_chunk::<SALT_LEN>()?;
        let (&canary, rest) = rest.split_first_chunk::<CANARY_LEN>()?;
        let (&length, sealed) = rest.split_first_chunk::<2>()?;
        let passcode = match layer {
            0 if cost == [0; 4] && salt == [0; SALT_LEN] => None,
            1 => Some((KdfCost::from_bytes(cost)?, salt)),
            _ => return None,
        };
        let fits =
            usize::from(u16::from_be_bytes(length)) == sealed.len() && sealed.len() <= SEALED_MOST;
        fits.then(|| Self {
            id,
            passcode,
            canary,
            sealed: sealed.to_vec(),
        })
    }

    /// Bytes 0 to 47: what the store and the passcode's layer are bound to.
    fn bound(&self) -> [u8; BOUND_LEN] {
        let mut bytes = [0; BOUND_LEN];
        bytes[..10].copy_from_slice(MAGIC);
        bytes[10] = FORMAT;
        bytes[12..28].copy_from_slice(&self.id);
        if let Some((cost, salt)) = self.passcode {
            bytes[11] = 1;
            bytes[28..32].copy_from_slice(&cost.to_bytes());
            bytes[32..48].copy_from_slice(&salt);
        }
        bytes
    }

    fn associated(&self) -> Vec<u8> {
        [b"attune/1 vault key".as_slice(), &self.bound()].concat()
    }
}

const OUT_OF_MEMORY: VaultError = VaultError::Io(std::io::ErrorKind::OutOfMemory);
