//! One sealed envelope: HPKE in PSK mode, once for each envelope, into exactly 8,192 bytes.
//!
//! Source: RFC 9180 with KEM 0x647a (X-Wing), HKDF-SHA256 and ChaCha20-Poly1305. The mode is fixed
//! here and never a run-time choice: the crate's authenticated mode panics with X-Wing.

use std::convert::Infallible;

use attune_wire::{ENVELOPE_LEN, LaneId};
use hpke::aead::{AeadTag, ChaCha20Poly1305};
use hpke::inout::InOutBuf;
use hpke::kdf::HkdfSha256;
use hpke::kem::XWing;
use hpke::rand_core::{TryCryptoRng, TryRng};
use hpke::{Deserializable, Kem, OpModeR, OpModeS, PskBundle, Serializable};
use ring::digest::{Context, SHA256};
use zeroize::{Zeroize, Zeroizing};

use super::document::PUBLIC_KEY_LEN;
use crate::entropy::{Entropy, EntropyError};

/// The bytes of one sealed envelope.
pub type Envelope = Box<[u8; ENVELOPE_LEN]>;

/// The first byte of an envelope: suite and format in one. Nothing is negotiated.
pub(crate) const SUITE: u8 = 0x01;
const ENC_LEN: usize = 1_120;
const TAG_LEN: usize = 16;
const BODY_AT: usize = 1 + ENC_LEN;
const TAG_AT: usize = ENVELOPE_LEN - TAG_LEN;
/// Bytes of plaintext that an envelope has room for, the two of their length aside.
pub(crate) const ROOM: usize = TAG_AT - BODY_AT - 2;
/// Random bytes that one X-Wing encapsulation draws.
const ENCAPSULATION_RANDOMNESS: usize = 64;

/// Which way a lane goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Direction {
    /// The phone writes, the desk reads.
    ClientToDesk,
    /// The desk writes, the phone reads.
    DeskToClient,
}

impl Direction {
    /// The direction in a label: `c2d` or `d2c`.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::ClientToDesk => "c2d",
            Self::DeskToClient => "d2c",
        }
    }
}

/// SHA-256 of a whole envelope, as it is echoed.
#[must_use]
pub fn envelope_digest(envelope: &[u8; ENVELOPE_LEN]) -> [u8; 32] {
    sha256(&[envelope])
}

/// SHA-256 over the parts, one after another.
pub(crate) fn sha256(parts: &[&[u8]]) -> [u8; 32] {
    let mut hash = Context::new(&SHA256);
    for part in parts {
        hash.update(part);
    }
    let mut out = [0; 32];
    out.copy_from_slice(hash.finish().as_ref());
    out
}

/// Whether those bytes are an X-Wing public key that can be sealed to.
pub(crate) fn is_public_key(bytes: &[u8]) -> bool {
    <XWing as Kem>::PublicKey::from_bytes(bytes).is_ok()
}

/// What an envelope is bound to, apart from the receiver's key.
pub(crate) struct Binding<'a> {
    pub(crate) psk: &'a [u8; 32],
    pub(crate) psk_id: [u8; 32],
    pub(crate) info: Vec<u8>,
    pub(crate) aad: [u8; 25],
}

/// `first byte || lane id || version`: what ties a ciphertext to one version of one lane.
pub(crate) fn associated_data(first: u8, lane: &LaneId, version: u64) -> [u8; 25] {
    let mut aad = [0; 25];
    aad[0] = first;
    aad[1..17].copy_from_slice(lane.as_bytes());
    aad[17..].copy_from_slice(&version.to_be_bytes());
    aad
}

/// Why nothing was sealed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unsealed {
    Entropy,
    /// The receiver's key is not a public key.
    PeerKey,
    /// The plaintext is over [`ROOM`].
    TooLarge,
    Failed,
}

impl From<EntropyError> for Unsealed {
    fn from(EntropyError: EntropyError) -> Self {
        Self::Entropy
    }
}

/// Writes `u16 length || plaintext || zeros` over the whole of `room`.
pub(crate) fn pad(plaintext: &[u8], room: &mut [u8]) -> Option<()> {
    let length = u16::try_from(plaintext.len()).ok()?;
    let (head, body) = room.split_at_mut_checked(2)?;
    let (text, zeros) = body.split_at_mut_checked(plaintext.len())?;
    head.copy_from_slice(&length.to_be_bytes());
    text.copy_from_slice(plaintext);
    zeros.fill(0);
    Some(())
}

/// The plaintext out of `u16 length || plaintext || zeros`; `None` unless the rest is all zeros.
pub(crate) fn unpad(room: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let (head, body) = room.split_first_chunk::<2>()?;
    let (text, zeros) = body.split_at_checked(u16::from_be_bytes(*head).into())?;
    zeros.iter().all(|byte| *byte == 0).then(|| Zeroizing::new(text.to_vec()))
}

