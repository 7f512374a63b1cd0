//! What a practice puts to a client in writing, and what both sides say of themselves (protocol version 2).

mod world;

use attune_core::Error;
use attune_core::companion::Proposal;
use attune_core::desk::{ClientId, ProposalStage};
use attune_core::export::{read_copy, write_copy_at};
use attune_core::preview::PracticeId;
use attune_core::proposal::{ProposalAnswer as Answer, ProposalKind as Kind};
use attune_core::repair::RepairOption;
use attune_core::vault::{KdfCost, Passphrase};
use world::{Meeting, OpenStore, World, copy_folder, days, monday, open_desk, pair, sync};

const LINE: &str = "We changed how we plan the session.";

/// What the phone shows, the one there is.
fn one(w: &World) -> Proposal {
    let mut proposals = w.phone.proposals().unwrap();
    assert_eq!(proposals.len(), 1);
    proposals.remove(0)
}

/// A desk's own view of its one proposal.
fn at_desk(w: &World) -> attune_core::desk::Proposal {
    let mut proposals = w.desk.proposals().unwrap();
    assert_eq!(proposals.len(), 1);
    proposals.remove(0)
}

/// A world in which the phone has the desk's one proposal.
fn proposed(seed: u64) -> World {
    let mut w = World::paired(seed);
    let now = monday();
    w.sync_all(now);
    w.desk.propose(w.client, Kind::FileLine, LINE, None, now).unwrap();
    sync(&mut w.desk, &mut w.relay, now);
    sync(&mut w.phone, &mut w.relay, now);
    w
}

fn say(w: &mut World, answer: Answer, words: Option<&str>) {
    let id = one(w).id;
    w.phone.answer_proposal(id, Some(answer), words).unwrap();
}

fn hear(w: &mut World) {
    sync(&mut w.phone, &mut w.relay, monday());
    sync(&mut w.desk, &mut w.relay, monday());
}

#[test]
fn a_line_is_put_to_the_client_and_answered_in_their_words() {
    let mut w = proposed(31);
    let shown = one(&w);
    assert_eq!((shown.text.as_str(), shown.kind, shown.open), (LINE, Kind::FileLine, true));
    assert_eq!(shown.sender, "Dr Ada Lind");
    assert!(at_desk(&w).answer.is_none(), "silence is no answer");
    hear(&mut w);
    assert_eq!(at_desk(&w).stage, ProposalStage::Arrived);
    assert!(at_desk(&w).answer.is_none(), "and stays none");

    say(&mut w, Answer::ChangeIt, Some("  Not planned: asked. "));
    hear(&mut w);
    let heard = at_desk(&w);
    assert_eq!(heard.answer, Some(Answer::ChangeIt));
    assert_eq!(heard.words.as_ref().map(|words| words.as_str()), Some("Not planned: asked."));

    // The last word counts, and taking it back leaves nothing.
    say(&mut w, Answer::LeaveIt, None);
    hear(&mut w);
    assert_eq!((at_desk(&w).answer, at_desk(&w).words), (Some(Answer::LeaveIt), None));
    let id = one(&w).id;
    w.phone.answer_proposal(id, None, None).unwrap();
    hear(&mut w);
    assert!(at_desk(&w).answer.is_none());
}

#[test]
fn a_new_wording_takes_the_place_of_the_old_and_nobody_has_said_anything_to_it() {
    let mut w = proposed(32);
    say(&mut w, Answer::ChangeIt, None);
    hear(&mut w);
    let old = at_desk(&w).id;
    let now = monday();
    let new =
        w.desk.propose(w.client, Kind::FileLine, "We asked how to plan.", Some(old), now).unwrap();
    sync(&mut w.desk, &mut w.relay, now);
    sync(&mut w.phone, &mut w.relay, now);
    let open = |id| {
        let proposals = w.phone.proposals().unwrap();
        let found = proposals.iter().find(|proposal| proposal.id == id).unwrap();
        (found.open, found.answer)
    };
    assert_eq!(open(old), (false, Some(Answer::ChangeIt)));
    assert_eq!(open(new), (true, None));
    let late = w.phone.answer_proposal(old, Some(Answer::LooksRight), None);
    assert!(matches!(late, Err(Error::TooLate)));
}

