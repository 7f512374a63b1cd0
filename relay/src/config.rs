//! What a relay is told at start, and why it would not start.

use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::Duration;

use attune_wire::OriginError;

use crate::address::Network;
use crate::clock::{Clock, SystemClock};
use crate::database::Database;
use crate::moving::MovingError;
use crate::store::StoreError;
use crate::tls::{Tls, TlsError};

/// How often somebody may ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    /// Requests at once, after a rest.
    pub burst: u32,
    /// Requests a minute, in the long run.
    pub per_minute: u32,
}

/// The two rates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// For one lane, whoever asks; counted once a signature is good. Answer: SLOW.
    pub lane: Rate,
    /// For one IPv4 address or one IPv6 /56. Answer: 429. This machine itself is not limited.
    pub prefix: Rate,
}

impl Limits {
    /// For a public relay. A lane is asked a few times a day, every few seconds while pairing. A
    /// clinic of some hundred pairings behind one address asks for them all within a minute.
    pub const PUBLIC: Self = Self {
        lane: Rate { burst: 120, per_minute: 30 },
        prefix: Rate { burst: 1_200, per_minute: 600 },
    };

    /// For a trial on one machine: as good as none.
    pub const TRIAL: Self = Self {
        lane: Rate { burst: 100_000, per_minute: 1_000_000 },
        prefix: Rate { burst: 100_000, per_minute: 1_000_000 },
    };
}

/// How long a sender may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Timeouts {
    /// For a request's headers, and for the pause between two requests.
    pub header: Duration,
    /// For a request's body.
    pub body: Duration,
    /// For a connection as a whole; then it ends after the request under way.
    pub connection: Duration,
    /// For requests under way when the relay stops.
    pub drain: Duration,
}

impl Default for Timeouts {
    fn default() -> Self {
        Self {
            header: Duration::from_secs(10),
            body: Duration::from_secs(15),
            connection: Duration::from_secs(120),
            drain: Duration::from_secs(10),
        }
    }
}

/// What a relay is told at start.
#[derive(Clone)]
pub struct Config {
    /// Where to listen; port 0 takes a free one.
    pub listen: SocketAddr,
    /// A socket that is listened on already, in place of `listen`: who handed it over keeps it, and so
    /// nobody is turned away while one relay follows another.
    pub socket: Option<Arc<TcpListener>>,
    /// Certificate and key to speak TLS with. `None`: plain HTTP.
    pub tls: Option<Tls>,
    /// The public address, as clients write it. `None`: the address listened on, which must
    /// then be loopback.
    pub origin: Option<String>,
    /// Where to answer `GET /metrics`; loopback only. `None`: nowhere.
    pub metrics: Option<SocketAddr>,
    /// Where the rows are kept.
    pub database: Database,
    /// The most a file of SQLite's may hold, in bytes: a lane for each 10 KiB. Past it the answer to OPEN is
    /// FULL, and the lanes that are open are served as before. A server has limits of its own, and is
    /// refused with this one.
    pub max_bytes: Option<u64>,
    /// Lanes may be opened without a grant. Only on loopback.
    pub open: bool,
    /// The rates.
    pub limits: Limits,
    /// The time limits.
    pub timeouts: Timeouts,
    /// Connections at once. One more takes the place of the one that waits longest for its sender.
    pub max_connections: usize,
    /// Of these, the most for one IPv4 address or one IPv6 /56; more are closed at once. This machine
    /// and trusted proxies are not counted.
    pub prefix_connections: u32,
    /// Whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<Network>,
    /// Stop on SIGTERM and SIGINT; read certificate and key again on SIGHUP.
    pub stop_on_signals: bool,
    /// The clock.
    pub clock: Arc<dyn Clock>,
}

impl Config {
    /// A relay with grants and public limits.
    #[must_use]
    pub fn new(listen: SocketAddr, database: impl Into<Database>) -> Self {
        Self {
            listen,
            socket: None,
            tls: None,
            origin: None,
            metrics: None,
            database: database.into(),
            max_bytes: None,
            open: false,
            limits: Limits::PUBLIC,
            timeouts: Timeouts::default(),
            max_connections: 1_024,
            prefix_connections: 64,
            trusted_proxies: Vec::new(),
            stop_on_signals: false,
            clock: Arc::new(SystemClock::new()),
        }
    }

    /// A relay for a trial: a free port of this machine, no grants, as good as no limits.
    #[must_use]
    pub fn trial(database: impl Into<Database>) -> Self {
        let listen = SocketAddr::from(([127, 0, 0, 1], 0));
        Self { open: true, limits: Limits::TRIAL, ..Self::new(listen, database) }
    }

    /// The address that is listened on: the socket's that was handed over, or the one told.
    pub(crate) fn listens_on(&self) -> Result<SocketAddr, RelayError> {
        let socket = self.socket.as_ref();
        socket.map_or(Ok(self.listen), |socket| socket.local_addr()).map_err(RelayError::Listen)
    }

    /// Refuses what would not be safe, before anything is opened.
    pub(crate) fn check(&self) -> Result<(), RelayError> {
        if self.open && !self.listens_on()?.ip().is_loopback() {
            return Err(RelayError::OpenToAll);
        }
        if self.metrics.is_some_and(|metrics| !metrics.ip().is_loopback()) {
            return Err(RelayError::MetricsToAll);
        }
        if self.max_bytes.is_some() && matches!(self.database, Database::Postgres(_)) {
            return Err(RelayError::NotAFile);
        }
        if self.origin.is_none() && !self.listens_on()?.ip().is_loopback() {
            return Err(RelayError::OriginMissing);
        }
        Ok(())
    }
}

/// Why a relay did not start or did not stop well.
#[derive(Debug, thiserror::Error)]
pub enum RelayError {
    /// `open` with an address that other machines reach.
    #[error("a relay that asks for no grants listens on this machine only: use 127.0.0.1 or [::1]")]
    OpenToAll,
    /// Metrics with an address that other machines reach.
    #[error("metrics are for this machine only: use 127.0.0.1 or [::1]")]
    MetricsToAll,
    /// A limit in bytes for a database that is not a file.
    #[error("a database server has limits of its own: leave out --max-mib")]
    NotAFile,
    /// Listens for other machines, but nobody said under which name.
    #[error("a relay for other machines needs its public address: give --origin https://...")]
    OriginMissing,
    /// The public address is not one.
    #[error(transparent)]
    Origin(#[from] OriginError),
    /// Certificate or key cannot be used.
    #[error(transparent)]
    Tls(#[from] TlsError),
    /// The address cannot be listened on.
    #[error("cannot listen there: {0}")]
    Listen(std::io::Error),
    /// The database cannot be opened or closed, or holds something else.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// An export or an import.
    #[error(transparent)]
    Moving(#[from] MovingError),
    /// The system gave no thread, signal or random bytes.
    #[error("the system did not answer: {0}")]
    System(std::io::Error),
    /// The relay's thread ended early.
    #[error("the relay ended early")]
    Ended,
}
