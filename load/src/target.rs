//! What a load is put on.

use std::future::Future;

/// A store that keeps one payload for each lane.
pub trait Target: Send + Sync + 'static {
    /// One connection to it.
    type Client: Client;

    /// Connects client number `number`. Called again when the connection broke.
    fn client(&self, number: u32) -> impl Future<Output = Result<Self::Client, Broken>> + Send;
}

/// One client, with one request under way at a time.
pub trait Client: Send + 'static {
    /// Makes the lane if it is not there; the version that it holds, 0 for none.
    fn open(&mut self, lane: u32) -> impl Future<Output = Result<u64, Broken>> + Send;

    /// Writes that version of the lane's payload, and waits for the answer. May be repeated.
    fn put(
        &mut self,
        lane: u32,
        version: u64,
    ) -> impl Future<Output = Result<Answer, Broken>> + Send;

    /// What the lane holds: the payload's bytes, or `None`.
    fn get(&mut self, lane: u32) -> impl Future<Output = Result<Option<Vec<u8>>, Broken>> + Send;
}

/// What was answered to a PUT.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// It is kept, whatever happens now.
    Acknowledged,
    /// It is not kept; in the target's own word.
    Refused(&'static str),
}

/// The connection broke, or the answer made no sense: what was asked may have happened or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the connection broke: {0}")]
pub struct Broken(pub &'static str);

impl From<std::io::Error> for Broken {
    fn from(error: std::io::Error) -> Self {
        Self(match error.kind() {
            std::io::ErrorKind::ConnectionRefused => "nobody listens",
            std::io::ErrorKind::UnexpectedEof => "it was closed",
            std::io::ErrorKind::ConnectionReset => "it was reset",
            std::io::ErrorKind::BrokenPipe => "the other side is gone",
            _ => "the system's answer was an error",
        })
    }
}
