//! Names of things, each a type of its own. They are for asking again, not for showing or for logs.

use attune_core::lane::ids as core_ids;
use attune_core::{misattunement, preview};

use crate::error::AttuneError;
use crate::shows_its_name_only;

/// Which moment. Ids grow with time and are never used twice.
#[derive(Clone, Copy, PartialEq, Eq, uniffi::Record)]
#[uniffi::export(Debug, Display)]
pub struct MisattunementId {
    /// The id, for keeping across a restart of the app.
    pub value: i64,
}

/// Which practice.
#[derive(Clone, Copy, PartialEq, Eq, uniffi::Record)]
#[uniffi::export(Debug, Display)]
pub struct PracticeId {
    /// The id, for keeping across a restart of the app.
    pub value: i64,
}

/// Which shared choice.
#[derive(Clone, PartialEq, Eq, uniffi::Record)]
#[uniffi::export(Debug, Display)]
pub struct CaseId {
    /// 32 digits in lower-case hexadecimal, for keeping across a restart of the app.
    pub value: String,
}

/// Which note.
#[derive(Clone, PartialEq, Eq, uniffi::Record)]
#[uniffi::export(Debug, Display)]
pub struct FollowUpId {
    /// 32 digits in lower-case hexadecimal, for keeping across a restart of the app.
    pub value: String,
}

/// Which plan draft or line for the file.
#[derive(Clone, PartialEq, Eq, uniffi::Record)]
#[uniffi::export(Debug, Display)]
pub struct ProposalId {
    /// 32 digits in lower-case hexadecimal, for keeping across a restart of the app.
    pub value: String,
}

/// Which preview: the one key to a share.
#[derive(Clone, PartialEq, Eq, uniffi::Record)]
#[uniffi::export(Debug, Display)]
pub struct PreviewId {
    /// 64 digits in lower-case hexadecimal: SHA-256 of what would be sealed.
    pub value: String,
}

shows_its_name_only! { MisattunementId PracticeId CaseId FollowUpId ProposalId PreviewId }

impl From<misattunement::MisattunementId> for MisattunementId {
    fn from(id: misattunement::MisattunementId) -> Self {
        Self { value: id.0 }
    }
}

impl From<MisattunementId> for misattunement::MisattunementId {
    fn from(id: MisattunementId) -> Self {
        Self(id.value)
    }
}

impl From<preview::PracticeId> for PracticeId {
    fn from(id: preview::PracticeId) -> Self {
        Self { value: id.0 }
    }
}

impl From<PracticeId> for preview::PracticeId {
    fn from(id: PracticeId) -> Self {
        Self(id.value)
    }
}

impl From<core_ids::CaseId> for CaseId {
    fn from(id: core_ids::CaseId) -> Self {
        Self { value: text(id.as_bytes()) }
    }
}

impl TryFrom<CaseId> for core_ids::CaseId {
    type Error = AttuneError;

    fn try_from(id: CaseId) -> Result<Self, AttuneError> {
        bytes(&id.value).map(Self::from_bytes)
    }
}

impl From<core_ids::TextId> for FollowUpId {
    fn from(id: core_ids::TextId) -> Self {
        Self { value: text(id.as_bytes()) }
    }
}

impl TryFrom<FollowUpId> for core_ids::TextId {
    type Error = AttuneError;

    fn try_from(id: FollowUpId) -> Result<Self, AttuneError> {
        bytes(&id.value).map(Self::from_bytes)
    }
}

impl From<core_ids::TextId> for ProposalId {
    fn from(id: core_ids::TextId) -> Self {
        Self { value: text(id.as_bytes()) }
    }
}

impl TryFrom<ProposalId> for core_ids::TextId {
    type Error = AttuneError;

    fn try_from(id: ProposalId) -> Result<Self, AttuneError> {
        bytes(&id.value).map(Self::from_bytes)
    }
}

impl From<[u8; 32]> for PreviewId {
    fn from(digest: [u8; 32]) -> Self {
        Self { value: text(&digest) }
    }
}

impl TryFrom<PreviewId> for [u8; 32] {
    type Error = AttuneError;

    fn try_from(id: PreviewId) -> Result<Self, AttuneError> {
        bytes(&id.value)
    }
}

fn text(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The bytes of exactly `2 * N` digits; the one spelling alone.
fn bytes<const N: usize>(text: &str) -> Result<[u8; N], AttuneError> {
    let digit = |digit: u8| match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        _ => None,
    };
    if text.len() != 2 * N {
        return Err(AttuneError::BAD_INPUT);
    }
    let mut out = [0; N];
    for (byte, pair) in out.iter_mut().zip(text.as_bytes().chunks_exact(2)) {
        let (Some(high), Some(low)) = (digit(pair[0]), digit(pair[1])) else {
            return Err(AttuneError::BAD_INPUT);
        };
        *byte = high << 4 | low;
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_read_back_in_one_spelling_alone() {
        let id: [u8; 3] = [0, 0x7f, 0xa5];
        assert_eq!(text(&id), "007fa5");
        assert_eq!(bytes("007fa5"), Ok(id));
        for other in ["", "007FA5", "007fa", "007fa55", "007fa+", "ééé"] {
            assert_eq!(bytes::<3>(other), Err(AttuneError::BAD_INPUT), "{other}");
        }
    }
}
