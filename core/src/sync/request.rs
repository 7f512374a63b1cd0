//! The frame of each turn: which lane, which operation, signed by whom.

use attune_cipher::rusqlite::Connection;
use attune_wire::{ENVELOPE_LEN, FRAME_LEN, GrantKey, Operation, RelayId, Request, SigningKey};

use crate::entropy::Entropy;
use crate::error::Error;
use crate::lane::Direction;
use crate::lane::keys::LaneKeys;
use crate::pairing::messages::{HELLO_VERSION, INVITE_VERSION, WELCOME_VERSION, decode_card};
use crate::pairing::schedule::InviteSecret;
use crate::table::pairing::{Pairing, Turn};
use crate::table::setting;

/// The setting under which a desk keeps its grant.
pub(crate) const GRANT_SETTING: &str = "relay_grant";

/// A frame that is ready to be signed.
pub(crate) struct Unsigned {
    pub(crate) relay: String,
    pub(crate) version: u64,
    request: Request,
    signer: SigningKey,
}

impl Unsigned {
    pub(crate) fn sign(&self) -> Box<[u8; FRAME_LEN]> {
        self.request.sign(&self.signer)
    }
}

#[derive(Clone, Copy)]
enum By {
    Writer,
    Reader,
}

/// The request of the pairing's present turn.
pub(crate) fn of_turn(
    db: &Connection,
    pairing: &Pairing,
    out: Direction,
    entropy: &mut dyn Entropy,
) -> Result<Unsigned, Error> {
    use Operation::{Get, Open, Put};
    let back = out.back();
    let rendezvous = |direction| rendezvous(pairing, direction);
    let lane = |direction, epoch| Ok(LaneKeys::derive(&pairing.psk()?, direction, epoch));
    let (now, next) = (pairing.lane_epoch, pairing.lane_epoch + 1);
    let (keys, operation, by): (Result<LaneKeys, Error>, _, _) = match pairing.turn {
        Turn::Rest => return Err(Error::NotReady),
        Turn::OpenRendezvousOut => (rendezvous(out), Open, By::Writer),
        Turn::OpenRendezvousBack => (rendezvous(back), Open, By::Reader),
        Turn::PutInvite | Turn::PutWelcome | Turn::PutHello => (rendezvous(out), Put, By::Writer),
        Turn::GetHello | Turn::WatchHello | Turn::GetInvite | Turn::GetWelcome => {
            (rendezvous(back), Get, By::Reader)
        }
        Turn::OpenOut | Turn::ReopenOut => (lane(out, now), Open, By::Writer),
        Turn::OpenBack | Turn::ReopenBack => (lane(back, now), Open, By::Reader),
        Turn::Get => (lane(back, now), Get, By::Reader),
        Turn::Put | Turn::PutAgain => (lane(out, now), Put, By::Writer),
        Turn::OpenNextOut => (lane(out, next), Open, By::Writer),
        Turn::OpenNextBack => (lane(back, next), Open, By::Reader),
        Turn::GetNext | Turn::Probe0 | Turn::Probe1 | Turn::Probe2 | Turn::Probe3 => {
            (lane(back, next), Get, By::Reader)
        }
        Turn::PutNext => (lane(out, next), Put, By::Writer),
    };
    let body = match operation {
        Put => Some(pairing.pending.as_deref().ok_or(Error::Damaged)?),
        _ => None,
    };
    let relay = relay_of(pairing)?;
    let version = version_of(pairing, pairing.turn);
    let mut unsigned = unsigned(relay, keys?, operation, by, version, body, entropy)?;
    if operation == Open
        && let Some(grant) = setting::text(db, GRANT_SETTING)?
    {
        let grant = GrantKey::from_text(&grant).map_err(|_| Error::Damaged)?;
        let lane = unsigned.request.lane();
        unsigned.request.grant = Some(grant.grant(&unsigned.request.relay, &lane));
    }
    Ok(unsigned)
}

