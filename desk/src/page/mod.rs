//! What pages are made of: the frame, fields of forms, words, problems.

pub(crate) mod base;
pub(crate) mod form;
pub(crate) mod layout;
pub(crate) mod problem;
pub(crate) mod words;
