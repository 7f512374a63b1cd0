//! A PostgreSQL cluster of our own: private, on loopback, at its strongest.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::server::{Server, free_port};

pub(crate) struct Cluster {
    pub(crate) server: Server,
    programs: PathBuf,
}

impl Cluster {
    /// Makes one below `folder`. It refuses to run as root, who is user `postgres` for it.
    pub(crate) fn start(programs: &str, folder: &Path) -> Result<Self, String> {
        let programs = PathBuf::from(programs);
        let data = folder.join("postgres");
        std::fs::create_dir(&data).map_err(|error| error.to_string())?;
        if is_root() {
            // The way to its folder, too: temporary folders are their maker's alone.
            done(Command::new("chmod").arg("711").arg(folder))?;
            done(Command::new("chown").arg("postgres:").arg(&data))?;
        }
        let mut initdb = as_postgres(&programs.join("initdb"));
        initdb.args([
            "--auth=trust",
            "--encoding=UTF8",
            "--no-locale",
            "--username=postgres",
            "-D",
        ]);
        done(initdb.arg(&data))?;
        let address = free_port()?;
        let program = programs.join("postgres");
        let server = Server::start(address, move || {
            let mut postgres = as_postgres(&program);
            postgres.arg("-D").arg(&data).arg("-k").arg(&data);
            postgres.arg("-p").arg(address.port().to_string());
            for setting in [
                "listen_addresses=127.0.0.1",
                "fsync=on",
                "full_page_writes=on",
                "synchronous_commit=on",
                "max_connections=200",
                "shared_buffers=256MB",
                "max_wal_size=4GB",
            ] {
                postgres.args(["-c", setting]);
            }
            postgres
        })?;
        Ok(Self { server, programs })
    }

    pub(crate) fn url(&self, database: &str) -> String {
        format!("postgres://postgres@{}/{database}", self.server.address)
    }

    /// Makes a database.
    pub(crate) fn create(&self, database: &str) -> Result<(), String> {
        self.sql("postgres", &format!("CREATE DATABASE {database}"))
    }

    pub(crate) fn sql(&self, database: &str, sql: &str) -> Result<(), String> {
        let mut psql = Command::new(self.programs.join("psql"));
        psql.args(["-q", "-v", "ON_ERROR_STOP=1", "-d", &self.url(database), "-c", sql]);
        // It listens before it lets anybody in.
        for _ in 0..200 {
            match done(&mut psql) {
                Err(said) if said.contains("starting up") => {
                    std::thread::sleep(std::time::Duration::from_millis(20));
                }
                other => return other,
            }
        }
        Err("the cluster does not start up".to_owned())
    }

    /// Runs many statements.
    pub(crate) fn script(&self, database: &str, script: &[u8]) -> Result<(), String> {
        let file = tempfile::NamedTempFile::new().map_err(|error| error.to_string())?;
        std::fs::write(file.path(), script).map_err(|error| error.to_string())?;
        let mut psql = Command::new(self.programs.join("psql"));
        psql.args(["-q", "-v", "ON_ERROR_STOP=1", "-d", &self.url(database), "-f"]);
        done(psql.arg(file.path()))
    }

    pub(crate) fn program(&self, name: &str) -> Command {
        Command::new(self.programs.join(name))
    }
}

fn is_root() -> bool {
    Command::new("id").arg("-u").output().is_ok_and(|id| id.stdout.trim_ascii() == b"0")
}

/// `setpriv` becomes what it starts, so that the process's id is the server's.
fn as_postgres(program: &Path) -> Command {
    if !is_root() {
        return Command::new(program);
    }
    let mut command = Command::new("setpriv");
    command.args(["--reuid=postgres", "--regid=postgres", "--init-groups"]).arg(program);
    command
}

fn done(command: &mut Command) -> Result<(), String> {
    let finished = command.stdin(Stdio::null()).output();
    let finished = finished.map_err(|error| format!("{command:?}: {error}"))?;
    if finished.status.success() {
        return Ok(());
    }
    Err(format!("{command:?}: {}", String::from_utf8_lossy(&finished.stderr)))
}
