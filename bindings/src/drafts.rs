//! Words that are being typed and were not shared. They stay on the phone.

use attune_core::companion::DraftOf;

use crate::error::AttuneError;
use crate::ids::{PracticeId, ProposalId};
use crate::vault::Vault;

/// Drafts. A shell keeps here what is typed, after each change and nowhere else, so that it outlives the app's process and
/// locks with the vault. A draft goes when its words are shared, when the proposal is answered or the words about oneself
/// are taken back, and with the proposal or the practice.
#[uniffi::export]
impl Vault {
    /// How a proposal is to be changed, as it was typed and not sent; none if nothing.
    ///
    /// # Errors
    /// `Closed`, `Storage`; `Declined` with `NotFound`.
    pub fn proposal_draft(&self, id: ProposalId) -> Result<Option<String>, AttuneError> {
        self.draft(DraftOf::Proposal(id.try_into()?))
    }

    /// Keeps that, as it was typed; a blank text removes it.
    ///
    /// # Errors
    /// `Closed`, `Storage`; `Declined` with `NotFound`, or `WordsTooLong`: what was kept before then stays.
    pub fn keep_proposal_draft(&self, id: ProposalId, text: String) -> Result<(), AttuneError> {
        let of = DraftOf::Proposal(id.try_into()?);
        self.with(|phone| phone.keep_draft(of, &text))
    }

    /// What the client says of themselves to that practice, as it was typed and not shared; none if nothing.
    ///
    /// # Errors
    /// `Closed`, `Storage`; `Declined` with `NotFound`.
    pub fn about_me_draft(&self, practice: PracticeId) -> Result<Option<String>, AttuneError> {
        self.draft(DraftOf::AboutMe(practice.into()))
    }

    /// Keeps that, as it was typed; a blank text removes it.
    ///
    /// # Errors
    /// `Closed`, `Storage`; `Declined` with `NotFound`, or `WordsTooLong`: what was kept before then stays.
    pub fn keep_about_me_draft(
        &self,
        practice: PracticeId,
        text: String,
    ) -> Result<(), AttuneError> {
        self.with(|phone| phone.keep_draft(DraftOf::AboutMe(practice.into()), &text))
    }
}

impl Vault {
    fn draft(&self, of: DraftOf) -> Result<Option<String>, AttuneError> {
        self.with(|phone| {
            let typed = phone.draft(of)?;
            Ok::<_, attune_core::Error>(typed.map(|typed| typed.as_str().to_owned()))
        })
    }
}
