//! The practice's card as a form: what was typed, what is the matter with it, and the card it makes.

use attune_copy::option_ids;
use attune_core::desk::relay_origin;
use attune_core::due::{Deadlines, WorkingWeek};
use attune_core::practice::{AttestedTerms, CardError, PracticeCard, PracticeRole};
use attune_core::repair::RepairOption;
use maud::{Markup, html};

use crate::page::form::{Errors, Field, group, tick};
use crate::page::problem::of_card;
use crate::page::words::{say, say_with};
use crate::safety::form::Form;

/// A card as it is typed.
pub(super) struct CardDraft {
    role: PracticeRole,
    name: String,
    offered: Vec<String>,
    week: u8,
    note_days: String,
    provider_days: String,
    repair_days: String,
    terms: AttestedTerms,
    backup: String,
    leaves: String,
    introduced: String,
    relays: Vec<String>,
}

impl CardDraft {
    /// What a new desk starts from: everything offered, Monday to Friday, the standard deadlines.
    pub(super) fn fresh(role: PracticeRole) -> Self {
        Self {
            role,
            name: String::new(),
            offered: PracticeCard::options_of(role)
                .map(|option| option.name().to_owned())
                .collect(),
            week: WorkingWeek::MONDAY_TO_FRIDAY.bits(),
            note_days: String::new(),
            provider_days: String::new(),
            repair_days: String::new(),
            terms: AttestedTerms::default(),
            backup: String::new(),
            leaves: String::new(),
            introduced: String::new(),
            relays: vec![String::new()],
        }
    }

    /// A card that there is.
    pub(super) fn of(card: PracticeCard) -> Self {
        let days = |days: Option<u8>| days.map(|days| days.to_string()).unwrap_or_default();
        Self {
            role: card.role,
            name: card.name,
            offered: card.offered.iter().map(|option| option.name().to_owned()).collect(),
            week: card.week.bits(),
            note_days: days(card.deadlines.written_follow_up),
            provider_days: days(card.deadlines.request_provider),
            repair_days: days(card.deadlines.repair_quietly),
            terms: card.terms,
            backup: card.backup,
            leaves: card.leaves_practice,
            introduced: card.introduced_by.unwrap_or_default(),
            relays: card.relays,
        }
    }

    /// What was typed, over a role and relays that this form does not ask for.
    pub(super) fn typed(form: &Form, role: PracticeRole, relays: Vec<String>) -> Self {
        let mut week = 0;
        for day in form.all("week").filter_map(|day| day.parse::<u8>().ok()) {
            week |= 1u8.checked_shl(day.into()).unwrap_or_default() & 0b111_1111;
        }
        Self {
            role,
            name: form.text("name").to_string(),
            offered: form.all("offer").map(ToOwned::to_owned).collect(),
            week,
            note_days: form.text("note_days").to_string(),
            provider_days: form.text("provider_days").to_string(),
            repair_days: form.text("repair_days").to_string(),
            terms: AttestedTerms {
                no_fee: form.has("no_fee"),
                keeps_slot: form.has("keeps_slot"),
                keeps_place: form.has("keeps_place"),
                no_missed_visit: form.has("no_missed_visit"),
            },
            backup: form.text("backup").to_string(),
            leaves: form.text("leaves").to_string(),
            introduced: form.text("introduced").to_string(),
            relays,
        }
    }