/// Seals `plaintext` to the key `public`, under a fresh encapsulation.
pub(crate) fn seal(
    plaintext: &[u8],
    binding: &Binding<'_>,
    public: &[u8; PUBLIC_KEY_LEN],
    entropy: &mut dyn Entropy,
) -> Result<Envelope, Unsealed> {
    let public = <XWing as Kem>::PublicKey::from_bytes(public).map_err(|_| Unsealed::PeerKey)?;
    let bundle = PskBundle::new(binding.psk, &binding.psk_id).map_err(|_| Unsealed::Failed)?;
    let mut drawn = Drawn::draw(entropy)?;
    let mut envelope: Envelope = Box::new([0; ENVELOPE_LEN]);
    pad(plaintext, &mut envelope[BODY_AT..TAG_AT]).ok_or(Unsealed::TooLarge)?;
    let sealed =
        hpke::single_shot_seal_inout_detached_with_rng::<ChaCha20Poly1305, HkdfSha256, XWing>(
            &OpModeS::Psk(bundle),
            &public,
            &binding.info,
            InOutBuf::from(&mut envelope[BODY_AT..TAG_AT]),
            &binding.aad,
            &mut drawn,
        );
    match sealed {
        Ok((enc, tag)) if !drawn.ran_dry => {
            envelope[0] = SUITE;
            envelope[1..BODY_AT].copy_from_slice(&enc.to_bytes());
            envelope[TAG_AT..].copy_from_slice(&tag.to_bytes());
            Ok(envelope)
        }
        _ => {
            envelope.zeroize();
            Err(Unsealed::Failed)
        }
    }
}

/// Opens an envelope with the receiver's key of that seed; `None` for whatever reason.
pub(crate) fn open(
    envelope: &[u8],
    binding: &Binding<'_>,
    seed: &[u8; 32],
) -> Option<Zeroizing<Vec<u8>>> {
    let envelope: &[u8; ENVELOPE_LEN] = envelope.try_into().ok()?;
    if envelope[0] != SUITE {
        return None;
    }
    let secret = <XWing as Kem>::PrivateKey::from_bytes(seed).ok()?;
    let enc = <XWing as Kem>::EncappedKey::from_bytes(&envelope[1..BODY_AT]).ok()?;
    let tag = AeadTag::<ChaCha20Poly1305>::from_bytes(&envelope[TAG_AT..]).ok()?;
    let bundle = PskBundle::new(binding.psk, &binding.psk_id).ok()?;
    let mut body = Zeroizing::new(envelope[BODY_AT..TAG_AT].to_vec());
    hpke::single_shot_open_inout_detached::<ChaCha20Poly1305, HkdfSha256, XWing>(
        &OpModeR::Psk(bundle),
        &secret,
        &enc,
        &binding.info,
        InOutBuf::from(body.as_mut_slice()),
        &binding.aad,
        &tag,
    )
    .ok()?;
    unpad(&body)
}

/// The public key of a receive key's seed.
pub(crate) fn public_key(seed: &[u8; 32]) -> Option<Box<[u8; PUBLIC_KEY_LEN]>> {
    let secret = <XWing as Kem>::PrivateKey::from_bytes(seed).ok()?;
    let mut public = Box::new([0; PUBLIC_KEY_LEN]);
    public.copy_from_slice(&XWing::sk_to_pk(&secret).to_bytes());
    Some(public)
}

/// Randomness drawn beforehand, so that a source that fails is an error and not a panic in the
/// middle: `hpke` takes only generators that cannot fail.
struct Drawn {
    bytes: Zeroizing<[u8; ENCAPSULATION_RANDOMNESS]>,
    used: usize,
    /// More was asked for than was drawn. What came of it is thrown away.
    ran_dry: bool,
}

impl Drawn {
    fn draw(entropy: &mut dyn Entropy) -> Result<Self, EntropyError> {
        let mut bytes = Zeroizing::new([0; ENCAPSULATION_RANDOMNESS]);
        entropy.fill(bytes.as_mut_slice())?;
        Ok(Self { bytes, used: 0, ran_dry: false })
    }
}

impl TryRng for Drawn {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        let mut word = [0; 4];
        self.try_fill_bytes(&mut word)?;
        Ok(u32::from_le_bytes(word))
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        let mut word = [0; 8];
        self.try_fill_bytes(&mut word)?;
        Ok(u64::from_le_bytes(word))
    }

    fn try_fill_bytes(&mut self, out: &mut [u8]) -> Result<(), Infallible> {
        let end = self.used.saturating_add(out.len());
        match self.bytes.get(self.used..end) {
            Some(bytes) => {
                out.copy_from_slice(bytes);
                self.used = end;
            }
            None => self.ran_dry = true,
        }
        Ok(())
    }
}

impl TryCryptoRng for Drawn {}
