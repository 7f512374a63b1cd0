//! A desk that acts at random.

use std::error::Error;
use std::net::SocketAddr;

use attune_tests::dice::Dice;
use attune_tests::home::Home;
use attune_tests::ledger::hex;
use attune_tests::road::sync;
use attune_tests::world::monday;

use crate::{MOST_ACTS, say};

pub(crate) fn live(home: &Home, relay: SocketAddr, mut dice: Dice) -> Result<(), Box<dyn Error>> {
    say("begin open")?;
    let mut desk = home.open_desk()?;
    say("done open")?;
    for _ in 0..MOST_ACTS {
        let card = dice.pick(&desk.inbox(monday())?);
        match (dice.below(8), card) {
            (0..2, Some(card)) => {
                say(&format!("begin look {}", hex(card.case)))?;
                desk.open_card(card.case, monday())?;
                say(&format!("done look {}", hex(card.case)))?;
            }
            (2, Some(card)) => {
                let text = format!("reply-{}", dice.roll());
                say(&format!("begin reply {} {text}", hex(card.case)))?;
                desk.reply(card.case, &text, monday())?;
                say(&format!("done reply {} {text}", hex(card.case)))?;
            }
            (3, Some(card)) => {
                say(&format!("begin settle {}", hex(card.case)))?;
                desk.done(card.case, monday())?;
                say(&format!("done settle {}", hex(card.case)))?;
            }
            _ => {
                say("begin sync")?;
                sync(&mut desk, relay, monday())?;
                say("done sync")?;
            }
        }
    }
    Ok(desk.close()?)
}
