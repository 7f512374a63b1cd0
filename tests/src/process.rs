//! Parties as processes of their own, that say what they did and can be killed at any moment.

use std::ffi::OsStr;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread::JoinHandle;
use std::time::Duration;

use crate::dice::Dice;
use crate::place::{ORIGIN, database_in};

/// The variable that names the `attune` to start relays with; else a relay is started from here.
pub const ATTUNE: &str = "ATTUNE_BIN";
/// The variable that says how often to kill.
pub const KILLS: &str = "ATTUNE_KILLS";

/// How often to kill: what the variable says, or 200.
///
/// # Panics
/// When the variable holds no number.
#[must_use]
pub fn kills() -> u32 {
    std::env::var(KILLS).map_or(200, |text| text.parse().expect("a number of kills"))
}

/// The moment at which a process is killed: so long after it said so many lines.
#[derive(Debug, Clone, Copy)]
pub struct Aim {
    /// Lines that it must have said.
    pub lines: usize,
    /// The time after the last of them.
    pub delay: Duration,
}

impl Aim {
    /// At the start, while it opens, in the middle of an act, or as it says that one is done.
    pub fn draw(dice: &mut Dice) -> Self {
        let micros = Duration::from_micros;
        match dice.below(20) {
            0..3 => Self { lines: 0, delay: micros(dice.below(40_000)) },
            3..15 => {
                let lines = usize::try_from(dice.below(24)).unwrap_or(0) + 1;
                // Of every length alike: most acts are over within a millisecond or two.
                let most = 1 << dice.below(14);
                Self { lines, delay: micros(dice.below(most)) }
            }
            _ => {
                let lines = usize::try_from(dice.below(40)).unwrap_or(0) + 1;
                Self { lines, delay: Duration::ZERO }
            }
        }
    }
}

/// A process and all it said.
pub struct Process {
    child: Child,
    input: Option<ChildStdin>,
    heard: Vec<String>,
    lines: Receiver<String>,
    errors: JoinHandle<String>,
}

impl Process {
    /// Starts `program`.
    ///
    /// # Panics
    /// When it does not start.
    #[must_use]
    pub fn start(program: &Path, arguments: &[&OsStr], variables: &[(&str, &OsStr)]) -> Self {
        let mut child = Command::new(program)
            .args(arguments)
            .envs(variables.iter().copied())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let (say, lines) = channel();
        let mut output = BufReader::new(child.stdout.take().unwrap());
        std::thread::spawn(move || {
            let mut line = String::new();
            // A line without its end was cut off: nobody has heard it.
            while matches!(output.read_line(&mut line), Ok(1..)) && line.ends_with('\n') {
                let whole = line.trim_end().to_owned();
                line.clear();
                if say.send(whole).is_err() {
                    break;
                }
            }
        });
        let mut errors = child.stderr.take().unwrap();
        let errors = std::thread::spawn(move || {
            let mut text = String::new();
            let _ = errors.read_to_string(&mut text);
            text
        });
        Self { input: child.stdin.take(), child, heard: Vec::new(), lines, errors }
    }

    /// Waits until it has said `count` lines in all. False if it ended before.
    pub fn hear(&mut self, count: usize) -> bool {
        while self.heard.len() < count {
            match self.lines.recv() {
                Ok(line) => self.heard.push(line),
                Err(_) => return false,
            }
        }
        true
    }

    /// Waits for a line that starts so, and answers the rest of it.
    ///
    /// # Panics
    /// When it ends without having said so.
    pub fn await_line(&mut self, start: &str) -> String {
        loop {
            let Ok(line) = self.lines.recv() else {
                panic!("ended before {start:?}: {:?} {:?}", self.heard, self.child.wait())
            };
            self.heard.push(line.clone());
            if let Some(rest) = line.strip_prefix(start) {
                return rest.to_owned();
            }
        }
    }

    /// Says a line to it.
    ///
    /// # Panics
    /// When it does not listen.
    pub fn tell(&mut self, line: &str) {
        let input = self.input.as_mut().unwrap();
        writeln!(input, "{line}").and_then(|()| input.flush()).unwrap();
    }

