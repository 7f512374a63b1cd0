//! Choices, from the preview to the note that answers them.

use attune_core::{companion, preview, state};
use chrono::NaiveDate;

use crate::error::AttuneError;
use crate::ids::{CaseId, FollowUpId, MisattunementId, PracticeId, PreviewId};
use crate::options::{Pointer, PracticeRole, RepairOption, mirror};
use crate::shows_its_name_only;
use crate::status::StatusLine;
use crate::time::{Day, Instant, Now};
use crate::vault::Vault;

/// What the client picked, and which switches are on.
#[derive(Clone, PartialEq, Eq, uniffi::Record)]
#[uniffi::export(Debug, Display)]
pub struct RepairChoice {
    /// The option; not `Keep`, of which nothing is shared.
    pub option: RepairOption,
    /// Who it goes to.
    pub practice: PracticeId,
    /// The moment it is for, if it is for one. It stays on the phone.
    pub moment: Option<MisattunementId>,
    /// The switch: share the moment's pointer.
    pub with_pointer: bool,
    /// The switch: share the moment's own words.
    pub with_words: bool,
    /// The last day on which it holds.
    pub until: Option<Day>,
    /// The choice that this one takes the place of.
    pub replaces: Option<CaseId>,
}

/// Exactly what will be shared, and with whom.
#[derive(Clone, PartialEq, Eq, uniffi::Record)]
#[uniffi::export(Debug, Display)]
pub struct Preview {
    /// The key to a share.
    pub id: PreviewId,
    /// Who gets it.
    pub practice: PracticeId,
    /// Their name, as their invitation gave it.
    pub recipient: String,
    /// Therapist or coordinator.
    pub role: PracticeRole,
    /// The option.
    pub option: RepairOption,
    /// The pointer, if its switch is on.
    pub pointer: Option<Pointer>,
    /// The own words, if their switch is on.
    pub words: Option<String>,
    /// The last day on which it holds.
    pub until: Option<Day>,
    /// Another practice had the earlier choice: it is taken back there.
    pub takes_back: bool,
}

/// Where a choice stands. It never claims more than is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum ChoiceState {
    /// Only on the phone; there is no choice.
    Held,
    /// Shared, not yet uploaded.
    Queued,
    /// The relay has it. Nobody is known to have received it.
    Uploaded,
    /// The practice's desk has it.
    Received,
    /// A person opened it.
    Opened,
    /// The practice answered.
    Answered,
    /// The due day passed without an answer.
    Late,
    /// Being taken back; whether anybody saw it is not known yet.
    Withdrawing,
    /// Taken back, and it is known that nobody saw it.
    WithdrawnUnseen,
    /// Taken back after the practice had it.
    WithdrawnSeen,
    /// Its end date passed.
    Expired,
}

/// Why a shared choice stays on the phone for now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum WaitsFor {
    /// This phone was restored: the person has to say yes to it again.
    Confirmation,
    /// It has own words, and the four words have not been compared.
    Comparison,
}

mirror!(WaitsFor, companion::WaitsFor { Confirmation Comparison });

/// A shared choice.
#[derive(Clone, PartialEq, Eq, uniffi::Record)]
#[uniffi::export(Debug, Display)]
pub struct Choice {
    /// Which one.
    pub case_id: CaseId,
    /// The moment it was picked for, if that is still there.
    pub moment: Option<MisattunementId>,
    /// Who it goes to.
    pub practice: PracticeId,
    /// Their name.
    pub recipient: String,
    /// The option.
    pub option: RepairOption,
    /// The pointer that was shared.
    pub pointer: Option<Pointer>,
    /// The own words that were shared.
    pub words: Option<String>,
    /// The last day on which it holds.
    pub until: Option<Day>,
    /// Where it stands.
    pub state: ChoiceState,
    /// The one line that says so.
    pub status: StatusLine,
    /// By when the practice answers, once it said so.
    pub due: Option<Day>,
    /// Why it stays on the phone for now.
    pub waits_for: Option<WaitsFor>,
    /// What its state leaves open: of a queued choice, whether it was sent; of one being taken back, whether it was
    /// picked up.
    pub unsure: bool,
    /// The pairing has ended: nothing more will be known of it, and it can only be erased.
    pub ended: bool,
    /// A note on it is here: `notes_of`.
    pub has_note: bool,
    /// Something may still come of it.
    pub open: bool,
    /// It can be taken back.
    pub can_take_back: bool,
    /// Another option can be picked in its place: `replaces` of a `RepairChoice`.
    pub can_change: bool,
    /// The day passed without an answer, and it can be let go: by taking it back.
    pub can_let_go: bool,
    /// It can be erased from the phone.
    pub can_erase: bool,
}

