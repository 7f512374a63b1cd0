//! Lanes: one-way registers, named by the two keys that may touch them.

use std::fmt;

use ring::digest;

/// An Ed25519 public key, RFC 8032, 32 bytes.
pub type PublicKey = [u8; 32];

/// The name of a lane: `SHA-256("attune/1 lane" || writer || reader)`, first 16 bytes.
///
/// Its `Debug` shows nothing of it, so that it cannot slip into a log.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LaneId(pub [u8; 16]);

impl LaneId {
    /// The lane that `writer` writes and `reader` reads.
    #[must_use]
    pub fn of(writer: &PublicKey, reader: &PublicKey) -> Self {
        let digest = sha256(&[b"attune/1 lane", writer, reader]);
        let mut id = [0; 16];
        id.copy_from_slice(&digest[..16]);
        Self(id)
    }

    /// The 16 bytes.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8; 16] {
        &self.0
    }
}

impl fmt::Debug for LaneId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("LaneId(..)")
    }
}

/// SHA-256 of `parts`, one after the other.
pub(crate) fn sha256(parts: &[&[u8]]) -> [u8; 32] {
    let mut context = digest::Context::new(&digest::SHA256);
    for part in parts {
        context.update(part);
    }
    let mut out = [0; 32];
    for (to, from) in out.iter_mut().zip(context.finish().as_ref()) {
        *to = *from;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lane_has_a_direction_and_shows_nothing() {
        let forth = LaneId::of(&[1; 32], &[2; 32]);
        let back = LaneId::of(&[2; 32], &[1; 32]);
        assert_ne!(forth, back);
        assert_eq!(format!("{forth:?}"), "LaneId(..)");
    }
}
