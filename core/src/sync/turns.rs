//! The turns of a pairing that is under way, on either side: GET, then PUT.

use attune_wire::Status;

use super::register::{STALE_JUMP, accept, renew, seal_next};
use super::{Reply, Step, desk_turns, phone_turns};
use crate::error::Error;
use crate::lane::Direction;
use crate::table::pairing::{MoveStep, Pairing, Stage, Trouble, Turn};

/// The first turn of a sync.
pub(super) fn first(step: &mut Step<'_>, pairing: &mut Pairing) -> Result<Turn, Error> {
    match pairing.stage {
        Stage::Joining => Ok(Turn::GetInvite),
        Stage::Greeted if pairing.pending.is_some() => Ok(Turn::PutHello),
        Stage::Greeted => Ok(Turn::GetWelcome),
        Stage::Active if step.side.writes() == Direction::ClientToDesk => Ok(Turn::Get),
        Stage::Inviting | Stage::Invited | Stage::Welcoming | Stage::Active => {
            desk_turns::first(step, pairing)
        }
        Stage::Ended => Ok(Turn::Rest),
    }
}

/// What a relay's answer changes, and the turn that follows.
pub(super) fn answered(
    step: &mut Step<'_>,
    pairing: &mut Pairing,
    reply: &Reply,
) -> Result<Turn, Error> {
    match reply.status {
        Status::Slow => return unanswered(step, pairing, Trouble::Slow),
        Status::Full => return unanswered(step, pairing, Trouble::Full),
        Status::Version => return unanswered(step, pairing, Trouble::NewerNeeded),
        _ => {}
    }
    match pairing.turn {
        Turn::Rest => Ok(Turn::Rest),
        Turn::Get => got(step, pairing, reply),
        Turn::Put | Turn::PutAgain => put(step, pairing, reply),
        Turn::GetInvite
        | Turn::PutHello
        | Turn::GetWelcome
        | Turn::Probe0
        | Turn::Probe1
        | Turn::Probe2
        | Turn::Probe3 => phone_turns::answered(step, pairing, reply),
        _ => desk_turns::answered(step, pairing, reply),
    }
}

/// No usable answer, or one that says "later": the turn that follows, if there is another way.
pub(super) fn unanswered(
    step: &mut Step<'_>,
    pairing: &mut Pairing,
    trouble: Trouble,
) -> Result<Turn, Error> {
    let turn = pairing.turn;
    let probing = matches!(turn, Turn::Probe0 | Turn::Probe1 | Turn::Probe2 | Turn::Probe3);
    if !probing {
        set_trouble(pairing, trouble, step.now.today);
    }
    Ok(match step.side.writes() {
        Direction::ClientToDesk if turn == Turn::Get || probing => {
            phone_turns::next_probe(pairing, step.now.today)
        }
        Direction::DeskToClient
            if matches!(turn, Turn::Get | Turn::Put | Turn::PutAgain | Turn::ReopenOut) =>
        {
            desk_turns::after_main_lane(pairing)
        }
        _ => Turn::Rest,
    })
}

/// Remembers how the last sync went, and since when it goes badly.
pub(super) fn set_trouble(pairing: &mut Pairing, trouble: Trouble, today: u32) {
    pairing.trouble = trouble;
    pairing.trouble_since = match trouble {
        Trouble::None => None,
        _ => pairing.trouble_since.or(Some(today)),
    };
}

fn got(step: &mut Step<'_>, pairing: &mut Pairing, reply: &Reply) -> Result<Turn, Error> {
    let trouble = match reply.status {
        Status::New => {
            let epoch = pairing.lane_epoch;
            let (version, envelope) = (reply.version, &reply.envelope);
            let read = accept(step, pairing, epoch, version, envelope)?;
            if pairing.stage == Stage::Ended {
                return Ok(Turn::Rest);
            }
            if read == Some(Trouble::None) {
                // The phone writes here, so it has the Welcome: the code is of no more use.
                desk_turns::leave_rendezvous(step, pairing)?;
            }
            read.unwrap_or(Trouble::None)
        }
        Status::Nothing if desk_turns::is_abandoned(step, pairing) => {
            return desk_turns::abandon(step, pairing);
        }
        Status::Nothing => Trouble::None,
        Status::Denied if step.side.writes() == Direction::DeskToClient => {
            return Ok(Turn::ReopenOut);
        }
        Status::Denied => return unanswered(step, pairing, Trouble::Denied),
        _ => return unanswered(step, pairing, Trouble::Unreachable),
    };
    set_trouble(pairing, trouble, step.now.today);
    seal(step, pairing, Turn::Put)
}

/// Seals the next version for the present lane, to be uploaded in `turn`.
pub(super) fn seal(step: &mut Step<'_>, pairing: &mut Pairing, turn: Turn) -> Result<Turn, Error> {
    let epoch = pairing.lane_epoch;
    seal_next(step, pairing, epoch, false)?;
    Ok(turn)
}

fn put(step: &mut Step<'_>, pairing: &mut Pairing, reply: &Reply) -> Result<Turn, Error> {
    match reply.status {
        Status::Stored | Status::Same => {
            stored(step, pairing)?;
            if pairing.move_step == MoveStep::Announced {
                pairing.move_step = MoveStep::Known;
            }
            Ok(match step.side.writes() {
                Direction::ClientToDesk => Turn::Rest,
                Direction::DeskToClient => desk_turns::after_main_lane(pairing),
            })
        }
        Status::Stale if pairing.turn == Turn::Put => {
            if reply.version.saturating_sub(pairing.version) > STALE_JUMP {
                return unanswered(step, pairing, Trouble::VersionJump);
            }
            let trouble = renew(step, pairing, reply.version)?;
            if trouble != Trouble::None {
                return unanswered(step, pairing, trouble);
            }
            seal(step, pairing, Turn::PutAgain)
        }
        // Stale twice in one sync: another copy is writing at this moment, or the relay lies.
        Status::Stale => unanswered(step, pairing, Trouble::Unreadable),
        // Only the lane that this side writes was lost: once in a sync it is made again.
        Status::Denied
            if pairing.turn == Turn::Put && step.side.writes() == Direction::DeskToClient =>
        {
            Ok(Turn::ReopenOut)
        }
        Status::Denied => unanswered(step, pairing, Trouble::Denied),
        _ => unanswered(step, pairing, Trouble::Unreachable),
    }
}

/// The relay has what was uploaded.
pub(super) fn stored(step: &mut Step<'_>, pairing: &mut Pairing) -> Result<(), Error> {
    if let Some(version) = pairing.pending_version.take() {
        step.side.stored(step.db, pairing, version)?;
    }
    pairing.pending = None;
    pairing.reached_at = Some(step.now.millis);
    Ok(())
}
