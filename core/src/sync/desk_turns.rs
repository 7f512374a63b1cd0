//! The turns that only a desk has: inviting, opening lanes, moving them, and closing them.

use attune_wire::Status;
use zeroize::Zeroizing;

use super::register::{accept, seal_next};
use super::turns::{seal, set_trouble, stored, unanswered};
use super::{Reply, Step, request};
use crate::error::Error;
use crate::lane::Direction;
use crate::pairing::invitation::DeskInvite;
use crate::pairing::messages::{HELLO_VERSION, PairingError, WELCOME_VERSION};
use crate::pairing::schedule::{InviteSecret, Nonce};
use crate::table::pairing::{MoveStep, Pairing, Stage, Trouble, Turn};
use crate::table::{farewell, receive_key, setting};

/// The setting under which a desk keeps the relay that it wants to use.
pub(crate) const RELAY_SETTING: &str = "relay";
/// Days after which lanes are followed by new ones.
const LANE_DAYS: u32 = 90;
/// How long a Welcome waits for its phone: 72 hours.
const WELCOME_MILLIS: i64 = 72 * 60 * 60 * 1_000;
/// A second phone tried the code.
const SECOND_CLAIM: u32 = 2;

pub(super) fn first(step: &mut Step<'_>, pairing: &mut Pairing) -> Result<Turn, Error> {
    if pairing.stage != Stage::Active && is_over(step, pairing) {
        return end(step, pairing, Trouble::CodeSpent);
    }
    match pairing.stage {
        Stage::Inviting => Ok(Turn::OpenRendezvousOut),
        Stage::Invited => Ok(Turn::GetHello),
        Stage::Welcoming => Ok(Turn::OpenOut),
        _ => {
            plan_move(step, pairing)?;
            Ok(Turn::Get)
        }
    }
}

/// Begins a move when the lanes are old, or when the desk uses another relay now.
fn plan_move(step: &mut Step<'_>, pairing: &mut Pairing) -> Result<(), Error> {
    let wanted = setting::text(step.db, RELAY_SETTING)?.unwrap_or_else(|| pairing.relay.clone());
    let today = step.now.today;
    match pairing.move_step {
        MoveStep::Planned => {}
        _ if pairing.next_relay.as_ref() == Some(&wanted) => return Ok(()),
        MoveStep::Open => {}
        // The phone may or may not read of it: it is waited for where it was told to go.
        MoveStep::Announced => return Ok(()),
        // The phone goes there, now or later: that move is made, and the next one starts from it.
        // The old lanes stay, with the word of where to go in them, until the relay forgets them.
        MoveStep::Known => {
            if let Some(relay) = pairing.next_relay.take() {
                pairing.relay = relay;
            }
            pairing.lane_epoch += 1;
            pairing.lane_since = Some(today);
        }
    }
    pairing.move_step = MoveStep::Planned;
    let since = *pairing.lane_since.get_or_insert(today);
    let old = today.saturating_sub(since) >= LANE_DAYS;
    pairing.next_relay = (wanted != pairing.relay || old).then_some(wanted);
    Ok(())
}

/// Whether the time of the code, or of the Welcome, is over.
fn is_over(step: &Step<'_>, pairing: &Pairing) -> bool {
    pairing.live_until.is_some_and(|until| until < step.now.millis)
}

/// Whether no document followed the Welcome in its time.
pub(super) fn is_abandoned(step: &Step<'_>, pairing: &Pairing) -> bool {
    pairing.sk0.is_some() && is_over(step, pairing)
}

/// Ends a pairing that no phone came to; its lanes are closed, so that one that comes late sees it.
pub(super) fn abandon(step: &mut Step<'_>, pairing: &mut Pairing) -> Result<Turn, Error> {
    let epoch = pairing.lane_epoch;
    close_lanes(step, pairing, epoch)?;
    end(step, pairing, Trouble::CodeSpent)
}

