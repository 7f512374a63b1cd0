//! The part of the story in which a desk puts drafts to a phone, and both tell of themselves.

use attune_core::followup::burden::Reader;
use attune_core::followup::{Draft, check_note_with};
use attune_core::repair::RepairOption;
use serde_json::{Value, json};

use crate::world::{Party, run, text};

/// What must be in no file in the clear.
pub(crate) const SECRETS: [&str; 6] = [DRAFT, CHANGED, LINE, WORDS, HOW_WE_WORK, ABOUT_ME];

const DRAFT: &str = "We begin with the walk along the quay, each week.";
const CHANGED: &str = "We begin with the walk, when the client says so.";
const LINE: &str = "Prefers the long form of the family name.";
const WORDS: &str = "not each week, only when I ask";
const HOW_WE_WORK: &str = "I come from the north coast and I ask before I write.";
const ABOUT_ME: &str = "Samira is said with a long i.";

/// Sentences that the readers were trained on.
const SENTENCES: &str = include_str!("../../../tools/burden/sentences/d.tsv");

/// A note with one sentence that cannot be sent.
const THREAT: &str = "I cut you short on Monday. I am sorry for that. If you miss another \
                      session, I will tell your insurer. No reply is needed.";

/// The note of an open card that cannot be sent: it is told why, and everything is as before.
pub(crate) fn blocked(ada: &Party<'_>, case: &str) {
    assert_eq!(ada.fail_with(&["reply", case], THREAT), (7, "NoteBlocked".into()));
    let ran = ada.try_with(&["reply", case], THREAT);
    let told: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!((&told["note"], &told["state"]), (&json!(null), &json!("Opened")));
    let [sentence] = &told["blocked"].as_array().unwrap()[..] else { panic!("{told}") };
    assert_eq!(sentence["rule"], "PENALTY");
    assert_eq!(sentence["sentence"], "If you miss another session, I will tell your insurer.");
    for said in ["tell your insurer.", text(&sentence["why"]), "Nothing is lost"] {
        assert!(ran.err.contains(said), "{said}: {}", ran.err);
    }
    blocked_by_the_second_reader(ada, case);
    assert_eq!(ada.run(&["inbox"])["cards"][0]["case"], case, "it is still open");
}

/// A sentence that the weights of words alone let through is held back here as it is on the desk's page, and shown.
fn blocked_by_the_second_reader(ada: &Party<'_>, case: &str) {
    let blocks = |text: &str, reader: Option<&dyn Reader>| {
        let option = RepairOption::WrittenFollowUp;
        check_note_with(&Draft { option, text, client_words: None }, reader).blocks()
    };
    let mut sentences = SENTENCES.lines().filter_map(|line| {
        let (columns, sentence) = line.rsplit_once('\t')?;
        columns.starts_with("burden").then_some(sentence)
    });
    let second = attune_reader::shipped();
    let hidden = |one: &&str| !blocks(one, None) && blocks(one, Some(second));
    let sentence = sentences.find(hidden).expect("the second reader finds more");
    let ran = ada.try_with(&["reply", case], sentence);
    assert_eq!(ran.status, 7, "{sentence}");
    let told: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(told["blocked"][0]["sentence"], sentence);
}

/// Drafts, what is said to them, and what each side tells of itself. One draft stays open.
pub(crate) fn put_and_answered(phone: &Party<'_>, ada: &Party<'_>) {
    assert_eq!(phone.run(&["proposals"]), json!({ "proposals": [] }));
    let first = put(ada, &["propose", "1", "plan-draft"], DRAFT);
    let line = put(ada, &["propose", "1", "FileLine"], LINE);
    assert_eq!(ada.fail_with(&["propose", "1", "plan"], DRAFT).1, "Usage");
    assert_eq!(ada.fail_with(&["propose", "1", "plan-draft"], " ").1, "Empty");
    assert_eq!(ada.fail_with(&["propose", "1", "plan-draft"], &"a".repeat(4_801)).1, "TooLong");
    assert_eq!(ada.fail(&["close-proposal", "nonsense"]).1, "NotFound");
    ada.run(&["sync"]);
    phone.run(&["sync"]);
    let shown = phone.run(&["proposals"]);
    let of = |id: &str| found(&shown, id);
    assert_eq!((&of(&first)["kind"], &of(&first)["text"]), (&json!("PlanDraft"), &json!(DRAFT)));
    assert_eq!((&of(&line)["kind"], &of(&line)["text"]), (&json!("FileLine"), &json!(LINE)));
    assert_eq!(
        (&of(&first)["sender"], &of(&first)["open"]),
        (&json!("Dr. Ada Okoye"), &json!(true))
    );
    let read = phone.read(&["proposals"]);
    for said in [
        "A draft of a changed plan",
        "A draft line for your file",
        "You have said nothing. You do not have to.",
        "If you leave it, nothing bad comes of it.",
    ] {
        assert!(read.contains(said), "{said}: {read}");
    }

    silence_stays_silence(phone, ada, &line);
    changed_in_words(phone, ada, &first);
    told_of_themselves(phone, ada);
}

