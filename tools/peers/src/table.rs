//! Medians, and medians of the rounds' ratios, as Markdown.

use std::fmt::Write as _;
use std::time::Duration;

use attune_load::Verdict;

use crate::subject::{Figures, Load};

pub(crate) struct Table {
    rows: Vec<Row>,
}

struct Row {
    name: String,
    rounds: Vec<Figures>,
    verdict: Option<Verdict>,
}

impl Table {
    /// The first is the one that all others are held against.
    pub(crate) fn new(names: Vec<String>) -> Self {
        let row = |name| Row { name, rounds: Vec::new(), verdict: None };
        Self { rows: names.into_iter().map(row).collect() }
    }

    pub(crate) fn add(&mut self, at: usize, figures: Figures) {
        self.rows[at].rounds.push(figures);
    }

    pub(crate) fn killed(&mut self, at: usize, verdict: Option<Verdict>) {
        self.rows[at].verdict = verdict;
    }

    pub(crate) fn text(&self, load: &Load) -> String {
        let mut text = format!(
            "{} clients, {} lanes, payloads of 8 KiB, {} s a turn; medians of {} rounds\n\n\
             | | PUT/s | ours to it, median (range) | p50 | p99 | p99 to ours | at {} a second: p50 | \
             p99 | server's processor time a PUT | lost after SIGKILL |\n|{}\n",
            load.clients,
            load.lanes,
            load.seconds,
            self.rows.iter().map(|row| row.rounds.len()).max().unwrap_or(0),
            load.rate,
            "---|".repeat(10),
        );
        for row in &self.rows {
            let of = |what: fn(&Figures) -> f64| median(row.rounds.iter().map(what).collect());
            let millis = |it: Duration| it.as_secs_f64() * 1_000.0;
            let ours = self.rows.first().map_or(&[][..], |row| &row.rounds[..]);
            let pairs = || ours.iter().zip(&row.rounds);
            let rates: Vec<f64> =
                pairs().map(|(our, its)| our.puts_per_second / its.puts_per_second).collect();
            let least = rates.iter().copied().fold(f64::INFINITY, f64::min);
            let most = rates.iter().copied().fold(0.0, f64::max);
            let late = pairs().map(|(our, its)| millis(its.p99) / millis(our.p99)).collect();
            let _ = write!(
                text,
                "| {} | {:.0} | {:.2} ({least:.2} to {most:.2}) | {:.2} ms | {:.2} ms | {:.2} | ",
                row.name,
                of(|it| it.puts_per_second),
                median(rates),
                of(|it| it.p50.as_secs_f64() * 1_000.0),
                of(|it| it.p99.as_secs_f64() * 1_000.0),
                median(late),
            );
            let steady: Vec<_> = row.rounds.iter().filter_map(|it| it.steady).collect();
            if steady.len() == row.rounds.len() && !steady.is_empty() {
                let (p50, p99): (Vec<_>, Vec<_>) =
                    steady.into_iter().map(|(p50, p99)| (millis(p50), millis(p99))).unzip();
                let _ = write!(text, "{:.2} ms | {:.2} ms | ", median(p50), median(p99));
            } else {
                text.push_str("not kept up | | ");
            }
            let spent: Vec<f64> = row.rounds.iter().filter_map(|it| it.processor_us).collect();
            let _ = match spent.len() {
                0 => write!(text, "- | "),
                _ => write!(text, "{:.0} us | ", median(spent)),
            };
            let _ = match row.verdict {
                Some(it) if it.wrong > 0 => {
                    writeln!(text, "{} of {} lanes, {} wrong |", it.lost, it.lanes, it.wrong)
                }
                Some(it) => writeln!(text, "{} of {} lanes |", it.lost, it.lanes),
                None => writeln!(text, "- |"),
            };
        }
        text
    }
}

fn median(mut all: Vec<f64>) -> f64 {
    all.sort_by(f64::total_cmp);
    let middle = all.len() / 2;
    match all.len() {
        0 => f64::NAN,
        odd if odd % 2 == 1 => all[middle],
        _ => f64::midpoint(all[middle - 1], all[middle]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ratios_are_taken_round_by_round() {
        let mut table = Table::new(vec!["ours".into(), "other".into()]);
        // A slow moment of the machine meets both: the ratio stays.
        for (ours, other) in [(100.0, 50.0), (10.0, 5.0), (90.0, 60.0)] {
            for (at, rate) in [ours, other].into_iter().enumerate() {
                table.add(at, Figures { puts_per_second: rate, ..Figures::default() });
            }
        }
        table.killed(1, Some(Verdict { lanes: 9, lost: 2, wrong: 0 }));
        let text = table.text(&Load { lanes: 9, clients: 1, seconds: 1.0, rate: 1.0 });
        assert!(text.contains("| other | 50 | 2.00 (1.50 to 2.00) |"), "{text}");
        assert!(text.contains("not kept up") && text.contains("2 of 9 lanes"), "{text}");
    }
}