#[test]
fn what_the_therapist_is_done_with_is_asked_no_more_and_goes_in_time() {
    let mut w = proposed(33);
    let (id, now) = (at_desk(&w).id, monday());
    assert!(matches!(w.desk.remove_proposal(id), Err(Error::NotReady)));
    w.desk.close_proposal(id, now).unwrap();
    sync(&mut w.desk, &mut w.relay, now);
    sync(&mut w.phone, &mut w.relay, now);
    assert!(!one(&w).open);
    w.desk.set_retention_days(7).unwrap();
    w.desk.sweep(now + days(7)).unwrap();
    assert_eq!(at_desk(&w).stage, ProposalStage::Closed);
    w.desk.sweep(now + days(8)).unwrap();
    assert!(w.desk.proposals().unwrap().is_empty());
}

#[test]
fn what_is_erased_on_the_phone_does_not_come_again() {
    let mut w = proposed(34);
    say(&mut w, Answer::LooksRight, None);
    let id = one(&w).id;
    w.phone.erase_proposal(id).unwrap();
    for _ in 0..3 {
        hear(&mut w);
        sync(&mut w.phone, &mut w.relay, monday());
        assert!(w.phone.proposals().unwrap().is_empty());
    }
    assert!(at_desk(&w).answer.is_none());
    assert!(matches!(w.phone.erase_proposal(id), Err(Error::NotFound)));
}

/// "No calls or notes until we meet": not a plan draft either.
#[test]
fn a_client_who_wants_no_contact_is_put_nothing() {
    let mut w = World::paired(41);
    let now = monday();
    w.sync_all(now);
    w.desk.propose(w.client, Kind::PlanDraft, LINE, None, now).unwrap();
    let case = w.share(RepairOption::NoContact, now);
    w.sync_all(now);
    assert_eq!(at_desk(&w).stage, ProposalStage::WaitsForContact);
    let put = w.desk.propose(w.client, Kind::PlanDraft, LINE, None, now);
    assert!(matches!(put, Err(Error::NoteNotAllowed)));
    w.sync_all(now);
    assert!(w.phone.proposals().unwrap().is_empty());

    // They met.
    w.desk.done(case, now).unwrap();
    w.sync_all(now);
    assert_eq!(one(&w).text.as_str(), LINE);
}

/// Nor a note on another choice, whether it was written before or after.
#[test]
fn a_client_who_wants_no_contact_is_sent_no_note() {
    let mut w = World::paired(42);
    let now = monday();
    let (early, late) =
        (w.share(RepairOption::WrittenFollowUp, now), w.share(RepairOption::Pause, now));
    w.sync_all(now);
    let note = "I said your name wrong. I am sorry. No reply is needed.";
    w.desk.reply(early, note, now).unwrap();
    let quiet = w.share(RepairOption::NoContact, now);
    sync(&mut w.phone, &mut w.relay, now);
    w.sync_all(now);
    assert!(w.phone.notes().unwrap().is_empty(), "it was written before, and is held");
    assert!(matches!(w.desk.reply(late, note, now), Err(Error::NoteNotAllowed)));

    // The phone is brought back from a copy and lists nothing: the wish holds.
    let backup = w.back_up_phone("backup");
    w.sync_all(now);
    w.phone_from(&backup);
    w.sync_all(now);
    w.sync_all(now);
    let put = w.desk.propose(w.client, Kind::PlanDraft, LINE, None, now);
    assert!(matches!(put, Err(Error::NoteNotAllowed)));
    assert!(w.phone.notes().unwrap().is_empty());

    for case in [early, late, quiet] {
        w.phone.confirm_restored(case).unwrap_or(());
    }
    w.sync_all(now);
    let words = w.desk.words(w.client).unwrap();
    w.desk.confirm_words(w.client, &words).unwrap();
    w.desk.done(quiet, now).unwrap();
    w.sync_all(now);
    assert_eq!(w.phone.notes().unwrap()[0].text.as_str(), note);
}

