//! The page over real sockets: raw HTTP, a real vault in a folder of its own, and where a phone is needed,
//! a real relay.

mod attacks;
mod first_run;
mod lock;
mod pairing;
mod routes;
mod world;
