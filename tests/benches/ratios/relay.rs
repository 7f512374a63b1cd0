//! PUTs a second: the store by itself and over HTTP, one after another and many at once.

use std::cell::Cell;
use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;
use std::time::{Duration, Instant};

use attune_cipher::rusqlite::{Connection, params};
use attune_relay::{Config, Put, Relay, SqliteStore, Store};
use attune_wire::{
    ENVELOPE_LEN, FRAME_LEN, LaneId, Operation, RelayId, Request, Response, SigningKey, Status,
};
use tempfile::TempDir;
use tokio::runtime::Runtime;

use crate::harness::{Outcome, Report, by_turns};

const LANES: u32 = 4_096;
const ALONE: u32 = 200;
const AT_ONCE: u32 = 128;
const GROUPED: u32 = 6_400;
const SENDERS: u8 = 64;
const EACH_SENDS: u64 = 40;
const ROUNDS: usize = 10;

/// Each line is the time of one PUT within its group.
pub(crate) fn puts(report: &mut Report) -> Outcome {
    let folder = TempDir::new()?;
    let mut bare = Bare::new(&folder)?;
    let stored = Stored::new(&folder)?;
    let running = Relay::start(Config::trial(folder.path().join("served.db")))?;
    let mut senders = (0..SENDERS)
        .map(|number| Sender::new(number, running.addr, &running.origin))
        .collect::<Outcome<Vec<_>>>()?;
    let mut one = Sender::new(SENDERS, running.addr, &running.origin)?;
    let [floor, alone, grouped, http_alone, http_grouped] = by_turns(
        ROUNDS,
        [
            &mut || bare.puts(ALONE),
            &mut || stored.puts(ALONE, 1),
            &mut || stored.puts(GROUPED, AT_ONCE),
            &mut || http(std::slice::from_mut(&mut one), ALONE.into()),
            &mut || http(&mut senders, EACH_SENDS),
        ],
    )?;
    report.ratio("relay, one PUT alone, against a bare update of the row", &floor, &alone, None);
    report.rate("relay's store, PUTs alone", &alone, &alone);
    report.rate("relay's store, 128 PUTs at once", &grouped, &alone);
    report.rate("relay over HTTP, one sender", &http_alone, &http_alone);
    report.rate("relay over HTTP, 64 senders", &http_grouped, &http_alone);
    running.stop()?;
    stored.close()
}

/// Lanes lie as far apart as hashes do.
fn lane(number: u32) -> LaneId {
    let mut id = [0; 16];
    id[..4].copy_from_slice(&number.wrapping_mul(0x9e37_79b1).to_be_bytes());
    LaneId(id)
}

/// SQLite with the relay's settings and a commit for each row.
struct Bare {
    database: Connection,
    version: i64,
}

impl Bare {
    fn new(folder: &TempDir) -> Outcome<Self> {
        let database = Connection::open(folder.path().join("bare.db"))?;
        database.execute_batch(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON",
        )?;
        let schema = include_str!("../../../relay/src/sqlite/schema.sql");
        database.execute_batch(&format!("BEGIN; {schema} COMMIT; BEGIN"))?;
        for number in 0..LANES {
            database.execute("INSERT INTO lane VALUES (?1, 0, 0, 1, NULL)", [lane(number).0])?;
        }
        database.execute_batch("COMMIT")?;
        Ok(Self { database, version: 0 })
    }

    fn puts(&mut self, count: u32) -> Outcome<Duration> {
        self.version += 1;
        let body = [7_u8; ENVELOPE_LEN];
        let start = Instant::now();
        for number in 0..count {
            self.database
                .prepare_cached(
                    "UPDATE lane SET ver = ?2, body = ?3, day = max(day, ?4)
                     WHERE lane_id = ?1 AND ver < ?2",
                )?
                .execute(params![lane(number).0, self.version, body, 1])?;
        }
        Ok(start.elapsed() / count)
    }
}

/// The relay's own store, without the network.
struct Stored {
    runtime: Runtime,
    store: Arc<SqliteStore>,
    version: Cell<u64>,
}

impl Stored {
    fn new(folder: &TempDir) -> Outcome<Self> {
        let runtime = Runtime::new()?;
        let store = Arc::new(SqliteStore::open(&folder.path().join("stored.db"), None)?);
        runtime.block_on(async {
            let mut opening = tokio::task::JoinSet::new();
            for number in 0..LANES {
                let store = Arc::clone(&store);
                opening.spawn(async move { Store::open(&*store, lane(number), 1).await });
            }
            while let Some(opened) = opening.join_next().await {
                opened??;
            }
            Outcome::Ok(())
        })?;
        Ok(Self { runtime, store, version: Cell::new(0) })
    }

