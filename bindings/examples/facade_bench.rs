//! What the facade costs from Rust: the figure that Kotlin's and Swift's are compared with (`cargo xtask bench`).
//!
//! Prints `name<TAB>nanoseconds`, the median of many rounds: `empty_call`, and `newest_50` on a vault of 1,000 moments.

#![expect(clippy::unwrap_used, reason = "a bench has nobody to tell")]

#[path = "../tests/world/mod.rs"]
mod world;

use std::hint::black_box;
use std::time::Instant;

use world::{Home, at};

fn main() {
    let home = Home::new();
    let vault = home.create();
    for turn in 0..1_000 {
        let id = vault.flag(at(1_772_442_000_000 + turn)).unwrap();
        vault.set_words(id, Some("She asked where I am really from.".to_owned())).unwrap();
    }
    report("empty_call", 100, || {
        black_box(vault.is_closed().unwrap());
    });
    report("newest_50", 10, || {
        black_box(vault.moments(None, 50).unwrap());
    });
}

/// The median of 201 rounds of `calls` calls each, after as many to warm up.
fn report(name: &str, calls: u32, mut call: impl FnMut()) {
    let mut round = || {
        let start = Instant::now();
        for _ in 0..calls {
            call();
        }
        start.elapsed().as_nanos() / u128::from(calls)
    };
    for _ in 0..201 {
        round();
    }
    let mut rounds: Vec<u128> = (0..201).map(|_| round()).collect();
    rounds.sort_unstable();
    println!("{name}\t{}", rounds[rounds.len() / 2]);
}
