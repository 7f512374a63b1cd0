//! `attune-burden`: trains the burden check out of `sentences/*.tsv`, and judges it.
//!
//! The check itself is `attune_core::followup::burden`; what a sentence looks like to the model is
//! defined there alone, and used here.

mod fit;
mod folds;
mod limits;
mod report;
mod sentences;

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use attune_core::followup::burden::model::{Model, PerRule, RULES};
use attune_core::followup::burden::token::tokens;
use attune_core::followup::burden::{self, MOST, Reader, Rule};

use folds::By;
use limits::Judged;
use report::Report;
use sentences::{Label, Sentence};

const HELP: &str = "\
attune-burden train [--check]      trains on sentences/*.tsv and writes weights.bin and frozen.tsv
                                   below core/data/burden; with --check, tells whether these files
                                   are what training gives
attune-burden leans                how far each sentence leans by weights that never met it
attune-burden judge FILE [--json]  what the check finds in a list of labelled sentences, with the
                                   second reader; with --alone, without it
attune-burden patterns             the sentences of the lists that a pattern finds, wrongly ones first
";

/// Harmless sentences on which anything may be found, of those left out of training.
const BUDGET: f32 = 0.05;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match words.as_slice() {
        ["train"] => train(false),
        ["train", "--check"] => train(true),
        ["patterns"] => patterns(),
        ["leans"] => leans(),
        ["judge", file] => judge(Path::new(file), false, Some(attune_reader::shipped())),
        ["judge", file, "--alone"] => judge(Path::new(file), false, None),
        ["judge", file, "--json"] | ["judge", "--json", file] => {
            judge(Path::new(file), true, Some(attune_reader::shipped()))
        }
        _ => {
            eprint!("{HELP}");
            return ExitCode::from(2);
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("{problem}");
            ExitCode::FAILURE
        }
    }
}

fn train(check: bool) -> Result<(), String> {
    let sentences = training()?;
    let examples = examples(&sentences);
    eprintln!("{} sentences", sentences.len());
    let folds: Vec<(By, Vec<Judged>)> =
        By::ALL.into_iter().map(|by| (by, folds::judge(&sentences, &examples, by))).collect();
    let limits = limits::limits(&weighed(&folds), BUDGET);
    for (by, judged) in &folds {
        println!("{}\n{}", by.name(), left_out(judged, limits).table());
    }
    let all: Vec<&fit::Example> = examples.iter().collect();
    let weights = fit::fit(&all);
    let model = Model::new(&weights, limits);
    let frozen = frozen(&sentences, &weights, &model);
    kept("weights.bin", &model.to_bytes(), check)?;
    kept("frozen.tsv", frozen.as_bytes(), check)
}

fn examples(sentences: &[Sentence]) -> Vec<fit::Example> {
    let example = |one: &Sentence| fit::Example { features: one.features(), label: one.label };
    sentences.iter().map(example).collect()
}

/// Writes a file beside the check, or tells whether it is there as it should be.
fn kept(name: &str, wanted: &[u8], check: bool) -> Result<(), String> {
    let path = root().join("core/data/burden").join(name);
    let failed = |error: std::io::Error| format!("{}: {error}", path.display());
    if !check {
        return std::fs::write(&path, wanted).map_err(failed);
    }
    if std::fs::read(&path).map_err(failed)? != wanted {
        return Err(format!("{name} is not what training gives: run `attune-burden train`."));
    }
    println!("{name} is what training gives.");
    Ok(())
}

/// Some sentences, how far each leans by the weights in full, and what is found: the core's tests hold
/// the file of small weights, and the code that reads it, against this.
fn frozen(sentences: &[Sentence], weights: &[PerRule], model: &Model<'_>) -> String {
    let mut lines = String::new();
    for one in sentences.iter().step_by(sentences.len() / 60 + 1) {
        let features = one.features();
        let mut leans = [0.0_f32; RULES];
        for feature in &features {
            for (lean, weight) in leans.iter_mut().zip(weights[feature.row]) {
                *lean += weight * feature.value;
            }
        }
        let leans: Vec<String> = leans.iter().map(|lean| format!("{lean:.2}")).collect();
        let found = model.broken(&model.leans(&features), MOST);
        let found: Vec<&str> = found.into_iter().map(Rule::name).collect();
        let _ = writeln!(lines, "{}\t{}\t{}", one.text, found.join(" "), leans.join(" "));
    }
    lines
}

