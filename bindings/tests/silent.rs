//! What is planted comes out nowhere: not on the process's output, not in a text form.

#![expect(clippy::unwrap_used, reason = "tests")]

mod world;

use std::fmt::{Debug, Display};
use std::process::Command;

use attune_ffi::{
    AttestedTerms, AttuneError, CaseId, Choice, ChoiceState, CodeCheck, CodeReading, Day, FollowUp,
    FollowUpId, Health, HelpEntry, Instant, Limits, Misattunement, MisattunementId, Offer,
    OwnAbout, PairingStage, Practice, PracticeCard, PracticeId, PracticeRole, Preview, PreviewId,
    Proposal, ProposalAnswer, ProposalId, ProposalKind, RepairChoice, RepairOption, Restored,
    StatusLine, StorageTrouble, SyncAnswer, SyncRequest, Trouble, Vault,
};
use world::{Home, Mood, now};

/// What the key store of `world` panics with.
const MARKER: &str = "marker-4471";

/// Runs the test `name` of this program in a process of its own, and answers all that it printed.
fn output_of(name: &str) -> String {
    let child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", name, "--nocapture"])
        .env("RUST_BACKTRACE", "full")
        .output()
        .unwrap();
    assert!(child.status.success());
    let printed = [child.stdout, child.stderr].concat();
    let printed = String::from_utf8_lossy(&printed).into_owned();
    assert!(printed.contains("1 passed"), "it ran");
    printed
}

#[test]
fn a_panic_behind_the_facade_prints_nothing() {
    let printed = output_of("panic_behind_the_facade");
    assert!(!printed.contains(MARKER) && !printed.contains("panicked"), "{printed}");
}

#[test]
fn a_panic_elsewhere_prints_as_it_did() {
    assert!(output_of("panic_elsewhere").contains("said elsewhere"));
}

#[test]
fn panic_behind_the_facade() {
    let home = Home::new();
    home.create().close().unwrap();
    home.store.turn(Mood::Panics);
    let unavailable = AttuneError::Storage { why: StorageTrouble::Unavailable };
    assert_eq!(Vault::open(home.path(), home.store.clone(), None).err(), Some(unavailable));
}

#[test]
fn panic_elsewhere() {
    Home::new().create().close().unwrap();
    let said = std::panic::catch_unwind(|| panic!("said elsewhere")).unwrap_err();
    assert_eq!(said.downcast_ref(), Some(&"said elsewhere"));
}

fn text() -> String {
    MARKER.to_owned()
}

/// Both text forms of a record are its name.
fn is_named<T: Debug + Display>(record: &T, name: &str) {
    assert_eq!((format!("{record:?}"), record.to_string()), (name.to_owned(), name.to_owned()));
    assert_eq!(format!("{record:#?}"), name);
}

#[test]
fn ids_and_moments_show_their_names_only() {
    is_named(&now(), "Now");
    is_named(&MisattunementId { value: 4471 }, "MisattunementId");
    is_named(&PracticeId { value: 4471 }, "PracticeId");
    is_named(&CaseId { value: text() }, "CaseId");
    is_named(&FollowUpId { value: text() }, "FollowUpId");
    is_named(&PreviewId { value: text() }, "PreviewId");
    let moment = Misattunement {
        id: MisattunementId { value: 4471 },
        marked_at: Instant::of_millis(4471).unwrap(),
        utc_offset_minutes: 0,
        words: Some(text()),
        pointer: None,
        ends: None,
    };
    is_named(&moment, "Misattunement");
    is_named(&SyncRequest { url: text(), body: text().into() }, "SyncRequest");
    is_named(&SyncAnswer { status: 200, body: text().into() }, "SyncAnswer");
    let check = CodeCheck { reading: CodeReading::Link, relay: Some(text()), word: None };
    is_named(&check, "CodeCheck");
    let limits = Limits {
        words_chars: 1,
        shared_words_bytes: 1,
        about_bytes: 1,
        under_way_bytes: 1,
        chosen_name_chars: 1,
        open_choices: 1,
        page_moments: 1,
        passphrase_chars: 1,
        frame_bytes: 1,
    };
    is_named(&limits, "Limits");
    let entry = HelpEntry {
        region: text(),
        name: text(),
        phone: Some(text()),
        site: Some(text()),
        source: text(),
        checked: Day::of_number(20_260_302).unwrap(),
    };
    is_named(&entry, "HelpEntry");
}

