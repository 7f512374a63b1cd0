//! A relay in memory, with a relay's rules and faults on demand.

use std::collections::HashMap;

use attune_core::sync::SyncRequest;
use attune_wire::{ENVELOPE_LEN, LaneId, Operation, RelayId, Request, Response, Status};

#[derive(Clone)]
pub struct Row {
    pub version: u64,
    pub body: Option<Box<[u8; ENVELOPE_LEN]>>,
}

/// One frame as the relay saw it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Seen {
    pub operation: Operation,
    pub status: Status,
    pub length: usize,
}

/// A relay's rules (docs/protocol.md, "The relay"), over lanes in memory.
#[derive(Clone, Default)]
pub struct Relay {
    pub lanes: HashMap<([u8; 32], LaneId), Row>,
    /// Every frame so far.
    pub seen: Vec<Seen>,
    /// Every envelope stored so far, by lane and version: no version may ever have two (I7).
    stored: HashMap<([u8; 32], LaneId, u64), Vec<u8>>,
    /// Origins that do not answer.
    pub dead: Vec<String>,
    pub two_envelopes_for_one_version: bool,
}

impl Relay {
    pub fn answer(&mut self, request: &SyncRequest) -> Option<Vec<u8>> {
        let origin = request.url.strip_suffix("/v1/f").expect("the one endpoint");
        if self.dead.iter().any(|dead| dead == origin) {
            return None;
        }
        let signed = Request::parse(&request.body[..]).expect("a frame");
        assert_eq!(signed.relay(), &RelayId::of_origin(origin), "a frame for another relay");
        let frame = signed.verify().expect("a good signature");
        let key = (frame.relay.0, frame.lane());
        let (status, version, body) = self.serve(&frame, key);
        self.seen.push(Seen { operation: frame.operation, status, length: request.body.len() });
        let envelope = body.unwrap_or_else(|| Box::new([0xA5; ENVELOPE_LEN]));
        Some(Response { status, version, retry_after: 0, envelope }.encode().to_vec())
    }

    fn serve(
        &mut self,
        frame: &Request,
        key: ([u8; 32], LaneId),
    ) -> (Status, u64, Option<Box<[u8; ENVELOPE_LEN]>>) {
        match frame.operation {
            Operation::Open => {
                let there = self.lanes.contains_key(&key);
                self.lanes.entry(key).or_insert(Row { version: 0, body: None });
                (if there { Status::Same } else { Status::Stored }, 0, None)
            }
            Operation::Close => {
                let there = self.lanes.remove(&key).is_some();
                (if there { Status::Stored } else { Status::Same }, 0, None)
            }
            Operation::Put => {
                let Some(row) = self.lanes.get_mut(&key) else { return (Status::Denied, 0, None) };
                if frame.version > row.version {
                    let before =
                        self.stored.insert((key.0, key.1, frame.version), frame.envelope.to_vec());
                    self.two_envelopes_for_one_version |=
                        before.is_some_and(|before| before != frame.envelope.to_vec());
                    *row = Row { version: frame.version, body: Some(frame.envelope.clone()) };
                    (Status::Stored, frame.version, None)
                } else if frame.version == row.version && row.body.as_ref() == Some(&frame.envelope)
                {
                    (Status::Same, row.version, None)
                } else {
                    (Status::Stale, row.version, None)
                }
            }
            Operation::Get => {
                let Some(row) = self.lanes.get_mut(&key) else { return (Status::Denied, 0, None) };
                if row.version <= frame.version {
                    row.body = None;
                    return (Status::Nothing, row.version, None);
                }
                match &row.body {
                    Some(body) => (Status::New, row.version, Some(body.clone())),
                    None => (Status::Nothing, row.version, None),
                }
            }
        }
    }

    /// The relay forgets every lane. It no longer knows then what it had accepted before: that no
    /// version is taken twice is up to the reader, who goes by the versions it has committed.
    pub fn lose_everything(&mut self) {
        self.lanes.clear();
        self.stored.clear();
    }

    /// The relay goes back to what it was.
    pub fn roll_back_to(&mut self, past: &Self) {
        self.lanes = past.lanes.clone();
        self.stored = past.stored.clone();
    }

    /// The lanes that are there.
    pub fn lane_count(&self) -> usize {
        self.lanes.len()
    }

    /// Every body that is held: a place to tamper.
    pub fn bodies(&mut self) -> impl Iterator<Item = &mut Box<[u8; ENVELOPE_LEN]>> {
        self.lanes.values_mut().filter_map(|row| row.body.as_mut())
    }
}
