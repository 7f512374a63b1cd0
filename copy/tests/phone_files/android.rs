//! Android's `strings.xml`: just the parts that ours has, by the platform's rules for them.

use std::collections::BTreeMap;

/// By name, then by plural form (or ""), with all escapes undone.
pub(crate) fn read(xml: &str) -> BTreeMap<String, BTreeMap<String, String>> {
    let mut all: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
    let mut rest = xml.strip_prefix("<?xml version=\"1.0\" encoding=\"utf-8\"?>").unwrap();
    let (mut depth, mut name, mut form) = (Vec::new(), String::new(), String::new());
    while let Some((before, after)) = rest.split_once('<') {
        let is_leaf = depth.last().is_some_and(|tag| *tag == "string" || *tag == "item");
        assert!(is_leaf || before.trim().is_empty(), "words outside of a text: {before}");
        if let Some(comment) = after.strip_prefix("!--") {
            let (words, next) = comment.split_once("-->").unwrap();
            assert!(!words.contains("--") && !words.ends_with('-'), "{words}");
            rest = next;
            continue;
        }
        let (tag, next) = after.split_once('>').unwrap();
        rest = next;
        if let Some(tag) = tag.strip_prefix('/') {
            assert_eq!(depth.pop(), Some(tag));
            if is_leaf {
                let twice =
                    all.entry(name.clone()).or_default().insert(form.clone(), unescaped(before));
                assert_eq!(twice, None, "{name}");
            }
            continue;
        }
        let kind = tag.split(' ').next().unwrap();
        match (depth.last().copied(), kind) {
            (None, "resources") => {}
            (Some("resources"), "string" | "plurals") => {
                name = attribute(tag, "name");
                form.clear();
            }
            (Some("plurals"), "item") => form = attribute(tag, "quantity"),
            (outer, kind) => panic!("{kind} within {outer:?}"),
        }
        depth.push(kind);
    }
    assert!(depth.is_empty() && rest.trim().is_empty());
    all
}

/// As Java's `Formatter` does it; a text without values is not formatted.
pub(crate) fn format(text: &str, values: &[String]) -> String {
    if values.is_empty() {
        return text.to_owned();
    }
    let mut all = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('%') {
        all.push_str(before);
        if let Some(next) = after.strip_prefix('%') {
            all.push('%');
            rest = next;
            continue;
        }
        let (number, next) = after.split_once('$').unwrap();
        all.push_str(&values[number.parse::<usize>().unwrap() - 1]);
        rest = next.strip_prefix(['s', 'd']).unwrap();
    }
    all + rest
}

fn attribute(tag: &str, name: &str) -> String {
    let (_, rest) = tag.split_once(&format!(" {name}=\"")).unwrap();
    rest.split_once('"').unwrap().0.to_owned()
}

fn unescaped(text: &str) -> String {
    assert!(!text.starts_with(['@', '?']), "a reference: {text}");
    let mut xml = text.to_owned();
    for (entity, sign) in [("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")] {
        xml = xml.replace(entity, sign);
    }
    let mut all = String::new();
    let mut before = ' ';
    let mut signs = xml.chars();
    while let Some(c) = signs.next() {
        assert!(c != '\'' && c != '"', "a bare quote is taken away: {text}");
        assert!(c != ' ' || before != ' ', "a second space is taken away: {text}");
        before = c;
        if c != '\\' {
            all.push(c);
            continue;
        }
        match signs.next().unwrap() {
            'n' => all.push('\n'),
            'u' => {
                let digits: String = signs.by_ref().take(4).collect();
                let code = u32::from_str_radix(&digits, 16).unwrap();
                all.push(char::from_u32(code).unwrap());
            }
            c @ ('\'' | '"' | '\\' | '@' | '?') => all.push(c),
            c => panic!("no escape: {c}"),
        }
    }
    assert!(before != ' ', "a space at the end is taken away: {text}");
    all
}
