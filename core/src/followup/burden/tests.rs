//! The check as a whole, on plain sentences; but for two harmless ones, no list has them.

use proptest::prelude::*;

use super::*;
use crate::repair::RepairOption;

/// Sentences with how far each leans by the weights as they were trained, before they were made
/// small; `attune-burden train` writes it.
const FROZEN: &str = include_str!("../../../data/burden/frozen.tsv");

fn names(text: &str) -> Vec<&'static str> {
    let note = Draft { option: RepairOption::WrittenFollowUp, text, client_words: None };
    check(&note).into_iter().map(|finding| finding.rule.name()).collect()
}

#[test]
fn the_small_weights_say_what_the_trained_ones_said() {
    let mut seen = 0;
    for line in FROZEN.lines() {
        let columns: Vec<&str> = line.split('\t').collect();
        let [text, found, trained] = columns[..] else { panic!("{line}") };
        let leans = MODEL.leans(&features::features(&tokens(text)));
        for (lean, trained) in leans.iter().zip(trained.split(' ')) {
            let trained: f32 = trained.parse().unwrap();
            assert!((lean - trained).abs() < 0.15, "{text}: {lean} {trained}");
        }
        let names: Vec<_> = MODEL.broken(&leans, MOST).into_iter().map(Rule::name).collect();
        assert_eq!(names.join(" "), found, "{text}");
        seen += 1;
    }
    assert!(seen > 50, "{seen}");
}

#[test]
fn the_file_is_read_as_it_is_written() {
    let model = Model::shipped();
    let bytes = model.to_bytes();
    assert!(bytes.starts_with(b"ATNBURD1"));
    let file: &[u8; model::LEN] = bytes.as_slice().try_into().unwrap();
    let again = Model::read(file);
    let seen = features::features(&tokens("Please write me a list of what I did."));
    assert_eq!(again.leans(&seen), model.leans(&seen));
    assert_eq!(again.to_bytes(), bytes);
}

#[test]
fn each_rule_is_found_where_it_is_plainly_broken() {
    for (rule, text) in CASES {
        assert!(names(text).contains(&rule), "{rule} {:?}: {text}", names(text));
    }
    for rule in Rule::ALL {
        assert!(CASES.iter().any(|(known, _)| *known == rule.name()), "{rule:?}");
    }
}

#[test]
fn what_is_plainly_harmless_is_left_alone() {
    for text in HARMLESS {
        assert_eq!(names(text), [""; 0], "{text}");
    }
}

#[test]
fn what_must_never_be_missed_blocks() {
    for text in [
        "If you stop, you could lose your bed.",
        "That would go on your record.",
        "I have to report this to the court.",
        "I will note it in your record if you do not answer.",
        "I would have to document that you declined.",
        "If you cancel, this will count as a missed visit.",
        "It counts as an absence.",
        "You may lose your slot.",
        "That can mean losing your place here.",
        "Then I might give your hour to someone else.",
        "I would have to bill you for that hour.",
        "I will charge you for it if you leave early.",
        "A fee may then be due.",
        "The court will be told that you stopped.",
        "Your insurer will be told.",
        "Your case worker will be told about this.",
        "I must tell your tutor about it.",
        "You could be taken off the list.",
        "Your referral may be closed.",
        "I might not be able to keep your place.",
        "You would go back on the waiting list.",
        "You asked me to write, but I will call.",
        "I know you wanted the interpreter, but let us try without.",
        "Even though you asked for a pause, we need to go on.",
        "You need to tell me why before I can offer anybody.",
        "I need a reason before we can book the interpreter.",
    ] {
        let note = Draft { option: RepairOption::Pause, text, client_words: None };
        let blocks = check(&note).iter().any(|finding| finding.rule.effect() == Effect::Block);
        assert!(blocks, "{text}");
    }
}

/// Says the same of every sentence.
struct Stubborn(model::PerRule);

impl Reader for Stubborn {
    fn beyond(&self, _: &str, _: &model::PerRule) -> model::PerRule {
        self.0
    }
}

#[test]
fn a_second_reader_has_the_last_word_but_for_the_patterns() {
    let read = |text: &str, says: &[(Rule, f32)]| -> Vec<Rule> {
        let mut beyond = [-1.0; model::RULES];
        says.iter().for_each(|(rule, far)| beyond[*rule as usize] = *far);
        let note = Draft { option: RepairOption::Pause, text, client_words: None };
        let findings = check_with(&note, Some(&Stubborn(beyond)));
        findings.into_iter().map(|finding| finding.rule).collect()
    };
    assert_eq!(read("Please fill in the form and bring it next time.", &[]), []);
    let three = [(Rule::Teach, 0.1), (Rule::Watch, 0.3), (Rule::Group, 0.2)];
    assert_eq!(read("That was my mistake.", &three), [Rule::Watch, Rule::Group]);
    let recorded = read("That would go on your record.", &three);
    assert_eq!(recorded, [Rule::Penalty, Rule::Watch]);
}

#[test]
fn a_denied_pattern_does_not_block() {
    for text in HARMLESS_NEIGHBOURS {
        assert_eq!(certain(&tokens(text)).next(), None, "{text}");
    }
}

