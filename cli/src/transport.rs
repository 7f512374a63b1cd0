//! Sync over HTTP: the core hands out requests and takes answers, and this carries them.
//!
//! A request is one POST of a frame. There are no redirects, no cookies, no name of a program, and
//! of an answer no more is read than a frame and one byte. A request that is not answered is not
//! asked again here: the next sync goes on where this one stopped.

use std::collections::BTreeSet;
use std::io::Read as _;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use attune_core::Error;
use attune_core::companion::Companion;
use attune_core::desk::Desk;
use attune_core::sync::{SyncAnswer, SyncRequest, hold_back};
use attune_desk::Carried;
use attune_wire::{FRAME_LEN, canonical_origin};
use chrono::{DateTime, FixedOffset};
use ureq::Agent;
use ureq::config::AutoHeaderValue;

/// The path of a relay's one endpoint.
const ENDPOINT: &str = "/v1/f";
/// For a whole request, from the look-up of its host to the last byte of the answer.
const WHOLE: Duration = Duration::from_secs(30);
/// For the connection alone.
const CONNECT: Duration = Duration::from_secs(10);

/// What came of one request.
pub(crate) enum Delivery {
    /// Something answered.
    Answered {
        /// The HTTP status.
        status: u16,
        /// At most a frame and one byte.
        body: Vec<u8>,
    },
    /// Nothing answered: no network, no host, a timeout, a certificate that does not fit.
    Unreachable,
}

/// Carries one request and brings what came of it.
pub(crate) trait Transport {
    /// Sends `request`; never an error, since a sync goes on without an answer.
    fn deliver(&mut self, request: &SyncRequest) -> Delivery;
}

/// The real transport: HTTPS, and plain HTTP to this machine alone.
pub(crate) struct Http {
    agent: Agent,
    /// When the last answer came.
    answered: Mutex<Option<Instant>>,
}

impl Http {
    /// A transport with nothing remembered from any other.
    pub(crate) fn new() -> Self {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .user_agent(AutoHeaderValue::None)
            .accept(AutoHeaderValue::None)
            .accept_encoding(AutoHeaderValue::None)
            .timeout_global(Some(WHOLE))
            .timeout_connect(Some(CONNECT))
            .build();
        Self { agent: config.new_agent(), answered: Mutex::default() }
    }

    /// One request after another, each at its moment: what a device did with the answer before is not to
    /// be read from when it asks on.
    fn post(&self, request: &SyncRequest) -> Option<(u16, Vec<u8>)> {
        let mut answered = self.answered.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(last) = *answered {
            std::thread::sleep(hold_back(last.elapsed()));
        }
        let answer = self.post_now(request);
        *answered = Some(Instant::now());
        answer
    }

    fn post_now(&self, request: &SyncRequest) -> Option<(u16, Vec<u8>)> {
        // Refuses plain HTTP to other machines, whatever the vault says.
        let origin = canonical_origin(request.url.strip_suffix(ENDPOINT)?).ok()?;
        let mut post = self.agent.post(&request.url);
        if origin.starts_with("http://") {
            // A proxy is another machine.
            post = post.config().proxy(None).build();
        }
        let response =
            post.content_type("application/octet-stream").send(request.body.as_slice()).ok()?;
        let status = response.status().as_u16();
        let mut body = Vec::with_capacity(FRAME_LEN + 1);
        let reader = response.into_body().into_reader();
        reader.take(FRAME_LEN as u64 + 1).read_to_end(&mut body).ok()?;
        Some((status, body))
    }
}

impl Transport for Http {
    fn deliver(&mut self, request: &SyncRequest) -> Delivery {
        self.post(request)
            .map_or(Delivery::Unreachable, |(status, body)| Delivery::Answered { status, body })
    }
}

impl attune_desk::Carrier for Http {
    fn carry(&self, request: &SyncRequest) -> Carried {
        self.post(request)
            .map_or(Carried::Unreachable, |(status, body)| Carried::Answered { status, body })
    }
}

/// One side of a sync: the phone or the desk.
pub(crate) trait Syncs {
    /// Starts a sync.
    fn begin(&mut self, now: DateTime<FixedOffset>) -> Result<(), Error>;
    /// The next request; `None` when the sync is done.
    fn next(&mut self) -> Result<Option<SyncRequest>, Error>;
    /// Brings the answer to the last request.
    fn feed(&mut self, now: DateTime<FixedOffset>, answer: SyncAnswer<'_>) -> Result<(), Error>;
}

impl Syncs for Companion {
    fn begin(&mut self, now: DateTime<FixedOffset>) -> Result<(), Error> {
        self.sync_begin(now)
    }

    fn next(&mut self) -> Result<Option<SyncRequest>, Error> {
        self.sync_next()
    }

    fn feed(&mut self, now: DateTime<FixedOffset>, answer: SyncAnswer<'_>) -> Result<(), Error> {
        self.sync_feed(now, answer)
    }
}

impl Syncs for Desk {
    fn begin(&mut self, now: DateTime<FixedOffset>) -> Result<(), Error> {
        self.sync_begin(now)
    }

    fn next(&mut self) -> Result<Option<SyncRequest>, Error> {
        self.sync_next()
    }

