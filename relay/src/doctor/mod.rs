//! A look at everything that a relay stands on, before it starts or while it runs: what is well, what
//! somebody should look at, what does not work, and what to do. It changes nothing but for one small
//! file beside the database, which it removes.
//!
//! Whether the public address can be reached is the command line's to ask: it has a client.

mod certificate;
mod disk;
mod file;
mod server;
mod settings;

use crate::config::Config;
use crate::database::Database;

/// How one thing stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// As it should be.
    Ok,
    /// It works; somebody should look at it.
    Look,
    /// It does not work, or is not safe.
    Bad,
}

/// What was found out about one thing. Holds no lane, grant, key, password or address of a client.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What was looked at, in one word: `settings`, `tls`, `clock`, `disk`, `database`.
    pub about: &'static str,
    /// How it stands.
    pub verdict: Verdict,
    /// What was found and, unless it is well, what to do. One line.
    pub says: String,
}

/// Looks at settings, certificate, clock, disk and database, in this order.
#[must_use]
pub fn examine(config: &Config) -> Vec<Finding> {
    let mut found = Findings::default();
    settings::look(config, &mut found);
    if let Some(tls) = &config.tls {
        certificate::look(config, tls, &mut found);
    }
    let newest = match &config.database {
        Database::Sqlite(path) => {
            disk::look(config, path, &mut found);
            file::look(config, path, &mut found)
        }
        Database::Postgres(address) => {
            server::look(config, address, &mut found);
            None
        }
    };
    settings::clock(config, newest, &mut found);
    found.0
}

/// What was found so far.
#[derive(Default)]
struct Findings(Vec<Finding>);

impl Findings {
    fn ok(&mut self, about: &'static str, says: impl Into<String>) {
        self.add(about, Verdict::Ok, says);
    }

    fn look(&mut self, about: &'static str, says: impl Into<String>) {
        self.add(about, Verdict::Look, says);
    }

    fn bad(&mut self, about: &'static str, says: impl Into<String>) {
        self.add(about, Verdict::Bad, says);
    }

    fn add(&mut self, about: &'static str, verdict: Verdict, says: impl Into<String>) {
        self.0.push(Finding { about, verdict, says: says.into() });
    }

    /// The worst of what was found about one thing; `Ok` when nothing was.
    fn worst(&self, about: &str) -> Verdict {
        let all = self.0.iter().filter(|finding| finding.about == about);
        all.map(|finding| finding.verdict).max().unwrap_or(Verdict::Ok)
    }
}
