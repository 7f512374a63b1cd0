//! `attune phone`: the client's phone in a terminal, over the core's `Companion`.

mod about;
mod copies;
mod help;
mod moments;
mod picks;
mod practices;
mod proposals;
mod show;
mod standing;

use attune_core::companion::Companion;

use crate::args::{PhoneCommand, Place};
use crate::failure::{Failure, Fault};
use crate::home::{Home, Side};
use crate::output::Answer;

/// Runs one command.
pub(crate) fn run(place: Place, command: PhoneCommand) -> Result<Answer, Failure> {
    let home = Home::new(Side::Phone, place)?;
    answer(&home, command).map_err(|fault| fault.tell(&home.dir, home.side))
}

fn answer(home: &Home, command: PhoneCommand) -> Result<Answer, Fault> {
    use PhoneCommand as C;
    let on = |act: &dyn Fn(&mut Companion) -> Result<Answer, Fault>| opened(home, act);
    match command {
        C::Init => copies::init(home),
        C::Flag => on(&|phone| moments::flag(phone, home)),
        C::Undo { moment } => on(&|phone| moments::undo(phone, moment.as_deref())),
        C::List { before, limit } => {
            on(&|phone| moments::list(phone, home, before.as_deref(), limit))
        }
        C::Note { moment, text_file } => {
            on(&|phone| moments::note(phone, home, &moment, text_file.as_deref()))
        }
        C::Point { moment, pointer } => on(&|phone| moments::point(phone, home, &moment, &pointer)),
        C::KeepFor { days } => on(&|phone| moments::keep_for(phone, &days)),
        C::Pair { code, relay, name } => {
            on(&|phone| practices::pair(phone, home, &code, relay.as_deref(), name.as_deref()))
        }
        C::Words { practice } => on(&|phone| practices::words(phone, practice.as_deref())),
        C::Confirm { practice, differ } => {
            on(&|phone| practices::confirm(phone, home, practice.as_deref(), differ))
        }
        C::Practices => on(&|phone| practices::list(phone)),
        C::Options { moment } => on(&|phone| picks::options(phone, moment.as_deref())),
        C::Preview(pick) => on(&|phone| picks::preview(phone, home, &pick)),
        C::Share(share) => on(&|phone| picks::share(phone, home, &share)),
        C::Status { of } => on(&|phone| standing::status(phone, home, of.as_deref())),
        C::TakeBack { case } => on(&|phone| standing::take_back(phone, home, &case)),
        C::Notes => on(&|phone| standing::notes(phone, home)),
        C::Proposals => on(&|phone| proposals::list(phone, home)),
        C::Answer { proposal, answer, words_file } => {
            on(&|phone| proposals::answer(phone, home, &proposal, &answer, words_file.as_deref()))
        }
        C::EraseProposal { proposal } => on(&|phone| proposals::erase(phone, &proposal)),
        C::About { practice } => on(&|phone| about::show(phone, practice.as_deref())),
        C::AboutMe { practice, text_file, yes } => {
            let (practice, file) = (practice.as_deref(), text_file.as_deref());
            on(&|phone| about::share(phone, home, practice, file, yes))
        }
        C::Sync => on(&|phone| practices::sync(phone, home)),
        C::Unpair { practice } => on(&|phone| practices::unpair(phone, home, practice.as_deref())),
        C::Export { to, readable: true, .. } => {
            on(&|phone| copies::export_readable(phone, home, &to))
        }
        C::Export { to, copy_passphrase_file, .. } => {
            on(&|phone| copies::export(phone, &to, copy_passphrase_file.as_deref()))
        }
        C::Import { from, copy_passphrase_file } => {
            copies::import(home, &from, copy_passphrase_file.as_deref())
        }
        C::Restored => on(&|phone| standing::restored(phone, home)),
        C::ConfirmRestored { case } => on(&|phone| standing::confirm_restored(phone, home, &case)),
        C::Erase(erase) if erase.what.all => copies::erase_all(home, erase.yes),
        C::Erase(erase) => on(&|phone| copies::erase(phone, &erase.what)),
        C::HelpNow { region, list } => help::help(region.as_deref(), &list),
    }
}

/// What is done with an open phone. It is closed before anything is printed.
fn opened(
    home: &Home,
    act: &dyn Fn(&mut Companion) -> Result<Answer, Fault>,
) -> Result<Answer, Fault> {
    let mut phone = home.phone()?;
    let answer = act(&mut phone)?;
    phone.close()?;
    Ok(answer)
}
