//! What attacks cost: an honest client's PUT and GET, and the relay's memory, before, during and
//! after each. The table of `docs/performance.md`.
//!
//! `cargo run --release -p attune-relay --example abuse [SECONDS] [NAME...]`; the relay is a process
//! of its own, made from this program. Attackers, relay and client share one machine, so what an
//! attacker's own work takes from the client is in the figures. Linux: it reads `/proc`.

#[path = "abuse/attack.rs"]
mod attack;
#[path = "abuse/honest.rs"]
mod honest;
#[path = "abuse/lanes.rs"]
mod lanes;

use std::error::Error;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use attune_relay::{Config, Grant, Limits, Movable as _, Relay, SqliteStore, Store as _};
use rustix::process::{Resource, getrlimit, setrlimit};

use attack::Attack;
use honest::{Honest, Latencies};

/// Places of the relay: the standard.
const PLACES: usize = 1_024;

type Outcome<T = ()> = Result<T, Box<dyn Error>>;

fn main() -> Outcome {
    let mut arguments = std::env::args().skip(1);
    match arguments.next().as_deref() {
        Some("relay") => {
            let folder = arguments.next().ok_or("a folder")?;
            serve(&folder, arguments.next().map(|bytes| bytes.parse()).transpose()?)
        }
        seconds => {
            let seconds = seconds.map_or(Ok(4), str::parse)?;
            measure(Duration::from_secs(seconds), &arguments.collect::<Vec<_>>())
        }
    }
}

/// The relay, until its input ends. It knows the grant that was stolen, and holds to the standard rate
/// whoever asks through a proxy.
fn serve(folder: &str, max_bytes: Option<u64>) -> Outcome {
    let database = Path::new(folder).join("relay.db");
    let (id, key) = (*lanes::stolen().id(), lanes::stolen().public());
    tokio::runtime::Runtime::new()?.block_on(async {
        let store = SqliteStore::open(&database, None)?;
        store.merge_grant(Grant { id, key, month: 0, used: 0, cap: lanes::CAP }).await?;
        store.finish().await
    })?;
    let mut config = Config {
        max_connections: PLACES,
        trusted_proxies: vec!["127.0.0.1".parse()?],
        max_bytes,
        ..Config::trial(database)
    };
    config.limits.prefix = Limits::PUBLIC.prefix;
    let running = Relay::start(config)?;
    println!("{}", running.addr);
    std::io::stdout().flush()?;
    std::io::stdin().read_line(&mut String::new())?;
    Ok(running.stop()?)
}

/// The relay's process, stopped when dropped.
struct Served {
    child: Child,
    addr: SocketAddr,
}

impl Served {
    fn start(folder: &Path, max_bytes: Option<u64>) -> Outcome<Self> {
        let mut child = Command::new(std::env::current_exe()?)
            .arg("relay")
            .arg(folder)
            .args(max_bytes.map(|bytes| bytes.to_string()))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let mut line = String::new();
        BufReader::new(child.stdout.take().ok_or("its output")?).read_line(&mut line)?;
        Ok(Self { child, addr: line.trim().parse()? })
    }

    /// A line of `/proc/PID/status`, in MiB.
    fn memory(&self, name: &str) -> Outcome<f64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let line = status.lines().find_map(|line| line.strip_prefix(name)).ok_or("its memory")?;
        let kib: f64 = line.trim_matches([':', '\t', ' ', 'k', 'B']).parse()?;
        Ok(kib / 1_024.0)
    }

    /// User and system time so far.
    fn processor(&self) -> Outcome<Duration> {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.child.id()))?;
        let after = stat.rsplit_once(") ").ok_or("its times")?.1;
        let ticks: u64 =
            after.split(' ').skip(11).take(2).map(|ticks| ticks.parse().unwrap_or(0)).sum();
        // A tick is 10 ms on every Linux that matters here.
        Ok(Duration::from_millis(ticks * 10))
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        drop(self.child.stdin.take());
        let _ = self.child.wait();
    }
}

fn measure(phase: Duration, names: &[String]) -> Outcome {
    let mut limit = getrlimit(Resource::Nofile);
    limit.current = limit.maximum;
    setrlimit(Resource::Nofile, limit)?;
    println!("| attack | | before | during | after |\n|---|---|---|---|---|");
    for attack in attack::ATTACKS
        .iter()
        .chain(&lanes::ATTACKS)
        .filter(|attack| names.is_empty() || names.iter().any(|name| name == attack.name))
    {
        under(attack, phase)?;
    }
    if names.is_empty() {
        costs()?;
    }
    Ok(())
}

/// One attack on a relay of its own.
fn under(attack: &Attack, phase: Duration) -> Outcome {
    let folder = tempfile::tempdir_in(".")?;
    let served = Served::start(folder.path(), attack.max_bytes)?;
    let mut honest = Honest::new(served.addr, attack.confirms)?;
    let before = (honest.work(phase), served.memory("VmRSS")?);
    let ends = AtomicBool::new(false);
    let during = std::thread::scope(|scope| -> Outcome<(Latencies, f64)> {
        for number in 0..attack.threads {
            let (ends, addr) = (&ends, served.addr);
            scope.spawn(move || (attack.run)(addr, number, ends));
        }
        // Until it is in full swing.
        std::thread::sleep(Duration::from_secs(1));
        let latencies = honest.work(phase);
        let memory = served.memory("VmRSS");
        ends.store(true, Ordering::SeqCst);
        Ok((latencies, memory?))
    })?;
    let highest = served.memory("VmHWM")?;
    std::thread::sleep(Duration::from_secs(1));
    let after = (honest.work(phase), served.memory("VmRSS")?);
    let name = attack.says;
    let row = |what: &str, show: &dyn Fn(&(Latencies, f64)) -> String| {
        println!("| {name} | {what} | {} | {} | {} |", show(&before), show(&during), show(&after));
    };
    row("PUT and GET, median", &|(times, _)| times.at(50));
    row("99 of 100 within", &|(times, _)| times.at(99));
    row("done, lost", &|(times, _)| format!("{}, {}", times.done(), times.lost));
    row("relay's memory", &|(_, memory)| format!("{memory:.1} MiB"));
    println!("| {name} | its highest | | {highest:.1} MiB | |");
    Ok(())
}

/// Processor time of the relay for one request of each kind, one after another.
fn costs() -> Outcome {
    const COUNT: u32 = 5_000;
    let folder = tempfile::tempdir_in(".")?;
    let served = Served::start(folder.path(), None)?;
    let mut honest = Honest::new(served.addr, false)?;
    let mut costs = Vec::new();
    for (name, kind) in honest::KINDS {
        honest.send_many(*kind, COUNT / 10)?;
        let start = served.processor()?;
        honest.send_many(*kind, COUNT)?;
        costs.push((name, (served.processor()? - start) / COUNT));
    }
    println!(
        "\n| a request, one after another on one connection | relay's processor time | ratio |\n|---|---|---|"
    );
    let put = costs[0].1.as_secs_f64();
    for (name, cost) in costs {
        println!(
            "| {name} | {:.0} us | {:.2} |",
            cost.as_secs_f64() * 1e6,
            cost.as_secs_f64() / put
        );
    }
    Ok(())
}
