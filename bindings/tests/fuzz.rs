//! Bad calls in any order: over-long text, bad ids, random bytes for codes and answers. Each gets a typed error that is not
//! `Internal`, nothing panics, and the vault goes on.

#![expect(clippy::unwrap_used, reason = "tests")]

mod world;

use std::collections::BTreeSet;
use std::sync::Arc;

use attune_ffi::{
    AttuneError, CaseId, Day, FollowUpId, HelpKind, Instant, MisattunementId, Now, Pointer,
    PracticeId, PreviewId, ProposalAnswer, ProposalId, RepairChoice, RepairOption, SyncAnswer,
    Vault, Why, check_code, complete_word, help, limits,
};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use world::Home;

#[derive(Debug, Clone)]
enum Call {
    Flag(Now),
    Undo(i64),
    Words(i64, Option<String>),
    Hint(i64, Option<Pointer>),
    Page(Option<i64>, u32),
    EraseAll,
    Days(Option<u16>),
    Expire(Now),
    Join(String, Option<String>, Option<String>),
    Compare(i64, Vec<String>),
    Unpair(i64, Now),
    Preview(RepairOption, i64, Option<i64>, bool, i64, Option<String>, Now),
    Share(String, Now),
    Case(String, Now),
    Note(String),
    Put(String, Option<ProposalAnswer>, Option<String>),
    AboutMe(i64, String),
    Begin(Now),
    Next,
    Feed(Option<(u16, Vec<u8>)>, Now),
    Type(String),
    Reopen,
}

/// Texts that have broken programs before.
const ODD: &[&str] = &[
    "",
    " ",
    "\0",
    "\u{202e}\u{0645}\u{631}",
    "e\u{301}",
    "👩🏽‍🦱",
    "'; DROP TABLE misattunement; --",
];

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        select(ODD).prop_map(str::to_owned),
        any::<String>(),
        (1usize..70_000).prop_map(|length| "ä".repeat(length)),
    ]
}

fn code() -> impl Strategy<Value = String> {
    let word = select(["abandon", "zoo", "aban", "Ability", "abandin", "é"].as_slice());
    prop_oneof![
        text(),
        vec(word, 0..12).prop_map(|words| words.join(" ")),
        "attune(\\+http)?://[a-z]{1,9}(\\.example|:[0-9]{1,6})?/?#[0-3]\\.[A-Za-z0-9_-]{40,46}",
    ]
}

fn id() -> impl Strategy<Value = i64> {
    prop_oneof![0i64..8, any::<i64>(), select([i64::MIN, i64::MAX].as_slice())]
}

fn hexadecimal() -> impl Strategy<Value = String> {
    prop_oneof!["[0-9a-f]{32}", "[0-9a-f]{64}", "[0-9A-Fg+]{0,66}"]
}

/// Any present that the types allow; what they do not allow is tried in `time.rs` and from the other languages.
fn present() -> impl Strategy<Value = Now> {
    (0i64..=253_402_300_799_999, -2_000i32..2_000).prop_map(|(millis, offset)| Now {
        instant: Instant::of_millis(millis).unwrap(),
        utc_offset_minutes: offset,
    })
}

fn answer() -> impl Strategy<Value = Option<(u16, Vec<u8>)>> {
    let body = prop_oneof![
        vec(any::<u8>(), 0..64),
        (any::<u8>(), any::<u8>()).prop_map(|(first, rest)| {
            let mut body = vec![rest; 8_448];
            body[0] = first;
            body
        }),
        vec(any::<u8>(), 8_440..8_460),
    ];
    proptest::option::of((prop_oneof![Just(200u16), any::<u16>()], body))
}

