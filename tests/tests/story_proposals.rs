//! What a desk puts to a phone in writing and what is said to it, and what each side tells of itself:
//! over real HTTP between real vaults.

use attune_core::Error;
use attune_core::companion::Proposal;
use attune_core::desk::{self, ProposalStage};
use attune_core::lane::ids::TextId;
use attune_core::practice::PracticeRole;
use attune_core::proposal::{ProposalAnswer, ProposalKind};
use attune_core::repair::RepairOption;
use attune_tests::home::{Home, card};
use attune_tests::place::Place;
use attune_tests::road::sync;
use attune_tests::tap::{Message, Tap};
use attune_tests::world::{THERAPIST, World, days, meet, monday, pair};
use attune_wire::FRAME_LEN;

const PLAN: &str = "We start each session with the two topics on your list.";
const CHANGED: &str = "We start each session with one topic that you pick.";
const WORDS: &str = "One topic is enough for me.";
const ABOUT_US: &str = "I grew up two streets from here. Tell me when I am too quick.";
const ABOUT_ME: &str = "My name is said with the weight on its end.";

fn on_phone(w: &World, id: TextId) -> Proposal {
    w.phone.proposals().unwrap().into_iter().find(|put| put.id == id).unwrap()
}

fn on_desk(w: &World, id: TextId) -> desk::Proposal {
    w.desk.proposals().unwrap().into_iter().find(|put| put.id == id).unwrap()
}

fn put(w: &mut World, text: &str, replaces: Option<TextId>) -> TextId {
    w.desk.propose(w.client, ProposalKind::PlanDraft, text, replaces, monday()).unwrap()
}

/// The desk and the phone, twice: what one says, and that the other heard it.
fn exchange(w: &mut World) {
    for _ in 0..2 {
        w.sync_desk(monday());
        w.sync_phone(monday());
    }
}

#[test]
fn a_draft_a_change_in_words_a_new_wording_and_a_yes() {
    let mut w = World::paired();
    let first = put(&mut w, PLAN, None);
    assert!(on_desk(&w, first).stage == ProposalStage::OnItsWay);
    exchange(&mut w);
    let shown = on_phone(&w, first);
    assert_eq!((shown.text.as_str(), shown.sender.as_str()), (PLAN, THERAPIST));
    assert!(shown.open && shown.answer.is_none() && !shown.waits);
    assert!(w.front.proposals().unwrap().is_empty());

    let change = Some(ProposalAnswer::ChangeIt);
    w.phone.answer_proposal(first, change, Some(WORDS)).unwrap();
    assert_eq!(on_desk(&w, first).answer, None, "it leaves with a sync");
    exchange(&mut w);
    let heard = on_desk(&w, first);
    assert_eq!(
        (heard.answer, heard.words.as_ref().map(|words| words.as_str())),
        (change, Some(WORDS))
    );

    let second = put(&mut w, CHANGED, Some(first));
    exchange(&mut w);
    assert!(on_desk(&w, first).stage == ProposalStage::Closed && !on_phone(&w, first).open);
    let late = w.phone.answer_proposal(first, Some(ProposalAnswer::LooksRight), None);
    assert!(matches!(late, Err(Error::TooLate)));
    assert_eq!(on_phone(&w, second).answer, None, "nobody has said anything to the new wording");

    w.phone.answer_proposal(second, Some(ProposalAnswer::LeaveIt), None).unwrap();
    w.phone.answer_proposal(second, Some(ProposalAnswer::LooksRight), None).unwrap();
    exchange(&mut w);
    assert_eq!(
        on_desk(&w, second).answer,
        Some(ProposalAnswer::LooksRight),
        "the last word counts"
    );
    w.desk.close_proposal(second, monday()).unwrap();
    exchange(&mut w);
    assert!(!on_phone(&w, second).open);
}

#[test]
fn silence_stays_silence() {
    let mut w = World::paired();
    let silent = put(&mut w, PLAN, None);
    let taken_back = put(&mut w, CHANGED, None);
    exchange(&mut w);
    w.phone.answer_proposal(taken_back, Some(ProposalAnswer::ChangeIt), Some(WORDS)).unwrap();
    exchange(&mut w);
    w.phone.answer_proposal(taken_back, None, None).unwrap();
    for week in 0..9 {
        let now = monday() + days(week * 7);
        w.phone.expire(now).unwrap();
        w.desk.sweep(now).unwrap();
        w.sync_all(now);
    }
    for id in [silent, taken_back] {
        let put = on_desk(&w, id);
        assert!(put.stage == ProposalStage::Arrived && put.answer.is_none() && put.words.is_none());
        assert!(on_phone(&w, id).open && on_phone(&w, id).answer.is_none());
    }
    assert!(w.inbox(monday()).is_empty(), "nothing is due for it");
}

#[test]
fn each_side_tells_of_itself_and_takes_it_back() {
    let mut w = World::paired();
    w.desk.set_about(ABOUT_US).unwrap();
    w.phone.share_about_me(w.therapist, ABOUT_ME).unwrap();
    exchange(&mut w);
    exchange(&mut w);
    assert_eq!(w.phone.about_practice(w.therapist).unwrap().unwrap().as_str(), ABOUT_US);
    assert_eq!(w.desk.about_client(w.client).unwrap().unwrap().as_str(), ABOUT_ME);
    assert!(w.front.about_client(w.front_client).unwrap().is_none(), "it goes to one practice");
    assert!(w.phone.about_me(w.coordinator).unwrap().is_none());

    w.desk.set_about("").unwrap();
    w.phone.share_about_me(w.therapist, " ").unwrap();
    exchange(&mut w);
    assert!(w.desk.about_client(w.client).unwrap().is_none());
    assert!(w.phone.about_practice(w.therapist).unwrap().is_none());
}