    fn feed(&mut self, now: DateTime<FixedOffset>, answer: SyncAnswer<'_>) -> Result<(), Error> {
        self.sync_feed(now, answer)
    }
}

/// What a sync met on its way.
#[derive(Debug, Default)]
pub(crate) struct SyncRun {
    /// Requests that were sent.
    pub(crate) requests: usize,
    /// The relays that did not answer a request, each once.
    pub(crate) unreached: BTreeSet<String>,
}

/// Runs one sync of the phone to its end over HTTP.
///
/// # Errors
/// Those of the vault; a relay that does not answer is none.
pub(crate) fn run_phone_sync(
    phone: &mut Companion,
    now: DateTime<FixedOffset>,
) -> Result<SyncRun, Error> {
    run_sync(phone, &mut Http::new(), now)
}

/// Runs one sync of the desk to its end over HTTP.
///
/// # Errors
/// Those of the vault; a relay that does not answer is none.
pub(crate) fn run_desk_sync(desk: &mut Desk, now: DateTime<FixedOffset>) -> Result<SyncRun, Error> {
    run_sync(desk, &mut Http::new(), now)
}

/// Runs one sync to its end over any transport.
///
/// # Errors
/// Those of the vault.
pub(crate) fn run_sync(
    side: &mut impl Syncs,
    transport: &mut dyn Transport,
    now: DateTime<FixedOffset>,
) -> Result<SyncRun, Error> {
    let mut run = SyncRun::default();
    side.begin(now)?;
    while let Some(request) = side.next()? {
        run.requests += 1;
        match transport.deliver(&request) {
            Delivery::Answered { status, body } => {
                side.feed(now, SyncAnswer::Http { status, body: &body })?;
            }
            Delivery::Unreachable => {
                let relay = request.url.strip_suffix(ENDPOINT).unwrap_or(&request.url);
                run.unreached.insert(relay.to_owned());
                side.feed(now, SyncAnswer::Unreachable)?;
            }
        }
    }
    Ok(run)
}

#[cfg(test)]
mod tests {
    use std::io::{BufRead as _, BufReader, Write as _};
    use std::net::TcpListener;
    use std::thread;

    use super::*;

    /// Answers one request with `answer`; gives the request's head.
    fn serve(answer: Vec<u8>) -> (String, thread::JoinHandle<String>) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let origin = format!("http://{}", listener.local_addr().unwrap());
        let served = thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let mut reader = BufReader::new(stream.try_clone().unwrap());
            let mut head = String::new();
            while !head.ends_with("\r\n\r\n") {
                reader.read_line(&mut head).unwrap();
            }
            let mut body = vec![0; FRAME_LEN];
            reader.read_exact(&mut body).unwrap();
            // The other side may have read enough before all is written.
            let _ = stream.write_all(&answer);
            head
        });
        (origin, served)
    }

    fn deliver(origin: &str) -> Option<(u16, usize)> {
        let request =
            SyncRequest { url: format!("{origin}{ENDPOINT}"), body: Box::new([7; FRAME_LEN]) };
        match Http::new().deliver(&request) {
            Delivery::Answered { status, body } => Some((status, body.len())),
            Delivery::Unreachable => None,
        }
    }

    fn answer(status: &str, length: usize) -> Vec<u8> {
        let head =
            format!("HTTP/1.1 {status}\r\ncontent-length: {length}\r\nset-cookie: a=b\r\n\r\n");
        [head.into_bytes(), vec![1; length]].concat()
    }

    #[test]
    fn a_request_says_nothing_of_the_program_or_the_person() {
        let (origin, served) = serve(answer("200 OK", FRAME_LEN));
        assert_eq!(deliver(&origin), Some((200, FRAME_LEN)));
        let head = served.join().unwrap().to_lowercase();
        let mut names: Vec<_> =
            head.lines().skip(1).filter_map(|line| Some(line.split_once(':')?.0)).collect();
        names.sort_unstable();
        assert!(head.starts_with("post /v1/f http/1.1"));
        assert_eq!(names, ["content-length", "content-type", "host"]);
    }

    #[test]
    fn no_more_is_read_than_a_frame_and_one_byte() {
        let (origin, served) = serve(answer("200 OK", 100_000));
        assert_eq!(deliver(&origin), Some((200, FRAME_LEN + 1)));
        served.join().unwrap();
    }

    #[test]
    fn a_redirect_is_an_answer_and_is_not_followed() {
        let elsewhere = "307 Temporary Redirect\r\nlocation: http://127.0.0.1:9/v1/f";
        let (origin, served) = serve(answer(elsewhere, 0));
        assert_eq!(deliver(&origin), Some((307, 0)));
        served.join().unwrap();
    }

    #[test]
    fn a_broken_answer_and_plain_http_to_another_machine_count_as_none() {
        let mut short = answer("200 OK", FRAME_LEN);
        short.truncate(500);
        let (origin, served) = serve(short);
        assert_eq!(deliver(&origin), None);
        served.join().unwrap();
        assert_eq!(deliver("http://relay.example"), None);
        assert_eq!(deliver("http://127.0.0.1:1"), None);
    }
}
