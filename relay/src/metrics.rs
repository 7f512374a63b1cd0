//! What the operator may count: totals of the whole relay, in Prometheus' text format. No metric has
//! a label, so none can name a lane, a grant or an address.

use std::fmt::Write as _;
use std::sync::atomic::{AtomicU64, Ordering};

use attune_wire::{Operation, Status};

macro_rules! counts {
    ($($variant:ident $name:literal $help:literal,)*) => {
        /// One counter. Private to the relay.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum Count { $($variant,)* }

        const COUNTS: &[(&str, &str)] = &[$(($name, $help),)*];
    };
}

counts! {
    Put "put" "PUT frames whose signature was good",
    Get "get" "GET frames whose signature was good",
    Open "open" "OPEN frames whose signature was good",
    Close "close" "CLOSE frames whose signature was good",
    Stored "answer_stored" "answers STORED",
    Same "answer_same" "answers SAME",
    New "answer_new" "answers NEW",
    Nothing "answer_nothing" "answers NOTHING",
    Stale "answer_stale" "answers STALE",
    Denied "answer_denied" "answers DENIED",
    Slow "answer_slow" "answers SLOW",
    Full "answer_full" "answers FULL",
    Version "answer_version" "answers VERSION",
    Problem400 "problem_400" "problem documents 400",
    Problem404 "problem_404" "problem documents 404",
    Problem405 "problem_405" "problem documents 405",
    Problem411 "problem_411" "problem documents 411",
    Problem413 "problem_413" "problem documents 413",
    Problem415 "problem_415" "problem documents 415",
    Problem429 "problem_429" "problem documents 429",
    Problem503 "problem_503" "problem documents 503",
    Connections "connections" "connections accepted",
    ConnectionsRefused "connections_refused" "connections over the share of their network",
    ConnectionsShed "connections_shed" "connections that waited longest and gave their place up",
    Handshakes "failed_handshakes" "TLS handshakes that failed or did not come in time",
    Commits "commits" "transactions begun by the writer",
    CommittedWrites "committed_writes" "writes in those transactions",
    SweptBodies "swept_bodies" "envelopes dropped for their age",
    SweptLanes "swept_lanes" "lanes removed for their age",
}

impl From<Operation> for Count {
    fn from(operation: Operation) -> Self {
        match operation {
            Operation::Put => Self::Put,
            Operation::Get => Self::Get,
            Operation::Open => Self::Open,
            Operation::Close => Self::Close,
        }
    }
}

impl From<Status> for Count {
    fn from(status: Status) -> Self {
        match status {
            Status::Stored => Self::Stored,
            Status::Same => Self::Same,
            Status::New => Self::New,
            Status::Nothing => Self::Nothing,
            Status::Stale => Self::Stale,
            Status::Denied => Self::Denied,
            Status::Slow => Self::Slow,
            Status::Full => Self::Full,
            Status::Version => Self::Version,
        }
    }
}

impl Count {
    /// The counter of problem documents of an HTTP status.
    pub(crate) fn of_problem(status: u16) -> Self {
        match status {
            404 => Self::Problem404,
            405 => Self::Problem405,
            411 => Self::Problem411,
            413 => Self::Problem413,
            415 => Self::Problem415,
            429 => Self::Problem429,
            503 => Self::Problem503,
            _ => Self::Problem400,
        }
    }
}

/// All counters of one relay, from zero at its start.
pub(crate) struct Metrics([AtomicU64; COUNTS.len()]);

impl Default for Metrics {
    fn default() -> Self {
        Self(std::array::from_fn(|_| AtomicU64::new(0)))
    }
}

impl Metrics {
    pub(crate) fn add(&self, count: Count, by: u64) {
        if let Some(counter) = self.0.get(count as usize) {
            counter.fetch_add(by, Ordering::Relaxed);
        }
    }

    /// Prometheus' text format, version 0.0.4.
    pub(crate) fn render(&self) -> String {
        let mut text = String::new();
        for ((name, help), counter) in COUNTS.iter().zip(&self.0) {
            let value = counter.load(Ordering::Relaxed);
            // Writing to a String cannot fail.
            let _ = write!(
                text,
                "# HELP attune_relay_{name}_total Total {help}.\n\
                 # TYPE attune_relay_{name}_total counter\n\
                 attune_relay_{name}_total {value}\n"
            );
        }
        text
    }
}
