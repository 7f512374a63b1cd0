//! Reads the phones' files as the phones do, so that tests compare what a person would see.

pub(crate) mod android;
pub(crate) mod apple;
