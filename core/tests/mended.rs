//! Sequences that once went wrong: each ended in an untrue state, a wedged pairing or a blocked sync.

mod world;

use attune_cipher::rusqlite::Connection;
use attune_core::Error;
use attune_core::PairingStage;
use attune_core::desk::{CodeForm, InviteKind};
use attune_core::export::{read_copy, write_copy_at};
use attune_core::lane::Direction;
use attune_core::lane::document::*;
use attune_core::lane::ids::Incarnation;
use attune_core::lane::keys::{LaneKeys, Psk};
use attune_core::lane::seal::{SealContext, seal_document};
use attune_core::preview::RepairChoice;
use attune_core::repair::RepairOption;
use attune_core::state::ChoiceState;
use attune_core::sync::SyncAnswer;
use attune_core::vault::{KdfCost, Passphrase};
use attune_wire::{ENVELOPE_LEN, Request, Response, Status};
use world::*;

/// One ordinary interleaving and `done` between two desk syncs.
#[test]
fn what_was_opened_and_done_is_never_called_unseen() {
    let mut w = World::paired(1);
    let now = monday();
    w.sync_all(now);
    let case = w.share(RepairOption::Pause, now);
    sync(&mut w.phone, &mut w.relay, now);
    // The desk GETs the choice; its PUT is a moment later.
    w.desk.sync_begin(now).unwrap();
    let r = w.desk.sync_next().unwrap().unwrap();
    let b = w.relay.answer(&r).unwrap();
    w.desk.sync_feed(now, SyncAnswer::Http { status: 200, body: &b }).unwrap();
    // Meanwhile the person takes it back and the phone syncs whole.
    w.phone.take_back(case).unwrap();
    sync(&mut w.phone, &mut w.relay, now);
    // The desk's PUT.
    let r = w.desk.sync_next().unwrap().unwrap();
    let b = w.relay.answer(&r).unwrap();
    w.desk.sync_feed(now, SyncAnswer::Http { status: 200, body: &b }).unwrap();
    assert!(w.desk.sync_next().unwrap().is_none());
    assert_eq!(w.desk.inbox(now).unwrap().len(), 1);
    w.desk.open_card(case, now).unwrap();
    w.desk.done(case, now).unwrap();
    sync(&mut w.desk, &mut w.relay, now);
    sync(&mut w.phone, &mut w.relay, now);
    sync(&mut w.desk, &mut w.relay, now);
    sync(&mut w.phone, &mut w.relay, now);
    assert_ne!(w.state(case, now), ChoiceState::Withdrawn { seen: false });
}

#[test]
fn a_restored_phone_never_calls_an_answered_choice_unseen() {
    let mut w = World::paired(2);
    let now = monday();
    w.sync_all(now);
    let case = w.share(RepairOption::Pause, now);
    sync(&mut w.phone, &mut w.relay, now);
    let copy = w.back_up_phone("copy");
    w.sync_all(now);
    w.desk.open_card(case, now).unwrap();
    w.desk.done(case, now).unwrap();
    sync(&mut w.desk, &mut w.relay, now);
    w.sync_all(now);
    w.sync_all(now);
    assert_eq!(w.state(case, now), ChoiceState::Answered);
    w.phone_from(&copy);
    sync(&mut w.phone, &mut w.relay, now);
    w.phone.take_back(case).unwrap();
    for _ in 0..3 {
        w.sync_all(now);
    }
    assert_ne!(w.state(case, now), ChoiceState::Withdrawn { seen: false });
}

fn lane_of(w: &mut World, phone: bool, nth: usize) -> ([u8; 32], attune_wire::LaneId) {
    // The lane of the nth request of a sync whose answers are real.
    let now = monday();
    let mut at = 0;
    if phone {
        w.phone.sync_begin(now).unwrap();
    } else {
        w.desk.sync_begin(now).unwrap();
    }
    loop {
        let r = if phone { w.phone.sync_next() } else { w.desk.sync_next() }.unwrap().unwrap();
        let f = Request::parse(&r.body[..]).unwrap().verify().unwrap();
        if at == nth {
            return (f.relay.0, f.lane());
        }
        at += 1;
        let b = w.relay.answer(&r).unwrap();
        let a = SyncAnswer::Http { status: 200, body: &b };
        if phone { w.phone.sync_feed(now, a).unwrap() } else { w.desk.sync_feed(now, a).unwrap() }
    }
}

