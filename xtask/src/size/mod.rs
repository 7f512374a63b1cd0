//! `cargo xtask size`: the library as phones get it, what takes its room, and the budget it must keep.
//!
//! Measured where this runs, on x86-64 Linux; a phone's library differs in its instructions, not in
//! what is in it. The linker's map tells what each section and each crate takes: it is written by the
//! same link, so nothing has to be built twice.

mod budget;
mod map;
mod symbol;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use crate::child;
use crate::library::{self, SHIPPING};
use map::Piece;

/// How many of the parts are printed; the others are one line.
const SHOWN: usize = 14;

/// Builds, measures and prints. Fails over the budget.
pub(crate) fn run() -> ExitCode {
    match measure() {
        Ok(kept) if kept => ExitCode::SUCCESS,
        Ok(_) => ExitCode::FAILURE,
        Err(problem) => {
            eprintln!("{}", problem.trim_end());
            ExitCode::FAILURE
        }
    }
}

fn measure() -> Result<bool, String> {
    if !cfg!(all(target_os = "linux", target_arch = "x86_64")) {
        return Err(
            "the budget is for x86-64 Linux, and so is the linker's map that is read".into()
        );
    }
    let budget = budget::read()?;
    let (library, map) = build()?;
    let told = |path: &Path, error| format!("{}: {error}", path.display());
    let bytes = std::fs::metadata(&library).map_err(|error| told(&library, error))?.len();
    let map_text = std::fs::read_to_string(&map).map_err(|error| told(&map, error))?;
    let pieces = map::pieces(&map_text).ok_or("the linker's map cannot be read")?;
    print!("{}", report(&pieces, bytes, budget));
    Ok(bytes <= budget)
}

/// The stripped library, and the map of the link that made it.
fn build() -> Result<(PathBuf, PathBuf), String> {
    let (mut folder, map) = (library::build(SHIPPING)?, library::map());
    if !map.is_file() {
        // Nothing was linked, since all was fresh, and somebody removed the map.
        let clean = ["clean", "--package", "attune-bindings", "--profile", SHIPPING];
        child::finish(&mut child::cargo(&clean));
        folder = library::build(SHIPPING)?;
    }
    Ok((folder.join(library::file_name()), map))
}

fn report(pieces: &[Piece<'_>], bytes: u64, budget: u64) -> String {
    let mut text = String::new();
    let tables = [
        ("section", table(pieces.iter().map(|piece| (piece.section, piece.size)))),
        ("part", table(pieces.iter().map(|piece| (symbol::part(piece), piece.size)))),
    ];
    for (title, rows) in tables {
        text.push_str(&format!("{title:<24}{:>10}\n", "bytes"));
        for (name, size) in rows {
            text.push_str(&format!("{name:<24}{size:>10}\n"));
        }
        text.push('\n');
    }
    let share = bytes * 1000 / budget.max(1);
    let verdict = if bytes <= budget { "within" } else { "over" };
    text.push_str(&format!(
        "the library has {bytes} bytes, {verdict} the budget of {budget} ({}.{} %)\n",
        share / 10,
        share % 10
    ));
    text
}

/// The sums of the parts, the largest first, the small ones in one line.
fn table<'a>(sizes: impl Iterator<Item = (&'a str, u64)>) -> Vec<(String, u64)> {
    let mut sums: BTreeMap<&str, u64> = BTreeMap::new();
    for (name, size) in sizes {
        *sums.entry(name).or_default() += size;
    }
    let mut rows: Vec<(String, u64)> =
        sums.into_iter().map(|(name, size)| (name.to_owned(), size)).collect();
    rows.sort_by(|one, other| other.1.cmp(&one.1).then(one.0.cmp(&other.0)));
    let small = rows.split_off(rows.len().min(SHOWN));
    if !small.is_empty() {
        let sum = small.iter().map(|(_, size)| size).sum();
        rows.push((format!("{} others", small.len()), sum));
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_added_up_and_the_largest_comes_first() {
        let rows = table([(".text", 10), (".rodata", 30), (".text", 25)].into_iter());
        assert_eq!(rows, [(".text".to_owned(), 35), (".rodata".to_owned(), 30)]);
    }

    #[test]
    fn small_parts_share_a_line() {
        let names: Vec<String> = (0..20).map(|number| format!(".s{number:02}")).collect();
        let rows = table(names.iter().map(|name| (name.as_str(), 2)));
        assert_eq!(rows.len(), SHOWN + 1);
        assert_eq!(rows[SHOWN], ("6 others".to_owned(), 12));
    }

    #[test]
    fn the_verdict_is_told_with_the_figures() {
        let over = report(&[], 2_001, 2_000);
        assert!(over.ends_with("has 2001 bytes, over the budget of 2000 (100.0 %)\n"), "{over}");
        let within = report(&[], 1_900, 2_000);
        assert!(within.ends_with("within the budget of 2000 (95.0 %)\n"), "{within}");
    }
}
