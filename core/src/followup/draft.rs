//! A note before it is sent: what the checks look at.

use crate::repair::RepairOption;

/// A therapist's note as it stands, with what it answers.
#[derive(Clone, Copy)]
pub struct Draft<'a> {
    /// The option that the client chose.
    pub option: RepairOption,
    /// The whole text, as the client would read it.
    pub text: &'a str,
    /// The client's own words, if they were shared.
    pub client_words: Option<&'a str>,
}
