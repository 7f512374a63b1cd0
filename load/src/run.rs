//! The clients of a run.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::task::JoinSet;

use crate::clock::Clock;
use crate::ledger::{Entry, Ledger, lane};
use crate::report::Report;
use crate::schedule::{Mix, Schedule};
use crate::target::{Answer, Broken, Client, Target};

/// Between two tries to connect.
const PAUSE: Duration = Duration::from_millis(5);

/// What is to be done.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Plan {
    /// Clients, each with one connection and one request under way.
    pub clients: u32,
    /// When requests go out; `None`: each client's next as soon as its last was answered.
    pub schedule: Option<Schedule>,
    /// PUTs and GETs.
    pub mix: Mix,
    /// For how long requests go out.
    pub duration: Duration,
    /// How often each lane is written at most.
    pub rounds: Option<u64>,
    /// What a client does whose connection broke.
    pub when_broken: WhenBroken,
}

/// What a client does whose connection broke.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WhenBroken {
    /// It ends there. What was acknowledged can then be looked for before anybody writes over it.
    Stop,
    /// It connects anew and asks the same again, at most so long after the run should have ended.
    Retry(Duration),
}

/// Tells all clients of a run to ask nothing more; what is under way stays under way. Set as something
/// is killed, it keeps anybody from writing over what was acknowledged before that was looked for.
#[derive(Debug, Clone, Default)]
pub struct Halt(Arc<AtomicBool>);

