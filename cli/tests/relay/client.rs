//! Frames of one lane over a socket.

use std::io::{Read, Write as _};
use std::net::{SocketAddr, TcpStream};

use attune_wire::{ENVELOPE_LEN, Operation, RelayId, Request, Response, SigningKey, Status};

/// Both ends of a lane.
#[derive(Clone)]
pub(crate) struct Lane {
    relay: RelayId,
    writer: SigningKey,
    reader: SigningKey,
}

impl Lane {
    pub(crate) fn new(origin: &str, number: u8) -> Self {
        let key = |end| SigningKey::from_seed(&[number, end].repeat(16).try_into().unwrap());
        Self { relay: RelayId::of_origin(origin), writer: key(1), reader: key(2) }
    }

    /// The id as hex digits, which may stand nowhere.
    #[cfg(feature = "web-servers")]
    pub(crate) fn id(&self) -> String {
        let id = attune_wire::LaneId::of(&self.writer.public(), &self.reader.public());
        id.0.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    pub(crate) fn frame(&self, operation: Operation, version: u64) -> Vec<u8> {
        let request = Request {
            operation,
            relay: self.relay,
            writer: self.writer.public(),
            reader: self.reader.public(),
            version,
            grant: None,
            envelope: Box::new([version.to_le_bytes()[0]; ENVELOPE_LEN]),
        };
        let signer = if operation == Operation::Get { &self.reader } else { &self.writer };
        request.sign(signer).to_vec()
    }
}

/// The head of a request for a frame, with more header lines.
pub(crate) fn head(length: usize, more: &str) -> String {
    format!(
        "POST /v1/f HTTP/1.1\r\nHost: relay\r\nContent-Type: application/octet-stream\r\n\
         Content-Length: {length}\r\n{more}\r\n"
    )
}

/// One frame over a connection of its own; `None` when no whole answer came.
pub(crate) fn ask(address: SocketAddr, frame: &[u8]) -> Option<(Status, u64)> {
    let mut stream = TcpStream::connect(address).ok()?;
    stream.write_all(&[head(frame.len(), "").as_bytes(), frame].concat()).ok()?;
    told(&read(&mut stream)?)
}

/// Status and version of the frame in an answer.
pub(crate) fn told(answer: &(u16, Vec<u8>)) -> Option<(Status, u64)> {
    let response = Response::parse(&answer.1).ok().filter(|_| answer.0 == 200)?;
    Some((response.status, response.version))
}

/// Reads one answer, status and body; `None` when the connection ends before its end.
pub(crate) fn read(stream: &mut impl Read) -> Option<(u16, Vec<u8>)> {
    let mut bytes = Vec::new();
    let mut chunk = [0; 4_096];
    let end = loop {
        if let Some(at) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
            break at + 4;
        }
        match stream.read(&mut chunk) {
            Ok(0) | Err(_) => return None,
            Ok(count) => bytes.extend_from_slice(&chunk[..count]),
        }
    };
    let mut body = bytes.split_off(end);
    let head = String::from_utf8(bytes).unwrap().to_lowercase();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    let length = head
        .lines()
        .find_map(|line| line.strip_prefix("content-length: "))
        .map_or(0, |length| length.parse().unwrap());
    let have = body.len();
    body.resize(length, 0);
    stream.read_exact(&mut body[have..]).ok()?;
    Some((status, body))
}