/// The sentences of each hand count for as much, however many there are.
fn weighed(folds: &[(By, Vec<Judged>)]) -> Vec<Judged> {
    let given = |by: By| by == By::Row;
    let rows = |wanted: bool| -> usize {
        let of_hand = folds.iter().filter(|(by, _)| given(*by) == wanted);
        of_hand.map(|(_, judged)| judged.len()).sum()
    };
    let mut all = Vec::new();
    for (by, judged) in folds {
        let counts = 1_000.0 / rows(given(*by)).max(1) as f32;
        all.extend(judged.iter().map(|one| Judged { counts, ..*one }));
    }
    all
}

/// What these limits find of sentences that were left out.
fn left_out(judged: &[Judged], limits: PerRule) -> Report {
    let model = Model::new(&[], limits);
    let mut report = Report::default();
    for one in judged {
        report.add(one.label, one.rule, &model.broken(&one.leans, MOST));
    }
    report
}

/// How far each sentence leans by weights that never met it: what the reader's limits are set with.
fn leans() -> Result<(), String> {
    let sentences = training()?;
    let examples = examples(&sentences);
    for by in By::ALL {
        for one in folds::judge(&sentences, &examples, by) {
            let leans: Vec<String> = one.leans.iter().map(|lean| format!("{lean:.4}")).collect();
            println!("{}\t{}\t{}", by.name(), one.at, leans.join(" "));
        }
    }
    Ok(())
}

fn judge(file: &Path, json: bool, reader: Option<&dyn Reader>) -> Result<(), String> {
    let sentences = sentences::read(file)?;
    let began = Instant::now();
    let report = Report::of(&sentences, reader);
    eprintln!("{:.2} ms a sentence", 1e3 * began.elapsed().as_secs_f64() / sentences.len() as f64);
    let text = if json {
        format!("{:#}\n", report.json())
    } else {
        format!("{}\n{}", report.misses.join("\n"), report.table())
    };
    // Unlike `print`, this is no panic when the reader has left.
    std::io::stdout().write_all(text.as_bytes()).map_err(|error| error.to_string())
}

fn patterns() -> Result<(), String> {
    let sentences = training()?;
    for harmless in [true, false] {
        for one in sentences.iter().filter(|one| (one.label == Label::Harmless) == harmless) {
            let tokens = tokens(&one.text);
            for (rule, range) in burden::certain(&tokens) {
                let held: Vec<&str> = tokens[range].iter().map(|token| &*token.word).collect();
                let (rule, own) = (rule.name(), &one.rule);
                let label = if harmless { "ok" } else { "burden" };
                println!("{label} {own} found {rule} by \"{}\": {}", held.join(" "), one.text);
            }
        }
    }
    Ok(())
}

/// All lists, in the order of their names.
fn training() -> Result<Vec<Sentence>, String> {
    let folder = root().join("tools/burden/sentences");
    let entries =
        std::fs::read_dir(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut files: Vec<PathBuf> = entries
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "tsv"))
        .collect();
    files.sort();
    let mut all = Vec::new();
    for file in files {
        all.extend(sentences::read(&file)?);
    }
    Ok(all)
}

/// The root of the checkout that cargo runs this from.
fn root() -> PathBuf {
    let built_in = || PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let own = std::env::var_os("CARGO_MANIFEST_DIR").map_or_else(built_in, PathBuf::from);
    own.join("../..")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_that_blocks_holds_next_to_no_harmless_sentence() {
        let sentences = training().unwrap();
        let harmless: Vec<&Sentence> =
            sentences.iter().filter(|one| one.label == Label::Harmless).collect();
        let held = |one: &&&Sentence| burden::certain(&tokens(&one.text)).next().is_some();
        let wrongly: Vec<&str> =
            harmless.iter().filter(held).map(|one| one.text.as_str()).collect();
        assert!(wrongly.len() * 200 < harmless.len(), "{wrongly:#?}");
    }

    #[test]
    fn the_lists_are_large_and_name_their_voices() {
        let sentences = training().unwrap();
        assert!(sentences.len() > 5_000, "{}", sentences.len());
        for rule in Rule::ALL {
            let of = |label: Label| {
                sentences
                    .iter()
                    .filter(|one| one.label == label && one.rule() == Some(rule))
                    .count()
            };
            let (broken, harmless) = (of(Label::Burden(rule)), of(Label::Harmless));
            assert!(broken > 200 && harmless > 150, "{}: {broken} {harmless}", rule.name());
        }
    }
}
