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
        let mut envelope =
            Self { id, passcode: layer, canary: key.canary(&id), sealed: Vec::new() };
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
        let bare = envelope.sealed.windows(inner.len()).any(|window| window == inner.as_slice());
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
        if key.fits(&self.id, &self.canary) { Ok(key) } else { Err(VaultError::WrongKey) }
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
        let (body, checksum) =
            bytes.split_last_chunk::<CHECKSUM_LEN>().ok_or(VaultError::Damaged)?;
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
        fits.then(|| Self { id, passcode, canary, sealed: sealed.to_vec() })
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entropy::EntropyError;
    use crate::vault::key_store::KeyStoreError;

    /// Format 1: key 07, id 03, sealed by `Frozen`; then with the passcode "0917" at the least cost.
    const FROZEN: &str = "415454554e452d4b4559010003030303030303030303030303030303000000000000000000000000\
        000000000000000001b6d93616b7cf12fc95a7bbbac156bd54168dc14447ee7ee7f095d396a5af29\
        00309903b9ff94dd534372f3bcaabb357a89f1e8646fc7087a30e60e71708520583825f459855955\
        00b2ec07aee2b92dbdd1e405d4c749f08dac5d01434f2abc8398cfd7fd3491fa9c0006173401f29f\
        e885";
    const FROZEN_WITH_PASSCODE: &str = "415454554e452d4b4559010103030303030303030303030303030303000100012021222324252627\
        28292a2b2c2d2e2f01b6d93616b7cf12fc95a7bbbac156bd54168dc14447ee7ee7f095d396a5af29\
        0040adb2534f332c121a54ce6aa503cc0aaf9001034c8c08ecb088e250f8287206899eb96e0ea7d1\
        23b5abcc0ba512165e2c0d338aa1676a9286c83c2722b031d3c363d801e32006ae8e04b30439678f\
        9ee8c2332fe8de848b4d2bf37ff210d6175c";

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

    /// A store that seals without a nonce: the same bytes each time, bound to what they are associated with.
    struct Frozen;

    impl KeyStore for Frozen {
        fn seal(&self, secret: &[u8], associated: &[u8]) -> Result<Vec<u8>, KeyStoreError> {
            aead::seal(&[9; 32], [0; NONCE_LEN], associated, secret).ok_or(KeyStoreError::Refused)
        }

        fn open(
            &self,
            sealed: &[u8],
            associated: &[u8],
        ) -> Result<Zeroizing<Vec<u8>>, KeyStoreError> {
            aead::open(&[9; 32], [0; NONCE_LEN], associated, sealed).ok_or(KeyStoreError::Refused)
        }

        fn destroy(&self) -> Result<(), KeyStoreError> {
            Ok(())
        }
    }

    fn key() -> DatabaseKey {
        DatabaseKey::from_slice(&[7; 32]).unwrap()
    }

    fn envelope(passcode: Option<&Passphrase>) -> KeyEnvelope {
        let passcode = passcode.map(|passcode| (passcode, KdfCost::LEAST));
        KeyEnvelope::seal(&key(), [3; 16], passcode, &Frozen, &mut Counting(0x20)).unwrap()
    }

    fn hex(bytes: &[u8]) -> String {
        bytes.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    fn resealed(edit: impl FnOnce(&mut Vec<u8>)) -> Vec<u8> {
        let mut bytes = envelope(None).to_bytes();
        bytes.truncate(bytes.len() - CHECKSUM_LEN);
        edit(&mut bytes);
        let checksum = digest(&SHA256, &bytes);
        bytes.extend_from_slice(checksum.as_ref());
        bytes
    }

    #[test]
    fn the_file_is_frozen() {
        let passcode = Passphrase::new("0917".into());
        for (passcode, frozen) in [(None, FROZEN), (Some(&passcode), FROZEN_WITH_PASSCODE)] {
            let bytes = envelope(passcode).to_bytes();
            assert_eq!(hex(&bytes), frozen);
            let read = KeyEnvelope::parse(&bytes).unwrap();
            assert_eq!(read.needs_passcode(), passcode.is_some());
            let opened = read.open(passcode, &Frozen).unwrap();
            assert_eq!(opened.bytes(), &[7; 32]);
        }
    }

    #[test]
    fn a_cut_or_flipped_file_is_damaged() {
        let bytes = envelope(None).to_bytes();
        for length in 0..bytes.len() {
            assert_eq!(KeyEnvelope::parse(&bytes[..length]).err(), Some(VaultError::Damaged));
        }
        for at in 0..bytes.len() {
            let mut flipped = bytes.clone();
            flipped[at] ^= 1;
            assert_eq!(KeyEnvelope::parse(&flipped).err(), Some(VaultError::Damaged), "byte {at}");
        }
    }

    #[test]
    fn a_forged_file_with_a_right_checksum_gives_no_key() {
        let open = |bytes: &[u8]| KeyEnvelope::parse(bytes)?.open(None, &Frozen).map(|_| ());
        assert_eq!(open(&resealed(|_| {})), Ok(()));
        assert_eq!(open(&resealed(|bytes| bytes[0] ^= 1)), Err(VaultError::Damaged), "magic");
        assert_eq!(open(&resealed(|bytes| bytes[10] = 2)), Err(VaultError::NewerSchema), "format");
        assert_eq!(open(&resealed(|bytes| bytes[10] = 0)), Err(VaultError::Damaged), "format");
        assert_eq!(open(&resealed(|bytes| bytes[11] = 1)), Err(VaultError::Damaged), "no cost");
        assert_eq!(open(&resealed(|bytes| bytes[11] = 2)), Err(VaultError::Damaged), "layer");
        assert_eq!(open(&resealed(|bytes| bytes[12] ^= 1)), Err(VaultError::WrongKey), "vault id");
        assert_eq!(open(&resealed(|bytes| bytes[29] = 1)), Err(VaultError::Damaged), "cost");
        assert_eq!(open(&resealed(|bytes| bytes[50] ^= 1)), Err(VaultError::WrongKey), "canary");
        assert_eq!(open(&resealed(|bytes| bytes[81] ^= 1)), Err(VaultError::Damaged), "length");
        assert_eq!(open(&resealed(|bytes| bytes[90] ^= 1)), Err(VaultError::WrongKey), "sealed");
        let costly = resealed(|bytes| {
            bytes[11] = 1;
            bytes[28..32].fill(0xff);
        });
        assert_eq!(open(&costly), Err(VaultError::Damaged), "a cost out of bounds is not paid");
    }

    proptest::proptest! {
        #[test]
        fn every_envelope_reads_back_as_it_was(
            id: [u8; 16],
            layer: Option<(u8, u8, [u8; SALT_LEN])>,
            canary: [u8; CANARY_LEN],
            sealed in proptest::collection::vec(proptest::num::u8::ANY, 0..SEALED_MOST),
        ) {
            let passcode = layer.map(|(mib, passes, salt)| {
                let cost = KdfCost::new(1 + u16::from(mib), 1 + u16::from(passes % 16));
                (cost.unwrap(), salt)
            });
            let envelope = KeyEnvelope { id, passcode, canary, sealed };
            let bytes = envelope.to_bytes();
            proptest::prop_assert!(bytes.len() <= FILE_MOST);
            proptest::prop_assert!(KeyEnvelope::parse(&bytes).is_ok_and(|read| read == envelope));
        }
    }
}
