//! A practice's permission to open lanes on a relay.
//!
//! The relay's operator makes a grant and hands its text to one practice. The text holds a private
//! key; the relay keeps the public half and a count for the month. Which lane was opened under which
//! grant is stored nowhere.

use std::fmt;

use zeroize::Zeroizing;

use crate::lane::{LaneId, PublicKey, sha256};
use crate::origin::RelayId;
use crate::signature::{BadSignature, SigningKey, verify};

const LABEL: &[u8; 14] = b"attune/1 grant";
const PREFIX: &str = "attune-grant:";
const ALPHABET: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";
const CHECK_LEN: usize = 4;
const TEXT_BYTES: usize = 16 + 32 + CHECK_LEN;

/// What an OPEN frame carries of a grant: its id, and a signature that binds it to one lane on one
/// relay: Ed25519 over `"attune/1 grant" || relay_id || lane_id || grant_id`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Grant {
    /// The grant's id.
    pub id: [u8; 16],
    /// By the grant's private key.
    pub signature: [u8; 64],
}

impl Grant {
    /// Checks that the holder of `key` meant this relay and this lane.
    ///
    /// # Errors
    /// [`BadSignature`] otherwise.
    pub fn verify(
        &self,
        key: &PublicKey,
        relay: &RelayId,
        lane: &LaneId,
    ) -> Result<(), BadSignature> {
        verify(key, &message(relay, lane, &self.id), &self.signature)
    }
}

impl fmt::Debug for Grant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Grant(..)")
    }
}

/// A grant as its holder has it: the id and the private key.
#[derive(Clone)]
pub struct GrantKey {
    id: [u8; 16],
    seed: Zeroizing<[u8; 32]>,
}

/// The text is not a grant: mistyped, cut short, or something else. Holds nothing of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this is not a grant; it starts with attune-grant: and has 84 letters and digits after it")]
pub struct GrantTextError;

impl GrantKey {
    /// A grant of 16 and 32 random bytes.
    #[must_use]
    pub fn new(id: [u8; 16], seed: &[u8; 32]) -> Self {
        Self { id, seed: Zeroizing::new(*seed) }
    }

    /// The grant's id.
    #[must_use]
    pub fn id(&self) -> &[u8; 16] {
        &self.id
    }

    /// The public half, which the relay keeps.
    #[must_use]
    pub fn public(&self) -> PublicKey {
        SigningKey::from_seed(&self.seed).public()
    }

    /// What an OPEN of `lane` on `relay` carries.
    #[must_use]
    pub fn grant(&self, relay: &RelayId, lane: &LaneId) -> Grant {
        let key = SigningKey::from_seed(&self.seed);
        Grant { id: self.id, signature: key.sign(&message(relay, lane, &self.id)) }
    }

    /// The text that an operator hands over: `attune-grant:` and base32 (RFC 4648, lower case, no
    /// padding) of id, seed and the first 4 bytes of their SHA-256. It is a secret.
    #[must_use]
    pub fn to_text(&self) -> Zeroizing<String> {
        let mut bytes = Zeroizing::new([0_u8; TEXT_BYTES]);
        bytes[..16].copy_from_slice(&self.id);
        bytes[16..48].copy_from_slice(&*self.seed);
        let check = check(&bytes);
        bytes[48..].copy_from_slice(&check);
        // Enough room from the start: a string that grows leaves its old bytes behind.
        let mut text = Zeroizing::new(String::with_capacity(PREFIX.len() + 84));
        text.push_str(PREFIX);
        let (mut held, mut bits) = (0_u16, 0_u32);
        for byte in *bytes {
            held = (held << 8) | u16::from(byte);
            bits += 8;
            while bits >= 5 {
                bits -= 5;
                text.push(char::from(ALPHABET[usize::from((held >> bits) & 31)]));
            }
            held &= (1 << bits) - 1;
        }
        if bits > 0 {
            text.push(char::from(ALPHABET[usize::from((held << (5 - bits)) & 31)]));
        }
        text
    }

