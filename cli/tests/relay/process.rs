//! `attune relay serve` in a process of its own, whose log is heard line by line.

use std::io::{BufRead as _, BufReader, Read as _};
use std::net::{SocketAddr, TcpListener};
use std::os::fd::OwnedFd;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};

use rustix::process::{Pid, Signal, kill_process};

/// All that a relay ever logs, without time and level. Whole lines: no address and no lane fits in.
const LINES: [&str; 6] = [
    "started",
    "stopped",
    "sweep done",
    "certificate read anew",
    "the old certificate stays in use error=the TLS key does not belong to the certificate",
    "the old certificate stays in use error=the TLS certificate's file cannot be read: entity not \
     found",
];

/// A relay at work. Dropped, it is killed.
pub(crate) struct Served {
    child: Child,
    /// Kept open: what it prints has to go somewhere.
    _out: BufReader<ChildStdout>,
    log: Receiver<String>,
    heard: Vec<String>,
    /// What it said it listens on.
    pub(crate) listening: String,
    pub(crate) address: SocketAddr,
}

/// The program with nothing of this machine's settings in its environment.
pub(crate) fn attune(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_attune"));
    command.env_clear().args(arguments);
    command
}

impl Served {
    /// Starts one and waits until it listens.
    pub(crate) fn start(arguments: &[&str]) -> Self {
        let mut command = attune(&["relay", "serve"]);
        command.args(arguments).stdin(Stdio::null());
        Self::run(command)
    }

    /// Starts one on a socket that it is handed over, as systemd does: as the third open file, with
    /// two variables that tell of it.
    pub(crate) fn start_on(socket: &TcpListener, arguments: &[&str]) -> Self {
        let script = "exec 3<&0 </dev/null; export LISTEN_FDS=1 LISTEN_PID=$$; exec \"$0\" \"$@\"";
        let mut command = Command::new("/bin/sh");
        command.env_clear().args(["-c", script, env!("CARGO_BIN_EXE_attune"), "relay", "serve"]);
        command.args(arguments).stdin(OwnedFd::from(socket.try_clone().unwrap()));
        Self::run(command)
    }

    fn run(mut command: Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let errors = BufReader::new(child.stderr.take().unwrap());
        let (say, log) = channel();
        std::thread::spawn(move || {
            errors
                .lines()
                .map_while(Result::ok)
                .take_while(|line| say.send(line.clone()).is_ok())
                .count()
        });
        let mut ready = String::new();
        out.read_line(&mut ready).unwrap();
        let Some(listening) = ready.trim_end().strip_prefix("listening on ") else {
            let _ = child.wait();
            panic!("{ready:?} {:?}", log.iter().collect::<Vec<_>>());
        };
        let listening = listening.to_owned();
        let (_, address) = listening.split_once("://").unwrap();
        let address = address.parse().unwrap();
        Self { child, _out: out, log, heard: Vec::new(), listening, address }
    }

    pub(crate) fn signal(&self, signal: Signal) {
        kill_process(Pid::from_child(&self.child), signal).unwrap();
    }

    /// Waits for a line of the log with these words.
    pub(crate) fn hear(&mut self, words: &str) {
        loop {
            let line = self.log.recv().unwrap_or_else(|_| panic!("{words}: {:?}", self.heard));
            let found = line.contains(words);
            self.heard.push(line);
            if found {
                return;
            }
        }
    }

    /// Waits until it has stopped, and looks at all that it has logged.
    pub(crate) fn end(mut self) {
        let status = self.child.wait().unwrap();
        self.heard.extend(self.log.iter());
        assert!(status.success(), "{status}: {:?}", self.heard);
        for line in &self.heard {
            let said =
                line.split_once("attune_relay::").and_then(|(_, rest)| rest.split_once(": "));
            let said = said.unwrap_or_else(|| panic!("not a line of the relay's: {line}")).1;
            assert!(LINES.contains(&said), "{line}");
        }
        assert!(self.heard.iter().any(|line| line.ends_with(": stopped")), "{:?}", self.heard);
    }

    /// Tells it to stop, and waits until it has.
    pub(crate) fn stop(self) {
        self.signal(Signal::TERM);
        self.end();
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Runs a command to its end: exit status, standard output, standard error.
pub(crate) fn ran(arguments: &[&str]) -> (i32, String, String) {
    let mut child = attune(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let (mut out, mut err) = (String::new(), String::new());
    child.stdout.take().unwrap().read_to_string(&mut out).unwrap();
    child.stderr.take().unwrap().read_to_string(&mut err).unwrap();
    (child.wait().unwrap().code().unwrap(), out, err)
}