#[test]
fn no_text_passes_before_the_four_words_were_compared() {
    let now = monday();
    let folder = tempfile::tempdir().unwrap();
    let relay = Place::start(&folder.path().join("relay"));
    let mut phone = Home::at(&folder.path().join("phone")).new_phone();
    let card = card(PracticeRole::Therapist, THERAPIST);
    let mut desk = Home::at(&folder.path().join("desk")).new_desk(&card);
    let (practice, client) = pair(&mut phone, &mut desk, &relay, now);
    let id = desk.propose(client, ProposalKind::FileLine, PLAN, None, now).unwrap();
    desk.set_about(ABOUT_US).unwrap();
    meet(&mut phone, &mut desk, &relay, now);
    assert!(matches!(phone.share_about_me(practice, ABOUT_ME), Err(Error::NotCompared)));
    assert!(desk.proposals().unwrap()[0].stage == ProposalStage::WaitsForWords);
    assert!(phone.proposals().unwrap().is_empty());
    assert!(phone.about_practice(practice).unwrap().is_none());

    desk.confirm_words(client, &desk.words(client).unwrap()).unwrap();
    meet(&mut phone, &mut desk, &relay, now);
    meet(&mut phone, &mut desk, &relay, now);
    assert_eq!(phone.proposals().unwrap()[0].text.as_str(), PLAN);
    assert_eq!(phone.about_practice(practice).unwrap().unwrap().as_str(), ABOUT_US);
    let with_words = phone.answer_proposal(id, Some(ProposalAnswer::ChangeIt), Some(WORDS));
    assert!(matches!(with_words, Err(Error::NotCompared)));
    phone.answer_proposal(id, Some(ProposalAnswer::ChangeIt), None).unwrap();
    meet(&mut phone, &mut desk, &relay, now);
    let heard = &desk.proposals().unwrap()[0];
    assert!(heard.answer == Some(ProposalAnswer::ChangeIt) && heard.words.is_none());
}

#[test]
fn on_the_wire_all_of_it_looks_like_nothing() {
    let mut w = World::paired();
    let tap = Tap::before(w.relay.address());
    let idle = round(&mut w, &tap);
    assert!(!idle.is_empty() && idle.iter().all(|message| message.body == FRAME_LEN));
    let first = put(&mut w, &"A plan of some length. ".repeat(200), None);
    assert_eq!(round(&mut w, &tap), idle, "a proposal");
    assert_eq!(round(&mut w, &tap), idle, "the receipt of a proposal");
    assert!(on_desk(&w, first).stage == ProposalStage::Arrived);
    let words = "Please change this. ".repeat(50);
    w.phone.answer_proposal(first, Some(ProposalAnswer::ChangeIt), Some(&words)).unwrap();
    assert_eq!(round(&mut w, &tap), idle, "an answer with words");
    assert!(on_desk(&w, first).words.is_some());
    w.phone.answer_proposal(first, None, None).unwrap();
    assert_eq!(round(&mut w, &tap), idle, "an answer taken back");
    let second = put(&mut w, CHANGED, Some(first));
    assert_eq!(round(&mut w, &tap), idle, "another wording");
    w.desk.set_about(ABOUT_US).unwrap();
    w.phone.share_about_me(w.therapist, &"About me. ".repeat(100)).unwrap();
    assert_eq!(round(&mut w, &tap), idle, "what each tells of itself");
    w.desk.close_proposal(second, monday()).unwrap();
    assert_eq!(round(&mut w, &tap), idle, "closed");
    assert_eq!(round(&mut w, &tap), idle, "nothing again");
    assert!(w.desk.about_client(w.client).unwrap().is_some());
}

/// Everything on the wire of one sync of each party, with the phone first and last.
fn round(w: &mut World, tap: &Tap) -> Vec<Message> {
    let now = monday();
    sync(&mut w.phone, tap.address(), now).unwrap();
    sync(&mut w.desk, tap.address(), now).unwrap();
    sync(&mut w.front, tap.address(), now).unwrap();
    sync(&mut w.phone, tap.address(), now).unwrap();
    tap.take()
}

#[test]
fn a_blocked_note_is_not_sent_and_nothing_is_lost() {
    let mut w = World::paired();
    let now = monday();
    let case = w.share(RepairOption::WrittenFollowUp, now);
    w.sync_all(now);
    w.desk.open_card(case, now).unwrap();
    let threat = "I am sorry. If you miss another session, I will tell your insurer.";
    assert!(matches!(w.desk.reply(case, threat, now), Err(Error::NoteBlocked)));
    w.sync_desk(now);
    w.sync_phone(now);
    assert!(w.phone.notes().unwrap().is_empty());
    assert!(w.inbox(now)[0].case == case && w.inbox(now)[0].opened);
    w.desk.reply(case, "I am sorry. From Monday I will listen. No reply is needed.", now).unwrap();
    exchange(&mut w);
    assert_eq!(w.phone.notes().unwrap().len(), 1);
}
