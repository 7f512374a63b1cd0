//! The phone's core for Kotlin and Swift.
//!
//! One object, [`Vault`], for an unlocked vault; records and flat enums for everything else; few errors, without
//! text. It decides nothing: each export turns its arguments into the core's types, calls the core, and turns
//! the answer back. The packages in `kotlin/` and `swift/` give it the manners of their platforms.
//!
//! What holds at this boundary, and is tested from both languages (`CONFORMANCE.md`):
//! - no panic, no text of an exception and no row crosses it (`guard`);
//! - closed is a state of ours: the generated `destroy` does not refuse calls while others are in flight;
//! - a key store is asked while nothing is locked, and nothing that it answers is trusted (`key_store`);
//! - what is freed is overwritten, since the generated code copies texts and keys where nobody could wipe them.
//!
//! **Invariant:** no code of ours here is unsafe; what is, UniFFI generates.

mod choices;
mod copies;
mod drafts;
mod error;
mod files;
mod guard;
mod help;
mod ids;
mod key_store;
mod moments;
mod options;
mod practices;
mod proposals;
mod restored;
mod status;
mod sync;
mod time;
mod vault;

pub use choices::{Choice, ChoiceState, FollowUp, Preview, RepairChoice, WaitsFor};
pub use error::{AttuneError, StorageTrouble, Why};
pub use files::{VaultPresence, delete_all, start_over, vault_presence};
pub use help::{
    CodeCheck, CodeReading, HelpEntry, HelpKind, Limits, check_code, complete_word, help, limits,
};
pub use ids::{CaseId, FollowUpId, MisattunementId, PracticeId, PreviewId, ProposalId};
pub use key_store::{KeyStore, KeyStoreError};
pub use moments::Misattunement;
pub use options::{AttestedTerms, Pointer, PracticeRole, RepairOption};
pub use practices::{Health, Offer, PairingStage, Practice, PracticeCard, Trouble};
pub use proposals::{AboutWaitsFor, OwnAbout, Proposal, ProposalAnswer, ProposalKind};
pub use restored::Restored;
pub use status::{PracticeNotice, StatusLine};
pub use sync::{SyncAnswer, SyncRequest, hold_back_nanos};
pub use time::{Day, Instant, Now};
pub use vault::Vault;

uniffi::setup_scaffolding!();

/// Overwrites what is freed, everywhere in the library.
#[global_allocator]
static ALLOCATOR: zeroizing_alloc::ZeroAlloc<std::alloc::System> =
    zeroizing_alloc::ZeroAlloc(std::alloc::System);

/// The text form of a record is its name: what it holds belongs in no log.
macro_rules! shows_its_name_only {
    ($($name:ident)*) => {$(
        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(stringify!($name))
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(stringify!($name))
            }
        }
    )*};
}
use shows_its_name_only;
