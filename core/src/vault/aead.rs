//! ChaCha20-Poly1305 (RFC 8439) for the small secrets of key files.

use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, Nonce, UnboundKey};
use zeroize::Zeroizing;

/// Length of a nonce, in bytes.
pub(crate) const NONCE_LEN: usize = 12;
/// Length of the tag behind a ciphertext, in bytes.
pub(crate) const TAG_LEN: usize = 16;

/// Ciphertext and tag; `None` only for a text longer than the cipher's 256 GiB. A nonce serves one text of a key.
pub(crate) fn seal(
    key: &[u8; 32],
    nonce: [u8; NONCE_LEN],
    associated: &[u8],
    secret: &[u8],
) -> Option<Vec<u8>> {
    let key = LessSafeKey::new(UnboundKey::new(&CHACHA20_POLY1305, key).ok()?);
    // All of the room at once: a vector that grew would leave plaintext behind.
    let mut sealed = Vec::with_capacity(secret.len() + TAG_LEN);
    sealed.extend_from_slice(secret);
    let nonce = Nonce::assume_unique_for_key(nonce);
    key.seal_in_place_append_tag(nonce, Aad::from(associated), &mut sealed).ok()?;
    Some(sealed)
}

/// The text, if key, nonce, associated bytes and tag fit.
pub(crate) fn open(
    key: &[u8; 32],
    nonce: [u8; NONCE_LEN],
    associated: &[u8],
    sealed: &[u8],
) -> Option<Zeroizing<Vec<u8>>> {
    let key = LessSafeKey::new(UnboundKey::new(&CHACHA20_POLY1305, key).ok()?);
    let mut buffer = Zeroizing::new(sealed.to_vec());
    let nonce = Nonce::assume_unique_for_key(nonce);
    let length = key.open_in_place(nonce, Aad::from(associated), &mut buffer).ok()?.len();
    buffer.truncate(length);
    Some(buffer)
}
