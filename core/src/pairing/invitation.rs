//! A pairing step by step, on either side. Each step is a value that can be kept as bytes.
//!
//! desk: [`DeskInvite::create`], upload; phone: [`Offer::open`], show the card, [`Offer::accept`],
//! upload; desk: [`DeskInvite::answer`], upload; phone: [`PhoneHello::finish`]. Which lane and
//! which version each message goes into is in docs/protocol.md.

use attune_wire::RelayId;
use zeroize::Zeroizing;

use super::code::Seed;
use super::messages::{
    Before, Hello, Invite, PairingError, Plaintext, Sealed, WELCOME_VERSION, Welcome,
};
use super::schedule::{InviteSecret, Nonce, Transcript, pairing_secret};
use crate::closed::closed;
use crate::entropy::Entropy;
use crate::lane::Envelope;
use crate::lane::document::{Incarnation, ProtocolRange, ReceiveKey};
use crate::lane::keys::Psk;
use crate::lane::seal::ReceiveSecret;
use crate::practice::PracticeCard;

/// What a pairing ends in, on either side.
#[derive(Clone)]
pub struct Paired {
    /// The pairing's secret.
    pub psk: Psk,
    /// The transcript's hash, which every envelope is bound to.
    pub th: [u8; 32],
    /// The peer's installation.
    pub peer: Incarnation,
    /// The peer's receive key, epoch 0.
    pub peer_key: ReceiveKey,
    /// The highest protocol version that both speak.
    pub protocol: u64,
}

/// The desk's invitation, from its upload until a phone answers.
#[derive(Clone)]
pub struct DeskInvite {
    /// The code's stretched secret; it gives the rendezvous lanes.
    pub secret: InviteSecret,
    /// The nonce that the Invite commits to.
    pub nonce: Nonce,
    /// The desk's receive key of epoch 0.
    pub receive: ReceiveSecret,
    /// The Invite's plaintext.
    pub plaintext: Plaintext,
    /// What is uploaded as version 1 of the lane from desk to client.
    pub envelope: Envelope,
}

/// The desk's answer to the first valid Hello.
#[derive(Clone)]
pub struct Welcomed {
    /// What the pairing ended in.
    pub paired: Paired,
    /// The name that the client chose.
    pub name: Option<Zeroizing<String>>,
    /// What is uploaded as version 2 of the lane from desk to client.
    pub envelope: Envelope,
}

impl DeskInvite {
    /// A new invitation for the code of `seed`, at the relay that the card names first.
    ///
    /// # Errors
    /// [`PairingError`] of our own making; nothing is to be uploaded.
    pub fn create(
        seed: &Seed,
        relay: &RelayId,
        card: PracticeCard,
        entropy: &mut dyn Entropy,
    ) -> Result<Self, PairingError> {
        card.check()?;
        if !leads(&card, relay) {
            return Err(PairingError::Relay);
        }
        let secret = InviteSecret::derive(seed, relay)?;
        let nonce = Nonce::generate(entropy)?;
        let receive = ReceiveSecret::generate(0, entropy)?;
        let invite = Invite {
            range: ProtocolRange::PAIRING,
            desk_key: receive.public()?.public,
            commitment: nonce.commitment(),
            card,
        };
        let Sealed { envelope, plaintext } = invite.seal(&secret, entropy)?;
        Ok(Self { secret, nonce, receive, plaintext, envelope })
    }

    /// Answers the Hello that the relay gave as `version` of the lane from client to desk. Only the
    /// first valid one is answered; that another came is for the caller to show.
    ///
    /// # Errors
    /// [`PairingError::Refused`] and [`PairingError::NewerNeeded`] for what came, others for our own
    /// side; the invitation is as it was.
    pub fn answer(
        &self,
        hello: &[u8],
        version: u64,
        incarnation: Incarnation,
        entropy: &mut dyn Entropy,
    ) -> Result<Welcomed, PairingError> {
        let (hello, hello_plaintext) =
            Hello::open(hello, &self.secret, &self.receive, &self.plaintext, version)?;
        let welcome = Welcome { nonce: self.nonce.clone(), incarnation };
        let before = Before { invite: &self.plaintext, hello: &hello_plaintext };
        let sealed = welcome.seal(&self.secret, &hello, &before, entropy)?;
        let (psk, th) = agreed(&self.secret, &hello.nonce, &self.nonce, &before, &sealed.plaintext);
        let paired = Paired {
            psk,
            th,
            peer: hello.incarnation,
            peer_key: ReceiveKey { epoch: 0, public: hello.client_key },
            protocol: protocol(hello.range)?,
        };
        Ok(Welcomed { paired, name: hello.name, envelope: sealed.envelope })
    }
}

