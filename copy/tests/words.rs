//! The rules that every text is held to: who reads it decides which.

use std::collections::BTreeSet;

use attune_copy::{Audience, Value, Words, WordsError, option_ids};
use attune_core::followup::burden::Rule;
use attune_core::followup::document::Matter;
use attune_core::followup::reading_grade::{reading_grade, word_count};
use attune_core::repair::RepairOption;

const FILES: [(Audience, &str); 8] = [
    (Audience::Client, include_str!("../en/client.ftl")),
    (Audience::Client, include_str!("../en/client_app.ftl")),
    (Audience::Therapist, include_str!("../en/therapist.ftl")),
    (Audience::Coordinator, include_str!("../en/coordinator.ftl")),
    (Audience::Desk, include_str!("../en/desk.ftl")),
    (Audience::Desk, include_str!("../en/desk_work.ftl")),
    (Audience::Terminal, include_str!("../en/cli.ftl")),
    (Audience::Demo, include_str!("../en/demo.ftl")),
];

/// The words that the product never uses, one a line.
const BANNED: &str = include_str!("data/banned.txt");

/// Phrases that mean something else than their words say.
const FIGURES: &str = include_str!("data/figures_of_speech.txt");

/// The English source that the texts were started from: id, a tab, text.
const MICROCOPY: &str = include_str!("data/microcopy.tsv");

/// Texts that differ from the source on purpose, with the reason.
const BETTERED: [(&str, &str); 4] = [
    ("delete.sub", "it wipes what is the app's own, and not all that is on the phone"),
    ("status.picked", "the day became a placeholder"),
    ("pick.language.sub", "only the practice may say that there is no cost"),
    ("pick.quiet.sub", "\"our plan\" would be the app speaking as the therapist"),
];

/// Every text with a sample value for each placeholder: numbers in the singular and the plural.
fn texts() -> Vec<(Audience, String, String)> {
    let words = Words::english();
    let mut texts = Vec::new();
    for id in words.ids() {
        let audience = words.audience(id).unwrap();
        let placeholders = words.placeholders(id).unwrap();
        for number in [1, 3] {
            let values: Vec<_> =
                placeholders.iter().map(|name| (name.as_str(), sample(name, number))).collect();
            texts.push((audience, id.to_owned(), words.format(id, &values).unwrap()));
        }
    }
    texts
}

fn sample(placeholder: &str, number: usize) -> Value<'static> {
    match placeholder {
        "count" | "number" | "minutes" | "seconds" | "limit" | "bytes" | "code" => number.into(),
        "place" => "Ireland".into(),
        "weekday" | "day" => "Friday".into(),
        "month" => "March".into(),
        "words" => "apple river stone cloud".into(),
        _ => "Ada Okoye".into(),
    }
}

#[test]
fn every_line_of_every_file_is_read_and_no_id_is_used_twice() {
    let mut seen = BTreeSet::new();
    for (audience, file) in FILES {
        for line in file.lines().filter(|line| line.starts_with(|c: char| c.is_alphabetic())) {
            let (id, _) = line.split_once(" =").unwrap_or_else(|| panic!("not a text: {line}"));
            assert!(seen.insert(id), "{id} is used twice");
            assert_eq!(Words::english().audience(id), Some(audience), "{id} does not parse");
        }
    }
    assert_eq!(seen.len(), Words::english().ids().count());
}

#[test]
fn every_placeholder_is_explained_above_its_text() {
    for (_, file) in FILES {
        let mut comment = String::new();
        for line in file.lines() {
            if let Some(text) = line.strip_prefix("# ") {
                comment.push_str(text);
            } else if let Some((id, _)) = line.split_once(" =")
                && line.starts_with(|c: char| c.is_alphabetic())
            {
                for name in Words::english().placeholders(id).unwrap() {
                    assert!(comment.contains(&format!("${name}")), "{id}: {name} is not explained");
                }
                comment.clear();
            }
        }
    }
}

#[test]
fn every_group_has_a_heading_for_translators() {
    for (_, file) in FILES {
        assert!(file.starts_with("### "));
        let first_text = file.lines().position(|line| line.contains(" = ")).unwrap();
        let heading = file.lines().position(|line| line.starts_with("## ")).unwrap();
        assert!(heading < first_text);
    }
}

#[test]
fn a_client_text_of_five_words_or_more_has_a_reading_grade_of_six_at_most() {
    let hard: Vec<_> = texts()
        .into_iter()
        .filter(|(audience, _, text)| *audience == Audience::Client && word_count(text) >= 5)
        .filter_map(|(_, id, text)| {
            let grade = reading_grade(&text);
            (grade > 6.0).then(|| format!("{id}: {grade:.1}: {text}"))
        })
        .collect();
    assert!(hard.is_empty(), "{}", hard.join("\n"));
}

#[test]
fn no_text_has_an_exclamation_mark() {
    for (_, id, text) in texts() {
        assert!(!text.contains(['!', '\u{ff01}', '\u{a1}']), "{id}");
    }
}

