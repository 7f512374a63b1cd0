//! `documents.json`: documents and their one encoding, and bytes that are refused, with the reason.

use attune_core::lane::document::{
    About, CaseId, Document, Echo, Entry, Incarnation, Kind, LaneMove, Notice, NoticeState,
    Proposal, ProtocolRange, ReceiveKey, SaidTo, TextId,
};
use attune_core::proposal::{ProposalAnswer, ProposalKind};
use attune_core::repair::{Pointer, RepairOption};
use serde_json::{Value, json};
use zeroize::Zeroizing;

use super::{bytes, file, foreign, hex, hold, unhex};

#[path = "refused.rs"]
mod refused;

#[test]
fn documents_are_as_frozen() {
    hold("documents.json", &made());
}

#[test]
fn documents_read_back() {
    let file = file("documents.json");
    for vector in file["documents"].as_array().unwrap() {
        let cbor = unhex(&vector["cbor"]);
        let document = Document::decode(&cbor).unwrap();
        assert_eq!(described(&document), vector["document"], "{}", vector["name"]);
        assert_eq!(*document.encode().unwrap(), cbor, "{}", vector["name"]);
    }
    for vector in file["accepted"].as_array().unwrap() {
        let document = Document::decode(&unhex(&vector["cbor"])).unwrap();
        assert_eq!(described(&document), vector["document"], "{}", vector["name"]);
    }
    let refused = file["refused"].as_array().unwrap();
    for vector in refused {
        let error = Document::decode(&unhex(&vector["cbor"])).unwrap_err();
        assert_eq!(format!("{error:?}"), vector["error"], "{}", vector["name"]);
    }
    assert!(refused.len() >= 40);
}

fn made() -> Value {
    let documents: Vec<_> = all()
        .into_iter()
        .map(|(name, document)| {
            let cbor = document.encode().unwrap();
            json!({ "name": name, "document": described(&document), "cbor": hex(&*cbor) })
        })
        .collect();
    let accepted: Vec<_> = refused::newer_and_yet_readable()
        .into_iter()
        .map(|(name, cbor)| {
            let document = Document::decode(&cbor).unwrap();
            json!({ "name": name, "document": described(&document), "cbor": hex(cbor) })
        })
        .collect();
    let refused: Vec<_> = refused::all()
        .into_iter()
        .map(|(name, cbor)| {
            let error = Document::decode(&cbor).expect_err(name);
            json!({ "name": name, "error": format!("{error:?}"), "cbor": hex(cbor) })
        })
        .collect();
    json!({
        "about": "Documents as CBOR in hex. `accepted` have unknown keys and so do not encode to the same bytes again. `refused` names the rule broken; to the outside there is one error, and NewerNeeded.",
        "documents": documents,
        "accepted": accepted,
        "refused": refused,
    })
}

