//! What a run came to.

use std::collections::BTreeMap;
use std::time::Duration;

use hdrhistogram::Histogram;

/// Latencies and answers of a run.
pub struct Report {
    /// Microseconds from the intended moment to the answer, of PUTs; three digits are kept.
    puts: Histogram<u64>,
    gets: Histogram<u64>,
    /// PUTs that were acknowledged.
    pub acknowledged: u64,
    /// GETs that were answered.
    pub read: u64,
    /// Answers by the target's own word for them: all but acknowledged and read.
    pub refused: BTreeMap<&'static str, u64>,
    /// Requests whose connection broke before the answer, by what the system said.
    pub broken: BTreeMap<&'static str, u64>,
    /// From the start to the last answer.
    pub took: Duration,
}

impl Report {
    pub(crate) fn new() -> Self {
        // Three digits are always valid.
        let histogram = || Histogram::new(3).unwrap_or_else(|_| unreachable!("three digits"));
        Self {
            puts: histogram(),
            gets: histogram(),
            acknowledged: 0,
            read: 0,
            refused: BTreeMap::new(),
            broken: BTreeMap::new(),
            took: Duration::ZERO,
        }
    }

    pub(crate) fn put(&mut self, latency: Duration, at: Duration) {
        self.acknowledged += 1;
        // It grows by itself, so that nothing is out of range.
        let _ = self.puts.record(micros(latency));
        self.took = self.took.max(at);
    }

    pub(crate) fn got(&mut self, latency: Duration, at: Duration) {
        self.read += 1;
        let _ = self.gets.record(micros(latency));
        self.took = self.took.max(at);
    }

    /// Acknowledged PUTs a second.
    #[must_use]
    pub fn puts_per_second(&self) -> f64 {
        self.acknowledged as f64 / self.took.as_secs_f64().max(1e-9)
    }

    /// The time within which that share of the PUTs was acknowledged: 0.99 for the 99th in a
    /// hundred, 1 for all.
    #[must_use]
    pub fn put_within(&self, share: f64) -> Duration {
        Duration::from_micros(self.puts.value_at_quantile(share))
    }

    /// The same for GETs.
    #[must_use]
    pub fn get_within(&self, share: f64) -> Duration {
        Duration::from_micros(self.gets.value_at_quantile(share))
    }

    /// Another run's, counted together with this one: of one plan in several parts.
    pub fn add(&mut self, other: &Self) {
        let _ = self.puts.add(&other.puts);
        let _ = self.gets.add(&other.gets);
        self.acknowledged += other.acknowledged;
        self.read += other.read;
        for (word, count) in &other.refused {
            *self.refused.entry(word).or_default() += count;
        }
        for (word, count) in &other.broken {
            *self.broken.entry(word).or_default() += count;
        }
        self.took += other.took;
    }
}

fn micros(latency: Duration) -> u64 {
    u64::try_from(latency.as_micros()).unwrap_or(u64::MAX).max(1)
}
