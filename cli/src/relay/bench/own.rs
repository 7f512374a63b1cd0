//! A relay started for the load, and how it and a database server are killed and started again.

use std::io::{BufRead as _, BufReader};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use tempfile::TempDir;

use super::BenchError;

/// `attune relay serve` as a process of its own, at one address through all its lives.
pub(super) struct Own {
    child: Child,
    address: SocketAddr,
    origin: String,
    database: String,
    /// Gone with it.
    _folder: Option<TempDir>,
}

/// What the relay takes up.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Size {
    /// The most memory it ever had, in KiB, where the system tells.
    pub(super) memory_kib: Option<u64>,
    /// Bytes of its database file and what lies beside it, unless the database is elsewhere.
    pub(super) disk: Option<u64>,
}

impl Own {
    /// Starts one, and answers once it listens.
    pub(super) fn start(database: Option<&str>) -> Result<Self, BenchError> {
        let folder = match database {
            Some(_) => None,
            None => Some(
                tempfile::tempdir()
                    .map_err(|_| BenchError::Process("a temporary folder cannot be made"))?,
            ),
        };
        let own = |folder: &TempDir| folder.path().join("relay.db").to_string_lossy().into_owned();
        let database = database.map(ToOwned::to_owned).or(folder.as_ref().map(own));
        let database = database.unwrap_or_default();
        let (child, address, origin) = start("127.0.0.1:0", None, &database)?;
        Ok(Self { child, address, origin, database, _folder: folder })
    }

    pub(super) fn address(&self) -> SocketAddr {
        self.address
    }

    pub(super) fn origin(&self) -> &str {
        &self.origin
    }

    /// SIGKILL: nothing in the process can put it off.
    pub(super) fn kill(&mut self) -> Result<(), BenchError> {
        let killed = self.child.kill().and_then(|()| self.child.wait());
        killed.map(|_| ()).map_err(|_| BenchError::Process("the relay could not be killed"))
    }

    /// Starts it again, at the same address.
    pub(super) fn go_on(&mut self) -> Result<(), BenchError> {
        let listen = self.address.to_string();
        (self.child, self.address, self.origin) =
            start(&listen, Some(&self.origin), &self.database)?;
        Ok(())
    }

    /// What it takes up now.
    pub(super) fn size(&self) -> Size {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()));
        let memory_kib = status.ok().and_then(|status| {
            let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
            line.trim().strip_suffix("kB")?.trim().parse().ok()
        });
        let files = ["", "-wal", "-shm"].map(|end| format!("{}{end}", self.database));
        let sizes = files.iter().filter_map(|file| std::fs::metadata(file).ok());
        let disk: u64 = sizes.map(|file| file.len()).sum();
        Size { memory_kib, disk: (disk > 0).then_some(disk) }
    }

    /// Asks it to end and waits for that.
    pub(super) fn stop(mut self) -> Result<(), BenchError> {
        signal("-TERM", &[self.child.id()])?;
        let ended = self.child.wait();
        let well = ended.is_ok_and(|status| status.success());
        if well { Ok(()) } else { Err(BenchError::Process("the relay did not end well")) }
    }
}

impl Drop for Own {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn start(
    listen: &str,
    origin: Option<&str>,
    database: &str,
) -> Result<(Child, SocketAddr, String), BenchError> {
    const FAILED: BenchError = BenchError::Process(
        "the relay did not start; `attune relay serve --open` with that database says why",
    );
    let program = std::env::current_exe().map_err(|_| FAILED)?;
    let mut command = Command::new(program);
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("ATTUNE_RELAY_") {
            command.env_remove(name);
        }
    }
    command.args(["relay", "serve", "--open", "--json", "--listen", listen]);
    if let Some(origin) = origin {
        command.args(["--origin", origin]);
    }
    // Not an argument: the address of a database may hold a password.
    command.env("ATTUNE_RELAY_DATABASE", database);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = command.spawn().map_err(|_| FAILED)?;
    let mut line = String::new();
    if let Some(out) = child.stdout.take() {
        let _ = BufReader::new(out).read_line(&mut line);
    }
    let ready = serde_json::from_str::<serde_json::Value>(&line).ok().and_then(|ready| {
        let address = ready["listening"].as_str()?.strip_prefix("http://")?.parse().ok()?;
        Some((address, ready["origin"].as_str()?.to_owned()))
    });
    match ready {
        Some((address, origin)) => Ok((child, address, origin)),
        None => {
            let _ = child.kill();
            let _ = child.wait();
            Err(FAILED)
        }
    }
}

/// Kills the process whose id the file's first line holds, and its children.
pub(super) fn kill_database(pid_file: &Path) -> Result<(), BenchError> {
    let text = std::fs::read_to_string(pid_file).ok();
    let first = text.and_then(|text| text.lines().next()?.trim().parse().ok());
    let server: u32 =
        first.ok_or(BenchError::Process("the file of --kill-database holds no process id"))?;
    let mut all = vec![server];
    all.extend(children(server));
    signal("-KILL", &all)
}

/// Runs the command that starts it again, to its end.
pub(super) fn start_database(command: &str) -> Result<(), BenchError> {
    let mut shell = Command::new("sh");
    shell.args(["-c", command]).stdin(Stdio::null()).stdout(Stdio::null());
    let started = shell.status().is_ok_and(|status| status.success());
    if started {
        Ok(())
    } else {
        Err(BenchError::Process("the command of --start-database failed"))
    }
}

fn children(parent: u32) -> Vec<u32> {
    let Ok(processes) = std::fs::read_dir("/proc") else {
        return Vec::new();
    };
    let pids = processes.flatten().filter_map(|entry| entry.file_name().to_str()?.parse().ok());
    pids.filter(|pid| parent_of(*pid) == Some(parent)).collect()
}

fn parent_of(pid: u32) -> Option<u32> {
    let stat = std::fs::read_to_string(PathBuf::from(format!("/proc/{pid}/stat"))).ok()?;
    // The name in brackets may hold anything; the state and the parent follow its end.
    stat.rsplit_once(") ")?.1.split(' ').nth(1)?.parse().ok()
}

fn signal(which: &str, pids: &[u32]) -> Result<(), BenchError> {
    let mut kill = Command::new("kill");
    kill.arg(which).args(pids.iter().map(u32::to_string)).stderr(Stdio::null());
    // A child may have ended by itself in between: that the first one is gone is what counts.
    kill.status().map(|_| ()).map_err(|_| BenchError::Process("the process could not be killed"))
}
