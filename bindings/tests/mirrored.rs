//! Each field of the core's answers comes out where it belongs. No value is there twice, so that none can take the
//! place of another.

#![expect(clippy::unwrap_used, reason = "tests")]

mod world;

use attune_core::due::{Deadlines, WorkingWeek};
use attune_core::export::CopyError;
use attune_core::lane::ids;
use attune_core::pairing::code::CodeError;
use attune_core::vault::VaultError;
use attune_core::{
    Error, Health, PairingStage, Trouble, companion, misattunement, practice, preview, proposal,
    repair, state,
};
use attune_ffi::{
    AboutWaitsFor, AttestedTerms, AttuneError, Choice, ChoiceState, Day, FollowUp, Instant,
    MisattunementId, Now, Offer, OwnAbout, Pointer, Practice, PracticeCard, PracticeId,
    PracticeNotice, Preview, Proposal, ProposalAnswer, ProposalKind, Restored, StatusLine,
    StorageTrouble, WaitsFor, Why,
};
use chrono::NaiveDate;
use world::{Home, at};

fn day(of: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 3, of).unwrap()
}

fn hex(byte: u8) -> String {
    format!("{byte:02x}").repeat(16)
}

fn choice() -> companion::Choice {
    companion::Choice {
        case: ids::CaseId::from_bytes([1; 16]),
        moment: Some(misattunement::MisattunementId(2)),
        practice: preview::PracticeId(3),
        recipient: "four".to_owned(),
        option: repair::RepairOption::BriefCheckIn,
        pointer: Some(repair::Pointer::Plan),
        words: Some("five".to_owned().into()),
        until: Some(day(6)),
        state: state::ChoiceState::Withdrawing,
        due: Some(day(7)),
        waits_for: Some(companion::WaitsFor::Comparison),
        unsure: false,
        ended: false,
        has_note: false,
    }
}

fn mirrored() -> Choice {
    choice().into()
}

#[test]
fn a_choice() {
    let Choice { case_id, moment, practice, recipient, option, pointer, words, .. } = mirrored();
    assert_eq!(case_id.value, hex(1));
    assert_eq!(moment, Some(MisattunementId { value: 2 }));
    assert_eq!(practice, PracticeId { value: 3 });
    assert_eq!((recipient.as_str(), words.as_deref()), ("four", Some("five")));
    assert_eq!(option, attune_ffi::RepairOption::BriefCheckIn);
    assert_eq!(pointer, Some(Pointer::Plan));
    let Choice { until, due, state, status, waits_for, .. } = mirrored();
    assert_eq!(status, StatusLine::WaitsForComparison);
    assert_eq!(until.map(Day::number), Some(20_260_306));
    assert_eq!(due.map(Day::number), Some(20_260_307));
    assert_eq!((state, waits_for), (ChoiceState::Withdrawing, Some(WaitsFor::Comparison)));
    for set in 0..3 {
        let one =
            companion::Choice { unsure: set == 0, ended: set == 1, has_note: set == 2, ..choice() };
        let Choice { unsure, ended, has_note, .. } = one.into();
        assert_eq!([unsure, ended, has_note], [0, 1, 2].map(|place| place == set));
    }
}

/// What can be done with it, as the core says; no two of these are alike.
#[test]
fn what_can_be_done_with_a_choice() {
    use state::ChoiceState as Core;
    let table = [
        (Core::Received, StatusLine::ReceivedDueBy, [true, true, true, false, false]),
        (Core::Late, StatusLine::Late, [true, true, true, true, false]),
        (Core::Withdrawing, StatusLine::TakingBack, [true, false, false, false, false]),
        (Core::Expired, StatusLine::Expired, [false, false, false, false, true]),
    ];
    for (state, line, wanted) in table {
        let one = Choice::from(companion::Choice { state, waits_for: None, ..choice() });
        let told = [one.open, one.can_take_back, one.can_change, one.can_let_go, one.can_erase];
        assert_eq!((one.status, told), (line, wanted), "{state:?}");
    }
}

