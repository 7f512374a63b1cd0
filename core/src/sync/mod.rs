//! The sync engine: which request comes next, and what an answer changes. Sans-IO.
//!
//! Everything it knows stands in the vault: it can be left at any step, by a kill too, and goes on
//! from there. A sync asks the same of every pairing whether or not anything changed: one GET and
//! one PUT. Only pairing, a move to another relay and a fault ask for more.
//!
//! **Invariant**: nothing here can name a moment. What a document says comes from a `side::Side`.

mod desk_turns;
mod pace;
mod phone_turns;
pub(crate) mod register;
pub(crate) mod request;
pub(crate) mod side;
mod turns;

pub(crate) use desk_turns::RELAY_SETTING;
pub use pace::{PACE, hold_back};

use std::fmt;

use attune_cipher::rusqlite::Connection;
use attune_wire::{FRAME_LEN, Response, Status};
use chrono::{DateTime, FixedOffset};

use crate::entropy::Entropy;
use crate::error::Error;
use crate::lane::Direction;
use crate::table::farewell;
use crate::table::pairing::{self, MoveStep, Pairing, Trouble, Turn};
use crate::vault::Vault;
use side::{Now, Side};

/// Bytes in a request and in an answer.
pub const FRAME_BYTES: usize = FRAME_LEN;

/// A request for the shell to send: POST `body` to `url` as `application/octet-stream`.
pub struct SyncRequest {
    /// Where to: the relay's origin and the path of its one endpoint.
    pub url: String,
    /// Exactly 8,448 bytes.
    pub body: Box<[u8; FRAME_LEN]>,
}

impl fmt::Debug for SyncRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SyncRequest { .. }")
    }
}

/// What came of a request.
#[derive(Clone, Copy)]
pub enum SyncAnswer<'a> {
    /// The relay answered.
    Http {
        /// The status; anything but 200 counts as no usable answer.
        status: u16,
        /// The body. The shell reads no more than 8,448 bytes and one.
        body: &'a [u8],
    },
    /// No answer: no network, a timeout, a broken connection, a certificate that does not fit.
    Unreachable,
}

impl fmt::Debug for SyncAnswer<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Http { .. } => "Http { .. }",
            Self::Unreachable => "Unreachable",
        })
    }
}

/// What the request under way was for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Waiting {
    Pairing { id: i64, turn: Turn, version: u64 },
    Farewell { id: i64 },
}

/// A relay's answer that was understood.
pub(crate) struct Reply {
    pub(crate) status: Status,
    pub(crate) version: u64,
    pub(crate) envelope: Box<[u8; attune_wire::ENVELOPE_LEN]>,
}

/// What a turn is given to work with.
pub(crate) struct Step<'a> {
    pub(crate) db: &'a Connection,
    pub(crate) side: &'a dyn Side,
    pub(crate) now: Now,
    pub(crate) entropy: &'a mut dyn Entropy,
}

/// The engine of one open vault. It holds nothing but which answer it waits for.
#[derive(Default)]
pub(crate) struct Engine {
    waiting: Option<Waiting>,
}

impl Engine {
    /// Starts a sync: every pairing gets its turns. One that was broken off starts anew.
    ///
    /// `first` is what runs out with time; it is done in the same commit.
    pub(crate) fn begin(
        &mut self,
        vault: &mut Vault,
        side: &dyn Side,
        now: DateTime<FixedOffset>,
        entropy: &mut dyn Entropy,
        first: impl FnOnce(&Connection) -> Result<(), Error>,
    ) -> Result<(), Error> {
        self.waiting = None;
        let now = Now::from(now);
        vault.write(|db| {
            first(db)?;
            farewell::line_up(db, now.today)?;
            for mut pairing in pairing::all(db)? {
                let mut step = Step { db, side, now, entropy };
                pairing.turn = turns::first(&mut step, &mut pairing)?;
                pairing::save(db, &pairing)?;
            }
            Ok(())
        })
    }

    /// The next request, or none when the sync is done. Asked again before an answer was fed, it
    /// gives a request for the same thing. A pairing that has none to give is set aside.
    pub(crate) fn next(
        &mut self,
        vault: &mut Vault,
        side: &dyn Side,
        entropy: &mut dyn Entropy,
    ) -> Result<Option<SyncRequest>, Error> {
        self.waiting = None;
        while let Some(pairing) = vault.read(pairing::at_work)? {
            match vault.read(|db| request::of_turn(db, &pairing, side.writes(), entropy)) {
                Ok(request) => {
                    let (id, turn, version) = (pairing.id, pairing.turn, request.version);
                    self.waiting = Some(Waiting::Pairing { id, turn, version });
                    return Ok(Some(to_send(&request.relay, request.sign())));
                }
                Err(error) => set_aside(vault, pairing.id, error)?,
            }
        }
        let Some(farewell) = vault.read(farewell::next)? else { return Ok(None) };
        let frame = farewell.frame.try_into().map_err(|_| Error::Damaged)?;
        self.waiting = Some(Waiting::Farewell { id: farewell.id });
        Ok(Some(to_send(&farewell.relay, Box::new(frame))))
    }

