//! `cargo xtask bench`: the ratios of attune-tests, then what the facade costs from each language.
//!
//! Each language's program prints `name<TAB>nanoseconds`, all against one library of the release
//! profile, on a vault of its own making. What says something of another machine is the ratio to Rust.

use std::path::Path;
use std::process::{Command, ExitCode};

use crate::conformance::Language;
use crate::{child, generate, library, place, tool};

const PROFILE: &str = "release";

/// A bench's name and its nanoseconds.
type Figure = (String, f64);

/// Runs the ratios of attune-tests, the facade's, or both.
pub(crate) fn run(with_ratios: bool, with_facade: bool) -> ExitCode {
    if with_ratios && !ratios() {
        return ExitCode::FAILURE;
    }
    if !with_facade {
        return ExitCode::SUCCESS;
    }
    match facade() {
        Ok(table) => {
            print!("\n{table}");
            ExitCode::SUCCESS
        }
        Err(problem) => {
            eprintln!("{}", problem.trim_end());
            ExitCode::FAILURE
        }
    }
}

fn ratios() -> bool {
    let bench = ["bench", "--package", "attune-tests", "--bench", "ratios"];
    child::cargo(&bench).status().is_ok_and(|status| status.success())
}

fn facade() -> Result<String, String> {
    let folder = library::build(PROFILE)?;
    let rust = told("Rust", &rust()?)?;
    let others = [
        (Language::Kotlin.name(), told("Kotlin", &kotlin(&folder)?)?),
        (Language::Swift.name(), told("Swift", &swift(&folder)?)?),
    ];
    Ok(table(&rust, &others))
}

fn told(language: &str, printed: &str) -> Result<Vec<Figure>, String> {
    figures(printed).ok_or(format!("the bench in {language} printed no figures:\n{printed}"))
}

fn rust() -> Result<String, String> {
    let example = ["run", "--quiet", "--package", "attune-bindings", "--example", "facade_bench"];
    let mut command = child::cargo(&example);
    finished(command.args(["--profile", PROFILE]))
}

fn kotlin(folder: &Path) -> Result<String, String> {
    let java = tool::java()?;
    let reactor = place::root().join("bindings/kotlin");
    let mut maven = java.maven();
    maven.args(["process-test-classes", "-Dattune.bin.skip=true"]).current_dir(&reactor);
    maven.env("CARGO_TARGET_DIR", place::target());
    finished(maven.env("ATTUNE_FFI_PROFILE", PROFILE).env("ATTUNE_FFI_DIR", folder))?;
    let built = reactor.join("attune/target");
    let list = built.join("test.classpath");
    let needed =
        std::fs::read_to_string(&list).map_err(|error| format!("{}: {error}", list.display()))?;
    let own = format!("{0}/test-classes:{0}/classes:{1}", built.display(), needed.trim());
    let mut program = java.program("java");
    program.arg(format!("-Djna.library.path={}", folder.display()));
    finished(program.args(["-cp", &own, "org.attune.bench.Bench"]).current_dir(&reactor))
}

fn swift(folder: &Path) -> Result<String, String> {
    let swift = tool::swift()?;
    generate::run(Language::Swift, &generate::standard_folder(Language::Swift))?;
    let build = place::target().join("swift");
    let mut command = swift.program("swift");
    command.args(["build", "--configuration", "release", "--product", "attune-bench"]);
    command.arg("--scratch-path").arg(&build).env("ATTUNE_FFI_DIR", folder);
    command.current_dir(place::root().join("bindings/swift"));
    finished(&mut command)?;
    finished(&mut Command::new(build.join("release/attune-bench")))
}

fn finished(command: &mut Command) -> Result<String, String> {
    let finished = child::finish(command);
    if finished.success { Ok(finished.output) } else { Err(finished.output) }
}

/// The figures among what a program printed. `None` if it has none.
fn figures(printed: &str) -> Option<Vec<Figure>> {
    let lines = printed.lines().filter_map(|line| line.split_once('\t'));
    let figures: Vec<Figure> = lines
        .filter_map(|(name, figure)| {
            let figure: f64 = figure.trim().parse().ok()?;
            (figure > 0.0).then(|| (name.to_owned(), figure))
        })
        .collect();
    (!figures.is_empty()).then_some(figures)
}

/// A line for each of Rust's figures, with those of the others as ratios to it.
fn table(rust: &[Figure], others: &[(&str, Vec<Figure>)]) -> String {
    let mut head = "| through the facade | Rust |".to_owned();
    let mut rule = "|---|---|".to_owned();
    for (language, _) in others {
        head.push_str(&format!(" {language} | ratio |"));
        rule.push_str("---|---|");
    }
    let mut text = format!("{head}\n{rule}\n");
    for (name, base) in rust {
        let mut row = format!("| {} | {} |", name.replace('_', " "), time(*base));
        for (_, figures) in others {
            match figures.iter().find(|(known, _)| known == name) {
                Some((_, figure)) => {
                    row.push_str(&format!(" {} | {:.1} |", time(*figure), figure / base));
                }
                None => row.push_str(" | |"),
            }
        }
        text.push_str(&row);
        text.push('\n');
    }
    text
}

fn time(nanoseconds: f64) -> String {
    if nanoseconds < 1_000.0 {
        format!("{nanoseconds:.0} ns")
    } else {
        format!("{:.1} us", nanoseconds / 1_000.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_read_from_among_other_lines() {
        let printed = "building\nempty_call\t20000\nnewest_50\t46000.5\nnothing\tmany\nzero\t0\n";
        let wanted = [("empty_call".to_owned(), 20_000.0), ("newest_50".to_owned(), 46_000.5)];
        assert_eq!(figures(printed).unwrap(), wanted);
        assert_eq!(figures("building\n"), None);
    }

    #[test]
    fn the_table_has_ratios_to_rust() {
        let rust = [("empty_call".to_owned(), 50.0), ("newest_50".to_owned(), 20_000.0)];
        let kotlin = vec![("empty_call".to_owned(), 1_500.0), ("newest_50".to_owned(), 30_000.0)];
        let swift = vec![("newest_50".to_owned(), 25_000.0)];
        assert_eq!(
            table(&rust, &[("Kotlin", kotlin), ("Swift", swift)]),
            "| through the facade | Rust | Kotlin | ratio | Swift | ratio |\n|---|---|---|---|---|---|\n\
             | empty call | 50 ns | 1.5 us | 30.0 | | |\n\
             | newest 50 | 20.0 us | 30.0 us | 1.5 | 25.0 us | 1.2 |\n"
        );
    }
}
