//! That docs/cli.md tells of every command, option and exit status, and of no other. The fields that
//! are really printed are compared with it in tests/.

use std::collections::{BTreeMap, BTreeSet};

use clap::CommandFactory as _;

use crate::args::Cli;
use crate::exit::Name;

const PAGE: &str = include_str!("../../docs/cli.md");

/// The rows of the page's tables, cell by cell.
fn rows() -> impl Iterator<Item = Vec<String>> {
    PAGE.lines().filter(|line| line.starts_with("| ")).map(|line| {
        let line = line.trim().trim_matches('|').replace("\\|", "\u{0}");
        line.split('|').map(|cell| cell.trim().replace('\u{0}', "|")).collect()
    })
}

/// The command of a row's first cell and its options: `attune phone list`, `--before`, `--limit`.
fn documented() -> BTreeMap<String, BTreeSet<String>> {
    rows()
        .filter_map(|cells| {
            let usage = cells[0].strip_prefix('`')?.strip_suffix('`')?.to_owned();
            let plain = |word: &&str| word.chars().all(|c| c.is_ascii_lowercase() || c == '-');
            let words: Vec<_> = usage.split(' ').collect();
            let name: Vec<_> = words
                .iter()
                .copied()
                .take_while(|word| plain(word) && !word.starts_with('-'))
                .collect();
            let options = words
                .iter()
                .map(|word| word.trim_matches(['[', ']']))
                .filter(|word| word.starts_with("--"))
                .map(ToOwned::to_owned);
            Some((name.join(" "), options.collect())).filter(|(name, _)| name.starts_with("attune"))
        })
        .collect()
}

/// The commands that do something, with their options; those that every phone and desk command has
/// are told once on the page.
fn real(
    command: &clap::Command,
    path: &str,
    everywhere: &[&str],
    found: &mut BTreeMap<String, BTreeSet<String>>,
) {
    let mut below = command.get_subcommands().filter(|sub| sub.get_name() != "help").peekable();
    if below.peek().is_none() {
        let options = command
            .get_arguments()
            .filter_map(|argument| argument.get_long())
            .filter(|long| !matches!(*long, "help" | "version") && !everywhere.contains(long))
            .map(|long| format!("--{long}"));
        found.insert(path.to_owned(), options.collect());
    }
    for sub in below {
        let everywhere: &[&str] = match sub.get_name() {
            "phone" | "desk" => &["data", "passphrase-file", "json"],
            _ => everywhere,
        };
        real(sub, &format!("{path} {}", sub.get_name()), everywhere, found);
    }
}

#[test]
fn the_page_has_every_command_and_every_option_and_no_other() {
    let mut found = BTreeMap::new();
    real(&Cli::command(), "attune", &[], &mut found);
    assert!(found.len() > 40, "{}", found.len());
    assert_eq!(documented(), found);
}

#[test]
fn the_page_has_every_error_under_its_exit_status() {
    let mut page = BTreeMap::new();
    for cells in rows() {
        if let Ok(status) = cells[0].parse::<u8>() {
            let ticks = |text: &str| -> Vec<String> {
                text.split('`').skip(1).step_by(2).map(ToOwned::to_owned).collect()
            };
            page.extend(ticks(&cells[2]).into_iter().map(|name| (name, status)));
        }
    }
    let real: BTreeMap<_, _> =
        Name::ALL.iter().map(|name| (name.text().to_owned(), name.exit() as u8)).collect();
    assert_eq!(page, real);
}

#[test]
fn the_definitions_are_sound() {
    Cli::command().debug_assert();
}

#[test]
fn no_help_text_has_a_word_that_the_product_never_uses_or_an_exclamation_mark() {
    fn check(command: &mut clap::Command, banned: &[&str]) {
        let help = command.render_long_help().to_string();
        assert!(!help.contains('!'), "{}", command.get_name());
        let words: Vec<_> = help
            .to_lowercase()
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(ToOwned::to_owned)
            .collect();
        let help = format!(" {} ", words.join(" "));
        for word in banned {
            assert!(!help.contains(&format!(" {word} ")), "{}: {word}", command.get_name());
        }
        for sub in command.get_subcommands_mut() {
            check(sub, banned);
        }
    }
    let banned = include_str!("../../copy/tests/data/banned.txt");
    let banned: Vec<_> = banned.lines().filter(|line| !line.starts_with('#')).collect();
    assert!(banned.len() > 10);
    check(&mut Cli::command(), &banned);
}

#[test]
fn every_text_that_this_program_asks_for_exists() {
    let words = attune_copy::Words::english();
    let mut asked = 0;
    for path in sources(&std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src")) {
        let source = std::fs::read_to_string(&path).unwrap();
        // An id is a string of lower case words with dashes, of which the first is that of a group.
        for literal in source.split('"').skip(1).step_by(2) {
            let group = literal.split('-').next().unwrap_or_default();
            let is_id = literal.contains('-')
                && literal
                    .bytes()
                    .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
            if is_id && GROUPS.contains(&group) {
                assert!(words.audience(literal).is_some(), "{}: {literal}", path.display());
                asked += 1;
            }
        }
    }
    assert!(asked > 150, "{asked}");
}

#[test]
fn every_text_is_asked_for_with_the_values_that_it_needs() {
    let words = attune_copy::Words::english();
    let calls: [(&str, &[&str]); 3] =
        [("say(\"", &[]), ("say_day(\"", &["day"]), ("say_name(\"", &["name"])];
    let mut checked = 0;
    for path in sources(&std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src")) {
        let source = std::fs::read_to_string(&path).unwrap();
        for (call, wanted) in calls {
            for after in source.split(call).skip(1) {
                let id = after.split('"').next().unwrap();
                assert_eq!(words.placeholders(id).unwrap_or_default(), wanted, "{id}");
                checked += 1;
            }
        }
    }
    assert!(checked > 80, "{checked}");
}

/// The groups of texts that this program asks for.
const GROUPS: [&str; 44] = [
    "about", "ask", "burden", "card", "client", "clients", "copy", "cost", "delete", "desk", "err",
    "front", "grant", "home", "invite", "limit", "list", "made", "mark", "next", "note", "notes",
    "outside", "pair", "phones", "pick", "place", "preview", "privacy", "put", "relay", "reply",
    "restore", "safety", "serious", "serve", "stage", "status", "sync", "takeback", "told",
    "unpair", "words", "wrote",
];

/// The sources of this program, but not of the demo, which has its own test.
fn sources(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() && name != "demo" {
            found.extend(sources(&path));
        } else if name.ends_with(".rs") && !["relay.rs", "documented.rs"].contains(&name.as_str()) {
            found.push(path);
        }
    }
    found
}
