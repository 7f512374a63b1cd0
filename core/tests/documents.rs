//! Documents and envelopes under arbitrary input: what is sealed comes back, and nothing else does.

use attune_core::entropy::{Entropy, EntropyError, SystemEntropy};
use attune_core::lane::document::{
    About, CaseId, Document, DocumentError, Echo, Entry, Incarnation, Kind, LaneMove, Notice,
    NoticeState, Proposal, ProtocolRange, ReceiveKey, SaidTo, TextId,
};
use attune_core::lane::keys::Psk;
use attune_core::lane::seal::{
    OpenError, ReceiveSecret, SealContext, SealError, open_document, seal_document,
};
use attune_core::lane::{Direction, Envelope};
use attune_core::proposal::{ProposalAnswer, ProposalKind};
use attune_core::repair::{Pointer, RepairOption};
use attune_wire::LaneId;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

const LANE: LaneId = LaneId([9; 16]);
const TH: [u8; 32] = [8; 32];

fn least() -> Document {
    Document {
        version: 5,
        range: ProtocolRange::OURS,
        incarnation: Incarnation::from_bytes([1; 16]),
        receive_key: ReceiveKey { epoch: 0, public: Box::new([2; 1_216]) },
        echo: Echo::NOTHING,
        sealed_to: 0,
        entries: Vec::new(),
        notices: Vec::new(),
        texts_stored: Vec::new(),
        goodbye: false,
        lanes: None,
        proposals: Vec::new(),
        about: None,
        said: Vec::new(),
        own_about: None,
    }
}

fn entry(case: u8, kind: Kind) -> Entry {
    Entry {
        case: CaseId::from_bytes([case; 16]),
        revision: 1,
        kind,
        expiry_day: None,
        pointer: None,
        words: None,
    }
}

fn notice(case: u8) -> Notice {
    Notice {
        case: CaseId::from_bytes([case; 16]),
        revision: 1,
        state: NoticeState::Received,
        due_day: None,
        text: None,
    }
}

fn any_entry() -> impl Strategy<Value = (u64, Kind, Option<u32>, Option<Pointer>, Option<String>)> {
    let options: Vec<_> =
        RepairOption::ALL.into_iter().filter(|option| option.code().is_some()).collect();
    (
        any::<u64>(),
        prop_oneof![Just(Kind::TakenBack), select(options).prop_map(Kind::Choice)],
        any::<Option<u32>>(),
        option::of(select(Pointer::ALL.to_vec())),
        option::of(".{1,90}"),
    )
}

fn any_notice() -> impl Strategy<Value = (u64, u8, Option<u32>, Option<(u8, String)>)> {
    (any::<u64>(), 1u8..=4, any::<Option<u32>>(), option::of((any::<u8>(), ".{1,90}")))
}

fn any_proposal() -> impl Strategy<Value = (ProposalKind, Option<String>)> {
    (select(ProposalKind::ALL.to_vec()), option::of(".{1,90}"))
}

fn any_said() -> impl Strategy<Value = (ProposalAnswer, Option<String>)> {
    (select(ProposalAnswer::ALL.to_vec()), option::of(".{1,90}"))
}

type Extension = (
    Vec<(ProposalKind, Option<String>)>,
    Vec<(ProposalAnswer, Option<String>)>,
    Option<String>,
    Option<String>,
);

/// A document that has only what protocol version 2 added.
fn extended((proposals, said, about, own_about): Extension) -> Document {
    let text_id = |at: u8| TextId::from_bytes([at; 16]);
    Document {
        proposals: (0u8..)
            .zip(proposals)
            .map(|(at, (kind, text))| Proposal {
                text_id: text_id(at),
                kind,
                text: text.map(Into::into),
            })
            .collect(),
        about: about.map(|text| About { text_id: text_id(99), text: Some(text.into()) }),
        said: (0u8..)
            .zip(said)
            .map(|(at, (answer, words))| SaidTo {
                text_id: text_id(at),
                answer,
                words: words.filter(|_| answer == ProposalAnswer::ChangeIt).map(Into::into),
            })
            .collect(),
        own_about: own_about.map(Into::into),
        ..least()
    }
}

