//! A wire with somebody listening: every byte passes on to the relay and back, and is noted.

use std::io::{Read as _, Write as _};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// One HTTP message as a listener on the network measures it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Message {
    /// From the client, or back to it.
    pub outward: bool,
    /// Bytes of the first line and the headers, the empty line included.
    pub head: usize,
    /// Bytes of the body.
    pub body: usize,
}

/// A message, and when it passed: since the tap was set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Timed {
    /// The message.
    pub message: Message,
    /// When its first byte came.
    pub begins: Duration,
    /// When its last byte came.
    pub ends: Duration,
}

/// What passed one way: the bytes, and how many were there by when.
#[derive(Default)]
struct Way {
    bytes: Vec<u8>,
    came: Vec<(usize, Duration)>,
}

/// What passed in one connection, each way.
type Bytes = Arc<Mutex<[Way; 2]>>;

/// One connection: what passed, and the thread that passes it on.
type Connection = (Bytes, JoinHandle<()>);

/// A listener between the parties and one relay.
pub struct Tap {
    address: SocketAddr,
    connections: Arc<Mutex<Vec<Connection>>>,
}

impl Tap {
    /// Listens in front of `relay`.
    ///
    /// # Panics
    /// When the system has no port or thread left.
    #[must_use]
    pub fn before(relay: SocketAddr) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let address = listener.local_addr().unwrap();
        let connections = Arc::new(Mutex::new(Vec::new()));
        let kept = Arc::clone(&connections);
        let start = Instant::now();
        // It ends with the process: nothing is lost that a test would miss.
        std::thread::spawn(move || {
            while let Ok((client, _)) = listener.accept() {
                let bytes = Bytes::default();
                let noted = Arc::clone(&bytes);
                // Kept before anything passes: whoever has an answer finds it noted.
                let mut kept = kept.lock().unwrap();
                let pass = std::thread::spawn(move || pass(&client, relay, &noted, start));
                kept.push((bytes, pass));
            }
        });
        Self { address, connections }
    }

    /// Where the parties connect.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Everything that passed since the last call, in order. The connections must be closed by the
    /// clients, as they are after a sync.
    ///
    /// # Panics
    /// When something passed that is not HTTP.
    #[must_use]
    pub fn take(&self) -> Vec<Message> {
        self.take_timed().into_iter().map(|timed| timed.message).collect()
    }

    /// The same, with times.
    ///
    /// # Panics
    /// As [`take`](Self::take).
    #[must_use]
    pub fn take_timed(&self) -> Vec<Timed> {
        let connections = std::mem::take(&mut *self.connections.lock().unwrap());
        let mut all = Vec::new();
        for (bytes, pass) in connections {
            pass.join().unwrap();
            let [out, back] = &*bytes.lock().unwrap();
            let (out, back) = (messages(out, true), messages(back, false));
            assert_eq!(out.len(), back.len(), "an answer to each request");
            for (request, answer) in out.into_iter().zip(back) {
                all.extend([request, answer]);
            }
        }
        all
    }
}

fn pass(client: &TcpStream, relay: SocketAddr, noted: &Bytes, start: Instant) {
    let server = TcpStream::connect(relay).unwrap();
    // Else the system waits for an acknowledgement between two pieces, 40 ms that nobody caused.
    for stream in [client, &server] {
        stream.set_nodelay(true).unwrap();
    }
    std::thread::scope(|scope| {
        scope.spawn(|| carry(client, &server, noted, 0, start));
        carry(&server, client, noted, 1, start);
    });
}

/// Carries one way until the sender ends, and ends the other's hearing too.
fn carry(mut from: &TcpStream, mut to: &TcpStream, noted: &Bytes, way: usize, start: Instant) {
    let mut chunk = [0; 4096];
    while let Ok(length @ 1..) = from.read(&mut chunk) {
        noted.lock().unwrap()[way].add(&chunk[..length], start.elapsed());
        if to.write_all(&chunk[..length]).is_err() {
            break;
        }
    }
    let _ = to.shutdown(Shutdown::Write);
}

impl Way {
    fn add(&mut self, chunk: &[u8], now: Duration) {
        self.bytes.extend_from_slice(chunk);
        self.came.push((self.bytes.len(), now));
    }

    /// When the byte at that place came.
    fn came(&self, at: usize) -> Duration {
        let chunk = self.came.partition_point(|(by, _)| *by <= at);
        self.came[chunk].1
    }
}

/// Splits a stream into its messages by their headers' own word.
fn messages(way: &Way, outward: bool) -> Vec<Timed> {
    let mut all = Vec::new();
    let mut bytes = &way.bytes[..];
    while !bytes.is_empty() {
        let end = bytes.windows(4).position(|at| at == b"\r\n\r\n").expect("a whole head");
        let head = std::str::from_utf8(&bytes[..end]).expect("headers are text");
        let length = head
            .to_ascii_lowercase()
            .lines()
            .find_map(|line| line.strip_prefix("content-length:")?.trim().parse().ok())
            .expect("a length");
        let (from, whole) = (way.bytes.len() - bytes.len(), end + 4 + length);
        let message = Message { outward, head: end + 4, body: length };
        let (begins, ends) = (way.came(from), way.came(from + whole - 1));
        all.push(Timed { message, begins, ends });
        bytes = &bytes[whole..];
    }
    all
}
