//! What a note must have as a whole, and what it must not: the product's document checks.
//!
//! These are rules on words, not a trained model: each says what it looked for and where. Which parts a note
//! needs depends on the option: only an answer to what happened has an impact and a correction, while a
//! pause is simply kept.

use std::ops::Range;
use std::sync::LazyLock;

use super::burden::token::{Token, tokens};
use super::burden::{Effect, bytes};
use super::draft::Draft;
use super::pattern::Patterns;
use super::sentence::{sentences, words};
use crate::repair::RepairOption;

/// The most words of a note.
pub const WORDS: usize = 120;

/// The sentences within which the impact must be named.
const OPENING: usize = 2;

static PATTERNS: LazyLock<Patterns> =
    LazyLock::new(|| Patterns::of(include_str!("../../data/burden/note-patterns.txt")));

static IDENTITY: LazyLock<Patterns> = LazyLock::new(|| {
    let list = include_str!("../../data/burden/identity-terms.txt");
    let terms = list.lines().filter(|line| !line.starts_with('#'));
    Patterns::of(&terms.map(|term| format!("{term}: {term}\n")).collect::<String>())
});

/// What can be amiss with a note as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Matter {
    /// The option allows no note at all.
    NoNote,
    /// The first two sentences do not say what it did to the client.
    ImpactLate,
    /// A second sentence says sorry.
    ApologyAgain,
    /// The writer changes nothing of their own.
    NoCorrection,
    /// Nothing says when.
    NoDate,
    /// There is a second question.
    QuestionAgain,
    /// A question cannot be answered with yes or no.
    QuestionOpen,
    /// There is a question, and nothing says that it may be left.
    QuestionHeld,
    /// It is too long.
    TooLong,
    /// Nothing says that no reply is needed.
    NoLeave,
    /// A word for who somebody is, which the client did not use.
    Identity,
    /// Somebody else is brought in.
    ThirdParty,
    /// It guarantees what nobody can know.
    Guarantee,
}

impl Matter {
    /// Each of them.
    pub const ALL: [Self; 13] = [
        Self::NoNote,
        Self::ImpactLate,
        Self::ApologyAgain,
        Self::NoCorrection,
        Self::NoDate,
        Self::QuestionAgain,
        Self::QuestionOpen,
        Self::QuestionHeld,
        Self::TooLong,
        Self::NoLeave,
        Self::Identity,
        Self::ThirdParty,
        Self::Guarantee,
    ];

    /// What it does to the note: only a note where none is allowed is held back.
    #[must_use]
    pub const fn effect(self) -> Effect {
        match self {
            Self::NoNote => Effect::Block,
            _ => Effect::Warn,
        }
    }

    /// The id of the text that says why, in one line.
    #[must_use]
    pub const fn why(self) -> &'static str {
        match self {
            Self::NoNote => "note-not-allowed",
            Self::ImpactLate => "note-impact-late",
            Self::ApologyAgain => "note-apology-again",
            Self::NoCorrection => "note-no-correction",
            Self::NoDate => "note-no-date",
            Self::QuestionAgain => "note-question-again",
            Self::QuestionOpen => "note-question-open",
            Self::QuestionHeld => "note-question-held",
            Self::TooLong => "note-too-long",
            Self::NoLeave => "note-no-leave",
            Self::Identity => "note-identity",
            Self::ThirdParty => "note-third-party",
            Self::Guarantee => "note-guarantee",
        }
    }
}

/// Something amiss with a note as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// What it is.
    pub matter: Matter,
    /// The bytes it is about; `None` for what is missing.
    pub words: Option<Range<usize>>,
}

/// A sentence as it was read.
struct Read {
    bytes: Range<usize>,
    tokens: Vec<Token>,
}

impl Read {
    fn find(&self, name: &str) -> Option<Range<usize>> {
        let range = PATTERNS.find(name, &self.tokens)?;
        Some(bytes(self.tokens.get(range)?, &self.bytes))
    }