/// Documents within their limits; the ids follow from their places and so are distinct.
fn any_document() -> impl Strategy<Value = Document> {
    let head =
        (any::<[u64; 4]>(), 0u64..3, 3u64..9, any::<[u8; 16]>(), any::<[u8; 32]>(), any::<bool>());
    let lists = (vec(any_entry(), 0..8), vec(any_notice(), 0..8), 0u8..=64, any::<Option<u64>>());
    let extension = (
        vec(any_proposal(), 0..4),
        vec(any_said(), 0..4),
        option::of(".{1,90}"),
        option::of(".{1,90}"),
    );
    (head, lists, extension).prop_map(|(head, lists, extension)| {
        let ([version, epoch, echoed, sealed_to], lowest, highest, id, digest, goodbye) = head;
        let (entries, notices, texts, lane_epoch) = lists;
        Document {
            version,
            range: ProtocolRange { lowest, highest },
            incarnation: Incarnation::from_bytes(id),
            receive_key: ReceiveKey { epoch, public: Box::new([id[0]; 1_216]) },
            echo: Echo { version: echoed, digest },
            sealed_to,
            entries: (0u8..)
                .zip(entries)
                .map(|(case, (revision, kind, expiry_day, pointer, words))| {
                    let bare = kind == Kind::TakenBack;
                    Entry {
                        case: CaseId::from_bytes([case; 16]),
                        revision,
                        kind,
                        expiry_day: expiry_day.filter(|_| !bare),
                        pointer: pointer.filter(|_| !bare),
                        words: words.filter(|_| !bare).map(Into::into),
                    }
                })
                .collect(),
            notices: (0u8..)
                .zip(notices)
                .map(|(case, (revision, state, due_day, text))| Notice {
                    case: CaseId::from_bytes([case; 16]),
                    revision,
                    state: NoticeState::from_code(state).unwrap(),
                    due_day,
                    text: text.map(|(id, text)| (TextId::from_bytes([id; 16]), text.into())),
                })
                .collect(),
            texts_stored: (0..texts).map(|id| TextId::from_bytes([id; 16])).collect(),
            goodbye,
            lanes: lane_epoch
                .map(|epoch| LaneMove { epoch, relay: "https://relay.example".to_owned() }),
            ..extended(extension)
        }
    })
}

proptest! {
    #[test]
    fn what_is_encoded_is_decoded(document in any_document()) {
        let bytes = document.encode().unwrap();
        prop_assert!(Document::decode(&bytes).unwrap() == document);
    }

    /// Whatever is accepted is the one encoding of what it says, unknown keys aside.
    #[test]
    fn what_is_accepted_is_encoded_to_the_same_bytes(
        document in any_document(),
        changes in vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
    ) {
        let mut bytes = document.encode().unwrap().to_vec();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if let Ok(accepted) = Document::decode(&bytes) {
            let again = accepted.encode().unwrap();
            prop_assert!(*again == bytes || again.len() < bytes.len());
        }
    }

    #[test]
    fn no_bytes_make_decoding_panic(bytes in vec(any::<u8>(), 0..300)) {
        let _ = Document::decode(&bytes);
    }
}

fn context(psk: &Psk) -> SealContext<'_> {
    SealContext { psk, th: &TH, direction: Direction::ClientToDesk, lane_id: LANE }
}

fn secret(epoch: u64) -> ReceiveSecret {
    ReceiveSecret::from_seed(epoch, &[u8::try_from(epoch).unwrap(); 32])
}

fn sealed(document: &Document, to: &ReceiveSecret) -> Envelope {
    let psk = Psk::from_bytes(&[7; 32]);
    seal_document(document, &context(&psk), &to.public().unwrap(), &mut SystemEntropy::new())
        .unwrap()
}

fn opened(envelope: &[u8], keys: &[ReceiveSecret]) -> Result<(Document, u64), OpenError> {
    let psk = Psk::from_bytes(&[7; 32]);
    open_document(envelope, &context(&psk), 5, keys)
        .map(|opened| (opened.document, opened.key_epoch))
}

#[test]
fn a_flipped_bit_anywhere_is_refused() {
    let key = [secret(0)];
    let mut envelope = sealed(&least(), &key[0]);
    assert_eq!(opened(envelope.as_slice(), &key), Ok((least(), 0)));
    // Every byte near a border of the table, and every thirteenth between.
    for at in (0..48).chain((48..8_192).step_by(13)).chain(1_100..1_140).chain(8_160..8_192) {
        let bit = 1 << (at % 8);
        envelope[at] ^= bit;
        assert_eq!(opened(envelope.as_slice(), &key), Err(OpenError::Unreadable), "byte {at}");
        envelope[at] ^= bit;
    }
    assert_eq!(opened(envelope.as_slice(), &key), Ok((least(), 0)));
}

#[test]
fn three_keys_are_tried_and_no_more() {
    let keys: Vec<_> = (0..4).rev().map(secret).collect();
    for (at, key) in keys.iter().enumerate() {
        let document = Document { sealed_to: key.epoch(), ..least() };
        let envelope = sealed(&document, key);
        let wanted = if at < 3 { Ok((document, key.epoch())) } else { Err(OpenError::Unreadable) };
        assert_eq!(opened(envelope.as_slice(), &keys), wanted);
        assert_eq!(opened(envelope.as_slice(), &[]), Err(OpenError::Unreadable));
    }
}

#[test]
fn two_seals_of_one_document_differ_and_both_open() {
    let key = [secret(0)];
    let (one, other) = (sealed(&least(), &key[0]), sealed(&least(), &key[0]));
    assert_ne!(one, other);
    assert_eq!(opened(one.as_slice(), &key), opened(other.as_slice(), &key));
}

/// Gives so many bytes, and then fails.
struct Failing(usize);