impl Halt {
    /// From now on.
    pub fn now(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    fn is_set(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// Why a run could not be.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// The target does not answer.
    #[error(transparent)]
    Broken(#[from] Broken),
    /// The system gave no timer.
    #[error("the system gave no timer: {0}")]
    Timer(std::io::Error),
    /// A client ended early.
    #[error("a client ended early")]
    Ended,
}

/// Makes `lanes` lanes, or finds what they hold.
///
/// # Errors
/// [`RunError`], when the target does not answer.
pub async fn open_lanes<T: Target>(
    target: &Arc<T>,
    lanes: u32,
    clients: u32,
) -> Result<Ledger, RunError> {
    let clients = clients.max(1) as usize;
    let mut openers = JoinSet::new();
    for client in 0..clients {
        let target = Arc::clone(target);
        openers.spawn(async move {
            let mut opener = target.client(u32::try_from(client).unwrap_or(u32::MAX)).await?;
            let mut entries = Vec::new();
            for number in (client..lanes as usize).step_by(clients) {
                let number = u32::try_from(number).unwrap_or(u32::MAX);
                let version = opener.open(number).await?;
                entries.push(Entry { acknowledged: version, tried: version });
            }
            Ok::<_, Broken>((client, entries))
        });
    }
    let mut ledger = Ledger { clients: vec![Vec::new(); clients] };
    while let Some(done) = openers.join_next().await {
        let (client, entries) = done.map_err(|_| RunError::Ended)??;
        ledger.clients[client] = entries;
    }
    Ok(ledger)
}

/// Carries the plan out on the lanes of `ledger`, which was made for the same number of clients, and
/// writes into it what was acknowledged. `clock` starts when the first request is due.
///
/// # Errors
/// [`RunError`], when the run could not be. What the target answered is in the report.
pub async fn run<T: Target, C: Clock>(
    target: &Arc<T>,
    plan: &Plan,
    clock: &C,
    ledger: &mut Ledger,
    halt: &Halt,
) -> Result<Report, RunError> {
    let report = Arc::new(Mutex::new(Report::new()));
    let mut running = JoinSet::new();
    let clients = ledger.clients.len();
    let start = clock.now();
    for (client, entries) in std::mem::take(&mut ledger.clients).into_iter().enumerate() {
        let writer = Writer {
            target: Arc::clone(target),
            plan: *plan,
            clock: clock.another().map_err(RunError::Timer)?,
            start,
            report: Arc::clone(&report),
            halt: halt.clone(),
            client,
            clients,
            entries,
        };
        running.spawn(async move { (client, writer.work().await) });
    }
    ledger.clients.resize_with(clients, Vec::new);
    while let Some(done) = running.join_next().await {
        let (client, entries) = done.map_err(|_| RunError::Ended)?;
        ledger.clients[client] = entries;
    }
    let mut report = report.lock().unwrap_or_else(PoisonError::into_inner);
    Ok(std::mem::replace(&mut report, Report::new()))
}

struct Writer<T, C> {
    target: Arc<T>,
    plan: Plan,
    clock: C,
    start: Duration,
    report: Arc<Mutex<Report>>,
    halt: Halt,
    client: usize,
    clients: usize,
    entries: Vec<Entry>,
}

impl<T: Target, C: Clock> Writer<T, C> {
    /// Sends until the time is over, and answers what it knows of its lanes.
    async fn work(mut self) -> Vec<Entry> {
        let number = u32::try_from(self.client).unwrap_or(u32::MAX);
        let mut connection = None;
        let (mut sent, mut puts) = (0_u64, 0_usize);
        let most = self.plan.rounds.map(|rounds| rounds.saturating_mul(self.entries.len() as u64));
        if self.entries.is_empty() {
            return self.entries;
        }
        while most.is_none_or(|most| (puts as u64) < most) {
            let due = match self.plan.schedule {
                Some(schedule) => schedule.due(number, sent),
                None => self.clock.now().saturating_sub(self.start),
            };
            if due >= self.plan.duration {
                break;
            }
            self.clock.until(self.start + due).await;
            if self.halt.is_set() {
                break;
            }
            let is_put = self.plan.mix.is_put(sent);
            // A GET reads the lane that was written last.
            let index = if is_put { puts } else { puts.saturating_sub(1) } % self.entries.len();
            if !self.answered(&mut connection, index, is_put, due).await {
                break;
            }
            sent += 1;
            puts += usize::from(is_put);
        }
        self.entries
    }

    /// Asks until there is an answer. False when there will be none.
    async fn answered(
        &mut self,
        connection: &mut Option<T::Client>,
        index: usize,
        is_put: bool,
        due: Duration,
    ) -> bool {
        let lane = lane(self.client, self.clients, index);
        let version = self.entries[index].acknowledged.max(self.entries[index].tried) + 1;
        if is_put {
            self.entries[index].tried = version;
        }
        let mut broke = false;
        loop {
            let broken = match self.ask(connection, lane, version, is_put).await {
                Ok(answer) => {
                    self.count(index, version, answer, due);
                    return true;
                }
                Err(broken) => broken,
            };
            *connection = None;
            // Once for a request: what follows is connecting anew.
            if !std::mem::replace(&mut broke, true) {
                *self.report().broken.entry(broken.0).or_default() += 1;
            }
            let WhenBroken::Retry(patience) = self.plan.when_broken else {
                return false;
            };
            let next = self.clock.now() + PAUSE;
            if self.halt.is_set() || next > self.start + self.plan.duration + patience {
                return false;
            }
            self.clock.until(next).await;
        }
    }

    async fn ask(
        &self,
        connection: &mut Option<T::Client>,
        lane: u32,
        version: u64,
        is_put: bool,
    ) -> Result<Option<Answer>, Broken> {
        let client = match connection {
            Some(client) => client,
            none => {
                let number = u32::try_from(self.client).unwrap_or(u32::MAX);
                none.insert(self.target.client(number).await?)
            }
        };
        if is_put {
            return client.put(lane, version).await.map(Some);
        }
        client.get(lane).await.map(|_| None)
    }

    fn count(&mut self, index: usize, version: u64, answer: Option<Answer>, due: Duration) {
        let at = self.clock.now().saturating_sub(self.start);
        let latency = at.saturating_sub(due);
        match answer {
            None => self.report().got(latency, at),
            Some(Answer::Refused(word)) => *self.report().refused.entry(word).or_default() += 1,
            Some(Answer::Acknowledged) => {
                self.entries[index].acknowledged = version;
                self.report().put(latency, at);
            }
        }
    }

    fn report(&self) -> std::sync::MutexGuard<'_, Report> {
        self.report.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
