//! The formulas of docs/protocol.md a second time, straight from the text, on `ring`, `argon2` and
//! `hpke` alone. Nothing of `attune_core` is named here.

use std::convert::Infallible;

use hpke::aead::ChaCha20Poly1305;
use hpke::kdf::HkdfSha256;
use hpke::kem::XWing;
use hpke::rand_core::{TryCryptoRng, TryRng};
use hpke::{Deserializable, Kem, OpModeR, OpModeS, PskBundle, Serializable};
use ring::hkdf::{HKDF_SHA256, KeyType, Salt};

pub(crate) fn sha256(parts: &[&[u8]]) -> [u8; 32] {
    ring::digest::digest(&ring::digest::SHA256, &parts.concat()).as_ref().try_into().unwrap()
}

struct Length(usize);

impl KeyType for Length {
    fn len(&self) -> usize {
        self.0
    }
}

pub(crate) fn hkdf<const N: usize>(salt: &[u8], ikm: &[u8], info: &[&[u8]]) -> [u8; N] {
    let mut out = [0; N];
    let extracted = Salt::new(HKDF_SHA256, salt).extract(ikm);
    extracted.expand(info, Length(N)).unwrap().fill(&mut out).unwrap();
    out
}

pub(crate) fn argon2id(seed: &[u8], salt: &[u8]) -> [u8; 32] {
    use argon2::{Algorithm, Argon2, Params, Version};
    let params = Params::new(65_536, 3, 1, Some(32)).unwrap();
    let mut out = [0; 32];
    let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    argon2.hash_password_into(seed, salt, &mut out).unwrap();
    out
}

pub(crate) fn ed25519_public(seed: &[u8; 32]) -> [u8; 32] {
    use ring::signature::KeyPair;
    let pair = ring::signature::Ed25519KeyPair::from_seed_unchecked(seed).unwrap();
    pair.public_key().as_ref().try_into().unwrap()
}

pub(crate) fn ed25519_sign(seed: &[u8; 32], message: &[u8]) -> [u8; 64] {
    let pair = ring::signature::Ed25519KeyPair::from_seed_unchecked(seed).unwrap();
    pair.sign(message).as_ref().try_into().unwrap()
}

/// The id of a lane, and its two public keys, from the two seeds.
pub(crate) fn lane(writer: &[u8; 32], reader: &[u8; 32]) -> ([u8; 32], [u8; 32], [u8; 16]) {
    let (writer, reader) = (ed25519_public(writer), ed25519_public(reader));
    let hash = sha256(&[b"attune/1 lane", &writer, &reader]);
    (writer, reader, hash[..16].try_into().unwrap())
}

pub(crate) fn aad(first: u8, lane: &[u8; 16], version: u64) -> Vec<u8> {
    [&[first], lane.as_slice(), &version.to_be_bytes()].concat()
}

/// `u16 length || plaintext || zeros`.
pub(crate) fn padded(plaintext: &[u8], room: usize) -> Vec<u8> {
    let mut out = u16::try_from(plaintext.len()).unwrap().to_be_bytes().to_vec();
    out.extend(plaintext);
    assert!(out.len() <= room);
    out.resize(room, 0);
    out
}

pub(crate) fn xwing_public(seed: &[u8; 32]) -> [u8; 1_216] {
    let secret = <XWing as Kem>::PrivateKey::from_bytes(seed).unwrap();
    XWing::sk_to_pk(&secret).to_bytes().as_slice().try_into().unwrap()
}

/// What an HPKE envelope is bound to.
pub(crate) struct Binding {
    pub(crate) psk: [u8; 32],
    pub(crate) psk_id: [u8; 32],
    pub(crate) info: Vec<u8>,
    pub(crate) aad: Vec<u8>,
}

/// A whole envelope around 7,055 bytes, by the byte table.
pub(crate) fn seal(
    room: &[u8],
    binding: &Binding,
    public: &[u8],
    randomness: &[u8; 64],
) -> Vec<u8> {
    assert_eq!(room.len(), 7_055);
    let public = <XWing as Kem>::PublicKey::from_bytes(public).unwrap();
    let mode = OpModeS::Psk(PskBundle::new(&binding.psk, &binding.psk_id).unwrap());
    let (enc, ciphertext) = hpke::single_shot_seal_with_rng::<ChaCha20Poly1305, HkdfSha256, XWing>(
        &mode,
        &public,
        &binding.info,
        room,
        &binding.aad,
        &mut Randomness(randomness),
    )
    .unwrap();
    let envelope = [&[1], enc.to_bytes().as_slice(), &ciphertext].concat();
    assert_eq!(envelope.len(), 8_192);
    envelope
}

/// The plaintext out of a whole envelope.
pub(crate) fn open(envelope: &[u8], binding: &Binding, seed: &[u8; 32]) -> Vec<u8> {
    assert_eq!((envelope.len(), envelope[0]), (8_192, 1));
    let secret = <XWing as Kem>::PrivateKey::from_bytes(seed).unwrap();
    let enc = <XWing as Kem>::EncappedKey::from_bytes(&envelope[1..1_121]).unwrap();
    let mode = OpModeR::Psk(PskBundle::new(&binding.psk, &binding.psk_id).unwrap());
    let room = hpke::single_shot_open::<ChaCha20Poly1305, HkdfSha256, XWing>(
        &mode,
        &secret,
        &enc,
        &binding.info,
        &envelope[1_121..],
        &binding.aad,
    )
    .unwrap();
    unpadded(&room)
}

pub(crate) fn unpadded(room: &[u8]) -> Vec<u8> {
    let length = usize::from(u16::from_be_bytes([room[0], room[1]]));
    assert!(room[2 + length..].iter().all(|byte| *byte == 0));
    room[2..2 + length].to_vec()
}

/// ChaCha20-Poly1305, the tag behind the ciphertext.
pub(crate) fn chacha(key: &[u8; 32], nonce: [u8; 12], aad: &[u8], plaintext: &[u8]) -> Vec<u8> {
    use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, Nonce, UnboundKey};
    let key = LessSafeKey::new(UnboundKey::new(&CHACHA20_POLY1305, key).unwrap());
    let mut out = plaintext.to_vec();
    let nonce = Nonce::assume_unique_for_key(nonce);
    key.seal_in_place_append_tag(nonce, Aad::from(aad), &mut out).unwrap();
    out
}

struct Randomness<'a>(&'a [u8; 64]);

impl TryRng for Randomness<'_> {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        unreachable!("an encapsulation draws 64 bytes at once")
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        unreachable!("an encapsulation draws 64 bytes at once")
    }

    fn try_fill_bytes(&mut self, out: &mut [u8]) -> Result<(), Infallible> {
        out.copy_from_slice(self.0);
        Ok(())
    }
}

impl TryCryptoRng for Randomness<'_> {}