fn close_lanes(step: &mut Step<'_>, pairing: &Pairing, epoch: u64) -> Result<(), Error> {
    for direction in [Direction::ClientToDesk, Direction::DeskToClient] {
        let (relay, frame) = request::close(pairing, direction, epoch, step.entropy)?;
        farewell::add(step.db, &relay, &frame[..], step.now.today)?;
    }
    Ok(())
}

/// What follows on the present lane's turns.
pub(super) fn after_main_lane(pairing: &Pairing) -> Turn {
    if pairing.sk0.is_some() && pairing.trouble == Trouble::None {
        Turn::WatchHello
    } else if pairing.next_relay.is_some() {
        Turn::OpenNextOut
    } else {
        Turn::Rest
    }
}

pub(super) fn answered(
    step: &mut Step<'_>,
    pairing: &mut Pairing,
    reply: &Reply,
) -> Result<Turn, Error> {
    let done = matches!(reply.status, Status::Stored | Status::Same);
    match (pairing.turn, reply.status) {
        (Turn::OpenRendezvousOut, _) if done => Ok(Turn::OpenRendezvousBack),
        (Turn::OpenRendezvousBack, _) if done => Ok(Turn::PutInvite),
        (Turn::PutInvite, _) if done => {
            pairing.stage = Stage::Invited;
            set_trouble(pairing, Trouble::None, step.now.today);
            Ok(Turn::Rest)
        }
        (Turn::PutInvite | Turn::PutWelcome, Status::Stale) => {
            end(step, pairing, Trouble::SecondClaim)
        }
        (Turn::GetHello, Status::New) => greeted(step, pairing, reply),
        (Turn::GetHello, Status::Nothing) => Ok(Turn::Rest),
        (Turn::GetHello, Status::Denied) => {
            // The relay lost the lanes: they are made again at the next sync.
            pairing.stage = Stage::Inviting;
            unanswered(step, pairing, Trouble::Denied)
        }
        (Turn::OpenOut, _) if done => Ok(Turn::OpenBack),
        (Turn::OpenBack, _) if done => Ok(Turn::PutWelcome),
        (Turn::PutWelcome, _) if done => {
            pairing.pending = None;
            pairing.pending_version = None;
            pairing.lane_since = Some(step.now.today);
            pairing.stage = Stage::Active;
            set_trouble(pairing, Trouble::None, step.now.today);
            Ok(Turn::Rest)
        }
        (Turn::PutWelcome, Status::Denied) => end(step, pairing, Trouble::CodeSpent),
        (Turn::WatchHello, status) => {
            // The Welcome stays for the phone that it is for.
            if status == Status::New {
                pairing.claims = SECOND_CLAIM;
            }
            Ok(after_watch(pairing))
        }
        (Turn::ReopenOut, _) if done => Ok(Turn::ReopenBack),
        (Turn::ReopenBack, _) if done => seal(step, pairing, Turn::PutAgain),
        (Turn::OpenNextOut, _) if done => Ok(Turn::OpenNextBack),
        (Turn::OpenNextBack, _) if done => {
            pairing.move_step = pairing.move_step.max(MoveStep::Open);
            Ok(Turn::GetNext)
        }
        (Turn::GetNext, Status::New) => moved(step, pairing, reply),
        (Turn::GetNext, Status::Nothing) => seal_for_next(step, pairing),
        (Turn::PutNext, _) if done => {
            stored(step, pairing)?;
            Ok(Turn::Rest)
        }
        (_, Status::Denied) => unanswered(step, pairing, Trouble::Denied),
        _ => unanswered(step, pairing, Trouble::Unreachable),
    }
}

/// Closes the lanes that the code led to and forgets the code, if that was not done before.
pub(super) fn leave_rendezvous(step: &mut Step<'_>, pairing: &mut Pairing) -> Result<(), Error> {
    if pairing.sk0.is_none() {
        return Ok(());
    }
    for direction in [Direction::ClientToDesk, Direction::DeskToClient] {
        let (relay, frame) = request::close_rendezvous(pairing, direction, step.entropy)?;
        farewell::add(step.db, &relay, &frame[..], step.now.today)?;
    }
    pairing.sk0 = None;
    pairing.live_until = None;
    pairing.nonce = None;
    pairing.invite = None;
    Ok(())
}