#[test]
fn a_lane_that_alone_was_lost_is_made_again() {
    let mut w = World::paired(3);
    let now = monday();
    w.sync_all(now);
    let d2c = lane_of(&mut w, false, 1);
    assert!(w.relay.lanes.remove(&d2c).is_some());
    let case = w.share(RepairOption::Pause, now);
    for day in 0..20 {
        w.sync_all(now + days(day));
    }
    assert_eq!(w.state(case, now + days(20)), ChoiceState::Received);
}

#[test]
fn a_move_to_a_dead_relay_can_be_called_off() {
    let mut w = World::paired(4);
    let now = monday();
    w.sync_all(now);
    w.relay.dead.push(OTHER_RELAY.to_owned());
    let mut c = w.desk.card().unwrap();
    c.relays = vec![OTHER_RELAY.to_owned(), RELAY.to_owned()];
    w.desk.set_card(&c).unwrap();
    sync(&mut w.desk, &mut w.relay, now);
    sync(&mut w.phone, &mut w.relay, now);
    c.relays = vec![RELAY.to_owned(), OTHER_RELAY.to_owned()];
    w.desk.set_card(&c).unwrap();
    let case = w.share(RepairOption::Pause, now);
    for day in 0..30 {
        w.sync_all(now + days(day));
    }
    assert_eq!(w.state(case, now + days(30)), ChoiceState::Received);
}

#[test]
fn a_third_relay_during_a_move_is_reached() {
    let mut w = World::paired(5);
    let now = monday();
    w.sync_all(now);
    let third = "https://third.example".to_owned();
    let mut c = w.desk.card().unwrap();
    c.relays = vec![OTHER_RELAY.to_owned(), RELAY.to_owned()];
    w.desk.set_card(&c).unwrap();
    sync(&mut w.desk, &mut w.relay, now);
    sync(&mut w.phone, &mut w.relay, now);
    c.relays = vec![third, OTHER_RELAY.to_owned()];
    w.desk.set_card(&c).unwrap();
    let case = w.share(RepairOption::Pause, now);
    for day in 0..120 {
        w.sync_all(now + days(day));
    }
    assert_eq!(w.state(case, now + days(120)), ChoiceState::Received);
}

#[test]
fn a_desk_that_was_away_looks_before_it_ends_a_pairing() {
    let now = monday();
    let folder = tempfile::tempdir().unwrap();
    let entropy = Seeded::new(6);
    let mut relay = Relay::default();
    let mut phone = new_phone(&folder.path().join("p"), &entropy);
    let mut desk = new_desk(
        &folder.path().join("d"),
        attune_core::practice::PracticeRole::Therapist,
        &entropy,
    );
    let invitation = desk.invite(InviteKind::Live, CodeForm::Link, now).unwrap();
    sync(&mut desk, &mut relay, now);
    let practice = phone.join(&invitation.code, None, None).unwrap();
    sync(&mut phone, &mut relay, now);
    sync(&mut desk, &mut relay, now);
    sync(&mut phone, &mut relay, now);
    assert_eq!(phone.practices().unwrap()[0].stage, PairingStage::Active);
    let choice = RepairChoice {
        option: RepairOption::Pause,
        practice,
        moment: None,
        with_pointer: false,
        with_words: false,
        until: None,
        replaces: None,
    };
    let p = phone.preview(&choice, now).unwrap();
    phone.share(&p.digest, now).unwrap();
    sync(&mut phone, &mut relay, now);
    // A long weekend: the desk comes back after 73 hours.
    let later = now + chrono::Duration::hours(73);
    for _ in 0..3 {
        sync(&mut desk, &mut relay, later);
        sync(&mut phone, &mut relay, later);
    }
    for day in 4..40 {
        sync(&mut desk, &mut relay, now + days(day));
        sync(&mut phone, &mut relay, now + days(day));
    }
    assert_eq!(desk.clients().unwrap()[0].stage, PairingStage::Active);
}

#[test]
fn one_lying_stale_wedges_nothing() {
    let mut w = World::paired(7);
    let now = monday();
    w.sync_all(now);
    let mut at = 0;
    w.phone.sync_begin(now).unwrap();
    while let Some(r) = w.phone.sync_next().unwrap() {
        let honest = w.relay.answer(&r).unwrap();
        at += 1;
        let body = if at == 2 {
            let v = Request::parse(&r.body[..]).unwrap().verify().unwrap().version;
            Response {
                status: Status::Stale,
                version: v + (1 << 32),
                retry_after: 0,
                envelope: Box::new([0; ENVELOPE_LEN]),
            }
            .encode()
            .to_vec()
        } else {
            honest
        };
        w.phone.sync_feed(now, SyncAnswer::Http { status: 200, body: &body }).unwrap();
    }
    let case = w.share(RepairOption::Pause, now);
    for day in 0..20 {
        w.sync_all(now + days(day));
    }
    assert_eq!(w.state(case, now + days(20)), ChoiceState::Received);
}

