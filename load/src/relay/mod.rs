//! The relay as a target: signed frames over persistent HTTP/1.1 connections.

mod connection;
mod frames;

use std::net::SocketAddr;
use std::sync::Arc;

use attune_wire::{GrantKey, Operation, Response, Status};

use crate::ledger::Ledger;
use crate::payload::Payload;
use crate::target::{Answer, Broken, Client, Target};
use connection::Connection;
use frames::Frames;

/// One relay, or several nodes over one database: clients take them in turn, and go to the next one
/// when theirs is not there.
pub struct RelayTarget {
    nodes: Vec<SocketAddr>,
    frames: Arc<Frames>,
}

impl RelayTarget {
    /// Nodes by their addresses; `origin` is the public one of them all, canonical. Lanes and payloads
    /// are made from `seed`. Without `grant` the relay must be an open one.
    #[must_use]
    pub fn new(
        nodes: Vec<SocketAddr>,
        origin: &str,
        seed: u64,
        payload: Arc<Payload>,
        grant: Option<GrantKey>,
    ) -> Self {
        Self { nodes, frames: Arc::new(Frames::new(origin, seed, payload, grant)) }
    }

    /// Signs the first `count` PUTs of each client on the lanes of `ledger` ahead of a run, on all
    /// processors, so that the run itself costs the clients little: 256 bytes of memory each.
    pub fn sign_ahead(&self, ledger: &Ledger, count: usize) {
        self.frames.sign_ahead(ledger, count);
    }
}

impl Target for RelayTarget {
    type Client = RelayClient;

    async fn client(&self, number: u32) -> Result<RelayClient, Broken> {
        let mut broken = Broken("there is no node");
        for turn in 0..self.nodes.len() {
            let node = self.nodes[(number as usize + turn) % self.nodes.len()];
            match Connection::open(node).await {
                Ok(connection) => {
                    let frames = Arc::clone(&self.frames);
                    return Ok(RelayClient { number, node, connection, frames });
                }
                Err(error) => broken = error,
            }
        }
        Err(broken)
    }
}

/// One connection to a relay.
pub struct RelayClient {
    number: u32,
    node: SocketAddr,
    connection: Connection,
    frames: Arc<Frames>,
}

impl RelayClient {
    async fn ask(&mut self, frame: Vec<u8>) -> Result<Result<Response, &'static str>, Broken> {
        if !self.connection.is_ready().await {
            // The relay ends each connection after a while, between two requests.
            self.connection = Connection::open(self.node).await?;
        }
        let (status, body) = self.connection.send(frame).await?;
        if status != 200 {
            return Ok(Err(problem(status)));
        }
        Response::parse(&body).map(Ok).map_err(|_| Broken("the answer is not a frame"))
    }
}

impl Client for RelayClient {
    async fn open(&mut self, lane: u32) -> Result<u64, Broken> {
        let frame = self.frames.frame(lane, Operation::Open, 0);
        match self.ask(frame).await? {
            Ok(Response { status: Status::Stored | Status::Same, version, .. }) => Ok(version),
            Ok(response) => Err(Broken(word(response.status))),
            Err(problem) => Err(Broken(problem)),
        }
    }

    async fn put(&mut self, lane: u32, version: u64) -> Result<Answer, Broken> {
        let frame = self.frames.put(self.number, lane, version);
        Ok(match self.ask(frame).await? {
            Ok(Response { status: Status::Stored | Status::Same, version: now, .. }) => {
                if now != version {
                    return Err(Broken("the answer is about another version"));
                }
                Answer::Acknowledged
            }
            Ok(response) => Answer::Refused(word(response.status)),
            Err(problem) => Answer::Refused(problem),
        })
    }

    async fn get(&mut self, lane: u32) -> Result<Option<Vec<u8>>, Broken> {
        // Nothing is held: so the relay drops nothing.
        let frame = self.frames.frame(lane, Operation::Get, 0);
        match self.ask(frame).await? {
            Ok(Response { status: Status::New, envelope, .. }) => Ok(Some(envelope.to_vec())),
            // There never was one; or the lane is gone; or the envelope, which nobody said to have read.
            Ok(Response { status: Status::Denied | Status::Nothing, .. }) => Ok(None),
            Ok(response) => Err(Broken(word(response.status))),
            Err(problem) => Err(Broken(problem)),
        }
    }
}

fn word(status: Status) -> &'static str {
    match status {
        Status::Stored => "STORED",
        Status::Same => "SAME",
        Status::New => "NEW",
        Status::Nothing => "NOTHING",
        Status::Stale => "STALE",
        Status::Denied => "DENIED",
        Status::Slow => "SLOW",
        Status::Full => "FULL",
        Status::Version => "VERSION",
    }
}

fn problem(status: u16) -> &'static str {
    match status {
        400 => "HTTP 400",
        404 => "HTTP 404",
        413 => "HTTP 413",
        429 => "HTTP 429",
        502 => "HTTP 502",
        503 => "HTTP 503",
        _ => "HTTP, another status",
    }
}
