//! The three primitives of SQLCipher's page format, in safe Rust, errors returned.

use std::mem::{MaybeUninit, needs_drop};
use std::num::NonZeroU32;

use aes::Aes256;
use cbc::cipher::{Array, BlockModeDecrypt, BlockModeEncrypt, KeyIvInit, consts::U16};
use ring::{digest, hmac, pbkdf2};
use zeroize::Zeroize;

/// Length of an AES-256 key, in bytes.
pub(crate) const KEY_LEN: usize = 32;
/// Length of a CBC initialisation vector and of an AES block, in bytes.
pub(crate) const BLOCK_LEN: usize = 16;

/// The input does not fit the primitive, or the system gave no random bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Unfit;

/// The hashes SQLCipher numbers 0 to 2, for both HMAC and PBKDF2 (`SQLCIPHER_HMAC_SHA1` and so on).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Hash {
    /// Files of SQLCipher 3 and older only.
    Sha1,
    /// Selectable by a pragma.
    Sha256,
    /// The default, and the only one Attune writes.
    Sha512,
}

impl Hash {
    pub(crate) const fn of_number(number: i32) -> Option<Self> {
        match number {
            0 => Some(Self::Sha1),
            1 => Some(Self::Sha256),
            2 => Some(Self::Sha512),
            _ => None,
        }
    }

    /// Length of the hash's output, in bytes.
    pub(crate) const fn len(self) -> usize {
        match self {
            Self::Sha1 => digest::SHA1_OUTPUT_LEN,
            Self::Sha256 => digest::SHA256_OUTPUT_LEN,
            Self::Sha512 => digest::SHA512_OUTPUT_LEN,
        }
    }

    fn hmac(self) -> hmac::Algorithm {
        match self {
            Self::Sha1 => hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY,
            Self::Sha256 => hmac::HMAC_SHA256,
            Self::Sha512 => hmac::HMAC_SHA512,
        }
    }

    fn pbkdf2(self) -> pbkdf2::Algorithm {
        match self {
            Self::Sha1 => pbkdf2::PBKDF2_HMAC_SHA1,
            Self::Sha256 => pbkdf2::PBKDF2_HMAC_SHA256,
            Self::Sha512 => pbkdf2::PBKDF2_HMAC_SHA512,
        }
    }
}

/// Which way the cipher runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Direction {
    Encrypt,
    Decrypt,
}

/// AES-256-CBC without padding over `data`, in place (NIST SP 800-38A, 6.2). The key schedule is
/// wiped when it goes.
pub(crate) fn aes_256_cbc(
    direction: Direction,
    key: &[u8],
    iv: &[u8; BLOCK_LEN],
    data: &mut [u8],
) -> Result<(), Unfit> {
    let (blocks, rest) = Array::<u8, U16>::slice_as_chunks_mut(data);
    if !rest.is_empty() {
        return Err(Unfit);
    }
    match direction {
        Direction::Encrypt => cbc::Encryptor::<Aes256>::new_from_slices(key, iv)
            .map_err(|_| Unfit)?
            .encrypt_blocks(blocks),
        Direction::Decrypt => cbc::Decryptor::<Aes256>::new_from_slices(key, iv)
            .map_err(|_| Unfit)?
            .decrypt_blocks(blocks),
    }
    Ok(())
}

/// HMAC over the concatenation of `parts` (RFC 2104).
///
/// The keyed state is wiped afterwards. `ring` works on a copy of its own for the running hash,
/// which is out of reach and lives on the stack until it is overwritten.
pub(crate) fn hmac(hash: Hash, key: &[u8], parts: [&[u8]; 2]) -> hmac::Tag {
    const { assert!(!needs_drop::<hmac::Key>(), "wiping in place would skip a destructor") };
    let mut keyed = MaybeUninit::uninit();
    let mut running = hmac::Context::with_key(keyed.write(hmac::Key::new(hash.hmac(), key)));
    for part in parts {
        running.update(part);
    }
    keyed.zeroize();
    running.sign()
}

/// PBKDF2 into `out` (RFC 8018, 5.2).
pub(crate) fn pbkdf2(hash: Hash, rounds: NonZeroU32, secret: &[u8], salt: &[u8], out: &mut [u8]) {
    pbkdf2::derive(hash.pbkdf2(), rounds, salt, secret, out);
}
