//! `attune demo`: a relay, two desks and a phone at work on this machine, in numbered scenes.
//!
//! Everything is real: encrypted vaults, HPKE, HTTP, SQLite, a process that is killed. Each line says
//! who can see what it tells, and is printed after a check of it against the stores.
//!
//! ```text
//! scenes  the story
//!   show    words for a scene: narration from the copy, lines to the teller
//!     stage   the parties, their folders, the relay
//!       road    HTTP, frames counted, an answer lost on demand
//!       child   the phone as a process that can be killed
//!     search  looking for what must not be there
//!     line    a claim, who can see it, whether it holds; page: how it looks to a person
//! ```

mod child;
mod line;
mod page;
mod road;
mod scenes;
mod search;
mod show;
mod stage;

use std::io::{self, IsTerminal as _, Write as _};
use std::process::ExitCode;
use std::time::Instant;

use attune_copy::{Words, WordsError};
use attune_core::vault::{FileKeyStoreError, VaultError};
use attune_relay::RelayError;

use line::{Form, Teller};
use page::Page;
use show::Show;

/// Why the demo could not go on.
#[derive(Debug, thiserror::Error)]
enum DemoError {
    /// A phone or a desk.
    #[error(transparent)]
    Core(#[from] attune_core::Error),
    /// A vault.
    #[error(transparent)]
    Vault(#[from] VaultError),
    /// A key store.
    #[error(transparent)]
    KeyStore(#[from] FileKeyStoreError),
    /// The relay.
    #[error(transparent)]
    Relay(#[from] RelayError),
    /// The relay's file, read as what it is: plain SQLite.
    #[error(transparent)]
    Sqlite(#[from] attune_cipher::rusqlite::Error),
    /// A text is missing.
    #[error(transparent)]
    Words(#[from] WordsError),
    /// A file, a process or the output.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// What the two processes of the demo say to each other.
    #[error(transparent)]
    Json(#[from] serde_json::Error),
    /// One of the parties did not get as far as the story needs it.
    #[error("one of the parties stopped early")]
    Ended,
}

/// Plays the demo; with `json` it prints JSON Lines. Fails if a line is not so.
pub(crate) fn run(json: bool) -> ExitCode {
    let ended = if child::is_this() { child::live().map(|()| Vec::new()) } else { play(json) };
    match ended {
        Ok(wrong) => {
            for line in &wrong {
                let said = Words::english().format("demo-false", &[("line", line.as_str().into())]);
                eprintln!("{}", said.as_ref().unwrap_or(line));
            }
            verdict(&wrong)
        }
        Err(error) => {
            let reason = error.to_string();
            let values = [("reason", reason.as_str().into())];
            let said = Words::english().format("demo-broke-off", &values);
            eprintln!("{}", said.unwrap_or(reason));
            ExitCode::FAILURE
        }
    }
}

/// Success if and only if no line was wrong.
fn verdict(wrong: &[String]) -> ExitCode {
    if wrong.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Plays the story. Returns the lines that were wrong.
fn play(json: bool) -> Result<Vec<String>, DemoError> {
    let began = Instant::now();
    let words = Words::english();
    let mut out = io::stdout().lock();
    let colour = out.is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|set| set.is_empty());
    let form = if json { Form::JsonLines } else { Form::Page(Page::new(words, colour)?) };
    let mut teller = Teller::new(&mut out, form);
    teller.aside(&words.get("demo-title")?)?;
    teller.aside(&words.get("demo-how")?)?;
    let mut show = Show::set(words, teller)?;
    scenes::play(&mut show)?;
    let teller = show.strike()?;
    let (wrong, count) = (teller.wrong().to_vec(), teller.count());
    if !json {
        let seconds = format!("{:.1}", began.elapsed().as_secs_f64());
        let end = if wrong.is_empty() {
            words.format("demo-end", &[("count", count.into())])?
        } else {
            words.format("demo-end-false", &[("count", wrong.len().into())])?
        };
        let gone = words.format("demo-gone", &[("seconds", seconds.into())])?;
        writeln!(out, "\n{end}\n{gone}")?;
    }
    Ok(wrong)
}
