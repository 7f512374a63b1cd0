//! Many signatures at once, for about half of what each costs alone.
//!
//! The equation of Ed25519 is checked for a random linear combination of all (Bernstein and others, "High-speed
//! high-security signatures", 2011, section 5). One that does not hold makes the sum fail, but for one
//! chance in 2^128; then each is checked by itself.
//!
//! The sum is laxer in one thing: a signature with a part of small order in it, which only the holder
//! of the private key can make, may pass here and fail alone. It is the holder's own lane that it opens.

use ed25519_dalek::{Signature, VerifyingKey, verify_batch};

use crate::request::{Operation, Request, SignedRequest};
use crate::signature::BadSignature;

impl SignedRequest {
    /// Checks the signature of each, as [`SignedRequest::verify`] does; the answers are in the order of
    /// `requests`. What is bad costs the good ones time, and nothing else.
    #[must_use]
    pub fn verify_all(requests: Vec<Self>) -> Vec<Result<Request, BadSignature>> {
        let keys: Vec<Option<VerifyingKey>> = requests.iter().map(Self::only_key).collect();
        let all_good = are_good(&requests, &keys);
        let checked = requests.into_iter().zip(keys);
        checked
            .map(|(it, key)| if all_good && key.is_some() { Ok(it.request) } else { it.verify() })
            .collect()
    }

    /// The key that must have signed, if it is any good. `None`, too, for an OPEN and a CLOSE, which two
    /// keys may have signed: they are rare, and checked alone.
    fn only_key(&self) -> Option<VerifyingKey> {
        let key = match self.request.operation {
            Operation::Put => &self.request.writer,
            Operation::Get => &self.request.reader,
            Operation::Open | Operation::Close => return None,
        };
        VerifyingKey::from_bytes(key).ok().filter(|key| !key.is_weak())
    }
}

/// Whether all that have a key are signed by it. One alone is not worth a sum.
fn are_good(requests: &[SignedRequest], keys: &[Option<VerifyingKey>]) -> bool {
    let keyed = || requests.iter().zip(keys).filter_map(|(it, key)| Some((it, (*key)?)));
    let messages: Vec<&[u8]> = keyed().map(|(it, _)| &it.message[..]).collect();
    let signatures: Vec<_> = keyed().map(|(it, _)| Signature::from_bytes(&it.signature)).collect();
    let keys: Vec<_> = keyed().map(|(_, key)| key).collect();
    keys.len() > 1 && verify_batch(&messages, &signatures, &keys).is_ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::layout::{ENVELOPE_LEN, FRAME_LEN};
    use crate::origin::RelayId;
    use crate::signature::SigningKey;

    /// A frame of one of the four operations, and whether it is signed by whoever may.
    #[derive(Debug, Clone)]
    struct Asked {
        operation: Operation,
        signer: u8,
        flipped: Option<usize>,
    }

    impl Asked {
        fn frame(&self, number: u8) -> Box<[u8; FRAME_LEN]> {
            let key =
                |role| SigningKey::from_seed(&[number.wrapping_mul(3).wrapping_add(role); 32]);
            let request = Request {
                operation: self.operation,
                relay: RelayId([7; 32]),
                writer: key(0).public(),
                reader: key(1).public(),
                version: 0,
                grant: None,
                envelope: Box::new([number; ENVELOPE_LEN]),
            };
            let mut frame = request.sign(&key(self.signer));
            if let Some(bit) = self.flipped {
                // Within the keys, the version, the signature or the envelope: well formed all the same.
                let at = if bit < 1_024 { 36 + bit / 8 } else { 256 + bit / 8 };
                frame[at] ^= 1 << (bit % 8);
            }
            frame
        }
    }

    fn asked() -> impl Strategy<Value = Asked> {
        let operation = prop_oneof![4 => Just(Operation::Put), 4 => Just(Operation::Get),
            1 => Just(Operation::Open), 1 => Just(Operation::Close)];
        let flipped = prop_oneof![12 => Just(None), 1 => (0_usize..8_000).prop_map(Some)];
        (operation, prop_oneof![12 => Just(false), 1 => Just(true)], flipped).prop_map(
            |(operation, by_a_stranger, flipped)| {
                let signer = if operation == Operation::Get { 1 } else { 0 };
                Asked { operation, signer: if by_a_stranger { 2 } else { signer }, flipped }
            },
        )
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        /// One at a time is what must come of all at once, whichever are bad and wherever they stand.
        #[test]
        fn all_at_once_is_one_at_a_time(asked in proptest::collection::vec(asked(), 0..24)) {
            let frames: Vec<_> =
                asked.iter().enumerate().map(|(at, one)| one.frame(at as u8)).collect();
            let parsed: Vec<_> =
                frames.iter().filter_map(|frame| Request::parse(&frame[..]).ok()).collect();
            let alone: Vec<_> = parsed.iter().cloned().map(SignedRequest::verify).collect();
            prop_assert_eq!(SignedRequest::verify_all(parsed), alone);
        }
    }

    #[test]
    fn the_good_ones_beside_one_bad_one_pass() {
        let good = Asked { operation: Operation::Put, signer: 0, flipped: None };
        let bad = Asked { flipped: Some(5_000), ..good.clone() };
        for at in 0..5 {
            let asked = |number| if number == at { &bad } else { &good };
            let frames = (0..5).map(|number| asked(number).frame(number));
            let parsed = frames.map(|frame| Request::parse(&frame[..]).unwrap()).collect();
            let verified = SignedRequest::verify_all(parsed);
            let passed: Vec<bool> = verified.iter().map(Result::is_ok).collect();
            assert_eq!(passed, (0..5).map(|number| number != at).collect::<Vec<_>>());
        }
    }

    /// The key of order one signs everything with zeros and itself: in a sum as well as alone.
    #[test]
    fn a_key_that_needs_no_private_one_signs_nothing() {
        let mut identity = [0; 32];
        identity[0] = 1;
        let good = Asked { operation: Operation::Put, signer: 0, flipped: None };
        let mut forged = good.frame(9);
        forged[36..68].copy_from_slice(&identity);
        forged[108..172].fill(0);
        forged[108] = 1;
        let frames = [good.frame(1), forged, good.frame(2)];
        let parsed = frames.iter().map(|frame| Request::parse(&frame[..]).unwrap()).collect();
        let verified = SignedRequest::verify_all(parsed);
        let passed: Vec<bool> = verified.iter().map(Result::is_ok).collect();
        assert_eq!(passed, [true, false, true]);
    }
}
