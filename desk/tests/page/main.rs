//! The page over real sockets: raw HTTP, a real vault in a folder of its own, and where a phone is needed,
//! a real relay.

mod after;
mod attacks;
mod cards;
mod first_run;
mod front;
mod held;
mod lock;
mod note;
mod pairing;
mod phone;
mod routes;
mod sync;
mod twice;
mod typed;
mod world;
