//! What the tests across the crates stand on: a real relay, real vaults with real key stores, and a
//! road of real HTTP between them.
//!
//! ```text
//! world     a phone, two desks and a relay, paired once and copied for each test
//!   home      a folder with a vault and the key store that seals it
//!   road      syncs over HTTP, as the command line does; any request can be lost on the way
//!   place     a relay that can be stopped, put back to an earlier state, and started again
//! writer    a lane's writer of bare frames
//! tap       a wire that notes every byte; hostile is a server that lies
//! process   the same parties as processes of their own, to be killed; ledger, what they said they did
//! ```
//!
//! Nothing here waits by the clock: what a test waits for is an answer, a line or an end of file.

pub mod dice;
pub mod files;
pub mod home;
pub mod hostile;
pub mod ledger;
pub mod place;
pub mod process;
pub mod road;
pub mod tap;
pub mod world;
pub mod writer;
