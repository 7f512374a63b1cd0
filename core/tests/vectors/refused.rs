//! Bytes that are not documents, each for one reason, written item by item.

use minicbor::Encoder;

use super::least;

/// One item's bytes.
type Item = Vec<u8>;

fn item(write: impl FnOnce(&mut Encoder<&mut Vec<u8>>)) -> Item {
    let mut out = Vec::new();
    write(&mut Encoder::new(&mut out));
    out
}

fn uint(number: u64) -> Item {
    item(|e| drop(e.u64(number)))
}

fn blob(bytes: &[u8]) -> Item {
    item(|e| drop(e.bytes(bytes)))
}

fn text(text: &str) -> Item {
    item(|e| drop(e.str(text)))
}

fn list(items: &[Item]) -> Item {
    let mut out = item(|e| drop(e.array(items.len() as u64)));
    out.extend(items.concat());
    out
}

fn map(fields: &[(Item, Item)]) -> Item {
    let mut out = item(|e| drop(e.map(fields.len() as u64)));
    for (key, value) in fields {
        out.extend_from_slice(key);
        out.extend_from_slice(value);
    }
    out
}

/// The fields of the least document.
fn fields() -> Vec<(Item, Item)> {
    let least = least();
    vec![
        (uint(0), uint(1)),
        (uint(1), list(&[uint(1), uint(1)])),
        (uint(2), blob(least.incarnation.as_bytes())),
        (uint(3), list(&[uint(0), blob(least.receive_key.public.as_slice())])),
        (uint(4), list(&[uint(0), blob(&[0; 32])])),
        (uint(5), uint(0)),
    ]
}

/// The least document with one field's value replaced.
fn with(key: usize, value: Item) -> Item {
    let mut fields = fields();
    fields[key].1 = value;
    map(&fields)
}

/// The least document with a field more at the end.
fn and(key: Item, value: Item) -> Item {
    let mut fields = fields();
    fields.push((key, value));
    map(&fields)
}

/// The least document, made longer by an unknown key.
fn of_length(length: usize) -> Item {
    let without = and(uint(11), blob(&[0; 256])).len() - 256;
    and(uint(11), blob(&vec![0; length - without]))
}

fn entry(case: u8, more: &[(Item, Item)]) -> Item {
    let mut fields = vec![(uint(0), blob(&[case; 16])), (uint(1), uint(1)), (uint(2), uint(3))];
    fields.extend_from_slice(more);
    map(&fields)
}

fn entries(all: &[Item]) -> Item {
    and(uint(6), list(all))
}

fn notice(case: u8, state: u64, more: &[(Item, Item)]) -> Item {
    let mut fields = vec![(uint(0), blob(&[case; 16])), (uint(1), uint(1)), (uint(2), uint(state))];
    fields.extend_from_slice(more);
    map(&fields)
}

fn notices(all: &[Item]) -> Item {
    and(uint(7), list(all))
}

fn words(len: usize) -> (Item, Item) {
    (uint(5), text(&"w".repeat(len)))
}

fn a_text(id: u8, len: usize) -> (Item, Item) {
    (uint(4), list(&[blob(&[id; 16]), text(&"t".repeat(len))]))
}

fn many(count: u8, one: impl Fn(u8) -> Item) -> Vec<Item> {
    (0..count).map(one).collect()
}

/// Documents of a later version that this one reads all the same.
pub(crate) fn newer_and_yet_readable() -> Vec<(&'static str, Item)> {
    let negative_inside = map(&[(uint(0), uint(1)), (vec![0x20], uint(1))]);
    vec![
        ("an unknown key", and(uint(11), text("later"))),
        (
            "an unknown key of two bytes",
            and(uint(1_000), list(&[vec![0xf6], vec![0xf4], vec![0x20]])),
        ),
        ("a negative key inside of an unknown one", and(uint(11), negative_inside)),
        ("an unknown key in an entry", entries(&[entry(1, &[(uint(6), uint(9))])])),
        ("an unknown key in a notice", notices(&[notice(1, 1, &[(uint(5), uint(9))])])),
        ("7,053 bytes", of_length(7_053)),
    ]
}

