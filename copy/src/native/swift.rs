//! The texts' ids as Swift names with their placeholders, so that a wrong one does not compile.

use super::{FIRST, Kind, Language, Text};

/// Where it lies. It names every id, which is no use of one.
pub(super) const PATH: &str = "ios/Sources/AttuneUI/Words/Keys.swift";

/// The whole file, in the order of the ids.
pub(super) fn file(language: &Language) -> String {
    let mut texts: Vec<&Text> = language.texts.iter().collect();
    texts.sort_by_key(|text| &text.id);
    let mut out = format!(
        "// Written by `cargo xtask copy` from copy/{FIRST}: every text that the client reads, by its id.\n\
         \nextension Words {{\n"
    );
    for text in texts {
        out.push_str(&member(text));
    }
    out.push_str("}\n");
    out
}

/// The name in Swift: `home-mark` is `homeMark`.
pub(super) fn name(id: &str) -> String {
    let mut parts = id.split('-');
    let mut name = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let mut letters = part.chars();
        name.extend(letters.next().map(|first| first.to_ascii_uppercase()));
        name.extend(letters);
    }
    name
}

fn member(text: &Text) -> String {
    let (name, id) = (name(&text.id), &text.id);
    if text.placeholders.is_empty() {
        return format!("  static let {name} = Words(\"{id}\")\n");
    }
    let (mut taken, mut given) = (Vec::new(), String::new());
    for placeholder in &text.placeholders {
        let (kind, value) = match placeholder.kind {
            Kind::Number => ("Int", "count"),
            Kind::Words => ("String", "text"),
        };
        taken.push(format!("{}: {kind}", placeholder.name));
        given.push_str(&format!(", .{value}({})", placeholder.name));
    }
    let taken = taken.join(", ");
    format!("  static func {name}({taken}) -> Words {{\n    Words(\"{id}\"{given})\n  }}\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_becomes_a_name_of_swift() {
        assert_eq!(name("home-mark"), "homeMark");
        assert_eq!(name("wait"), "wait");
        assert_eq!(name("limit-of-2-words"), "limitOf2Words");
    }
}
