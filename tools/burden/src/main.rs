//! `attune-burden`: trains the burden check out of `sentences/*.tsv`, and judges it.
//!
//! The check itself is `attune_core::followup::burden`; what a sentence looks like to the model is
//! defined there alone, and used here.

mod fit;
mod folds;
mod limits;
mod report;
mod sentences;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use attune_core::followup::burden::MOST;
use attune_core::followup::burden::model::{Model, PerRule};

use folds::By;
use limits::Judged;
use report::Report;
use sentences::Sentence;

const HELP: &str = "\
attune-burden train [--check]      trains on sentences/*.tsv and writes core/data/burden/weights.bin;
                                   with --check, tells whether that file is what training gives
attune-burden judge FILE [--json]  what the check finds in a list of labelled sentences
";

/// Harmless sentences on which anything may be found, of those left out of training.
const BUDGET: f32 = 0.05;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match words.as_slice() {
        ["train"] => train(false),
        ["train", "--check"] => train(true),
        ["judge", file] => judge(Path::new(file), false),
        ["judge", file, "--json"] | ["judge", "--json", file] => judge(Path::new(file), true),
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
    let examples: Vec<fit::Example> = sentences
        .iter()
        .map(|one| fit::Example { features: one.features(), label: one.label })
        .collect();
    eprintln!("{} sentences", sentences.len());
    let folds: Vec<(By, Vec<Judged>)> =
        By::ALL.into_iter().map(|by| (by, folds::judge(&sentences, &examples, by))).collect();
    let limits = limits::limits(&weighed(&folds), BUDGET);
    for (by, judged) in &folds {
        println!("{}\n{}", by.name(), left_out(judged, limits).table());
    }
    let all: Vec<&fit::Example> = examples.iter().collect();
    let bytes = Model::new(&fit::fit(&all), limits).to_bytes();
    let path = root().join("core/data/burden/weights.bin");
    if check {
        let known = std::fs::read(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        return if known == bytes {
            println!("The weights are what training gives.");
            Ok(())
        } else {
            Err("The weights are not what training gives: run `attune-burden train`.".into())
        };
    }
    std::fs::write(&path, bytes).map_err(|error| format!("{}: {error}", path.display()))
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

fn judge(file: &Path, json: bool) -> Result<(), String> {
    let report = Report::of(&sentences::read(file)?);
    if json {
        println!("{:#}", report.json());
    } else {
        report.misses.iter().for_each(|miss| println!("{miss}"));
        print!("{}", report.table());
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
