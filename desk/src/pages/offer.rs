//! The front desk's own form: a person and a time, or an interpreter who is booked, put into a message that
//! can still be changed. Nothing asks for a reason, and nothing of the form is kept but the message.

use attune_core::desk::Card;
use attune_core::followup::NoteParts;
use attune_core::practice::AttestedTerms;
use attune_core::repair::RepairOption;
use axum::Router;
use axum::extract::Path;
use axum::routing::get;
use chrono::NaiveDate;
use maud::html;
use zeroize::Zeroizing;

use super::{case, editor, gone};
use crate::page::base::Base;
use crate::page::form::{self, Errors, Field};
use crate::page::layout::{Page, Tab};
use crate::page::problem::Problem;
use crate::page::words::{day, say, say_with};
use crate::safety::form::Form;
use crate::visit::{Answer, Visit};

/// Letters of a line.
const LINE: usize = 200;

pub(crate) fn routes() -> Router {
    Router::new().route("/card/{case}/offer", get(show).post(make))
}

async fn show(visit: Visit, Path(typed): Path<String>) -> Answer {
    let card = card(&visit, &typed).await?;
    let id = card.case;
    let begun = visit.ask(move |desk, now| desk.note_parts(id, now)).await?;
    let (form, base) = match visit.typed() {
        Some(form) => (form.clone(), Base::said(form)),
        None => (Form::default(), Base::of(&begun.each())),
    };
    Ok(page(&visit, &card, &base, &form, &Errors::default()).into())
}

/// What may be typed.
const TYPED: gone::Fields<'_> = &[
    ("language", "book-language"),
    ("person", "offer-person"),
    ("day", "offer-day"),
    ("time", "offer-time"),
    ("place", "offer-place"),
    ("person2", "offer-person"),
    ("day2", "offer-day"),
    ("time2", "offer-time"),
    ("place2", "offer-place"),
];

async fn make(visit: Visit, Path(typed): Path<String>, form: Form) -> Answer {
    let answer = make_open(&visit, &typed, &form).await;
    gone::or_typed(answer, &visit, &typed, &form, TYPED).await
}

async fn make_open(visit: &Visit, typed: &str, form: &Form) -> Answer {
    let card = card(visit, typed).await?;
    let (base, mut errors) = (Base::said(form), Errors::default());
    let first = Offer::read(form, &FIRST);
    first.check(&FIRST, &mut errors);
    let books = card.option == RepairOption::Interpreter;
    let second = Some(Offer::read(form, &SECOND)).filter(|offer| !books && !offer.is_empty());
    if let Some(second) = &second {
        second.check(&SECOND, &mut errors);
    }
    if !errors.is_empty() {
        return Ok(page(visit, &card, &base, form, &errors).unprocessed().into());
    }
    let text = if books {
        booking(&first, &form.text("language"))
    } else {
        let terms = visit.ask(|desk, _| Ok(desk.card()?.terms)).await?;
        offer(&first, second.as_ref(), terms)
    };
    // A message is one part, and stands where a note's first part does.
    let parts = NoteParts { impact: text, ..NoteParts::default() };
    match editor::write(visit, card.case, parts, base).await? {
        Ok(_) => visit.go_and_say(format!("{}/note", case::path_of(card.case)), "offer-made"),
        Err(both) => Ok(editor::two(visit, &card, &both.0, &both.1).into()),
    }
}

/// The card, if it is open at a front desk.
async fn card(visit: &Visit, typed: &str) -> Result<Card, Problem> {
    if case::is_front(visit) {
        case::find_opened(visit, typed).await
    } else {
        Err(Problem::NotFound)
    }
}

/// The names of the fields of one offer.
struct Names {
    person: &'static str,
    day: &'static str,
    time: &'static str,
    place: &'static str,
    /// What is the matter with it: without a person, without a day, without a time.
    missing: [&'static str; 3],
}

const FIRST: Names = Names {
    person: "person",
    day: "day",
    time: "time",
    place: "place",
    missing: ["offer-person-needed", "offer-day-needed", "offer-time-needed"],
};

const SECOND: Names = Names {
    person: "person2",
    day: "day2",
    time: "time2",
    place: "place2",
    missing: ["offer-second-whole", "offer-second-whole", "offer-second-whole"],
};

/// A person and a time.
struct Offer {
    person: Zeroizing<String>,
    day: Zeroizing<String>,
    time: Zeroizing<String>,
    place: Zeroizing<String>,
}

impl Offer {
    fn read(form: &Form, names: &Names) -> Self {
        let line = |name: &str| Zeroizing::new(form.text(name).replace('\n', " "));
        Self {
            person: line(names.person),
            day: line(names.day),
            time: line(names.time),
            place: line(names.place),
        }
    }

    fn is_empty(&self) -> bool {
        [&self.person, &self.day, &self.time, &self.place].iter().all(|text| text.is_empty())
    }

    fn check(&self, names: &Names, errors: &mut Errors) {
        let [person, when, time] = names.missing;
        for (field, text, missing) in
            [(names.person, &self.person, person), (names.time, &self.time, time)]
        {
            if text.is_empty() {
                errors.add(field, say(missing));
            }
        }
        if self.date().is_none() {
            errors.add(names.day, say(when));
        }
        for (field, text) in
            [(names.person, &self.person), (names.time, &self.time), (names.place, &self.place)]
        {
            // Four lines are far below what one part may have.
            if text.chars().count() > LINE {
                errors.add(field, say("write-long"));
            }
        }
    }