/// The version in the frame of a turn: the one to store, or the one that is held.
pub(crate) fn version_of(pairing: &Pairing, turn: Turn) -> u64 {
    match turn {
        Turn::PutInvite => INVITE_VERSION,
        Turn::PutWelcome => WELCOME_VERSION,
        Turn::PutHello => pairing.pending_version.unwrap_or(HELLO_VERSION),
        Turn::GetWelcome => INVITE_VERSION,
        Turn::WatchHello => HELLO_VERSION,
        Turn::Put | Turn::PutAgain | Turn::PutNext => pairing.pending_version.unwrap_or(0),
        Turn::Get | Turn::GetNext | Turn::Probe0 | Turn::Probe1 | Turn::Probe2 | Turn::Probe3 => {
            pairing.have_version
        }
        _ => 0,
    }
}

/// A signed CLOSE of one of the pairing's lanes, and where to send it.
pub(crate) fn close(
    pairing: &Pairing,
    direction: Direction,
    epoch: u64,
    entropy: &mut dyn Entropy,
) -> Result<(String, Box<[u8; FRAME_LEN]>), Error> {
    let keys = LaneKeys::derive(&pairing.psk()?, direction, epoch);
    let next = pairing.next_relay.as_ref().filter(|_| epoch > pairing.lane_epoch);
    signed_close(next.unwrap_or(&pairing.relay), keys, entropy)
}

/// A signed CLOSE of one of the rendezvous lanes, and where to send it.
pub(crate) fn close_rendezvous(
    pairing: &Pairing,
    direction: Direction,
    entropy: &mut dyn Entropy,
) -> Result<(String, Box<[u8; FRAME_LEN]>), Error> {
    signed_close(&pairing.relay, rendezvous(pairing, direction)?, entropy)
}

fn signed_close(
    relay: &str,
    keys: LaneKeys,
    entropy: &mut dyn Entropy,
) -> Result<(String, Box<[u8; FRAME_LEN]>), Error> {
    let close = unsigned(relay.to_owned(), keys, Operation::Close, By::Writer, 0, None, entropy)?;
    Ok((close.relay.clone(), close.sign()))
}

fn rendezvous(pairing: &Pairing, direction: Direction) -> Result<LaneKeys, Error> {
    let sk0 = pairing.sk0.as_ref().ok_or(Error::NotReady)?;
    Ok(InviteSecret::from_bytes(sk0).lane(direction))
}

/// Where the turn's request goes: the pairing's relay, the one it moves to, or one of the
/// practice's list that is tried.
fn relay_of(pairing: &Pairing) -> Result<String, Error> {
    let place = match pairing.turn {
        Turn::OpenNextOut | Turn::OpenNextBack | Turn::GetNext | Turn::PutNext => {
            return pairing.next_relay.clone().ok_or(Error::NotReady);
        }
        Turn::Probe0 => 0,
        Turn::Probe1 => 1,
        Turn::Probe2 => 2,
        Turn::Probe3 => 3,
        _ => return Ok(pairing.relay.clone()),
    };
    relays(pairing).into_iter().nth(place).ok_or(Error::NotReady)
}

/// The relays that the practice's card lists.
pub(crate) fn relays(pairing: &Pairing) -> Vec<String> {
    let card = pairing.card.as_deref().and_then(|card| decode_card(card).ok());
    card.map(|card| card.relays).unwrap_or_default()
}

fn unsigned(
    relay: String,
    keys: LaneKeys,
    operation: Operation,
    by: By,
    version: u64,
    body: Option<&[u8]>,
    entropy: &mut dyn Entropy,
) -> Result<Unsigned, Error> {
    let mut envelope = Box::new([0; ENVELOPE_LEN]);
    match body {
        Some(body) => *envelope = body.try_into().map_err(|_| Error::Damaged)?,
        // Random, as every unused body is: a frame's look says nothing of its kind.
        None => entropy.fill(envelope.as_mut_slice())?,
    }
    let request = Request {
        operation,
        relay: RelayId::of_origin(&relay),
        writer: keys.writer.public(),
        reader: keys.reader.public(),
        version,
        grant: None,
        envelope,
    };
    let signer = match by {
        By::Writer => keys.writer,
        By::Reader => keys.reader,
    };
    Ok(Unsigned { relay, version, request, signer })
}
