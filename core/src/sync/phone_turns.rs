//! The turns that only a phone has: joining a practice, and looking for one whose relay is gone.

use attune_wire::{RelayId, Status};
use zeroize::Zeroizing;

use super::register::{accept, keep_first_key};
use super::turns::{seal, set_trouble, unanswered};
use super::{Reply, Step, request};
use crate::error::Error;
use crate::lane::Direction;
use crate::pairing::invitation::{Offer, PhoneHello};
use crate::pairing::messages::{HELLO_VERSION, INVITE_VERSION, Invite, PairingError, encode_card};
use crate::pairing::schedule::{InviteSecret, Nonce};
use crate::table::pairing::{Pairing, Stage, Trouble, Turn};
use crate::table::{farewell, receive_key};

/// Days without the relay after which others of the practice's list are tried.
const PATIENCE_DAYS: u32 = 3;

pub(super) fn answered(
    step: &mut Step<'_>,
    pairing: &mut Pairing,
    reply: &Reply,
) -> Result<Turn, Error> {
    match (pairing.turn, reply.status) {
        (Turn::GetInvite, Status::New) => invited(step, pairing, reply),
        (Turn::PutHello, Status::Stored | Status::Same)
            if pairing.pending_version == Some(HELLO_VERSION) =>
        {
            pairing.pending = None;
            pairing.pending_version = None;
            Ok(Turn::GetWelcome)
        }
        // Another phone said Hello with this code before: the desk is to know, and this one ends.
        (Turn::PutHello, Status::Stale) if pairing.pending_version == Some(HELLO_VERSION) => {
            claim_second(step, pairing)
        }
        (Turn::PutHello, Status::Stored | Status::Same | Status::Stale) => {
            end(step, pairing, Trouble::SecondClaim)
        }
        (Turn::GetWelcome, Status::New) => welcomed(step, pairing, reply),
        (Turn::GetInvite | Turn::GetWelcome, Status::Nothing) => {
            set_trouble(pairing, Trouble::None, step.now.today);
            Ok(Turn::Rest)
        }
        (Turn::GetInvite | Turn::PutHello | Turn::GetWelcome, Status::Denied) => {
            end(step, pairing, Trouble::CodeSpent)
        }
        (Turn::Probe0 | Turn::Probe1 | Turn::Probe2 | Turn::Probe3, Status::New) => {
            probed(step, pairing, reply)
        }
        (Turn::Probe0 | Turn::Probe1 | Turn::Probe2 | Turn::Probe3, _) => {
            Ok(next_probe(pairing, step.now.today))
        }
        _ => unanswered(step, pairing, Trouble::Unreachable),
    }
}

/// The next relay of the practice's list to try for the lanes that follow; `Rest` after the last,
/// or while it is too early to look elsewhere.
pub(super) fn next_probe(pairing: &Pairing, today: u32) -> Turn {
    let waited = pairing.trouble_since.map_or(0, |since| today.saturating_sub(since));
    let lost = match pairing.trouble {
        Trouble::Denied => true,
        Trouble::Unreachable => waited >= PATIENCE_DAYS,
        _ => false,
    };
    let (turn, place) = match pairing.turn {
        Turn::Probe0 => (Turn::Probe1, 1),
        Turn::Probe1 => (Turn::Probe2, 2),
        Turn::Probe2 => (Turn::Probe3, 3),
        Turn::Probe3 => return Turn::Rest,
        _ => (Turn::Probe0, 0),
    };
    if lost && place < request::relays(pairing).len() { turn } else { Turn::Rest }
}

fn secret(pairing: &Pairing) -> Result<InviteSecret, Error> {
    pairing.sk0.as_ref().map(|sk0| InviteSecret::from_bytes(sk0)).ok_or(Error::NotReady)
}

/// The invitation is here: it is answered at once. The card is there to be read before the words
/// are compared, and until then no free text flows.
fn invited(step: &mut Step<'_>, pairing: &mut Pairing, reply: &Reply) -> Result<Turn, Error> {
    if reply.version != INVITE_VERSION {
        return end(step, pairing, Trouble::CodeSpent);
    }
    let relay = RelayId::of_origin(&pairing.relay);
    let offer = match Offer::open(secret(pairing)?, &relay, &reply.envelope[..]) {
        Ok(offer) => offer,
        Err(PairingError::NewerNeeded) => {
            return unanswered(step, pairing, Trouble::NewerNeeded);
        }
        Err(_) => return end(step, pairing, Trouble::CodeSpent),
    };
    let name = pairing.chosen_name.as_deref();
    let hello = match offer.accept(name, pairing.incarnation, HELLO_VERSION, step.entropy) {
        Ok(hello) => hello,
        Err(PairingError::Refused) => return end(step, pairing, Trouble::CodeSpent),
        Err(PairingError::Entropy(error)) => return Err(Error::Entropy(error)),
        Err(_) => return Err(Error::Seal),
    };
    keep_first_key(step.db, pairing, &Zeroizing::new(*hello.receive.seed()), step.now)?;
    pairing.role = Some(offer.invite.card.role);
    pairing.card = Some(encode_card(&offer.invite.card).map_err(|_| Error::Seal)?.to_vec());
    pairing.nonce = Some(Zeroizing::new(*hello.nonce.as_bytes()));
    pairing.invite = Some(hello.invite_plaintext);
    pairing.hello = Some(hello.plaintext);
    pairing.pending = Some(hello.envelope.to_vec());
    pairing.pending_version = Some(HELLO_VERSION);
    pairing.stage = Stage::Greeted;
    set_trouble(pairing, Trouble::None, step.now.today);
    Ok(Turn::PutHello)
}

