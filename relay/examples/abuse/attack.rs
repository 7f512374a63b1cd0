//! The attacks. Each thread goes on until it is told to end.

use std::io::{ErrorKind, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use crate::PLACES;
use crate::honest::{head, post, request};

/// One attack.
pub(crate) struct Attack {
    /// As it is asked for.
    pub(crate) name: &'static str,
    /// As the table has it.
    pub(crate) says: &'static str,
    pub(crate) threads: usize,
    pub(crate) run: fn(SocketAddr, usize, &AtomicBool),
    /// The most that the relay's file may grow to.
    pub(crate) max_bytes: Option<u64>,
    /// Whether the honest client says of each envelope that it has it, as a desk does at its next sync.
    pub(crate) confirms: bool,
}

/// What most attacks have in common.
pub(crate) const PLAIN: Attack =
    Attack { name: "", says: "", threads: 1, run: |_, _, _| {}, max_bytes: None, confirms: false };

/// Connections that each of two threads holds: together twice the relay's places.
const HELD: usize = PLACES;

pub(crate) const ATTACKS: [Attack; 9] = [
    Attack {
        name: "silent",
        says: "2,048 connections that say nothing",
        threads: 2,
        run: |addr, _, ends| hold(addr, &[], &[], ends),
        ..PLAIN
    },
    Attack {
        name: "headers",
        says: "2,048 slow headers",
        threads: 2,
        run: |addr, _, ends| hold(addr, b"POST /v1/f HTTP/1.1\r\nHost: relay\r\nX: ", b"x", ends),
        ..PLAIN
    },
    Attack {
        name: "bodies",
        says: "2,048 slow bodies",
        threads: 2,
        run: |addr, _, ends| {
            let begun = [head(8_448).as_bytes(), &[1; 8_000]].concat();
            hold(addr, &begun, b"x", ends);
        },
        ..PLAIN
    },
    Attack {
        name: "long-headers",
        says: "2,048 headers of 31 KB without an end",
        threads: 2,
        run: |addr, _, ends| {
            let line = format!("GET / HTTP/1.1\r\nX: {}", "x".repeat(31_000));
            hold(addr, line.as_bytes(), b"", ends);
        },
        ..PLAIN
    },
    Attack {
        name: "deaf",
        says: "256 pipelines of bad signatures, answers never read",
        threads: 1,
        run: |addr, _, ends| deaf(addr, ends),
        ..PLAIN
    },
    Attack {
        name: "churn",
        says: "connections opened and closed by 4 threads",
        threads: 4,
        run: |addr, _, ends| {
            while !ends.load(Ordering::SeqCst) {
                drop(TcpStream::connect(addr));
            }
        },
        ..PLAIN
    },
    Attack {
        name: "oversized",
        says: "oversized bodies from 8 threads",
        threads: 8,
        run: |addr, _, ends| {
            while !ends.load(Ordering::SeqCst) {
                let Ok(mut stream) = TcpStream::connect(addr) else { continue };
                let _ = stream.write_all(head(1 << 30).as_bytes());
                while !ends.load(Ordering::SeqCst) && stream.write_all(&[7; 65_536]).is_ok() {}
            }
        },
        ..PLAIN
    },
    Attack {
        name: "signatures",
        says: "bad signatures from 16 threads, as fast as they are answered",
        threads: 16,
        run: |addr, number, ends| flood(addr, number, ends),
        ..PLAIN
    },
    Attack {
        name: "junk",
        says: "8,448 bytes of nothing from 16 threads",
        threads: 16,
        run: |addr, _, ends| again(addr, &[0; 8_448], ends),
        ..PLAIN
    },
];

/// Keeps [`HELD`] connections that have begun and never end; whoever is cut off comes again. Each
/// is given a byte now and then.
fn hold(addr: SocketAddr, begun: &[u8], byte: &[u8], ends: &AtomicBool) {
    let connect = || {
        let mut stream = TcpStream::connect(addr).ok()?;
        stream.write_all(begun).ok()?;
        stream.set_nonblocking(true).ok()?;
        Some(stream)
    };
    let mut held: Vec<Option<TcpStream>> = (0..HELD).map(|_| connect()).collect();
    while !ends.load(Ordering::SeqCst) {
        for place in &mut held {
            if ends.load(Ordering::SeqCst) {
                break;
            }
            let alive = place.as_mut().is_some_and(|stream| {
                let waits = stream.read(&mut [0; 1_024]);
                waits.is_err_and(|error| error.kind() == ErrorKind::WouldBlock)
                    && stream.write_all(byte).is_ok()
            });
            if !alive {
                *place = connect();
            }
        }
        // A slow sender takes its time.
        std::thread::sleep(Duration::from_millis(200));
    }
}

/// Sends frames on many connections and reads nothing.
fn deaf(addr: SocketAddr, ends: &AtomicBool) {
    let piece = request(&bad(addr, 1));
    let mut held: Vec<(Option<TcpStream>, usize)> = (0..256).map(|_| (None, 0)).collect();
    while !ends.load(Ordering::SeqCst) {
        for (stream, sent) in &mut held {
            let Some(open) = stream else {
                *stream = TcpStream::connect(addr).ok();
                *sent = 0;
                if let Some(open) = stream {
                    let _ = open.set_nonblocking(true);
                }
                continue;
            };
            match open.write(&piece[*sent..]) {
                Ok(count) => *sent = (*sent + count) % piece.len(),
                Err(error) if error.kind() == ErrorKind::WouldBlock => {}
                Err(_) => *stream = None,
            }
        }
    }
}

/// A frame for this relay that nobody has signed.
pub(crate) fn bad(addr: SocketAddr, number: usize) -> Vec<u8> {
    let relay = attune_wire::RelayId::of_origin(&format!("http://{addr}"));
    let mut frame = vec![number.to_be_bytes()[7]; 8_448];
    frame[..4].copy_from_slice(&[1, 1, 0, 0]);
    frame[4..36].copy_from_slice(&relay.0);
    // A key that is a point of the curve, so that all of the check is done.
    frame[36..68].copy_from_slice(&attune_wire::SigningKey::from_seed(&[5; 32]).public());
    frame[100..108].fill(0);
    // A number below the group's order, for the same reason.
    frame[108 + 63] = 0;
    frame[172..256].fill(0);
    frame
}

fn flood(addr: SocketAddr, number: usize, ends: &AtomicBool) {
    again(addr, &bad(addr, number), ends);
}

/// One body over and over.
fn again(addr: SocketAddr, body: &[u8], ends: &AtomicBool) {
    while !ends.load(Ordering::SeqCst) {
        let Ok(mut stream) = TcpStream::connect(addr) else { continue };
        while !ends.load(Ordering::SeqCst) && post(&mut stream, body).is_ok() {}
    }
}