#[test]
fn a_choices_states() {
    use ChoiceState as Ours;
    use state::ChoiceState as Core;
    let states = [
        (Core::Held, Ours::Held),
        (Core::Queued, Ours::Queued),
        (Core::Uploaded, Ours::Uploaded),
        (Core::Received, Ours::Received),
        (Core::Opened, Ours::Opened),
        (Core::Answered, Ours::Answered),
        (Core::Late, Ours::Late),
        (Core::Withdrawing, Ours::Withdrawing),
        (Core::Withdrawn { seen: false }, Ours::WithdrawnUnseen),
        (Core::Withdrawn { seen: true }, Ours::WithdrawnSeen),
        (Core::Expired, Ours::Expired),
    ];
    for (core, ours) in states {
        assert_eq!(Ours::from(core), ours);
    }
}

#[test]
fn what_waits_after_a_restore() {
    let known = Restored::from(companion::Restored::Known(choice()));
    assert_eq!((known.case_id.value, known.practice.value), (hex(1), 3));
    assert!(known.choice.is_some_and(|known| known == mirrored()));
    let (case, practice) = (ids::CaseId::from_bytes([8; 16]), preview::PracticeId(9));
    let unknown = Restored::from(companion::Restored::Unknown { case, practice });
    assert_eq!((unknown.case_id.value, unknown.practice.value), (hex(8), 9));
    assert!(unknown.choice.is_none());
}

#[test]
fn a_preview() {
    let preview = Preview::from(preview::Preview {
        digest: [1; 32],
        practice: preview::PracticeId(2),
        recipient: "three".to_owned(),
        role: practice::PracticeRole::Coordinator,
        option: repair::RepairOption::Interpreter,
        pointer: Some(repair::Pointer::Said),
        words: Some("four".to_owned().into()),
        until: Some(day(5)),
        takes_back: true,
    });
    assert_eq!((preview.id.value, preview.practice.value), ("01".repeat(32), 2));
    assert_eq!((preview.recipient.as_str(), preview.words.as_deref()), ("three", Some("four")));
    assert_eq!(preview.role, attune_ffi::PracticeRole::Coordinator);
    assert_eq!(preview.option, attune_ffi::RepairOption::Interpreter);
    assert_eq!(preview.pointer, Some(Pointer::Said));
    assert_eq!(preview.until.map(Day::number), Some(20_260_305));
    assert!(preview.takes_back);
}

#[test]
fn a_note() {
    let note = FollowUp::from(companion::FollowUp {
        id: ids::TextId::from_bytes([1; 16]),
        case: ids::CaseId::from_bytes([2; 16]),
        practice: preview::PracticeId(3),
        sender: "four".to_owned(),
        text: "five".to_owned().into(),
        stored_at: 6,
    });
    assert_eq!((note.id.value, note.case_id.value), (hex(1), hex(2)));
    assert_eq!((note.practice.value, note.stored_at.millis()), (3, 6));
    assert_eq!((note.sender.as_str(), note.text.as_str()), ("four", "five"));
}

#[test]
fn a_moment() {
    let home = Home::new();
    let vault = home.create();
    // Half past five on January 2, 1970, where it was marked.
    let marked = Now { instant: Instant::of_millis(86_400_002).unwrap(), utc_offset_minutes: 330 };
    let id = vault.flag(marked).unwrap();
    vault.set_words(id, Some("three".to_owned())).unwrap();
    vault.set_pointer(id, Some(Pointer::LeftOut)).unwrap();
    vault.set_moment_days(Some(4)).unwrap();
    let moment = vault.moment(id).unwrap();
    assert_eq!((moment.id, moment.marked_at.millis()), (id, 86_400_002));
    assert_eq!((moment.utc_offset_minutes, moment.words.as_deref()), (330, Some("three")));
    assert_eq!(moment.pointer, Some(Pointer::LeftOut));
    assert_eq!(moment.ends.map(Day::number), Some(19_700_106));
    assert!(vault.moments(None, 1).unwrap() == [moment]);
    vault.set_moment_days(None).unwrap();
    assert!(vault.moment(id).unwrap().ends.is_none());
}

