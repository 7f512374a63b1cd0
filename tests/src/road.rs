//! The road from a party to the relay: real HTTP, with the settings of the command line's transport.

use std::io::Read as _;
use std::net::SocketAddr;
use std::time::Instant;

use attune_core::Error;
use attune_core::companion::Companion;
use attune_core::desk::Desk;
use attune_core::sync::{SyncAnswer, SyncRequest, hold_back};
use attune_wire::{FRAME_LEN, Operation, Request, Response, Status};
use chrono::{DateTime, FixedOffset};
use ureq::Agent;
use ureq::config::AutoHeaderValue;

use crate::place::ORIGIN;

/// What becomes of one request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It arrives, and so does the answer.
    Whole,
    /// It never arrives.
    Lost,
    /// It arrives; the answer does not.
    AnswerLost,
    /// It arrives, and the sync ends there: nobody takes the answer in.
    BrokenOff,
}

/// One request as the relay can see it, and what it answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seen {
    /// What was asked.
    pub operation: Operation,
    /// How it went; `None` when no frame came back.
    pub status: Option<Status>,
    /// Bytes of the request's body.
    pub sent: usize,
    /// Bytes of the answer's body.
    pub received: usize,
}

/// Anything that syncs.
pub trait Syncs {
    /// Starts a sync.
    ///
    /// # Errors
    /// Those of the vault.
    fn begin(&mut self, now: DateTime<FixedOffset>) -> Result<(), Error>;
    /// The next request; `None` when the sync is done.
    ///
    /// # Errors
    /// Those of the vault.
    fn next(&mut self) -> Result<Option<SyncRequest>, Error>;
    /// Brings the answer to the last request.
    ///
    /// # Errors
    /// Those of the vault.
    fn feed(&mut self, now: DateTime<FixedOffset>, answer: SyncAnswer<'_>) -> Result<(), Error>;
}

macro_rules! syncs {
    ($($name:ident)*) => {$(
        impl Syncs for $name {
            fn begin(&mut self, now: DateTime<FixedOffset>) -> Result<(), Error> {
                self.sync_begin(now)
            }
            fn next(&mut self) -> Result<Option<SyncRequest>, Error> {
                self.sync_next()
            }
            fn feed(
                &mut self,
                now: DateTime<FixedOffset>,
                answer: SyncAnswer<'_>,
            ) -> Result<(), Error> {
                self.sync_feed(now, answer)
            }
        }
    )*};
}

syncs!(Companion Desk);

/// Requests after which a sync should have ended long ago.
const MOST: usize = 80;

/// Syncs to the end with the relay at `address`. What was asked, in order.
///
/// # Errors
/// Those of the vault.
pub fn sync(
    who: &mut dyn Syncs,
    address: SocketAddr,
    now: DateTime<FixedOffset>,
) -> Result<Vec<Seen>, Error> {
    sync_with(who, address, now, |_| Fate::Whole)
}

/// A sync whose requests leave at their moments, as a client's do ([`hold_back`]). Where time is not the
/// matter, [`sync`] does without.
///
/// # Errors
/// Those of the vault.
pub fn sync_at_its_pace(
    who: &mut dyn Syncs,
    address: SocketAddr,
    now: DateTime<FixedOffset>,
) -> Result<(), Error> {
    let agent = agent();
    let mut answered: Option<Instant> = None;
    who.begin(now)?;
    while let Some(request) = who.next()? {
        if let Some(last) = answered {
            std::thread::sleep(hold_back(last.elapsed()));
        }
        let answer = send(&agent, address, &request);
        answered = Some(Instant::now());
        match answer {
            Some((status, body)) => who.feed(now, SyncAnswer::Http { status, body: &body })?,
            None => who.feed(now, SyncAnswer::Unreachable)?,
        }
    }
    Ok(())
}

/// A sync in which each request meets the fate that is drawn for it.
///
/// # Errors
/// Those of the vault.
///
/// # Panics
/// When the sync does not end.
pub fn sync_with(
    who: &mut dyn Syncs,
    address: SocketAddr,
    now: DateTime<FixedOffset>,
    mut fate: impl FnMut(&SyncRequest) -> Fate,
) -> Result<Vec<Seen>, Error> {
    let agent = agent();
    let mut seen = Vec::new();
    who.begin(now)?;
    while let Some(request) = who.next()? {
        assert!(seen.len() < MOST, "a sync that does not end");
        let fate = fate(&request);
        let answer = if fate == Fate::Lost { None } else { send(&agent, address, &request) };
        seen.push(Seen {
            operation: operation_of(&request),
            status: answer.as_ref().and_then(|(_, body)| Some(Response::parse(body).ok()?.status)),
            sent: request.body.len(),
            received: answer.as_ref().map_or(0, |(_, body)| body.len()),
        });
        match (fate, answer) {
            (Fate::BrokenOff, _) => break,
            (Fate::Whole, Some((status, body))) => {
                who.feed(now, SyncAnswer::Http { status, body: &body })?;
            }
            _ => who.feed(now, SyncAnswer::Unreachable)?,
        }
    }
    Ok(seen)
}

/// Sends one request to the relay at `address`: the status and at most a frame and one byte.
#[must_use]
pub fn send(agent: &Agent, address: SocketAddr, request: &SyncRequest) -> Option<(u16, Vec<u8>)> {
    let path = request.url.strip_prefix(ORIGIN)?;
    let response = agent
        .post(format!("http://{address}{path}"))
        .content_type("application/octet-stream")
        .send(request.body.as_slice())
        .ok()?;
    let status = response.status().as_u16();
    let mut body = Vec::with_capacity(FRAME_LEN + 1);
    let reader = response.into_body().into_reader();
    reader.take(FRAME_LEN as u64 + 1).read_to_end(&mut body).ok()?;
    Some((status, body))
}

/// A client that remembers nothing of any other: no redirects, no headers of its own, no proxy.
#[must_use]
pub fn agent() -> Agent {
    let config = Agent::config_builder()
        .http_status_as_error(false)
        .max_redirects(0)
        .user_agent(AutoHeaderValue::None)
        .accept(AutoHeaderValue::None)
        .accept_encoding(AutoHeaderValue::None)
        .proxy(None)
        .build();
    config.new_agent()
}

/// What a request asks for, which the relay can read.
///
/// # Panics
/// When it is no frame, or is not signed well.
#[must_use]
pub fn operation_of(request: &SyncRequest) -> Operation {
    Request::parse(&request.body[..]).unwrap().verify().unwrap().operation
}
