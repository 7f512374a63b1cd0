//! `cargo xtask bench-peers`: the relay and its peers by turns (tools/peers).
//!
//! What it is given goes on to the program: `--rounds 9 --seconds 4 --lanes 1024 --clients 64`,
//! `--only redis,nats`, `--folder DIR` for another disk than that of temporary files.

use std::process::ExitCode;

use crate::{child, place, tool};

const PROFILE: &str = "release";

/// Builds both sides, brings the peers, and lets the program print its table.
pub(crate) fn run(options: &[&str]) -> ExitCode {
    match compare(options) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(problem) => {
            eprintln!("{}", problem.trim_end());
            ExitCode::FAILURE
        }
    }
}

fn compare(options: &[&str]) -> Result<bool, String> {
    let peers = tool::peers()?;
    let manifest = place::root().join("tools/peers/Cargo.toml");
    let mut attune = child::cargo(&["build", "--package", "attune-cli", "--profile", PROFILE]);
    let mut program = child::cargo(&["build", "--locked", "--profile", PROFILE]);
    program.arg("--manifest-path").arg(&manifest);
    for command in [&mut attune, &mut program] {
        let built = child::finish(command);
        if !built.success {
            return Err(built.output);
        }
    }
    let built = place::target().join(PROFILE);
    let mut command = std::process::Command::new(built.join("attune-peers"));
    command.arg("--attune").arg(built.join("attune")).args(options);
    command.arg("--nats").arg(&peers.nats).arg("--postgres").arg(&peers.postgres);
    if let Some(nostr) = &peers.nostr {
        command.arg("--nostr").arg(nostr);
    }
    let status = command.status().map_err(|error| format!("{command:?}: {error}"))?;
    Ok(status.success())
}
