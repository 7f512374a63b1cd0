//! What needs no vault: the help lists, the word list, reading a code while it is typed, limits.

use attune_core::lane::document;
use attune_core::pairing::code::{CodeError, PairingCode};
use attune_core::vault::Passphrase;
use attune_core::words::WordsError;
use attune_core::{help as core_help, misattunement, practice, preview, words};

use crate::error::AttuneError;
use crate::guard::guarded;
use crate::moments::PAGE_MOST;
use crate::options::mirror;
use crate::shows_its_name_only;
use crate::time::Day;

/// What the client is looking for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum HelpKind {
    /// Emergency numbers and crisis lines.
    Now,
    /// People who do not work for the clinic.
    Outside,
    /// Ways to find somebody else to see.
    Provider,
}

mirror!(HelpKind, core_help::HelpKind { Now Outside Provider });

/// One place to turn to. It has a phone number, a site, or both.
#[derive(Clone, PartialEq, Eq, uniffi::Record)]
#[uniffi::export(Debug, Display)]
pub struct HelpEntry {
    /// ISO 3166-1 alpha-2, or `EU` for every member state without lines of its own.
    pub region: String,
    /// The name by which it is known there.
    pub name: String,
    /// The number as it is dialled within the region.
    pub phone: Option<String>,
    /// Its page.
    pub site: Option<String>,
    /// Where it publishes this.
    pub source: String,
    /// The day on which the entry was last compared with what is published.
    pub checked: Day,
}

/// How a pairing code reads so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum CodeReading {
    /// A whole link.
    Link,
    /// Eight words; the relay is told apart.
    Words,
    /// A link, but not one of ours.
    NotOurs,
    /// One of ours, to a relay that cannot be used.
    RelayUnusable,
    /// A link of a later version.
    NewerNeeded,
    /// A link that is cut off or changed.
    NotWhole,
    /// More or fewer than eight words.
    WordCount,
    /// A word that is not in the list.
    UnknownWord,
}

/// What can be said of a pairing code without joining.
#[derive(Clone, PartialEq, Eq, uniffi::Record)]
#[uniffi::export(Debug, Display)]
pub struct CodeCheck {
    /// How it reads.
    pub reading: CodeReading,
    /// The relay that a whole link names.
    pub relay: Option<String>,
    /// The place, counted from 1, of the first word that is not in the list.
    pub word: Option<u32>,
}

/// How much there may be of what.
#[derive(Clone, Copy, PartialEq, Eq, uniffi::Record)]
#[uniffi::export(Debug, Display)]
pub struct Limits {
    /// Characters (Unicode scalar values) in the own words on a moment.
    pub words_chars: u32,
    /// Bytes (UTF-8) in the own words that are shared with a choice, or that say how a proposal is to be changed.
    pub shared_words_bytes: u32,
    /// Bytes (UTF-8) in a text about oneself.
    pub about_bytes: u32,
    /// Bytes (UTF-8) in all own words together that are under way to one practice.
    pub under_way_bytes: u32,
    /// Characters in the name that a person chooses for a practice to see.
    pub chosen_name_chars: u32,
    /// Choices that may be open with one practice.
    pub open_choices: u32,
    /// Moments in one page.
    pub page_moments: u32,
    /// Characters that a new passphrase for a copy has at least, where a shell asks for one. The library takes any that is
    /// not empty, and any passcode that is not.
    pub passphrase_chars: u32,
    /// Bytes in a request and in an answer of a sync.
    pub frame_bytes: u32,
}

shows_its_name_only! { HelpEntry CodeCheck Limits }

/// The places to turn to in a country (ISO 3166-1 alpha-2, letter case ignored), in the order to show; empty where there
/// is no list. No request is made to read them.
///
/// # Errors
/// `Internal`.
#[uniffi::export]
pub fn help(kind: HelpKind, country: String) -> Result<Vec<HelpEntry>, AttuneError> {
    guarded(|| {
        let entries = core_help::help(kind.into(), &country);
        let own = |text: Option<&str>| text.map(str::to_owned);
        Ok(entries
            .into_iter()
            .map(|entry| HelpEntry {
                region: entry.region.to_owned(),
                name: entry.name.to_owned(),
                phone: own(entry.phone),
                site: own(entry.site),
                source: entry.source.to_owned(),
                checked: entry.checked.into(),
            })
            .collect())
    })
}

/// The words of the list that begin with `prefix`, letter case ignored, in alphabetical order.
///
/// # Errors
/// `Internal`.
#[uniffi::export]
pub fn complete_word(prefix: String) -> Result<Vec<String>, AttuneError> {
    guarded(|| Ok(words::complete(&prefix).iter().map(|word| (*word).to_owned()).collect()))
}

/// Reads a pairing code as far as it is typed, scanned or pasted. Nothing is kept.
///
/// # Errors
/// `Internal`.
#[uniffi::export]
pub fn check_code(text: String) -> Result<CodeCheck, AttuneError> {
    let check = |reading| CodeCheck { reading, relay: None, word: None };
    guarded(|| {
        Ok(match PairingCode::parse(&text) {
            Ok(PairingCode::Link { origin, .. }) => {
                CodeCheck { relay: Some(origin), ..check(CodeReading::Link) }
            }
            Ok(PairingCode::Words { .. }) => check(CodeReading::Words),
            Err(CodeError::NotOurs) => check(CodeReading::NotOurs),
            Err(CodeError::Relay(_)) => check(CodeReading::RelayUnusable),
            Err(CodeError::NewerNeeded) => check(CodeReading::NewerNeeded),
            Err(CodeError::NotWhole) => check(CodeReading::NotWhole),
            Err(CodeError::Words(WordsError::Count { .. })) => check(CodeReading::WordCount),
            Err(CodeError::Words(WordsError::Unknown { position })) => {
                CodeCheck { word: u32::try_from(position).ok(), ..check(CodeReading::UnknownWord) }
            }
        })
    })
}

/// How much there may be of what.
///
/// # Errors
/// `Internal`.
#[uniffi::export]
pub fn limits() -> Result<Limits, AttuneError> {
    let number = |most: usize| u32::try_from(most).map_err(|_| AttuneError::Internal);
    guarded(|| {
        Ok(Limits {
            words_chars: number(misattunement::NOTE_CHARS)?,
            shared_words_bytes: number(document::WORDS_LEN)?,
            about_bytes: number(document::ABOUT_LEN)?,
            under_way_bytes: number(document::IN_FLIGHT_LEN)?,
            chosen_name_chars: number(practice::PracticeCard::NAME_CHARS)?,
            open_choices: number(preview::OPEN_CHOICES)?,
            page_moments: PAGE_MOST,
            passphrase_chars: number(Passphrase::LEAST_CHARS)?,
            frame_bytes: number(attune_core::sync::FRAME_BYTES)?,
        })
    })
}
