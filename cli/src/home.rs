//! The folder of a phone or a desk: a vault, and beside it the key store that seals its key under a
//! passphrase.

use std::ffi::OsString;
use std::io::{self, BufRead as _, IsTerminal as _, Read as _, Write as _};
use std::path::{Path, PathBuf};

use attune_core::companion::Companion;
use attune_core::desk::Desk;
use attune_core::entropy::{Entropy, SystemEntropy};
use attune_core::vault::{FileKeyStore, KdfCost, PassphraseFolder, Vault};
use chrono::{DateTime, FixedOffset};
use zeroize::Zeroizing;

use crate::args::Place;
use crate::clock;
use crate::exit::Name;
use crate::failure::{Failure, Fault, no_data};
use crate::passphrase::{self, Opens};
use crate::say::{say, say_with};

/// Whose folder it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    /// The client's.
    Phone,
    /// A therapist's or a front desk's.
    Desk,
}

/// The most that is read of a text, in bytes: far over every limit of the core.
const TEXT_MOST: u64 = 65_536;

/// One folder, and how the person wants to be answered.
pub(crate) struct Home {
    /// The folder.
    pub(crate) dir: PathBuf,
    /// Whose it is.
    pub(crate) side: Side,
    /// What the clock says, once for the whole command.
    pub(crate) now: DateTime<FixedOffset>,
    /// Whether a script asks.
    pub(crate) json: bool,
    passphrase_file: Option<PathBuf>,
}

impl Home {
    /// The home that the arguments name.
    pub(crate) fn new(side: Side, place: Place) -> Result<Self, Failure> {
        let dir = match place.data {
            Some(dir) => dir,
            None => usual(side).ok_or_else(|| Failure::of(Name::Usage, "err-no-folder"))?,
        };
        Ok(Self {
            dir,
            side,
            now: clock::now()?,
            json: place.json,
            passphrase_file: place.passphrase_file,
        })
    }

    /// Opens the phone and lets run out what has run out.
    pub(crate) fn phone(&self) -> Result<Companion, Fault> {
        let store = self.unlock()?;
        let mut phone = Companion::open(&self.dir, &store, None, entropy())?;
        phone.expire(self.now)?;
        Ok(phone)
    }

    /// Opens the desk, which reads notes as its page does, and lets settled cases go.
    pub(crate) fn desk(&self) -> Result<Desk, Fault> {
        let store = self.unlock()?;
        let mut desk = Desk::open(&self.dir, &store, None, entropy())?;
        desk.read_notes_with(attune_reader::shipped());
        desk.sweep(self.now)?;
        Ok(desk)
    }

    /// Makes what `make` makes in the folder, which must be empty, under a new passphrase. A store
    /// that was made for it goes again if it fails.
    pub(crate) fn furnish<T>(
        &self,
        make: impl FnOnce(&FileKeyStore) -> Result<T, Fault>,
    ) -> Result<T, Fault> {
        let folder = self.folder();
        folder.require_empty()?;
        let passphrase = passphrase::new(Opens::Data, self.passphrase_file.as_deref())?;
        folder.furnish(&passphrase, KdfCost::STANDARD, &mut SystemEntropy::new(), make)
    }

    /// Deletes everything in the folder, key first. It needs no passphrase.
    pub(crate) fn delete_all(&self) -> Result<(), Fault> {
        if !self.dir.exists() {
            return Err(no_data(&self.dir, self.side).into());
        }
        Ok(Vault::delete_all(&self.dir, &self.folder().locked())?)
    }

    /// Whether a person sits at a terminal and can be asked.
    pub(crate) fn can_ask(&self) -> bool {
        !self.json && io::stdin().is_terminal() && io::stderr().is_terminal()
    }

    /// Asks for one line. The prompt is for a person: it is no part of the answer, and goes to
    /// standard error. A script pipes its answer in.
    pub(crate) fn ask(&self, prompt: &str) -> Result<Zeroizing<String>, Fault> {
        let mut line = Zeroizing::new(String::with_capacity(1_024));
        if self.can_ask() {
            // The answer is waited for, whether or not its prompt could be shown.
            let _ = write!(io::stderr(), "{prompt} ");
        }
        let asked = io::stdin().lock().take(TEXT_MOST).read_line(&mut line);
        asked.map_err(|error| Failure::file(Path::new("-"), &error))?;
        Ok(Zeroizing::new(line.trim().to_owned()))
    }

    /// Asks for a yes.
    pub(crate) fn ask_yes(&self, question: String) -> Result<bool, Fault> {
        let asked = say_with("ask-yes", &[("question", question.into())]);
        Ok(self.ask(&asked)?.eq_ignore_ascii_case(&say("ask-yes-word")))
    }

    /// A text from a file, or from standard input to its end.
    pub(crate) fn read_text(&self, file: Option<&Path>) -> Result<Zeroizing<String>, Fault> {
        let mut text = Zeroizing::new(String::with_capacity(8_192));
        let read = match file {
            Some(path) => std::fs::File::open(path)
                .and_then(|file| file.take(TEXT_MOST).read_to_string(&mut text)),
            None => {
                if self.can_ask() {
                    // The text follows, whether or not its prompt could be shown.
                    let _ = writeln!(io::stderr(), "{}", say("ask-text"));
                }
                io::stdin().lock().take(TEXT_MOST).read_to_string(&mut text)
            }
        };
        read.map_err(|error| Failure::file(file.unwrap_or(Path::new("-")), &error))?;
        Ok(text)
    }

    /// Unlocks the key store, after it is known that there is something to unlock it for.
    fn unlock(&self) -> Result<FileKeyStore, Fault> {
        let folder = self.folder();
        folder.require_vault()?;
        let passphrase = passphrase::known(Opens::Data, self.passphrase_file.as_deref())?;
        Ok(folder.unlock(&passphrase)?)
    }

    fn folder(&self) -> PassphraseFolder {
        PassphraseFolder::new(&self.dir)
    }
}

/// The system's random bytes.
pub(crate) fn entropy() -> Box<dyn Entropy> {
    Box::new(SystemEntropy::new())
}

/// The folder that is taken when none is named.
fn usual(side: Side) -> Option<PathBuf> {
    let set = |name: &str| std::env::var_os(name).filter(|value: &OsString| !value.is_empty());
    let data = set("XDG_DATA_HOME")
        .or_else(|| set("LOCALAPPDATA"))
        .map(PathBuf::from)
        .or_else(|| set("HOME").map(|home| PathBuf::from(home).join(".local/share")))?;
    Some(data.join("attune").join(match side {
        Side::Phone => "phone",
        Side::Desk => "desk",
    }))
}