/// What is refused, each for one reason.
pub(crate) fn all() -> Vec<(&'static str, Item)> {
    let whole = map(&fields());
    let mut trailing = whole.clone();
    trailing.push(0);
    let mut indefinite = whole.clone();
    indefinite[0] = 0xbf;
    indefinite.push(0xff);
    let mut long_key = whole.clone();
    long_key.splice(1..2, [0x18, 0]);
    let mut swapped = fields();
    swapped.swap(0, 1);
    let mut twice = fields();
    twice.insert(1, (uint(0), uint(1)));
    let without = |key: usize| {
        let mut fields = fields();
        fields.remove(key);
        map(&fields)
    };
    let deep = list(&[list(&[list(&[list(&[])])])]);
    let of_entry = |more: &[(Item, Item)]| entries(&[entry(1, more)]);
    let taken_back = |more: &[(Item, Item)]| {
        let mut fields = vec![(uint(0), blob(&[1; 16])), (uint(1), uint(1)), (uint(2), uint(0))];
        fields.extend_from_slice(more);
        entries(&[map(&fields)])
    };
    let key = least().receive_key.public;

    let mut cases = vec![
        ("nothing", Vec::new()),
        ("cut short", whole[..whole.len() - 1].to_vec()),
        ("a byte too many", trailing),
        ("no map", list(&[])),
        ("a map of indefinite length", indefinite),
        ("a key of two bytes that needs one", long_key),
        ("a version of two bytes that needs one", with(0, vec![0x18, 1])),
        (
            "a length of two bytes that needs one",
            with(2, [&[0x58, 16], [1; 16].as_slice()].concat()),
        ),
        ("keys out of order", map(&swapped)),
        ("a key twice", map(&twice)),
        ("a key that is a text", and(text("a"), uint(1))),
        ("nested too deep", and(uint(11), deep)),
        ("a tag", and(uint(11), vec![0xc1, 0])),
        ("a float", and(uint(11), vec![0xf9, 0, 0])),
        ("undefined", and(uint(11), vec![0xf7])),
        ("an unknown key that is not deterministic inside", and(uint(11), vec![0x81, 0x18, 1])),
        ("an unknown key with a duplicate inside", and(uint(11), vec![0xa2, 0, 0, 0, 0])),
    ];
    let names = [
        "no version",
        "no range",
        "no incarnation",
        "no receive key",
        "no echo",
        "no epoch sealed to",
    ];
    cases.extend(names.iter().enumerate().map(|(at, name)| (*name, without(at))));
    cases.extend([
        ("a version that is a text", with(0, text("1"))),
        ("a negative version", with(0, vec![0x20])),
        ("a range of one", with(1, list(&[uint(1)]))),
        ("a range upside down", with(1, list(&[uint(2), uint(1)]))),
        ("an incarnation of 15 bytes", with(2, blob(&[1; 15]))),
        ("a receive key a byte too short", with(3, list(&[uint(0), blob(&key[1..])]))),
        ("a receive key without its epoch", with(3, blob(key.as_slice()))),
        ("an echo of 31 bytes", with(4, list(&[uint(0), blob(&[0; 31])]))),
        ("no entries, and yet the key", entries(&[])),
        ("no notices, and yet the key", notices(&[])),
        ("no text ids, and yet the key", and(uint(8), list(&[]))),
        ("goodbye that is false", and(uint(9), vec![0xf4])),
        ("goodbye that is a number", and(uint(9), uint(1))),
        (
            "a kind there is not",
            entries(&[map(&[(uint(0), blob(&[1; 16])), (uint(1), uint(1)), (uint(2), uint(9))])]),
        ),
        (
            "a kind of two bytes",
            entries(&[map(&[(uint(0), blob(&[1; 16])), (uint(1), uint(1)), (uint(2), uint(259))])]),
        ),
        ("a pointer there is not", of_entry(&[(uint(4), uint(5))])),
        ("a pointer of zero", of_entry(&[(uint(4), uint(0))])),
        ("an end date over 32 bits", of_entry(&[(uint(3), uint(1 << 32))])),
        ("words that are empty", of_entry(&[words(0)])),
        ("words that are bytes", of_entry(&[(uint(5), blob(b"w"))])),
        ("words that are not UTF-8", of_entry(&[(uint(5), vec![0x61, 0xff])])),
        ("words of 1,201 bytes", of_entry(&[words(1_201)])),
        (
            "words of 4,801 bytes in all",
            entries(&many(5, |case| entry(case, &[words(if case == 0 { 1 } else { 1_200 })]))),
        ),
        ("an entry without its case", entries(&[map(&[(uint(1), uint(1)), (uint(2), uint(3))])])),
        ("17 entries", entries(&many(17, |case| entry(case, &[])))),
        ("a case in two entries", entries(&[entry(1, &[]), entry(1, &[])])),
        ("taken back with an end date", taken_back(&[(uint(3), uint(1))])),
        ("taken back with a pointer", taken_back(&[(uint(4), uint(1))])),
        ("taken back with words", taken_back(&[words(1)])),
        ("a state there is not", notices(&[notice(1, 5, &[])])),
        ("a state of zero", notices(&[notice(1, 0, &[])])),
        ("a text that is empty", notices(&[notice(1, 3, &[a_text(1, 0)])])),
        ("a text of 4,801 bytes", notices(&[notice(1, 3, &[a_text(1, 4_801)])])),
        (
            "texts of 4,801 bytes in all",
            notices(&[notice(1, 3, &[a_text(1, 4_800)]), notice(2, 3, &[a_text(2, 1)])]),
        ),
        ("a text without its id", notices(&[notice(1, 3, &[(uint(4), text("t"))])])),
        ("65 notices", notices(&many(65, |case| notice(case, 1, &[])))),
        ("a case in two notices", notices(&[notice(1, 1, &[]), notice(1, 2, &[])])),
        ("65 text ids", and(uint(8), list(&many(65, |id| blob(&[id; 16]))))),
        ("a text id twice", and(uint(8), list(&[blob(&[1; 16]), blob(&[1; 16])]))),
        ("a text id of 17 bytes", and(uint(8), list(&[blob(&[1; 17])]))),
        (
            "lanes at a relay that is not canonical",
            and(uint(10), list(&[uint(1), text("https://Relay.example/")])),
        ),
        ("lanes without an epoch", and(uint(10), list(&[text("https://relay.example")]))),
        ("7,054 bytes", of_length(7_054)),
        ("a negative key", and(vec![0x20], uint(1))),
        ("a negative key in an entry", of_entry(&[(vec![0x20], uint(1))])),
        ("a negative key in a notice", notices(&[notice(1, 1, &[(vec![0x38, 24], uint(1))])])),
    ]);
    cases.extend(of_version_2());
    cases
}

