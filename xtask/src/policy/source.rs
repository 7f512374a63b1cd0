//! Rules on the text of single files.

use super::tree::Tree;

const CODE: [&str; 10] = ["rs", "sql", "ftl", "kt", "kts", "swift", "sh", "css", "js", "mjs"];
const MOST_LINES: usize = 500;
/// Written by `cargo xtask copy`, and held current by a test of attune-copy.
const WRITTEN: &str = "ios/Sources/AttuneUI/Words/Keys.swift";

/// One concept a file: code past the limit has two.
pub(crate) fn length(tree: &Tree) -> Vec<String> {
    let code = tree.files.iter().filter(|file| file.is(&CODE) && file.path != WRITTEN);
    code.map(|file| (&file.path, file.text.lines().count()))
        .filter(|(_, lines)| *lines > MOST_LINES)
        .map(|(path, lines)| format!("{path} has {lines} lines"))
        .collect()
}

/// `expect` tells when a lint no longer fires. Where it cannot be used (a module that several test
/// files share), an allowed lint says why.
pub(crate) fn allow(tree: &Tree) -> Vec<String> {
    let attributes = [concat!("#[al", "low("), concat!("#![al", "low(")];
    let mut broken = Vec::new();
    for file in tree.files.iter().filter(|file| file.is(&["rs"])) {
        for (at, _) in attributes.iter().flat_map(|bare| file.text.match_indices(bare)) {
            let attribute = file.text[at..].split(']').next().unwrap_or_default();
            if !attribute.contains("reason = ") {
                let line = file.text[..at].matches('\n').count() + 1;
                broken.push(format!("{}:{line}: {attribute}]", file.path));
            }
        }
    }
    broken
}

/// What is not done is not in the tree.
pub(crate) fn left_for_later(tree: &Tree) -> Vec<String> {
    let marks = [
        concat!("TO", "DO"),
        concat!("FIX", "ME"),
        concat!("XX", "X"),
        concat!("to", "do!("),
        concat!("unimple", "mented!("),
    ];
    let endings = [&CODE[..], &["md", "toml", "yml", "xml", "pro"]].concat();
    found(tree, &endings, |line| marks.iter().any(|mark| has_word(line, mark)))
}

/// A path that is only on the machine it was written on.
pub(crate) fn machine_paths(tree: &Tree) -> Vec<String> {
    let roots = [
        concat!("/ro", "ot/"),
        concat!("/ho", "me/"),
        concat!("/Us", "ers/"),
        concat!("/wo", "rk/"),
        concat!("/t", "mp/"),
        concat!("C:", "\\"),
    ];
    let endings =
        [&CODE[..], &["md", "toml", "yml", "xml", "pro", "json", "tsv", "txt", "lock"]].concat();
    found(tree, &endings, |line| {
        roots.iter().any(|root| {
            let starts = line.match_indices(root).map(|(at, _)| line[..at].chars().last());
            // Within a longer path, such as the address of a page, it is somebody else's folder.
            starts
                .into_iter()
                .any(|before| !before.is_some_and(|c| c.is_alphanumeric() || ".~}".contains(c)))
        })
    })
}

/// Whoever builds this takes each crate and package from the place where it was published.
pub(crate) fn registries(tree: &Tree) -> Vec<String> {
    const CRATES_IO: &str = "registry+https://github.com/rust-lang/crates.io-index";
    let mut broken = Vec::new();
    for file in &tree.files {
        let name = file.path.rsplit('/').next().unwrap_or_default();
        for (line, at) in file.text.lines().zip(1..) {
            let bad = match name {
                "Cargo.lock" => line
                    .strip_prefix("source = ")
                    .is_some_and(|source| source.trim_matches('"') != CRATES_IO),
                "package-lock.json" => line.contains("\"resolved\""),
                "Cargo.toml" => line.contains("git = \"") || line.contains("registry = \""),
                "config.toml" => {
                    ["[source", "[registr", "replace-with"].iter().any(|key| line.starts_with(key))
                }
                _ => false,
            };
            if bad {
                broken.push(format!("{}:{at}: {}", file.path, line.trim()));
            }
        }
    }
    broken
}

fn found(tree: &Tree, endings: &[&str], is_bad: impl Fn(&str) -> bool) -> Vec<String> {
    let mut broken = Vec::new();
    for file in tree.files.iter().filter(|file| file.is(endings)) {
        for (line, at) in file.text.lines().zip(1..) {
            if is_bad(line) {
                broken.push(format!("{}:{at}: {}", file.path, line.trim()));
            }
        }
    }
    broken
}

/// Whether the word stands there, and not as a part of a longer one.
pub(super) fn has_word(line: &str, word: &str) -> bool {
    line.match_indices(word).any(|(at, _)| {
        let letter = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
        !letter(line[..at].chars().last()) && !letter(line[at + word.len()..].chars().next())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(rule: fn(&Tree) -> Vec<String>, path: &str, text: &str, broken: usize) {
        let lines = rule(&Tree::of(&[(path, text)]));
        assert_eq!(lines.len(), broken, "{path}: {text}: {lines:?}");
    }

    #[test]
    fn long_files_are_found() {
        check(length, "a.rs", &"x\n".repeat(500), 0);
        check(length, "a.rs", &"x\n".repeat(501), 1);
        check(length, "a.kt", &"x\n".repeat(501), 1);
        check(length, "a.swift", &"x\n".repeat(501), 1);
        check(length, "a.sh", &"x\n".repeat(501), 1);
        check(length, WRITTEN, &"x\n".repeat(501), 0);
        check(length, "a.mjs", &"x\n".repeat(501), 1);
        check(length, "a.md", &"x\n".repeat(501), 0);
    }

    #[test]
    fn allowed_lints_are_found() {
        check(allow, "a.rs", concat!("#[al", "low(dead_code)]\n#![al", "low(dead_code)]"), 2);
        check(allow, "a.rs", "#[expect(dead_code, reason = \"of use to nobody\")]", 0);
    }

    #[test]
    fn unfinished_work_is_found() {
        check(left_for_later, "a.rs", concat!("// TO", "DO: later"), 1);
        check(left_for_later, "a.rs", concat!("to", "do!(\"later\")"), 1);
        check(left_for_later, "a.rs", "// what is to do: nothing", 0);
    }

    #[test]
    fn machine_paths_are_found() {
        check(machine_paths, "a.rs", concat!("\"/ho", "me/sam/x\""), 1);
        check(machine_paths, "a.md", concat!("see /t", "mp/x"), 1);
        check(machine_paths, "a.md", concat!("https://a.example/ho", "me/x"), 0);
        check(machine_paths, "a.rs", concat!("dir.join(\"ho", "me/x\")"), 0);
    }

    #[test]
    fn other_registries_are_found() {
        let own = "source = \"registry+https://github.com/rust-lang/crates.io-index\"";
        check(registries, "Cargo.lock", own, 0);
        check(registries, "Cargo.lock", "source = \"registry+https://crates.example\"", 1);
        check(registries, "a/package-lock.json", "\"resolved\": \"https://npm.example/a.tgz\"", 1);
        check(registries, "a/Cargo.toml", "x = { git = \"https://a.example\" }", 1);
        check(registries, ".cargo/config.toml", "[source.crates-io]", 1);
    }
}
