//! Just enough JSON to read one line of the demo or of cargo: the members of an object, as text.
//!
//! Grammar: RFC 8259. Nested values are skipped over as a whole, with their brackets matched.

/// The members of the object in `text`: name, and the value as written. `None` if it is no object.
pub(crate) fn members(text: &str) -> Option<Vec<(String, String)>> {
    let mut rest = text.trim().strip_prefix('{')?.trim_start();
    let mut members = Vec::new();
    if let Some(after) = rest.strip_prefix('}') {
        return after.is_empty().then_some(members);
    }
    loop {
        let (name, after) = string(rest)?;
        rest = after.trim_start().strip_prefix(':')?.trim_start();
        let end = value_end(rest)?;
        members.push((name.to_owned(), rest[..end].trim_end().to_owned()));
        rest = rest[end..].trim_start();
        if let Some(after) = rest.strip_prefix('}') {
            return after.is_empty().then_some(members);
        }
        rest = rest.strip_prefix(',')?.trim_start();
    }
}

/// The value of a member as written.
pub(crate) fn value<'a>(members: &'a [(String, String)], name: &str) -> Option<&'a str> {
    members.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
}

/// The text of a member that is a string, escapes as written.
pub(crate) fn text<'a>(members: &'a [(String, String)], name: &str) -> Option<&'a str> {
    value(members, name)?.strip_prefix('"')?.strip_suffix('"')
}

/// The text of the string at the start of `text`, escapes as written, and what follows it.
fn string(text: &str) -> Option<(&str, &str)> {
    let inside = text.strip_prefix('"')?;
    let mut escaped = false;
    for (at, letter) in inside.char_indices() {
        match letter {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return Some((&inside[..at], &inside[at + 1..])),
            _ => {}
        }
    }
    None
}

/// Where the value at the start of `text` ends.
fn value_end(text: &str) -> Option<usize> {
    let mut open = Vec::new();
    let mut at = 0;
    while let Some(letter) = text[at..].chars().next() {
        match letter {
            '"' => {
                let (_, after) = string(&text[at..])?;
                at = text.len() - after.len();
                continue;
            }
            '{' => open.push('}'),
            '[' => open.push(']'),
            '}' | ']' if open.last() == Some(&letter) => {
                open.pop();
            }
            ',' | '}' if open.is_empty() => return (at > 0).then_some(at),
            '}' | ']' => return None,
            _ => {}
        }
        at += letter.len_utf8();
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, wanted: Option<&[(&str, &str)]>) {
        let wanted = wanted.map(|wanted| {
            wanted.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect()
        });
        assert_eq!(members(text), wanted, "{text}");
    }

    #[test]
    fn members_are_read_in_order() {
        check("{}", Some(&[]));
        check(r#"{"a":1}"#, Some(&[("a", "1")]));
        check(r#" {"a": "x, }", "b": true } "#, Some(&[("a", "\"x, }\""), ("b", "true")]));
        check(
            r#"{"a":{"b":[1,"]"]},"c":"\"é"}"#,
            Some(&[("a", r#"{"b":[1,"]"]}"#), ("c", r#""\"é""#)]),
        );
    }

    #[test]
    fn values_are_found_by_name() {
        let members = members(r#"{"a":"x","b":{"c":null}}"#).unwrap();
        assert_eq!(value(&members, "b"), Some(r#"{"c":null}"#));
        assert_eq!((text(&members, "a"), text(&members, "b")), (Some("x"), None));
        assert_eq!(value(&members, "c"), None);
    }

    #[test]
    fn what_is_no_object_is_refused() {
        for text in
            ["", "[]", "{", r#"{"a"}"#, r#"{"a":}"#, r#"{"a":1}x"#, r#"{"a":1"#, r#"{"a:1}"#]
        {
            check(text, None);
        }
    }
}