    fn is_question(&self) -> bool {
        self.tokens.iter().any(|token| token.word == "?" && !token.quoted)
    }

    /// It starts with a word to which yes and no are no answers.
    fn is_open_question(&self) -> bool {
        let mut words = self.tokens.iter().filter(|token| !token.is_mark());
        let start = words.find(|token| !LINKS.contains(&token.word.as_str()));
        self.is_question() && start.is_some_and(|token| OPEN.contains(&token.word.as_str()))
    }
}

/// What may stand before a question's own start.
const LINKS: [&str; 5] = ["and", "so", "but", "then", "also"];

const OPEN: [&str; 9] = ["what", "why", "how", "who", "where", "when", "which", "whose", "whom"];

/// What is amiss with a note as a whole: first what is there, in the order of the text, then what is
/// missing.
#[must_use]
pub fn check(note: &Draft<'_>) -> Vec<Remark> {
    if note.option == RepairOption::NoContact {
        return vec![Remark { matter: Matter::NoNote, words: Some(0..note.text.len()) }];
    }
    let read: Vec<Read> = sentences(note.text)
        .into_iter()
        .map(|bytes| Read { tokens: tokens(&note.text[bytes.clone()]), bytes })
        .collect();
    let mut remarks = Vec::new();
    let mut add = |matter: Matter, words: Option<Range<usize>>| {
        remarks.push(Remark { matter, words });
    };
    for again in read.iter().filter_map(|one| one.find("APOLOGY")).skip(1) {
        add(Matter::ApologyAgain, Some(again));
    }
    let questions: Vec<&Read> = read.iter().filter(|one| one.is_question()).collect();
    for again in questions.iter().skip(1) {
        add(Matter::QuestionAgain, Some(again.bytes.clone()));
    }
    for open in questions.iter().filter(|one| one.is_open_question()) {
        add(Matter::QuestionOpen, Some(open.bytes.clone()));
    }
    for one in &read {
        for (name, matter) in [("THIRD", Matter::ThirdParty), ("GUARANTEE", Matter::Guarantee)] {
            if let Some(words) = one.find(name) {
                add(matter, Some(words));
            }
        }
    }
    for words in identity(&read, note.client_words) {
        add(Matter::Identity, Some(words));
    }
    if let Some(words) = past_the_last_word(note.text) {
        add(Matter::TooLong, Some(words));
    }
    remarks.sort_by_key(|remark| remark.words.clone().map(|words| (words.start, words.end)));
    let has = |name: &str| read.iter().any(|one| one.find(name).is_some());
    let mut missing = |matter: Matter| remarks.push(Remark { matter, words: None });
    if answers_what_happened(note.option) {
        if !read.iter().take(OPENING).any(|one| one.find("EFFECT").is_some()) {
            missing(Matter::ImpactLate);
        }
        if !has("CORRECTION") {
            missing(Matter::NoCorrection);
        }
        if !has("DATED") {
            missing(Matter::NoDate);
        }
        if !has("LEAVE") {
            missing(Matter::NoLeave);
        }
    }
    if !questions.is_empty() && !has("LEAVE") {
        missing(Matter::QuestionHeld);
    }
    remarks
}

/// Whether a note to this option speaks of what happened. To the others it says only what will be
/// done as asked.
const fn answers_what_happened(option: RepairOption) -> bool {
    matches!(option, RepairOption::WrittenFollowUp | RepairOption::RepairQuietly)
}

/// The terms of a note that the client's own words do not have.
fn identity(read: &[Read], client_words: Option<&str>) -> Vec<Range<usize>> {
    let theirs = tokens(client_words.unwrap_or_default());
    let mut found = Vec::new();
    for one in read {
        for (name, range) in IDENTITY.all(&one.tokens) {
            if IDENTITY.find(name, &theirs).is_none() {
                found.extend(one.tokens.get(range).map(|tokens| bytes(tokens, &one.bytes)));
            }
        }
    }
    found
}

