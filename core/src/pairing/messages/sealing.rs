//! How each message of a pairing is sealed and opened.

use attune_wire::{ENVELOPE_LEN, LaneId};
use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, NONCE_LEN, UnboundKey};
use zeroize::{Zeroize, Zeroizing};

use super::{
    Before, Hello, INVITE_VERSION, Invite, PairingError, Plaintext, Sealed, WELCOME_VERSION,
    Welcome,
};
use crate::entropy::{Entropy, random};
use crate::lane::envelope::{self, Binding, SUITE, associated_data, sha256};
use crate::lane::seal::ReceiveSecret;
use crate::lane::{Direction, Envelope};
use crate::pairing::schedule::InviteSecret;

/// The first byte of an Invite's envelope.
const INVITE_SUITE: u8 = 0x02;
const NONCE_AT: usize = 1;
const BODY_AT: usize = NONCE_AT + NONCE_LEN;
const TAG_LEN: usize = 16;
const TAG_AT: usize = ENVELOPE_LEN - TAG_LEN;
/// Bytes of plaintext that an Invite has room for.
pub(super) const INVITE_ROOM: usize = TAG_AT - BODY_AT - 2;

impl Invite {
    /// Seals the Invite as version 1 of its lane: ChaCha20-Poly1305 under a key of the code.
    ///
    /// # Errors
    /// [`PairingError`]; nothing was sealed.
    pub fn seal(
        &self,
        secret: &InviteSecret,
        entropy: &mut dyn Entropy,
    ) -> Result<Sealed, PairingError> {
        let plaintext = self.encode()?;
        let nonce: [u8; NONCE_LEN] = random(entropy)?;
        let mut envelope: Envelope = Box::new([0; ENVELOPE_LEN]);
        envelope[0] = INVITE_SUITE;
        envelope[NONCE_AT..BODY_AT].copy_from_slice(&nonce);
        let body = &mut envelope[BODY_AT..TAG_AT];
        envelope::pad(&plaintext, body).ok_or(PairingError::TooLarge)?;
        let sealed = invite_cipher(secret).and_then(|(key, aad)| {
            let nonce = ring::aead::Nonce::assume_unique_for_key(nonce);
            key.seal_in_place_separate_tag(nonce, aad, body).ok()
        });
        let Some(tag) = sealed else {
            envelope.zeroize();
            return Err(PairingError::Failed);
        };
        envelope[TAG_AT..].copy_from_slice(tag.as_ref());
        Ok(Sealed { envelope, plaintext })
    }

    /// Opens an envelope that the relay gave as version 1 of the Invite's lane.
    ///
    /// # Errors
    /// [`PairingError::Refused`] and [`PairingError::NewerNeeded`].
    pub fn open(envelope: &[u8], secret: &InviteSecret) -> Result<(Self, Plaintext), PairingError> {
        let envelope: &[u8; ENVELOPE_LEN] =
            envelope.try_into().map_err(|_| PairingError::Refused)?;
        let plaintext = open_invite(envelope, secret).ok_or(PairingError::Refused)?;
        Ok((Self::decode(&plaintext)?, plaintext))
    }
}

fn open_invite(envelope: &[u8; ENVELOPE_LEN], secret: &InviteSecret) -> Option<Plaintext> {
    if envelope[0] != INVITE_SUITE {
        return None;
    }
    let (key, aad) = invite_cipher(secret)?;
    let nonce = ring::aead::Nonce::try_assume_unique_for_key(&envelope[NONCE_AT..BODY_AT]).ok()?;
    let mut body = Zeroizing::new(envelope[BODY_AT..].to_vec());
    envelope::unpad(key.open_in_place(nonce, aad, &mut body).ok()?)
}

fn invite_cipher(secret: &InviteSecret) -> Option<(LessSafeKey, Aad<[u8; 25]>)> {
    let key = UnboundKey::new(&CHACHA20_POLY1305, secret.invite_key().as_slice()).ok()?;
    let lane = secret.lane(Direction::DeskToClient).id;
    let aad = Aad::from(associated_data(INVITE_SUITE, &lane, INVITE_VERSION));
    Some((LessSafeKey::new(key), aad))
}

