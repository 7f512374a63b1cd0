//! `attune desk`: the desk of a therapist or a front desk in a terminal, over the core's `Desk`, and the
//! page for a browser.

mod about;
mod cards;
mod clients;
mod invite;
mod proposals;
mod reply;
mod serve;
mod setup;

use attune_core::desk::Desk;

use crate::args::{DeskCommand, Place};
use crate::failure::{Failure, Fault};
use crate::home::{Home, Side};
use crate::output::Answer;

/// Runs one command.
pub(crate) fn run(place: Place, command: DeskCommand) -> Result<Answer, Failure> {
    let home = Home::new(Side::Desk, place)?;
    answer(&home, command).map_err(|fault| fault.tell(&home.dir, home.side))
}

fn answer(home: &Home, command: DeskCommand) -> Result<Answer, Fault> {
    use DeskCommand as C;
    let on = |act: &dyn Fn(&mut Desk) -> Result<Answer, Fault>| opened(home, act);
    match command {
        C::Init(init) => setup::init(home, &init),
        C::Serve(args) => serve::serve(home, &args),
        C::Grant { grant_file } => on(&|desk| setup::grant(desk, home, grant_file.as_deref())),
        C::Relay { origin } => on(&|desk| setup::relay(desk, &origin)),
        C::Invite(args) => on(&|desk| invite::invite(desk, home, &args)),
        C::Clients => on(&|desk| clients::list(desk)),
        C::Words { client } => on(&|desk| clients::words(desk, &client)),
        C::Confirm { client, differ } => on(&|desk| clients::confirm(desk, home, &client, differ)),
        C::NextSession { client, date } => on(&|desk| clients::next_session(desk, &client, &date)),
        C::Sync => on(&|desk| clients::sync(desk, home)),
        C::Inbox => on(&|desk| cards::inbox(desk, home)),
        C::Open { case } => on(&|desk| cards::open(desk, home, &case)),
        C::Reply { case, text_file } => {
            on(&|desk| reply::reply(desk, home, &case, text_file.as_deref()))
        }
        C::Done { case } => on(&|desk| cards::done(desk, home, &case)),
        C::Propose { client, kind, text_file, replaces } => {
            let (file, replaces) = (text_file.as_deref(), replaces.as_deref());
            on(&|desk| proposals::propose(desk, home, &client, &kind, file, replaces))
        }
        C::Proposals => on(&|desk| proposals::list(desk)),
        C::CloseProposal { proposal } => on(&|desk| proposals::close(desk, home, &proposal)),
        C::About { show: true, .. } => on(&|desk| about::own(desk)),
        C::About { text_file, .. } => on(&|desk| about::tell(desk, home, text_file.as_deref())),
        C::AboutClient { client } => on(&|desk| about::client(desk, &client)),
        C::Unpair { client } => on(&|desk| clients::unpair(desk, home, &client)),
    }
}

/// What is done with an open desk. It is closed before anything is printed.
fn opened(home: &Home, act: &dyn Fn(&mut Desk) -> Result<Answer, Fault>) -> Result<Answer, Fault> {
    let mut desk = home.desk()?;
    let answer = act(&mut desk)?;
    desk.close()?;
    Ok(answer)
}
