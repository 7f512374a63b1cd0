//! A client of a few lines over a plain socket, so that it can also misbehave.

use std::io::{Read, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use attune_relay::{Clock, Config, Relay, Running};
use attune_wire::{
    ENVELOPE_LEN, Grant, LaneId, Operation, RelayId, Request, Response, SigningKey, Status,
};
use tempfile::TempDir;

/// 2026-03-01.
pub(crate) const DAY: u32 = 20_513;

/// A clock that stands still until a test moves it. Seconds since [`DAY`].
#[derive(Default)]
pub(crate) struct Hands(AtomicU64);

impl Hands {
    pub(crate) fn advance(&self, by: Duration) {
        self.0.fetch_add(by.as_secs(), Ordering::SeqCst);
    }
}

impl Clock for Hands {
    fn steady(&self) -> Duration {
        Duration::from_secs(self.0.load(Ordering::SeqCst))
    }

    fn unix(&self) -> Duration {
        self.steady() + Duration::from_secs(u64::from(DAY) * 86_400)
    }
}

/// A relay in a folder of its own.
pub(crate) struct Stage {
    /// First, so that the relay has stopped when its folder goes.
    pub(crate) running: Running,
    pub(crate) clock: Arc<Hands>,
    pub(crate) folder: TempDir,
}

impl Stage {
    /// A relay on trial, changed by `change`.
    pub(crate) fn new(change: impl FnOnce(&mut Config)) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let clock = Arc::new(Hands::default());
        let mut config = Config::trial(folder.path().join("relay.db"));
        config.clock = Arc::<Hands>::clone(&clock);
        change(&mut config);
        Self { running: Relay::start(config).unwrap(), folder, clock }
    }

    pub(crate) fn database(&self) -> PathBuf {
        self.folder.path().join("relay.db")
    }

    pub(crate) fn ask(&self, frame: &[u8]) -> Response {
        let answer = post(self.running.addr, frame);
        assert_eq!(answer.status, 200);
        assert_eq!(answer.header("content-type"), Some("application/octet-stream"));
        assert_eq!(answer.header("cache-control"), Some("no-store"));
        Response::parse(&answer.body).unwrap()
    }

    pub(crate) fn pair(&self, number: u8) -> Pair {
        Pair::new(RelayId::of_origin(&self.running.origin), number)
    }
}

/// The two ends of a lane.
#[derive(Clone)]
pub(crate) struct Pair {
    pub(crate) relay: RelayId,
    pub(crate) writer: SigningKey,
    pub(crate) reader: SigningKey,
}

impl Pair {
    pub(crate) fn new(relay: RelayId, number: u8) -> Self {
        let key = |end| {
            let mut seed = [end; 32];
            seed[0] = number;
            SigningKey::from_seed(&seed)
        };
        Self { relay, writer: key(1), reader: key(2) }
    }

    pub(crate) fn lane(&self) -> LaneId {
        LaneId::of(&self.writer.public(), &self.reader.public())
    }

    pub(crate) fn request(&self, operation: Operation, version: u64, byte: u8) -> Request {
        Request {
            operation,
            relay: self.relay,
            writer: self.writer.public(),
            reader: self.reader.public(),
            version,
            grant: None,
            envelope: Box::new([byte; ENVELOPE_LEN]),
        }
    }

    pub(crate) fn put(&self, version: u64, byte: u8) -> Vec<u8> {
        self.request(Operation::Put, version, byte).sign(&self.writer).to_vec()
    }

    pub(crate) fn get(&self, have: u64) -> Vec<u8> {
        self.request(Operation::Get, have, 0xee).sign(&self.reader).to_vec()
    }

    pub(crate) fn open(&self, grant: Option<Grant>) -> Vec<u8> {
        let open = Request { grant, ..self.request(Operation::Open, 0, 0xee) };
        open.sign(&self.writer).to_vec()
    }

    pub(crate) fn close(&self) -> Vec<u8> {
        self.request(Operation::Close, 0, 0xee).sign(&self.reader).to_vec()
    }
}

/// Status and version: what most cases are about.
pub(crate) fn told(response: &Response) -> (Status, u64) {
    (response.status, response.version)
}

/// An HTTP answer.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| {
            let (found, value) = line.split_once(": ")?;
            found.eq_ignore_ascii_case(name).then_some(value)
        })
    }

    /// That it is the problem document of `status`, whole and of nothing else.
    pub(crate) fn assert_problem(&self, status: u16) {
        let body = String::from_utf8(self.body.clone()).unwrap();
        assert_eq!(self.status, status, "{body}");
        assert_eq!(self.header("content-type"), Some("application/problem+json"));
        let fields: Vec<&str> = body
            .strip_prefix("{\"type\":\"about:blank\",\"title\":\"")
            .and_then(|rest| rest.strip_suffix("\"}"))
            .unwrap()
            .split("\",\"")
            .collect();
        let [_, rest] = fields[..] else { panic!("{body}") };
        let expected = format!("status\":{status},\"detail\":\"");
        assert!(rest.starts_with(&expected), "{body}");
    }
}

/// The head of a request for a frame, with more header lines.
pub(crate) fn head(length: usize, more: &str) -> String {
    format!(
        "POST /v1/f HTTP/1.1\r\nHost: relay\r\nContent-Type: application/octet-stream\r\n\
         Content-Length: {length}\r\n{more}\r\n"
    )
}

pub(crate) fn post(addr: SocketAddr, frame: &[u8]) -> Answer {
    send(addr, &[head(frame.len(), "").as_bytes(), frame].concat())
}

pub(crate) fn get(addr: SocketAddr, path: &str) -> Answer {
    send(addr, format!("GET {path} HTTP/1.1\r\nHost: relay\r\n\r\n").as_bytes())
}

/// Sends bytes as they are and reads one answer.
pub(crate) fn send(addr: SocketAddr, bytes: &[u8]) -> Answer {
    let mut stream = TcpStream::connect(addr).unwrap();
    stream.write_all(bytes).unwrap();
    read(&mut stream).expect("an answer")
}

/// Reads one answer; `None` when the connection ends before one.
pub(crate) fn read(stream: &mut impl Read) -> Option<Answer> {
    let mut bytes = Vec::new();
    let end = loop {
        if let Some(at) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
            break at + 4;
        }
        let mut chunk = [0; 4_096];
        match stream.read(&mut chunk) {
            Ok(0) | Err(_) => return None,
            Ok(count) => bytes.extend_from_slice(&chunk[..count]),
        }
    };
    let head = String::from_utf8(bytes[..end].to_vec()).unwrap();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    let mut answer = Answer { status, head, body: bytes.split_off(end) };
    let length: usize = answer.header("content-length").map_or(0, |length| length.parse().unwrap());
    let have = answer.body.len();
    answer.body.resize(length.max(have), 0);
    stream.read_exact(&mut answer.body[have..]).unwrap();
    Some(answer)
}
