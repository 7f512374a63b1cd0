//! Rules on the bindings: what UniFFI carries into other languages, and who may see what it writes.

use super::source::has_word;
use super::tree::{File, Tree};

/// The facade's own files.
fn facade(tree: &Tree) -> impl Iterator<Item = &File> {
    tree.files.iter().filter(|file| file.path.starts_with("bindings/src/") && file.is(&["rs"]))
}

/// A doc comment becomes one of Kotlin's, which these marks would open or end.
pub(crate) fn comment_marks(tree: &Tree) -> Vec<String> {
    let marks = [concat!("/", "*"), concat!("*", "/")];
    lines(facade(tree), |line| is_doc(line) && marks.iter().any(|mark| line.contains(mark)))
}

/// The scaffolding that UniFFI writes is unsafe, so that the lint cannot forbid it there.
pub(crate) fn no_unsafe(tree: &Tree) -> Vec<String> {
    lines(facade(tree), |line| {
        let code = line.split("//").next().unwrap_or_default();
        has_word(code, concat!("un", "safe"))
    })
}

/// What is exported is read in Kotlin and Swift: types, their fields and cases, functions.
///
/// Looks at files as rustfmt leaves them. The compiler's own lint sees only what is public in Rust.
pub(crate) fn documented(tree: &Tree) -> Vec<String> {
    let mut broken = Vec::new();
    for file in facade(tree) {
        let lines: Vec<&str> = file.text.lines().collect();
        let mut item = Item::Other;
        for (at, line) in lines.iter().enumerate() {
            if *line == "mod tests {" {
                break;
            }
            let starts = !line.starts_with([' ', '}', ')', '/', '#']) && !line.is_empty();
            if starts {
                item = Item::of(&lines, at);
            }
            let is_part =
                line.starts_with("    ") && !line.starts_with("     ") && item.has_part(line);
            let is_item = starts && item != Item::Other && item != Item::Functions;
            if (is_part || is_item) && !has_doc(&lines, at) {
                broken.push(format!("{}:{}: {}", file.path, at + 1, line.trim()));
            }
        }
    }
    broken
}

/// A top-level item that is exported, by what stands inside its braces.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Item {
    Fields,
    Cases,
    Functions,
    Trait,
    Function,
    Other,
}

impl Item {
    fn of(lines: &[&str], at: usize) -> Self {
        let attributes = above(lines, at).filter(|line| !is_doc(line));
        if !attributes.into_iter().any(|line| line.contains("uniffi::") || line.starts_with(")]")) {
            return Self::Other;
        }
        let words = [
            ("pub struct ", Self::Fields),
            ("pub enum ", Self::Cases),
            ("pub trait ", Self::Trait),
            ("pub fn ", Self::Function),
            ("impl ", Self::Functions),
        ];
        let line = lines[at].replace("pub(crate) ", "pub ");
        words.iter().find(|(word, _)| line.starts_with(word)).map_or(Self::Other, |(_, item)| *item)
    }

    fn has_part(self, line: &str) -> bool {
        let part = line.trim_start();
        match self {
            Self::Fields => part.starts_with("pub "),
            Self::Cases => part.starts_with(|c: char| c.is_ascii_uppercase()),
            Self::Functions => part.starts_with("pub fn "),
            Self::Trait => part.starts_with("fn "),
            Self::Function | Self::Other => false,
        }
    }
}

fn has_doc(lines: &[&str], at: usize) -> bool {
    above(lines, at).any(is_doc)
}

