//! A wire with somebody listening: every byte passes on to the relay and back, and is noted.

use std::io::{Read as _, Write as _};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;

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

/// What passed in one connection, each way.
type Bytes = Arc<Mutex<[Vec<u8>; 2]>>;

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
        // It ends with the process: nothing is lost that a test would miss.
        std::thread::spawn(move || {
            while let Ok((client, _)) = listener.accept() {
                let bytes = Bytes::default();
                let noted = Arc::clone(&bytes);
                // Kept before anything passes: whoever has an answer finds it noted.
                let mut kept = kept.lock().unwrap();
                let pass = std::thread::spawn(move || pass(&client, relay, &noted));
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

fn pass(client: &TcpStream, relay: SocketAddr, noted: &Bytes) {
    let server = TcpStream::connect(relay).unwrap();
    std::thread::scope(|scope| {
        scope.spawn(|| carry(client, &server, noted, 0));
        carry(&server, client, noted, 1);
    });
}

/// Carries one way until the sender ends, and ends the other's hearing too.
fn carry(mut from: &TcpStream, mut to: &TcpStream, noted: &Bytes, way: usize) {
    let mut chunk = [0; 4096];
    while let Ok(length @ 1..) = from.read(&mut chunk) {
        noted.lock().unwrap()[way].extend_from_slice(&chunk[..length]);
        if to.write_all(&chunk[..length]).is_err() {
            break;
        }
    }
    let _ = to.shutdown(Shutdown::Write);
}

/// Splits a stream into its messages by their headers' own word.
fn messages(mut bytes: &[u8], outward: bool) -> Vec<Message> {
    let mut all = Vec::new();
    while !bytes.is_empty() {
        let end = bytes.windows(4).position(|at| at == b"\r\n\r\n").expect("a whole head");
        let head = std::str::from_utf8(&bytes[..end]).expect("headers are text");
        let length = head
            .to_ascii_lowercase()
            .lines()
            .find_map(|line| line.strip_prefix("content-length:")?.trim().parse().ok())
            .expect("a length");
        all.push(Message { outward, head: end + 4, body: length });
        bytes = &bytes[end + 4 + length..];
    }
    all
}
