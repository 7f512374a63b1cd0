//! A whole story in one process, with everything that is private made of one mark, and a stop after
//! each scene so that every file can be searched meanwhile.

use std::error::Error;
use std::fs;
use std::path::Path;

use attune_core::desk::{CodeForm, InviteKind};
use attune_core::export::write_copy_at;
use attune_core::practice::PracticeRole;
use attune_core::preview::RepairChoice;
use attune_core::proposal::{ProposalAnswer, ProposalKind};
use attune_core::repair::{Pointer, RepairOption};
use attune_core::vault::{KdfCost, Passphrase, Vault};
use attune_tests::home::{Home, card};
use attune_tests::place::Place;
use attune_tests::road::{Syncs, sync};
use attune_tests::world::{days, monday, plain};

use crate::say;

/// Tells it below `folder`. The mark comes as the first line of the input, and is in no argument and
/// no variable.
pub(crate) fn tell(folder: &Path) -> Result<(), Box<dyn Error>> {
    let mark = heard()?;
    let now = monday();
    let home = |name: &str| Home::at(&folder.join(name));
    let mut relay = Place::start(&folder.join("relay"));
    let mut phone = home("phone").new_phone();
    let practice = card(PracticeRole::Therapist, &format!("{mark} name"));
    let mut desk = home("desk").new_desk(&practice);
    scene("made")?;

    let invitation = desk.invite(InviteKind::Live, CodeForm::Link, now)?;
    sync(&mut desk, relay.address(), now)?;
    let therapist = phone.join(&invitation.code, None, Some(&format!("{mark} chosen")))?;
    for _ in 0..3 {
        for who in [&mut phone as &mut dyn Syncs, &mut desk] {
            sync(who, relay.address(), now)?;
        }
    }
    phone.confirm_words(therapist, &phone.words(therapist).unwrap())?;
    desk.confirm_words(invitation.client, &desk.words(invitation.client).unwrap())?;
    scene("paired")?;

    let mut cases = Vec::new();
    for option in [RepairOption::WrittenFollowUp, RepairOption::SwitchTopic, RepairOption::Pause] {
        let moment = phone.flag(now)?;
        phone.set_note(moment, Some(&format!("{mark} own words")))?;
        phone.set_pointer(moment, Some(Pointer::LeftOut))?;
        let choice = RepairChoice {
            moment: Some(moment),
            with_pointer: true,
            with_words: true,
            until: Some(now.date_naive() + days(3)),
            ..plain(option, therapist)
        };
        let preview = phone.preview(&choice, now)?;
        cases.push(phone.share(&preview.digest, now)?);
    }
    sync(&mut phone, relay.address(), now)?;
    scene("shared")?;

    sync(&mut desk, relay.address(), now)?;
    desk.open_card(cases[0], now)?;
    desk.reply(cases[0], &format!("{mark} follow-up"), now)?;
    phone.take_back(cases[1])?;
    for _ in 0..2 {
        sync(&mut desk, relay.address(), now)?;
        sync(&mut phone, relay.address(), now)?;
    }
    if phone.notes()?.len() != 1 || desk.inbox(now)?.len() != 1 {
        return Err("the story went another way".into());
    }
    scene("answered")?;

    let put = desk.propose(
        invitation.client,
        ProposalKind::FileLine,
        &format!("{mark} line for the file"),
        None,
        now,
    )?;
    desk.set_about(&format!("{mark} how we work"))?;
    phone.share_about_me(therapist, &format!("{mark} about me"))?;
    sync(&mut desk, relay.address(), now)?;
    sync(&mut phone, relay.address(), now)?;
    let words = format!("{mark} to be changed");
    phone.answer_proposal(put, Some(ProposalAnswer::ChangeIt), Some(&words))?;
    sync(&mut phone, relay.address(), now)?;
    sync(&mut desk, relay.address(), now)?;
    let heard_of = desk.proposals()?.iter().any(|put| put.words.is_some())
        && desk.about_client(invitation.client)?.is_some()
        && phone.about_practice(therapist)?.is_some();
    if !heard_of {
        return Err("what was put to the phone went another way".into());
    }
    scene("put")?;

    let phrase = Passphrase::new("the passphrase of the copy".to_owned());
    let (vault, source) = phone.vault_and_entropy();
    write_copy_at(vault, &folder.join("saved.attune"), &phrase, KdfCost::LEAST, source)?;
    let (vault, source) = phone.vault_and_entropy();
    vault.set_passcode_at(
        &home("phone").store(),
        Some((&Passphrase::new(format!("{mark} passcode")), KdfCost::LEAST)),
        source,
    )?;
    scene("copied")?;

    // Everything is erased on the phone, row by row.
    phone.erase_moments()?;
    phone.unpair(therapist, now)?;
    sync(&mut phone, relay.address(), now)?;
    scene("erased")?;

    phone.close()?;
    desk.close()?;
    relay.stop();
    scene("closed")?;

    for name in ["phone", "desk"] {
        let home = home(name);
        Vault::delete_all(home.folder(), &home.store())?;
    }
    fs::remove_file(folder.join("saved.attune"))?;
    scene("deleted")
}

/// Says where the story stands, and goes on once it is told to.
fn scene(name: &str) -> Result<(), Box<dyn Error>> {
    say(&format!("scene {name}"))?;
    heard().map(|_| ())
}

fn heard() -> Result<String, Box<dyn Error>> {
    let mut line = String::new();
    std::io::stdin().read_line(&mut line)?;
    Ok(line.trim_end().to_owned())
}

/// What is private can be told readably to a person, and only where they say.
pub(crate) fn tell_readably(folder: &Path) -> Result<(), Box<dyn Error>> {
    let mark = heard()?;
    let mut phone = Home::at(&folder.join("phone")).new_phone();
    let moment = phone.flag(monday())?;
    phone.set_note(moment, Some(&format!("{mark} own words")))?;
    fs::write(folder.join("readable.json"), phone.readable(monday())?.as_bytes())?;
    scene("written")?;
    Ok(phone.close()?)
}
