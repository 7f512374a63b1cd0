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
    /// `None`: it came to nothing.
    rounds: Vec<Option<Figures>>,
    verdict: Option<Verdict>,
}

impl Table {
    /// The first is the one that all others are held against.
    pub(crate) fn new(names: Vec<String>) -> Self {
        let row = |name| Row { name, rounds: Vec::new(), verdict: None };
        Self { rows: names.into_iter().map(row).collect() }
    }

    pub(crate) fn add(&mut self, at: usize, figures: Option<Figures>) {
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
            let rounds = || row.rounds.iter().flatten();
            let of = |what: fn(&Figures) -> f64| median(rounds().map(what).collect());
            let millis = |it: Duration| it.as_secs_f64() * 1_000.0;
            let late = self.rows.first().into_iter().flat_map(|ours| pairs(ours, row));
            let late = late.map(|(our, its)| millis(its.p99) / millis(our.p99)).collect();
            let _ = write!(
                text,
                "| {} | {:.0} | {} | {:.2} ms | {:.2} ms | {:.2} | ",
                row.name,
                of(|it| it.puts_per_second),
                self.rows.first().map_or_else(String::new, |ours| rates(ours, row)),
                of(|it| it.p50.as_secs_f64() * 1_000.0),
                of(|it| it.p99.as_secs_f64() * 1_000.0),
                median(late),
            );
            let steady: Vec<_> = rounds().filter_map(|it| it.steady).collect();
            if steady.len() == rounds().count() && !steady.is_empty() {
                let (p50, p99): (Vec<_>, Vec<_>) =
                    steady.into_iter().map(|(p50, p99)| (millis(p50), millis(p99))).unzip();
                let _ = write!(text, "{:.2} ms | {:.2} ms | ", median(p50), median(p99));
            } else {
                text.push_str("not kept up | | ");
            }
            let spent: Vec<f64> = rounds().filter_map(|it| it.processor_us).collect();
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

    /// The PUT/s of one to another's, if both took part.
    pub(crate) fn ratio(&self, ours: &str, its: &str) -> Option<String> {
        let row = |name: &str| self.rows.iter().find(|row| row.name == name);
        let rates = rates(row(ours)?, row(its)?);
        Some(format!("{ours} to {its}, PUT/s: {rates}"))
    }
}

/// The rounds in which both came to something.
fn pairs<'a>(ours: &'a Row, its: &'a Row) -> impl Iterator<Item = (&'a Figures, &'a Figures)> {
    ours.rounds.iter().zip(&its.rounds).filter_map(|(our, its)| our.as_ref().zip(its.as_ref()))
}

/// Of the PUT/s, round by round: the median and the range.
fn rates(ours: &Row, its: &Row) -> String {
    let rates = pairs(ours, its).map(|(our, its)| our.puts_per_second / its.puts_per_second);
    let rates: Vec<f64> = rates.collect();
    let least = rates.iter().copied().fold(f64::INFINITY, f64::min);
    let most = rates.iter().copied().fold(0.0, f64::max);
    format!("{:.2} ({least:.2} to {most:.2})", median(rates))
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
                table.add(at, Some(Figures { puts_per_second: rate, ..Figures::default() }));
            }
        }
        // A round that one of them missed is no pair, and moves no other.
        table.add(0, None);
        table.add(1, Some(Figures { puts_per_second: 50.0, ..Figures::default() }));
        table.killed(1, Some(Verdict { lanes: 9, lost: 2, wrong: 0 }));
        let text = table.text(&Load { lanes: 9, clients: 1, seconds: 1.0, rate: 1.0 });
        assert!(text.contains("| other | 50 | 2.00 (1.50 to 2.00) |"), "{text}");
        assert_eq!(
            table.ratio("other", "ours").unwrap(),
            "other to ours, PUT/s: 0.50 (0.50 to 0.67)"
        );
        assert!(text.contains("not kept up") && text.contains("2 of 9 lanes"), "{text}");
    }
}
