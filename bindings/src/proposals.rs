//! What practices put to the client in writing, what they say of themselves, and the client's word on it. Nothing has to
//! be said, and silence costs nothing.

use attune_core::{companion, proposal};

use crate::error::AttuneError;
use crate::ids::{PracticeId, ProposalId};
use crate::options::mirror;
use crate::shows_its_name_only;
use crate::time::Instant;
use crate::vault::Vault;

/// What is put to the client.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum ProposalKind {
    /// A draft of a changed plan.
    PlanDraft,
    /// A line for the client's file, as it would stand there.
    FileLine,
}

mirror!(ProposalKind, proposal::ProposalKind { PlanDraft FileLine });

/// What the client says to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum ProposalAnswer {
    /// It may stand like this.
    LooksRight,
    /// It is to be changed; how, if the client wrote it.
    ChangeIt,
    /// The client would rather not say. Nothing bad comes of it.
    LeaveIt,
}

mirror!(ProposalAnswer, proposal::ProposalAnswer { LooksRight ChangeIt LeaveIt });

/// Why no words about oneself can be shared with a practice now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum AboutWaitsFor {
    /// The other side has not answered the code yet, or the pairing is over.
    Link,
    /// The four words have not been compared.
    Comparison,
    /// Nothing came from their app yet that says what it can read, as right after pairing: a later sync brings it.
    FirstSync,
    /// Their app is too old to read it.
    NewerApp,
}

mirror!(AboutWaitsFor, companion::AboutWaitsFor { Link Comparison FirstSync NewerApp });

/// A plan draft or a line for the file.
#[derive(Clone, PartialEq, Eq, uniffi::Record)]
#[uniffi::export(Debug, Display)]
pub struct Proposal {
    /// Which one.
    pub id: ProposalId,
    /// Who put it.
    pub practice: PracticeId,
    /// Their name.
    pub sender: String,
    /// What it is.
    pub kind: ProposalKind,
    /// The text.
    pub text: String,
    /// When this phone stored it.
    pub stored_at: Instant,
    /// It can be answered. If not, the practice is done with it, or the pairing is over.
    pub open: bool,
    /// What the client said to it; none if nothing.
    pub answer: Option<ProposalAnswer>,
    /// How it is to be changed, if they wrote that.
    pub words: Option<String>,
    /// The answer was given before this phone was brought back: it is not said until it is given again.
    pub waits: bool,
}

/// What the client says of themselves to one practice.
#[derive(Clone, PartialEq, Eq, uniffi::Record)]
#[uniffi::export(Debug, Display)]
pub struct OwnAbout {
    /// The text.
    pub text: String,
    /// It was shared before this phone was brought back: it is not said until it is shared again.
    pub waits: bool,
}

shows_its_name_only! { Proposal OwnAbout }

impl From<companion::Proposal> for Proposal {
    fn from(proposal: companion::Proposal) -> Self {
        Self {
            id: proposal.id.into(),
            practice: proposal.practice.into(),
            sender: proposal.sender,
            kind: proposal.kind.into(),
            text: proposal.text.as_str().to_owned(),
            stored_at: Instant::stored(proposal.stored_at),
            open: proposal.open,
            answer: proposal.answer.map(Into::into),
            words: proposal.words.map(|words| words.as_str().to_owned()),
            waits: proposal.waits,
        }
    }
}

impl From<companion::OwnAbout> for OwnAbout {
    fn from(own: companion::OwnAbout) -> Self {
        Self { text: own.text.as_str().to_owned(), waits: own.waits }
    }
}

/// Proposals.
#[uniffi::export]
impl Vault {
    /// What practices put to the client, newest first.
    ///
    /// # Errors
    /// `Closed`, `Storage`.
    pub fn proposals(&self) -> Result<Vec<Proposal>, AttuneError> {
        self.with(|phone| {
            let proposals = phone.proposals()?;
            Ok::<_, attune_core::Error>(proposals.into_iter().map(Into::into).collect())
        })
    }

    /// One proposal.
    ///
    /// # Errors
    /// `Closed`, `Storage`; `Declined` with `NotFound`.
    pub fn proposal(&self, id: ProposalId) -> Result<Proposal, AttuneError> {
        let id = id.try_into()?;
        self.with(|phone| phone.proposal(id).map(Into::into))
    }

    /// Says something to a proposal, or with none takes back what was said. It leaves with the next sync; the last word
    /// counts. `words` say how it is to be changed: with `ChangeIt` alone, and blank ones are none. The draft goes.
    ///
    /// # Errors
    /// `Closed`, `Storage`; `Declined` with `NotFound`, `TooLate` when the practice is done with it, `WordsTooLong` also
    /// when too many words are under way, `NotOffered` for words with another answer, or `NotCompared` for words.
    pub fn answer_proposal(
        &self,
        id: ProposalId,
        answer: Option<ProposalAnswer>,
        words: Option<String>,
    ) -> Result<(), AttuneError> {
        let id = id.try_into()?;
        self.with(|phone| phone.answer_proposal(id, answer.map(Into::into), words.as_deref()))
    }

    /// Erases a proposal from the phone, with what was said to it. What the practice has, it has.
    ///
    /// # Errors
    /// `Closed`, `Storage`; `Declined` with `NotFound`.
    pub fn erase_proposal(&self, id: ProposalId) -> Result<(), AttuneError> {
        let id = id.try_into()?;
        self.with(|phone| phone.erase_proposal(id))
    }
}

/// About me.
#[uniffi::export]
impl Vault {
    /// What a practice says of itself and of how it works, if it does.
    ///
    /// # Errors
    /// `Closed`, `Storage`; `Declined` with `NotFound`.
    pub fn about_practice(&self, practice: PracticeId) -> Result<Option<String>, AttuneError> {
        self.with(|phone| {
            let text = phone.about_practice(practice.into())?;
            Ok::<_, attune_core::Error>(text.map(|text| text.as_str().to_owned()))
        })
    }

    /// What the client says of themselves to that practice, if they do.
    ///
    /// # Errors
    /// `Closed`, `Storage`; `Declined` with `NotFound`.
    pub fn about_me(&self, practice: PracticeId) -> Result<Option<OwnAbout>, AttuneError> {
        self.with(|phone| {
            let own = phone.about_me(practice.into())?;
            Ok::<_, attune_core::Error>(own.map(Into::into))
        })
    }

    /// Shares a text about oneself with a practice, in place of the one before; a blank one takes it back. It leaves with
    /// the next sync. The draft goes.
    ///
    /// # Errors
    /// `Closed`, `Storage`; `Declined` with `NotFound`, `NotCompared`, `NotReady` for all else that
    /// `Practice.about_waits_for` names, or `WordsTooLong` also when too many words are under way.
    pub fn share_about_me(&self, practice: PracticeId, text: String) -> Result<(), AttuneError> {
        self.with(|phone| phone.share_about_me(practice.into(), &text))
    }
}