/// Nothing was said: neither side shows anything that could be taken for a word.
fn silence_stays_silence(phone: &Party<'_>, ada: &Party<'_>, line: &str) {
    phone.run(&["sync"]);
    ada.run(&["sync"]);
    let put = found(&ada.run(&["proposals"]), line);
    assert_eq!((&put["stage"], &put["name"]), (&json!("Arrived"), &json!("Sam")));
    assert_eq!((&put["answer"], &put["words"]), (&json!(null), &json!(null)));
    let read = ada.read(&["proposals"]);
    assert!(read.contains("That does not say that they read it."), "{read}");
    assert!(!read.contains("The client"), "{read}");

    // Said, and taken back before a sync: it was never said.
    phone.run(&["answer", line, "Leave-It"]);
    assert_eq!(phone.run(&["answer", line, "nothing"])["answer"], Value::Null);
    phone.run(&["sync"]);
    ada.run(&["sync"]);
    assert_eq!(found(&ada.run(&["proposals"]), line)["answer"], Value::Null);
}

/// A word with a change, a changed wording in its place, and one word more.
fn changed_in_words(phone: &Party<'_>, ada: &Party<'_>, first: &str) {
    assert_eq!(phone.fail(&["answer", first, "perhaps"]), (2, "Usage".into()));
    let with_words = ["answer", first, "leave-it", "--words-file", "words"];
    assert_eq!(phone.fail(&with_words), (2, "Usage".into()));
    let long = "a".repeat(1_201);
    assert_eq!(phone.fail_with(&["answer", first, "change-it"], &long), (7, "TooLong".into()));
    let said = phone.run_with(&["answer", first, "change-it"], WORDS);
    assert_eq!((&said["answer"], &said["words"]), (&json!("ChangeIt"), &json!(WORDS)));
    phone.run(&["sync"]);
    ada.run(&["sync"]);
    let put = found(&ada.run(&["proposals"]), first);
    assert_eq!((&put["answer"], &put["words"]), (&json!("ChangeIt"), &json!(WORDS)));
    assert!(ada.read(&["proposals"]).contains("The client wants it changed."));

    let second = put_in_place(ada, first);
    assert_eq!(found(&ada.run(&["proposals"]), first)["stage"], "Closed");
    ada.run(&["sync"]);
    phone.run(&["sync"]);
    let shown = phone.run(&["proposals"]);
    assert_eq!(found(&shown, first)["open"], false);
    assert_eq!(
        (&found(&shown, &second)["text"], &found(&shown, &second)["answer"]),
        (&json!(CHANGED), &json!(null))
    );
    assert_eq!(phone.fail(&["answer", first, "looks-right"]), (7, "TooLate".into()));
    assert_eq!(phone.run(&["erase-proposal", first])["proposal"], first);
    assert_eq!(phone.fail(&["erase-proposal", first]), (7, "NotFound".into()));

    assert_eq!(phone.run(&["answer", &second, "looks-right"])["answer"], "LooksRight");
    phone.run(&["sync"]);
    ada.run(&["sync"]);
    assert_eq!(found(&ada.run(&["proposals"]), &second)["answer"], "LooksRight");
}