impl Hello {
    /// Seals the Hello to the Invite's key, as `version` of its lane.
    ///
    /// # Errors
    /// [`PairingError`]; nothing was sealed.
    pub fn seal(
        &self,
        secret: &InviteSecret,
        invite: &Invite,
        invite_plaintext: &[u8],
        version: u64,
        entropy: &mut dyn Entropy,
    ) -> Result<Sealed, PairingError> {
        let plaintext = self.encode()?;
        let psk0 = secret.psk0();
        let binding = hello_binding(&psk0, secret, invite_plaintext, version);
        let envelope = envelope::seal(&plaintext, &binding, &invite.desk_key, entropy)?;
        Ok(Sealed { envelope, plaintext })
    }

    /// Opens an envelope that the relay gave as `version` of the Hello's lane.
    ///
    /// # Errors
    /// [`PairingError::Refused`] and [`PairingError::NewerNeeded`].
    pub fn open(
        envelope: &[u8],
        secret: &InviteSecret,
        desk_key: &ReceiveSecret,
        invite_plaintext: &[u8],
        version: u64,
    ) -> Result<(Self, Plaintext), PairingError> {
        let psk0 = secret.psk0();
        let binding = hello_binding(&psk0, secret, invite_plaintext, version);
        let plaintext =
            envelope::open(envelope, &binding, desk_key.seed()).ok_or(PairingError::Refused)?;
        Ok((Self::decode(&plaintext)?, plaintext))
    }
}

impl Welcome {
    /// Seals the Welcome to the Hello's key, as version 2 of the Invite's lane.
    ///
    /// # Errors
    /// [`PairingError`]; nothing was sealed. A key that is none is [`PairingError::Refused`].
    pub fn seal(
        &self,
        secret: &InviteSecret,
        hello: &Hello,
        before: &Before<'_>,
        entropy: &mut dyn Entropy,
    ) -> Result<Sealed, PairingError> {
        let plaintext = self.encode()?;
        let psk0 = secret.psk0();
        let binding = welcome_binding(&psk0, secret, before);
        let envelope = envelope::seal(&plaintext, &binding, &hello.client_key, entropy)?;
        Ok(Sealed { envelope, plaintext })
    }

    /// Opens an envelope that the relay gave as version 2 of the Invite's lane.
    ///
    /// # Errors
    /// [`PairingError::Refused`], also when the nonce is not the one the desk committed itself to,
    /// and [`PairingError::NewerNeeded`].
    pub fn open(
        envelope: &[u8],
        secret: &InviteSecret,
        client_key: &ReceiveSecret,
        before: &Before<'_>,
        commitment: &[u8; 32],
    ) -> Result<(Self, Plaintext), PairingError> {
        let psk0 = secret.psk0();
        let binding = welcome_binding(&psk0, secret, before);
        let plaintext =
            envelope::open(envelope, &binding, client_key.seed()).ok_or(PairingError::Refused)?;
        let welcome = Self::decode(&plaintext)?;
        // Both are public once the Welcome is open: nothing is told by the time this takes.
        if welcome.nonce.commitment() == *commitment {
            Ok((welcome, plaintext))
        } else {
            Err(PairingError::Refused)
        }
    }
}

fn hello_binding<'a>(
    psk0: &'a [u8; 32],
    secret: &InviteSecret,
    invite: &[u8],
    version: u64,
) -> Binding<'a> {
    let hash = sha256(&[invite]);
    let lane = secret.lane(Direction::ClientToDesk).id;
    binding(psk0, &hash, [b"attune/1 hello".as_slice(), &hash].concat(), &lane, version)
}

fn welcome_binding<'a>(
    psk0: &'a [u8; 32],
    secret: &InviteSecret,
    before: &Before<'_>,
) -> Binding<'a> {
    let hash = sha256(&[before.invite]);
    let info = [b"attune/1 welcome".as_slice(), &hash, &sha256(&[before.hello])].concat();
    let lane = secret.lane(Direction::DeskToClient).id;
    binding(psk0, &hash, info, &lane, WELCOME_VERSION)
}

fn binding<'a>(
    psk: &'a [u8; 32],
    invite_hash: &[u8; 32],
    info: Vec<u8>,
    lane: &LaneId,
    version: u64,
) -> Binding<'a> {
    let psk_id = sha256(&[b"attune/1 id", invite_hash]);
    Binding { psk, psk_id, info, aad: associated_data(SUITE, lane, version) }
}
