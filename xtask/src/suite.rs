//! The suites: what each one runs, and how its checks are counted.

use crate::conformance::Language;
use crate::counts::Counts;
use crate::rust_tests::Tests;
use crate::{android, browser, child, demo, ios, languages, place, policy, tool};

/// Workspaces of their own, which no `--workspace` reaches.
const APART: [&str; 2] = ["tools/peers/Cargo.toml", "wire/fuzz/Cargo.toml"];

/// One named group of checks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Suite {
    Fmt,
    Policy,
    Clippy,
    Docs,
    Deny,
    Xtask,
    Cipher,
    Wire,
    Core,
    Burden,
    Relay,
    Copy,
    Desk,
    Cli,
    Bindings,
    Kotlin,
    Android,
    Swift,
    Ios,
    Story,
    Kill,
    Demo,
    Browser,
}

/// What a suite came to.
pub(crate) struct Outcome {
    pub(crate) counts: Counts,
    /// Shown whole when the suite failed.
    pub(crate) output: String,
}

impl Suite {
    /// Every suite, the quick ones first.
    pub(crate) const ALL: [Self; 23] = [
        Self::Fmt,
        Self::Policy,
        Self::Clippy,
        Self::Docs,
        Self::Deny,
        Self::Xtask,
        Self::Cipher,
        Self::Wire,
        Self::Core,
        Self::Burden,
        Self::Relay,
        Self::Copy,
        Self::Desk,
        Self::Cli,
        Self::Bindings,
        Self::Kotlin,
        Self::Android,
        Self::Swift,
        Self::Ios,
        Self::Story,
        Self::Kill,
        Self::Demo,
        Self::Browser,
    ];

    /// The name on the command line.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Fmt => "fmt",
            Self::Policy => "policy",
            Self::Clippy => "clippy",
            Self::Docs => "docs",
            Self::Deny => "deny",
            Self::Xtask => "xtask",
            Self::Cipher => "cipher",
            Self::Wire => "wire",
            Self::Core => "core",
            Self::Burden => "burden",
            Self::Relay => "relay",
            Self::Copy => "copy",
            Self::Desk => "desk",
            Self::Cli => "cli",
            Self::Bindings => "bindings",
            Self::Kotlin => "kotlin",
            Self::Android => "android",
            Self::Swift => "swift",
            Self::Ios => "ios",
            Self::Story => "story",
            Self::Kill => "kill",
            Self::Demo => "demo",
            Self::Browser => "browser",
        }
    }

    /// Whether it is in a phone's language: by its own compiler, with a library and programs of cargo's at most.
    pub(crate) const fn is_of_a_phone(self) -> bool {
        matches!(self, Self::Kotlin | Self::Android | Self::Swift | Self::Ios)
    }

    /// One line for the help.
    pub(crate) const fn about(self) -> &'static str {
        match self {
            Self::Fmt => "the formatting",
            Self::Policy => "rules over the whole tree: lengths, arrows, invariants, words",
            Self::Clippy => "lints, with warnings as errors",
            Self::Docs => "the documentation builds without a warning",
            Self::Deny => "licences, bans and sources of every dependency (not advisories)",
            Self::Xtask => "tests of this command",
            Self::Cipher => "tests of attune-cipher",
            Self::Wire => "tests of attune-wire",
            Self::Core => "tests of attune-core",
            Self::Burden => {
                "tests of attune-reader, and of attune-burden, which trains and judges the check"
            }
            Self::Relay => {
                "tests of attune-relay, on SQLite and on PostgreSQL, and of the load tool"
            }
            Self::Copy => "tests of attune-copy",
            Self::Desk => "tests of attune-desk: its pages over real sockets",
            Self::Cli => "tests of attune-cli",
            Self::Bindings => "tests of attune-bindings, in Rust",
            Self::Kotlin => "the Kotlin package on the JVM, with a real relay and desk",
            Self::Android => "the Android app, by Robolectric, with a real relay and desk",
            Self::Swift => "the Swift package, with a real relay and desk",
            Self::Ios => "the iPhone app's models and views on Linux, with a real relay and desk",
            Self::Story => "relay, desks and phone together, vectors, faults",
            Self::Kill => "processes killed at random points",
            Self::Demo => "every line of the demo is checked true",
            Self::Browser => "the desk's pages in real Chromium, with a phone beside",
        }
    }

    /// The suite of that name.
    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|suite| suite.name() == name)
    }

    /// Runs it to its end.
    pub(crate) fn run(self, kills: u32, tests: &Tests) -> Outcome {
        match self {
            Self::Fmt => after(tool::component("rustfmt", &["fmt", "--version"]), || {
                let mut outcome = check(&["fmt", "--all", "--check"], &[]);
                for apart in APART {
                    let also = check(&["fmt", "--check", "--manifest-path", apart], &[]);
                    outcome.counts += also.counts;
                    outcome.output.push_str(&also.output);
                }
                outcome
            }),
            Self::Clippy => after(tool::component("clippy", &["clippy", "--version"]), || {
                let lints = ["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"];
                check(&lints, &[])
            }),
            Self::Docs => {
                let flags = [("RUSTDOCFLAGS", "-D warnings")];
                let mut outcome = check(&["doc", "--workspace", "--no-deps"], &flags);
                if let Some(examples) = tests.examples() {
                    outcome.counts += examples.counts;
                    outcome.output.push_str(&examples.output);
                }
                outcome
            }
            Self::Deny => deny(),
            Self::Policy => {
                let mut outcome = policy::run();
                let words = tests.run("attune-tests", &["words".to_owned()], &[]);
                outcome.counts += words.counts;
                if words.counts.failed > 0 {
                    outcome.output.push_str(&words.output);
                }
                outcome
            }
            Self::Xtask => tests.run("xtask", &[], &[]),
            Self::Cipher => tests.run("attune-cipher", &[], &[]),
            Self::Wire => tests.run("attune-wire", &[], &[]),
            Self::Core => tests.run("attune-core", &[], &[]),
            Self::Burden => {
                let mut outcome = tests.run("attune-burden", &[], &[]);
                let reader = tests.run("attune-reader", &[], &[]);
                outcome.counts += reader.counts;
                outcome.output.push_str(&reader.output);
                outcome
            }
            Self::Relay => after(tool::postgres(), || {
                let mut outcome = tests.run("attune-relay", &[], &[]);
                let load = tests.run("attune-load", &[], &[]);
                outcome.counts += load.counts;
                outcome.output.push_str(&load.output);
                outcome
            }),
            Self::Copy => tests.run("attune-copy", &[], &[]),
            Self::Desk => tests.run("attune-desk", &[], &[]),
            Self::Cli => after(tool::postgres(), || tests.run("attune-cli", &[], &[])),
            Self::Bindings => tests.run("attune-bindings", &[], &[]),
            Self::Kotlin => languages::run(Language::Kotlin, tests),
            Self::Android => android::run(tests),
            Self::Swift => languages::run(Language::Swift, tests),
            Self::Ios => ios::run(tests),
            Self::Story => with_servers(tests, |attune| {
                let stories = test_files(|name| !is_kill(name) && name != "words");
                story(tests, &stories, &[("ATTUNE_BIN", attune)])
            }),
            Self::Kill => with_servers(tests, |attune| {
                let kills = kills.to_string();
                let variables = [("ATTUNE_BIN", attune), ("ATTUNE_KILLS", kills.as_str())];
                story(tests, &test_files(is_kill), &variables)
            }),
            Self::Demo => with_attune(tests, |attune| demo::run(attune.as_ref())),
            Self::Browser => browser::run(tests),
        }
    }
}

