//! The way to the relay and back: the transport of every phone and desk here, with its frames
//! counted, and one answer lost on demand.

use attune_core::sync::SyncRequest;
use attune_wire::{Operation, Request};

use crate::transport::{Delivery, Http, Transport};

/// One request and its answer.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Frame {
    /// What was asked. The relay can tell; on a network with TLS nobody else can.
    operation: Option<Operation>,
    /// Bytes sent.
    pub(super) sent: usize,
    /// Bytes that came back; 0 if nothing answered.
    pub(super) received: usize,
}

/// The road of one sync.
pub(super) struct Road {
    http: Http,
    loses_an_answer: bool,
    frames: Vec<Frame>,
}

impl Road {
    /// A road on which everything arrives.
    pub(super) fn new() -> Self {
        Self { http: Http::new(), loses_an_answer: false, frames: Vec::new() }
    }

    /// A road on which the answer to the first upload gets lost: the relay has what was sent, and the
    /// sender cannot know.
    pub(super) fn that_loses_an_answer() -> Self {
        Self { loses_an_answer: true, ..Self::new() }
    }

    /// What went over it, in order.
    pub(super) fn into_frames(self) -> Vec<Frame> {
        self.frames
    }
}

impl Transport for Road {
    fn deliver(&mut self, request: &SyncRequest) -> Delivery {
        let delivery = self.http.deliver(request);
        let received = match &delivery {
            Delivery::Answered { body, .. } => body.len(),
            Delivery::Unreachable => 0,
        };
        let operation = operation_of(request);
        self.frames.push(Frame { operation, sent: request.body.len(), received });
        if self.loses_an_answer && operation == Some(Operation::Put) {
            self.loses_an_answer = false;
            return Delivery::Unreachable;
        }
        delivery
    }
}

/// What a request asks of the relay.
pub(super) fn operation_of(request: &SyncRequest) -> Option<Operation> {
    let signed = Request::parse(request.body.as_slice()).ok()?;
    signed.verify().ok().map(|request| request.operation)
}
