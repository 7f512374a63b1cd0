//! One command for what CI runs: `cargo xtask test`, `cargo xtask bench`.
//!
//! Standard library only, so that it builds in seconds before anything else does.

mod android;
mod bench;
mod bench_peers;
mod browser;
mod check_followup;
mod child;
mod conformance;
mod copy;
mod counts;
mod demo;
mod generate;
mod ios;
mod json;
mod languages;
mod library;
mod package;
mod place;
mod policy;
mod reports;
mod rust_tests;
mod scratch;
mod size;
mod suite;
mod tool;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use conformance::Language;
use rust_tests::Tests;
use suite::Suite;

const HELP: &str = "\
What CI runs, on this machine.

cargo xtask test [SUITE...] [--kills N]   all suites, or those named
cargo xtask bench [ratios|facade]         the benches, with their tables; the facade from each language
cargo xtask bench-peers [OPTION...]       the relay beside Redis, NATS, mosquitto, a Nostr relay and pgbench
cargo xtask generate kotlin|swift [DIR]   what UniFFI writes for a language, into its package or DIR
cargo xtask screenshots [--accept]        draws the Android app's screens and compares; --accept keeps them
cargo xtask size                          the library as phones get it: bytes, and what takes them
cargo xtask package kotlin [DIR]          jars, sources, the library for tests on Linux, pages
cargo xtask package apk [DIR]             a debug APK of the app as Linux builds it, without the core's library
cargo xtask package android|ios [--check] [--url ADDRESS] [DIR]
                                          what apps take up; not run yet on a machine that can.
                                          --check writes the layout with stand-ins and prints the commands
cargo xtask copy [--check]                the phones' texts, from copy/: written, or what is not current
cargo xtask check-followup FILE [--json]  what the burden check finds in a list of labelled sentences
cargo xtask help                          this

Suites, in the order in which they run:
";

const AFTER: &str = "
--kills N   how often the kill suite kills a process (standard: 200)

Each suite ends with one line, `SUITE: N passed, N failed`, in which N counts what really ran. A suite
in which nothing ran has failed. What a suite misses is set up, or the one command that does it is
named and the suite fails. Build files go to CARGO_TARGET_DIR, or else to the user's cache folder.
ATTUNE_FFI_PROFILE is the cargo profile of the library that Kotlin and Swift load (standard: dev).
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["test", rest @ ..] => match Request::parse(rest) {
            Ok(request) => test(&request),
            Err(problem) => {
                eprintln!("{problem}\n\n{}", help());
                ExitCode::from(2)
            }
        },
        ["bench"] => bench::run(true, true),
        ["bench", "ratios"] => bench::run(true, false),
        ["bench", "facade"] => bench::run(false, true),
        ["bench-peers", options @ ..] => bench_peers::run(options),
        ["screenshots"] => android::screenshots(false),
        ["screenshots", "--accept"] => android::screenshots(true),
        ["size"] => size::run(),
        ["package", rest @ ..] => match package::Request::parse(rest) {
            Ok(request) => request.run(),
            Err(problem) => {
                eprintln!("{problem}\n\n{}", help());
                ExitCode::from(2)
            }
        },
        ["copy"] => copy::run(false),
        ["copy", "--check"] => copy::run(true),
        ["check-followup", file] => check_followup::run(Path::new(file), false),
        ["check-followup", file, "--json"] | ["check-followup", "--json", file] => {
            check_followup::run(Path::new(file), true)
        }
        ["generate", language, folder @ ..] if folder.len() < 2 => generate(language, folder),
        [] | ["help" | "--help" | "-h"] => {
            print!("{}", help());
            ExitCode::SUCCESS
        }
        other => {
            eprintln!("There is no `cargo xtask {}`.\n\n{}", other.join(" "), help());
            ExitCode::from(2)
        }
    }
}

/// What `cargo xtask test` was asked for.
#[derive(Debug, PartialEq, Eq)]
struct Request {
    suites: Vec<Suite>,
    kills: u32,
}