#[test]
fn no_text_has_a_word_that_the_product_never_uses() {
    let banned: Vec<_> = BANNED.lines().filter(|line| !line.starts_with('#')).collect();
    assert!(banned.len() > 10);
    for (_, id, text) in texts() {
        let spaced = plain(&text);
        for word in &banned {
            assert!(!spaced.contains(&format!(" {word} ")), "{id} says {word:?}");
        }
    }
}

#[test]
fn no_text_has_a_figure_of_speech() {
    let figures: Vec<_> = FIGURES.lines().filter(|line| !line.starts_with('#')).collect();
    assert!(figures.len() > 30);
    for (_, id, text) in texts() {
        let spaced = plain(&text);
        for figure in &figures {
            assert!(!spaced.contains(&format!(" {figure} ")), "{id} says {figure:?}");
        }
    }
}

/// Lower case words with one space around each: whole words and phrases can be looked for.
fn plain(text: &str) -> String {
    let words: Vec<_> = text
        .to_lowercase()
        .split(|c: char| !c.is_alphanumeric() && c != '\'')
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect();
    format!(" {} ", words.join(" "))
}

#[test]
fn every_text_of_the_source_is_there_and_says_the_same() {
    for line in MICROCOPY.lines().filter(|line| !line.is_empty()) {
        let (id, text) = line.split_once('\t').unwrap();
        let ours = id.replace('.', "-");
        assert_eq!(Words::english().audience(&ours), Some(Audience::Client), "{id}");
        if BETTERED.iter().all(|(bettered, _)| *bettered != id) {
            assert_eq!(Words::english().get(&ours).as_deref(), Ok(text), "{id}");
        }
    }
    for (id, _) in BETTERED {
        assert!(MICROCOPY.contains(&format!("{id}\t")), "{id} is not in the source");
    }
}

#[test]
fn every_option_has_its_texts() {
    let words = Words::english();
    for option in RepairOption::ALL {
        let ids = option_ids(option.name()).unwrap();
        assert_eq!(words.audience(ids.title), Some(Audience::Client));
        assert_eq!(words.audience(ids.sub), Some(Audience::Client));
        assert_eq!(ids.card.is_some(), option.recipient().is_some(), "{option:?}");
        let (Some(card), Some(to_do), Some(not)) = (ids.card, ids.card_do, ids.card_do_not) else {
            continue;
        };
        let reader = match option.recipient().unwrap() {
            attune_core::practice::PracticeRole::Therapist => Audience::Therapist,
            attune_core::practice::PracticeRole::Coordinator => Audience::Coordinator,
        };
        assert_eq!(words.audience(card), Some(reader), "{card}");
        assert!(words.list(to_do).unwrap().len() >= 2, "{to_do}");
        let not = words.list(not).unwrap();
        assert!(not.contains(&"Do not ask why.".to_owned()), "{card}");
        assert!(not.iter().any(|line| line.starts_with("Do not call")), "{card}");
        assert!(not.len() >= 4, "{card}");
    }
    assert_eq!(option_ids("Anything"), None);
}

#[test]
fn every_finding_on_a_note_says_why_to_the_therapist() {
    let rules = Rule::ALL.into_iter().map(Rule::why);
    for id in rules.chain(Matter::ALL.into_iter().map(Matter::why)) {
        assert_eq!(Words::english().audience(id), Some(Audience::Therapist), "{id}");
        assert!(Words::english().get(id).is_ok(), "{id}");
    }
}

#[test]
fn a_wrong_id_or_value_is_an_error_and_never_silence() {
    let words = Words::english();
    let day = ("day", Value::from("Friday"));
    assert_eq!(
        words.format("status-picked", std::slice::from_ref(&day)).as_deref(),
        Ok("Picked up. A reply is due by Friday.")
    );
    assert_eq!(words.get("no-such-id"), Err(WordsError::UnknownId("no-such-id".into())));
    assert_eq!(words.list("home"), Err(WordsError::UnknownId("home-1".into())));
    let missing =
        WordsError::MissingValue { id: "status-picked".into(), placeholder: "day".into() };
    assert_eq!(words.get("status-picked"), Err(missing));
    let unknown =
        WordsError::UnknownPlaceholder { id: "home-title".into(), placeholder: "day".into() };
    assert_eq!(words.format("home-title", &[day]), Err(unknown));
}

#[test]
fn a_value_is_put_in_without_marks_around_it() {
    let name = [("name", Value::from("\u{645} <b>"))];
    assert_eq!(Words::english().format("notes-from", &name).unwrap(), "From \u{645} <b>");
}

#[test]
fn numbers_choose_their_form() {
    let of = |count: usize| {
        Words::english().format("pair-word-count", &[("count", count.into())]).unwrap()
    };
    assert_eq!(of(1), "That is 1 word. A code has eight.");
    assert_eq!(of(7), "That is 7 words. A code has eight.");
}

#[test]
fn a_day_reads_as_a_person_writes_it() {
    assert_eq!(Words::english().day(5, 3, 6).as_deref(), Ok("Friday, March 6"));
    assert!(Words::english().day(0, 3, 6).is_err());
    assert!(Words::english().day(7, 13, 6).is_err());
}