    /// Takes the answer to the request that was handed out last. All that it changes is committed
    /// in one transaction before this returns.
    pub(crate) fn feed(
        &mut self,
        vault: &mut Vault,
        side: &dyn Side,
        now: DateTime<FixedOffset>,
        answer: SyncAnswer<'_>,
        entropy: &mut dyn Entropy,
    ) -> Result<(), Error> {
        let waiting = self.waiting.take().ok_or(Error::NotWaiting)?;
        let now = Now::from(now);
        let reply = understood(answer);
        let (id, turn, version) = match waiting {
            Waiting::Farewell { id } => {
                return vault.write(|db| feed_farewell(db, id, reply.as_ref()));
            }
            Waiting::Pairing { id, turn, version } => (id, turn, version),
        };
        let taken = vault.write(|db| {
            let mut pairing = match pairing::find(db, id) {
                // Unpaired while the request was under way: the answer is nobody's.
                Err(Error::NotFound) => return Ok(()),
                found => found?,
            };
            if pairing.turn != turn || request::version_of(&pairing, turn) != version {
                return Ok(());
            }
            let mut step = Step { db, side, now, entropy };
            pairing.turn = match &reply {
                None => turns::unanswered(&mut step, &mut pairing, Trouble::Unreachable)?,
                Some(reply) => turns::answered(&mut step, &mut pairing, reply)?,
            };
            pairing::save(db, &pairing)
        });
        match taken {
            Ok(()) => Ok(()),
            Err(error) => set_aside(vault, id, error),
        }
    }
}

fn to_send(relay: &str, body: Box<[u8; FRAME_LEN]>) -> SyncRequest {
    SyncRequest { url: format!("{relay}/v1/f"), body }
}

/// One pairing that cannot go on does not stop the others: its sync ends, and it says so. What is
/// wrong with the vault or with randomness is wrong with all of them.
fn set_aside(vault: &mut Vault, id: i64, error: Error) -> Result<(), Error> {
    if matches!(error, Error::Vault(_) | Error::Entropy(_)) {
        return Err(error);
    }
    vault.write(|db| {
        let mut pairing = pairing::find(db, id)?;
        pairing.turn = Turn::Rest;
        pairing.trouble = Trouble::Unreadable;
        pairing::save(db, &pairing)
    })
}

fn feed_farewell(db: &Connection, id: i64, reply: Option<&Reply>) -> Result<(), Error> {
    let Some(farewell) = farewell::next(db)?.filter(|farewell| farewell.id == id) else {
        return Ok(());
    };
    match reply.map(|reply| reply.status) {
        None | Some(Status::Slow | Status::Full | Status::Version) => {
            farewell::put_off(db, &farewell.relay)
        }
        Some(_) => farewell::remove(db, id),
    }
}

/// The answer as a frame; `None` for whatever is not one.
fn understood(answer: SyncAnswer<'_>) -> Option<Reply> {
    let SyncAnswer::Http { status: 200, body } = answer else { return None };
    let response = Response::parse(body).ok()?;
    Some(Reply { status: response.status, version: response.version, envelope: response.envelope })
}

/// Says the goodbye of a pairing that this side ends: an ordinary envelope, and the lane that only
/// this side reads is closed. The requests are kept signed; every key can go at once (R11).
pub(crate) fn take_leave(step: &mut Step<'_>, pairing: &mut Pairing) -> Result<(), Error> {
    let mut frames = Vec::new();
    if pairing.psk.is_some() && pairing.peer_key.is_some() {
        let (here, next) = (pairing.lane_epoch, pairing.lane_epoch + 1);
        // In the middle of a move the peer may be at either place.
        let places = if pairing.move_step >= MoveStep::Open {
            vec![(here, Turn::Put), (next, Turn::PutNext)]
        } else {
            vec![(here, Turn::Put)]
        };
        for (epoch, turn) in places {
            register::seal_next(step, pairing, epoch, true)?;
            pairing.turn = turn;
            let request = request::of_turn(step.db, pairing, step.side.writes(), step.entropy)?;
            let back = step.side.writes().back();
            let (_, close) = request::close(pairing, back, epoch, step.entropy)?;
            frames.push((request.relay.clone(), request.sign()));
            frames.push((request.relay, close));
        }
    }
    if pairing.sk0.is_some() {
        for direction in [Direction::ClientToDesk, Direction::DeskToClient] {
            frames.push(request::close_rendezvous(pairing, direction, step.entropy)?);
        }
    }
    for (relay, frame) in frames {
        farewell::add(step.db, &relay, &frame[..], step.now.today)?;
    }
    Ok(())
}
