//! `attune relay bench`: load on a relay, and whether everything it acknowledged is there afterwards.

mod answer;
mod own;

use std::net::{SocketAddr, ToSocketAddrs as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use attune_load::relay::RelayTarget;
use attune_load::{
    Halt, Ledger, Mix, Payload, Plan, Report, Schedule, SystemClock, WhenBroken, open_lanes, run,
    verify,
};
use attune_wire::{GrantKey, canonical_origin};
use clap::Args;
use ring::rand::{SecureRandom as _, SystemRandom};

use self::answer::Outcome;
use self::own::Own;
use super::{RelayCommandError, print};

pub(super) const HELP: &str = "\
Each writer is one connection with one request under way, and has lanes of its own. With --rate the
moments at which requests go out are fixed beforehand, and a latency is counted from that moment: a
stall counts for every request that it held up. Without it each writer asks as fast as it is
answered, and latencies say what that many writers wait.

Afterwards every lane is read. An acknowledged version that is not there is lost; bytes that nobody
sent are wrong. Either ends the command with exit status 1.

  attune relay bench --serve                                  a relay of its own, in a temporary folder
  attune relay bench --serve --rate 500 --duration 60 --mix 0.5
  attune relay bench --serve --kill-after 5                   SIGKILL in the middle
  attune relay bench --relay http://127.0.0.1:8787 --relay http://127.0.0.1:8788 --grant-file grant

The lanes stay. A relay grants nothing to a stranger: give it a grant for as many lanes, or put the
load on one that runs with --open, as --serve does.";

/// PUTs that are signed before a run at most, of all writers together: 256 bytes each.
const AHEAD: u64 = 200_000;
/// More than any relay answers on the machines of today, to guess how many to sign.
const FASTEST: f64 = 20_000.0;
/// How long a writer tries to connect anew, after the run should have ended.
const PATIENCE: Duration = Duration::from_secs(30);

/// How much, on what.
#[derive(Debug, Args)]
pub(crate) struct Bench {
    /// The relay's own address, without TLS. Given several times, they are nodes over one database,
    /// and writers take them in turn.
    #[arg(long, value_name = "http://HOST:PORT", required_unless_present = "serve")]
    relay: Vec<String>,

    /// Start a relay for the load and stop it afterwards.
    #[arg(long, conflicts_with = "relay")]
    serve: bool,

    /// The database of the relay that is started: a file, or postgres://... [default: a file in a
    /// temporary folder].
    #[arg(long, value_name = "FILE|URL", requires = "serve", env = "ATTUNE_BENCH_DATABASE")]
    #[arg(hide_env_values = true)]
    database: Option<String>,

    /// Lanes that are written.
    #[arg(long, value_name = "N", default_value_t = 1_024)]
    #[arg(value_parser = clap::value_parser!(u32).range(1..))]
    lanes: u32,

    /// Writers: connections, each with one request under way.
    #[arg(long, value_name = "N", default_value_t = 64)]
    #[arg(value_parser = clap::value_parser!(u32).range(1..=10_000))]
    writers: u32,

    /// Requests a second, of all writers together; 0: as many as they get answered.
    #[arg(long, value_name = "N", default_value_t = 0.0)]
    rate: f64,

    /// The share of PUTs, from 0 to 1; the others are GETs.
    #[arg(long, value_name = "SHARE", default_value_t = 1.0)]
    mix: f64,

    /// For how many seconds.
    #[arg(long, value_name = "SECONDS", default_value_t = 10.0)]
    duration: f64,

    /// Write each lane that often at most, and end there.
    #[arg(long, value_name = "N")]
    rounds: Option<u64>,

    /// A file with the grant under which lanes are opened; without it the relay must be an open one.
    #[arg(long, value_name = "FILE")]
    grant_file: Option<PathBuf>,

    /// Kill after so many seconds, start again, verify, and go on for the rest of the time: the relay
    /// that was started, or the database.
    #[arg(long, value_name = "SECONDS")]
    kill_after: Option<f64>,

    /// Kill the database server instead of the relay: the process whose id is in this file's first
    /// line, and its children. For PostgreSQL postmaster.pid in its data folder.
    #[arg(long, value_name = "FILE", requires_all = ["kill_after", "start_database"])]
    kill_database: Option<PathBuf>,

    /// The shell command that starts the database server again, and ends when it answers. The killed
    /// processes may still hold its files for a moment: it has to try until they let go.
    #[arg(long, value_name = "COMMAND", requires = "kill_database")]
    start_database: Option<String>,

    /// Print as JSON.
    #[arg(long)]
    json: bool,
}

/// Why there is no result, or why it is a bad one.
#[derive(Debug, thiserror::Error)]
pub(crate) enum BenchError {
    /// An option is out of range, or does not go with another.
    #[error("{0}")]
    Usage(&'static str),
    /// The grant's file.
    #[error("the grant cannot be read: {0}")]
    Grant(String),
    /// A relay does not answer as one.
    #[error("the relay was not reached: {0}")]
    NotReached(String),
    /// The relay's child process, the database's process or its command.
    #[error("{0}")]
    Process(&'static str),
    /// The clients.
    #[error(transparent)]
    Run(#[from] attune_load::RunError),
    /// Something acknowledged is not there, or something else is.
    #[error("{lost} lanes lost what was acknowledged, {wrong} hold what nobody sent")]
    Lost {
        /// Lanes without their acknowledged version.
        lost: u64,
        /// Lanes with bytes that were never sent there.
        wrong: u64,
    },
}

impl Bench {
    /// Puts the load on, reads all of it back, and prints what came of it.
    pub(super) fn run(&self) -> Result<(), RelayCommandError> {
        let plan = self.plan()?;
        let own = if self.serve { Some(Own::start(self.database.as_deref())?) } else { None };
        let (nodes, origin) = match &own {
            Some(own) => (vec![own.address()], own.origin().to_owned()),
            None => self.nodes()?,
        };
        let mut seed = [0; 8];
        let random = SystemRandom::new().fill(&mut seed);
        random.map_err(|_| BenchError::Process("the system gave no random bytes"))?;
        let seed = u64::from_be_bytes(seed);
        let payload = Arc::new(Payload::new(seed));
        let target = RelayTarget::new(nodes, &origin, seed, Arc::clone(&payload), self.grant()?);
        let mut load = Load { target: Arc::new(target), payload, ledger: Ledger::default(), own };
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        let outcome =
            runtime.map_err(RelayCommandError::Output)?.block_on(self.load(&mut load, plan))?;
        print(&if self.json { outcome.json(self) } else { outcome.text(self) })?;
        if let Some(own) = load.own {
            own.stop()?;
        }
        if outcome.verdict.is_good() {
            return Ok(());
        }
        let (lost, wrong) = (outcome.verdict.lost, outcome.verdict.wrong);
        Err(BenchError::Lost { lost, wrong }.into())
    }

    fn plan(&self) -> Result<Plan, BenchError> {
        let duration = Duration::try_from_secs_f64(self.duration).ok().filter(|it| !it.is_zero());
        if !self.rate.is_finite() || self.rate < 0.0 {
            return Err(BenchError::Usage("--rate is a number from 0"));
        }
        if let Some(kill) = self.kill_after {
            if !(0.0..self.duration).contains(&kill) {
                return Err(BenchError::Usage("--kill-after is within --duration"));
            }
            if !self.serve && self.kill_database.is_none() {
                return Err(BenchError::Usage(
                    "--kill-after kills the relay of --serve, or the process of --kill-database",
                ));
            }
        }
        Ok(Plan {
            clients: self.writers,
            schedule: Schedule::new(self.rate, self.writers),
            mix: Mix::new(self.mix).ok_or(BenchError::Usage("--mix is a share from 0 to 1"))?,
            duration: duration.ok_or(BenchError::Usage("--duration is a number above 0"))?,
            rounds: self.rounds,
            when_broken: WhenBroken::Retry(PATIENCE),
        })
    }

    /// The nodes' addresses, and the one origin that they all tell.
    fn nodes(&self) -> Result<(Vec<SocketAddr>, String), BenchError> {
        let mut nodes = Vec::new();
        let mut origin: Option<String> = None;
        for relay in &self.relay {
            let plain = relay.trim_end_matches('/').strip_prefix("http://");
            let host = plain.ok_or(BenchError::Usage(
                "--relay is the relay's own address, without TLS: http://HOST:PORT",
            ))?;
            let not_reached =
                |error: &dyn std::fmt::Display| BenchError::NotReached(error.to_string());
            let found = host.to_socket_addrs().map_err(|error| not_reached(&error))?.next();
            nodes.push(found.ok_or_else(|| not_reached(&"the name has no address"))?);
            let mut info = ureq::get(format!("http://{host}/v1/info"))
                .call()
                .map_err(|error| not_reached(&error))?;
            let info = info.body_mut().read_to_string().map_err(|error| not_reached(&error))?;
            let told = serde_json::from_str::<serde_json::Value>(&info).ok();
            let told = told.and_then(|info| canonical_origin(info["origin"].as_str()?).ok());
            let told = told.ok_or_else(|| not_reached(&"what answers there is no relay"))?;
            if origin.as_ref().is_some_and(|known| *known != told) {
                return Err(BenchError::Usage("the relays tell different origins"));
            }
            origin = Some(told);
        }
        Ok((nodes, origin.unwrap_or_default()))
    }

    fn grant(&self) -> Result<Option<GrantKey>, BenchError> {
        let Some(file) = &self.grant_file else {
            return Ok(None);
        };
        let text = std::fs::read_to_string(file).map(zeroize::Zeroizing::new);
        let text = text.map_err(|error| BenchError::Grant(error.to_string()))?;
        let grant = GrantKey::from_text(&text);
        grant.map(Some).map_err(|error| BenchError::Grant(error.to_string()))
    }

    async fn load(&self, load: &mut Load, plan: Plan) -> Result<Outcome, BenchError> {
        load.ledger = open_lanes(&load.target, self.lanes, self.writers).await?;
        let mut outcome = Outcome::default();
        let mut left = plan;
        if let Some(after) = self.kill_after {
            let (report, killed) = self.until_killed(load, plan, after).await?;
            outcome.report = Some(report);
            outcome.kills += 1;
            left.duration = plan.duration.saturating_sub(killed);
            outcome.add(load.verify().await?);
        }
        load.sign_ahead(&left);
        let clock = SystemClock::start().map_err(attune_load::RunError::Timer)?;
        let Load { target, ledger, .. } = load;
        let report = run(target, &left, &clock, ledger, &Halt::default()).await?;
        match &mut outcome.report {
            Some(all) => all.add(&report),
            none => *none = Some(report),
        }
        outcome.add(load.verify().await?);
        outcome.size = load.own.as_ref().map(Own::size);
        Ok(outcome)
    }

    /// The first part of the time, up to the kill, after which what was killed is up again.
    async fn until_killed(
        &self,
        load: &mut Load,
        plan: Plan,
        after: f64,
    ) -> Result<(Report, Duration), BenchError> {
        let plan = Plan { when_broken: WhenBroken::Stop, ..plan };
        load.sign_ahead(&plan);
        let clock = SystemClock::start().map_err(attune_load::RunError::Timer)?;
        let halt = Halt::default();
        let own = load.own.take();
        let (what, how, over) =
            (self.kill_database.clone(), self.start_database.clone(), halt.clone());
        // A thread of its own: the clients' own turns would choose the moment otherwise.
        let killing = tokio::task::spawn_blocking(move || {
            std::thread::sleep(Duration::from_secs_f64(after));
            kill(own, what.as_deref(), how.as_deref(), &over)
        });
        let Load { target, ledger, .. } = load;
        let (report, killed) = tokio::join!(run(target, &plan, &clock, ledger, &halt), killing);
        load.own = killed.map_err(|_| BenchError::Process("the killing ended early"))??;
        Ok((report?, Duration::from_secs_f64(after)))
    }
}

/// Kills the database if one is named, or else the relay, and starts it again.
fn kill(
    mut own: Option<Own>,
    database: Option<&Path>,
    start: Option<&str>,
    halt: &Halt,
) -> Result<Option<Own>, BenchError> {
    match (database, start, &mut own) {
        (Some(pid_file), Some(start), _) => {
            let killed = own::kill_database(pid_file);
            // Nobody is to write over what was acknowledged until now, before it was looked for.
            halt.now();
            killed.and_then(|()| own::start_database(start))?;
        }
        (_, _, Some(own)) => {
            let killed = own.kill();
            halt.now();
            killed.and_then(|()| own.go_on())?;
        }
        (_, _, None) => halt.now(),
    }
    Ok(own)
}

/// The load and all it knows.
struct Load {
    target: Arc<RelayTarget>,
    payload: Arc<Payload>,
    ledger: Ledger,
    own: Option<Own>,
}

impl Load {
    fn sign_ahead(&self, plan: &Plan) {
        let rate = plan.schedule.map_or(FASTEST, Schedule::rate);
        let wanted = (rate * plan.duration.as_secs_f64()) as u64;
        let rounds = plan.rounds.unwrap_or(u64::MAX).saturating_mul(self.ledger.lanes() as u64);
        let count = wanted.min(rounds).min(AHEAD).div_ceil(u64::from(plan.clients));
        self.target.sign_ahead(&self.ledger, usize::try_from(count).unwrap_or(0));
    }

    async fn verify(&mut self) -> Result<attune_load::Verdict, BenchError> {
        let verdict = verify(&self.target, &self.payload, &mut self.ledger).await;
        verdict.map_err(|error| BenchError::NotReached(error.to_string()))
    }
}