fn desk_restored(w: &mut World, copy: &std::path::Path, pass: &Passphrase, name: &str) {
    let mut entropy = w.entropy.clone();
    let folder = w.path(name);
    let vault = read_copy(copy, pass, &folder, &OpenStore, None, &mut entropy).unwrap();
    drop(vault);
    w.desk = open_desk(&folder, &entropy);
}

#[test]
fn a_restored_desk_sends_no_text_before_the_words_were_compared() {
    let mut w = World::paired(8);
    let now = monday();
    let case = w.share(RepairOption::WrittenFollowUp, now);
    w.sync_all(now);
    sync(&mut w.desk, &mut w.relay, now);
    let pass = Passphrase::new("a passphrase for the copy".to_owned());
    let copy = w.path("desk.attune");
    let mut entropy = w.entropy.clone();
    write_copy_at(w.desk.vault(), &copy, &pass, KdfCost::LEAST, &mut entropy).unwrap();
    desk_restored(&mut w, &copy, &pass, "desk2");
    for _ in 0..2 {
        w.sync_all(now);
    }
    w.desk.reply(case, "A note.", now).unwrap();
    for _ in 0..3 {
        w.sync_all(now);
    }
    assert!(w.phone.notes().unwrap().is_empty());
}

#[test]
fn a_restored_desk_shows_nothing_before_it_is_listed_again() {
    let mut w = World::paired(9);
    let now = monday();
    let case = w.share(RepairOption::WrittenFollowUp, now);
    w.sync_all(now);
    let pass = Passphrase::new("a passphrase for the copy".to_owned());
    let copy = w.path("desk.attune");
    let mut entropy = w.entropy.clone();
    write_copy_at(w.desk.vault(), &copy, &pass, KdfCost::LEAST, &mut entropy).unwrap();
    w.phone.take_back(case).unwrap();
    for _ in 0..3 {
        w.sync_all(now);
    }
    assert_eq!(w.state(case, now), ChoiceState::Withdrawn { seen: true });
    sync(&mut w.desk, &mut w.relay, now);
    sync(&mut w.desk, &mut w.relay, now);
    desk_restored(&mut w, &copy, &pass, "desk2");
    sync(&mut w.desk, &mut w.relay, now);
    assert!(w.desk.inbox(now).unwrap().is_empty());
}

#[test]
fn what_is_confirmed_before_the_first_sync_goes_above_what_the_desk_knows() {
    let mut w = World::paired(10);
    let now = monday();
    let case = w.share(RepairOption::Pause, now);
    w.sync_all(now);
    let pass = Passphrase::new("a passphrase for the copy".to_owned());
    let copy = w.path("phone.attune");
    let mut entropy = w.entropy.clone();
    write_copy_at(w.phone.vault(), &copy, &pass, KdfCost::LEAST, &mut entropy).unwrap();
    for option in [
        RepairOption::NoContact,
        RepairOption::SwitchTopic,
        RepairOption::NoContact,
        RepairOption::SwitchTopic,
        RepairOption::NoContact,
    ] {
        let mut c = w.choice(option);
        c.replaces = Some(case);
        let p = w.phone.preview(&c, now).unwrap();
        w.phone.share(&p.digest, now).unwrap();
        w.sync_all(now);
    }
    let folder = w.path("back");
    let vault = read_copy(&copy, &pass, &folder, &OpenStore, None, &mut entropy).unwrap();
    drop(vault);
    w.phone_from(&folder);
    w.phone.confirm_restored(case).unwrap();
    let mut last = Ok(());
    for _ in 0..3 {
        w.phone.sync_begin(now).unwrap();
        last = (|| -> Result<(), Error> {
            while let Some(r) = w.phone.sync_next()? {
                let b = w.relay.answer(&r).unwrap();
                w.phone.sync_feed(now, SyncAnswer::Http { status: 200, body: &b })?;
            }
            Ok(())
        })();
        sync(&mut w.desk, &mut w.relay, now);
    }
    assert!(last.is_ok());
}

