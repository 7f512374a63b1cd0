//! The code that starts a pairing: a link (also as a QR code), or eight words read aloud.
//!
//! A link is `attune://HOST[:PORT]/#1.SEED`: the relay, and after the `#`, which no browser sends
//! on, the code's version and 32 bytes in base64url. A relay on this machine without TLS is written
//! `attune+http://`. Eight words carry 88 bits and no relay: that is told apart.

use std::fmt;

use attune_wire::{OriginError, canonical_origin};
use zeroize::{Zeroize, Zeroizing};

use crate::entropy::{Entropy, EntropyError};
use crate::words::{self, WordsError};

/// Bytes of a seed in a link.
pub const LINK_SEED_LEN: usize = 32;
/// Bytes of a seed in words: 88 bits.
pub const WORDS_SEED_LEN: usize = 11;
/// Words of a spoken code.
pub const WORDS: usize = 8;

const SCHEMES: [(&str, &str); 2] = [("attune://", "https://"), ("attune+http://", "http://")];
const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const SEED_CHARS: usize = (LINK_SEED_LEN * 8).div_ceil(6);

/// The secret of a code. It is wiped when dropped and never printed.
#[derive(Clone)]
pub struct Seed(Zeroizing<Vec<u8>>);

impl Seed {
    /// A new seed for a link.
    ///
    /// # Errors
    /// [`EntropyError`] when the system gives no random bytes.
    pub fn for_link(entropy: &mut dyn Entropy) -> Result<Self, EntropyError> {
        Self::random(LINK_SEED_LEN, entropy)
    }

    /// A new seed for words.
    ///
    /// # Errors
    /// [`EntropyError`] when the system gives no random bytes.
    pub fn for_words(entropy: &mut dyn Entropy) -> Result<Self, EntropyError> {
        Self::random(WORDS_SEED_LEN, entropy)
    }

    /// The seed of those bytes; `None` unless there are 32 or 11.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        matches!(bytes.len(), LINK_SEED_LEN | WORDS_SEED_LEN)
            .then(|| Self(Zeroizing::new(bytes.to_vec())))
    }

    /// The seed's 32 or 11 bytes.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// The eight words of a spoken code; `None` for the seed of a link.
    #[must_use]
    pub fn words(&self) -> Option<[&'static str; WORDS]> {
        let bytes = <&[u8; WORDS_SEED_LEN]>::try_from(self.as_bytes()).ok()?;
        Some(words::from_bits(bytes.iter().fold(0, |bits, byte| bits << 8 | u128::from(*byte))))
    }

    fn random(len: usize, entropy: &mut dyn Entropy) -> Result<Self, EntropyError> {
        let mut bytes = Zeroizing::new(vec![0; len]);
        entropy.fill(&mut bytes)?;
        Ok(Self(bytes))
    }

    fn from_words(text: &str) -> Result<Self, WordsError> {
        let mut bytes = words::to_bits::<WORDS>(text)?.to_be_bytes();
        let seed = Self(Zeroizing::new(bytes[bytes.len() - WORDS_SEED_LEN..].to_vec()));
        bytes.zeroize();
        Ok(seed)
    }
}

impl fmt::Debug for Seed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Seed(..)")
    }
}

/// What somebody scanned, clicked or typed.
#[derive(Debug, Clone)]
pub enum PairingCode {
    /// A link or QR code.
    Link {
        /// The relay's canonical origin.
        origin: String,
        /// The code's secret.
        seed: Seed,
    },
    /// Eight words. The relay is told apart.
    Words {
        /// The code's secret.
        seed: Seed,
    },
}