    /// The card, or what is the matter, field by field. A relay is checked where it is asked for.
    pub(super) fn card(&self, errors: &mut Errors) -> Option<PracticeCard> {
        let before = errors.len();
        let mut days = |field: &'static str, typed: &str, most: u8| {
            if typed.is_empty() {
                return None;
            }
            let number = typed.parse().ok().filter(|days| (1..=most).contains(days));
            if number.is_none() {
                errors.add(field, say_with("form-days", &[("most", most.into())]));
            }
            number
        };
        let deadlines = Deadlines {
            written_follow_up: days("note_days", &self.note_days, 3),
            request_provider: days("provider_days", &self.provider_days, 2),
            repair_quietly: days("repair_days", &self.repair_days, 7),
        };
        let week = WorkingWeek::from_bits(self.week);
        if week.is_none() {
            errors.add("week", say("form-week"));
        }
        let offered = PracticeCard::options_of(self.role).filter(|option| {
            !option.can_be_left_out() || self.offered.iter().any(|name| name == option.name())
        });
        let card = PracticeCard {
            role: self.role,
            name: self.name.clone(),
            offered: offered.collect(),
            deadlines,
            week: week.unwrap_or_default(),
            terms: self.terms,
            backup: self.backup.clone(),
            leaves_practice: self.leaves.clone(),
            relays: self.relays.clone(),
            introduced_by: Some(self.introduced.clone()).filter(|name| !name.is_empty()),
        };
        self.check(&card, errors);
        (errors.len() == before).then_some(card)
    }

    /// The core names the first rule that is broken; each text is asked for by itself, so that all show.
    fn check(&self, card: &PracticeCard, errors: &mut Errors) {
        let plain = PracticeCard {
            name: "x".into(),
            backup: String::new(),
            leaves_practice: String::new(),
            introduced_by: None,
            ..card.clone()
        };
        let alone = [
            ("name", PracticeCard { name: card.name.clone(), ..plain.clone() }),
            ("backup", PracticeCard { backup: card.backup.clone(), ..plain.clone() }),
            (
                "leaves",
                PracticeCard { leaves_practice: card.leaves_practice.clone(), ..plain.clone() },
            ),
            (
                "introduced",
                PracticeCard { introduced_by: card.introduced_by.clone(), ..plain.clone() },
            ),
        ];
        for (field, card) in alone {
            if let Err(error @ (CardError::Name | CardError::Text)) = card.check() {
                errors.add(field, say(of_card(error)));
            }
        }
        match plain.check() {
            Err(CardError::Relays) => errors.add("relay", say("form-relay")),
            Err(CardError::Offered) => {
                let nothing = self.role == PracticeRole::Coordinator;
                errors.add("offer", say(if nothing { "form-offer-one" } else { "form-offered" }));
            }
            _ => {}
        }
    }

    /// The fields.
    pub(super) fn fields(&self, errors: &Errors) -> Markup {
        let line =
            |name, label: &str, value| Field::new(name, say(label)).value(value).errors(errors);
        let number = |name, label: &str, value, most| line(name, label, value).number(1, most);
        html! {
            (line("name", "card-form-name", &self.name).hint(say("card-form-name-hint"))
                .line(PracticeCard::NAME_CHARS))
            (self.offer(errors))
            (group(&say("card-form-terms"), Some(&say("card-form-terms-hint")), None, html! {
                (tick("no_fee", "yes", &say("card-form-no-fee"), self.terms.no_fee))
                (tick("keeps_slot", "yes", &say("card-form-slot"), self.terms.keeps_slot))
                (tick("keeps_place", "yes", &say("card-form-place"), self.terms.keeps_place))
                (tick("no_missed_visit", "yes", &say("card-form-visit"), self.terms.no_missed_visit))
            }))
            (group(&say("card-form-week"), None, errors.of("week").map(|text| ("week", text)), html! {
                div.row {
                    @for (day, id) in WEEKDAYS.into_iter().enumerate() {
                        (tick("week", &day.to_string(), &say(id), self.week & (1 << day) != 0))
                    }
                }
            }))
            (group(&say("card-form-deadlines"), Some(&say("card-form-deadlines-hint")), None, html! {
                @if self.role == PracticeRole::Therapist {
                    (number("note_days", "card-form-note-days", &self.note_days, 3))
                    (number("repair_days", "card-form-repair-days", &self.repair_days, 7))
                } @else {
                    (number("provider_days", "card-form-provider-days", &self.provider_days, 2))
                }
            }))
            (line("backup", "card-form-backup", &self.backup).hint(say("card-form-backup-hint"))
                .optional().line(PracticeCard::NAME_CHARS))
            (line("leaves", "card-form-leaves", &self.leaves).hint(say("card-form-leaves-hint"))
                .optional().area(5, PracticeCard::TEXT_CHARS, None))
            (line("introduced", "card-form-introduced", &self.introduced)
                .hint(say("card-form-introduced-hint")).optional().line(PracticeCard::NAME_CHARS))
        }
    }

    fn offer(&self, errors: &Errors) -> Markup {
        let title = |option: RepairOption| {
            option_ids(option.name()).and_then(|ids| ids.card).map(say).unwrap_or_default()
        };
        let (free, always): (Vec<_>, Vec<_>) =
            PracticeCard::options_of(self.role).partition(|option| option.can_be_left_out());
        let error = errors.of("offer").map(|text| ("offer", text));
        group(
            &say("card-form-offer"),
            Some(&say("card-form-offer-hint")),
            error,
            html! {
                @for option in free {
                    @let on = self.offered.iter().any(|name| name == option.name());
                    (tick("offer", option.name(), &title(option), on))
                }
                @if !always.is_empty() {
                    p.always { (say("card-form-always")) }
                    ul { @for option in always { li { (title(option)) } } }
                }
            },
        )
    }
}