    /// Reads what [`GrantKey::to_text`] wrote; white space around it and capitals are forgiven.
    ///
    /// # Errors
    /// [`GrantTextError`] when it is anything else.
    pub fn from_text(text: &str) -> Result<Self, GrantTextError> {
        let text = text.trim();
        let (prefix, digits) = text.split_at_checked(PREFIX.len()).ok_or(GrantTextError)?;
        if !prefix.eq_ignore_ascii_case(PREFIX) {
            return Err(GrantTextError);
        }
        let mut bytes = Zeroizing::new([0_u8; TEXT_BYTES]);
        let mut room = bytes.iter_mut();
        let (mut held, mut bits) = (0_u16, 0_u32);
        for digit in digits.bytes() {
            let value = match digit.to_ascii_lowercase() {
                letter @ b'a'..=b'z' => letter - b'a',
                number @ b'2'..=b'7' => number - b'2' + 26,
                _ => return Err(GrantTextError),
            };
            held = (held << 5) | u16::from(value);
            bits += 5;
            if bits >= 8 {
                bits -= 8;
                let [_, byte] = (held >> bits).to_be_bytes();
                *room.next().ok_or(GrantTextError)? = byte;
                held &= (1 << bits) - 1;
            }
        }
        if room.next().is_some() || held != 0 || bits >= 5 || bytes[48..] != check(&bytes) {
            return Err(GrantTextError);
        }
        let mut key = Self { id: [0; 16], seed: Zeroizing::new([0; 32]) };
        key.id.copy_from_slice(&bytes[..16]);
        key.seed.copy_from_slice(&bytes[16..48]);
        Ok(key)
    }
}

impl fmt::Debug for GrantKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("GrantKey(..)")
    }
}

fn message(relay: &RelayId, lane: &LaneId, id: &[u8; 16]) -> [u8; 78] {
    let mut message = [0; 78];
    message[..14].copy_from_slice(LABEL);
    message[14..46].copy_from_slice(&relay.0);
    message[46..62].copy_from_slice(&lane.0);
    message[62..].copy_from_slice(id);
    message
}

fn check(bytes: &[u8; TEXT_BYTES]) -> [u8; CHECK_LEN] {
    let [a, b, c, d, ..] = sha256(&[&bytes[..48]]);
    [a, b, c, d]
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_grant_is_good_for_one_lane_on_one_relay() {
        let key = GrantKey::new([3; 16], &[4; 32]);
        let (relay, lane) = (RelayId([5; 32]), LaneId([6; 16]));
        let grant = key.grant(&relay, &lane);
        assert_eq!(grant.verify(&key.public(), &relay, &lane), Ok(()));
        assert_eq!(grant.verify(&key.public(), &RelayId([0; 32]), &lane), Err(BadSignature));
        assert_eq!(grant.verify(&key.public(), &relay, &LaneId([0; 16])), Err(BadSignature));
        let other = Grant { id: [0; 16], ..grant };
        assert_eq!(other.verify(&key.public(), &relay, &lane), Err(BadSignature));
        assert_eq!(grant.verify(&[9; 32], &relay, &lane), Err(BadSignature));
    }

    #[test]
    fn frozen_text() {
        let key = GrantKey::new([3; 16], &[4; 32]);
        assert_eq!(key.to_text().as_str(), FROZEN);
        assert_eq!(GrantKey::from_text(FROZEN).unwrap().public(), key.public());
    }

    const FROZEN: &str = "attune-grant:\
        ambqgaydambqgaydambqgaydamcaibaeaqcaibaeaq\
        caibaeaqcaibaeaqcaibaeaqcaibaeaqcajrvrvyqa";

    proptest! {
        #[test]
        fn text_comes_back(id: [u8; 16], seed: [u8; 32]) {
            let text = GrantKey::new(id, &seed).to_text();
            prop_assert_eq!(text.len(), 13 + 84);
            for spelled in [text.to_string(), format!(" {}\n", text.to_uppercase())] {
                let read = GrantKey::from_text(&spelled).unwrap();
                prop_assert_eq!(read.id(), &id);
                prop_assert_eq!(*read.seed, seed);
            }
        }

        #[test]
        fn a_mistyped_letter_is_noticed(seed: [u8; 32], at in 13_usize..97, to in 0_usize..32) {
            let text = GrantKey::new([1; 16], &seed).to_text();
            let mut typed = text.as_bytes().to_vec();
            prop_assume!(typed[at] != ALPHABET[to]);
            typed[at] = ALPHABET[to];
            let typed = String::from_utf8(typed).unwrap();
            prop_assert!(GrantKey::from_text(&typed).is_err());
            prop_assert!(GrantKey::from_text(&text[..at]).is_err());
            let longer = format!("{}a", &*text);
            prop_assert!(GrantKey::from_text(&longer).is_err());
        }

        #[test]
        fn any_text_is_answered(text in any::<String>()) {
            prop_assert!(GrantKey::from_text(&text).is_err());
            let prefixed = format!("attune-grant:{text}");
            prop_assert!(GrantKey::from_text(&prefixed).is_err());
        }
    }
}
