//! The therapist's written follow-up: its parts, and what can be said of its text by rule and by training.

pub mod burden;
mod check;
pub mod document;
pub mod draft;
mod parts;
mod pattern;
pub mod reading_grade;
pub mod sentence;

pub use check::{NoteCheck, check_note, check_note_with};
pub use draft::Draft;
pub use parts::NoteParts;
pub use reading_grade::reading_grade;