impl Entropy for Failing {
    fn fill(&mut self, out: &mut [u8]) -> Result<(), EntropyError> {
        self.0 = self.0.checked_sub(out.len()).ok_or(EntropyError)?;
        out.fill(1);
        Ok(())
    }
}

#[test]
fn what_cannot_be_sealed_says_why() {
    let psk = Psk::from_bytes(&[7; 32]);
    let key = secret(0);
    let seal = |document: &Document, peer: &ReceiveKey, entropy: &mut dyn Entropy| {
        seal_document(document, &context(&psk), peer, entropy).unwrap_err()
    };
    let dry = &mut Failing(63);
    assert_eq!(seal(&least(), &key.public().unwrap(), dry), SealError::Entropy(EntropyError));
    assert_eq!(ReceiveSecret::generate(0, &mut Failing(31)).unwrap_err(), EntropyError);
    // ML-KEM's coefficients must be below its modulus: all ones are not.
    let no_key = ReceiveKey { epoch: 0, public: Box::new([0xff; 1_216]) };
    assert_eq!(seal(&least(), &no_key, &mut Failing(64)), SealError::PeerKey);
    let other = Document { sealed_to: 1, ..least() };
    assert_eq!(seal(&other, &key.public().unwrap(), &mut Failing(64)), SealError::SealedTo);
    let of_desk = Document { notices: vec![notice(1)], ..least() };
    let wrong_side = SealError::Document(DocumentError::WrongSide);
    assert_eq!(seal(&of_desk, &key.public().unwrap(), &mut Failing(64)), wrong_side);
}

/// Each limit at its last good value and one past it. Nothing is ever dropped to make it fit.
#[test]
fn limits_are_errors() {
    use DocumentError as E;
    let choice = |case| entry(case, Kind::Choice(RepairOption::Pause));
    let with_words = |len: usize| {
        let mut entry = choice(0);
        entry.words = Some("w".repeat(len).into());
        vec![entry]
    };
    let in_flight = |last: usize| {
        let mut entries: Vec<_> = (0..5).map(choice).collect();
        for (entry, len) in entries.iter_mut().zip([1_200, 1_200, 1_200, 1_199, last]) {
            entry.words = Some("w".repeat(len).into());
        }
        entries
    };
    let with_text = |len: usize| {
        let mut notice = notice(0);
        notice.text = Some((TextId::from_bytes([0; 16]), "t".repeat(len).into()));
        vec![notice]
    };
    let entries = |entries| Document { entries, ..least() };
    let notices = |notices| Document { notices, ..least() };
    let stored = |count: u8| Document {
        texts_stored: (0..count).map(|id| TextId::from_bytes([id; 16])).collect(),
        ..least()
    };
    let moved = |relay: &str| Document {
        lanes: Some(LaneMove { epoch: 1, relay: relay.to_owned() }),
        ..least()
    };
    let range = |lowest, highest| Document { range: ProtocolRange { lowest, highest }, ..least() };
    let mut much = least();
    much.notices = with_text(4_700);
    much.notices.extend((1..64).map(notice));

    let cases = [
        (entries((0..16).map(choice).collect()), None),
        (entries((0..17).map(choice).collect()), Some(E::Entries)),
        (notices((0..64).map(notice).collect()), None),
        (notices((0..65).map(notice).collect()), Some(E::Notices)),
        (stored(64), None),
        (stored(65), Some(E::TextsStored)),
        (entries(with_words(1_200)), None),
        (entries(with_words(1_201)), Some(E::Words)),
        (entries(with_words(0)), Some(E::Words)),
        (entries(in_flight(1)), None),
        (entries(in_flight(2)), Some(E::InFlight)),
        (notices(with_text(4_800)), None),
        (notices(with_text(4_801)), Some(E::Text)),
        (notices(with_text(0)), Some(E::Text)),
        (entries(vec![entry(0, Kind::Choice(RepairOption::Keep))]), Some(E::Keep)),
        (entries(vec![choice(0), choice(0)]), Some(E::Duplicate)),
        (moved("https://relay.example"), None),
        (moved("https://relay.example/"), Some(E::Relay)),
        (range(1, 1), None),
        (range(2, 1), Some(E::Range)),
        (much, Some(E::TooLarge)),
    ];
    for (at, (document, wanted)) in cases.into_iter().enumerate() {
        assert_eq!(document.encode().err(), wanted, "case {at}");
    }
}

#[test]
fn nothing_of_a_person_is_printed() {
    let mut whole = entry(0x61, Kind::Choice(RepairOption::WrittenFollowUp));
    whole.words = Some("aaaa".to_owned().into());
    let mut document = least();
    document.entries = vec![whole];
    let printed = [
        format!("{document:?}"),
        format!("{:?}", document.entries),
        format!("{:?}", document.entries[0].case),
        format!("{:?}", secret(0)),
    ];
    assert_eq!(
        printed,
        ["Document { .. }", "[Entry { .. }]", "CaseId(..)", "ReceiveSecret { .. }"]
    );
}
