//! Apple's string catalog: just the parts that ours has.

use std::collections::BTreeMap;

use serde_json::Value;

/// By key, language and plural form (or "").
type Catalog = BTreeMap<String, BTreeMap<String, BTreeMap<String, String>>>;

pub(crate) fn read(json: &str) -> Catalog {
    let all: Value = serde_json::from_str(json).unwrap();
    assert_eq!((&all["version"], &all["sourceLanguage"]), (&"1.0".into(), &"en".into()));
    let strings = all["strings"].as_object().unwrap();
    let entry = |(key, entry): (&String, &Value)| {
        assert_eq!(entry["extractionState"], "manual", "{key}");
        let languages = entry["localizations"].as_object().unwrap().iter();
        (key.clone(), languages.map(|(tag, text)| (tag.clone(), forms(text))).collect())
    };
    strings.iter().map(entry).collect()
}

/// As `String(format:)` does it; a text without values is not formatted.
pub(crate) fn format(text: &str, values: &[String]) -> String {
    if values.is_empty() {
        return text.to_owned();
    }
    let mut all = String::new();
    let (mut rest, mut next_value) = (text, 0);
    while let Some((before, after)) = rest.split_once('%') {
        all.push_str(before);
        if let Some(next) = after.strip_prefix('%') {
            all.push('%');
            rest = next;
            continue;
        }
        let digits = after.chars().take_while(char::is_ascii_digit).count();
        let (index, kind) = match after.split_at(digits) {
            ("", kind) => (next_value, kind),
            (number, kind) => {
                (number.parse::<usize>().unwrap() - 1, kind.strip_prefix('$').unwrap())
            }
        };
        next_value += 1;
        all.push_str(&values[index]);
        rest = kind.strip_prefix("lld").or_else(|| kind.strip_prefix('@')).unwrap();
    }
    all + rest
}

fn forms(text: &Value) -> BTreeMap<String, String> {
    let value = |unit: &Value| {
        assert_eq!(unit["stringUnit"]["state"], "translated");
        unit["stringUnit"]["value"].as_str().unwrap().to_owned()
    };
    match text.get("variations") {
        None => [(String::new(), value(text))].into(),
        Some(by) => {
            let forms = by["plural"].as_object().unwrap().iter();
            forms.map(|(form, unit)| (form.clone(), value(unit))).collect()
        }
    }
}