/// A note from the practice.
#[derive(Clone, PartialEq, Eq, uniffi::Record)]
#[uniffi::export(Debug, Display)]
pub struct FollowUp {
    /// Which one.
    pub id: FollowUpId,
    /// The choice it answers.
    pub case_id: CaseId,
    /// Who wrote it.
    pub practice: PracticeId,
    /// Their name.
    pub sender: String,
    /// The text.
    pub text: String,
    /// When this phone stored it.
    pub stored_at: Instant,
}

shows_its_name_only! { RepairChoice Preview Choice FollowUp }

impl TryFrom<RepairChoice> for preview::RepairChoice {
    type Error = AttuneError;

    fn try_from(choice: RepairChoice) -> Result<Self, AttuneError> {
        Ok(Self {
            option: choice.option.into(),
            practice: choice.practice.into(),
            moment: choice.moment.map(Into::into),
            with_pointer: choice.with_pointer,
            with_words: choice.with_words,
            until: choice.until.map(NaiveDate::try_from).transpose()?,
            replaces: choice.replaces.map(TryInto::try_into).transpose()?,
        })
    }
}

impl From<preview::Preview> for Preview {
    fn from(preview: preview::Preview) -> Self {
        Self {
            id: preview.digest.into(),
            practice: preview.practice.into(),
            recipient: preview.recipient,
            role: preview.role.into(),
            option: preview.option.into(),
            pointer: preview.pointer.map(Into::into),
            words: preview.words.map(|words| words.as_str().to_owned()),
            until: preview.until.map(Into::into),
            takes_back: preview.takes_back,
        }
    }
}

impl From<state::ChoiceState> for ChoiceState {
    fn from(state: state::ChoiceState) -> Self {
        use state::ChoiceState as Core;
        match state {
            Core::Held => Self::Held,
            Core::Queued => Self::Queued,
            Core::Uploaded => Self::Uploaded,
            Core::Received => Self::Received,
            Core::Opened => Self::Opened,
            Core::Answered => Self::Answered,
            Core::Late => Self::Late,
            Core::Withdrawing => Self::Withdrawing,
            Core::Withdrawn { seen: false } => Self::WithdrawnUnseen,
            Core::Withdrawn { seen: true } => Self::WithdrawnSeen,
            Core::Expired => Self::Expired,
        }
    }
}

impl From<companion::Choice> for Choice {
    fn from(choice: companion::Choice) -> Self {
        Self {
            status: choice.status().into(),
            open: choice.is_open(),
            can_take_back: choice.can_take_back(),
            can_change: choice.can_change(),
            can_let_go: choice.can_let_go(),
            can_erase: choice.can_erase(),
            case_id: choice.case.into(),
            moment: choice.moment.map(Into::into),
            practice: choice.practice.into(),
            recipient: choice.recipient,
            option: choice.option.into(),
            pointer: choice.pointer.map(Into::into),
            words: choice.words.map(|words| words.as_str().to_owned()),
            until: choice.until.map(Into::into),
            state: choice.state.into(),
            due: choice.due.map(Into::into),
            waits_for: choice.waits_for.map(Into::into),
            unsure: choice.unsure,
            ended: choice.ended,
            has_note: choice.has_note,
        }
    }
}

impl From<companion::FollowUp> for FollowUp {
    fn from(note: companion::FollowUp) -> Self {
        Self {
            id: note.id.into(),
            case_id: note.case.into(),
            practice: note.practice.into(),
            sender: note.sender,
            text: note.text.as_str().to_owned(),
            stored_at: Instant::stored(note.stored_at),
        }
    }
}

/// Choices.
#[uniffi::export]
impl Vault {
    /// Fixes exactly what a share would send, and to whom. Nothing is sent.
    ///
    /// # Errors
    /// `Closed`, `Storage`; `Declined` with `NotReady`, `NotOffered`, `NotFound`, `WordsTooLong`, `NotCompared` for own
    /// words, `PastEndDate`, or `TooLate` for a choice that can no longer be replaced.
    pub fn preview(&self, choice: RepairChoice, now: Now) -> Result<Preview, AttuneError> {
        let (choice, now) = (choice.try_into()?, now.try_into()?);
        self.with(|phone| phone.preview(&choice, now).map(Into::into))
    }

