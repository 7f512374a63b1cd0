//! Where a PostgreSQL server is, and how it is reached.

use std::fmt;
use std::net::IpAddr;
use std::path::PathBuf;
use std::str::FromStr;
use std::time::Duration;

use tokio_postgres::Config;
use tokio_postgres::config::{Host, SslMode};

/// How long one attempt to connect may take.
const CONNECT: Duration = Duration::from_secs(5);

/// How long sent bytes may stay without an answer of the network before a connection counts as dead.
const UNANSWERED: Duration = Duration::from_secs(10);

/// How long a connection may lie still before the network is asked whether anybody is there, and how long
/// between two such questions. PostgreSQL's own client leaves it to the system, which asks after two hours.
const STILL: (Duration, Duration) = (Duration::from_secs(10), Duration::from_secs(5));

/// How long a server may owe an answer. Longer than the five seconds after which it gives up by itself: so
/// only one that is gone without a word is met by this.
const ANSWER: Duration = Duration::from_secs(6);

/// A server, a database and a role, from a connection string as PostgreSQL's own tools take it
/// (<https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING>).
///
/// A server on another machine is asked over TLS, and its certificate is checked, unless the string
/// says `sslmode=disable`. One on this machine is asked without, unless it says `sslmode=require`: many
/// systems give a server a certificate that nobody vouches for. Nothing in between: what gives way when
/// it is asked to protects nobody.
#[derive(Clone)]
pub struct Address {
    pub(super) config: Config,
    pub(super) root_certificates: Option<PathBuf>,
    pub(super) connections: Option<usize>,
    pub(super) answer: Duration,
}

/// The text is no connection string that names a host, a role and a database.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "not an address as in postgres://ROLE@HOST/DATABASE or postgres:///DATABASE?host=FOLDER&user=ROLE"
)]
pub struct AddressError;

impl Address {
    /// Whether a text means a server, and not a file.
    #[must_use]
    pub fn is_meant(text: &str) -> bool {
        text.starts_with("postgres://") || text.starts_with("postgresql://")
    }

    /// Whether it holds a password.
    #[must_use]
    pub fn has_password(&self) -> bool {
        self.config.get_password().is_some()
    }

    /// With this password.
    #[must_use]
    pub fn with_password(mut self, password: &[u8]) -> Self {
        self.config.password(password);
        self
    }

    /// Whose certificates are believed: the ones in this PEM file, and no others. Without it, those
    /// that browsers believe.
    #[must_use]
    pub fn with_root_certificates(mut self, file: PathBuf) -> Self {
        self.root_certificates = Some(file);
        self
    }

    /// How long the server may owe the answer to one statement. Without it, six seconds.
    #[must_use]
    pub fn with_answer_within(mut self, longest: Duration) -> Self {
        self.answer = longest;
        self
    }

    /// Connections at once, at most. Without it, four for each processor core and at least eight:
    /// most of a PUT's time is the server's wait for its disk.
    #[must_use]
    pub fn with_connections(mut self, connections: usize) -> Self {
        self.connections = Some(connections.max(1));
        self
    }

    /// Connections at once, at most.
    pub(super) fn connection_limit(&self) -> usize {
        self.connections.unwrap_or_else(|| {
            let cores = std::thread::available_parallelism().map_or(2, usize::from);
            (cores * 4).clamp(8, 64)
        })
    }
}

impl FromStr for Address {
    type Err = AddressError;

    fn from_str(text: &str) -> Result<Self, AddressError> {
        if !Self::is_meant(text) {
            return Err(AddressError);
        }
        let mut config: Config = text.parse().map_err(|_| AddressError)?;
        let names_all = !config.get_hosts().is_empty()
            && config.get_user().is_some_and(|role| !role.is_empty())
            && config.get_dbname().is_some_and(|database| !database.is_empty());
        if !names_all {
            return Err(AddressError);
        }
        if config.get_ssl_mode() == SslMode::Prefer {
            // What the string says, too, if it says nothing.
            let elsewhere = is_elsewhere(&config);
            config.ssl_mode(if elsewhere { SslMode::Require } else { SslMode::Disable });
        }
        if config.get_connect_timeout().is_none() {
            config.connect_timeout(CONNECT);
        }
        if config.get_tcp_user_timeout().is_none() {
            config.tcp_user_timeout(UNANSWERED);
        }
        if !text.contains("keepalives") {
            config.keepalives_idle(STILL.0).keepalives_interval(STILL.1).keepalives_retries(3);
        }
        config.application_name("attune-relay");
        Ok(Self { config, root_certificates: None, connections: None, answer: ANSWER })
    }
}

/// Nothing of it: it may hold a password.
impl fmt::Debug for Address {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Address(..)")
    }
}

/// Whether any of its hosts may be another machine.
fn is_elsewhere(config: &Config) -> bool {
    let named = config.get_hosts().iter().any(|host| match host {
        Host::Tcp(name) => {
            name != "localhost"
                && !name.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
        }
        #[cfg(unix)]
        Host::Unix(_) => false,
    });
    named || config.get_hostaddrs().iter().any(|address| !address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mode(text: &str) -> SslMode {
        text.parse::<Address>().unwrap().config.get_ssl_mode()
    }

    #[test]
    fn another_machine_is_asked_over_tls() {
        for text in [
            "postgres://attune@db.example/attune",
            "postgres://attune@192.0.2.7:5433/attune?sslmode=prefer",
            "postgres://attune@localhost,db.example/attune",
            "postgres://attune@localhost/attune?hostaddr=192.0.2.7",
        ] {
            assert_eq!(mode(text), SslMode::Require, "{text}");
        }
        for text in [
            "postgres://attune@localhost/attune",
            "postgres://attune@127.0.0.1/attune",
            "postgres://attune@[::1]/attune",
            "postgres:///attune?host=/run/postgresql&user=attune",
        ] {
            assert_eq!(mode(text), SslMode::Disable, "{text}");
        }
        assert_eq!(mode("postgres://attune@localhost/attune?sslmode=require"), SslMode::Require);
        assert_eq!(mode("postgres://attune@db.example/attune?sslmode=disable"), SslMode::Disable);
    }

    #[test]
    fn what_names_too_little_is_refused() {
        for text in [
            "",
            "relay.db",
            "postgres://",
            "postgres://db.example/attune",
            "postgres://attune@db.example",
            "postgres:///attune?user=attune",
            "postgres://attune@db.example:many/attune",
            "postgres://attune@db.example/attune?unheard=of",
        ] {
            assert!(text.parse::<Address>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_password_is_kept_and_not_shown() {
        let address: Address = "postgres://attune:Mg7pQ@localhost/attune".parse().unwrap();
        assert!(address.has_password());
        assert!(!format!("{address:?}").contains("Mg7pQ"));
        let address: Address = "postgres://attune@localhost/attune".parse().unwrap();
        assert!(!address.has_password());
        assert_eq!(address.with_password(b"Mg7pQ").config.get_password(), Some(&b"Mg7pQ"[..]));
    }
}
