//! A phone that acts at random.

use std::error::Error;
use std::net::SocketAddr;

use attune_core::companion::{Choice, Companion};
use attune_core::practice::PracticeRole;
use attune_core::preview::{PracticeId, RepairChoice};
use attune_core::repair::RepairOption;
use attune_tests::dice::Dice;
use attune_tests::home::Home;
use attune_tests::ledger::hex;
use attune_tests::road::sync;
use attune_tests::world::{monday, plain};

use crate::{MOST_ACTS, say};

pub(crate) fn live(home: &Home, relay: SocketAddr, dice: Dice) -> Result<(), Box<dyn Error>> {
    say("begin open")?;
    let phone = home.open_phone()?;
    say("done open")?;
    let mut life = Life { phone, relay, dice };
    for _ in 0..MOST_ACTS {
        match life.dice.below(12) {
            0..2 => life.flag()?,
            2 => life.note()?,
            3..6 => life.share(None)?,
            6 => life.change()?,
            7 => life.take_back()?,
            _ => life.sync()?,
        }
    }
    Ok(life.phone.close()?)
}

struct Life {
    phone: Companion,
    relay: SocketAddr,
    dice: Dice,
}

impl Life {
    fn flag(&mut self) -> Result<(), Box<dyn Error>> {
        say("begin flag")?;
        let id = self.phone.flag(monday())?;
        say(&format!("done flag {}", id.0))
    }

    fn note(&mut self) -> Result<(), Box<dyn Error>> {
        let Some(moment) = self.phone.moments(None, 1)?.into_iter().next() else { return Ok(()) };
        let text = format!("note-{}", self.dice.roll());
        say(&format!("begin note {} {text}", moment.id.0))?;
        self.phone.set_note(moment.id, Some(&text))?;
        say(&format!("done note {} {text}", moment.id.0))
    }

    fn share(&mut self, replaces: Option<&Choice>) -> Result<(), Box<dyn Error>> {
        let role = match replaces {
            Some(old) => old.option.recipient(),
            None => self
                .dice
                .pick(&[Some(PracticeRole::Therapist), Some(PracticeRole::Coordinator)])
                .flatten(),
        };
        // A wish for no contact holds every note back until somebody has met: here nobody meets.
        let answerable = |option: &RepairOption| {
            option.recipient() == role && *option != RepairOption::NoContact
        };
        let options: Vec<RepairOption> = RepairOption::ALL.into_iter().filter(answerable).collect();
        let Some(option) = self.dice.pick(&options) else { return Ok(()) };
        let choice = RepairChoice {
            replaces: replaces.map(|old| old.case),
            ..plain(option, self.practice(role)?)
        };
        let what = match replaces {
            Some(old) => format!("change {} {}", hex(old.case), option.name()),
            None => format!("share {}", option.name()),
        };
        say(&format!("begin {what}"))?;
        let preview = self.phone.preview(&choice, monday())?;
        match self.phone.share(&preview.digest, monday()) {
            Ok(case) => match replaces {
                Some(_) => say(&format!("done {what}")),
                None => say(&format!("done {what} {}", hex(case))),
            },
            // Eight are open: a person would be told.
            Err(attune_core::Error::TooManyOpen) => say("done nothing"),
            Err(error) => Err(error.into()),
        }
    }

    fn change(&mut self) -> Result<(), Box<dyn Error>> {
        let open = self.open_choices()?;
        let Some(old) = self.dice.pick(&open) else { return Ok(()) };
        self.share(Some(&old))
    }

    fn take_back(&mut self) -> Result<(), Box<dyn Error>> {
        let open = self.open_choices()?;
        let Some(old) = self.dice.pick(&open) else { return Ok(()) };
        say(&format!("begin take-back {}", hex(old.case)))?;
        self.phone.take_back(old.case)?;
        say(&format!("done take-back {}", hex(old.case)))
    }

    fn sync(&mut self) -> Result<(), Box<dyn Error>> {
        say("begin sync")?;
        sync(&mut self.phone, self.relay, monday())?;
        say("done sync")
    }

    fn open_choices(&self) -> Result<Vec<Choice>, Box<dyn Error>> {
        let mut choices = self.phone.choices(monday())?;
        choices.retain(|choice| choice.state.can_be_taken_back());
        Ok(choices)
    }

    fn practice(&self, role: Option<PracticeRole>) -> Result<PracticeId, Box<dyn Error>> {
        let practices = self.phone.practices()?;
        let found =
            practices.iter().find(|known| known.card.as_ref().map(|card| card.role) == role);
        Ok(found.ok_or("no practice of that role")?.id)
    }
}
