//! All that can be said of a note before it is sent, in one answer.

use super::burden::{self, Effect, Finding, Reader};
use super::document::{self, Remark};
use super::draft::Draft;
use super::reading_grade::{reading_grade, word_count};
use crate::practice::PracticeRole;

/// What the checks say of a note. Nothing found does not mean that it is good.
#[derive(Debug, Clone, PartialEq)]
pub struct NoteCheck {
    /// Sentences that lay something on the client.
    pub findings: Vec<Finding>,
    /// What is amiss with the note as a whole. The four parts are a therapist's: of a front desk's
    /// message only what blocks is said.
    pub remarks: Vec<Remark>,
    /// Its words.
    pub words: usize,
    /// Its reading grade.
    pub grade: f64,
}

impl NoteCheck {
    /// Whether it cannot be sent as it is.
    #[must_use]
    pub fn blocks(&self) -> bool {
        self.findings.iter().any(|finding| finding.rule.effect() == Effect::Block)
            || self.remarks.iter().any(|remark| remark.matter.effect() == Effect::Block)
    }
}

/// Checks a note.
#[must_use]
pub fn check_note(note: &Draft<'_>) -> NoteCheck {
    check_note_with(note, None)
}

/// The same, with a second reader.
#[must_use]
pub fn check_note_with(note: &Draft<'_>, reader: Option<&dyn Reader>) -> NoteCheck {
    let mut remarks = document::check(note);
    if note.option.recipient() == Some(PracticeRole::Coordinator) {
        remarks.retain(|remark| remark.matter.effect() == Effect::Block);
    }
    NoteCheck {
        findings: burden::check_with(note, reader),
        remarks,
        words: word_count(note.text),
        grade: reading_grade(note.text),
    }
}