#[test]
fn a_proposal_and_what_is_said_of_oneself() {
    let shown = Proposal::from(companion::Proposal {
        id: ids::TextId::from_bytes([1; 16]),
        practice: preview::PracticeId(2),
        sender: "three".to_owned(),
        kind: proposal::ProposalKind::FileLine,
        text: "four".to_owned().into(),
        stored_at: 5,
        open: true,
        answer: Some(proposal::ProposalAnswer::ChangeIt),
        words: Some("six".to_owned().into()),
        waits: false,
    });
    assert_eq!((shown.id.value, shown.practice.value), (hex(1), 2));
    assert_eq!((shown.sender.as_str(), shown.text.as_str()), ("three", "four"));
    assert_eq!((shown.kind, shown.stored_at.millis()), (ProposalKind::FileLine, 5));
    assert_eq!(
        (shown.answer, shown.words.as_deref()),
        (Some(ProposalAnswer::ChangeIt), Some("six"))
    );
    assert!(shown.open && !shown.waits);
    let own = OwnAbout::from(companion::OwnAbout { text: "one".to_owned().into(), waits: true });
    assert_eq!((own.text.as_str(), own.waits), ("one", true));
}

fn terms(set: usize) -> practice::AttestedTerms {
    practice::AttestedTerms {
        no_fee: set == 0,
        keeps_slot: set == 1,
        keeps_place: set == 2,
        no_missed_visit: set == 3,
    }
}

#[test]
fn terms_and_an_offer() {
    for set in 0..4 {
        let offer = Offer::from(companion::Offer {
            option: repair::RepairOption::Pause,
            practice: Some(preview::PracticeId(1)),
            recipient: Some("two".to_owned()),
            terms: terms(set),
        });
        assert_eq!(offer.option, attune_ffi::RepairOption::Pause);
        assert_eq!(offer.practice, Some(PracticeId { value: 1 }));
        assert_eq!(offer.recipient.as_deref(), Some("two"));
        let AttestedTerms { no_fee, keeps_slot, keeps_place, no_missed_visit } = offer.terms;
        let told = [no_fee, keeps_slot, keeps_place, no_missed_visit];
        assert_eq!(told, [0, 1, 2, 3].map(|place| place == set));
    }
}

fn practice_with(set: usize) -> Practice {
    let card = practice::PracticeCard {
        role: practice::PracticeRole::Coordinator,
        name: "one".to_owned(),
        offered: vec![repair::RepairOption::RequestProvider, repair::RepairOption::Interpreter],
        deadlines: Deadlines::default(),
        week: WorkingWeek::default(),
        terms: terms(2),
        backup: "two".to_owned(),
        leaves_practice: "three".to_owned(),
        relays: Vec::new(),
        introduced_by: Some("four".to_owned()),
    };
    let health = Health {
        trouble: Trouble::SecondClaim,
        compared: set == 0,
        newcomer: set == 1,
        two_phones: set == 2,
        second_claim: set == 3,
        reached_at: Some(5),
    };
    let practice = companion::Practice {
        id: preview::PracticeId(6),
        stage: PairingStage::Ended,
        card: Some(card),
        relay: "seven".to_owned(),
        chosen_name: Some("eight".to_owned()),
        health,
        about_waits_for: Some(companion::AboutWaitsFor::FirstSync),
    };
    practice.into()
}

#[test]
fn a_practice_and_how_it_fares() {
    for set in 0..4 {
        let health = practice_with(set).health;
        let told = [health.compared, health.newcomer, health.two_phones, health.second_claim];
        assert_eq!(told, [0, 1, 2, 3].map(|place| place == set));
        assert_eq!(health.trouble, attune_ffi::Trouble::SecondClaim);
        assert_eq!(health.reached_at.map(attune_ffi::Instant::millis), Some(5));
    }
    let practice = practice_with(0);
    assert_eq!(practice.notice, Some(PracticeNotice::SecondClaim));
    assert_eq!(practice.id, PracticeId { value: 6 });
    assert_eq!(practice.stage, attune_ffi::PairingStage::Ended);
    assert_eq!(practice.relay, "seven");
    assert_eq!(practice.chosen_name.as_deref(), Some("eight"));
    assert_eq!(practice.about_waits_for, Some(AboutWaitsFor::FirstSync));
    let PracticeCard { role, name, offered, terms, backup, leaves_practice, introduced_by } =
        practice.card.unwrap();
    assert_eq!(role, attune_ffi::PracticeRole::Coordinator);
    assert_eq!([name, backup, leaves_practice], ["one", "two", "three"]);
    assert_eq!(introduced_by.as_deref(), Some("four"));
    let options =
        [attune_ffi::RepairOption::RequestProvider, attune_ffi::RepairOption::Interpreter];
    assert_eq!(offered, options);
    assert!(terms.keeps_place && !terms.no_fee && !terms.keeps_slot && !terms.no_missed_visit);
}