fn call() -> impl Strategy<Value = Call> {
    use proptest::option::of;
    let option = select(
        [
            RepairOption::Keep,
            RepairOption::Pause,
            RepairOption::NoContact,
            RepairOption::Interpreter,
        ]
        .as_slice(),
    );
    let day = prop_oneof![Just(20261122i64), 19700101i64..99991231];
    prop_oneof![
        4 => present().prop_map(Call::Flag),
        1 => id().prop_map(Call::Undo),
        2 => (id(), of(text())).prop_map(|(id, text)| Call::Words(id, text)),
        1 => (id(), of(Just(Pointer::Place))).prop_map(|(id, hint)| Call::Hint(id, hint)),
        1 => (of(id()), any::<u32>()).prop_map(|(before, limit)| Call::Page(before, limit)),
        1 => Just(Call::EraseAll),
        1 => of(any::<u16>()).prop_map(Call::Days),
        1 => present().prop_map(Call::Expire),
        4 => (code(), of(text()), of(text())).prop_map(|(code, relay, name)| Call::Join(code, relay, name)),
        1 => (id(), vec(text(), 0..6)).prop_map(|(id, words)| Call::Compare(id, words)),
        1 => (id(), present()).prop_map(|(id, now)| Call::Unpair(id, now)),
        2 => (option, id(), of(id()), any::<bool>(), day, of(hexadecimal()), present())
            .prop_map(|(option, to, moment, on, day, old, now)| {
                Call::Preview(option, to, moment, on, day, old, now)
            }),
        1 => (hexadecimal(), present()).prop_map(|(id, now)| Call::Share(id, now)),
        1 => (hexadecimal(), present()).prop_map(|(id, now)| Call::Case(id, now)),
        1 => hexadecimal().prop_map(Call::Note),
        1 => (hexadecimal(), of(Just(ProposalAnswer::ChangeIt)), of(text()))
            .prop_map(|(id, answer, words)| Call::Put(id, answer, words)),
        1 => (id(), text()).prop_map(|(id, text)| Call::AboutMe(id, text)),
        2 => present().prop_map(Call::Begin),
        3 => Just(Call::Next),
        4 => (answer(), present()).prop_map(|(answer, now)| Call::Feed(answer, now)),
        1 => code().prop_map(Call::Type),
        1 => Just(Call::Reopen),
    ]
}

/// The phone's moments as they should be.
#[derive(Default)]
struct Model {
    /// Whether moments may have run out: their number is then not known.
    ran_out: bool,
    moments: BTreeSet<i64>,
}

impl Model {
    /// A small number stands for one of the moments that are there.
    fn pick(&self, id: i64) -> MisattunementId {
        let there = usize::try_from(id).ok().and_then(|place| self.moments.iter().nth(place));
        MisattunementId { value: there.copied().unwrap_or(id) }
    }

