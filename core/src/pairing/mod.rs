//! Pairing: from a code to a secret that two devices share, and nobody else.
//!
//! A code carries a seed. From it both sides derive two lanes at the relay, in which the desk's
//! Invite, the phone's Hello and the desk's Welcome are exchanged; from all three comes the
//! pairing's secret, and four words that the two people compare. Everything here is pure: what must
//! be kept between the steps is handed out as bytes. The normative text is docs/protocol.md.

pub mod code;
pub mod invitation;
pub mod messages;
pub mod schedule;
