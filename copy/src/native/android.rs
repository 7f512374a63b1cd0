//! Android's `strings.xml`. What is escaped, and why, is in the platform's guide to string resources.

use super::{Body, Kind, Language, Piece, Text};

const HEAD: &str = "\
<?xml version=\"1.0\" encoding=\"utf-8\"?>
<!-- Written by `cargo xtask copy` from copy/. Change the texts there. -->
<resources>
";

/// The id in `R.string` or `R.plurals`.
pub(super) fn name(id: &str) -> String {
    id.replace('-', "_")
}

/// The folder's qualifier: `-de`, `-pt-rBR`, `-b+zh+Hant`.
pub(super) fn qualifier(tag: &str) -> String {
    let parts: Vec<_> = tag.split('-').collect();
    match parts.as_slice() {
        [language] => format!("-{language}"),
        [language, region] if region.len() == 2 => format!("-{language}-r{region}"),
        _ => format!("-b+{}", parts.join("+")),
    }
}

/// The whole file.
pub(super) fn file(language: &Language) -> String {
    let mut xml = HEAD.to_owned();
    let mut group = "";
    for text in &language.texts {
        if text.group != group {
            group = &text.group;
            xml.push_str(&format!("\n    <!-- {} -->\n\n", comment(group)));
        }
        let note = text.note(sign);
        if !note.is_empty() {
            xml.push_str(&format!("    <!-- {} -->\n", comment(&note)));
        }
        entry(text, &mut xml);
    }
    xml.push_str("</resources>\n");
    xml
}

fn entry(text: &Text, xml: &mut String) {
    let name = name(&text.id);
    match &text.body {
        Body::Plain(pieces) => {
            let value = value(text, pieces);
            // Else a percent sign would be taken for a placeholder's.
            let is_bare = text.placeholders.is_empty() && value.contains('%');
            let formatted = if is_bare { " formatted=\"false\"" } else { "" };
            xml.push_str(&format!("    <string name=\"{name}\"{formatted}>{value}</string>\n"));
        }
        Body::Plural(forms) => {
            xml.push_str(&format!("    <plurals name=\"{name}\">\n"));
            for (category, pieces) in forms {
                let (quantity, value) = (category.name(), value(text, pieces));
                xml.push_str(&format!("        <item quantity=\"{quantity}\">{value}</item>\n"));
            }
            xml.push_str("    </plurals>\n");
        }
    }
}

fn value(text: &Text, pieces: &[Piece]) -> String {
    let mut value = String::new();
    for piece in pieces {
        match piece {
            Piece::Value(index) => value.push_str(&sign(*index, text.placeholders[*index].kind)),
            Piece::Words(words) if text.placeholders.is_empty() => value.push_str(&escaped(words)),
            Piece::Words(words) => value.push_str(&escaped(&words.replace('%', "%%"))),
        }
    }
    kept(&value)
}

fn sign(index: usize, kind: Kind) -> String {
    format!("%{}${}", index + 1, if kind == Kind::Number { "d" } else { "s" })
}

fn escaped(words: &str) -> String {
    let mut all = String::new();
    for c in words.chars() {
        match c {
            '&' => all.push_str("&amp;"),
            '<' => all.push_str("&lt;"),
            '>' => all.push_str("&gt;"),
            '\\' => all.push_str("\\\\"),
            '\'' => all.push_str("\\'"),
            '"' => all.push_str("\\\""),
            '\n' => all.push_str("\\n"),
            // Marks of direction, which nobody would see in the file.
            '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
                all.push_str(&format!("\\u{:04x}", u32::from(c)));
            }
            c => all.push(c),
        }
    }
    all
}

/// Spaces that would be taken away (at the ends, and after another one), and signs that would make the
/// text a reference, if it begins with one.
fn kept(value: &str) -> String {
    let last = value.chars().count().saturating_sub(1);
    let mut all = String::new();
    let mut before = ' ';
    for (at, c) in value.chars().enumerate() {
        match c {
            ' ' if before == ' ' || at == last => all.push_str("\\u0020"),
            '@' | '?' if at == 0 => all.extend(['\\', c]),
            c => all.push(c),
        }
        before = c;
    }
    all
}

/// Two hyphens would end a comment, and so would one at its end.
fn comment(text: &str) -> String {
    let mut all = text.to_owned();
    while all.contains("--") {
        all = all.replace("--", "- -");
    }
    if all.ends_with('-') { all + "." } else { all }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_xml_and_android_would_read_otherwise_is_escaped() {
        for (words, written) in [
            ("a & b < c > d", "a &amp; b &lt; c &gt; d"),
            ("it's \"so\"", "it\\'s \\\"so\\\""),
            ("a\\n", "a\\\\n"),
            ("a\nb", "a\\nb"),
            ("@me", "\\@me"),
            ("?me", "\\?me"),
            ("me@here?", "me@here?"),
            (" a  b ", "\\u0020a \\u0020b\\u0020"),
            (" ", "\\u0020"),
            ("\u{200f}a", "\\u200fa"),
        ] {
            assert_eq!(kept(&escaped(words)), written, "{words:?}");
        }
    }

    #[test]
    fn a_percent_sign_is_doubled_only_where_values_are_put_in() {
        let xml = |source| file(&Language::read("en", &[source], None).unwrap());
        let plain = "<string name=\"a\" formatted=\"false\">5 % or 6 %</string>";
        assert!(xml("a = 5 % or 6 %\n").contains(plain));
        let with_value = "<string name=\"a\">5 %% of %1$d</string>";
        assert!(xml("# $n (Number)\na = 5 % of { $n }\n").contains(with_value));
    }

    #[test]
    fn a_comment_cannot_end_early() {
        assert_eq!(comment("a -- b ---"), "a - - b - - -.");
    }

    #[test]
    fn folders_are_named_as_android_wants_it() {
        for (tag, folder) in [
            ("de", "-de"),
            ("pt-BR", "-pt-rBR"),
            ("zh-Hant", "-b+zh+Hant"),
            ("es-419", "-b+es+419"),
            ("zh-Hant-HK", "-b+zh+Hant+HK"),
        ] {
            assert_eq!(qualifier(tag), folder);
        }
    }
}
