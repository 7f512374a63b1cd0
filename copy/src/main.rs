//! Writes the phones' own files, or says which of them are not current. `cargo xtask copy` runs it.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use attune_copy::native::{self, File};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match words.as_slice() {
        ["write", root] => run(Path::new(root), write),
        ["check", root] => run(Path::new(root), check),
        _ => Err(vec!["attune-copy write|check ROOT".to_owned()]),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(problems) => {
            problems.iter().for_each(|problem| eprintln!("{problem}"));
            ExitCode::FAILURE
        }
    }
}

type Work = fn(&Path, &[File]) -> Result<(), Vec<String>>;

fn run(root: &Path, work: Work) -> Result<(), Vec<String>> {
    let languages = native::languages(&root.join("copy"))?;
    work(root, &native::files(&languages))?;
    let unused = native::unused(root).map_err(|error| vec![error.to_string()])?;
    if !unused.is_empty() {
        println!(
            "No phone app uses these {} texts of client_app.ftl: {}",
            unused.len(),
            unused.join(" ")
        );
    }
    Ok(())
}

fn write(root: &Path, files: &[File]) -> Result<(), Vec<String>> {
    for path in native::left_over(root, files) {
        println!("{path} belongs to no language any more; remove it");
    }
    for file in files {
        let path = root.join(&file.path);
        if std::fs::read(&path).is_ok_and(|there| there == file.text.as_bytes()) {
            continue;
        }
        put(&path, &file.text).map_err(|error| vec![format!("{}: {error}", file.path)])?;
        println!("{}", file.path);
    }
    Ok(())
}

fn put(path: &PathBuf, text: &str) -> std::io::Result<()> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    std::fs::write(path, text)
}

fn check(root: &Path, files: &[File]) -> Result<(), Vec<String>> {
    let problems = native::differences(root, files);
    if problems.is_empty() { Ok(()) } else { Err(problems) }
}