    /// Kills it at that moment. All it said; `None` if it had come to its end by itself before.
    ///
    /// # Panics
    /// When it had failed: a process is only ever to be killed or to end well.
    pub fn kill_at(mut self, aim: Aim) -> (Vec<String>, bool) {
        self.hear(aim.lines);
        // The delay is the fault itself: nothing is waited for.
        std::thread::sleep(aim.delay);
        self.kill()
    }

    /// Kills it now. All it said, and whether the kill found it alive.
    ///
    /// # Panics
    /// As [`kill_at`](Self::kill_at).
    pub fn kill(mut self) -> (Vec<String>, bool) {
        // SIGKILL: nothing in the process can put it off.
        let _ = self.child.kill();
        let status = self.child.wait().unwrap();
        self.heard.extend(self.lines.iter());
        let errors = self.errors.join().unwrap();
        let killed = was_killed(status);
        assert!(killed || status.success(), "{status} after {:?}: {errors}", self.heard.last());
        (self.heard, killed)
    }

    /// Lets it come to its end. All it said.
    ///
    /// # Panics
    /// When it fails.
    pub fn finish(mut self) -> Vec<String> {
        drop(self.input.take());
        self.heard.extend(self.lines.iter());
        let status = self.child.wait().unwrap();
        let errors = self.errors.join().unwrap();
        assert!(status.success(), "{status} after {:?}: {errors}", self.heard.last());
        self.heard
    }
}

#[cfg(unix)]
fn was_killed(status: std::process::ExitStatus) -> bool {
    std::os::unix::process::ExitStatusExt::signal(&status) == Some(9)
}

#[cfg(not(unix))]
fn was_killed(status: std::process::ExitStatus) -> bool {
    !status.success()
}

/// A relay in a process of its own, at one address through all its lives.
pub struct RelayProcess {
    party: PathBuf,
    database: String,
    address: SocketAddr,
    process: Option<Process>,
}

impl RelayProcess {
    /// Starts one on the database in `folder`. `party` is this crate's program.
    ///
    /// # Panics
    /// When it does not start.
    #[must_use]
    pub fn start(party: &Path, folder: &Path) -> Self {
        Self::start_on(party, database_in(folder).to_str().expect("a path that is text"))
    }

    /// Starts one on a database: the path of a file, or the address of a server.
    ///
    /// # Panics
    /// When it does not start.
    #[must_use]
    pub fn start_on(party: &Path, database: &str) -> Self {
        let address = SocketAddr::from(([127, 0, 0, 1], 0));
        let (party, database) = (party.to_owned(), database.to_owned());
        let mut relay = Self { party, database, address, process: None };
        relay.go_on();
        relay
    }

    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Kills it.
    ///
    /// # Panics
    /// When it is not alive.
    pub fn kill(&mut self) {
        let (_, killed) = self.process.take().unwrap().kill();
        assert!(killed, "the relay ended by itself");
    }

    /// Starts it again, at the same address.
    ///
    /// # Panics
    /// When it does not start.
    pub fn go_on(&mut self) {
        let listen = self.address.to_string();
        let mut process = match std::env::var_os(ATTUNE) {
            Some(attune) => {
                let serve = ["relay", "serve", "--open", "--origin", ORIGIN, "--listen", &listen];
                let mut arguments: Vec<&OsStr> = serve.iter().map(OsStr::new).collect();
                arguments.extend(["--database", &self.database].map(OsStr::new));
                Process::start(Path::new(&attune), &arguments, &[])
            }
            None => {
                let arguments = ["relay", &self.database, &listen].map(OsStr::new);
                Process::start(&self.party, &arguments, &[])
            }
        };
        let said = process.await_line("listening on http://");
        self.address = said.parse().unwrap();
        self.process = Some(process);
    }
}

impl Drop for RelayProcess {
    fn drop(&mut self) {
        if let Some(mut process) = self.process.take() {
            let _ = process.child.kill();
            let _ = process.child.wait();
        }
    }
}
