//! That docs/cli.md names the fields that are really printed, and no other.

use std::collections::{BTreeMap, BTreeSet};

const PAGE: &str = include_str!("../../../docs/cli.md");

/// Commands whose document the page describes and that are tested elsewhere.
const ELSEWHERE: [&str; 13] = [
    "attune desk serve",
    "attune relay serve",
    "attune relay backup",
    "attune relay bench",
    "attune relay doctor",
    "attune relay export",
    "attune relay import",
    "attune relay schema",
    "attune relay grant add",
    "attune relay grant list",
    "attune relay grant remove",
    "attune demo",
    "attune completions",
];

/// Compares what was printed in a run with the page.
pub(crate) fn compare(printed: &BTreeMap<String, BTreeSet<String>>) {
    let mut page = documented();
    page.retain(|command, _| !ELSEWHERE.contains(&command.as_str()));
    for (command, fields) in &page {
        let real = printed.get(command).unwrap_or_else(|| panic!("{command} was not run"));
        let unsaid: Vec<_> = real.difference(fields).collect();
        let unseen: Vec<_> = fields.difference(real).collect();
        assert!(unsaid.is_empty() && unseen.is_empty(), "{command}: {unsaid:?} {unseen:?}");
    }
    assert_eq!(page.keys().collect::<Vec<_>>(), printed.keys().collect::<Vec<_>>());
}

/// Each command's fields: those in backquotes, and those of the documents in italics. What stands in
/// brackets explains.
pub(crate) fn documented() -> BTreeMap<String, BTreeSet<String>> {
    let mut documents: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut commands = BTreeMap::new();
    for line in PAGE.lines().filter(|line| line.starts_with("| ")) {
        let line = line.replace("\\|", "/");
        let cells: Vec<_> = line.trim_matches('|').split('|').map(str::trim).collect();
        if let Some(name) = cells[0].strip_prefix('*').and_then(|name| name.strip_suffix('*')) {
            documents.insert(name.to_owned(), fields(cells[1], &documents));
        } else if let Some(usage) = cells[0].strip_prefix("`attune ") {
            let plain = |word: &&str| word.bytes().all(|b| b.is_ascii_lowercase() || b == b'-');
            let name: Vec<_> = usage
                .trim_matches('`')
                .split(' ')
                .take_while(|word| plain(word) && !word.starts_with('-'))
                .collect();
            let name = format!("attune {}", name.join(" "));
            commands.insert(name, fields(cells[2], &documents));
        }
    }
    assert!(commands.len() > 40 && documents.len() > 5);
    commands
}

fn fields(cell: &str, documents: &BTreeMap<String, BTreeSet<String>>) -> BTreeSet<String> {
    let mut depth = 0_u32;
    let told: String = cell
        .chars()
        .filter(|c| {
            depth += u32::from(*c == '(');
            let told = depth == 0;
            depth -= u32::from(*c == ')');
            told
        })
        .collect();
    let told = told.split(": what").next().unwrap();
    let mut fields: BTreeSet<_> =
        told.split('`').skip(1).step_by(2).map(ToOwned::to_owned).collect();
    for name in told.split('*').skip(1).step_by(2) {
        let document = documents.get(name).unwrap_or_else(|| panic!("no document {name}"));
        fields.extend(document.iter().cloned());
    }
    fields
}
