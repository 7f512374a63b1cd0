//! Sync over HTTP: the core hands out requests and takes answers, and this carries them.
//!
//! A request is one POST of a frame. There are no redirects, no cookies, no name of a program, and
//! of an answer no more is read than a frame and one byte. A request that is not answered is not
//! asked again here: the next sync goes on where this one stopped.

use std::collections::BTreeSet;
use std::io::Read as _;
use std::time::Duration;

use attune_core::Error;
use attune_core::companion::Companion;
use attune_core::desk::Desk;
use attune_core::sync::{SyncAnswer, SyncRequest};
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
        Self { agent: config.new_agent() }
    }

    fn post(&self, request: &SyncRequest) -> Option<(u16, Vec<u8>)> {
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
