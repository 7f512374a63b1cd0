//! Attacks by whoever holds a key: on grants, on lanes, and on the room that there is for them; and by
//! one address among many.

use std::net::{SocketAddr, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};

use attune_wire::{
    ENVELOPE_LEN, Grant, GrantKey, Operation, RelayId, Request, Response, SigningKey, Status,
};

use crate::attack::{Attack, PLAIN, bad};
use crate::honest::{post, post_from};

/// Lanes a month of the grant that was stolen.
pub(crate) const CAP: u32 = 16;

/// What is full when the database is.
const ROOM: u64 = 32 << 20;

pub(crate) const ATTACKS: [Attack; 5] = [
    Attack {
        name: "grant",
        says: "OPENs of a stolen grant that is used up, from 16 threads",
        threads: 16,
        run: |addr, number, ends| {
            let mut lanes = Lanes::new(addr, number);
            let frames: Vec<_> = (0..64).map(|_| lanes.next().open(Some(&stolen()))).collect();
            turns(addr, ends, |stream, turn| post(stream, &frames[turn % frames.len()]).is_ok());
        },
        ..PLAIN
    },
    Attack {
        name: "address",
        says: "frames of one address from 16 threads, past its rate",
        threads: 16,
        run: |addr, number, ends| {
            let frame = bad(addr, number);
            turns(addr, ends, |stream, _| post_from(stream, &frame, "203.0.113.9").is_ok());
        },
        ..PLAIN
    },
    Attack {
        name: "squat",
        says: "lanes opened by 8 threads, on a relay without grants",
        threads: 8,
        run: |addr, number, ends| {
            let mut lanes = Lanes::new(addr, number);
            turns(addr, ends, |stream, _| post(stream, &lanes.next().open(None)).is_ok());
        },
        ..PLAIN
    },
    Attack {
        name: "full",
        says: "a file of 32 MiB filled by 8 threads, and full",
        threads: 8,
        run: fill,
        max_bytes: Some(ROOM),
        ..PLAIN
    },
    Attack {
        name: "full-read",
        says: "the same, each honest envelope read at once",
        threads: 8,
        run: fill,
        max_bytes: Some(ROOM),
        confirms: true,
    },
];

/// The grant that somebody stole; the relay knows it.
pub(crate) fn stolen() -> GrantKey {
    GrantKey::new([9; 16], &[9; 32])
}

/// Opens lanes and fills them, and goes on when there is no more room.
fn fill(addr: SocketAddr, number: usize, ends: &AtomicBool) {
    let mut lanes = Lanes::new(addr, number);
    turns(addr, ends, |stream, _| {
        let lane = lanes.next();
        let opened = post(stream, &lane.open(None));
        let is_open = opened.as_ref().is_ok_and(|answer| {
            Response::parse(answer).is_ok_and(|answer| answer.status == Status::Stored)
        });
        opened.is_ok() && (!is_open || post(stream, &lane.put()).is_ok())
    });
}

/// One turn after another on a connection, and on a new one when that ends.
fn turns(addr: SocketAddr, ends: &AtomicBool, mut turn: impl FnMut(&mut TcpStream, usize) -> bool) {
    let mut count = 0;
    while !ends.load(Ordering::SeqCst) {
        let Ok(mut stream) = TcpStream::connect(addr) else { continue };
        while !ends.load(Ordering::SeqCst) && turn(&mut stream, count) {
            count += 1;
        }
    }
}

/// Lanes of one attacker's thread, each of new keys.
struct Lanes {
    relay: RelayId,
    seed: [u8; 32],
    count: u64,
}

impl Lanes {
    fn new(addr: SocketAddr, number: usize) -> Self {
        let mut seed = [0xee; 32];
        seed[8..16].copy_from_slice(&(number as u64).to_be_bytes());
        Self { relay: RelayId::of_origin(&format!("http://{addr}")), seed, count: 0 }
    }

    fn next(&mut self) -> Lane {
        self.count += 1;
        self.seed[..8].copy_from_slice(&self.count.to_be_bytes());
        Lane { relay: self.relay, key: SigningKey::from_seed(&self.seed) }
    }
}

struct Lane {
    relay: RelayId,
    key: SigningKey,
}

impl Lane {
    fn open(&self, grant: Option<&GrantKey>) -> Vec<u8> {
        let mut request = self.request(Operation::Open, 0, None);
        request.grant = grant.map(|grant| grant.grant(&self.relay, &request.lane()));
        request.sign(&self.key).to_vec()
    }

    fn put(&self) -> Vec<u8> {
        self.request(Operation::Put, 1, None).sign(&self.key).to_vec()
    }

    fn request(&self, operation: Operation, version: u64, grant: Option<Grant>) -> Request {
        Request {
            operation,
            relay: self.relay,
            writer: self.key.public(),
            reader: [2; 32],
            version,
            grant,
            envelope: Box::new([7; ENVELOPE_LEN]),
        }
    }
}