#[test]
fn texts_and_own_words_wait_for_compared_words() {
    let mut m = Meeting::new(35);
    let now = monday();
    let (practice, client) = pair(&mut m.phone, &mut m.desk, &mut m.relay, now);
    m.desk.propose(client, Kind::PlanDraft, LINE, None, now).unwrap();
    m.desk.set_about("I say so when I am not sure.").unwrap();
    let stage = |m: &Meeting| m.desk.proposals().unwrap()[0].stage;
    for _ in 0..2 {
        m.sync_desk();
        m.sync_phone();
    }
    assert_eq!(stage(&m), ProposalStage::WaitsForWords);
    assert!(m.phone.proposals().unwrap().is_empty());
    assert!(m.phone.about_practice(practice).unwrap().is_none());
    let shared = m.phone.share_about_me(practice, "Call me Sam.");
    assert!(matches!(shared, Err(Error::NotCompared)));

    let words = m.desk.words(client).unwrap();
    m.desk.confirm_words(client, &words).unwrap();
    assert_eq!(stage(&m), ProposalStage::OnItsWay);
    m.sync_desk();
    m.sync_phone();
    let [got] = &m.phone.proposals().unwrap()[..] else { panic!("one proposal") };
    // The phone's person has not compared: an answer may go, words may not.
    let worded = m.phone.answer_proposal(got.id, Some(Answer::ChangeIt), Some("Less."));
    assert!(matches!(worded, Err(Error::NotCompared)));
    m.phone.answer_proposal(got.id, Some(Answer::ChangeIt), None).unwrap();
    m.sync_phone();
    m.sync_desk();
    assert_eq!(m.desk.proposals().unwrap()[0].answer, Some(Answer::ChangeIt));
}

#[test]
fn what_an_older_copy_said_is_not_said_again_before_the_person_does() {
    let mut w = proposed(36);
    say(&mut w, Answer::LooksRight, None);
    w.phone.share_about_me(w.therapist, "Call me Sam.").unwrap();
    hear(&mut w);
    let backup = w.back_up_phone("backup");
    say(&mut w, Answer::ChangeIt, None);
    w.phone.share_about_me(w.therapist, "").unwrap();
    hear(&mut w);
    assert_eq!(w.desk.about_client(w.client).unwrap(), None);

    w.phone_from(&backup);
    for _ in 0..3 {
        hear(&mut w);
    }
    // Comparing the words says who is there, and not what was said.
    let words = w.phone.words(w.therapist).unwrap();
    w.phone.confirm_words(w.therapist, &words).unwrap();
    hear(&mut w);
    assert!(one(&w).waits);
    assert!(w.phone.about_me(w.therapist).unwrap().unwrap().waits);
    assert!(at_desk(&w).answer.is_none(), "nothing that the copy held was said");
    assert_eq!(w.desk.about_client(w.client).unwrap(), None);
    say(&mut w, Answer::LooksRight, None);
    hear(&mut w);
    assert_eq!(at_desk(&w).answer, Some(Answer::LooksRight));
    assert!(!one(&w).waits);
}