#[test]
fn choices_and_practices_show_their_names_only() {
    let (practice, case_id) = (PracticeId { value: 4471 }, CaseId { value: text() });
    let terms =
        AttestedTerms { no_fee: true, keeps_slot: true, keeps_place: true, no_missed_visit: true };
    let choice = RepairChoice {
        option: RepairOption::Pause,
        practice,
        moment: None,
        with_pointer: false,
        with_words: false,
        until: None,
        replaces: Some(case_id.clone()),
    };
    is_named(&choice, "RepairChoice");
    let preview = Preview {
        id: PreviewId { value: text() },
        practice,
        recipient: text(),
        role: PracticeRole::Therapist,
        option: RepairOption::Pause,
        pointer: None,
        words: Some(text()),
        until: None,
        takes_back: false,
    };
    is_named(&preview, "Preview");
    let choice = Choice {
        case_id: case_id.clone(),
        moment: None,
        practice,
        recipient: text(),
        option: RepairOption::Pause,
        pointer: None,
        words: Some(text()),
        until: None,
        state: ChoiceState::Queued,
        status: StatusLine::NotSent,
        due: None,
        waits_for: None,
        unsure: false,
        ended: false,
        has_note: false,
        open: true,
        can_take_back: true,
        can_change: true,
        can_let_go: false,
        can_erase: false,
    };
    is_named(&choice, "Choice");
    let note = FollowUp {
        id: FollowUpId { value: text() },
        case_id: case_id.clone(),
        practice,
        sender: text(),
        text: text(),
        stored_at: Instant::of_millis(4471).unwrap(),
    };
    is_named(&note, "FollowUp");
    is_named(&Restored { case_id, practice, choice: Some(choice) }, "Restored");
    let health = Health {
        trouble: Trouble::None,
        compared: true,
        newcomer: true,
        two_phones: true,
        second_claim: true,
        reached_at: None,
    };
    is_named(&health, "Health");
    is_named(&terms, "AttestedTerms");
    let card = PracticeCard {
        role: PracticeRole::Therapist,
        name: text(),
        offered: Vec::new(),
        terms,
        backup: text(),
        leaves_practice: text(),
        introduced_by: Some(text()),
    };
    is_named(&card, "PracticeCard");
    let offer = Offer {
        option: RepairOption::Pause,
        practice: Some(practice),
        recipient: Some(text()),
        terms,
    };
    is_named(&offer, "Offer");
    let practice = Practice {
        id: practice,
        stage: PairingStage::Active,
        card: Some(card),
        relay: text(),
        chosen_name: Some(text()),
        health,
        notice: None,
        about_waits_for: None,
    };
    is_named(&practice, "Practice");
}

#[test]
fn proposals_and_what_is_said_of_oneself_show_their_names_only() {
    is_named(&ProposalId { value: text() }, "ProposalId");
    let proposal = Proposal {
        id: ProposalId { value: text() },
        practice: PracticeId { value: 4471 },
        sender: text(),
        kind: ProposalKind::FileLine,
        text: text(),
        stored_at: Instant::of_millis(4471).unwrap(),
        open: true,
        answer: Some(ProposalAnswer::ChangeIt),
        words: Some(text()),
        waits: true,
    };
    is_named(&proposal, "Proposal");
    is_named(&OwnAbout { text: text(), waits: true }, "OwnAbout");
}