    /// Shares what was previewed last, and only that, once. It leaves with the next sync.
    ///
    /// # Errors
    /// `Closed`, `Storage`; `Declined` with `NotPreviewed`, `TooManyOpen`, `WordsTooLong` when too many words are under
    /// way, and those of `preview`.
    pub fn share(&self, preview: PreviewId, now: Now) -> Result<CaseId, AttuneError> {
        let (preview, now) = (preview.try_into()?, now.try_into()?);
        self.with(|phone| phone.share(&preview, now).map(Into::into))
    }

    /// Every choice, newest first.
    ///
    /// # Errors
    /// `Closed`, `Storage`.
    pub fn choices(&self, now: Now) -> Result<Vec<Choice>, AttuneError> {
        let now = now.try_into()?;
        self.with(|phone| {
            let choices = phone.choices(now)?;
            Ok::<_, attune_core::Error>(choices.into_iter().map(Into::into).collect())
        })
    }

    /// The choices of one moment, newest first; none means that it is held.
    ///
    /// # Errors
    /// `Closed`, `Storage`.
    pub fn choices_of(
        &self,
        moment: MisattunementId,
        now: Now,
    ) -> Result<Vec<Choice>, AttuneError> {
        let now = now.try_into()?;
        self.with(|phone| {
            let choices = phone.choices_of(moment.into(), now)?;
            Ok::<_, attune_core::Error>(choices.into_iter().map(Into::into).collect())
        })
    }

    /// One choice.
    ///
    /// # Errors
    /// `Closed`, `Storage`; `Declined` with `NotFound`.
    pub fn choice(&self, case_id: CaseId, now: Now) -> Result<Choice, AttuneError> {
        let (case, now) = (case_id.try_into()?, now.try_into()?);
        self.with(|phone| phone.choice(case, now).map(Into::into))
    }

    /// Takes a choice back.
    ///
    /// # Errors
    /// `Closed`, `Storage`; `Declined` with `NotFound` or `TooLate`.
    pub fn take_back(&self, case_id: CaseId) -> Result<(), AttuneError> {
        let case = case_id.try_into()?;
        self.with(|phone| phone.take_back(case))
    }

    /// Erases a choice that is over from the phone. What the practice has, it has.
    ///
    /// # Errors
    /// `Closed`, `Storage`; `Declined` with `NotFound`, or `TooLate` while it is open and its pairing has not ended.
    pub fn erase_choice(&self, case_id: CaseId) -> Result<(), AttuneError> {
        let case = case_id.try_into()?;
        self.with(|phone| phone.erase_choice(case))
    }

    /// Every note, newest first.
    ///
    /// # Errors
    /// `Closed`, `Storage`.
    pub fn notes(&self) -> Result<Vec<FollowUp>, AttuneError> {
        self.with(|phone| {
            let notes = phone.notes()?;
            Ok::<_, attune_core::Error>(notes.into_iter().map(Into::into).collect())
        })
    }

    /// The notes on one choice, newest first.
    ///
    /// # Errors
    /// `Closed`, `Storage`.
    pub fn notes_of(&self, case_id: CaseId) -> Result<Vec<FollowUp>, AttuneError> {
        let case = case_id.try_into()?;
        self.with(|phone| {
            let notes = phone.notes_of(case)?;
            Ok::<_, attune_core::Error>(notes.into_iter().map(Into::into).collect())
        })
    }

    /// One note.
    ///
    /// # Errors
    /// `Closed`, `Storage`; `Declined` with `NotFound`.
    pub fn note(&self, id: FollowUpId) -> Result<FollowUp, AttuneError> {
        let note = id.try_into()?;
        self.with(|phone| phone.note(note).map(Into::into))
    }

    /// Erases a note from the phone.
    ///
    /// # Errors
    /// `Closed`, `Storage`; `Declined` with `NotFound`.
    pub fn erase_note(&self, id: FollowUpId) -> Result<(), AttuneError> {
        let note = id.try_into()?;
        self.with(|phone| phone.erase_note(note))
    }
}
