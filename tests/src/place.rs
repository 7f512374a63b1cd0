//! A relay with a database of its own, in this process. It can stop, go back in time and start again.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use attune_relay::{Config, Relay, Row, Running, inspect};

use crate::files::{copy_folder, put_back};

/// The relay's public address. It listens on another port of this machine, as one behind a proxy
/// does: so it can be started anew, and copies of paired vaults find it.
pub const ORIGIN: &str = "http://localhost";

/// A relay's folder, and the relay while it runs.
pub struct Place {
    folder: PathBuf,
    running: Option<Running>,
}

impl Place {
    /// Starts a relay on trial on the database in `folder`, which is made if it is missing.
    ///
    /// # Panics
    /// When it does not start.
    #[must_use]
    pub fn start(folder: &Path) -> Self {
        std::fs::create_dir_all(folder).unwrap();
        let mut place = Self { folder: folder.to_owned(), running: None };
        place.go_on();
        place
    }

    /// The relay's settings: a trial's, behind [`ORIGIN`].
    #[must_use]
    pub fn config(folder: &Path) -> Config {
        Config { origin: Some(ORIGIN.to_owned()), ..Config::trial(database_in(folder)) }
    }

    /// Where it listens. While it is stopped: a port where nobody does.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.running.as_ref().map_or(nobody(), |running| running.addr)
    }

    /// The folder with its files.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The database.
    #[must_use]
    pub fn database(&self) -> PathBuf {
        database_in(&self.folder)
    }

    /// Every lane, as the file has it.
    ///
    /// # Panics
    /// When it cannot be read.
    #[must_use]
    pub fn rows(&self) -> Vec<Row> {
        inspect(&self.database()).unwrap()
    }

    /// Stops, in good order.
    ///
    /// # Panics
    /// When it does not stop well.
    pub fn stop(&mut self) {
        if let Some(running) = self.running.take() {
            running.stop().unwrap();
        }
    }

    /// Starts again on what is in the folder.
    ///
    /// # Panics
    /// When it does not start.
    pub fn go_on(&mut self) {
        self.running = Some(Relay::start(Self::config(&self.folder)).unwrap());
    }

    /// Keeps a copy of the database as it is now in `to`.
    pub fn remember(&mut self, to: &Path) {
        self.stop();
        copy_folder(&self.folder, to);
        self.go_on();
    }

    /// Goes back to the copy in `from`.
    pub fn roll_back(&mut self, from: &Path) {
        self.stop();
        put_back(from, &self.folder);
        self.go_on();
    }

    /// Loses everything.
    ///
    /// # Panics
    /// When the file system refuses.
    pub fn lose_everything(&mut self) {
        self.stop();
        std::fs::remove_dir_all(&self.folder).unwrap();
        std::fs::create_dir_all(&self.folder).unwrap();
        self.go_on();
    }
}

/// The database's place in a relay's folder.
#[must_use]
pub fn database_in(folder: &Path) -> PathBuf {
    folder.join("relay.db")
}

/// An address of this machine at which nobody listens: it was free a moment ago.
///
/// # Panics
/// When the system has no port left.
#[must_use]
pub fn nobody() -> SocketAddr {
    std::net::TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap()
}
