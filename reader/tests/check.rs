//! The check with its second reader, on plain sentences. But for some harmless ones, no list has them.

use attune_core::followup::Draft;
use attune_core::followup::burden::{Effect, Finding, Rule, check_with};
use attune_core::repair::RepairOption;

fn check(text: &str) -> Vec<Finding> {
    let note = Draft { option: RepairOption::WrittenFollowUp, text, client_words: None };
    check_with(&note, Some(attune_reader::shipped()))
}

#[test]
fn each_rule_is_found_where_it_is_plainly_broken() {
    for (rule, text) in [
        ("TEACH", "Could you explain to me what the feast means in your tradition?"),
        ("SOOTHE", "Please forgive me, I feel terrible about it."),
        ("INTENT", "I am sorry, but I was tired that day."),
        ("MINIMISE", "It was only a small joke, so it is no big deal."),
        ("INTERPRET", "I wonder if this is part of your old pattern."),
        ("PRESSURE", "I need an answer from you today."),
        ("PENALTY", "If you cancel, you will be charged the full fee."),
        ("TASK", "Please fill in the form and bring it next time."),
        ("WATCH", "Please tell me if I do it again."),
        ("GROUP", "People from your culture are always so polite."),
        ("SHARED", "We both made mistakes in that session."),
        ("OVERRIDE", "I know you asked for a note, but I would rather talk."),
    ] {
        let found: Vec<_> = check(text).iter().map(|finding| finding.rule.name()).collect();
        assert!(found.contains(&rule), "{rule} {found:?}: {text}");
    }
}

#[test]
fn what_is_plainly_harmless_is_left_alone() {
    for text in [
        "I said your name wrong on Monday.",
        "That may have made you feel less safe with me.",
        "I am sorry I said it.",
        "No reply is needed.",
        "I will go over my notes with my supervisor by Friday.",
        "The topic is paused, and I will not bring it up.",
        "You do not need to explain anything.",
        "Your place stays the same.",
        "That was my mistake.",
    ] {
        assert_eq!(check(text), [], "{text}");
    }
}

#[test]
fn what_must_never_be_missed_blocks() {
    for text in ["If you stop, you could lose your bed.", "That would go on your record."] {
        let blocks = check(text).iter().any(|finding| finding.rule.effect() == Effect::Block);
        assert!(blocks, "{text}");
    }
}

#[test]
fn a_finding_knows_its_sentence_and_words_within() {
    let text =
        "I talked over you on Monday. Please write me a list of what I did. No reply is needed.";
    let findings = check(text);
    let task = findings.iter().find(|finding| finding.rule == Rule::Task).unwrap();
    assert_eq!(&text[task.sentence.clone()], "Please write me a list of what I did.");
    assert!(task.sentence.start <= task.words.start && task.words.end <= task.sentence.end);
}