/// The ids of the days of the week, Monday first, as a [`WorkingWeek`] counts them.
const WEEKDAYS: [&str; 7] =
    ["weekday-1", "weekday-2", "weekday-3", "weekday-4", "weekday-5", "weekday-6", "weekday-7"];

/// The relay that was typed, as a card may list it.
pub(super) fn relay(typed: &str, errors: &mut Errors) -> Option<String> {
    let origin = relay_origin(typed).ok();
    if origin.is_none() {
        errors.add("relay", say("form-relay"));
    }
    origin
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(query: &str, role: PracticeRole) -> (Option<PracticeCard>, Errors) {
        let form = Form::parse(query.as_bytes()).unwrap();
        let relays = vec!["https://relay.example.org".to_owned()];
        let mut errors = Errors::default();
        let card = CardDraft::typed(&form, role, relays).card(&mut errors);
        (card, errors)
    }

    #[test]
    fn what_is_typed_becomes_a_card() {
        use RepairOption as O;
        let query = "name=Dr.+Ada+Okoye&offer=NoContact&week=0&week=6&note_days=2&no_fee=yes\
                     &backup=Kim&leaves=Letters%0D%0Ato+courts&introduced=";
        let (card, errors) = typed(query, PracticeRole::Therapist);
        assert!(errors.is_empty(), "{errors:?}");
        let card = card.unwrap();
        card.check().unwrap();
        assert_eq!(card.name, "Dr. Ada Okoye");
        assert_eq!(card.offered, [O::Pause, O::SwitchTopic, O::WrittenFollowUp, O::NoContact]);
        assert_eq!(card.week.bits(), 0b100_0001);
        assert_eq!(card.deadlines.written_follow_up, Some(2));
        assert!(card.terms.no_fee && !card.terms.keeps_slot);
        assert_eq!(card.leaves_practice, "Letters\nto courts");
        assert_eq!(card.introduced_by, None);
        // And back into the form.
        let draft = CardDraft::of(card.clone());
        assert_eq!(draft.card(&mut Errors::default()), Some(card));
    }

    #[test]
    fn everything_that_is_the_matter_shows_beside_its_field() {
        let query = format!("name=&note_days=9&repair_days=x&backup={}", "b".repeat(81));
        let (card, errors) = typed(&query, PracticeRole::Therapist);
        assert_eq!(card, None);
        for field in ["name", "note_days", "repair_days", "backup", "week"] {
            assert!(errors.of(field).is_some(), "{field}: {errors:?}");
        }
        let (card, errors) = typed("name=Desk&week=1", PracticeRole::Coordinator);
        assert_eq!(card, None);
        assert!(errors.of("offer").is_some(), "{errors:?}");
    }
}
