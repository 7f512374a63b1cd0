//! Who carries a sync's requests over the network. The desk has no HTTP client of its own.

use attune_core::sync::SyncRequest;

/// What came of one request.
pub enum Carried {
    /// Something answered.
    Answered {
        /// The HTTP status.
        status: u16,
        /// At most a frame and one byte.
        body: Vec<u8>,
    },
    /// Nothing answered: no network, no host, a timeout, a certificate that does not fit.
    Unreachable,
}

/// Carries requests. It may wait for the network: it is called where waiting hurts nobody, and while
/// nothing is locked.
pub trait Carrier: Send + Sync {
    /// Sends `request` and brings what came of it; never an error, since a sync goes on without an answer.
    fn carry(&self, request: &SyncRequest) -> Carried;
}