/// The test files of attune-tests, by name without `.rs`, in order.
fn test_files(wanted: impl Fn(&str) -> bool) -> Vec<String> {
    let folder = place::root().join("tests/tests");
    let Ok(entries) = std::fs::read_dir(folder) else {
        return Vec::new();
    };
    let mut names: Vec<String> = entries
        .flatten()
        .filter_map(|entry| {
            let path = entry.path();
            let name = path.file_stem()?.to_str()?.to_owned();
            let is_test =
                path.extension().is_some_and(|end| end == "rs") || path.join("main.rs").is_file();
            (is_test && wanted(&name)).then_some(name)
        })
        .collect();
    names.sort();
    names
}

fn is_kill(name: &str) -> bool {
    name.starts_with("kill")
}

/// Test files of attune-tests. Without one named, all would run.
fn story(tests: &Tests, files: &[String], variables: &[(&str, &str)]) -> Outcome {
    if files.is_empty() {
        let output = "tests/tests has no file for this suite\n".to_owned();
        return Outcome { counts: Counts::one(false), output };
    }
    tests.run("attune-tests", files, variables)
}

/// One cargo call that is one check.
fn check(arguments: &[&str], variables: &[(&str, &str)]) -> Outcome {
    let mut command = child::cargo(arguments);
    command.envs(variables.iter().copied());
    let finished = child::finish(&mut command);
    Outcome { counts: Counts::one(finished.success), output: finished.output }
}

fn deny() -> Outcome {
    let program = match tool::cargo_deny() {
        Ok(program) => program,
        Err(problem) => {
            return Outcome { counts: Counts::one(false), output: problem };
        }
    };
    let mut command = std::process::Command::new(program);
    command.args(["--workspace", "check", "licenses", "bans", "sources"]);
    command.current_dir(place::root()).env("CARGO_TERM_COLOR", "never");
    let finished = child::finish(&mut command);
    Outcome { counts: Counts::one(finished.success), output: finished.output }
}

/// As [`with_attune`], with PostgreSQL beside.
fn with_servers(tests: &Tests, run: impl FnOnce(&str) -> Outcome) -> Outcome {
    after(tool::postgres(), || with_attune(tests, run))
}

/// Builds `attune` first: the tests that start it are not in its package.
fn with_attune(tests: &Tests, run: impl FnOnce(&str) -> Outcome) -> Outcome {
    let program = tests
        .attune()
        .and_then(|path| path.to_str().map(str::to_owned).ok_or("a path that is no text\n".into()));
    match program {
        Ok(program) => run(&program),
        Err(output) => Outcome { counts: Counts::one(false), output },
    }
}

fn after(ready: Result<(), String>, run: impl FnOnce() -> Outcome) -> Outcome {
    match ready {
        Ok(()) => run(),
        Err(problem) => Outcome { counts: Counts::one(false), output: problem },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_suite_is_found_by_its_name() {
        for suite in Suite::ALL {
            assert_eq!(Suite::named(suite.name()), Some(suite));
        }
        assert_eq!(Suite::named("Fmt"), None);
    }

    #[test]
    fn the_words_file_is_a_test_file_of_the_tree() {
        assert_eq!(test_files(|name| name == "words"), ["words"]);
    }
}
