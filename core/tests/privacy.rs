//! What leaves the phone says nothing of what stays on it.

mod world;

use attune_core::companion::DraftOf;
use attune_core::preview::RepairChoice;
use attune_core::proposal::ProposalKind;
use attune_core::repair::{Pointer, RepairOption};
use attune_wire::{Operation, Request};
use chrono::Duration;
use world::{World, monday, sync};

/// Everything that the phone uploads in its next sync, byte for byte.
fn uploads(w: &mut World, act: impl Fn(&mut World)) -> Vec<Vec<u8>> {
    let now = monday() + Duration::hours(3);
    // From here on both runs draw the same random bytes.
    w.entropy.reset(7);
    act(w);
    w.entropy.reset(8);
    let mut out = Vec::new();
    w.phone.sync_begin(now).unwrap();
    while let Some(request) = w.phone.sync_next().unwrap() {
        let frame = Request::parse(&request.body[..]).unwrap().verify().unwrap();
        if frame.operation == Operation::Put {
            out.push(frame.envelope.to_vec());
        }
        let body = w.relay.answer(&request).unwrap();
        let answer = attune_core::sync::SyncAnswer::Http { status: 200, body: &body };
        w.phone.sync_feed(now, answer).unwrap();
    }
    out
}

/// I9: two vaults that differ only in private data upload the same bytes, sealing included.
#[test]
fn i9_private_data_changes_nothing_that_leaves() {
    let share = |w: &mut World| {
        let moment = w.phone.moments(None, 1).unwrap().first().map(|moment| moment.id);
        let choice = RepairChoice { moment, ..w.choice(RepairOption::WrittenFollowUp) };
        let preview = w.phone.preview(&choice, monday()).unwrap();
        w.phone.share(&preview.digest, monday()).unwrap();
    };
    let mut plain = World::paired(900);
    let plain_uploads = uploads(&mut plain, share);

    let mut private = World::paired(900);
    for n in 0..40 {
        let moment = private.phone.flag(monday() + Duration::minutes(n)).unwrap();
        private.phone.set_note(moment, Some("It was about my mother.")).unwrap();
        private.phone.set_pointer(moment, Some(Pointer::Place)).unwrap();
    }
    private.phone.set_moment_days(Some(14)).unwrap();
    let private_uploads = uploads(&mut private, share);

    assert_eq!(plain_uploads.len(), 2);
    assert!(plain_uploads == private_uploads, "the uploads differ");
}

/// A moment that is only kept makes no difference at all: the uploads are those of an idle sync.
#[test]
fn a_moment_that_is_kept_leaves_no_trace_in_a_sync() {
    let mut idle = World::paired(901);
    let idle_uploads = uploads(&mut idle, |_| {});
    let mut held = World::paired(901);
    let held_uploads = uploads(&mut held, |w| {
        let moment = w.phone.flag(monday()).unwrap();
        w.phone.set_note(moment, Some("Only mine.")).unwrap();
        // Previewed and left: nothing was shared.
        w.phone
            .preview(
                &RepairChoice { moment: Some(moment), ..w.choice(RepairOption::Pause) },
                monday(),
            )
            .unwrap();
    });
    assert!(idle_uploads == held_uploads, "the uploads differ");
}

/// Neither do words that are being typed.
#[test]
fn a_draft_leaves_no_trace_in_a_sync() {
    let proposed = || {
        let mut w = World::paired(904);
        let now = monday();
        w.sync_all(now);
        w.desk.propose(w.client, ProposalKind::FileLine, "We plan less.", None, now).unwrap();
        sync(&mut w.desk, &mut w.relay, now);
        sync(&mut w.phone, &mut w.relay, now);
        w
    };
    let idle_uploads = uploads(&mut proposed(), |_| {});
    let typed_uploads = uploads(&mut proposed(), |w| {
        let proposal = w.phone.proposals().unwrap()[0].id;
        for of in [DraftOf::Proposal(proposal), DraftOf::AboutMe(w.therapist)] {
            w.phone.keep_draft(of, "Only mine, until I").unwrap();
        }
    });
    assert!(!idle_uploads.is_empty());
    assert!(idle_uploads == typed_uploads, "the uploads differ");
}

/// How often somebody changed their mind before receipt cannot be read from what arrives.
#[test]
fn revisions_do_not_count() {
    let mut w = World::paired(902);
    let now = monday();
    let revisions: Vec<u64> = (0..4)
        .map(|_| {
            let preview = w.phone.preview(&w.choice(RepairOption::Pause), now).unwrap();
            w.phone.share(&preview.digest, now).unwrap();
            w.phone
                .vault()
                .read(|db| {
                    db.query_row("SELECT max(revision) FROM repair_choice", [], |row| row.get(0))
                        .map_err(attune_core::vault::VaultError::from)
                })
                .map(|revision: i64| revision.unsigned_abs())
                .unwrap()
        })
        .collect();
    assert!(revisions.iter().any(|revision| *revision > 1_000), "{revisions:?}");
}

/// The vault of a desk holds no trace of what was taken back before it was received.
#[test]
fn a_desk_never_learns_of_what_was_taken_back_before_receipt() {
    let mut w = World::paired(903);
    let now = monday();
    sync(&mut w.desk, &mut w.relay, now);
    let rows = |w: &mut World| -> i64 {
        w.desk
            .vault()
            .read(|db| {
                db.query_row("SELECT count(*) FROM received_choice", [], |row| row.get(0))
                    .map_err(attune_core::vault::VaultError::from)
            })
            .unwrap()
    };
    let case = w.share(RepairOption::BriefCheckIn, now);
    sync(&mut w.phone, &mut w.relay, now);
    w.phone.take_back(case).unwrap();
    sync(&mut w.phone, &mut w.relay, now);
    sync(&mut w.desk, &mut w.relay, now);
    w.sync_all(now);
    assert_eq!(rows(&mut w), 0);
}
