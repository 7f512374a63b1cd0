//! The fuzzer's corpus, `wire/fuzz/corpus`, run through the same checks on every test run: what a
//! fuzzer found once stays found without one.

use std::fs;
use std::path::Path;

use crate::reader::{check_grant, check_origin, check_request, check_response, whole};

/// The files of a target.
fn corpus(target: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus").join(target);
    let mut paths: Vec<_> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    assert!(!paths.is_empty(), "{target}");
    paths.iter().map(|path| fs::read(path).unwrap()).collect()
}

#[test]
fn the_corpus_is_read_alike_by_both_readers() {
    type Check = fn(&[u8]);
    let checks: [(&str, Check); 4] = [
        ("request", |bytes| check_request(&whole(bytes))),
        ("response", |bytes| check_response(&whole(bytes))),
        ("origin", check_origin),
        ("grant", check_grant),
    ];
    for (target, check) in checks {
        for bytes in corpus(target) {
            check(&bytes);
        }
    }
}

/// Each header in the vectors, as `field` of their list has it.
fn vectors(list: &str) -> Vec<Vec<u8>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/vectors/frames.json");
    let text = fs::read_to_string(path).unwrap();
    let list = text.split_once(&format!("\"{list}\": [")).unwrap().1.split_once("\n  ]").unwrap().0;
    let headers = list.split("\"header\": \"").skip(1).map(|rest| &rest[..512]);
    headers
        .map(|hex| {
            (0..256).map(|at| u8::from_str_radix(&hex[2 * at..2 * at + 2], 16).unwrap()).collect()
        })
        .collect()
}

#[test]
fn the_corpus_holds_every_vector_of_a_frame() {
    for (list, target, count) in [("requests", "request", 7), ("responses", "response", 9)] {
        let (vectors, corpus) = (vectors(list), corpus(target));
        assert_eq!(vectors.len(), count);
        for header in vectors {
            assert!(corpus.contains(&header), "{target}");
        }
    }
}
