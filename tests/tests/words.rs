//! Words that must not stand somewhere: those that measure a client or rank a therapist, anywhere in
//! schema, code and texts; a private moment, in what may leave the phone; a socket or a clock, in the
//! core.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// The one place where the words stand that the product never uses.
const BANNED: &str = include_str!("../../copy/tests/data/banned.txt");

/// What opens a socket or reads a clock. `chrono` is in the core without its clock.
const OUTSIDE: [&str; 14] = [
    "std::net",
    "TcpStream",
    "TcpListener",
    "UdpSocket",
    "UnixStream",
    "UnixListener",
    "reqwest",
    "ureq",
    "tokio",
    "SystemTime",
    "UNIX_EPOCH",
    "Instant",
    "Utc::now",
    "Local::now",
];

/// Names of commands and folders that look like the id of a text.
const NO_TEXTS: [&str; 3] = ["next-session", "help-now", "front-desk"];

#[test]
fn no_schema_code_or_text_has_a_word_that_the_product_never_uses() {
    let banned = banned();
    let files = files(&root(), &["rs", "sql", "ftl"]);
    assert!(files.len() > 30, "{}", files.len());
    let mut broken = Vec::new();
    for path in files {
        for (line, at) in read(&path).lines().zip(1..) {
            let parts = parts(line);
            for word in &banned {
                if parts.windows(word.len()).any(|window| window == word.as_slice()) {
                    broken.push(format!("{}:{at}: {}", path.display(), word.join(" ")));
                }
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn what_leaves_a_device_cannot_name_what_is_private_to_it() {
    let core = root().join("core/src");
    let mut checked = 0;
    // The phone's side, which fills its documents, reads no private table either.
    for room in ["lane", "sync", "lane.rs", "sync.rs", "shared_choice.rs"] {
        for path in files(&core.join(room), &["rs"]) {
            let code = without_comments(&read(&path)).to_lowercase();
            // Words that are being typed: the table and its type, not the plan draft of a practice.
            for typed in ["draft::", "draftof", "from draft", "keep_draft"] {
                assert!(!code.contains(typed), "{} names {typed}", path.display());
            }
            for private in ["misattunement", "worksheet", "noteparts", "note_parts", "work_item"] {
                assert!(!code.contains(private), "{} names {private}", path.display());
            }
            checked += 1;
        }
    }
    assert!(checked > 2, "the rooms of lane and sync are not where they were: {checked}");
}

#[test]
fn the_core_opens_no_socket_and_reads_no_clock() {
    let files = files(&root().join("core/src"), &["rs"]);
    assert!(files.len() > 10, "{}", files.len());
    for path in files {
        let code = without_comments(&read(&path));
        for name in OUTSIDE {
            assert!(!has_name(&code, name), "{} names {name}", path.display());
        }
    }
    let manifest = read(&root().join("core/Cargo.toml"));
    for name in ["tokio", "ureq", "axum", "uniffi", "attune-relay"] {
        assert!(!manifest.contains(&format!("\n{name}")), "the core depends on {name}");
    }
    let workspace = read(&root().join("Cargo.toml"));
    let chrono = workspace.lines().find(|line| line.starts_with("chrono = ")).unwrap();
    assert!(chrono.contains("default-features = false"), "{chrono}");
    assert!(!chrono.contains("\"clock\"") && !chrono.contains("\"now\""), "{chrono}");
}

#[test]
fn every_text_that_the_terminal_asks_for_is_there() {
    let ids = text_ids();
    assert!(ids.len() > 300, "{}", ids.len());
    let first = |id: &str| id.split('-').next().unwrap_or_default().to_owned();
    let rooms: BTreeSet<String> = ids.iter().map(|id| first(id)).collect();
    let mut missing = Vec::new();
    for path in files(&root().join("cli/src"), &["rs"]) {
        let code = without_comments(&read(&path));
        for literal in code.split('"').skip(1).step_by(2) {
            let of_ids = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
            let looks_like_one = literal.contains('-')
                && !literal.ends_with('-')
                && literal.chars().all(of_ids)
                && rooms.contains(&first(literal));
            let is_one = ids.contains(literal) || ids.contains(&format!("{literal}-1"));
            if looks_like_one && !is_one && !NO_TEXTS.contains(&literal) {
                missing.push(format!("{}: {literal}", path.display()));
            }
        }
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

#[test]
fn a_name_is_read_part_by_part() {
    let of = |line: &str| parts(line).join(" ");
    assert_eq!(of("let dueDay = DUE_DAY;"), "let due day due day");
    assert_eq!(of("HTTPServer v2Frame"), "http server v2 frame");
    assert_eq!(of("take-back, take_back; takeBack"), "take back take back take back");
}

#[test]
fn the_list_is_found_in_names_and_in_prose_but_not_inside_other_words() {
    let banned = banned();
    let hits = |line: &str| {
        let parts = parts(line);
        banned.iter().filter(|word| parts.windows(word.len()).any(|w| w == word.as_slice())).count()
    };
    for word in &banned {
        assert_eq!(hits(&word.join("_")), 1, "{word:?}");
        assert_eq!(hits(&format!("client_{}_of", word.join("_"))), 1, "{word:?}");
        assert_eq!(hits(&word.join(" ").to_uppercase()), 1, "{word:?}");
        assert_eq!(hits(&format!("pre{}ed", word.concat())), 0, "{word:?}");
    }
    for line in ["generated frames", "iterating over rows", "an underscored name"] {
        assert_eq!(hits(line), 0, "{line}");
    }
}

/// The ids of all texts.
fn text_ids() -> BTreeSet<String> {
    let mut ids = BTreeSet::new();
    for path in files(&root().join("copy/en"), &["ftl"]) {
        for line in read(&path).lines().filter(|line| line.starts_with(char::is_alphabetic)) {
            ids.extend(line.split_once(" =").map(|(id, _)| id.to_owned()));
        }
    }
    ids
}

/// Each word or phrase as its parts.
fn banned() -> Vec<Vec<String>> {
    BANNED.lines().filter(|line| !line.starts_with('#')).map(parts).collect()
}

/// The words of a line, in lower case: `dueDay`, `due_day` and `due day` have the same two.
fn parts(line: &str) -> Vec<String> {
    let mut parts = Vec::new();
    let mut part = String::new();
    let letters: Vec<char> = line.chars().collect();
    for (at, letter) in letters.iter().copied().enumerate() {
        let before = at.checked_sub(1).map(|at| letters[at]);
        let after = letters.get(at + 1).copied();
        let lower = |c: Option<char>| c.is_some_and(char::is_lowercase);
        let digit = |c: Option<char>| c.is_some_and(char::is_numeric);
        let upper = |c: Option<char>| c.is_some_and(char::is_uppercase);
        let starts = letter.is_uppercase()
            && (lower(before) || digit(before) || (upper(before) && lower(after)));
        if (starts || !letter.is_alphanumeric()) && !part.is_empty() {
            parts.push(std::mem::take(&mut part));
        }
        if letter.is_alphanumeric() {
            part.extend(letter.to_lowercase());
        }
    }
    if !part.is_empty() {
        parts.push(part);
    }
    parts
}

/// Whether `name` stands in `code` as a whole name, not as a part of one.
fn has_name(code: &str, name: &str) -> bool {
    let letter = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
    code.match_indices(name).any(|(at, _)| {
        !letter(code[..at].chars().last()) && !letter(code[at + name.len()..].chars().next())
    })
}

/// The code without its line comments: a comment may say what the code must not name.
fn without_comments(code: &str) -> String {
    let lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
    lines.collect::<Vec<_>>().join("\n")
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The files with these endings at or below `place`, in order; none if there is no such place.
fn files(place: &Path, endings: &[&str]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut left = vec![place.to_owned()];
    while let Some(path) = left.pop() {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if path.is_dir() {
            if name != "target" && (name == ".ci" || !name.starts_with('.')) {
                left.extend(std::fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
            }
        } else if path.is_file()
            && path.extension().is_some_and(|end| endings.iter().any(|known| end == *known))
        {
            found.push(path);
        }
    }
    found.sort();
    found
}
