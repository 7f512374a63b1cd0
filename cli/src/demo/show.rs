//! What a scene works with: the stage, the words, and the teller.

use attune_copy::{Value, Words};
use attune_core::due::Due;
use attune_core::lane::ids::CaseId;
use attune_core::state::ChoiceState;
use chrono::{Datelike as _, NaiveDate};

use super::DemoError;
use super::line::{Details, Line, Teller, Who};
use super::stage::{Stage, hex};

/// The stage with everybody on it, and the one who tells what happens.
pub(super) struct Show<'a> {
    /// The parties.
    pub(super) stage: Stage,
    /// The names in the story.
    pub(super) cast: Cast,
    words: &'static Words,
    teller: Teller<'a>,
}

/// The names in the story.
pub(super) struct Cast {
    /// The client's chosen name.
    pub(super) client: String,
    /// The therapist's name.
    pub(super) therapist: String,
    /// The front desk's name.
    pub(super) front: String,
}

impl<'a> Show<'a> {
    /// Sets the stage.
    ///
    /// # Errors
    /// [`DemoError`].
    pub(super) fn set(words: &'static Words, teller: Teller<'a>) -> Result<Self, DemoError> {
        let cast = Cast {
            client: words.get("demo-name-client")?,
            therapist: words.get("demo-name-therapist")?,
            front: words.get("demo-name-front")?,
        };
        let stage = Stage::set(&cast.therapist, &cast.front)?;
        Ok(Self { stage, cast, words, teller })
    }

    /// Closes everything. The teller goes on.
    ///
    /// # Errors
    /// [`DemoError`].
    pub(super) fn strike(self) -> Result<Teller<'a>, DemoError> {
        self.stage.strike()?;
        Ok(self.teller)
    }

    /// Begins a scene.
    ///
    /// # Errors
    /// [`DemoError`].
    pub(super) fn scene(&mut self, id: &str) -> Result<(), DemoError> {
        Ok(self.teller.scene(self.words.get(id)?)?)
    }

    /// A text without values.
    ///
    /// # Errors
    /// [`DemoError::Words`].
    pub(super) fn text(&self, id: &str) -> Result<String, DemoError> {
        Ok(self.words.get(id)?)
    }

    /// A text with values.
    ///
    /// # Errors
    /// [`DemoError::Words`].
    pub(super) fn format(&self, id: &str, values: &[(&str, &str)]) -> Result<String, DemoError> {
        let values: Vec<_> =
            values.iter().map(|(name, value)| (*name, Value::from(*value))).collect();
        Ok(self.words.format(id, &values)?)
    }

    /// The numbered texts of a list, in one line.
    ///
    /// # Errors
    /// [`DemoError::Words`].
    pub(super) fn list(&self, id: &str) -> Result<String, DemoError> {
        Ok(self.words.list(id)?.join(" "))
    }

    /// A day as a person reads it.
    ///
    /// # Errors
    /// [`DemoError::Words`].
    pub(super) fn day(&self, day: NaiveDate) -> Result<String, DemoError> {
        Ok(self.words.day(day.weekday().number_from_monday(), day.month(), day.day())?)
    }

    /// When a card is due, as a desk shows it.
    ///
    /// # Errors
    /// [`DemoError::Words`].
    pub(super) fn due(&self, due: Due) -> Result<String, DemoError> {
        match due {
            Due::AtOnce => self.text("card-due-now"),
            Due::NextSession => self.text("card-due-session"),
            Due::By(day) => self.format("card-due-by", &[("day", &self.day(day)?)]),
        }
    }

    /// Tells a line of which `holds` is what its check found.
    ///
    /// # Errors
    /// [`DemoError`].
    pub(super) fn say(&mut self, who: Who, says: String, holds: bool) -> Result<(), DemoError> {
        self.say_with(who, says, holds, Details::default())
    }

    /// The same with fields for scripts.
    ///
    /// # Errors
    /// [`DemoError`].
    pub(super) fn say_with(
        &mut self,
        who: Who,
        says: String,
        holds: bool,
        details: Details,
    ) -> Result<(), DemoError> {
        Ok(self.teller.tell(&Line::new(who, says, holds).with(details))?)
    }

    /// Tells what the phone says of a choice, which is so if the choice stands where it says: `id`
    /// is the text of that state.
    ///
    /// # Errors
    /// [`DemoError`].
    pub(super) fn phone_says(
        &mut self,
        case: CaseId,
        wanted: ChoiceState,
        id: &str,
        also: bool,
    ) -> Result<(), DemoError> {
        let choice = self.stage.choice(case)?;
        let day = choice.due.map(|day| self.day(day)).transpose()?.unwrap_or_default();
        let takes_a_day = self.words.placeholders(id).is_some_and(|names| !names.is_empty());
        let text = if takes_a_day { self.format(id, &[("day", &day)])? } else { self.text(id)? };
        let says = self.format("demo-phone", &[("line", &text)])?;
        let details = Details {
            option: Some(choice.option.name()),
            state: Some(choice.state.name()),
            recipient: Some(choice.recipient),
            case: Some(hex(case.as_bytes())),
            due: choice.due.map(|day| day.to_string()),
            ..Details::default()
        };
        let due_is_known = !takes_a_day || choice.due.is_some();
        let holds = choice.state == wanted && due_is_known && also;
        self.say_with(Who::Client, says, holds, details)
    }
}
