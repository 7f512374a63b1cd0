//! A server that is no relay: it reads one request on each connection and answers as a test says.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;

use attune_wire::{ENVELOPE_LEN, Request, Response, Status};

/// Decides what is sent back for a request's body: whole HTTP, or whatever it likes.
type Answer = dyn FnMut(&[u8]) -> Vec<u8> + Send;

/// The server. Dropping it ends it.
pub struct Hostile {
    address: SocketAddr,
    stop: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
    asked: Arc<Mutex<usize>>,
}

impl Hostile {
    /// Starts it.
    ///
    /// # Panics
    /// When the system has no port left.
    #[must_use]
    pub fn start(answer: impl FnMut(&[u8]) -> Vec<u8> + Send + 'static) -> Self {
        Self::listen(answer, false)
    }

    /// Starts one that never closes a connection by itself.
    ///
    /// # Panics
    /// As [`start`](Self::start).
    #[must_use]
    pub fn lingering(answer: impl FnMut(&[u8]) -> Vec<u8> + Send + 'static) -> Self {
        Self::listen(answer, true)
    }

    fn listen(mut answer: impl FnMut(&[u8]) -> Vec<u8> + Send + 'static, linger: bool) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let address = listener.local_addr().unwrap();
        let stop = Arc::new(AtomicBool::new(false));
        let asked = Arc::new(Mutex::new(0));
        let (stopping, counting) = (Arc::clone(&stop), Arc::clone(&asked));
        let thread = std::thread::spawn(move || {
            let mut held = Vec::new();
            while let Ok((stream, _)) = listener.accept() {
                if stopping.load(Ordering::SeqCst) {
                    break;
                }
                if converse(&stream, &mut answer).is_some() {
                    *counting.lock().unwrap() += 1;
                }
                if linger {
                    held.push(stream);
                }
            }
        });
        Self { address, stop, thread: Some(thread), asked }
    }

    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// How many requests it answered.
    ///
    /// # Panics
    /// When the server's thread has panicked.
    #[must_use]
    pub fn asked(&self) -> usize {
        *self.asked.lock().unwrap()
    }
}

impl Drop for Hostile {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::SeqCst);
        // Wakes it up, so that it sees the flag.
        let _ = TcpStream::connect(self.address);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// One request, one answer.
fn converse(mut stream: &TcpStream, answer: &mut Answer) -> Option<()> {
    let mut bytes = Vec::new();
    let mut chunk = [0; 4096];
    let body = loop {
        if let Some(end) = bytes.windows(4).position(|at| at == b"\r\n\r\n") {
            let head = String::from_utf8_lossy(&bytes[..end]).to_ascii_lowercase();
            let length: usize = head
                .lines()
                .find_map(|line| line.strip_prefix("content-length:")?.trim().parse().ok())
                .unwrap_or(0);
            if bytes.len() >= end + 4 + length {
                break bytes.split_off(end + 4);
            }
        }
        let read = stream.read(&mut chunk).ok().filter(|read| *read > 0)?;
        bytes.extend_from_slice(&chunk[..read]);
    };
    stream.write_all(&answer(&body)).ok()
}

/// A whole HTTP answer.
#[must_use]
pub fn http(status: &str, headers: &str, body: &[u8]) -> Vec<u8> {
    let length = body.len();
    let head = format!(
        "HTTP/1.1 {status}\r\ncontent-length: {length}\r\nconnection: close\r\n{headers}\r\n"
    );
    [head.as_bytes(), body].concat()
}

/// The frame of a relay that says `status` and `version`, with noise for an envelope.
#[must_use]
pub fn says(status: Status, version: u64) -> Vec<u8> {
    says_with(status, version, Box::new([0xa5; ENVELOPE_LEN]))
}

/// The frame of a relay that says `status` and `version` and hands `envelope` over.
#[must_use]
pub fn says_with(status: Status, version: u64, envelope: Box<[u8; ENVELOPE_LEN]>) -> Vec<u8> {
    let frame = Response { status, version, retry_after: 0, envelope }.encode();
    http("200 OK", "content-type: application/octet-stream\r\n", &frame[..])
}

/// The request in a body.
///
/// # Panics
/// When it is no frame, or is not signed well.
#[must_use]
pub fn request_in(body: &[u8]) -> Request {
    Request::parse(body).unwrap().verify().unwrap()
}
