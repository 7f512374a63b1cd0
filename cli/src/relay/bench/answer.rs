//! What a load came to, in words and as JSON.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::time::Duration;

use attune_load::{Report, Verdict};
use serde_json::{Value, json};

use super::Bench;
use super::own::Size;

/// What came of it.
#[derive(Default)]
pub(super) struct Outcome {
    pub(super) report: Option<Report>,
    pub(super) verdict: Verdict,
    pub(super) kills: u32,
    pub(super) size: Option<Size>,
}

/// Shares of the requests whose latency is told.
const SHARES: [(&str, f64); 5] =
    [("p50", 0.5), ("p90", 0.9), ("p99", 0.99), ("p99.9", 0.999), ("max", 1.0)];

impl Outcome {
    /// One more reading of all lanes.
    pub(super) fn add(&mut self, verdict: Verdict) {
        self.verdict.lanes = verdict.lanes;
        self.verdict.lost += verdict.lost;
        self.verdict.wrong += verdict.wrong;
    }

    pub(super) fn json(&self, bench: &Bench) -> String {
        let size = self.size.unwrap_or_default();
        let report = self.report.as_ref();
        let within = |of: fn(&Report, f64) -> Duration, any: fn(&Report) -> u64| {
            let report = report.filter(|report| any(report) > 0)?;
            let micros = |share| of(report, share).as_micros() as u64;
            let all = SHARES.map(|(name, share)| (name.to_owned(), json!(micros(share))));
            Some(Value::Object(all.into_iter().collect()))
        };
        let counts = |of: fn(&Report) -> &BTreeMap<&'static str, u64>| report.map(of);
        json!({
            "lanes": bench.lanes,
            "writers": bench.writers,
            "rate": bench.rate,
            "seconds": report.map(|report| report.took.as_secs_f64()),
            "acknowledged": report.map_or(0, |report| report.acknowledged),
            "puts_per_second": report.map(Report::puts_per_second),
            "put_us": within(Report::put_within, |report| report.acknowledged),
            "read": report.map_or(0, |report| report.read),
            "get_us": within(Report::get_within, |report| report.read),
            "answers": counts(|report| &report.refused),
            "broken": counts(|report| &report.broken),
            "kills": self.kills,
            "lost": self.verdict.lost,
            "wrong": self.verdict.wrong,
            "memory_kib": size.memory_kib,
            "disk_bytes": size.disk,
        })
        .to_string()
    }

    pub(super) fn text(&self, bench: &Bench) -> String {
        let mut text = format!("{} lanes, {} writers, ", bench.lanes, bench.writers);
        text += &if bench.rate > 0.0 {
            format!("{} requests a second", bench.rate)
        } else {
            "as fast as they are answered".to_owned()
        };
        if let Some(report) = &self.report {
            let (put, get) = (report.acknowledged, report.read);
            let _ = write!(text, ", {:.1} s", report.took.as_secs_f64());
            let _ = write!(text, "\nPUT       {put}, {:.0} a second", report.puts_per_second());
            text += &latencies(put, |share| report.put_within(share));
            if get > 0 {
                let _ = write!(text, "\nGET       {get}");
                text += &latencies(get, |share| report.get_within(share));
            }
            for (word, count) in &report.refused {
                let _ = write!(text, "\nanswered  {count} with {word}");
            }
            for (word, count) in &report.broken {
                let _ = write!(text, "\nbroken    {count}: {word}");
            }
        }
        if self.kills > 0 {
            let _ = write!(text, "\nkilled    {} in the middle", self.kills);
        }
        if let Some(Size { memory_kib: Some(memory), .. }) = self.size {
            let _ = write!(text, "\nmemory    {:.1} MiB at most", memory as f64 / 1_024.0);
        }
        if let Some(Size { disk: Some(disk), .. }) = self.size {
            let _ = write!(text, "\ndisk      {} bytes a lane", disk / u64::from(bench.lanes));
        }
        let Verdict { lanes, lost, wrong } = self.verdict;
        let _ = write!(text, "\nlost      {lost} of {lanes} lanes, {wrong} wrong");
        text
    }
}

fn latencies(count: u64, within: impl Fn(f64) -> Duration) -> String {
    let mut text = String::new();
    for (name, share) in SHARES.iter().filter(|_| count > 0) {
        let _ = write!(text, "  {name} {:.2} ms", within(*share).as_secs_f64() * 1_000.0);
    }
    text
}