#[test]
fn a_finding_knows_its_sentence_and_its_words() {
    let text = "I talked over you on Monday. Please write me a list of what I did wrong. No reply is needed.";
    let note = Draft { option: RepairOption::WrittenFollowUp, text, client_words: None };
    let findings = check(&note);
    let task = findings.iter().find(|finding| finding.rule == Rule::Task).unwrap();
    assert_eq!(&text[task.sentence.clone()], "Please write me a list of what I did wrong.");
    assert!(text[task.words.clone()].contains("list"), "{}", &text[task.words.clone()]);
}

#[test]
fn a_fragment_and_a_quotation_are_read_with_their_neighbours() {
    let read = |text: &str| -> Vec<String> {
        passages(text).into_iter().map(|range| text[range].to_owned()).collect()
    };
    for (text, wanted) in [
        ("Bedtimes. Seven days. On paper.", &["Bedtimes. Seven days. On paper."][..]),
        ("I talked over you. I am sorry.", &["I talked over you. I am sorry."]),
        (
            "I will read my notes. I will call no one.",
            &["I will read my notes.", "I will call no one."],
        ),
        (
            "'Men do not cry here.' I said that to you.",
            &["'Men do not cry here.' I said that to you."],
        ),
        ("One line is here\nTwo.", &["One line is here", "Two."]),
        ("", &[]),
    ] {
        assert_eq!(read(text), wanted, "{text}");
    }
}

proptest! {
    #[test]
    fn any_text_is_judged_alike_twice_and_its_findings_are_in_it(
        text in "([a-z']{1,7}|[A-Z][a-z]+|\\PC|[ .,!?\"\u{2019}\n-]){0,120}"
    ) {
        let note = Draft { option: RepairOption::Pause, text: &text, client_words: None };
        let findings = check(&note);
        prop_assert_eq!(&findings, &check(&note));
        for finding in &findings {
            prop_assert!(text.get(finding.words.clone()).is_some_and(|words| !words.is_empty()));
            prop_assert!(finding.sentence.start <= finding.words.start);
            prop_assert!(finding.words.end <= finding.sentence.end);
            let same = findings.iter().filter(|other| other.sentence == finding.sentence);
            prop_assert!(same.count() <= MOST);
        }
    }
}

const CASES: [(&str, &str); 24] = [
    ("TEACH", "Could you explain to me what the feast means in your tradition?"),
    ("TEACH", "Please teach me how your family does it."),
    ("SOOTHE", "Please forgive me, I feel terrible about it."),
    ("SOOTHE", "I hope you can tell me that we are okay."),
    ("INTENT", "I only meant to help you."),
    ("INTENT", "I am sorry, but I was tired that day."),
    ("MINIMISE", "I am sorry if you felt hurt."),
    ("MINIMISE", "It was only a small joke, so it is no big deal."),
    ("INTERPRET", "Your anger at me is really about your father."),
    ("INTERPRET", "I wonder if this is part of your old pattern."),
    ("PRESSURE", "Please reply by tomorrow."),
    ("PRESSURE", "I need an answer from you today."),
    ("PENALTY", "If you cancel, you will be charged the full fee."),
    ("PENALTY", "The court will hear that you stopped."),
    ("TASK", "Please fill in the form and bring it next time."),
    ("TASK", "Write down three examples for our next session."),
    ("WATCH", "Please tell me if I do it again."),
    ("WATCH", "Stop me next time I get it wrong."),
    ("GROUP", "People from your culture are always so polite."),
    ("GROUP", "I have worked with many clients from your country."),
    ("SHARED", "We both made mistakes in that session."),
    ("SHARED", "We both have our share in what went wrong."),
    ("OVERRIDE", "I know you asked for a note, but I would rather talk."),
    ("OVERRIDE", "Before we pause, let us talk about it one more time."),
];

/// What looks like a pattern that blocks, and threatens nobody.
const HARMLESS_NEIGHBOURS: [&str; 20] = [
    "You will not lose your place.",
    "It won't go on your record.",
    "I noted in your record how to say your name.",
    "I will note what I said and bring it to my supervisor.",
    "I will not document that you declined.",
    "This does not count as a missed visit.",
    "It was recorded as a missed call, and I put that right.",
    "You keep your place on the list.",
    "Nobody gives your hour to someone else.",
    "I will not have to bill you for that hour.",
    "I charged you for the hour by mistake, and you have it back.",
    "No fee will be due.",
    "The court will be told nothing of this.",
    "Your insurer is not told about this.",
    "My supervisor will be told about what I did.",
    "I told your tutor nothing.",
    "I took you off the list by mistake and put you back.",
    "Your referral stays open.",
    "Ada can keep your place for you.",
    "You do not go back on the waiting list.",
];

const HARMLESS: [&str; 10] = [
    "I said your name wrong on Monday.",
    "That may have made you feel less safe with me.",
    "I am sorry I said it.",
    "No reply is needed.",
    "I will go over my notes with my supervisor by Friday.",
    "I will not joke about how people speak.",
    "The topic is paused, and I will not bring it up.",
    "You do not need to explain anything.",
    "Your place stays the same.",
    "That was my mistake.",
];