/// An invitation that a phone has opened and not yet answered.
#[derive(Clone)]
pub struct Offer {
    /// The code's stretched secret; it gives the rendezvous lanes.
    pub secret: InviteSecret,
    /// What the desk says.
    pub invite: Invite,
    /// The Invite's plaintext.
    pub plaintext: Plaintext,
}

/// A phone that has answered and waits for the Welcome. All of it is kept as bytes.
#[derive(Clone)]
pub struct PhoneHello {
    /// The code's stretched secret.
    pub secret: InviteSecret,
    /// The phone's nonce.
    pub nonce: Nonce,
    /// The phone's receive key of epoch 0.
    pub receive: ReceiveSecret,
    /// The Invite's plaintext.
    pub invite_plaintext: Plaintext,
    /// The Hello's plaintext.
    pub plaintext: Plaintext,
    /// What is uploaded in the lane from client to desk.
    pub envelope: Envelope,
}

impl Offer {
    /// Opens what the relay gave as version 1 of the lane from desk to client.
    ///
    /// # Errors
    /// [`PairingError::Refused`], also when the card names another relay first than the one that
    /// the code led to, and [`PairingError::NewerNeeded`].
    pub fn open(
        secret: InviteSecret,
        relay: &RelayId,
        envelope: &[u8],
    ) -> Result<Self, PairingError> {
        let (invite, plaintext) = Invite::open(envelope, &secret)?;
        if leads(&invite.card, relay) {
            Ok(Self { secret, invite, plaintext })
        } else {
            Err(PairingError::Refused)
        }
    }

    /// Answers the invitation, as `version` of the lane from client to desk: 1, or 2 when the relay
    /// says that somebody else was first.
    ///
    /// # Errors
    /// [`PairingError`]; nothing is to be uploaded.
    pub fn accept(
        &self,
        name: Option<&str>,
        incarnation: Incarnation,
        version: u64,
        entropy: &mut dyn Entropy,
    ) -> Result<PhoneHello, PairingError> {
        let nonce = Nonce::generate(entropy)?;
        let receive = ReceiveSecret::generate(0, entropy)?;
        let hello = Hello {
            range: ProtocolRange::PAIRING,
            client_key: receive.public()?.public,
            nonce: nonce.clone(),
            incarnation,
            name: name.map(|name| Zeroizing::new(name.to_owned())),
        };
        let sealed = hello.seal(&self.secret, &self.invite, &self.plaintext, version, entropy)?;
        Ok(PhoneHello {
            secret: self.secret.clone(),
            nonce,
            receive,
            invite_plaintext: self.plaintext.clone(),
            plaintext: sealed.plaintext,
            envelope: sealed.envelope,
        })
    }
}

impl PhoneHello {
    /// Opens the Welcome that the relay gave as `version` of the lane from desk to client.
    ///
    /// # Errors
    /// [`PairingError::Refused`], also when the desk is not held to what it committed to, and
    /// [`PairingError::NewerNeeded`]; the phone goes on waiting.
    pub fn finish(&self, welcome: &[u8], version: u64) -> Result<Paired, PairingError> {
        if version != WELCOME_VERSION {
            return Err(PairingError::Refused);
        }
        let invite = Invite::decode(&self.invite_plaintext)?;
        let before = Before { invite: &self.invite_plaintext, hello: &self.plaintext };
        let (welcome, plaintext) =
            Welcome::open(welcome, &self.secret, &self.receive, &before, &invite.commitment)?;
        let (psk, th) = agreed(&self.secret, &self.nonce, &welcome.nonce, &before, &plaintext);
        Ok(Paired {
            psk,
            th,
            peer: welcome.incarnation,
            peer_key: ReceiveKey { epoch: 0, public: invite.desk_key },
            protocol: protocol(invite.range)?,
        })
    }
}

fn agreed(
    secret: &InviteSecret,
    nonce_c: &Nonce,
    nonce_d: &Nonce,
    before: &Before<'_>,
    welcome: &[u8],
) -> (Psk, [u8; 32]) {
    let th = Transcript { invite: before.invite, hello: before.hello, welcome }.hash();
    (pairing_secret(secret, nonce_c, nonce_d, &th), th)
}

fn protocol(theirs: ProtocolRange) -> Result<u64, PairingError> {
    theirs.agree(ProtocolRange::PAIRING).ok_or(PairingError::NewerNeeded)
}

/// Whether the card names that relay as the one in use.
fn leads(card: &PracticeCard, relay: &RelayId) -> bool {
    card.relays.first().is_some_and(|first| RelayId::of_origin(first) == *relay)
}

closed!(Paired DeskInvite Welcomed Offer PhoneHello);
