//! That every text which this crate asks for exists, and is given what it needs.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use attune_copy::{Audience, Words};

/// The calls that ask for a text, and the placeholders that each fills in.
const CALLS: [(&str, &[&str]); 3] =
    [("say(\"", &[]), ("say_day(\"", &["day"]), ("say_name(\"", &["name"])];

/// The sources without their tests, each with its name.
fn sources(folder: &Path, found: &mut Vec<(String, String)>) {
    let mut left: Vec<PathBuf> = vec![folder.to_owned()];
    while let Some(path) = left.pop() {
        if path.is_dir() {
            left.extend(std::fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
        } else if path.extension().is_some_and(|end| end == "rs") {
            let text = std::fs::read_to_string(&path).unwrap();
            let text = text.split("#[cfg(test)]").next().unwrap();
            let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
            found.push((path.display().to_string(), code.collect::<Vec<_>>().join("\n")));
        }
    }
    found.sort();
}

fn all() -> Vec<(String, String)> {
    let mut found = Vec::new();
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut found);
    assert!(found.len() > 20, "{}", found.len());
    found
}

/// Every string literal that looks like the id of a text: lower case words with dashes, of which the first
/// is that of a group of texts for this page.
fn literals(code: &str) -> Vec<&str> {
    let groups: BTreeSet<&str> = Words::english()
        .ids()
        .filter(|id| Words::english().audience(id) != Some(Audience::Client))
        .map(|id| id.split('-').next().unwrap())
        .collect();
    let of_ids = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    code.split('"')
        .skip(1)
        .step_by(2)
        .filter(|text| text.contains('-') && text.chars().all(of_ids) && !text.ends_with('-'))
        .filter(|text| groups.contains(text.split('-').next().unwrap()))
        .collect()
}

#[test]
fn every_text_that_the_page_asks_for_exists() {
    let words = Words::english();
    let mut asked = 0;
    for (path, code) in all() {
        for id in literals(&code) {
            let is_one = words.audience(id).is_some() || words.list(id).is_ok();
            assert!(is_one || NO_TEXTS.contains(&id), "{path}: {id}");
            asked += 1;
        }
    }
    assert!(asked > 150, "{asked}");
}

/// Words of HTML and HTTP that look like the id of a text.
const NO_TEXTS: [&str; 2] = ["desk-worker", "form-action"];

fn own(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

#[test]
fn every_text_is_asked_for_with_the_values_that_it_needs() {
    let words = Words::english();
    let mut checked = 0;
    for (path, code) in all() {
        for (call, wanted) in CALLS {
            for (at, _) in code.match_indices(call) {
                if code[..at].ends_with('_') {
                    continue;
                }
                let after = &code[at + call.len()..];
                let id = after.split('"').next().unwrap();
                assert_eq!(words.placeholders(id), Some(&own(wanted)[..]), "{path}: {id}");
                checked += 1;
            }
        }
        // What the next page says once has no values.
        for after in code.split("go_and_say(").skip(1) {
            for id in literals(after.split(';').next().unwrap()) {
                assert_eq!(words.placeholders(id), Some(&[][..]), "{path}: {id}");
            }
        }
        for after in code.split("say_with(\"").skip(1) {
            let id = after.split('"').next().unwrap();
            let wanted = words.placeholders(id).unwrap_or_else(|| panic!("{path}: {id}"));
            // Given here, or in a list of values that stands close before.
            for name in wanted {
                assert!(code.contains(&format!("(\"{name}\", ")), "{path}: {id} needs {name}");
            }
            checked += 1;
        }
    }
    assert!(checked > 100, "{checked}");
}