#[test]
fn each_side_says_who_they_are_and_takes_it_back() {
    let mut w = World::paired(37);
    let now = monday();
    w.sync_all(now);
    let theirs = |w: &World| {
        let text = w.phone.about_practice(w.therapist).unwrap();
        text.map(|text| text.as_str().to_owned())
    };
    for text in ["I ask before I guess.", "I ask, and I write down what I learn.", ""] {
        w.desk.set_about(text).unwrap();
        for _ in 0..2 {
            sync(&mut w.desk, &mut w.relay, now);
            sync(&mut w.phone, &mut w.relay, now);
        }
        assert_eq!(theirs(&w).unwrap_or_default(), text);
        assert!(w.phone.about_practice(w.coordinator).unwrap().is_none());
    }
    w.phone.share_about_me(w.therapist, "Call me Sam. My name is said SAHM.").unwrap();
    w.sync_all(now);
    let heard = w.desk.about_client(w.client).unwrap();
    assert_eq!(heard.unwrap().as_str(), "Call me Sam. My name is said SAHM.");
    assert!(w.front.about_client(w.front_client).unwrap().is_none());
    w.phone.share_about_me(w.therapist, " ").unwrap();
    hear(&mut w);
    assert!(w.desk.about_client(w.client).unwrap().is_none());
}

#[test]
fn an_app_that_cannot_read_it_gets_nothing_and_the_desk_says_so() {
    let mut w = World::paired(38);
    let now = monday();
    w.sync_all(now);
    sync(&mut w.desk, &mut w.relay, now);
    w.desk.propose(w.client, Kind::PlanDraft, LINE, None, now).unwrap();
    let old = |db: &attune_cipher::rusqlite::Connection| -> Result<(), Error> {
        db.execute("UPDATE pairing SET protocol = 1", [])?;
        Ok(())
    };
    w.desk.vault().write(old).unwrap();
    sync(&mut w.desk, &mut w.relay, now);
    assert_eq!(at_desk(&w).stage, ProposalStage::WaitsForApp);
    // The phone reads that document, and finds nothing new in it.
    w.phone.sync_begin(now).unwrap();
    assert!(world::step(&mut w.phone, &mut w.relay, now));
    assert!(w.phone.proposals().unwrap().is_empty());
    // Its own next document says what it speaks.
    sync(&mut w.phone, &mut w.relay, now);
    sync(&mut w.desk, &mut w.relay, now);
    sync(&mut w.phone, &mut w.relay, now);
    assert_eq!(one(&w).text.as_str(), LINE);
}

#[test]
fn bad_input_is_refused_and_loses_nothing() {
    let mut w = proposed(39);
    let (client, now) = (w.client, monday());
    let mut propose = |text: &str| w.desk.propose(client, Kind::PlanDraft, text, None, now);
    assert!(matches!(propose(" \n "), Err(Error::TextEmpty)));
    assert!(matches!(propose(&"w".repeat(4_801)), Err(Error::TextTooLong)));
    for number in 0..7 {
        propose(&format!("Draft {number}.")).unwrap();
    }
    assert!(matches!(propose("One too many."), Err(Error::TooManyOpen)));
    let unknown = w.desk.propose(ClientId(99), Kind::PlanDraft, LINE, None, now);
    assert!(matches!(unknown, Err(Error::NotFound)));
    assert!(matches!(w.desk.set_about(&"w".repeat(1_201)), Err(Error::TextTooLong)));

    let id = one(&w).id;
    let mut answer = |answer, words: Option<&str>| w.phone.answer_proposal(id, answer, words);
    let words = Some("Less of it.");
    assert!(matches!(answer(Some(Answer::LooksRight), words), Err(Error::NotOffered)));
    assert!(matches!(answer(None, words), Err(Error::NotOffered)));
    let long = "w".repeat(1_201);
    assert!(matches!(answer(Some(Answer::ChangeIt), Some(&long)), Err(Error::WordsTooLong)));
    answer(Some(Answer::ChangeIt), words).unwrap();
    assert!(matches!(w.phone.about_me(PracticeId(99)), Err(Error::NotFound)));
    let shared = w.phone.share_about_me(w.therapist, &long);
    assert!(matches!(shared, Err(Error::WordsTooLong)));
}

