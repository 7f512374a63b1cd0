//! What keeps others off the page: who may ask, from where, and with which answer's headers.
//!
//! The order is the gate's (`gate.rs`): host, method, origin, session, body, token of the form, lock.
//! A handler is called after all of it, so none can forget one.

pub(crate) mod form;
pub(crate) mod gate;
pub(crate) mod headers;
pub(crate) mod launch;
pub(crate) mod once;
pub(crate) mod origin;
pub(crate) mod secret;
pub(crate) mod session;
