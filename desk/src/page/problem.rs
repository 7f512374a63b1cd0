//! What can go wrong, as a page says it. No text of a person's is in it.

use attune_core::Error;
use attune_core::entropy::EntropyError;
use attune_core::practice::CardError;
use attune_core::vault::{FileKeyStoreError, VaultError};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use maud::html;

use super::layout;
use super::words::{say, say_with};
use crate::visit::{Ours, Visit};

/// Why a request was not answered as it was meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Problem {
    /// It came under another name, or from a page elsewhere.
    Elsewhere,
    /// Nobody known.
    NoSession,
    /// The form's token is missing or another session's.
    Stale,
    /// There is no such page, client or card.
    NotFound,
    /// Not in this way.
    Method,
    /// The form is too long.
    TooLarge,
    /// The form did not come in time.
    TooSlow,
    /// It is no form.
    NoForm,
    /// The vault is closed: on to the door.
    Locked,
    /// The key store's word.
    Store(FileKeyStoreError),
    /// The vault's word.
    Vault(VaultError),
    /// A rule of the core says no: the id of the text that tells which.
    Rule(&'static str),
    /// Something that should not happen.
    Internal,
}

impl Problem {
    fn status(self) -> StatusCode {
        match self {
            Self::Elsewhere | Self::Stale => StatusCode::FORBIDDEN,
            Self::NoSession => StatusCode::UNAUTHORIZED,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Method => StatusCode::METHOD_NOT_ALLOWED,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::TooSlow => StatusCode::REQUEST_TIMEOUT,
            Self::NoForm => StatusCode::BAD_REQUEST,
            Self::Locked => StatusCode::SERVICE_UNAVAILABLE,
            Self::Rule(_) => StatusCode::CONFLICT,
            Self::Store(_) | Self::Vault(_) | Self::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn title(self) -> String {
        say(match self {
            Self::Elsewhere => "problem-elsewhere-title",
            Self::NoSession => "problem-session-title",
            Self::NotFound => "problem-missing-title",
            Self::Locked => "door-title",
            _ => "problem-title",
        })
    }

    /// What is the matter and what to do.
    pub(crate) fn says(self) -> String {
        match self {
            Self::Vault(VaultError::Statement(code)) => {
                say_with("problem-statement", &[("code", code.into())])
            }
            other => say(other.id()),
        }
    }

    fn id(self) -> &'static str {
        match self {
            Self::Elsewhere => "problem-elsewhere",
            Self::NoSession => "problem-session",
            Self::Stale => "problem-stale",
            Self::NotFound => "problem-missing",
            Self::Method => "problem-method",
            Self::TooLarge => "problem-large",
            Self::TooSlow => "problem-slow",
            Self::NoForm => "problem-form",
            Self::Locked => "door-locked",
            Self::Rule(id) => id,
            Self::Internal => "problem-internal",
            Self::Store(error) => of_store(error),
            Self::Vault(error) => of_vault(error),
        }
    }

    /// The page that says so; for somebody who is in, in the frame of every page.
    pub(crate) fn page(self, visit: Option<Visit>) -> Response {
        let content = html! {
            p { (self.says()) }
            @if visit.is_some() { p { a href="/" { (say("problem-home")) } } }
        };
        match visit {
            Some(visit) => visit.page(self.title(), content).status(self.status()).into_response(),
            None => layout::bare(self.status(), &self.title(), &content),
        }
    }
}

/// The gate makes the page of it: only there it is known for whom.
impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(self);
        response.extensions_mut().insert(Ours);
        response
    }
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        Self::Rule(match error {
            Error::Vault(error) => return Self::Vault(error),
            Error::Damaged => return Self::Vault(VaultError::Damaged),
            Error::Entropy(error) => return error.into(),
            // Pages of the other role are not there.
            Error::NotFound | Error::OtherRole => return Self::NotFound,
            Error::TextTooLong | Error::WordsTooLong => "problem-text-long",
            Error::TextEmpty => "reply-empty",
            Error::TooLate => "reply-too-late",
            Error::NoteNotAllowed => "reply-quiet",
            Error::NotCompared => "problem-not-compared",
            Error::NotReady => "problem-not-ready",
            Error::WrongSide => "problem-side",
            Error::RelayNeeded => "form-relay",
            Error::Grant => "form-grant",
            Error::OutOfRange => "problem-range",
            Error::Card(error) => of_card(error),
            _ => return Self::Internal,
        })
    }
}

impl From<VaultError> for Problem {
    fn from(error: VaultError) -> Self {
        Self::Vault(error)
    }
}

impl From<FileKeyStoreError> for Problem {
    fn from(error: FileKeyStoreError) -> Self {
        Self::Store(error)
    }
}

impl From<EntropyError> for Problem {
    fn from(_: EntropyError) -> Self {
        Self::Vault(VaultError::Entropy)
    }
}

/// The text on a card that breaks a rule.
pub(crate) const fn of_card(error: CardError) -> &'static str {
    match error {
        CardError::Name => "form-name",
        CardError::Text => "form-long",
        CardError::Offered => "form-offered",
        CardError::Relays => "form-relay",
    }
}

const fn of_store(error: FileKeyStoreError) -> &'static str {
    match error {
        FileKeyStoreError::Absent => "problem-key",
        FileKeyStoreError::Exists => "problem-there",
        FileKeyStoreError::WrongPassphrase => "door-wrong",
        FileKeyStoreError::Damaged => "problem-damaged",
        FileKeyStoreError::Newer => "problem-newer",
        FileKeyStoreError::Entropy => "problem-entropy",
        FileKeyStoreError::Io(_) => "problem-file",
    }
}

const fn of_vault(error: VaultError) -> &'static str {
    match error {
        VaultError::Absent => "problem-absent",
        VaultError::Exists => "problem-there",
        VaultError::Locked | VaultError::KeyMissing => "problem-key",
        VaultError::DatabaseMissing => "problem-database",
        VaultError::WrongKey => "problem-key-unfit",
        VaultError::WrongPasscode | VaultError::PasscodeNeeded => "door-wrong",
        VaultError::Damaged => "problem-damaged",
        VaultError::NewerSchema => "problem-newer",
        VaultError::Busy => "problem-busy",
        VaultError::DiskFull => "problem-disk",
        VaultError::Entropy => "problem-entropy",
        VaultError::Io(_) => "problem-file",
        VaultError::Engine | VaultError::Statement(_) => "problem-internal",
    }
}
