//! What the parties said that they began and did, held against what their vaults have.
//!
//! An act is certain once it was said to be done. The one that was begun last may have happened or
//! not: the vault tells, and from then on that is certain too. Nothing else may be there.

use std::collections::BTreeMap;

use attune_core::companion::Companion;
use attune_core::desk::Desk;
use attune_core::lane::ids::CaseId;
use attune_core::practice::PracticeRole;
use attune_core::repair::RepairOption;
use attune_core::state::ChoiceState;

use crate::world::monday;

/// One choice.
#[derive(Debug, Clone)]
pub struct Case {
    /// What it was and is, the last one last.
    pub options: Vec<RepairOption>,
    /// The client took it back.
    pub taken_back: bool,
    /// A person at the desk opened it, answered it or settled it, or began to.
    pub attended: bool,
    /// It was answered or settled for certain.
    pub settled: bool,
    /// Notes that were begun, and whether they were said to be sent.
    pub replies: BTreeMap<String, bool>,
}

/// Everything that is known.
#[derive(Debug, Clone, Default)]
pub struct Ledger {
    /// Moments with their notes.
    moments: BTreeMap<i64, Option<String>>,
    /// Choices by the id as it is printed.
    pub cases: BTreeMap<String, Case>,
}

/// The act that a process was about when it ended, in words: `share Pause`.
pub type Begun = Option<Vec<String>>;

impl Ledger {
    /// Takes down what a process said. The act that it did not finish.
    ///
    /// # Panics
    /// When a line is not understood.
    pub fn hear(&mut self, lines: &[String]) -> Begun {
        let mut begun = None;
        for line in lines {
            let words: Vec<&str> = line.split(' ').collect();
            match words.as_slice() {
                ["begin", act @ ..] => {
                    if let ["look" | "reply" | "settle", case, ..] = act {
                        self.case(case).attended = true;
                    }
                    if let ["reply", case, text] = act {
                        self.case(case).replies.insert((*text).to_owned(), false);
                    }
                    begun = Some(act.iter().map(|word| (*word).to_owned()).collect());
                }
                ["done", act @ ..] => {
                    self.done(act);
                    begun = None;
                }
                _ => panic!("a line of its own: {line}"),
            }
        }
        begun
    }

    fn done(&mut self, act: &[&str]) {
        match act {
            ["open" | "sync" | "nothing"] | ["look", _] => {}
            ["flag", id] => {
                self.moments.insert(id.parse().unwrap(), None);
            }
            ["note", id, text] => {
                self.moments.insert(id.parse().unwrap(), Some((*text).to_owned()));
            }
            ["share", option, case] => {
                self.cases.insert((*case).to_owned(), Case::of(option));
            }
            ["change", case, option] => {
                let option = RepairOption::from_name(option).unwrap();
                self.case(case).options.push(option);
            }
            ["take-back", case] => self.case(case).taken_back = true,
            ["reply", case, text] => {
                let case = self.case(case);
                case.settled = true;
                case.replies.insert((*text).to_owned(), true);
            }
            ["settle", case] => self.case(case).settled = true,
            _ => panic!("an act of its own: {act:?}"),
        }
    }

    fn case(&mut self, id: &str) -> &mut Case {
        self.cases.get_mut(id).unwrap_or_else(|| panic!("{id} was never shared"))
    }

    /// Holds a phone against the ledger: everything certain is there, and nothing else but what was
    /// begun last.
    ///
    /// # Panics
    /// When it is not so.
    pub fn check_phone(&mut self, phone: &Companion, begun: &Begun) {
        let begun: Vec<&str> = begun.iter().flatten().map(String::as_str).collect();
        self.check_moments(phone, &begun);
        let mut there = BTreeMap::new();
        for choice in phone.choices(monday()).unwrap() {
            let id = hex(choice.case);
            if !self.cases.contains_key(&id) {
                let ["share", option] = begun[..] else {
                    panic!("{id} came from nowhere: {begun:?}")
                };
                assert_eq!(option, choice.option.name());
                assert_eq!(there.insert("begun", id.clone()), None, "two for one act");
                self.cases.insert(id.clone(), Case::of(option));
            }
            let case = self.case(&id);
            if case.options.last() != Some(&choice.option) {
                assert_eq!(begun, ["change", &id, choice.option.name()], "of {:?}", case.options);
                case.options.push(choice.option);
            }
            let gone =
                matches!(choice.state, ChoiceState::Withdrawing | ChoiceState::Withdrawn { .. });
            if gone != case.taken_back {
                assert_eq!(begun, ["take-back", &id], "{:?}", choice.state);
                case.taken_back = true;
            }
            if matches!(choice.state, ChoiceState::Opened | ChoiceState::Answered) {
                assert!(case.attended, "{:?} by nobody's act", choice.state);
            }
        }
        let there: Vec<String> =
            phone.choices(monday()).unwrap().iter().map(|choice| hex(choice.case)).collect();
        for id in self.cases.keys() {
            assert_eq!(there.iter().filter(|there| *there == id).count(), 1, "{id} on the phone");
        }
        self.check_notes(phone);
        assert!(phone.restored(monday()).unwrap().is_empty(), "taken for a restored phone");
        for practice in phone.practices().unwrap() {
            let health = practice.health;
            assert!(health.compared && !health.newcomer && !health.two_phones, "{health:?}");
        }
    }