/// Choices with words, answers with words and what one says of oneself share one budget.
#[test]
fn words_of_all_kinds_share_one_budget_and_the_fullest_document_still_goes() {
    let mut w = World::paired(40);
    let now = monday();
    w.sync_all(now);
    for number in 0..8 {
        let text = format!("Draft {number}. {}", "w".repeat(500));
        w.desk.propose(w.client, Kind::PlanDraft, &text, None, now).unwrap();
    }
    for _ in 0..3 {
        sync(&mut w.desk, &mut w.relay, now);
        sync(&mut w.phone, &mut w.relay, now);
    }
    let ids: Vec<_> = w.phone.proposals().unwrap().iter().map(|proposal| proposal.id).collect();
    assert_eq!(ids.len(), 8);
    let long = "w".repeat(1_200);
    for id in &ids[..3] {
        w.phone.answer_proposal(*id, Some(Answer::ChangeIt), Some(&long)).unwrap();
    }
    w.phone.share_about_me(w.therapist, &long).unwrap();
    let over = w.phone.answer_proposal(ids[3], Some(Answer::ChangeIt), Some("w"));
    assert!(matches!(over, Err(Error::WordsTooLong)));
    // One that changes its own words has their room again.
    w.phone.answer_proposal(ids[2], Some(Answer::ChangeIt), Some(&long[..1_199])).unwrap();
    w.phone.answer_proposal(ids[3], Some(Answer::ChangeIt), Some("w")).unwrap();
    for id in &ids[4..] {
        w.phone.answer_proposal(*id, Some(Answer::LooksRight), None).unwrap();
    }
    for option in [RepairOption::Pause; 8] {
        w.share(option, now);
    }
    let moment = w.phone.flag(now).unwrap();
    w.phone.set_note(moment, Some("one word more")).unwrap();
    let choice = attune_core::preview::RepairChoice {
        moment: Some(moment),
        with_words: true,
        ..w.choice(RepairOption::SwitchTopic)
    };
    let preview = w.phone.preview(&choice, now).unwrap();
    assert!(w.phone.share(&preview.digest, now).is_err());
    hear(&mut w);
    assert_eq!(w.desk.inbox(now).unwrap().len(), 8);
    let answered = w.desk.proposals().unwrap();
    assert!(answered.iter().all(|proposal| proposal.answer.is_some()));
    assert_eq!(w.desk.about_client(w.client).unwrap().unwrap().len(), 1_200);
}

/// A button that was pressed twice.
#[test]
fn the_same_text_is_put_once() {
    let mut w = proposed(43);
    let (old, now) = (at_desk(&w).id, monday());
    assert_eq!(w.desk.propose(w.client, Kind::FileLine, LINE, None, now).unwrap(), old);
    let anew = |w: &mut World| {
        w.desk.propose(w.client, Kind::FileLine, "We asked how to plan.", Some(old), now).unwrap()
    };
    let new = anew(&mut w);
    assert_eq!(anew(&mut w), new);
    assert_eq!(w.desk.proposals().unwrap().len(), 2);
    // Put anew on purpose, it is another one, which nobody has said anything to.
    let again = w.desk.propose(w.client, Kind::FileLine, "We asked how to plan.", Some(new), now);
    assert_ne!(again.unwrap(), new);
}

