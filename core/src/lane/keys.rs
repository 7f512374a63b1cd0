//! The keys of a pairing's lanes, all of them derived from its secret.
//!
//! Both sides derive all four signing keys of an epoch: a lane can then move to another relay while
//! the old one is dead. Source of the labels: docs/protocol.md, "Keys of a lane".

use std::fmt;

use attune_wire::{LaneId, SigningKey};
use ring::hmac;
use zeroize::Zeroizing;

use super::Direction;

/// The secret that a pairing ends in. It is wiped when dropped and never printed.
#[derive(Clone)]
pub struct Psk(Zeroizing<[u8; 32]>);

impl Psk {
    /// The secret of those bytes.
    #[must_use]
    pub fn from_bytes(bytes: &[u8; 32]) -> Self {
        Self(Zeroizing::new(*bytes))
    }

    /// The secret's bytes, for the vault.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Debug for Psk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Psk(..)")
    }
}

/// The keys of one lane, and its id.
pub struct LaneKeys {
    /// Signs PUT.
    pub writer: SigningKey,
    /// Signs GET.
    pub reader: SigningKey,
    /// The lane's id at the relay.
    pub id: LaneId,
}

impl LaneKeys {
    /// The keys of a pairing's lane in that direction, in that epoch (0 at first).
    #[must_use]
    pub fn derive(psk: &Psk, direction: Direction, epoch: u64) -> Self {
        Self::from_secret(psk.as_bytes(), "attune/1 lane", direction, &epoch.to_be_bytes())
    }

    /// `HKDF(secret, label || direction || epoch || role)` for both roles.
    pub(crate) fn from_secret(
        secret: &[u8; 32],
        label: &str,
        direction: Direction,
        epoch: &[u8],
    ) -> Self {
        let key = |role: &str| {
            let seed = hkdf::<32>(
                &[],
                secret,
                &[label.as_bytes(), direction.label().as_bytes(), epoch, role.as_bytes()],
            );
            SigningKey::from_seed(&seed)
        };
        let (writer, reader) = (key("w"), key("r"));
        let id = LaneId::of(&writer.public(), &reader.public());
        Self { writer, reader, id }
    }
}

/// HKDF-SHA256 (RFC 5869), extract and expand, to at most 32 bytes; `info` is the parts in a row.
///
/// Written out over HMAC because one block of output cannot fail, and so nothing here can.
pub(crate) fn hkdf<const N: usize>(salt: &[u8], ikm: &[u8], info: &[&[u8]]) -> Zeroizing<[u8; N]> {
    const { assert!(N <= 32, "one block") };
    let extracted = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, salt), ikm);
    let mut block = hmac::Context::with_key(&hmac::Key::new(hmac::HMAC_SHA256, extracted.as_ref()));
    for part in info {
        block.update(part);
    }
    block.update(&[1]);
    let mut out = Zeroizing::new([0; N]);
    out.copy_from_slice(&block.sign().as_ref()[..N]);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The first 32 bytes of the RFC's 42 and 82: one block is all that is used here.
    #[test]
    fn hkdf_follows_rfc_5869() {
        let salt: Vec<u8> = (0x00..=0x0c).collect();
        let info: Vec<u8> = (0xf0..=0xf9).collect();
        let wanted = "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf";
        assert_eq!(hex(&*hkdf::<32>(&salt, &[0x0b; 22], &[&info])), wanted);
        assert_eq!(hex(&*hkdf::<32>(&salt, &[0x0b; 22], &[&info[..3], &info[3..]])), wanted);
        let wanted = "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d";
        assert_eq!(hex(&*hkdf::<32>(&[], &[0x0b; 22], &[])), wanted);
    }

    #[test]
    fn every_lane_has_keys_of_its_own() {
        let psk = Psk::from_bytes(&[7; 32]);
        let mut seen = std::collections::BTreeSet::new();
        for direction in [Direction::ClientToDesk, Direction::DeskToClient] {
            for epoch in [0, 1, u64::MAX] {
                let keys = LaneKeys::derive(&psk, direction, epoch);
                assert!(seen.insert(keys.writer.public()) && seen.insert(keys.reader.public()));
            }
        }
        assert_eq!(seen.len(), 12);
        assert_eq!(format!("{psk:?}"), "Psk(..)");
    }

    fn hex(bytes: &[u8]) -> String {
        bytes.iter().map(|byte| format!("{byte:02x}")).collect()
    }
}
