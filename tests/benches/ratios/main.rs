//! What Attune adds to what it stands on, as ratios taken in one run: `cargo xtask bench`, or
//! `cargo bench -p attune-tests --bench ratios -- flag share` for some of them. What the lines mean, and figures:
//! `docs/performance.md`.
//!
//! The harness is ours and short, because a ratio needs the one thing that the usual ones do not
//! do: floor and subject take turns, call by call, in one process, on one disk. Whatever else the
//! machine is doing then meets both, and the ratio stands where times alone would not. A floor uses
//! the engine, settings, schema and row of the vault, and nothing of the core.
//!
//! It measures and does not judge: a goal that is missed is printed as `over`, and the exit status
//! stays 0, since another program's load must fail no check.

mod bare;
mod harness;
mod paired;
mod relay;
mod share;
mod sync;
mod vault;
#[path = "../../../core/tests/world/mod.rs"]
mod world;

use harness::{Outcome, Report};

type Bench = fn(&mut Report) -> Outcome;

/// In this order: SQLCipher's memory wiping can be turned on but never off in a process. A relay runs
/// without it, and the opening of a vault is also measured against one without it.
const BENCHES: [(&str, Bench); 7] = [
    ("relay", relay::puts),
    ("open", vault::open),
    ("flag", vault::flag),
    ("newest", vault::newest),
    ("writes", vault::writes),
    ("share", share::share),
    ("sync", sync::idle),
];

fn main() -> Outcome {
    // Not the system's temporary folder, which may lie in memory: commits must reach a disk.
    let folder = env!("CARGO_TARGET_TMPDIR");
    std::fs::create_dir_all(folder)?;
    tempfile::env::override_temp_dir(folder.as_ref()).map_err(|_| "the folder was set before")?;

    let wanted: Vec<String> =
        std::env::args().skip(1).filter(|word| !word.starts_with("--")).collect();
    if let Some(word) = wanted.iter().find(|word| BENCHES.iter().all(|(name, _)| name != word)) {
        let names: Vec<&str> = BENCHES.iter().map(|(name, _)| *name).collect();
        return Err(format!("there is no `{word}`, only {}", names.join(", ")).into());
    }
    let mut report = Report::begin();
    for (name, bench) in BENCHES {
        if wanted.is_empty() || wanted.iter().any(|word| word == name) {
            bench(&mut report)?;
        }
    }
    Ok(())
}