#[test]
fn a_desk_that_was_brought_back_holds_to_nothing_that_was_taken_back_since() {
    let mut w = proposed(44);
    let now = monday();
    say(&mut w, Answer::ChangeIt, Some("Not like that."));
    w.phone.share_about_me(w.therapist, "Call me Sam.").unwrap();
    w.share(RepairOption::NoContact, now);
    w.sync_all(now);
    w.sync_all(now);
    assert!(w.desk.about_client(w.client).unwrap().is_some());
    let (copy, folder) = (w.path("desk.attune"), w.path("desk-again"));
    let pass = Passphrase::new("a long enough passphrase".to_owned());
    let mut entropy = w.entropy.clone();
    write_copy_at(w.desk.vault(), &copy, &pass, KdfCost::LEAST, &mut entropy).unwrap();
    let id = one(&w).id;
    w.phone.answer_proposal(id, None, None).unwrap();
    w.phone.share_about_me(w.therapist, "").unwrap();
    hear(&mut w);

    drop(read_copy(&copy, &pass, &folder, &OpenStore, None, &mut entropy).unwrap());
    w.desk = open_desk(&folder, &entropy);
    let shown = at_desk(&w);
    assert!(shown.answer.is_none() && shown.words.is_none());
    assert_eq!(w.desk.about_client(w.client).unwrap(), None);
    // The card is not shown until the phone lists it again; the wish holds meanwhile.
    assert!(w.desk.inbox(now).unwrap().is_empty());
    let put = w.desk.propose(w.client, Kind::PlanDraft, "Another.", None, now);
    assert!(matches!(put, Err(Error::NoteNotAllowed)));
}

/// What is closed has no part in the budget of words; a desk that was brought back lists it again.
#[test]
fn more_words_than_fit_wait_and_what_else_the_phone_says_still_goes() {
    let mut w = World::paired(45);
    let now = monday();
    w.sync_all(now);
    for number in 0..8 {
        w.desk.propose(w.client, Kind::PlanDraft, &format!("Draft {number}."), None, now).unwrap();
    }
    for _ in 0..2 {
        w.sync_all(now);
    }
    let ids: Vec<_> = w.phone.proposals().unwrap().iter().map(|proposal| proposal.id).collect();
    let answer = |w: &mut World, ids: &[_]| {
        for id in ids {
            let words = "w".repeat(1_200);
            w.phone.answer_proposal(*id, Some(Answer::ChangeIt), Some(&words)).unwrap();
        }
    };
    answer(&mut w, &ids[..4]);
    hear(&mut w);
    let backup = copy_folder(&w.path("desk"), &w.path("desk-yesterday"));
    for id in &ids[..4] {
        w.desk.close_proposal(*id, now).unwrap();
    }
    w.sync_all(now);
    answer(&mut w, &ids[4..]);
    w.sync_all(now);

    let entropy = w.entropy.clone();
    w.desk = open_desk(&backup, &entropy);
    for _ in 0..3 {
        w.sync_all(now);
    }
    let words = w.phone.words(w.therapist).unwrap();
    w.phone.confirm_words(w.therapist, &words).unwrap();
    w.share(RepairOption::Pause, now);
    for _ in 0..3 {
        w.sync_all(now);
    }
    assert_eq!(w.desk.inbox(now).unwrap().len(), 1);
    let heard = |w: &World| {
        let all = w.desk.proposals().unwrap();
        all.into_iter().filter(|one| one.answer.is_some()).map(|one| one.id).collect::<Vec<_>>()
    };
    let first = heard(&w);
    assert_eq!(first.len(), 4);
    for id in &first {
        w.phone.answer_proposal(*id, None, None).unwrap();
    }
    hear(&mut w);
    assert!(heard(&w).len() == 4 && heard(&w).iter().all(|id| !first.contains(id)));
}

#[test]
fn a_client_who_leaves_takes_along_what_they_said_and_nothing_stays_that_cannot_be_erased() {
    let mut w = proposed(46);
    say(&mut w, Answer::ChangeIt, Some("Not like that."));
    w.phone.share_about_me(w.therapist, "Call me Sam.").unwrap();
    hear(&mut w);
    w.phone.unpair(w.therapist, monday()).unwrap();
    hear(&mut w);
    let left = at_desk(&w);
    assert!(left.stage == ProposalStage::Closed && left.answer.is_none() && left.words.is_none());
    assert_eq!(w.desk.about_client(w.client).unwrap(), None);
    w.desk.remove_proposal(left.id).unwrap();
    assert!(w.desk.proposals().unwrap().is_empty());
}
