//! `attune demo`, as a script and as a person see it.

use std::fs;
use std::process::{Command, Output, Stdio};

use attune_copy::Words;
use serde_json::Value;

/// Runs the demo with a folder of its own for temporary files. Nothing may be left in it.
fn demo(arguments: &[&str]) -> Output {
    let temporary = tempfile::tempdir().unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_attune"))
        .arg("demo")
        .args(arguments)
        .env("TMPDIR", temporary.path())
        .stdin(Stdio::null())
        .output()
        .unwrap();
    assert_eq!(fs::read_dir(temporary.path()).unwrap().count(), 0, "something was left behind");
    output
}

fn text(id: &str) -> String {
    Words::english().get(id).unwrap()
}

#[test]
fn every_line_is_checked_and_nothing_of_the_story_is_told_to_the_wrong_one() {
    let output = demo(&["--json"]);
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert_eq!((output.status.code(), stderr.as_str()), (Some(0), ""));
    let lines: Vec<Value> = String::from_utf8(output.stdout)
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert!(lines.len() > 50, "{} lines", lines.len());

    let mut scene = (0, String::new());
    for line in &lines {
        assert_eq!(line["checked"], true, "{line}");
        assert!(line["says"].as_str().is_some_and(|says| !says.is_empty()), "{line}");
        let number = line["scene"].as_u64().unwrap();
        let title = line["title"].as_str().unwrap();
        if number != scene.0 {
            assert_eq!(number, scene.0 + 1, "{line}");
            scene = (number, title.to_owned());
        }
        assert_eq!(title, scene.1, "a scene has one title");
    }
    assert_eq!(scene.0, 13);

    let told = |who: &str| lines.iter().filter(|line| line["who"] == who).collect::<Vec<_>>();
    let readers = ["client", "therapist", "coordinator", "relay", "nobody else"];
    let all: usize = readers.iter().map(|who| told(who).len()).sum();
    assert_eq!(all, lines.len(), "somebody else is told something");
    assert!(readers.iter().all(|who| told(who).len() > 2));

    let (own_words, note) = (text("demo-own-words"), text("demo-note"));
    for line in told("relay") {
        let line = line.to_string();
        for marker in [&own_words, &note, "WrittenFollowUp", "\"option\"", "\"case\"", "\"words\""]
        {
            assert!(!line.contains(marker), "{line}");
        }
    }
    for line in told("therapist").iter().chain(&told("coordinator")) {
        let line = line.to_string();
        assert!(!line.contains(&own_words), "{line}");
    }
    for line in told("therapist") {
        assert_ne!(line["option"], "RequestProvider", "{line}");
    }
    assert!(told("therapist").iter().any(|line| line["text"] == note.as_str()));
    assert!(told("client").iter().any(|line| line["text"] == note.as_str()));
    assert!(told("client").iter().any(|line| line["words"] == own_words.as_str()));

    let values = |field: &str| -> Vec<&str> {
        lines.iter().filter_map(|line| line.get(field)?.as_str()).collect()
    };
    let options = values("option");
    for option in ["WrittenFollowUp", "SwitchTopic", "RequestProvider", "Pause", "RepairQuietly"] {
        assert!(options.contains(&option), "{option}");
    }
    let choice = ["Held", "Queued", "Uploaded", "Received", "Opened", "Answered"];
    let taken_back = ["Uploaded", "Withdrawing", "Withdrawn"];
    let fault = ["Queued", "Received"];
    assert_eq!(values("state"), [&choice[..], &taken_back, &fault, &fault].concat());
    for day in values("due") {
        assert_eq!(day.split('-').map(str::len).collect::<Vec<_>>(), [4, 2, 2], "{day}");
    }
    assert_eq!(values("pointer"), ["Said", "Said", "Said"]);
    assert!(values("case").iter().all(|case| case.len() == 32));
}

#[test]
fn a_person_reads_a_page_of_eighty_columns() {
    let output = demo(&[]);
    assert!(output.status.success());
    let page = String::from_utf8(output.stdout).unwrap();
    assert!(page.lines().all(|line| line.chars().count() <= 80), "{page}");
    assert!(!page.contains('\u{1b}'), "colour without a terminal");
    for who in ["client", "therapist", "coordinator", "relay", "nobody"] {
        let label = text(&format!("demo-who-{who}"));
        assert!(page.contains(&format!("\n  {label} ")), "{label}");
    }
    assert!(!page.contains(&text("demo-not-so")));
}

#[test]
fn the_part_that_is_killed_ends_by_itself_without_orders() {
    let output = Command::new(env!("CARGO_BIN_EXE_attune"))
        .arg("demo")
        .env("ATTUNE_DEMO_CHILD", "phone")
        .stdin(Stdio::null())
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(output.stdout.is_empty() && !output.stderr.is_empty());
}
