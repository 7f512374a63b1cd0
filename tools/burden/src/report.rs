//! What a check found of what there was to find, as a table or as JSON.

use std::fmt::Write as _;

use attune_core::followup::burden::{self, Reader, Rule};
use attune_core::followup::draft::Draft;
use attune_core::repair::RepairOption;
use serde_json::{Map, Value, json};

use crate::sentences::{Label, Sentence};

/// Of each rule: rows that break it, those found; harmless rows that look like it, false alarms on
/// them. And of all: harmless rows, false alarms.
#[derive(Debug, Default)]
pub(crate) struct Report {
    rules: [Line; Rule::ALL.len()],
    /// Harmless rows that look like no rule: wanted moves.
    wanted: Line,
    /// What was not found, and what was found wrongly, in words.
    pub(crate) misses: Vec<String>,
}

#[derive(Debug, Default, Clone, Copy)]
struct Line {
    broken: u32,
    found: u32,
    harmless: u32,
    alarms: u32,
}

impl Report {
    /// Judges each row by the check itself, with this second reader, as a note of one sentence.
    #[must_use]
    pub(crate) fn of(sentences: &[Sentence], reader: Option<&dyn Reader>) -> Self {
        let mut report = Self::default();
        for sentence in sentences {
            let note = Draft {
                option: RepairOption::WrittenFollowUp,
                text: &sentence.text,
                client_words: None,
            };
            let findings = burden::check_with(&note, reader);
            let found: Vec<Rule> = findings.into_iter().map(|finding| finding.rule).collect();
            if !report.add(sentence.label, sentence.rule(), &found) {
                let names: Vec<&str> = found.iter().map(|rule| rule.name()).collect();
                let label = if sentence.label == Label::Harmless { "ok" } else { "burden" };
                report.misses.push(format!(
                    "{label} {} found [{}]: {}",
                    sentence.rule,
                    names.join(" "),
                    sentence.text
                ));
            }
        }
        report
    }

    /// Counts one row, which breaks or looks like `rule`; whether it was judged right.
    pub(crate) fn add(&mut self, label: Label, rule: Option<Rule>, found: &[Rule]) -> bool {
        let line = match rule {
            Some(rule) => &mut self.rules[rule as usize],
            None => &mut self.wanted,
        };
        match label {
            Label::Burden(rule) => {
                let right = found.contains(&rule);
                line.broken += 1;
                line.found += u32::from(right);
                right
            }
            Label::Harmless => {
                line.harmless += 1;
                line.alarms += u32::from(!found.is_empty());
                found.is_empty()
            }
        }
    }

    /// The share of the rows of a rule that was found; `None` if there are none.
    #[must_use]
    pub(crate) fn recall(&self, rule: Rule) -> Option<f64> {
        let line = self.rules[rule as usize];
        share(line.found, line.broken)
    }

    /// The mean of the rules' recalls.
    #[must_use]
    pub(crate) fn mean_recall(&self) -> f64 {
        let recalls: Vec<f64> =
            Rule::ALL.into_iter().filter_map(|rule| self.recall(rule)).collect();
        recalls.iter().sum::<f64>() / (recalls.len().max(1)) as f64
    }

    /// The share of harmless rows on which anything was found.
    #[must_use]
    pub(crate) fn false_alarms(&self) -> f64 {
        let lines = self.rules.iter().chain([&self.wanted]);
        let (harmless, alarms) = lines.fold((0, 0), |(harmless, alarms), line| {
            (harmless + line.harmless, alarms + line.alarms)
        });
        share(alarms, harmless).unwrap_or_default()
    }

    /// A line a rule, and one for all.
    #[must_use]
    pub(crate) fn table(&self) -> String {
        let mut table = "rule        recall  of    false alarms  of\n".to_owned();
        for (rule, line) in Rule::ALL.into_iter().zip(&self.rules) {
            push(&mut table, rule.name(), line);
        }
        push(&mut table, "wanted", &self.wanted);
        let (recall, alarms) = (self.mean_recall(), self.false_alarms());
        let _ = writeln!(table, "mean recall {recall:.3}, false alarms {alarms:.3}");
        table
    }

    /// The same for a program, the misses included.
    #[must_use]
    pub(crate) fn json(&self) -> Value {
        let mut recall = Map::new();
        let mut by_rule = Map::new();
        for (rule, line) in Rule::ALL.into_iter().zip(self.rules) {
            recall.insert(rule.name().into(), share(line.found, line.broken).into());
            by_rule.insert(
                rule.name().into(),
                json!({
                    "burden": line.broken, "found": line.found,
                    "ok": line.harmless, "false_alarms": line.alarms,
                }),
            );
        }
        by_rule.insert(
            "P-*".into(),
            json!({ "ok": self.wanted.harmless, "false_alarms": self.wanted.alarms }),
        );
        json!({
            "recall": recall, "false_alarms": self.false_alarms(),
            "by_rule": by_rule, "misses": self.misses,
        })
    }
}

fn push(table: &mut String, name: &str, line: &Line) {
    let figure = |share: Option<f64>| share.map_or("-".into(), |share| format!("{share:.2}"));
    let recall = figure(share(line.found, line.broken));
    let alarms = figure(share(line.alarms, line.harmless));
    // Writing to a string cannot fail.
    let _ = writeln!(table, "{name:<12}{recall:<8}{:<6}{alarms:<14}{}", line.broken, line.harmless);
}

fn share(part: u32, whole: u32) -> Option<f64> {
    (whole > 0).then(|| f64::from(part) / f64::from(whole))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_counts_as_found_when_its_own_rule_is_among_the_findings() {
        let mut report = Report::default();
        let (broken, task) = (Label::Burden(Rule::Task), Some(Rule::Task));
        assert!(report.add(broken, task, &[Rule::Watch, Rule::Task]));
        assert!(!report.add(broken, task, &[Rule::Watch]));
        assert!(!report.add(broken, task, &[]));
        assert!(report.add(Label::Harmless, task, &[]));
        assert!(report.add(Label::Harmless, None, &[]));
        assert!(!report.add(Label::Harmless, None, &[Rule::Group]));
        assert_eq!(report.recall(Rule::Task), Some(1.0 / 3.0));
        assert_eq!(report.recall(Rule::Watch), None);
        assert!((report.false_alarms() - 1.0 / 3.0).abs() < 1e-9);
        let json = report.json();
        assert_eq!(json["by_rule"]["TASK"]["found"], 1);
        assert_eq!(json["by_rule"]["P-*"]["false_alarms"], 1);
        assert!(json["recall"]["WATCH"].is_null());
    }
}
