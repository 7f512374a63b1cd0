//! A PostgreSQL server of a test's own: real, private, on a socket in its own folder, and gone when the
//! process that started it ends, in whatever way that is.
//!
//! PostgreSQL refuses to run as root; then it runs as the system's user `postgres`.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};

/// The variable that names the folder with `initdb`, `postgres` and `psql`.
pub const PROGRAMS: &str = "ATTUNE_POSTGRES";

/// A server, and those that keep it.
pub struct Cluster {
    programs: PathBuf,
    folder: PathBuf,
    keeper: Mutex<Keeper>,
    databases: AtomicU32,
}

struct Keeper {
    child: Child,
    input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
    server: u32,
}

impl Cluster {
    /// The server that all tests of this process share. Each makes a database of its own in it.
    #[must_use]
    pub fn shared() -> &'static Self {
        static SHARED: OnceLock<Cluster> = OnceLock::new();
        SHARED.get_or_init(|| Self::start(&[]))
    }

    /// A server with more settings, as in `fsync=off`.
    ///
    /// # Panics
    /// When there is no PostgreSQL on this machine, or it does not start: nothing is skipped.
    #[must_use]
    pub fn start(settings: &[&str]) -> Self {
        let programs = programs();
        let mut command = keeper_command();
        command.args(["-c", include_str!("keeper.sh"), "keeper"]).arg(&programs).args(settings);
        // Not a folder that another user may not enter.
        command.current_dir("/").stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().expect("a shell");
        let (input, output) = (child.stdin.take(), child.stdout.take());
        let output = BufReader::new(output.expect("the keeper's output"));
        let mut keeper = Keeper { child, input, output, server: 0 };
        let folder = PathBuf::from(keeper.hear("folder "));
        keeper.launch();
        Self { programs, folder, keeper: Mutex::new(keeper), databases: AtomicU32::new(0) }
    }

    /// The connection string of a new, empty database.
    #[must_use]
    pub fn database(&self) -> String {
        let name = format!("relay_{}", self.databases.fetch_add(1, Ordering::Relaxed));
        self.ask("postgres", &format!("CREATE DATABASE {name}"));
        self.address(&name, "postgres")
    }

    /// The connection string of a database for a role.
    #[must_use]
    pub fn address(&self, database: &str, role: &str) -> String {
        format!("postgres:///{database}?host={}&user={role}", self.folder.display())
    }

    /// Runs statements in a database and answers what they answer: a row a line, columns apart by `|`.
    ///
    /// # Panics
    /// When one of them fails.
    pub fn ask(&self, database: &str, sql: &str) -> String {
        let asked = Command::new(self.programs.join("psql"))
            .args(["-X", "-q", "-A", "-t", "-U", "postgres", "-v", "ON_ERROR_STOP=1", "-h"])
            .arg(&self.folder)
            .args(["-d", database, "-c", sql])
            .output()
            .expect("psql");
        assert!(asked.status.success(), "{}", String::from_utf8_lossy(&asked.stderr));
        String::from_utf8_lossy(&asked.stdout).trim_end().to_owned()
    }

    /// Kills the server with all its processes, as a crash does, and starts it again.
    ///
    /// # Panics
    /// When it does not come back.
    pub fn crash(&self) {
        let mut keeper = self.keeper.lock().unwrap_or_else(PoisonError::into_inner);
        // First the one that would start others anew.
        let mut all = vec![keeper.server];
        all.extend(children(keeper.server));
        for process in all {
            // One that has ended meanwhile is as dead as it should be.
            let _ = Command::new("kill")
                .args(["-KILL", &process.to_string()])
                .stderr(Stdio::null())
                .status();
        }
        keeper.launch();
    }

    /// The file whose first line is the server's process id.
    #[must_use]
    pub fn pid_file(&self) -> PathBuf {
        self.folder.join("data/postmaster.pid")
    }

    /// The shell command that starts the server again when somebody else has killed it, and ends when it
    /// answers. What the killed processes still hold is waited for.
    #[must_use]
    pub fn starting(&self) -> String {
        let (programs, folder) = (self.programs.display(), self.folder.display());
        let start = format!(
            "'{programs}/pg_ctl' -D '{folder}/data' -l '{folder}/log' -s -w start </dev/null"
        );
        let user = if is_root() { "runuser -u postgres -- " } else { "" };
        format!("cd / && for _ in $(seq 100); do {user}{start} && exit; sleep 0.1; done; exit 1")
    }

    /// The server's data, logs and socket.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }
}

impl Keeper {
    fn launch(&mut self) {
        let input = self.input.as_mut().expect("the keeper's input");
        writeln!(input, "start").and_then(|()| input.flush()).expect("the keeper listens");
        self.server = self.hear("ready ").parse().expect("a process id");
    }

    fn hear(&mut self, start: &str) -> String {
        let mut line = String::new();
        self.output.read_line(&mut line).expect("the keeper speaks");
        let Some(rest) = line.trim_end().strip_prefix(start) else {
            panic!("PostgreSQL did not start: {line}")
        };
        rest.to_owned()
    }
}

impl Drop for Keeper {
    fn drop(&mut self) {
        self.input = None;
        let _ = self.child.wait();
    }
}

/// The name of the database in a connection string of [`Cluster::database`].
#[must_use]
pub fn name_of(address: &str) -> &str {
    let rest = address.strip_prefix("postgres:///").unwrap_or(address);
    rest.split('?').next().unwrap_or(rest)
}

fn programs() -> PathBuf {
    if let Some(folder) = std::env::var_os(PROGRAMS) {
        return folder.into();
    }
    let has_all =
        |folder: &PathBuf| folder.join("initdb").exists() && folder.join("postgres").exists();
    let mut found: Vec<PathBuf> = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten()
        .map(|version| version.path().join("bin"))
        .filter(has_all)
        .collect();
    found.sort();
    let path = std::env::var_os("PATH").unwrap_or_default();
    found.pop().or_else(|| std::env::split_paths(&path).find(has_all)).expect(
        "PostgreSQL's server is needed: `cargo xtask test relay` sets it up, or name its folder of \
         programs in ATTUNE_POSTGRES",
    )
}

fn keeper_command() -> Command {
    if is_root() {
        let mut command = Command::new("runuser");
        command.args(["-u", "postgres", "--", "sh"]);
        command
    } else {
        Command::new("sh")
    }
}

fn is_root() -> bool {
    Command::new("id").arg("-u").output().expect("id").stdout.trim_ascii() == b"0"
}

/// The processes that `parent` started.
fn children(parent: u32) -> Vec<u32> {
    let entries = std::fs::read_dir("/proc").into_iter().flatten().flatten();
    let of = |id: u32| {
        let stat = std::fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
        // "1234 (name) S 1 ...": the name may hold anything, so from its end on.
        let (_, rest) = stat.rsplit_once(')')?;
        rest.split_whitespace().nth(1)?.parse::<u32>().ok()
    };
    entries
        .filter_map(|entry| entry.file_name().to_str()?.parse().ok())
        .filter(|id| of(*id) == Some(parent))
        .collect()
}
