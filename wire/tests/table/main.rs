//! The frames and the byte tables of docs/protocol.md: a second reader, properties, and the fuzzer's
//! corpus.

mod corpus;
mod properties;
mod reader;