    fn make(&mut self, vault: &mut Arc<Vault>, home: &Home, call: Call) -> Result<(), AttuneError> {
        match call {
            Call::Flag(now) => {
                self.moments.insert(vault.flag(now)?.value);
            }
            Call::Undo(id) => {
                let id = self.pick(id);
                vault.undo(id)?;
                self.moments.remove(&id.value);
            }
            Call::Words(id, words) => vault.set_words(self.pick(id), words)?,
            Call::Hint(id, hint) => vault.set_pointer(self.pick(id), hint)?,
            Call::Page(before, limit) => {
                let page = vault.moments(before.map(|id| self.pick(id)), limit)?;
                assert!(page.len() <= limit as usize);
            }
            Call::EraseAll => {
                vault.erase_moments()?;
                self.moments.clear();
            }
            Call::Days(days) => vault.set_moment_days(days)?,
            Call::Expire(now) => {
                self.ran_out = true;
                vault.expire(now)?;
            }
            Call::Join(code, relay, name) => {
                vault.join(code, relay, name)?;
            }
            Call::Compare(id, words) => {
                let _ = vault.comparison_words(PracticeId { value: id });
                vault.confirm_words(PracticeId { value: id }, words)?;
            }
            Call::Unpair(id, now) => vault.unpair(PracticeId { value: id }, now)?,
            Call::Preview(option, to, moment, on, day, old, now) => {
                let choice = RepairChoice {
                    option,
                    practice: PracticeId { value: to },
                    moment: moment.map(|id| self.pick(id)),
                    with_pointer: on,
                    with_words: on,
                    until: Some(Day::of_number(day)?),
                    replaces: old.map(|value| CaseId { value }),
                };
                let preview = vault.preview(choice, now)?;
                vault.share(preview.id, now)?;
            }
            Call::Share(value, now) => {
                vault.share(PreviewId { value }, now)?;
            }
            Call::Case(value, now) => {
                let case = CaseId { value };
                vault.choice(case.clone(), now)?;
                vault.take_back(case.clone())?;
                vault.erase_choice(case.clone())?;
                vault.drop_restored(case)?;
            }
            Call::Note(value) => {
                vault.note(FollowUpId { value: value.clone() })?;
                vault.erase_note(FollowUpId { value })?;
            }
            Call::Put(value, answer, words) => {
                let id = ProposalId { value };
                let _ = vault.answer_proposal(id.clone(), answer, words.clone());
                let _ = vault.keep_proposal_draft(id.clone(), words.unwrap_or_default());
                vault.proposal(id.clone())?;
                vault.erase_proposal(id)?;
            }
            Call::AboutMe(id, text) => {
                let practice = PracticeId { value: id };
                vault.practice(practice)?;
                vault.about_practice(practice)?;
                if vault.keep_about_me_draft(practice, text.clone()).is_ok() {
                    let typed = Some(text.clone()).filter(|text| !text.trim().is_empty());
                    assert_eq!(vault.about_me_draft(practice)?, typed);
                }
                let shared = vault.share_about_me(practice, text);
                assert!(vault.about_me(practice)?.is_none());
                shared?;
            }
            Call::Begin(now) => {
                self.ran_out = true;
                vault.sync_begin(now)?;
            }
            Call::Next => {
                if let Some(request) = vault.sync_next()? {
                    assert_eq!(request.body.len(), limits()?.frame_bytes as usize);
                }
            }
            Call::Feed(answer, now) => {
                let answer = answer.map(|(status, body)| SyncAnswer { status, body });
                vault.sync_feed(answer, now)?;
            }
            Call::Type(text) => {
                check_code(text.clone())?;
                complete_word(text.clone())?;
                help(HelpKind::Now, text)?;
            }
            Call::Reopen => {
                assert!(vault.close()?);
                *vault = home.open();
            }
        }
        Ok(())
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn calls_in_any_order_get_typed_errors_and_lose_nothing(calls in vec(call(), 1..60)) {
        let home = Home::new();
        let mut vault = home.create();
        let mut model = Model::default();
        for call in calls {
            let told = format!("{call:.60?}");
            if let Err(error) = model.make(&mut vault, &home, call) {
                prop_assert_ne!(error, AttuneError::Internal, "{}", told);
                prop_assert_ne!(error, AttuneError::Damaged, "{}", told);
                prop_assert_ne!(error, AttuneError::Closed, "{}", told);
            }
        }
        prop_assert_eq!(vault.verify(), Ok(()));
        if !model.ran_out {
            let kept: BTreeSet<i64> =
                vault.moments(None, 1_000).unwrap().iter().map(|moment| moment.id.value).collect();
            prop_assert_eq!(kept, model.moments);
        }
    }

    #[test]
    fn bytes_that_are_no_passcode_or_path_are_declined(
        bytes in vec(any::<u8>(), 0..40),
        path in text(),
    ) {
        let home = Home::new();
        let bad = Some(AttuneError::Declined { why: Why::BadInput });
        if std::str::from_utf8(&bytes).map_or(true, str::is_empty) {
            let made = Vault::create(home.path(), home.store.clone(), Some(bytes));
            prop_assert_eq!(made.err(), bad);
        }
        if !path.starts_with('/') || path.contains('\0') {
            prop_assert_eq!(Vault::create(path.clone(), home.store.clone(), None).err(), bad);
            prop_assert_eq!(Vault::open(path, home.store.clone(), None).err(), bad);
        }
        prop_assert!(home.files().is_empty());
    }
}