impl Request {
    fn parse(words: &[&str]) -> Result<Self, String> {
        let mut suites = Vec::new();
        let mut kills = 200;
        let mut words = words.iter();
        while let Some(word) = words.next() {
            if *word == "--kills" {
                let number = words.next().and_then(|number| number.parse().ok());
                kills = number
                    .filter(|number| *number > 0)
                    .ok_or("--kills needs a number from 1 on")?;
            } else {
                suites.push(Suite::named(word).ok_or(format!("There is no suite `{word}`."))?);
            }
        }
        if suites.is_empty() {
            suites.extend(Suite::ALL);
        }
        Ok(Self { suites, kills })
    }
}

fn test(request: &Request) -> ExitCode {
    let all = request.suites == Suite::ALL;
    let tests = if all { Tests::of_all() } else { Tests::of_each() };
    // Compilers and tests of the phones' languages are busy with one core for most of their time: they go beside the others.
    let (beside, others): (Vec<Suite>, Vec<Suite>) =
        request.suites.iter().partition(|suite| suite.is_of_a_phone());
    let total = std::thread::scope(|scope| {
        let phones = scope.spawn(|| in_turn(&beside, request.kills, &tests));
        let mut total = in_turn(&others, request.kills, &tests);
        let more = phones.join();
        total += more.unwrap_or(counts::Counts::one(false));
        total
    });
    println!("total: {total}");
    if total.failed == 0 && total.passed > 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Runs suites one after the other, and says what each came to.
fn in_turn(suites: &[Suite], kills: u32, tests: &Tests) -> counts::Counts {
    let mut total = counts::Counts::default();
    for suite in suites {
        eprintln!("{}: running", suite.name());
        let began = Instant::now();
        let outcome = suite.run(kills, tests);
        let line = format!("{}: {}", suite.name(), outcome.counts);
        // In one piece, whatever else is printed meanwhile.
        if outcome.counts.failed > 0 {
            println!("{}\n{line}", outcome.output.trim_end());
        } else {
            println!("{line}");
        }
        eprintln!("{}: took {} s", suite.name(), began.elapsed().as_secs());
        total += outcome.counts;
    }
    total
}

fn generate(language: &str, folder: &[&str]) -> ExitCode {
    let Some(language) = Language::ALL.into_iter().find(|known| known.word() == language) else {
        eprintln!("There is no package in {language}.\n\n{}", help());
        return ExitCode::from(2);
    };
    // As seen from where the command was given, not from the checkout.
    let folder = folder.first().map(PathBuf::from);
    match generate::run(language, &folder.unwrap_or_else(|| generate::standard_folder(language))) {
        Ok(files) => {
            files.iter().for_each(|file| println!("{}", file.display()));
            ExitCode::SUCCESS
        }
        Err(output) => {
            eprintln!("{}", output.trim_end());
            ExitCode::FAILURE
        }
    }
}

fn help() -> String {
    let suites: String = Suite::ALL
        .iter()
        .map(|suite| format!("  {:<8}{}\n", suite.name(), suite.about()))
        .collect();
    format!("{HELP}{suites}{AFTER}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_names_all_suites_run() {
        let request = Request::parse(&[]).unwrap();
        assert_eq!(request, Request { suites: Suite::ALL.to_vec(), kills: 200 });
    }

    #[test]
    fn named_suites_run_in_the_order_given() {
        let request = Request::parse(&["kill", "--kills", "5000", "fmt"]).unwrap();
        assert_eq!(request, Request { suites: vec![Suite::Kill, Suite::Fmt], kills: 5000 });
    }

    #[test]
    fn an_unknown_suite_or_number_is_an_error() {
        for words in [&["nothing"][..], &["--kills"], &["--kills", "0"], &["--kills", "many"]] {
            assert!(Request::parse(words).is_err(), "{words:?}");
        }
    }
}