    fn date(&self) -> Option<NaiveDate> {
        self.day.parse().ok()
    }

    fn says(&self, here: &'static str, with_place: &'static str) -> String {
        let day = self.date().map(day).unwrap_or_default();
        let mut values = vec![
            ("person", self.person.as_str().into()),
            ("day", day.into()),
            ("time", self.time.as_str().into()),
        ];
        if self.place.is_empty() {
            return say_with(here, &values);
        }
        values.push(("place", self.place.as_str().into()));
        say_with(with_place, &values)
    }
}

/// What it does not cost is said as the practice attested it, and not otherwise.
fn offer(first: &Offer, second: Option<&Offer>, terms: AttestedTerms) -> Zeroizing<String> {
    let mut lines = Zeroizing::new(vec![say("offer-says-open")]);
    lines.push(first.says("offer-says", "offer-says-place"));
    lines.extend(second.map(|offer| offer.says("offer-says-or", "offer-says-or-place")));
    if terms.keeps_slot {
        lines.push(say("offer-says-slot"));
    }
    lines.push(say("offer-says-free"));
    Zeroizing::new(lines.join(" "))
}

fn booking(booked: &Offer, language: &str) -> Zeroizing<String> {
    let day = booked.date().map(day).unwrap_or_default();
    let values = [
        ("person", booked.person.as_str().into()),
        ("day", day.into()),
        ("time", booked.time.as_str().into()),
    ];
    let mut lines = Zeroizing::new(vec![say_with("book-says", &values)]);
    if !language.is_empty() {
        lines.push(say_with("book-says-language", &[("language", language.into())]));
    }
    lines.push(say("book-says-free"));
    Zeroizing::new(lines.join(" "))
}

fn page(visit: &Visit, card: &Card, base: &Base, form: &Form, errors: &Errors) -> Page {
    let path = case::path_of(card.case);
    let books = card.option == RepairOption::Interpreter;
    let line = |field: Field<'_>, name: &str| field.value(form.raw(name)).errors(errors).line(LINE);
    let offer = |names: &Names| {
        html! {
            (line(Field::new(names.person, say(if books { "book-person" } else { "offer-person" }))
                .hint(say("offer-person-hint")), names.person))
            (Field::new(names.day, say(if books { "book-day" } else { "offer-day" }))
                .value(form.raw(names.day)).errors(errors).date())
            (line(Field::new(names.time, say("offer-time")).hint(say("offer-time-hint")), names.time))
            @if !books {
                (line(Field::new(names.place, say("offer-place")).hint(say("offer-place-hint"))
                    .optional(), names.place))
            }
        }
    };
    let content = html! {
        p { (case::from(card)) }
        p { (say(if books { "book-line" } else { "offer-line" })) }
        @if *base != Base::default() { p.notice { (say("offer-anew-line")) } }
        (errors.summary())
        (form::typed(visit, &format!("{path}/offer"), html! {
            (base.field())
            @if books {
                (line(Field::new("language", say("book-language")).hint(say("book-language-hint"))
                    .optional(), "language"))
                (offer(&FIRST))
            } @else {
                (form::group(&say("offer-first"), None, None, offer(&FIRST)))
                (form::group(&say("offer-second"), Some(&say("offer-second-hint")), None, offer(&SECOND)))
            }
            div.buttons {
                (form::submit(&say("offer-make")))
                a.button.quiet href=(path) { (say("write-card")) }
            }
        }))
    };
    let title = say(if books { "book-title" } else { "offer-title" });
    visit.page(title, content).tab(Tab::Inbox).at(format!("{path}/offer")).typed()
}

#[cfg(test)]
mod tests {
    use attune_core::followup::{Draft, check_note};

    use super::*;

    fn ada(place: &str) -> Offer {
        Offer {
            person: "Ada".to_owned().into(),
            day: "2026-03-09".to_owned().into(),
            time: "10:00".to_owned().into(),
            place: place.to_owned().into(),
        }
    }

    #[test]
    fn a_message_asks_for_nothing_and_can_be_sent() {
        let terms = AttestedTerms { keeps_slot: true, ..AttestedTerms::default() };
        let texts = [
            (RepairOption::RequestProvider, offer(&ada(""), None, AttestedTerms::default())),
            (RepairOption::RequestProvider, offer(&ada("room 4"), Some(&ada("")), terms)),
            (RepairOption::Interpreter, booking(&ada(""), "")),
            (RepairOption::Interpreter, booking(&ada(""), "Dari")),
        ];
        for (option, text) in texts {
            let check = check_note(&Draft { option, text: &text, client_words: None });
            assert!(
                check.findings.is_empty() && check.remarks.is_empty(),
                "{} {check:?}",
                text.as_str()
            );
            assert!(text.contains("Monday, March 9"), "{}", text.as_str());
        }
    }

    #[test]
    fn a_slot_is_promised_only_where_the_practice_attested_it() {
        let plain = offer(&ada(""), None, AttestedTerms::default());
        assert!(!plain.contains(&say("offer-says-slot")), "{}", plain.as_str());
    }
}
