//! Apple's string catalog, `Localizable.xcstrings`: JSON, with all languages in one file.

use serde_json::{Map, Value, json};

use super::{Body, FIRST, Kind, Language, Piece, Text};

/// The whole file. The first language is the one that the others were translated from.
pub(super) fn file(languages: &[&Language]) -> String {
    let mut strings = Map::new();
    for language in languages {
        for text in &language.texts {
            let entry = strings.entry(&text.id).or_insert_with(|| head(text));
            entry["localizations"][&language.tag] = localization(text);
        }
    }
    let all = json!({ "sourceLanguage": FIRST, "strings": strings, "version": "1.0" });
    let mut out = String::new();
    write(&all, 0, &mut out);
    out.push('\n');
    out
}

/// `manual` says that the key comes from elsewhere: else Xcode would mark it as no longer used.
fn head(text: &Text) -> Value {
    let mut head = json!({ "extractionState": "manual", "localizations": {} });
    let sign = |index, kind| sign(text, index, kind);
    let note = [text.group.clone(), text.note(sign)].join("\n");
    let note = note.trim();
    if !note.is_empty() {
        head["comment"] = note.into();
    }
    head
}

fn localization(text: &Text) -> Value {
    let unit = |pieces: &[Piece]| json!({ "stringUnit": { "state": "translated", "value": value(text, pieces) } });
    match &text.body {
        Body::Plain(pieces) => unit(pieces),
        Body::Plural(forms) => {
            let forms: Map<String, Value> = forms
                .iter()
                .map(|(category, pieces)| (category.name().to_owned(), unit(pieces)))
                .collect();
            json!({ "variations": { "plural": forms } })
        }
    }
}

fn value(text: &Text, pieces: &[Piece]) -> String {
    let piece = |piece: &Piece| match piece {
        Piece::Value(index) => sign(text, *index, text.placeholders[*index].kind),
        Piece::Words(words) if text.placeholders.is_empty() => words.clone(),
        Piece::Words(words) => words.replace('%', "%%"),
    };
    pieces.iter().map(piece).collect()
}

/// One alone needs no position, and the choice of a plural form looks for it without.
fn sign(text: &Text, index: usize, kind: Kind) -> String {
    let kind = if kind == Kind::Number { "lld" } else { "@" };
    if text.placeholders.len() == 1 { format!("%{kind}") } else { format!("%{}${kind}", index + 1) }
}

/// As Xcode writes it, so that opening the file there changes nothing: two spaces, keys in order, and
/// a space on each side of the colon. Marks of direction are escaped: nobody would see them.
fn write(value: &Value, depth: usize, out: &mut String) {
    let Value::Object(members) = value else {
        out.push_str(&escaped(&value.to_string()));
        return;
    };
    if members.is_empty() {
        out.push_str("{\n\n");
    } else {
        out.push_str("{\n");
    }
    let mut members: Vec<_> = members.iter().collect();
    members.sort_by_key(|(key, _)| *key);
    let count = members.len();
    for (at, (key, member)) in members.into_iter().enumerate() {
        out.push_str(&"  ".repeat(depth + 1));
        out.push_str(&escaped(&Value::from(key.as_str()).to_string()));
        out.push_str(" : ");
        write(member, depth + 1, out);
        out.push_str(if at + 1 < count { ",\n" } else { "\n" });
    }
    out.push_str(&"  ".repeat(depth));
    out.push('}');
}

fn escaped(json: &str) -> String {
    let mut all = String::new();
    for c in json.chars() {
        match c {
            '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
                all.push_str(&format!("\\u{:04x}", u32::from(c)));
            }
            c => all.push(c),
        }
    }
    all
}