/// A Hello above the first one, without a name: it raises "a second phone tried this code".
fn claim_second(step: &mut Step<'_>, pairing: &mut Pairing) -> Result<Turn, Error> {
    let plaintext = pairing.invite.clone().ok_or(Error::Damaged)?;
    let invite = Invite::decode(&plaintext).map_err(|_| Error::Damaged)?;
    let hello = Offer { secret: secret(pairing)?, invite, plaintext }
        .accept(None, pairing.incarnation, HELLO_VERSION + 1, step.entropy)
        .map_err(|_| Error::Seal)?;
    pairing.pending = Some(hello.envelope.to_vec());
    pairing.pending_version = Some(HELLO_VERSION + 1);
    Ok(Turn::PutHello)
}

fn welcomed(step: &mut Step<'_>, pairing: &mut Pairing, reply: &Reply) -> Result<Turn, Error> {
    let keys = receive_key::all(step.db, pairing.id)?;
    let (Some(first), Some(nonce), Some(invite), Some(plaintext)) =
        (keys.into_iter().next(), &pairing.nonce, &pairing.invite, &pairing.hello)
    else {
        return Err(Error::Damaged);
    };
    let hello = PhoneHello {
        secret: secret(pairing)?,
        nonce: Nonce::from_bytes(nonce),
        receive: first.secret,
        invite_plaintext: invite.clone(),
        plaintext: plaintext.clone(),
        // Uploaded already: the Welcome is opened without it.
        envelope: reply.envelope.clone(),
    };
    let paired = match hello.finish(&reply.envelope[..], reply.version) {
        Ok(paired) => paired,
        Err(PairingError::NewerNeeded) => {
            return unanswered(step, pairing, Trouble::NewerNeeded);
        }
        Err(_) => return unanswered(step, pairing, Trouble::Unreadable),
    };
    close_rendezvous(step, pairing)?;
    pairing.psk = Some(Zeroizing::new(*paired.psk.as_bytes()));
    pairing.th = Some(paired.th);
    pairing.peer_incarnation = Some(paired.peer);
    pairing.peer_key_epoch = Some(paired.peer_key.epoch);
    pairing.peer_key = Some(paired.peer_key.public.to_vec());
    pairing.lane_since = Some(step.now.today);
    pairing.stage = Stage::Active;
    set_trouble(pairing, Trouble::None, step.now.today);
    Ok(Turn::Get)
}

/// The lanes that the code led to are closed, and everything of the code is forgotten.
fn close_rendezvous(step: &mut Step<'_>, pairing: &mut Pairing) -> Result<(), Error> {
    for direction in [Direction::ClientToDesk, Direction::DeskToClient] {
        let (relay, frame) = request::close_rendezvous(pairing, direction, step.entropy)?;
        farewell::add(step.db, &relay, &frame[..], step.now.today)?;
    }
    pairing.sk0 = None;
    pairing.nonce = None;
    pairing.invite = None;
    pairing.hello = None;
    Ok(())
}

fn probed(step: &mut Step<'_>, pairing: &mut Pairing, reply: &Reply) -> Result<Turn, Error> {
    let found = match pairing.turn {
        Turn::Probe0 => 0,
        Turn::Probe1 => 1,
        Turn::Probe2 => 2,
        _ => 3,
    };
    let Some(relay) = request::relays(pairing).into_iter().nth(found) else {
        return Ok(Turn::Rest);
    };
    let next = pairing.lane_epoch + 1;
    let read = accept(step, pairing, next, reply.version, &reply.envelope)?;
    if read != Some(Trouble::None) {
        return Ok(next_probe(pairing, step.now.today));
    }
    pairing.lane_epoch = pairing.lane_epoch.max(next);
    pairing.relay = relay;
    pairing.lane_since = Some(step.now.today);
    set_trouble(pairing, Trouble::None, step.now.today);
    seal(step, pairing, Turn::Put)
}

fn end(step: &mut Step<'_>, pairing: &mut Pairing, trouble: Trouble) -> Result<Turn, Error> {
    receive_key::remove_all(step.db, pairing.id)?;
    pairing.end(trouble);
    Ok(Turn::Rest)
}
