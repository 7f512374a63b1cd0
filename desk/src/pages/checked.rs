//! Below the editor: what the check says of the text, the text as the client will read it, and the button
//! that sends it. The text is the one that was kept, never what still stands unsaved above.

use std::ops::Range;

use attune_core::followup::NoteCheck;
use attune_core::followup::burden::Effect;
use attune_core::followup::document::WORDS;
use attune_core::followup::sentence::sentences;
use maud::{Markup, html};
use ring::digest::{SHA256, digest as sha256};

use super::case::hex;
use crate::page::words::{say, say_with};

/// The grade that a note should not go over.
const GRADE: f64 = 8.0;

/// A text and what is known of it.
pub(super) struct Checked<'a> {
    /// What the checks say.
    pub(super) check: &'a NoteCheck,
    /// The text as it would be sent.
    pub(super) text: &'a str,
    /// Where it is sent from.
    pub(super) send: &'a str,
    /// It would wait until the four words were compared.
    pub(super) waits: bool,
    /// The client wants no contact: it cannot be sent now.
    pub(super) quiet: bool,
}

/// Which text was read.
pub(super) fn digest(text: &str) -> String {
    hex(sha256(&SHA256, text.as_bytes()).as_ref())
}

/// Below an editor in which nothing is written.
pub(super) fn empty() -> Markup {
    html! { div #checked data-live { p { (say("write-empty")) } } }
}

/// What the check says, the preview, and the button.
pub(super) fn section(checked: &Checked<'_>) -> Markup {
    let Checked { check, text, .. } = *checked;
    html! {
        div #checked data-live {
            section.check aria-labelledby="t-check" {
                h2 #t-check { (say("check-title")) }
                p { (left(check.words)) }
                p { (grade(check.grade)) }
                @if check.blocks() { p.alarm { (say("check-held")) } }
                @if check.findings.is_empty() && check.remarks.is_empty() {
                    p { (say("check-nothing")) }
                } @else {
                    ul.findings {
                        @for noted in all(check, text) { li { (show(&noted, text)) } }
                    }
                }
                p.hint { (say("check-works")) }
            }
            section.preview aria-labelledby="t-read" {
                h2 #t-read { (say("read-title")) }
                blockquote.exact dir="auto" { (text) }
                @if checked.quiet {
                    p.alarm { (say("write-quiet")) }
                } @else if !check.blocks() {
                    p { (say("read-line")) }
                    p { (say("read-fresh")) }
                    p { (say("read-send-line")) }
                    @if checked.waits { p { (say("reply-wait")) } }
                    input type="hidden" name="read" value=(digest(text));
                    button type="submit" formaction=(checked.send) { (say("read-send")) }
                }
            }
        }
    }
}

fn left(words: usize) -> String {
    match WORDS.checked_sub(words) {
        Some(left) => say_with("check-left", &[("count", left.into())]),
        None => say_with("check-over", &[("count", (words - WORDS).into())]),
    }
}

fn grade(grade: f64) -> String {
    let values = [("value", ((grade.max(1.0) * 10.0).round() / 10.0).into())];
    if grade <= GRADE {
        say_with("check-grade", &values)
    } else {
        say_with("check-grade-hard", &values)
    }
}

/// One thing that the check says.
struct Noted {
    why: &'static str,
    effect: Effect,
    /// The sentence and the words in it; `None` for what is missing.
    place: Option<(Range<usize>, Range<usize>)>,
}

/// What is there in the order of the text, and then what is missing.
fn all(check: &NoteCheck, text: &str) -> Vec<Noted> {
    let findings = check.findings.iter().map(|finding| Noted {
        why: finding.rule.why(),
        effect: finding.rule.effect(),
        place: Some((finding.sentence.clone(), finding.words.clone())),
    });
    let remarks = check.remarks.iter().map(|remark| Noted {
        why: remark.matter.why(),
        effect: remark.matter.effect(),
        place: remark.words.clone().map(|words| (around(text, &words), words)),
    });
    let mut all: Vec<Noted> = findings.chain(remarks).collect();
    all.sort_by_key(|noted| noted.place.as_ref().map_or(usize::MAX, |(_, words)| words.start));
    all
}

/// The sentences that these words stand in.
fn around(text: &str, words: &Range<usize>) -> Range<usize> {
    let touched = |one: &Range<usize>| one.start < words.end && words.start < one.end;
    let mut around = words.clone();
    for sentence in sentences(text).into_iter().filter(touched) {
        around = around.start.min(sentence.start)..around.end.max(sentence.end);
    }
    around
}

fn show(noted: &Noted, text: &str) -> Markup {
    html! {
        p.why { (say(noted.why)) }
        @if noted.effect == Effect::Block { p.alarm { (say("check-blocks")) } }
        @if let Some((sentence, words)) = &noted.place {
            blockquote dir="auto" {
                (text.get(sentence.start..words.start).unwrap_or_default())
                mark { (text.get(words.clone()).unwrap_or_default()) }
                (text.get(words.end..sentence.end).unwrap_or_default())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use attune_core::followup::{Draft, check_note};
    use attune_core::repair::RepairOption;

    use super::*;

    fn page(text: &str) -> String {
        let draft = Draft { option: RepairOption::WrittenFollowUp, text, client_words: None };
        let check = check_note(&draft);
        section(&Checked { check: &check, text, send: "/send", waits: false, quiet: false })
            .into_string()
    }

    #[test]
    fn what_blocks_is_marked_and_cannot_be_sent() {
        let page = page("I joked. If you do not answer, I will tell your insurer. <b>");
        assert!(page.contains(&say("burden-penalty")) && page.contains("<mark>"), "{page}");
        assert!(page.contains(&say("check-blocks")), "{page}");
        assert!(!page.contains("formaction") && !page.contains("name=\"read\""), "{page}");
        assert!(page.contains("&lt;b&gt;") && !page.contains("<b>"), "{page}");
    }

    #[test]
    fn nothing_found_is_not_called_good() {
        let page = page(
            "I joked about how you speak last week. That may have made the room feel less safe. I am \
             sorry I said it. I will not joke about how people speak. I will work on this by Friday. \
             No reply is needed.",
        );
        assert!(page.contains(&say("check-nothing")), "{page}");
        assert!(page.contains("formaction=\"/send\""), "{page}");
        assert!(!say("check-nothing").contains("safe"));
    }

    #[test]
    fn the_words_of_a_remark_stand_in_their_sentence() {
        let text = "Hello. I promise it will be fine. Bye now.";
        let at = text.find("promise").unwrap();
        assert_eq!(&text[around(text, &(at..at + 7))], "I promise it will be fine.");
        assert_eq!(around(text, &(0..text.len())), 0..text.len());
    }
}