fn told_of_themselves(phone: &Party<'_>, ada: &Party<'_>) {
    assert_eq!(phone.run(&["about", "1"])["theirs"], Value::Null);
    assert_eq!(ada.fail_with(&["about"], &"a".repeat(1_201)).1, "TooLong");
    assert_eq!(ada.run_with(&["about"], HOW_WE_WORK), json!({ "text": HOW_WE_WORK }));
    assert_eq!(ada.run(&["about", "--show"]), json!({ "text": HOW_WE_WORK }));

    // A person is shown exactly what will be sent; nobody said yes.
    let ran = run(&mut phone.command(&["about-me", "1"]), ABOUT_ME);
    assert_eq!((ran.status, ran.out.as_str()), (7, ""));
    for shown in ["This is all they will get", "To: Dr. Ada Okoye", ABOUT_ME, "add --yes"] {
        assert!(ran.err.contains(shown), "{shown}: {}", ran.err);
    }
    assert_eq!(phone.run(&["about", "1"])["own"], Value::Null);
    let long = "a".repeat(1_201);
    assert_eq!(phone.fail_with(&["about-me", "1"], &long), (7, "TooLong".into()));
    let ran = run(&mut phone.command(&["about-me", "1", "--yes"]), ABOUT_ME);
    assert_eq!((ran.status, ran.err.as_str()), (0, ""));
    phone.run(&["sync"]);
    ada.run(&["sync"]);
    phone.run(&["sync"]);
    assert_eq!(ada.run(&["about-client", "1"])["text"], ABOUT_ME);
    let both = phone.run(&["about", "1"]);
    assert_eq!((&both["theirs"], &both["own"]), (&json!(HOW_WE_WORK), &json!(ABOUT_ME)));
    assert!(phone.read(&["about", "1"]).contains("What Dr. Ada Okoye says of how they work"));

    // Empty takes it back, and it can be shared again.
    assert_eq!(phone.run_with(&["about-me", "1"], "\n")["own"], Value::Null);
    phone.run(&["sync"]);
    ada.run(&["sync"]);
    assert_eq!(ada.run(&["about-client", "1"])["text"], Value::Null);
    assert_eq!(phone.run_with(&["about-me", "1"], ABOUT_ME)["own"], ABOUT_ME);
    phone.run(&["sync"]);
}

/// After a copy was brought back, what was said waits until it is said again.
pub(crate) fn waiting_after_a_restore(restored: &Party<'_>) {
    let shown = restored.run(&["proposals"]);
    let said = shown["proposals"].as_array().unwrap();
    let said: Vec<_> = said.iter().filter(|proposal| !proposal["answer"].is_null()).collect();
    let [proposal] = &said[..] else { panic!("{shown}") };
    assert_eq!((&proposal["answer"], &proposal["waits"]), (&json!("LooksRight"), &json!(true)));
    assert_eq!(restored.run(&["about", "1"])["waits"], true);
    let read = restored.read(&["restored"]);
    assert!(read.contains("What you said to a draft waits for your word too."), "{read}");
    assert!(read.contains("What you shared about you waits for your word too."), "{read}");
    let again = restored.run(&["answer", text(&proposal["proposal"]), "looks-right"]);
    assert_eq!(again["waits"], false);
}

/// What a readable copy tells of it.
pub(crate) fn in_the_readable_copy(document: &Value) {
    let said: Vec<_> =
        document["proposals"].as_array().unwrap().iter().map(|put| &put["text"]).collect();
    assert_eq!(said.len(), 2);
    assert!(said.contains(&&json!(CHANGED)) && said.contains(&&json!(LINE)), "{said:?}");
    let about = json!([
        { "practice": "Dr. Ada Okoye", "theirs": HOW_WE_WORK, "own": ABOUT_ME, "not_shared": null }
    ]);
    assert_eq!(document["about"], about);
}

/// The desk is done with everything.
pub(crate) fn closed(ada: &Party<'_>) {
    let put = ada.run(&["proposals"]);
    for proposal in put["proposals"].as_array().unwrap() {
        let closed = ada.run(&["close-proposal", text(&proposal["proposal"])]);
        assert_eq!(closed["stage"], "Closed");
    }
}

fn put(ada: &Party<'_>, command: &[&str], draft: &str) -> String {
    let put = ada.run_with(command, draft);
    assert_eq!((&put["stage"], &put["text"]), (&json!("OnItsWay"), &json!(draft)));
    text(&put["proposal"]).to_owned()
}

fn put_in_place(ada: &Party<'_>, old: &str) -> String {
    put(ada, &["propose", "1", "plan-draft", "--replaces", old], CHANGED)
}

/// The one of that id.
fn found(document: &Value, id: &str) -> Value {
    let all = document["proposals"].as_array().unwrap();
    all.iter().find(|one| one["proposal"] == id).unwrap_or_else(|| panic!("{document}")).clone()
}