/// The bytes from the first word too many to the end.
fn past_the_last_word(text: &str) -> Option<Range<usize>> {
    let mut counted = words(text).filter(|(_, word)| word.contains(char::is_alphanumeric));
    counted.nth(WORDS).map(|(first, _)| first..text.trim_end().len())
}

#[cfg(test)]
mod tests {
    use super::super::reading_grade::word_count;
    use super::*;

    const GOOD: &str = "I joked about how you speak last week. That may have made the room feel \
        less safe. I am sorry I said it. I will not joke about how people speak. I will work on \
        this by Friday. You do not need to reply.";

    fn check(option: RepairOption, text: &str, matters: &[(Matter, &str)]) {
        let note = Draft { option, text, client_words: Some("I am deaf.") };
        let found: Vec<_> = super::check(&note)
            .into_iter()
            .map(|remark| (remark.matter, remark.words.map_or("", |words| &text[words])))
            .collect();
        assert_eq!(found, matters, "{text}");
    }

    #[test]
    fn a_note_with_all_its_parts_has_nothing_amiss() {
        check(RepairOption::WrittenFollowUp, GOOD, &[]);
        check(RepairOption::RepairQuietly, GOOD, &[]);
    }

    #[test]
    fn what_is_missing_is_told() {
        check(
            RepairOption::WrittenFollowUp,
            "Hello. I hope all is well.",
            &[
                (Matter::ImpactLate, ""),
                (Matter::NoCorrection, ""),
                (Matter::NoDate, ""),
                (Matter::NoLeave, ""),
            ],
        );
        check(RepairOption::Pause, "The topic is paused.", &[]);
    }

    #[test]
    fn no_contact_allows_no_note() {
        check(RepairOption::NoContact, GOOD, &[(Matter::NoNote, GOOD)]);
    }

    #[test]
    fn what_should_not_be_there_is_shown() {
        for (added, matters) in [
            ("I apologise again.", &[(Matter::ApologyAgain, "I apologise")][..]),
            ("Is Friday good for you?", &[]),
            (
                "Is Friday good? And what should I do?",
                &[
                    (Matter::QuestionAgain, "And what should I do?"),
                    (Matter::QuestionOpen, "And what should I do?"),
                ],
            ),
            ("I spoke to your sister.", &[(Matter::ThirdParty, "spoke to your sister")]),
            ("Other clients like it.", &[(Matter::ThirdParty, "Other clients")]),
            ("I will see my supervisor.", &[]),
            ("I promise.", &[(Matter::Guarantee, "I promise")]),
            ("It won't happen again.", &[(Matter::Guarantee, "won't happen again")]),
            ("You are Muslim.", &[(Matter::Identity, "Muslim")]),
            ("You are deaf.", &[]),
        ] {
            check(RepairOption::WrittenFollowUp, &format!("{GOOD} {added}"), matters);
        }
    }

    #[test]
    fn a_question_must_be_skippable() {
        check(RepairOption::SwitchTopic, "Is that ok?", &[(Matter::QuestionHeld, "")]);
        check(RepairOption::SwitchTopic, "Is that ok? No reply is needed.", &[]);
    }

    #[test]
    fn what_is_over_the_limit_is_shown() {
        let most = format!("{GOOD} {}", "word ".repeat(WORDS - word_count(GOOD)));
        check(RepairOption::WrittenFollowUp, &most, &[]);
        let more = format!("{most}more of it");
        check(RepairOption::WrittenFollowUp, &more, &[(Matter::TooLong, "more of it")]);
    }

    #[test]
    fn every_matter_has_a_text_of_its_own() {
        let mut ids: Vec<_> = Matter::ALL.into_iter().map(Matter::why).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), Matter::ALL.len());
    }
}
