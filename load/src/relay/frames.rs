//! Frames for lanes by their number, some of them signed ahead.
//!
//! To sign takes a client as long as to check takes the relay; on one machine it would be a part of
//! what is measured.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use attune_wire::{
    ENVELOPE_LEN, FRAME_LEN, GrantKey, HEADER_LEN, LaneId, Operation, RelayId, Request, SigningKey,
};
use ring::digest;

use crate::ledger::{Ledger, lane};
use crate::payload::Payload;

pub(super) struct Frames {
    relay: RelayId,
    seed: u64,
    reader: SigningKey,
    payload: Arc<Payload>,
    grant: Option<GrantKey>,
    /// By client.
    ahead: Mutex<Vec<VecDeque<Signed>>>,
}

/// All of a PUT's frame but the payload, which can be made again.
struct Signed {
    lane: u32,
    version: u64,
    header: Box<[u8; HEADER_LEN]>,
}

impl Frames {
    pub(super) fn new(
        origin: &str,
        seed: u64,
        payload: Arc<Payload>,
        grant: Option<GrantKey>,
    ) -> Self {
        let relay = RelayId::of_origin(origin);
        let reader = key(seed, None);
        Self { relay, seed, reader, payload, grant, ahead: Mutex::default() }
    }

    pub(super) fn sign_ahead(&self, ledger: &Ledger, count: usize) {
        let clients = ledger.clients.len();
        let processors = std::thread::available_parallelism().map_or(1, usize::from);
        let mut ahead: Vec<VecDeque<Signed>> = Vec::new();
        ahead.resize_with(clients, VecDeque::new);
        std::thread::scope(|scope| {
            for part in chunks(&mut ahead, clients.div_ceil(processors).max(1)) {
                scope.spawn(move || {
                    for (client, signed) in part {
                        let entries = &ledger.clients[client];
                        for put in 0..if entries.is_empty() { 0 } else { count } {
                            let index = put % entries.len();
                            let base = entries[index].acknowledged.max(entries[index].tried);
                            let version = base + 1 + (put / entries.len()) as u64;
                            signed.push_back(self.sign(lane(client, clients, index), version));
                        }
                    }
                });
            }
        });
        *self.ahead.lock().unwrap_or_else(PoisonError::into_inner) = ahead;
    }

    /// The frame of a PUT.
    pub(super) fn put(&self, client: u32, lane: u32, version: u64) -> Vec<u8> {
        let signed = self.signed(client, lane, version);
        let signed = signed.unwrap_or_else(|| self.sign(lane, version));
        let mut frame = vec![0; FRAME_LEN];
        frame[..HEADER_LEN].copy_from_slice(&signed.header[..]);
        if let Some(envelope) = frame.last_chunk_mut::<ENVELOPE_LEN>() {
            self.payload.write(lane, version, envelope);
        }
        frame
    }

    /// The frame of any other operation.
    pub(super) fn frame(&self, lane: u32, operation: Operation, version: u64) -> Vec<u8> {
        let writer = key(self.seed, Some(lane));
        let request = self.request(&writer, lane, operation, version);
        let signer = if operation == Operation::Get { &self.reader } else { &writer };
        request.sign(signer).to_vec()
    }

    fn signed(&self, client: u32, lane: u32, version: u64) -> Option<Signed> {
        let mut ahead = self.ahead.lock().unwrap_or_else(PoisonError::into_inner);
        let queue = ahead.get_mut(client as usize)?;
        // A PUT that is repeated has none, and what was signed for later stays for later.
        queue.pop_front_if(|next| (next.lane, next.version) == (lane, version))
    }

    fn sign(&self, lane: u32, version: u64) -> Signed {
        let writer = key(self.seed, Some(lane));
        let frame = self.request(&writer, lane, Operation::Put, version).sign(&writer);
        let mut header = Box::new([0; HEADER_LEN]);
        header.copy_from_slice(&frame[..HEADER_LEN]);
        Signed { lane, version, header }
    }

