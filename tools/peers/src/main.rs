//! `attune-peers`: the relay and its peers by turns, on one machine, in one run; then each is killed in
//! the middle of the load. Called by `cargo xtask bench-peers`, which brings the programs.
//!
//! ```text
//! attune-peers --attune PROGRAM [--nats PROGRAM] [--nostr PROGRAM] [--postgres FOLDER]
//!              [--lanes N] [--clients N] [--seconds N] [--rate N] [--rounds N] [--only NAME,...]
//! ```
//!
//! Each stands at the strongest durability that it can be set to. Nobody asks ahead of an
//! acknowledgement.

mod floor;
mod peers;
mod pgbench;
mod postgres;
mod server;
mod subject;
mod table;
mod target;

use std::process::ExitCode;

use subject::Load;
use table::Table;

/// The command line.
pub(crate) struct Options {
    words: Vec<String>,
}

impl Options {
    fn of(&self, name: &str) -> Option<&str> {
        let at = self.words.iter().position(|word| word.strip_prefix("--") == Some(name))?;
        self.words.get(at + 1).map(String::as_str)
    }

    fn number(&self, name: &str, usual: f64) -> Result<f64, String> {
        let Some(text) = self.of(name) else {
            return Ok(usual);
        };
        let number = text.parse().ok().filter(|number: &f64| number.is_finite() && *number > 0.0);
        number.ok_or(format!("--{name} is a number above 0"))
    }

    fn wants(&self, name: &str) -> bool {
        self.of("only").is_none_or(|only| only.split(',').any(|wanted| name.starts_with(wanted)))
    }
}

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let done = match &words[..] {
        [word, address] if word == floor::WORD => floor::serve(address),
        _ => compare(&Options { words }),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("{problem}");
            ExitCode::FAILURE
        }
    }
}

fn compare(options: &Options) -> Result<(), String> {
    let load = Load {
        lanes: options.number("lanes", 1_024.0)? as u32,
        clients: options.number("clients", 64.0)? as u32,
        seconds: options.number("seconds", 4.0)?,
        rate: options.number("rate", 500.0)?,
    };
    let rounds = options.number("rounds", 5.0)? as usize;
    let folder = match options.of("folder") {
        Some(folder) => tempfile::tempdir_in(folder),
        None => tempfile::tempdir(),
    };
    let folder = folder.map_err(|error| format!("no temporary folder: {error}"))?;
    let mut subjects = peers::start(options, folder.path(), &load)?;
    let mut table = Table::new(subjects.iter().map(|subject| subject.name().to_owned()).collect());
    for round in 1..=rounds {
        for (at, subject) in subjects.iter_mut().enumerate() {
            let turn = subject.turn(&load);
            match &turn {
                Ok(figures) => {
                    let rate = figures.puts_per_second;
                    eprintln!("round {round} of {rounds}: {} {rate:.0} PUT/s", subject.name());
                }
                Err(problem) => eprintln!("round {round} of {rounds}: {problem}"),
            }
            table.add(at, turn.ok());
        }
    }
    for (at, subject) in subjects.iter_mut().enumerate() {
        match subject.kill(&load) {
            Ok(verdict) => table.killed(at, verdict),
            Err(problem) => eprintln!("killed: {problem}"),
        }
    }
    println!("{}", table.text(&load));
    if let Some(ratio) = table.ratio(peers::ON_POSTGRES, pgbench::NAME) {
        println!("{ratio}");
    }
    Ok(())
}
