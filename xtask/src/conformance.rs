//! What the bindings promise (`bindings/CONFORMANCE.md`), and which tests say that they hold it.
//!
//! A promise is a list item that begins with its id in backticks. A test names the promises that it
//! holds at the beginning of its display name, before a colon: `moment.flag, moment.undo: A mark is
//! there at once`. In Kotlin that is `@DisplayName` on a test function, in Swift the name in `@Test`.

/// Where the promises are listed.
pub(crate) const LIST: &str = "bindings/CONFORMANCE.md";

/// A language of the bindings: where its tests are, and how they are marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Language {
    Kotlin,
    Swift,
}

impl Language {
    pub(crate) const ALL: [Self; 2] = [Self::Kotlin, Self::Swift];

    /// Its name as a word of a sentence.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Kotlin => "Kotlin",
            Self::Swift => "Swift",
        }
    }

    /// Its name on a command line.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Kotlin => "kotlin",
            Self::Swift => "swift",
        }
    }

    /// Whether a file holds tests of this language, by its path below the root.
    pub(crate) fn is_test_file(self, path: &str) -> bool {
        match self {
            Self::Kotlin => {
                path.starts_with("bindings/kotlin/")
                    && path.contains("/src/test/")
                    && path.ends_with(".kt")
            }
            Self::Swift => path.starts_with("bindings/swift/Tests/") && path.ends_with(".swift"),
        }
    }

    /// The tests in a file that name a promise: the ids of each.
    pub(crate) fn tests(self, text: &str) -> Vec<Vec<&str>> {
        let mark = match self {
            Self::Kotlin => "@DisplayName(",
            Self::Swift => "@Test(",
        };
        let named = text.match_indices(mark).filter_map(|(at, _)| {
            let name = quoted(&text[at + mark.len()..])?;
            let after = at + mark.len() + text[at + mark.len()..].find(name)? + name.len();
            let is_test = !is_comment(text, at)
                && match self {
                    Self::Kotlin => is_kotlin_test(text, at, after),
                    Self::Swift => true,
                };
            is_test.then(|| ids(name))
        });
        named.filter(|ids| !ids.is_empty()).collect()
    }
}

/// The ids of the list, in its order.
pub(crate) fn promises(list: &str) -> Vec<&str> {
    let items = list.lines().filter_map(|line| line.strip_prefix("- `"));
    items.filter_map(|item| item.split_once('`').map(|(id, _)| id)).collect()
}

/// The string that a call begins with, as written.
fn quoted(text: &str) -> Option<&str> {
    text.trim_start().strip_prefix('"')?.split('"').next()
}

/// What stands before the first colon, if all of it is ids.
fn ids(name: &str) -> Vec<&str> {
    let Some((before, _)) = name.split_once(':') else {
        return Vec::new();
    };
    let words: Vec<&str> = before.split(',').map(str::trim).collect();
    if words.iter().all(|word| is_id(word)) { words } else { Vec::new() }
}

/// `moment.flag`, `moment.ten-thousand`.
fn is_id(word: &str) -> bool {
    let part = |part: &str| {
        !part.is_empty()
            && part.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
    };
    word.split_once('.').is_some_and(|(area, rest)| part(area) && part(rest))
}

/// Whether what is at `at` is commented out.
fn is_comment(text: &str, at: usize) -> bool {
    let line = text[..at].rsplit('\n').next().unwrap_or_default();
    line.contains("//")
}

/// Whether the annotation from `at` to `after` marks a test function, and not a class of tests.
fn is_kotlin_test(text: &str, at: usize, after: usize) -> bool {
    let line = text[..at].rfind('\n').map_or(0, |end| end + 1);
    let above = text[..line].lines().rev().take_while(|line| line.trim_start().starts_with('@'));
    let below = text[after..].split("fun ").next().unwrap_or_default();
    let mut annotations: Vec<&str> = above.collect();
    annotations.extend([&text[line..at], below]);
    let marks = ["@Test", "@ParameterizedTest", "@RepeatedTest"];
    !below.contains("class ")
        && annotations.iter().any(|line| marks.iter().any(|mark| line.contains(mark)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn promises_are_the_ids_that_items_begin_with() {
        let list = "# A\n\n- `vault.create` A `word` in it.\n  - `not.one`\n- no id\ntext `a.b`\n- `copy.refused` B\n";
        assert_eq!(promises(list), ["vault.create", "copy.refused"]);
    }

    fn check(language: Language, text: &str, wanted: &[&[&str]]) {
        assert_eq!(language.tests(text), wanted, "{text}");
    }

    #[test]
    fn kotlin_tests_name_their_ids() {
        let named =
            "    @Test\n    @DisplayName(\"moment.flag: It is there\")\n    fun flag() {}\n";
        check(Language::Kotlin, named, &[&["moment.flag"]]);
        let turned = "@DisplayName(\n  \"a.b, c.d-e: Both\",\n)\n@Tag(\"slow\")\n@Test\nfun both() = runTest {}\n";
        check(Language::Kotlin, turned, &[&["a.b", "c.d-e"]]);
        check(
            Language::Kotlin,
            "@Test @DisplayName(\"a.b: fun in class \") fun one() {}",
            &[&["a.b"]],
        );
    }

    #[test]
    fn what_is_no_kotlin_test_names_nothing() {
        let class =
            "@DisplayName(\"a.b: All of it\")\nclass All {\n    @Test\n    fun one() {}\n}\n";
        check(Language::Kotlin, class, &[]);
        check(
            Language::Kotlin,
            "@DisplayName(\"a.b: helps\")\nfun helps() {}\n@Test\nfun x() {}",
            &[],
        );
        check(Language::Kotlin, "@Test\n@DisplayName(\"no id: here\")\nfun x() {}", &[]);
        check(Language::Kotlin, "@Test\n@DisplayName(\"a.b without a colon\")\nfun x() {}", &[]);
        check(Language::Kotlin, "// @Test @DisplayName(\"a.b: not now\") fun x() {}", &[]);
    }

    #[test]
    fn swift_tests_name_their_ids() {
        check(Language::Swift, "@Test(\"a.b: It is\") func x() {}\n@Test func y() {}", &[&["a.b"]]);
        check(
            Language::Swift,
            "@Test(\n  \"a.b: It is\", arguments: [1, 2])\nfunc x() {}",
            &[&["a.b"]],
        );
        check(Language::Swift, "    // @Test(\"a.b: not now\") func x() {}", &[]);
        check(Language::Swift, "@Test(arguments: [\"a.b: x\"]) func x() {}", &[]);
    }

    #[test]
    fn test_files_are_known_by_their_place() {
        let kotlin = "bindings/kotlin/attune/src/test/kotlin/org/attune/MomentTest.kt";
        let swift = "bindings/swift/Tests/AttuneTests/Moments.swift";
        assert!(Language::Kotlin.is_test_file(kotlin) && !Language::Swift.is_test_file(kotlin));
        assert!(Language::Swift.is_test_file(swift) && !Language::Kotlin.is_test_file(swift));
        assert!(!Language::Kotlin.is_test_file("bindings/kotlin/attune/src/main/kotlin/A.kt"));
    }
}
