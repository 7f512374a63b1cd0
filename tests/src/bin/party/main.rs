//! One party in a process of its own, to be killed or looked at: see `attune_tests::process`.
//!
//! `party phone FOLDER ADDRESS SEED`, `party desk FOLDER ADDRESS SEED` act at random and print a line
//! when they begin an act and when it is done. `party syncing-phone FOLDER ADDRESS` and `party
//! syncing-desk FOLDER ADDRESS` do nothing but sync. `party relay DATABASE ADDRESS` serves. `party told
//! FOLDER` tells a whole story with a relay of its own, and stops at each scene until it is told on;
//! `party told-readably FOLDER` writes a readable export, and does the same.

mod desk;
mod phone;
mod told;

use std::error::Error;
use std::io::Write as _;
use std::net::SocketAddr;
use std::path::Path;

use attune_relay::{Config, Database, Relay};
use attune_tests::dice::Dice;
use attune_tests::home::Home;
use attune_tests::place::ORIGIN;
use attune_tests::road::{Syncs, sync};
use attune_tests::world::monday;

/// Acts after which a party nobody kills comes to its end.
const MOST_ACTS: u32 = 400;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["phone", folder, address, seed] => {
            phone::live(&Home::at(Path::new(folder)), address.parse()?, dice(seed)?)
        }
        ["desk", folder, address, seed] => {
            desk::live(&Home::at(Path::new(folder)), address.parse()?, dice(seed)?)
        }
        ["syncing-phone", folder, address] => {
            say("begin open")?;
            let mut phone = Home::at(Path::new(folder)).open_phone()?;
            sync_on(&mut phone, address.parse()?)
        }
        ["syncing-desk", folder, address] => {
            say("begin open")?;
            let mut desk = Home::at(Path::new(folder)).open_desk()?;
            sync_on(&mut desk, address.parse()?)
        }
        ["relay", database, address] => serve(database.parse()?, address.parse()?),
        ["told", folder] => told::tell(Path::new(folder)),
        ["told-readably", folder] => told::tell_readably(Path::new(folder)),
        _ => Err("see the head of tests/src/bin/party/main.rs".into()),
    }
}

fn sync_on(who: &mut dyn Syncs, relay: SocketAddr) -> Result<(), Box<dyn Error>> {
    for _ in 0..MOST_ACTS {
        say("begin sync")?;
        sync(who, relay, monday())?;
        say("done sync")?;
    }
    Ok(())
}

fn dice(seed: &str) -> Result<Dice, Box<dyn Error>> {
    Ok(Dice::new(seed.parse()?))
}

fn serve(database: Database, listen: SocketAddr) -> Result<(), Box<dyn Error>> {
    let origin = Some(ORIGIN.to_owned());
    let running = Relay::start(Config { listen, origin, ..Config::trial(database) })?;
    say(&format!("listening on http://{}", running.addr))?;
    Ok(running.wait()?)
}

/// Prints one line and makes sure that it is out: what it says has been committed.
fn say(line: &str) -> Result<(), Box<dyn Error>> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{line}")?;
    Ok(out.flush()?)
}