/// The comments and attributes that belong to a line, from the nearest on.
fn above<'a>(lines: &'a [&'a str], at: usize) -> impl Iterator<Item = &'a str> {
    let belongs = |line: &&str| {
        let text = line.trim_start();
        is_doc(text) || text.starts_with("#[") || text.ends_with(")]") || text.starts_with("//")
    };
    lines[..at].iter().rev().copied().take_while(belongs)
}

fn is_doc(line: &str) -> bool {
    let text = line.trim_start();
    text.starts_with("///") || text.starts_with("//!")
}

/// Everything generated is public. Only the layer that is written by hand may see it.
pub(crate) fn generated_is_hidden(tree: &Tree) -> Vec<String> {
    let kotlin = concat!("org.attune", ".ffi");
    let swift = ["AttuneGenerated", "AttuneFFI"];
    let mut broken = Vec::new();
    for file in &tree.files {
        let sees = |line: &str| match file.path.rsplit('.').next() {
            Some("kt" | "java" | "kts") => line.contains(kotlin),
            Some("swift") => {
                has_word(line, "import") && swift.iter().any(|module| has_word(line, module))
            }
            _ => false,
        };
        let may = ["bindings/kotlin/attune/src/main/", "bindings/swift/Sources/Attune/"];
        if !may.iter().any(|folder| file.path.starts_with(folder)) {
            broken.extend(lines([file], sees));
        }
    }
    broken
}

/// An app that is shrunk keeps what native code looks up by name.
pub(crate) fn shrinking_keeps(tree: &Tree) -> Vec<String> {
    const RULES: &str = "bindings/kotlin/consumer-rules.pro";
    let Some(file) = tree.file(RULES) else {
        return vec![format!("{RULES} is missing")];
    };
    let kept = ["com.sun.jna", concat!("org.attune", ".ffi")];
    let rules = kept.map(|package| format!("-keep class {package}.** {{ *; }}"));
    let missing = rules.iter().filter(|rule| !file.text.lines().any(|line| line.trim() == **rule));
    missing.map(|rule| format!("{RULES} lacks: {rule}")).collect()
}

fn lines<'a>(
    files: impl IntoIterator<Item = &'a File>,
    is_bad: impl Fn(&str) -> bool,
) -> Vec<String> {
    let mut broken = Vec::new();
    for file in files {
        for (line, at) in file.text.lines().zip(1..) {
            if is_bad(line) {
                broken.push(format!("{}:{at}: {}", file.path, line.trim()));
            }
        }
    }
    broken
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(rule: fn(&Tree) -> Vec<String>, path: &str, text: &str, broken: usize) {
        let lines = rule(&Tree::of(&[(path, text)]));
        assert_eq!(lines.len(), broken, "{path}: {text}: {lines:?}");
    }

    #[test]
    fn marks_of_comments_are_found_in_comments_alone() {
        let path = "bindings/src/vault.rs";
        check(comment_marks, path, concat!("    /// Files in org/", "*: all."), 1);
        check(comment_marks, path, concat!("//! See *", "/ there."), 1);
        check(comment_marks, path, concat!("let any = \"/", "*\";"), 0);
        check(comment_marks, "core/src/vault.rs", concat!("/// org/", "*"), 0);
    }

    #[test]
    fn hand_written_unsafe_code_is_found() {
        let path = "bindings/src/vault.rs";
        check(no_unsafe, path, concat!("    un", "safe { x() }"), 1);
        check(no_unsafe, path, concat!("// nothing un", "safe here"), 0);
        check(no_unsafe, "cipher/src/lib.rs", concat!("un", "safe {}"), 0);
    }

    #[test]
    fn exports_without_a_comment_are_found() {
        let path = "bindings/src/a.rs";
        let good = "/// A day.\n#[derive(Debug, uniffi::Record)]\npub struct Day {\n    /// Its \
                    number.\n    pub number: i64,\n}\n\npub struct Own {\n    pub x: u8,\n}\n";
        check(documented, path, good, 0);
        check(documented, path, &good.replace("    /// Its number.\n", ""), 1);
        check(documented, path, &good.replace("/// A day.\n", ""), 1);
        let cases = "/// Why.\n#[derive(uniffi::Enum)]\n#[non_exhaustive]\npub enum Why {\n    \
                     /// Late.\n    Late,\n    Early { by: u8 },\n}\n";
        check(documented, path, cases, 1);
        let object = "#[uniffi::export]\nimpl Vault {\n    /// Opens.\n    #[uniffi::constructor]\n    \
                      pub fn open() {}\n\n    pub fn close(&self) {\n        pub_fn();\n    }\n}\n";
        check(documented, path, object, 1);
        check(documented, path, "#[uniffi::export]\npub fn help() {}\n", 1);
        let store = "/// Keys.\n#[uniffi::export(with_foreign)]\npub trait Keys {\n    fn seal(&self);\n}\n";
        check(documented, path, store, 1);
        check(documented, path, "mod tests {\n    #[uniffi::export]\n    pub fn x() {}\n}\n", 0);
    }

    #[test]
    fn who_sees_what_is_generated_is_found() {
        let import = concat!("import org.attune", ".ffi.Vault\n");
        check(generated_is_hidden, "android/app/src/main/kotlin/A.kt", import, 1);
        check(generated_is_hidden, "bindings/kotlin/attune/src/test/kotlin/A.kt", import, 1);
        check(generated_is_hidden, "bindings/kotlin/attune/src/main/kotlin/A.kt", import, 0);
        for import in ["import AttuneGenerated\n", "@testable import AttuneFFI\n"] {
            check(generated_is_hidden, "ios/App/A.swift", import, 1);
            check(generated_is_hidden, "bindings/swift/Tests/AttuneTests/A.swift", import, 1);
            check(generated_is_hidden, "bindings/swift/Sources/Attune/A.swift", import, 0);
        }
        check(generated_is_hidden, "bindings/swift/Package.swift", "name: \"AttuneGenerated\"", 0);
    }

    #[test]
    fn rules_that_keep_too_little_are_found() {
        let path = "bindings/kotlin/consumer-rules.pro";
        let jna = "-keep class com.sun.jna.** { *; }\n";
        let ours = concat!("-keep class org.attune", ".ffi.** { *; }\n");
        check(shrinking_keeps, path, &format!("{jna}{ours}"), 0);
        check(shrinking_keeps, path, jna, 1);
        check(shrinking_keeps, path, &format!("{jna}# {ours}"), 1);
        check(shrinking_keeps, "README.md", "", 1);
    }
}
