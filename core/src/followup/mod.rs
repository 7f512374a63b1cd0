//! The therapist's written follow-up: what can be said of its text by rule alone.

pub mod reading_grade;

pub use reading_grade::reading_grade;