    fn puts(&self, count: u32, at_once: u32) -> Outcome<Duration> {
        // A lane may be written several times in a round.
        let first_version = self.version.get() + 1;
        self.version.set(first_version + u64::from(count / LANES));
        let start = Instant::now();
        self.runtime.block_on(async {
            let mut putting = tokio::task::JoinSet::new();
            for first in 0..at_once {
                let store = Arc::clone(&self.store);
                putting.spawn(async move {
                    for number in (first..count).step_by(at_once as usize) {
                        let version = first_version + u64::from(number / LANES);
                        let body = Box::new([7; ENVELOPE_LEN]);
                        let put = store.put(lane(number % LANES), version, body, 1).await?;
                        // With many at once, the second PUT to a lane may come before the first.
                        assert!(matches!(put, Put::Stored | Put::Stale(_)), "{put:?}");
                    }
                    Ok::<_, attune_relay::StoreError>(())
                });
            }
            while let Some(done) = putting.join_next().await {
                done??;
            }
            Outcome::Ok(())
        })?;
        Ok(start.elapsed() / count)
    }

    fn close(self) -> Outcome {
        Ok(self.runtime.block_on(self.store.finish())?)
    }
}

/// The writer of one lane, with a connection of its own.
struct Sender {
    writer: SigningKey,
    request: Request,
    addr: SocketAddr,
}

impl Sender {
    fn new(number: u8, addr: SocketAddr, origin: &str) -> Outcome<Self> {
        let key = |end| {
            let mut seed = [end; 32];
            seed[0] = number;
            SigningKey::from_seed(&seed)
        };
        let (writer, reader) = (key(1), key(2));
        let mut request = Request {
            operation: Operation::Open,
            relay: RelayId::of_origin(origin),
            writer: writer.public(),
            reader: reader.public(),
            version: 0,
            grant: None,
            envelope: Box::new([7; ENVELOPE_LEN]),
        };
        post(&mut TcpStream::connect(addr)?, &request.sign(&writer))?;
        request.operation = Operation::Put;
        Ok(Self { writer, request, addr })
    }

    /// The next `count` versions, signed.
    fn frames(&mut self, count: u64) -> Vec<Box<[u8; FRAME_LEN]>> {
        let mut next = || {
            self.request.version += 1;
            self.request.sign(&self.writer)
        };
        (0..count).map(|_| next()).collect()
    }
}

/// Every sender sends `each` frames, one after another; all senders at once. Signing does not count.
fn http(senders: &mut [Sender], each: u64) -> Outcome<Duration> {
    let ready = senders
        .iter_mut()
        .map(|sender| {
            let stream = TcpStream::connect(sender.addr)?;
            stream.set_nodelay(true)?;
            Ok((stream, sender.frames(each)))
        })
        .collect::<Outcome<Vec<_>>>()?;
    let count = u32::try_from(ready.len() as u64 * each)?;
    let start = Instant::now();
    std::thread::scope(|scope| {
        let sending: Vec<_> = ready
            .into_iter()
            .map(|(mut stream, frames)| {
                scope.spawn(move || {
                    frames
                        .iter()
                        .try_for_each(|frame| post(&mut stream, frame))
                        .map_err(|error| error.to_string())
                })
            })
            .collect();
        for sender in sending {
            sender.join().map_err(|_| "a sender ended early")??;
        }
        Outcome::Ok(())
    })?;
    Ok(start.elapsed() / count)
}

/// One frame there, one back.
fn post(stream: &mut TcpStream, frame: &[u8; FRAME_LEN]) -> Outcome {
    let mut request = format!(
        "POST /v1/f HTTP/1.1\r\nhost: relay\r\ncontent-type: application/octet-stream\r\n\
         content-length: {FRAME_LEN}\r\n\r\n"
    )
    .into_bytes();
    request.extend_from_slice(frame);
    stream.write_all(&request)?;
    let mut answer = Vec::with_capacity(FRAME_LEN + 1_024);
    let mut chunk = [0; FRAME_LEN];
    loop {
        let read = stream.read(&mut chunk)?;
        if read == 0 {
            return Err("the relay hung up".into());
        }
        answer.extend_from_slice(&chunk[..read]);
        let head = answer.windows(4).take(1_024).position(|window| window == b"\r\n\r\n");
        let Some(body) = head.and_then(|head| answer.get(head + 4..)) else { continue };
        if body.len() >= FRAME_LEN {
            let response = Response::parse(body)?;
            return match response.status {
                Status::Stored | Status::Same => Ok(()),
                status => Err(format!("the relay answered {status:?}").into()),
            };
        }
    }
}