    fn request(
        &self,
        writer: &SigningKey,
        lane: u32,
        operation: Operation,
        version: u64,
    ) -> Request {
        // For a PUT it is the payload; the filler of a load needs to be no better.
        let mut envelope = Box::new([0; ENVELOPE_LEN]);
        self.payload.write(lane, version, &mut envelope);
        let (writer, reader) = (writer.public(), self.reader.public());
        let id = LaneId::of(&writer, &reader);
        let grant = self.grant.as_ref().filter(|_| operation == Operation::Open);
        let grant = grant.map(|grant| grant.grant(&self.relay, &id));
        Request { operation, relay: self.relay, writer, reader, version, grant, envelope }
    }
}

/// Parts of so many clients, each with its number.
fn chunks<T>(all: &mut [T], size: usize) -> impl Iterator<Item = Vec<(usize, &mut T)>> {
    let mut numbered = all.iter_mut().enumerate();
    std::iter::from_fn(move || {
        let part: Vec<_> = numbered.by_ref().take(size).collect();
        (!part.is_empty()).then_some(part)
    })
}

/// The writer's key of a lane; the reader is one for all lanes, or one more key would be worked out
/// for each. The lanes are of one run and hold nothing of anybody's.
fn key(seed: u64, lane: Option<u32>) -> SigningKey {
    let mut context = digest::Context::new(&digest::SHA256);
    context.update(b"attune load");
    context.update(&seed.to_be_bytes());
    context.update(&lane.map_or([0; 5], |lane| {
        let [a, b, c, d] = lane.to_be_bytes();
        [1, a, b, c, d]
    }));
    let mut bytes = [0; 32];
    bytes.copy_from_slice(context.finish().as_ref());
    SigningKey::from_seed(&bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::Entry;

    /// Signed ahead or on the spot, a frame is the same, and the relay's check finds it good.
    #[test]
    fn what_was_signed_ahead_is_what_is_sent() {
        let payload = Arc::new(Payload::new(1));
        let frames = || Frames::new("http://127.0.0.1:1", 5, Arc::clone(&payload), None);
        let (ahead, spot) = (frames(), frames());
        let entry = |version| Entry { acknowledged: version, tried: version };
        let ledger = Ledger { clients: vec![vec![entry(3), entry(0)], vec![entry(7)]] };
        ahead.sign_ahead(&ledger, 3);
        let sent = [(0, 0, 4), (0, 2, 1), (1, 1, 8), (0, 0, 5), (1, 1, 8), (1, 1, 9), (1, 1, 10)];
        for (client, lane, version) in sent {
            let frame = ahead.put(client, lane, version);
            assert_eq!(frame, spot.put(client, lane, version), "{lane} {version}");
            let request = Request::parse(&frame).unwrap().verify().unwrap();
            assert_eq!(request.version, version);
            assert_eq!(payload.version_in(lane, &request.envelope[..]), Some(version));
        }
        let left = ahead.ahead.lock().unwrap();
        assert!(left.iter().all(VecDeque::is_empty), "each was used, the repeated one apart");
    }

    #[test]
    fn every_operation_is_signed_by_whom_it_must() {
        let grant = GrantKey::new([1; 16], &[2; 32]);
        let public = grant.public();
        let origin = "http://127.0.0.1:1";
        let frames = Frames::new(origin, 5, Arc::new(Payload::new(1)), Some(grant));
        for operation in [Operation::Open, Operation::Get, Operation::Put] {
            let frame = frames.frame(9, operation, 0);
            let request = Request::parse(&frame).unwrap().verify().unwrap();
            let lane = request.lane();
            assert_eq!(request.grant.is_some(), operation == Operation::Open);
            if let Some(grant) = request.grant {
                assert!(grant.verify(&public, &RelayId::of_origin(origin), &lane).is_ok());
            }
        }
    }
}
