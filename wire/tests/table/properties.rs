//! The crate's frames against a second reader, written from the byte tables alone.

use crate::reader::{Broken, check_request, check_response, read_request, read_response, whole};
use proptest::prelude::*;
use ring::digest::{SHA256, digest};
use ring::signature::{Ed25519KeyPair, KeyPair as _};

/// A request laid out by hand, and signed by the writer, the reader or a stranger.
#[derive(Debug, Clone)]
struct Laid {
    code: u8,
    seeds: [[u8; 32]; 3],
    signer: usize,
    relay: [u8; 32],
    version: u64,
    grant: Vec<u8>,
    envelope: u8,
}

impl Laid {
    fn frame(&self) -> Vec<u8> {
        let keys = self.seeds.map(|seed| Ed25519KeyPair::from_seed_unchecked(&seed).unwrap());
        let mut frame = vec![self.envelope; 8_448];
        frame[..4].copy_from_slice(&[1, self.code, 0, 0]);
        frame[4..36].copy_from_slice(&self.relay);
        frame[36..68].copy_from_slice(keys[0].public_key().as_ref());
        frame[68..100].copy_from_slice(keys[1].public_key().as_ref());
        let version = if self.code <= 2 { self.version } else { 0 };
        frame[100..108].copy_from_slice(&version.to_be_bytes());
        frame[172..256].fill(0);
        if self.code == 3 {
            frame[172..252].copy_from_slice(&self.grant);
        }
        let hash = digest(&SHA256, &frame[172..]);
        let message = [b"attune/1 f", &frame[..108], hash.as_ref()].concat();
        frame[108..172].copy_from_slice(keys[self.signer].sign(&message).as_ref());
        frame
    }

    /// By the table: PUT the writer, GET the reader, OPEN and CLOSE either.
    fn may_sign(&self) -> bool {
        match self.code {
            1 => self.signer == 0,
            2 => self.signer == 1,
            _ => self.signer < 2,
        }
    }
}

fn laid() -> impl Strategy<Value = Laid> {
    let grant = prop_oneof![
        Just(vec![0; 80]),
        prop::collection::vec(any::<u8>(), 80),
        // One byte tells a grant from none.
        (0_usize..80).prop_map(|at| {
            let mut grant = vec![0; 80];
            grant[at] = 1;
            grant
        }),
    ];
    (
        1_u8..=4,
        any::<[[u8; 32]; 3]>(),
        0_usize..3,
        any::<[u8; 32]>(),
        0..1_u64 << 63,
        grant,
        any::<u8>(),
    )
        .prop_map(|(code, seeds, signer, relay, version, grant, envelope)| Laid {
            code,
            seeds,
            signer,
            relay,
            version,
            grant,
            envelope,
        })
}

/// Some bytes changed, most of them where a table has something to say.
fn changes(places: &'static [usize]) -> impl Strategy<Value = Vec<(usize, u8)>> {
    let place = prop_oneof![
        3 => prop::sample::select(places),
        2 => 0_usize..256,
        1 => 0_usize..8_448,
    ];
    let byte = prop_oneof![Just(0_u8), Just(1), Just(0x7f), Just(0x80), Just(0xff), any::<u8>()];
    prop::collection::vec((place, byte), 0..4)
}

const REQUEST_ROWS: &[usize] = &[
    0, 1, 2, 3, 4, 35, 36, 67, 68, 99, 100, 107, 108, 171, 172, 187, 188, 251, 252, 255, 256, 8_447,
];
const RESPONSE_ROWS: &[usize] = &[0, 1, 2, 3, 4, 11, 12, 15, 16, 255, 256, 8_447];

fn changed(mut frame: Vec<u8>, changes: &[(usize, u8)]) -> Vec<u8> {
    for (at, byte) in changes {
        frame[*at] = *byte;
    }
    frame
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    /// The reader by the table, and so the crate, takes what the table lays out.
    #[test]
    fn a_request_by_the_table_is_taken_if_the_right_key_signed(laid in laid()) {
        let frame = laid.frame();
        let version = if laid.code <= 2 { laid.version } else { 0 };
        prop_assert_eq!(read_request(&frame), Ok((version, laid.may_sign())));
        check_request(&frame);
    }

    #[test]
    fn a_changed_request_is_read_alike(laid in laid(), changes in changes(REQUEST_ROWS)) {
        check_request(&changed(laid.frame(), &changes));
    }

    #[test]
    fn a_changed_response_is_read_alike(
        status in 0_u8..=8,
        version in 0..1_u64 << 63,
        wait: u32,
        envelope: u8,
        changes in changes(RESPONSE_ROWS),
    ) {
        let mut frame = vec![envelope; 8_448];
        frame[..4].copy_from_slice(&[1, status, 0, 0]);
        frame[4..12].copy_from_slice(&version.to_be_bytes());
        frame[12..16].copy_from_slice(&wait.to_be_bytes());
        frame[16..256].fill(0);
        prop_assert_eq!(read_response(&frame), Ok((version, wait)));
        check_response(&frame);
        check_response(&changed(frame, &changes));
    }

    /// Any header at all, and any length.
    #[test]
    fn any_bytes_are_read_alike(
        header in prop::collection::vec(prop_oneof![3 => Just(0_u8), 1 => any::<u8>()], 0..=256),
        start in (0_u8..3, 0_u8..11),
        length in prop_oneof![4 => Just(8_448_usize), 1 => 0_usize..9_000],
    ) {
        let mut frame = whole(&header);
        (frame[0], frame[1]) = start;
        frame.resize(length, 7);
        check_request(&frame);
        check_response(&frame);
    }
}

/// Each row of both tables, broken by one bit, is told as that row; no bit of a zero row is let
/// through.
#[test]
fn every_row_that_says_zero_is_zero_to_the_bit() {
    let laid = |code| Laid {
        code,
        seeds: [[1; 32], [2; 32], [3; 32]],
        signer: if code == 2 { 1 } else { 0 },
        relay: [4; 32],
        version: 5,
        grant: vec![6; 80],
        envelope: 7,
    };
    for code in 1..=4 {
        let good = laid(code).frame();
        let zeros = match code {
            1 | 2 => vec![2..4, 172..256],
            3 => vec![2..4, 100..108, 252..256],
            _ => vec![2..4, 100..108, 172..256],
        };
        for at in zeros.into_iter().flatten() {
            for bit in 0..8 {
                let frame = changed(good.clone(), &[(at, 1 << bit)]);
                assert_eq!(read_request(&frame), Err(Broken::Zero), "{code}, byte {at}");
                check_request(&frame);
            }
        }
    }
    let mut answer = vec![0; 8_448];
    (answer[0], answer[1]) = (1, 2);
    for at in (2..4).chain(16..256) {
        for bit in 0..8 {
            let frame = changed(answer.clone(), &[(at, 1 << bit)]);
            assert_eq!(read_response(&frame), Err(Broken::Zero), "byte {at}");
            check_response(&frame);
        }
    }
}