/// What a phone says that has nothing to say: the least document there is.
pub(crate) fn least() -> Document {
    Document {
        version: 1,
        range: ProtocolRange { lowest: 1, highest: 1 },
        incarnation: Incarnation::from_bytes(bytes("a phone")),
        receive_key: ReceiveKey {
            epoch: 0,
            public: Box::new(foreign::xwing_public(&bytes("the phone's receive key 0"))),
        },
        echo: Echo { version: 0, digest: [0; 32] },
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

pub(crate) fn choice(case: &str, revision: u64, option: RepairOption) -> Entry {
    Entry {
        case: CaseId::from_bytes(bytes(case)),
        revision,
        kind: Kind::Choice(option),
        expiry_day: None,
        pointer: None,
        words: None,
    }
}

pub(crate) fn notice(case: &str, revision: u64, state: NoticeState) -> Notice {
    Notice { case: CaseId::from_bytes(bytes(case)), revision, state, due_day: None, text: None }
}

/// A phone with a choice of each form.
pub(crate) fn phone() -> Document {
    let mut whole = choice("case 1", 8_191, RepairOption::WrittenFollowUp);
    whole.expiry_day = Some(20_517);
    whole.pointer = Some(Pointer::LeftOut);
    whole.words = Some("You said it would be in my language. É.".to_owned().into());
    let mut taken_back = choice("case 2", 70_000, RepairOption::Pause);
    taken_back.kind = Kind::TakenBack;
    let mut until = choice("case 3", 23, RepairOption::NoContact);
    until.expiry_day = Some(0);
    Document {
        version: 65_536,
        echo: Echo { version: 300, digest: bytes("an envelope of the desk") },
        sealed_to: 2,
        entries: vec![whole, taken_back, until],
        texts_stored: vec![
            TextId::from_bytes(bytes("text 1")),
            TextId::from_bytes(bytes("text 2")),
        ],
        ..least()
    }
}

/// A desk with a notice of each state, a text, and lanes that move.
pub(crate) fn desk() -> Document {
    let mut received = notice("case 1", 8_191, NoticeState::Received);
    received.due_day = Some(20_522);
    let mut answered = notice("case 4", 255, NoticeState::Answered);
    answered.due_day = Some(20_515);
    answered.text = Some((
        TextId::from_bytes(bytes("text 1")),
        "I talked over your mother. That was wrong, and I am sorry.".to_owned().into(),
    ));
    Document {
        version: 301,
        range: ProtocolRange { lowest: 1, highest: 2 },
        incarnation: Incarnation::from_bytes(bytes("a desk")),
        receive_key: ReceiveKey {
            epoch: 2,
            public: Box::new(foreign::xwing_public(&bytes("the desk's receive key 2"))),
        },
        echo: Echo { version: 65_536, digest: bytes("an envelope of the phone") },
        sealed_to: 0,
        notices: vec![
            received,
            notice("case 2", 70_000, NoticeState::Opened),
            answered,
            notice("case 3", 23, NoticeState::Expired),
        ],
        lanes: Some(LaneMove { epoch: 1, relay: "https://other.example:8443".to_owned() }),
        ..least()
    }
}

/// A phone and a desk of version 2, with all that it adds.
fn of_version_2() -> [(&'static str, Document); 2] {
    let text_id = |name: &str| TextId::from_bytes(bytes(name));
    let text = |text: &str| Some(text.to_owned().into());
    let proposal = |name: &str, kind, text| Proposal { text_id: text_id(name), kind, text };
    let said = |name: &str, answer, words| SaidTo { text_id: text_id(name), answer, words };
    let range = ProtocolRange { lowest: 1, highest: 2 };
    let desk = Document {
        lanes: None,
        proposals: vec![
            proposal("text 3", ProposalKind::PlanDraft, text("We plan one step at a time. É.")),
            proposal("text 4", ProposalKind::FileLine, None),
        ],
        about: Some(About { text_id: text_id("text 5"), text: text("I ask before I guess.") }),
        ..desk()
    };
    let phone = Document {
        range,
        texts_stored: vec![text_id("text 3")],
        said: vec![
            said("text 3", ProposalAnswer::ChangeIt, text("Not a step: a pause.")),
            said("text 4", ProposalAnswer::LeaveIt, None),
        ],
        own_about: text("Call me Sam."),
        ..least()
    };
    [("a desk of version 2", desk), ("a phone of version 2", phone)]
}

fn all() -> Vec<(&'static str, Document)> {
    use RepairOption as O;
    let options = [
        O::Pause,
        O::SwitchTopic,
        O::WrittenFollowUp,
        O::RepairQuietly,
        O::BriefCheckIn,
        O::NoContact,
        O::RequestProvider,
        O::Interpreter,
    ];
    let every_option = options.iter().map(|option| choice(option.name(), 1, *option)).collect();
    let mut full = least();
    full.entries = (0u8..16).map(|at| choice(&format!("case {at}"), 1, O::Pause)).collect();
    for entry in &mut full.entries[..4] {
        entry.words = Some("w".repeat(1_200).into());
    }
    full.texts_stored = (0u8..5).map(|at| TextId::from_bytes([at; 16])).collect();
    let mut documents = vec![
        ("the least", least()),
        ("a phone with choices", phone()),
        ("every option", Document { entries: every_option, ..least() }),
        ("goodbye", Document { version: 7, goodbye: true, ..least() }),
        ("a desk", desk()),
        ("4,800 bytes of words and 16 entries", full),
        (
            "the largest numbers",
            Document {
                version: u64::MAX,
                echo: Echo { version: u64::MAX, digest: [0xff; 32] },
                sealed_to: u64::MAX,
                ..least()
            },
        ),
    ];
    documents.extend(of_version_2());
    documents
}

/// A document's fields as JSON. Numbers over 2^53 are strings.
fn described(document: &Document) -> Value {
    let number = |n: u64| {
        if n < 1 << 53 { json!(n) } else { json!(n.to_string()) }
    };
    let entry = |entry: &Entry| {
        json!({
            "case": hex(entry.case.as_bytes()),
            "revision": number(entry.revision),
            "kind": match entry.kind {
                Kind::TakenBack => "TakenBack",
                Kind::Choice(option) => option.name(),
            },
            "expiry_day": entry.expiry_day,
            "pointer": entry.pointer.map(Pointer::name),
            "words": entry.words.as_ref().map(|words| words.as_str()),
        })
    };
    let notice = |notice: &Notice| {
        json!({
            "case": hex(notice.case.as_bytes()),
            "revision": number(notice.revision),
            "state": format!("{:?}", notice.state),
            "due_day": notice.due_day,
            "text": notice.text.as_ref().map(|(id, text)| {
                json!({ "id": hex(id.as_bytes()), "text": text.as_str() })
            }),
        })
    };
    let mut fields = json!({
        "version": number(document.version),
        "range": [document.range.lowest, document.range.highest],
        "incarnation": hex(document.incarnation.as_bytes()),
        "receive_key": {
            "epoch": number(document.receive_key.epoch),
            "public": hex(document.receive_key.public.as_slice()),
        },
        "echo": { "version": number(document.echo.version), "digest": hex(document.echo.digest) },
        "sealed_to": number(document.sealed_to),
        "entries": document.entries.iter().map(entry).collect::<Vec<_>>(),
        "notices": document.notices.iter().map(notice).collect::<Vec<_>>(),
        "texts_stored": document.texts_stored.iter().map(|id| hex(id.as_bytes())).collect::<Vec<_>>(),
        "goodbye": document.goodbye,
        "lanes": document.lanes.as_ref().map(|to| json!({ "epoch": to.epoch, "relay": to.relay })),
    });
    // What version 2 added stands there only if it is in the document.
    let text = |text: &Option<Zeroizing<String>>| json!(text.as_ref().map(|text| text.as_str()));
    if !document.proposals.is_empty() {
        let proposal = |proposal: &Proposal| {
            json!({
                "id": hex(proposal.text_id.as_bytes()),
                "kind": proposal.kind.name(),
                "text": text(&proposal.text),
            })
        };
        fields["proposals"] = document.proposals.iter().map(proposal).collect();
    }
    if let Some(about) = &document.about {
        fields["about"] = json!({ "id": hex(about.text_id.as_bytes()), "text": text(&about.text) });
    }
    if !document.said.is_empty() {
        let said = |said: &SaidTo| {
            json!({
                "id": hex(said.text_id.as_bytes()),
                "answer": said.answer.name(),
                "words": text(&said.words),
            })
        };
        fields["said"] = document.said.iter().map(said).collect();
    }
    if document.own_about.is_some() {
        fields["own_about"] = text(&document.own_about);
    }
    fields
}