    fn check_moments(&mut self, phone: &Companion, begun: &[&str]) {
        let mut new = 0;
        let there = phone.moments(None, u32::MAX).unwrap();
        for moment in &there {
            let id = moment.id.0;
            let known = self.moments.entry(id).or_insert_with(|| {
                assert_eq!(begun, ["flag"], "a moment from nowhere");
                new += 1;
                None
            });
            if *known != moment.note {
                let text = moment.note.as_deref().unwrap_or_default();
                assert_eq!(begun, ["note", &id.to_string(), text]);
                known.clone_from(&moment.note);
            }
        }
        assert!(new <= 1, "{new} moments for one act");
        assert_eq!(there.len(), self.moments.len(), "moments that were marked are gone");
    }

    /// Every note on the phone was begun at a desk, and is there once.
    fn check_notes(&self, phone: &Companion) {
        let notes = phone.notes().unwrap();
        for note in &notes {
            let case = &self.cases[&hex(note.case)];
            assert!(case.replies.contains_key(note.text.as_str()), "a note that nobody wrote");
            assert_eq!(notes.iter().filter(|other| other.text == note.text).count(), 1);
        }
    }

    /// Holds a desk's cards against the ledger: each once, of its role, as it was shared.
    ///
    /// # Panics
    /// When it is not so.
    pub fn check_desk(&self, desk: &Desk, role: PracticeRole) {
        let cards = desk.inbox(monday()).unwrap();
        for card in &cards {
            let id = hex(card.case);
            let case = self.cases.get(&id).unwrap_or_else(|| panic!("{id} came from nowhere"));
            assert!(case.options.contains(&card.option), "{:?}: never chosen", card.option);
            assert_eq!(card.option.recipient(), Some(role));
            assert_eq!(cards.iter().filter(|other| other.case == card.case).count(), 1);
            assert!(!case.settled || case.options.len() > 1, "{id} was settled");
        }
        for client in desk.clients().unwrap() {
            let health = client.health;
            assert!(health.compared && !health.newcomer && !health.two_phones, "{health:?}");
            assert!(!health.second_claim);
        }
    }

    /// After undisturbed syncs everybody agrees on every choice.
    ///
    /// # Panics
    /// When they do not.
    pub fn check_agreement(&self, phone: &Companion, desk: &Desk, front: &Desk) {
        let notes = phone.notes().unwrap();
        for choice in phone.choices(monday()).unwrap() {
            let id = hex(choice.case);
            let case = &self.cases[&id];
            let cards = |desk: &Desk| -> Vec<_> {
                let mut cards = desk.inbox(monday()).unwrap();
                cards.retain(|card| card.case == choice.case);
                cards
            };
            let (right, wrong) = match choice.option.recipient() {
                Some(PracticeRole::Coordinator) => (front, desk),
                _ => (desk, front),
            };
            let (right, wrong) = (cards(right), cards(wrong));
            assert!(wrong.is_empty(), "{id} at the wrong desk");
            match choice.state {
                ChoiceState::Received | ChoiceState::Opened => {
                    assert_eq!(right.len(), 1, "{id} is {:?}", choice.state);
                    assert_eq!(right[0].option, choice.option);
                    assert_eq!(right[0].opened, choice.state == ChoiceState::Opened);
                }
                ChoiceState::Answered | ChoiceState::Withdrawn { .. } => {
                    assert!(right.is_empty(), "{id} is {:?}", choice.state);
                }
                state => panic!("{id} is still {state:?}"),
            }
            for (text, sent) in &case.replies {
                let here = notes.iter().filter(|note| note.text.as_str() == text).count();
                let undisturbed = *sent && !case.taken_back && case.options.len() == 1;
                assert!(here == 1 || (here == 0 && !undisturbed), "{id}: {here} of one note");
            }
        }
    }

    /// After [`check_agreement`](Self::check_agreement): erases what is over, on the phone and here, so
    /// that a long run stays as quick as a short one.
    ///
    /// # Panics
    /// When the phone refuses.
    pub fn erase_what_is_over(&mut self, phone: &mut Companion) {
        for note in phone.notes().unwrap() {
            phone.erase_note(note.id).unwrap();
        }
        for choice in phone.choices(monday()).unwrap() {
            if !choice.state.is_open() {
                phone.erase_choice(choice.case).unwrap();
                self.cases.remove(&hex(choice.case));
            }
        }
        phone.erase_moments().unwrap();
        self.moments.clear();
        for case in self.cases.values_mut() {
            case.replies.clear();
        }
    }
}

impl Case {
    fn of(option: &str) -> Self {
        Self {
            options: vec![RepairOption::from_name(option).unwrap()],
            taken_back: false,
            attended: false,
            settled: false,
            replies: BTreeMap::new(),
        }
    }
}

/// A case's id as it is printed.
#[must_use]
pub fn hex(case: CaseId) -> String {
    case.as_bytes().iter().map(|byte| format!("{byte:02x}")).collect()
}