#[test]
fn errors() {
    use AttuneError as Ours;
    let storage = |why| Ours::Storage { why };
    let declined = |why| Ours::Declined { why };
    let io = VaultError::Io;
    let of_vaults = [
        (VaultError::Absent, storage(StorageTrouble::Absent)),
        (VaultError::Exists, storage(StorageTrouble::Exists)),
        (VaultError::Busy, storage(StorageTrouble::Busy)),
        (VaultError::DiskFull, storage(StorageTrouble::NoRoom)),
        (io(std::io::ErrorKind::PermissionDenied), storage(StorageTrouble::Unavailable)),
        (io(std::io::ErrorKind::NotFound), storage(StorageTrouble::Unavailable)),
        (io(std::io::ErrorKind::OutOfMemory), Ours::Internal),
        (VaultError::Locked, Ours::Locked),
        (VaultError::KeyMissing, Ours::KeyGone),
        (VaultError::WrongKey, Ours::KeyGone),
        (VaultError::WrongPasscode, Ours::WrongPasscode),
        (VaultError::PasscodeNeeded, Ours::PasscodeNeeded),
        (VaultError::DatabaseMissing, Ours::Damaged),
        (VaultError::Damaged, Ours::Damaged),
        (VaultError::NewerSchema, Ours::NewerVersion),
        (VaultError::Entropy, Ours::Internal),
        (VaultError::Engine, Ours::Internal),
        (VaultError::Statement(1), Ours::Internal),
    ];
    for (core, ours) in of_vaults {
        assert_eq!(Ours::from(core), ours);
        assert_eq!(Ours::from(Error::Vault(core)), ours);
    }
    let of_copies = [
        (CopyError::NotACopy, declined(Why::NotACopy)),
        (CopyError::WrongPassphrase, Ours::WrongPasscode),
        (CopyError::Damaged, Ours::Damaged),
        (CopyError::WrongSide, declined(Why::WrongSide)),
        (CopyError::Newer, Ours::NewerVersion),
        (CopyError::Exists, storage(StorageTrouble::Exists)),
        (CopyError::Vault(VaultError::Locked), Ours::Locked),
        (CopyError::Vault(io(std::io::ErrorKind::NotFound)), storage(StorageTrouble::Absent)),
    ];
    for (core, ours) in of_copies {
        assert_eq!(Ours::from(core), ours);
    }
    let of_calls = [
        (Error::Damaged, Ours::Damaged),
        (Error::NotFound, declined(Why::NotFound)),
        (Error::WrongSide, declined(Why::WrongSide)),
        (Error::WordsTooLong, declined(Why::WordsTooLong)),
        (Error::NotOffered, declined(Why::NotOffered)),
        (Error::TooManyOpen, declined(Why::TooManyOpen)),
        (Error::NotCompared, declined(Why::NotCompared)),
        (Error::PastEndDate, declined(Why::PastEndDate)),
        (Error::NotPreviewed, declined(Why::NotPreviewed)),
        (Error::TooLate, declined(Why::TooLate)),
        (Error::NotReady, declined(Why::NotReady)),
        (Error::Code(CodeError::NotWhole), declined(Why::BadCode)),
        (Error::RelayNeeded, declined(Why::RelayNeeded)),
        (Error::NotWaiting, declined(Why::NotWaiting)),
        (Error::Seal, Ours::Internal),
    ];
    for (core, ours) in of_calls {
        assert_eq!(Ours::from(core), ours);
    }
}

#[test]
fn a_page_has_a_limit_and_an_end() {
    let home = Home::new();
    let vault = home.create();
    let ids: Vec<_> = (0..4).map(|millis| vault.flag(at(millis)).unwrap()).collect();
    let page = |before, limit| -> Result<Vec<_>, _> {
        let moments = vault.moments(before, limit)?;
        Ok(moments.into_iter().map(|moment| moment.id).collect())
    };
    assert_eq!(page(None, 3), Ok(vec![ids[3], ids[2], ids[1]]));
    assert_eq!(page(Some(ids[1]), 3), Ok(vec![ids[0]]));
    assert_eq!(page(None, 1_000).map(|page| page.len()), Ok(4));
    assert_eq!(page(None, 1_001), Err(AttuneError::Declined { why: Why::BadInput }));
}
