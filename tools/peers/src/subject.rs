//! One of those compared: its server, and the load on it.

use std::sync::Arc;
use std::time::Duration;

use attune_load::{
    Halt, Ledger, Mix, Payload, Plan, Report, Schedule, SystemClock, Verdict, WhenBroken,
    open_lanes, run, verify,
};

use crate::server::Server;
use crate::target::Ready;

/// PUTs a second for which a client gets ready at most; whoever is faster makes the others as it goes.
const FASTEST: f64 = 20_000.0;

/// How much load, the same for all.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Load {
    pub(crate) lanes: u32,
    pub(crate) clients: u32,
    pub(crate) seconds: f64,
    /// For the latencies below saturation, requests a second.
    pub(crate) rate: f64,
}

/// What one turn came to.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Figures {
    /// As fast as all clients can, each after its acknowledgement.
    pub(crate) puts_per_second: f64,
    pub(crate) p50: Duration,
    pub(crate) p99: Duration,
    /// The server's processor time for a PUT, in microseconds.
    pub(crate) processor_us: Option<f64>,
    /// At the fixed rate; none where it was not kept up.
    pub(crate) steady: Option<(Duration, Duration)>,
}

/// What takes its turn.
pub(crate) trait Subject {
    fn name(&self) -> &str;
    fn turn(&mut self, load: &Load) -> Result<Figures, String>;
    /// Kills it in the middle of the load, starts it again and reads everything back. `None`: its
    /// program says nothing of what it acknowledged.
    fn kill(&mut self, load: &Load) -> Result<Option<Verdict>, String>;
}

/// A server whose clients speak through the engine.
pub(crate) struct Peer<T> {
    name: &'static str,
    /// What is killed: the first; what stands on it is beside it.
    servers: Vec<Server>,
    target: Arc<T>,
    payload: Arc<Payload>,
    ledger: Ledger,
    runtime: tokio::runtime::Runtime,
}

impl<T: Ready> Peer<T> {
    pub(crate) fn new(
        name: &'static str,
        servers: Vec<Server>,
        target: T,
        payload: &Arc<Payload>,
        load: &Load,
    ) -> Result<Self, String> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        let runtime = runtime.map_err(|error| error.to_string())?;
        let (target, payload) = (Arc::new(target), Arc::clone(payload));
        let ledger = runtime.block_on(open_lanes(&target, load.lanes, load.clients));
        let ledger = ledger.map_err(|error| format!("{name}: {error}"))?;
        Ok(Self { name, servers, target, payload, ledger, runtime })
    }

    fn plan(load: &Load, rate: Option<f64>) -> Plan {
        Plan {
            clients: load.clients,
            schedule: rate.and_then(|rate| Schedule::new(rate, load.clients)),
            mix: Mix::PUTS,
            duration: Duration::from_secs_f64(load.seconds),
            rounds: None,
            when_broken: WhenBroken::Stop,
        }
    }

    fn get_ready(&self, load: &Load, rate: f64) {
        let count = rate * load.seconds / f64::from(load.clients);
        self.target.get_ready(&self.ledger, count as usize + 1);
    }

    fn run(&mut self, plan: &Plan) -> Result<Report, String> {
        let Self { target, ledger, .. } = self;
        self.runtime.block_on(async {
            let clock = SystemClock::start().map_err(|error| error.to_string())?;
            let halt = Halt::default();
            run(target, plan, &clock, ledger, &halt).await.map_err(|error| error.to_string())
        })
    }

    fn ticks(&self) -> u64 {
        self.servers.iter().map(Server::ticks).sum()
    }
}

impl<T: Ready> Subject for Peer<T> {
    fn name(&self) -> &str {
        self.name
    }

    fn turn(&mut self, load: &Load) -> Result<Figures, String> {
        let name = self.name;
        let said = |error: &dyn std::fmt::Display| format!("{name}: {error}");
        self.get_ready(load, FASTEST);
        let before = self.ticks();
        let full = self.run(&Self::plan(load, None));
        let full = full.map_err(|error| said(&error))?;
        let spent = self.ticks() - before;
        if !full.broken.is_empty() || !full.refused.is_empty() {
            return Err(said(&format!("{:?} {:?}", full.broken, full.refused)));
        }
        self.get_ready(load, load.rate);
        let steady = self.run(&Self::plan(load, Some(load.rate)));
        let steady = steady.map_err(|error| said(&error))?;
        let kept = steady.took.as_secs_f64() < load.seconds * 1.1 + 0.1;
        Ok(Figures {
            puts_per_second: full.puts_per_second(),
            p50: full.put_within(0.5),
            p99: full.put_within(0.99),
            processor_us: Some(spent as f64 * 10_000.0 / full.acknowledged.max(1) as f64),
            steady: kept.then(|| (steady.put_within(0.5), steady.put_within(0.99))),
        })
    }

    fn kill(&mut self, load: &Load) -> Result<Option<Verdict>, String> {
        self.get_ready(load, FASTEST);
        let plan = Self::plan(load, None);
        let Self { target, ledger, servers, payload, .. } = self;
        let verdict = self.runtime.block_on(async {
            let clock = SystemClock::start().map_err(|error| error.to_string())?;
            let halt = Halt::default();
            let (over, half) = (halt.clone(), plan.duration / 2);
            let mut server = servers.remove(0);
            // A thread of its own: the clients' own turns would choose the moment otherwise.
            let killing = tokio::task::spawn_blocking(move || {
                std::thread::sleep(half);
                server.kill();
                // Nobody is to write over what was acknowledged before it was looked for.
                over.now();
                let started = server.go_on();
                (server, started)
            });
            let (report, killed) = tokio::join!(run(target, &plan, &clock, ledger, &halt), killing);
            let (server, started) = killed.map_err(|error| error.to_string())?;
            servers.insert(0, server);
            report.map_err(|error| error.to_string())?;
            started?;
            verify(target, payload, ledger).await.map_err(|error| error.to_string())
        });
        verdict.map(Some).map_err(|error| format!("{}: {error}", self.name))
    }
}