#[test]
fn a_key_that_is_none_is_refused() {
    let mut w = World::paired(11);
    let now = monday();
    w.sync_all(now);
    let sql = "SELECT psk, th, version, peer_key_epoch, peer_key, have_version, have_digest, incarnation FROM pairing WHERE id = 1";
    let (psk, th, version, epoch, key, hv, hd, inc) = w
        .phone
        .vault()
        .read(|db: &Connection| {
            Ok::<_, Error>(
                db.query_row(sql, [], |r| {
                    Ok((
                        r.get::<_, [u8; 32]>(0)?,
                        r.get::<_, [u8; 32]>(1)?,
                        r.get::<_, i64>(2)? as u64,
                        r.get::<_, i64>(3)? as u64,
                        r.get::<_, Vec<u8>>(4)?,
                        r.get::<_, i64>(5)? as u64,
                        r.get::<_, [u8; 32]>(6)?,
                        r.get::<_, [u8; 16]>(7)?,
                    ))
                })
                .unwrap(),
            )
        })
        .unwrap();
    let psk = Psk::from_bytes(&psk);
    let keys = LaneKeys::derive(&psk, Direction::ClientToDesk, 0);
    let mut bad = Box::new([0xFF; PUBLIC_KEY_LEN]);
    bad[0] = 0xFF;
    let document = Document {
        version: version + 1,
        range: ProtocolRange::OURS,
        incarnation: Incarnation::from_bytes(inc),
        receive_key: ReceiveKey { epoch: 1, public: bad },
        echo: Echo { version: hv, digest: hd },
        sealed_to: epoch,
        entries: vec![],
        notices: vec![],
        texts_stored: vec![],
        goodbye: false,
        lanes: None,
        proposals: Vec::new(),
        about: None,
        said: Vec::new(),
        own_about: None,
    };
    let context =
        SealContext { psk: &psk, th: &th, direction: Direction::ClientToDesk, lane_id: keys.id };
    let mut entropy = w.entropy.clone();
    let peer = ReceiveKey { epoch, public: Box::new(key.try_into().unwrap()) };
    let envelope = seal_document(&document, &context, &peer, &mut entropy).unwrap();
    let lane = w.relay.lanes.iter_mut().find(|(k, _)| k.1 == keys.id).unwrap().1;
    lane.version = version + 1;
    lane.body = Some(envelope);
    let mut last = Ok(());
    for _ in 0..3 {
        w.desk.sync_begin(now).unwrap();
        last = (|| -> Result<(), Error> {
            while let Some(r) = w.desk.sync_next()? {
                let b = w.relay.answer(&r).unwrap();
                w.desk.sync_feed(now, SyncAnswer::Http { status: 200, body: &b })?;
            }
            Ok(())
        })();
    }
    assert!(last.is_ok());
}

#[test]
fn only_the_words_that_were_shown_can_be_confirmed() {
    let mut w = World::paired(13);
    let now = monday();
    w.sync_all(now);
    let shown = w.desk.words(w.client).unwrap();
    let pass = Passphrase::new("a passphrase for the copy".to_owned());
    let copy = w.path("phone.attune");
    let mut entropy = w.entropy.clone();
    write_copy_at(w.phone.vault(), &copy, &pass, KdfCost::LEAST, &mut entropy).unwrap();
    let folder = w.path("thief");
    drop(read_copy(&copy, &pass, &folder, &OpenStore, None, &mut entropy).unwrap());
    w.phone_from(&folder);
    sync(&mut w.phone, &mut w.relay, now);
    sync(&mut w.phone, &mut w.relay, now);
    sync(&mut w.desk, &mut w.relay, now);
    assert_ne!(w.desk.words(w.client).unwrap(), shown);
    assert!(!w.desk.clients().unwrap()[0].health.compared);
    // The tap on the page that shows the old words.
    assert!(matches!(w.desk.confirm_words(w.client, &shown), Err(Error::NotCompared)));
    assert!(!w.desk.clients().unwrap()[0].health.compared);
}

#[test]
fn a_desk_that_leaves_during_a_move_is_heard() {
    let mut w = World::paired(14);
    let now = monday();
    w.sync_all(now);
    let mut c = w.desk.card().unwrap();
    c.relays = vec![OTHER_RELAY.to_owned(), RELAY.to_owned()];
    w.desk.set_card(&c).unwrap();
    sync(&mut w.desk, &mut w.relay, now);
    sync(&mut w.phone, &mut w.relay, now);
    w.desk.unpair(w.client, now).unwrap();
    sync(&mut w.desk, &mut w.relay, now);
    for day in 0..40 {
        sync(&mut w.phone, &mut w.relay, now + days(day));
        sync(&mut w.desk, &mut w.relay, now + days(day));
    }
    let p = &w.phone.practices().unwrap()[0];
    assert_eq!(p.stage, PairingStage::Ended);
}
