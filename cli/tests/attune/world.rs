//! Folders, a relay, and the program run in them.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Mutex;

use attune_relay::{Config, Relay, Running};
use serde_json::Value;
use tempfile::TempDir;

pub(crate) const PASSPHRASE: &str = "four words of mine";
/// A Monday morning in March, two hours east of UTC.
pub(crate) const MONDAY: &str = "2026-03-02T09:30:00+02:00";

/// A folder for everything, a relay, and what was printed so far.
pub(crate) struct World {
    folder: TempDir,
    relay: Option<Running>,
    /// The fields that each command has printed.
    pub(crate) printed: Mutex<BTreeMap<String, BTreeSet<String>>>,
}

/// How one run ended.
pub(crate) struct Ran {
    pub(crate) status: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl World {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let relay = Relay::start(Config::trial(folder.path().join("relay.db"))).unwrap();
        Self { folder, relay: Some(relay), printed: Mutex::default() }
    }

    /// The relay's address.
    pub(crate) fn relay(&self) -> String {
        self.relay.as_ref().unwrap().origin.clone()
    }

    pub(crate) fn stop_relay(&mut self) {
        self.relay.take().unwrap().stop().unwrap();
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// One command of a party, as a script runs it.
    pub(crate) fn party<'a>(&'a self, side: &'a str, data: &str) -> Party<'a> {
        Party { world: self, side, data: self.path(data), now: MONDAY.to_owned() }
    }

    /// The program with nothing of this machine's settings in its environment.
    pub(crate) fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_attune"));
        command.env_clear().env("HOME", self.path("home")).env("ATTUNE_NOW", MONDAY);
        command
    }

    fn note(&self, command: String, document: &Value) {
        let mut fields = BTreeSet::new();
        collect(document, &mut fields);
        self.printed.lock().unwrap().entry(command).or_default().extend(fields);
    }
}

/// Every field of a document, at any depth.
fn collect(value: &Value, fields: &mut BTreeSet<String>) {
    match value {
        Value::Object(object) => {
            for (name, value) in object {
                fields.insert(name.clone());
                collect(value, fields);
            }
        }
        Value::Array(values) => values.iter().for_each(|value| collect(value, fields)),
        _ => {}
    }
}

/// A phone or a desk in a folder of its own.
pub(crate) struct Party<'a> {
    world: &'a World,
    side: &'a str,
    pub(crate) data: PathBuf,
    now: String,
}

impl Party<'_> {
    /// Goes to another day.
    pub(crate) fn at(&mut self, now: &str) {
        now.clone_into(&mut self.now);
    }

    /// Runs a command that works, and gives its document.
    pub(crate) fn run(&self, arguments: &[&str]) -> Value {
        self.run_with(arguments, "")
    }

    /// The same, with something on its standard input.
    pub(crate) fn run_with(&self, arguments: &[&str], input: &str) -> Value {
        let ran = self.try_with(arguments, input);
        assert_eq!(ran.status, 0, "{arguments:?}: {}", ran.err);
        assert_eq!(ran.err, "", "{arguments:?}");
        self.document(arguments, &ran.out)
    }

    /// Runs a command that fails, and gives its exit status and the error's name.
    pub(crate) fn fail(&self, arguments: &[&str]) -> (i32, String) {
        self.fail_with(arguments, "")
    }

    /// The same, with something on its standard input.
    pub(crate) fn fail_with(&self, arguments: &[&str], input: &str) -> (i32, String) {
        let ran = self.try_with(arguments, input);
        let error: Value = serde_json::from_str(&ran.err)
            .unwrap_or_else(|_| panic!("{arguments:?}: {} {}", ran.status, ran.err));
        let says = error["says"].as_str().unwrap();
        assert!(says.len() > 10, "{arguments:?}: {says}");
        assert_eq!(ran.err.lines().count(), 1);
        if !ran.out.is_empty() {
            // What was done is told before what failed.
            self.document(arguments, &ran.out);
        }
        (ran.status, error["error"].as_str().unwrap().to_owned())
    }

    /// Runs a command with `--json`.
    pub(crate) fn try_with(&self, arguments: &[&str], input: &str) -> Ran {
        let mut command = self.command(arguments);
        command.arg("--json");
        run(&mut command, input)
    }

    /// Runs a command for a person, and gives what it printed.
    pub(crate) fn read(&self, arguments: &[&str]) -> String {
        let ran = run(&mut self.command(arguments), "");
        assert_eq!(ran.status, 0, "{arguments:?}: {}", ran.err);
        assert_eq!(ran.err, "", "{arguments:?}");
        ran.out
    }

    /// The command with this party's folder and passphrase.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = self.world.command();
        command.arg(self.side).args(arguments).arg("--data").arg(&self.data);
        command.env("ATTUNE_PASSPHRASE", PASSPHRASE).env("ATTUNE_NOW", &self.now);
        command
    }

    fn document(&self, arguments: &[&str], out: &str) -> Value {
        assert_eq!(out.lines().count(), 1, "{arguments:?}: {out}");
        let document: Value = serde_json::from_str(out).unwrap();
        assert!(document.is_object());
        self.world.note(format!("attune {} {}", self.side, arguments[0]), &document);
        document
    }
}

/// Runs a command to its end.
pub(crate) fn run(command: &mut Command, input: &str) -> Ran {
    let command = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    // One that reads no input may have ended already.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    let output = child.wait_with_output().unwrap();
    Ran {
        status: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

/// A document's field as text.
pub(crate) fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_else(|| panic!("not a text: {value}"))
}