fn after_watch(pairing: &Pairing) -> Turn {
    if pairing.next_relay.is_some() { Turn::OpenNextOut } else { Turn::Rest }
}

/// A Hello is here. The first valid one is answered; two of them end the code.
fn greeted(step: &mut Step<'_>, pairing: &mut Pairing, reply: &Reply) -> Result<Turn, Error> {
    if reply.version != HELLO_VERSION {
        pairing.claims = SECOND_CLAIM;
        return end(step, pairing, Trouble::SecondClaim);
    }
    let keys = receive_key::all(step.db, pairing.id)?;
    let (Some(first), Some(nonce), Some(plaintext), Some(sk0)) =
        (keys.into_iter().next(), &pairing.nonce, &pairing.invite, &pairing.sk0)
    else {
        return Err(Error::Damaged);
    };
    let invite = DeskInvite {
        secret: InviteSecret::from_bytes(sk0),
        nonce: Nonce::from_bytes(nonce),
        receive: first.secret,
        plaintext: plaintext.clone(),
        // Uploaded already: a Hello is answered without it.
        envelope: reply.envelope.clone(),
    };
    let answer =
        invite.answer(&reply.envelope[..], reply.version, pairing.incarnation, step.entropy);
    let welcomed = match answer {
        Ok(welcomed) => welcomed,
        Err(PairingError::NewerNeeded) => {
            return unanswered(step, pairing, Trouble::NewerNeeded);
        }
        Err(PairingError::Refused) => return end(step, pairing, Trouble::SecondClaim),
        Err(_) => return Err(Error::Seal),
    };
    pairing.claims = 1;
    pairing.chosen_name = welcomed.name.as_ref().map(|name| name.to_string());
    pairing.psk = Some(Zeroizing::new(*welcomed.paired.psk.as_bytes()));
    pairing.th = Some(welcomed.paired.th);
    pairing.peer_incarnation = Some(welcomed.paired.peer);
    pairing.peer_key_epoch = Some(welcomed.paired.peer_key.epoch);
    pairing.peer_key = Some(welcomed.paired.peer_key.public.to_vec());
    pairing.pending = Some(welcomed.envelope.to_vec());
    pairing.pending_version = Some(WELCOME_VERSION);
    // The phone has as long to fetch the Welcome as an invitation that is sent.
    pairing.live_until = Some(step.now.millis.saturating_add(WELCOME_MILLIS));
    pairing.stage = Stage::Welcoming;
    Ok(Turn::OpenOut)
}

fn seal_for_next(step: &mut Step<'_>, pairing: &mut Pairing) -> Result<Turn, Error> {
    let next = pairing.lane_epoch + 1;
    seal_next(step, pairing, next, false)?;
    Ok(Turn::PutNext)
}

/// The phone writes in the new lane: the old ones are closed.
fn moved(step: &mut Step<'_>, pairing: &mut Pairing, reply: &Reply) -> Result<Turn, Error> {
    let old = pairing.lane_epoch;
    let read = accept(step, pairing, old + 1, reply.version, &reply.envelope)?;
    if pairing.stage == Stage::Ended {
        return Ok(Turn::Rest);
    }
    if read != Some(Trouble::None) {
        return seal_for_next(step, pairing);
    }
    close_lanes(step, pairing, old)?;
    if let Some(relay) = pairing.next_relay.take() {
        pairing.relay = relay;
    }
    pairing.lane_epoch = old + 1;
    pairing.move_step = MoveStep::Planned;
    pairing.lane_since = Some(step.now.today);
    set_trouble(pairing, Trouble::None, step.now.today);
    seal(step, pairing, Turn::Put)
}

fn end(step: &mut Step<'_>, pairing: &mut Pairing, trouble: Trouble) -> Result<Turn, Error> {
    leave_rendezvous(step, pairing)?;
    receive_key::remove_all(step.db, pairing.id)?;
    pairing.end(trouble);
    Ok(Turn::Rest)
}
