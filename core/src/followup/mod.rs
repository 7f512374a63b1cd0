//! The therapist's written follow-up: what can be said of its text by rule and by training.

pub mod burden;
pub mod document;
pub mod draft;
mod pattern;
pub mod reading_grade;
pub mod sentence;

pub use draft::Draft;
pub use reading_grade::reading_grade;
