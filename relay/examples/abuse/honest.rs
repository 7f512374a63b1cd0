//! A client that does what a phone does: connect, PUT, GET, close.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::time::{Duration, Instant};

use attune_wire::{
    ENVELOPE_LEN, FRAME_LEN, Operation, RelayId, Request, Response, SigningKey, Status,
};

use crate::Outcome;

/// What a request can be, for its cost.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Put,
    Get,
    BadSignature,
    BadOpen,
    OtherRelay,
    NoFrame,
}

/// The first is what the others are held against.
pub(crate) const KINDS: &[(&str, Kind)] = &[
    ("a good PUT, stored and synced", Kind::Put),
    ("a good GET of an envelope", Kind::Get),
    ("a frame with a bad signature: DENIED", Kind::BadSignature),
    ("an OPEN with a bad signature, by neither key: DENIED", Kind::BadOpen),
    ("a frame for another relay: DENIED", Kind::OtherRelay),
    ("8,448 bytes that are no frame: 400", Kind::NoFrame),
];

/// Both ends of one lane.
pub(crate) struct Honest {
    addr: SocketAddr,
    relay: RelayId,
    writer: SigningKey,
    reader: SigningKey,
    version: u64,
    confirms: bool,
}

impl Honest {
    /// `confirms`: it says of each envelope that it has it.
    pub(crate) fn new(addr: SocketAddr, confirms: bool) -> Outcome<Self> {
        let key = |seed| SigningKey::from_seed(&[seed; 32]);
        let relay = RelayId::of_origin(&format!("http://{addr}"));
        let (writer, reader) = (key(1), key(2));
        let mut honest = Self { addr, relay, writer, reader, version: 0, confirms };
        let mut stream = TcpStream::connect(addr)?;
        honest.exchange(&mut stream, Operation::Open, Status::Stored)?;
        honest.round()?;
        Ok(honest)
    }

    fn frame(&self, operation: Operation, relay: RelayId) -> Box<[u8; FRAME_LEN]> {
        let version = match operation {
            Operation::Put => self.version,
            Operation::Get => self.version - 1,
            Operation::Open | Operation::Close => 0,
        };
        self.frame_at(operation, relay, version)
    }

    fn frame_at(&self, operation: Operation, relay: RelayId, version: u64) -> Box<[u8; FRAME_LEN]> {
        let (writer, reader) = (self.writer.public(), self.reader.public());
        let envelope = Box::new([self.version.to_be_bytes()[7]; ENVELOPE_LEN]);
        let request = Request { operation, relay, writer, reader, version, grant: None, envelope };
        request.sign(if operation == Operation::Get { &self.reader } else { &self.writer })
    }

    fn exchange(&self, stream: &mut TcpStream, operation: Operation, wanted: Status) -> Outcome {
        let answer = post(stream, &self.frame(operation, self.relay)[..])?;
        let answer = Response::parse(&answer)?;
        if answer.status == wanted { Ok(()) } else { Err(format!("{:?}", answer.status).into()) }
    }

    /// PUT and GET on a new connection.
    fn round(&mut self) -> Outcome {
        self.version += 1;
        let mut stream = TcpStream::connect(self.addr)?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(Duration::from_secs(20)))?;
        self.exchange(&mut stream, Operation::Put, Status::Stored)?;
        self.exchange(&mut stream, Operation::Get, Status::New)?;
        if self.confirms {
            post(&mut stream, &self.frame_at(Operation::Get, self.relay, self.version)[..])?;
        }
        Ok(())
    }

    /// Rounds, one after another, for so long.
    pub(crate) fn work(&mut self, phase: Duration) -> Latencies {
        let start = Instant::now();
        let mut latencies = Latencies::default();
        while start.elapsed() < phase {
            let began = Instant::now();
            match self.round() {
                Ok(()) => latencies.times.push(began.elapsed()),
                Err(_) => latencies.lost += 1,
            }
        }
        latencies.times.sort();
        latencies
    }

    /// So many of a kind, one after another on one connection.
    pub(crate) fn send_many(&mut self, kind: Kind, count: u32) -> Outcome {
        let mut stream = TcpStream::connect(self.addr)?;
        stream.set_nodelay(true)?;
        for _ in 0..count {
            match kind {
                Kind::Put => {
                    self.version += 1;
                    self.exchange(&mut stream, Operation::Put, Status::Stored)?;
                }
                Kind::Get => self.exchange(&mut stream, Operation::Get, Status::New)?,
                Kind::BadSignature | Kind::BadOpen | Kind::OtherRelay => {
                    let open = kind == Kind::BadOpen;
                    let operation = if open { Operation::Open } else { Operation::Get };
                    let mut frame = self.frame(operation, self.relay);
                    frame[if kind == Kind::OtherRelay { 4 } else { 108 }] ^= 1;
                    post(&mut stream, &frame[..])?;
                }
                Kind::NoFrame => {
                    let mut frame = self.frame(Operation::Get, self.relay);
                    frame[2] = 1;
                    post(&mut stream, &frame[..])?;
                }
            }
        }
        Ok(())
    }
}

/// Sends a body and reads the answer's.
pub(crate) fn post(stream: &mut TcpStream, body: &[u8]) -> Outcome<Vec<u8>> {
    send(stream, &request(body))
}

/// The same, as a trusted proxy passes it on for somebody.
pub(crate) fn post_from(stream: &mut TcpStream, body: &[u8], address: &str) -> Outcome<Vec<u8>> {
    let line = format!("Host: relay\r\nX-Forwarded-For: {address}\r\n");
    let head = head(body.len()).replace("Host: relay\r\n", &line);
    send(stream, &[head.as_bytes(), body].concat())
}

fn send(stream: &mut TcpStream, request: &[u8]) -> Outcome<Vec<u8>> {
    stream.write_all(request)?;
    let mut bytes = Vec::with_capacity(9_216);
    let mut chunk = [0; 16_384];
    loop {
        if let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
            let head = std::str::from_utf8(&bytes[..end])?.to_ascii_lowercase();
            let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
            let length: usize = length.unwrap_or("0").parse()?;
            if bytes.len() >= end + 4 + length {
                return Ok(bytes.split_off(end + 4));
            }
        }
        match stream.read(&mut chunk)? {
            0 => return Err("the relay ended the connection".into()),
            count => bytes.extend_from_slice(&chunk[..count]),
        }
    }
}

/// A whole request.
pub(crate) fn request(body: &[u8]) -> Vec<u8> {
    [head(body.len()).as_bytes(), body].concat()
}

/// Its head.
pub(crate) fn head(length: usize) -> String {
    format!(
        "POST /v1/f HTTP/1.1\r\nHost: relay\r\nContent-Type: application/octet-stream\r\n\
         Content-Length: {length}\r\n\r\n"
    )
}

/// How long rounds took.
#[derive(Default)]
pub(crate) struct Latencies {
    times: Vec<Duration>,
    pub(crate) lost: u32,
}

impl Latencies {
    pub(crate) fn done(&self) -> usize {
        self.times.len()
    }

    /// A percentile.
    pub(crate) fn at(&self, percent: usize) -> String {
        let time = self.times.get(self.times.len() * percent / 100);
        time.map_or("none".into(), |time| format!("{:.2} ms", time.as_secs_f64() * 1e3))
    }
}