/// What is refused of the fields that version 2 added.
fn of_version_2() -> Vec<(&'static str, Item)> {
    let put = |all: &[Item]| and(uint(12), list(all));
    let say = |all: &[Item]| and(uint(14), list(all));
    let proposal = |id: u8, kind: u64, more: &[(Item, Item)]| {
        let mut fields = vec![(uint(0), blob(&[id; 16])), (uint(1), uint(kind))];
        fields.extend_from_slice(more);
        map(&fields)
    };
    let of = |len: usize| [(uint(2), text(&"w".repeat(len)))];
    let about = |len: usize| {
        let fields = [(uint(0), blob(&[1; 16])), (uint(1), text(&"w".repeat(len)))];
        and(uint(13), map(&fields))
    };
    let own = |len: usize| and(uint(15), text(&"w".repeat(len)));
    vec![
        ("no proposals, said", put(&[])),
        ("nine proposals", put(&many(9, |id| proposal(id, 1, &[])))),
        ("a proposal twice", put(&[proposal(1, 1, &[]), proposal(1, 2, &[])])),
        ("a kind of proposal there is not", put(&[proposal(1, 3, &[])])),
        ("a proposal without its kind", put(&[map(&[(uint(0), blob(&[1; 16]))])])),
        ("a proposal that is empty", put(&[proposal(1, 1, &of(0))])),
        ("a proposal of 4,801 bytes", put(&[proposal(1, 1, &of(4_801))])),
        (
            "proposals of 4,801 bytes in all",
            put(&[proposal(1, 1, &of(4_800)), proposal(2, 1, &of(1))]),
        ),
        ("a negative key in a proposal", put(&[proposal(1, 1, &[(vec![0x20], uint(1))])])),
        ("an about without its id", and(uint(13), map(&[(uint(1), text("w"))]))),
        ("an about that is empty", about(0)),
        ("an about of 1,201 bytes", about(1_201)),
        ("nine answers", say(&many(9, |id| proposal(id, 1, &[])))),
        ("an answer twice", say(&[proposal(1, 1, &[]), proposal(1, 3, &[])])),
        ("an answer there is not", say(&[proposal(1, 4, &[])])),
        ("words with an answer that takes none", say(&[proposal(1, 1, &of(1))])),
        ("an answer with words that are empty", say(&[proposal(1, 2, &of(0))])),
        ("an answer with words of 1,201 bytes", say(&[proposal(1, 2, &of(1_201))])),
        ("about oneself that is empty", own(0)),
        ("about oneself of 1,201 bytes", own(1_201)),
        ("about oneself that is bytes", and(uint(15), blob(b"w"))),
    ]
}
