//! What is written: 8 KiB that are a function of lane and version, so that a reader can tell whose
//! they are and whether they are whole, and nobody has to keep them.

/// Bytes of a payload: an envelope's.
pub const PAYLOAD_LEN: usize = attune_wire::ENVELOPE_LEN;

/// Letters from which payloads are cut, each at a place of its own.
const POOL_LEN: usize = 1 << 16;

/// Lane and version at the start of a payload: 8 and 16 hexadecimal digits.
const STAMP_LEN: usize = 24;

/// 64 letters that need no escape anywhere, JSON included: some of those compared speak it.
const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// Makes payloads, and knows its own.
pub struct Payload {
    pool: Box<[u8]>,
}

impl Payload {
    /// Payloads of one run; the same seed gives the same.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        let mut state = seed;
        let pool =
            std::iter::repeat_with(|| LETTERS[usize::from(split_mix(&mut state) as u8 >> 2)])
                .take(POOL_LEN + PAYLOAD_LEN)
                .collect();
        Self { pool }
    }

    /// The payload of that version of the lane.
    pub fn write(&self, lane: u32, version: u64, to: &mut [u8; PAYLOAD_LEN]) {
        to.copy_from_slice(self.letters(lane, version));
        to[..STAMP_LEN].copy_from_slice(stamp(lane, version).as_bytes());
    }

    /// The version of which `bytes` are the payload, if they are one of that lane, to the last byte.
    #[must_use]
    pub fn version_in(&self, lane: u32, bytes: &[u8]) -> Option<u64> {
        let bytes: &[u8; PAYLOAD_LEN] = bytes.try_into().ok()?;
        let (head, rest) = bytes.split_at(STAMP_LEN);
        let version = u64::from_str_radix(str::from_utf8(&head[8..]).ok()?, 16).ok()?;
        let is_own = head == stamp(lane, version).as_bytes()
            && rest == &self.letters(lane, version)[STAMP_LEN..];
        is_own.then_some(version)
    }

    fn letters(&self, lane: u32, version: u64) -> &[u8] {
        let mut state = version ^ (u64::from(lane) << 32);
        let at = usize::try_from(split_mix(&mut state) % POOL_LEN as u64).unwrap_or(0);
        &self.pool[at..at + PAYLOAD_LEN]
    }
}

fn stamp(lane: u32, version: u64) -> String {
    format!("{lane:08x}{version:016x}")
}

/// `SplitMix64`, by Steele, Lea and Flood: enough to look random to a disk.
fn split_mix(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut mixed = *state;
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn payload(of: &Payload, lane: u32, version: u64) -> Box<[u8; PAYLOAD_LEN]> {
        let mut bytes = Box::new([0; PAYLOAD_LEN]);
        of.write(lane, version, &mut bytes);
        bytes
    }

    #[test]
    fn a_payload_is_known_to_the_last_byte() {
        let of = Payload::new(7);
        let mut bytes = payload(&of, 3, 9);
        assert_eq!(of.version_in(3, &bytes[..]), Some(9));
        assert_eq!(of.version_in(4, &bytes[..]), None, "another lane's");
        assert_eq!(of.version_in(3, &bytes[1..]), None, "too short");
        for at in [0, 8, STAMP_LEN, PAYLOAD_LEN - 1] {
            bytes[at] ^= 1;
            assert_eq!(of.version_in(3, &bytes[..]), None, "changed at {at}");
            bytes[at] ^= 1;
        }
    }

    #[test]
    fn payloads_differ_and_need_no_escape() {
        let of = Payload::new(7);
        let (one, next) = (payload(&of, 3, 9), payload(&of, 3, 10));
        assert_ne!(one[STAMP_LEN..], next[STAMP_LEN..]);
        assert!(one.iter().all(|byte| LETTERS.contains(byte)));
        assert_ne!(payload(&Payload::new(8), 3, 9), one, "another seed");
    }
}
