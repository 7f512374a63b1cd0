//! The byte-exact vectors in `tests/vectors`, from which somebody can write another client.
//!
//! One generator writes them (`ATTUNE_WRITE_VECTORS=1 cargo test -p attune-core --test vectors frozen`);
//! without that variable the same run holds every byte of the files to what this code makes. Beside
//! that, each file is read back on its own: documents are decoded, envelopes opened, what must be
//! refused is refused. Where a formula is the point, it is worked out a second time in
//! `vectors/foreign.rs`, from the text of docs/protocol.md, without the code that is tested.

#[path = "vectors/documents.rs"]
mod documents;
#[path = "vectors/envelopes.rs"]
mod envelopes;
#[path = "vectors/foreign.rs"]
mod foreign;
#[path = "vectors/frames.rs"]
mod frames;
#[path = "vectors/keys.rs"]
mod keys;
#[path = "vectors/pairing.rs"]
mod pairing;

use std::collections::VecDeque;
use std::path::PathBuf;

use attune_core::entropy::{Entropy, EntropyError};
use serde_json::Value;

/// Holds a file of vectors to what was made now, or writes it when asked to.
fn hold(name: &str, made: &Value) {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../tests/vectors").join(name);
    let mut made = serde_json::to_string_pretty(made).unwrap();
    made.push('\n');
    if std::env::var_os("ATTUNE_WRITE_VECTORS").is_some() {
        std::fs::write(&path, made).unwrap();
        return;
    }
    let there = std::fs::read_to_string(&path).unwrap();
    let line = there.lines().zip(made.lines()).position(|(there, made)| there != made);
    assert!(there == made, "{name} differs from what is made now, first in line {line:?}");
}

/// A file of vectors, as somebody else would read it.
fn file(name: &str) -> Value {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../tests/vectors").join(name);
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// Randomness as given, in that order, and no more.
struct Given(VecDeque<u8>);

impl Given {
    fn new(parts: &[&[u8]]) -> Self {
        Self(parts.concat().into())
    }

    fn is_used_up(&self) -> bool {
        self.0.is_empty()
    }
}

impl Entropy for Given {
    fn fill(&mut self, out: &mut [u8]) -> Result<(), EntropyError> {
        if self.0.len() < out.len() {
            return Err(EntropyError);
        }
        let drawn: Vec<u8> = self.0.drain(..out.len()).collect();
        out.copy_from_slice(&drawn);
        Ok(())
    }
}

/// Bytes without a pattern, the same in every run: SHA-256 over the name and a counter.
fn bytes<const N: usize>(name: &str) -> [u8; N] {
    let blocks = (0u8..).flat_map(|block| foreign::sha256(&[name.as_bytes(), &[block]]));
    blocks.take(N).collect::<Vec<_>>().try_into().unwrap()
}

fn hex(bytes: impl AsRef<[u8]>) -> String {
    bytes.as_ref().iter().map(|byte| format!("{byte:02x}")).collect()
}

fn unhex(value: &Value) -> Vec<u8> {
    let text = value.as_str().unwrap();
    assert!(text.len().is_multiple_of(2));
    (0..text.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap())
        .collect()
}

fn unhex_array<const N: usize>(value: &Value) -> [u8; N] {
    unhex(value).try_into().unwrap()
}

/// Every label that goes into a hash, a key or a signature stands in the text, byte for byte.
#[test]
fn the_text_names_every_label() {
    let text = include_str!("../../docs/protocol.md");
    let sources = [
        include_str!("../src/lane/keys.rs"),
        include_str!("../src/lane/seal.rs"),
        include_str!("../src/pairing/messages/sealing.rs"),
        include_str!("../src/pairing/schedule.rs"),
        include_str!("../../wire/src/grant.rs"),
        include_str!("../../wire/src/lane.rs"),
        include_str!("../../wire/src/request.rs"),
    ];
    let labels: std::collections::BTreeSet<_> = sources
        .iter()
        .flat_map(|source| source.split('"').filter(|part| part.starts_with("attune/1 ")))
        .filter(|label| *label != "attune/1 ")
        .collect();
    assert_eq!(labels.len(), 13, "{labels:?}");
    for label in labels {
        assert!(text.contains(&format!("\"{label}\"")), "{label}");
    }
}
