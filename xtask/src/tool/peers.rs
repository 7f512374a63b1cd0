//! What the relay is compared with: from Debian, from the Go module proxy and from crates.io.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::{install, may_install};
use crate::{child, place};

const NATS: &str = "github.com/nats-io/nats-server/v2@v2.15.2";
const NOSTR: (&str, &str) = ("nostr-rs-relay", "0.8.12");
/// Programs, and Debian's packages of them; the last one is for building the Nostr relay.
const DEBIAN: [(&str, &str); 3] =
    [("mosquitto", "mosquitto"), ("redis-server", "redis-server"), ("protoc", "protobuf-compiler")];

/// The programs that are not called by their names.
#[derive(Debug)]
pub(crate) struct Peers {
    pub(crate) nats: PathBuf,
    /// `None` where it does not build: then it is left out, and that is said.
    pub(crate) nostr: Option<PathBuf>,
    /// The folder of PostgreSQL's programs.
    pub(crate) postgres: PathBuf,
}

/// Makes sure that they are there; installs them where that is allowed.
///
/// # Errors
/// Says what is missing and which command installs it.
pub(crate) fn peers() -> Result<Peers, String> {
    debian()?;
    let tools = place::cache().join("tools");
    let nostr = nostr(&tools).map_err(|problem| eprintln!("{problem}")).ok();
    Ok(Peers { nats: nats(&tools)?, nostr, postgres: postgres_programs()? })
}

fn debian() -> Result<(), String> {
    let is_there = |program: &str| {
        let found = Command::new("sh").args(["-c", &format!("command -v {program}")]).output();
        found.is_ok_and(|found| found.status.success())
    };
    let missing = || DEBIAN.iter().filter(|(program, _)| !is_there(program)).map(|(_, of)| *of);
    let packages: Vec<&str> = missing().collect();
    if packages.is_empty() {
        return Ok(());
    }
    let by_hand = format!("apt-get update && apt-get install -y {}", packages.join(" "));
    if !may_install() {
        return Err(format!(
            "peers are missing. Set them up, on Debian as root, with: {by_hand}\n"
        ));
    }
    eprintln!("installing {}", packages.join(", "));
    let output = install(&packages);
    if missing().next().is_none() {
        return Ok(());
    }
    Err(format!("peers are missing. What should have set them up: {by_hand}\n{output}"))
}

fn postgres_programs() -> Result<PathBuf, String> {
    super::postgres()?;
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let packaged = versions.map(|version| version.path().join("bin"));
    let packaged = packaged.filter(|folder| folder.join("initdb").exists()).max();
    let named = std::env::var_os("ATTUNE_POSTGRES").map(PathBuf::from);
    named.or(packaged).ok_or("name the folder of PostgreSQL's programs in ATTUNE_POSTGRES\n".into())
}

fn nats(tools: &Path) -> Result<PathBuf, String> {
    let program = tools.join("bin").join("nats-server");
    if program.exists() {
        return Ok(program);
    }
    eprintln!("building the NATS server");
    let mut go = Command::new("go");
    go.args(["install", NATS]).env("GOBIN", tools.join("bin"));
    let built = child::finish(&mut go);
    if built.success && program.exists() {
        return Ok(program);
    }
    Err(format!(
        "the NATS server is missing. Set it up, with Go, by: GOBIN={} go install {NATS}\n{}",
        tools.join("bin").display(),
        built.output
    ))
}

fn nostr(tools: &Path) -> Result<PathBuf, String> {
    let (name, version) = NOSTR;
    let program = tools.join("bin").join(name);
    if program.exists() {
        return Ok(program);
    }
    eprintln!("building {name}, which takes some minutes");
    let build = tools.join("build");
    // Not by its own lock file: the `time` in there does not compile any more.
    let mut install = child::cargo(&["install", "--version", version, "--root"]);
    install.arg(tools).arg(name).env("CARGO_TARGET_DIR", &build);
    // How this project builds SQLite, without OpenSSL, is nothing for others: neither by the variables that
    // `cargo xtask` was given, nor by the folder that it reads them from.
    install.current_dir(tools);
    for name in ["LIBSQLITE3_FLAGS", "OPENSSL_LIB_DIR", "OPENSSL_INCLUDE_DIR", "OPENSSL_STATIC"] {
        install.env_remove(name);
    }
    let built = child::finish(&mut install);
    let _ = std::fs::remove_dir_all(&build);
    if built.success && program.exists() {
        return Ok(program);
    }
    Err(format!("{name} does not build here, and is left out:\n{}", built.output))
}