/// The text is not a pairing code. Nothing of the text is in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CodeError {
    /// A link, but not one of ours.
    #[error("the link is not a pairing link")]
    NotOurs,
    /// The link's relay is not a relay's address.
    #[error("the link's relay cannot be used: {0}")]
    Relay(#[from] OriginError),
    /// The link is of a later version.
    #[error("a newer app is needed for this link")]
    NewerNeeded,
    /// The link's secret is cut off or changed.
    #[error("the link is not whole")]
    NotWhole,
    /// The words are not a code.
    #[error(transparent)]
    Words(#[from] WordsError),
}

impl PairingCode {
    /// The code in `text`; blanks around and inside of a link are forgiven.
    ///
    /// # Errors
    /// [`CodeError`].
    pub fn parse(text: &str) -> Result<Self, CodeError> {
        if !text.contains("://") {
            return Ok(Self::Words { seed: Seed::from_words(text)? });
        }
        let link: Zeroizing<String> =
            Zeroizing::new(text.chars().filter(|letter| !letter.is_whitespace()).collect());
        let (place, secret) = link.split_once('#').ok_or(CodeError::NotOurs)?;
        let origin = SCHEMES
            .iter()
            .find_map(|(ours, theirs)| {
                let scheme = place.get(..ours.len())?;
                scheme.eq_ignore_ascii_case(ours).then(|| [theirs, &place[ours.len()..]].concat())
            })
            .ok_or(CodeError::NotOurs)?;
        let origin = canonical_origin(&origin)?;
        let (version, seed) = secret.split_once('.').ok_or(CodeError::NotWhole)?;
        match version.parse::<u32>() {
            Ok(1) => {}
            Ok(2..) => return Err(CodeError::NewerNeeded),
            Ok(0) | Err(_) => return Err(CodeError::NotWhole),
        }
        Ok(Self::Link { origin, seed: decode_seed(seed).ok_or(CodeError::NotWhole)? })
    }

    /// The link for a seed of 32 bytes at a relay; `None` for the seed of words or an origin that
    /// is not canonical.
    #[must_use]
    pub fn link(origin: &str, seed: &Seed) -> Option<Zeroizing<String>> {
        let bytes = <&[u8; LINK_SEED_LEN]>::try_from(seed.as_bytes()).ok()?;
        if canonical_origin(origin).ok()? != origin {
            return None;
        }
        let (ours, host) =
            SCHEMES.iter().find_map(|(ours, theirs)| Some((ours, origin.strip_prefix(theirs)?)))?;
        let mut link = Zeroizing::new(String::with_capacity(ours.len() + host.len() + 64));
        for part in [ours, host, "/#1."] {
            link.push_str(part);
        }
        encode_seed(bytes, &mut link);
        Some(link)
    }

    /// The code's secret.
    #[must_use]
    pub fn seed(&self) -> &Seed {
        match self {
            Self::Link { seed, .. } | Self::Words { seed } => seed,
        }
    }
}

/// Base64url without padding, RFC 4648 section 5.
fn encode_seed(seed: &[u8; LINK_SEED_LEN], out: &mut String) {
    for group in seed.chunks(3) {
        let bits =
            (0..3).fold(0, |bits, at| bits << 8 | group.get(at).copied().map_or(0, usize::from));
        for at in 0..=group.len() {
            out.push(char::from(ALPHABET[(bits >> (18 - 6 * at)) % ALPHABET.len()]));
        }
    }
}

/// The one spelling alone: 43 characters of the alphabet, the two bits that are left over zero.
fn decode_seed(text: &str) -> Option<Seed> {
    if text.len() != SEED_CHARS {
        return None;
    }
    let mut out = Zeroizing::new(Vec::with_capacity(LINK_SEED_LEN));
    let mut bits = 0u32;
    let mut held = 0;
    for letter in text.bytes() {
        let value = ALPHABET.iter().position(|other| *other == letter)?;
        bits = bits << 6 | u32::try_from(value).ok()?;
        held += 6;
        if held >= 8 {
            held -= 8;
            out.push(u8::try_from(bits >> held & 0xff).ok()?);
        }
        bits &= (1 << held) - 1;
    }
    (bits == 0).then_some(Seed(out))
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINK: &str = "attune://relay.example/#1.AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8";

    fn seed() -> Seed {
        Seed::from_bytes(&(0..32).collect::<Vec<u8>>()).unwrap()
    }

    #[test]
    fn links_have_frozen_bytes_and_read_back() {
        assert_eq!(*PairingCode::link("https://relay.example", &seed()).unwrap(), LINK);
        for origin in ["https://relay.example:8443", "http://127.0.0.1:4711", "http://[::1]:80"] {
            let origin = canonical_origin(origin).unwrap();
            let link = PairingCode::link(&origin, &seed()).unwrap();
            let code = PairingCode::parse(&link).unwrap();
            assert_eq!(code.seed().as_bytes(), seed().as_bytes());
            assert!(matches!(code, PairingCode::Link { origin: again, .. } if again == origin));
        }
        assert!(PairingCode::link("https://Relay.example", &seed()).is_none());
        assert!(
            PairingCode::link("https://a.example", &Seed::from_bytes(&[1; 11]).unwrap()).is_none()
        );
    }

    #[test]
    fn words_read_back() {
        let seed = Seed::from_bytes(&[0xa5; 11]).unwrap();
        let text = seed.words().unwrap().join(" ");
        let code = PairingCode::parse(&text).unwrap();
        assert!(matches!(code, PairingCode::Words { .. }));
        assert_eq!(code.seed().as_bytes(), seed.as_bytes());
        assert!(Seed::from_bytes(&[0; 12]).is_none());
    }

    #[test]
    fn a_link_may_be_wrapped_and_shouted_at() {
        let text = LINK.replace("attune", " ATTUNE").replace("#1.", "#1.\n  ");
        assert_eq!(PairingCode::parse(&text).unwrap().seed().as_bytes(), seed().as_bytes());
    }

    #[test]
    fn what_is_no_code_says_why() {
        use CodeError as E;
        let cases = [
            (LINK.replace("attune", "https"), E::NotOurs),
            (LINK.replace('#', ""), E::NotOurs),
            (LINK.replace("attune://", "attune+http://"), E::Relay(OriginError::Insecure)),
            (LINK.replace("example/", "example/x"), E::Relay(OriginError::Extra)),
            (LINK.replace("#1.", "#2."), E::NewerNeeded),
            (LINK.replace("#1.", "#"), E::NotWhole),
            (LINK.replace("#1.", "#0."), E::NotWhole),
            (LINK[..LINK.len() - 1].to_owned(), E::NotWhole),
            (format!("{LINK}A"), E::NotWhole),
            (LINK.replace("h8", "h9"), E::NotWhole),
            (LINK.replace("AAEC", "AA+C"), E::NotWhole),
            ("one two".to_owned(), E::Words(WordsError::Count { wanted: 8, found: 2 })),
            (String::new(), E::Words(WordsError::Count { wanted: 8, found: 0 })),
        ];
        for (text, wanted) in cases {
            assert_eq!(PairingCode::parse(&text).unwrap_err(), wanted, "{text}");
        }
    }

    #[test]
    fn a_code_is_not_printed() {
        assert!(!format!("{:?}", PairingCode::parse(LINK).unwrap()).contains("AAEC"));
        assert_eq!(format!("{:?}", seed()), "Seed(..)");
    }
}
