//! What was typed and not shared: it is kept on the phone as typed, and goes when it should.

mod world;

use attune_cipher::rusqlite::Connection;
use attune_core::Error;
use attune_core::companion::{AboutWaitsFor, Companion, DraftOf};
use attune_core::export::{read_copy, write_copy_at};
use attune_core::lane::ids::TextId;
use attune_core::preview::PracticeId;
use attune_core::proposal::{ProposalAnswer as Answer, ProposalKind as Kind};
use attune_core::vault::{KdfCost, Passphrase};
use world::{Meeting, OpenStore, World, monday, open_phone, pair, sync};

const LINE: &str = "We changed how we plan the session.";
/// As typed: the person has not ended the sentence, nor the line.
const TYPED: &str = " Not planned: asked, and \n";

/// A world in which the phone has a proposal, and what can be written on.
fn proposed(seed: u64) -> (World, TextId, [DraftOf; 2]) {
    let mut w = World::paired(seed);
    let now = monday();
    w.sync_all(now);
    w.desk.propose(w.client, Kind::FileLine, LINE, None, now).unwrap();
    sync(&mut w.desk, &mut w.relay, now);
    sync(&mut w.phone, &mut w.relay, now);
    let id = w.phone.proposals().unwrap()[0].id;
    let both = [DraftOf::Proposal(id), DraftOf::AboutMe(w.therapist)];
    (w, id, both)
}

fn typed(phone: &Companion, of: DraftOf) -> Option<String> {
    phone.draft(of).unwrap().map(|text| text.as_str().to_owned())
}

/// Rows of the table: what no call shows is gone, too.
fn rows(phone: &mut Companion) -> i64 {
    let count = |db: &Connection| -> Result<i64, Error> {
        Ok(db.query_row("SELECT count(*) FROM draft", [], |row| row.get(0))?)
    };
    phone.vault().read(count).unwrap()
}

#[test]
fn what_was_typed_is_there_after_the_vault_was_closed() {
    let (mut w, _, both) = proposed(60);
    for of in both {
        assert_eq!(typed(&w.phone, of), None);
        w.phone.keep_draft(of, "Not").unwrap();
        w.phone.keep_draft(of, TYPED).unwrap();
    }
    let folder = w.back_up_phone("as a dead process leaves it");
    let mut phone = open_phone(&folder, &w.entropy);
    for of in both {
        assert_eq!(typed(&phone, of).as_deref(), Some(TYPED));
        phone.keep_draft(of, " \n").unwrap();
        assert_eq!(typed(&phone, of), None);
        phone.keep_draft(of, "").unwrap();
    }
    assert_eq!(rows(&mut phone), 0);
}

#[test]
fn what_is_too_long_or_for_nothing_is_refused_and_loses_nothing() {
    let (mut w, _, both) = proposed(61);
    for of in both {
        let most = "é".repeat(600);
        w.phone.keep_draft(of, &most).unwrap();
        let over = w.phone.keep_draft(of, &format!("{most}e"));
        assert!(matches!(over, Err(Error::WordsTooLong)));
        assert_eq!(typed(&w.phone, of), Some(most));
    }
    let nothing =
        [DraftOf::Proposal(TextId::from_bytes([7; 16])), DraftOf::AboutMe(PracticeId(99))];
    for of in nothing {
        assert!(matches!(w.phone.draft(of), Err(Error::NotFound)));
        assert!(matches!(w.phone.keep_draft(of, "words"), Err(Error::NotFound)));
        assert!(matches!(w.phone.keep_draft(of, ""), Err(Error::NotFound)));
    }
}

#[test]
fn an_answer_ends_the_draft_whatever_was_answered() {
    let (mut w, id, [of, about]) = proposed(62);
    w.phone.keep_draft(about, TYPED).unwrap();
    let answers = [
        (Some(Answer::ChangeIt), Some("Not planned: asked.")),
        (Some(Answer::ChangeIt), None),
        (Some(Answer::LooksRight), None),
        (Some(Answer::LeaveIt), None),
        (None, None),
    ];
    for (answer, words) in answers {
        w.phone.keep_draft(of, TYPED).unwrap();
        w.phone.answer_proposal(id, answer, words).unwrap();
        assert_eq!(typed(&w.phone, of), None);
    }
    // One that was refused ends nothing.
    w.phone.keep_draft(of, TYPED).unwrap();
    let refused = w.phone.answer_proposal(id, Some(Answer::ChangeIt), Some(&"w".repeat(1_201)));
    assert!(matches!(refused, Err(Error::WordsTooLong)));
    assert_eq!(typed(&w.phone, of).as_deref(), Some(TYPED));
    assert_eq!(typed(&w.phone, about).as_deref(), Some(TYPED), "it is another text");
}

#[test]
fn sharing_and_taking_back_end_the_draft_about_oneself() {
    let (mut w, _, [proposal, of]) = proposed(63);
    w.phone.keep_draft(proposal, TYPED).unwrap();
    for shared in ["Call me Sam.", " "] {
        w.phone.keep_draft(of, TYPED).unwrap();
        w.phone.share_about_me(w.therapist, shared).unwrap();
        assert_eq!(typed(&w.phone, of), None);
    }
    w.phone.keep_draft(of, TYPED).unwrap();
    let refused = w.phone.share_about_me(w.therapist, &"w".repeat(1_201));
    assert!(matches!(refused, Err(Error::WordsTooLong)));
    assert_eq!(typed(&w.phone, of).as_deref(), Some(TYPED));
    let other = DraftOf::AboutMe(w.coordinator);
    w.phone.keep_draft(other, "Call me Kim").unwrap();
    assert_eq!(typed(&w.phone, of).as_deref(), Some(TYPED), "each practice has its own");
    assert_eq!(typed(&w.phone, proposal).as_deref(), Some(TYPED));
}

