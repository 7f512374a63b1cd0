//! Words that are being typed. Nothing here leaves the phone.

use attune_cipher::rusqlite::Connection;
use zeroize::Zeroizing;

use super::Companion;
use crate::error::Error;
use crate::lane::document::{ABOUT_LEN, WORDS_LEN};
use crate::table::draft::{self, DraftOf};
use crate::table::{pairing, received_proposal};

/// Drafts: what was typed and not shared yet. A shell keeps it here after each change, and nowhere else, so that it
/// outlives the app's process and locks with the vault. (Own words of a moment need none: they are kept as typed.)
///
/// A draft goes when its words are shared, when the proposal is answered or the words about oneself are taken back, and
/// with the proposal or the practice. It is in a copy, and in the readable one as not shared.
impl Companion {
    /// What was typed there and not shared, if there is anything.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::Vault`].
    pub fn draft(&self, of: DraftOf) -> Result<Option<Zeroizing<String>>, Error> {
        self.session.vault.read(|db| {
            exists(db, of)?;
            draft::find(db, of)
        })
    }

    /// Keeps what was typed, as it was typed; a blank text removes it.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::WordsTooLong`] over 1,200 bytes, the draft before then stays, [`Error::Vault`].
    pub fn keep_draft(&mut self, of: DraftOf, text: &str) -> Result<(), Error> {
        let limit = match of {
            DraftOf::Proposal(_) => WORDS_LEN,
            DraftOf::AboutMe(_) => ABOUT_LEN,
        };
        self.session.vault.write(|db| {
            exists(db, of)?;
            if text.trim().is_empty() {
                return draft::remove(db, of);
            }
            if text.len() > limit {
                return Err(Error::WordsTooLong);
            }
            draft::keep(db, of, text)
        })
    }
}

fn exists(db: &Connection, of: DraftOf) -> Result<(), Error> {
    match of {
        DraftOf::Proposal(id) => {
            received_proposal::find(db, id)?.map(|_| ()).ok_or(Error::NotFound)
        }
        DraftOf::AboutMe(practice) => pairing::find(db, practice.0).map(|_| ()),
    }
}