#[test]
fn erasing_and_unpairing_leave_no_row() {
    let (mut w, id, [of, about]) = proposed(64);
    let now = monday();
    w.phone.keep_draft(of, TYPED).unwrap();
    w.phone.erase_proposal(id).unwrap();
    assert!(matches!(w.phone.draft(of), Err(Error::NotFound)));
    assert_eq!(rows(&mut w.phone), 0, "though its id is kept while the practice lists it");

    w.desk.propose(w.client, Kind::PlanDraft, "We meet at ten.", None, now).unwrap();
    sync(&mut w.desk, &mut w.relay, now);
    sync(&mut w.phone, &mut w.relay, now);
    let again = DraftOf::Proposal(w.phone.proposals().unwrap()[0].id);
    let kept = DraftOf::AboutMe(w.coordinator);
    for of in [again, about, kept] {
        w.phone.keep_draft(of, TYPED).unwrap();
    }
    w.phone.unpair(w.therapist, now).unwrap();
    assert_eq!(rows(&mut w.phone), 1);
    assert_eq!(typed(&w.phone, kept).as_deref(), Some(TYPED));
}

/// Nothing that a person wrote goes because of what somebody else did.
#[test]
fn what_the_practice_is_done_with_keeps_its_draft() {
    let (mut w, id, [of, _]) = proposed(65);
    let now = monday();
    w.phone.keep_draft(of, TYPED).unwrap();
    let at_desk = w.desk.proposals().unwrap()[0].id;
    w.desk.close_proposal(at_desk, now).unwrap();
    sync(&mut w.desk, &mut w.relay, now);
    sync(&mut w.phone, &mut w.relay, now);
    assert!(!w.phone.proposal(id).unwrap().open);
    let late = w.phone.answer_proposal(id, Some(Answer::ChangeIt), Some(TYPED));
    assert!(matches!(late, Err(Error::TooLate)));
    assert_eq!(typed(&w.phone, of).as_deref(), Some(TYPED));
    w.phone.erase_proposal(id).unwrap();
    assert_eq!(rows(&mut w.phone), 0);
}

#[test]
fn a_copy_and_the_readable_copy_have_it() {
    let (mut w, _, both) = proposed(66);
    for of in both {
        w.phone.keep_draft(of, TYPED).unwrap();
    }
    let readable: serde_json::Value =
        serde_json::from_str(&w.phone.readable(monday()).unwrap()).unwrap();
    assert_eq!(readable["proposals"][0]["not_shared"], TYPED);
    assert_eq!(readable["proposals"][0]["words"], serde_json::Value::Null);
    assert_eq!(readable["about"][0]["not_shared"], TYPED);
    assert_eq!(readable["about"][0]["own"], serde_json::Value::Null);

    let (copy, folder) = (w.path("phone.attune"), w.path("phone again"));
    let pass = Passphrase::new("a long enough passphrase".to_owned());
    let mut entropy = w.entropy.clone();
    write_copy_at(w.phone.vault(), &copy, &pass, KdfCost::LEAST, &mut entropy).unwrap();
    drop(read_copy(&copy, &pass, &folder, &OpenStore, None, &mut entropy).unwrap());
    w.phone = open_phone(&folder, &entropy);
    w.sync_all(monday());
    for of in both {
        assert_eq!(typed(&w.phone, of).as_deref(), Some(TYPED));
    }
}

/// A shell asks this before it lets somebody write in vain, and says what will help.
#[test]
fn a_practice_says_why_words_about_oneself_cannot_be_shared_with_it() {
    let mut m = Meeting::new(67);
    let now = monday();
    let waits = |m: &Meeting, practice| m.phone.practice(practice).unwrap().about_waits_for;
    let (practice, client) = pair(&mut m.phone, &mut m.desk, &mut m.relay, now);
    assert_eq!(waits(&m, practice), Some(AboutWaitsFor::Comparison));
    let words = m.desk.words(client).unwrap();
    m.phone.confirm_words(practice, &words).unwrap();
    assert_eq!(waits(&m, practice), Some(AboutWaitsFor::FirstSync));
    let early = m.phone.share_about_me(practice, "Call me Sam.");
    assert!(matches!(early, Err(Error::NotReady)));
    for _ in 0..2 {
        m.sync_desk();
        m.sync_phone();
    }
    assert_eq!(waits(&m, practice), None);
    m.phone.share_about_me(practice, "Call me Sam.").unwrap();

    let older = |db: &Connection| -> Result<(), Error> {
        db.execute("UPDATE pairing SET protocol = 1", [])?;
        Ok(())
    };
    m.phone.vault().write(older).unwrap();
    assert_eq!(waits(&m, practice), Some(AboutWaitsFor::NewerApp));
    let refused = m.phone.share_about_me(practice, "Call me Kim.");
    assert!(matches!(refused, Err(Error::NotReady)));
    let code = m.invite(attune_core::desk::CodeForm::Link);
    let joined = m.phone.join(&code.code, None, None).unwrap();
    assert_eq!(waits(&m, joined), Some(AboutWaitsFor::Link));
}
