//! The three lists: what the bindings promise, what Kotlin's tests hold, what Swift's tests hold.

use std::collections::BTreeSet;

use super::tree::Tree;
use crate::conformance::{LIST, Language, promises};

/// Every promise is held by a test in each language, and no test names a promise that is not made.
pub(crate) fn held(tree: &Tree) -> Vec<String> {
    let Some(list) = tree.file(LIST) else {
        return vec![format!("{LIST} is missing")];
    };
    let mut made = BTreeSet::new();
    let mut broken = Vec::new();
    for id in promises(&list.text) {
        if !made.insert(id) {
            broken.push(format!("{LIST} lists `{id}` twice"));
        }
    }
    if made.is_empty() {
        broken.push(format!("{LIST} promises nothing"));
    }
    for language in Language::ALL {
        let tests = tests(tree, language);
        let held: BTreeSet<&str> = tests.into_iter().flat_map(|(_, ids)| ids).collect();
        for id in made.difference(&held) {
            broken.push(format!("`{id}` is held by no test in {}", language.name()));
        }
        for id in held.difference(&made) {
            broken.push(format!(
                "`{id}` is held in {}, but {LIST} has no such line",
                language.name()
            ));
        }
    }
    broken
}

/// The tests of a language that name promises: the file of each, and its ids.
pub(crate) fn tests(tree: &Tree, language: Language) -> Vec<(&str, Vec<&str>)> {
    let files = tree.files.iter().filter(|file| language.is_test_file(&file.path));
    files
        .flat_map(|file| {
            language.tests(&file.text).into_iter().map(|ids| (file.path.as_str(), ids))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const PROMISES: &str = "- `a.one` It is one.\n- `a.two` It is two.\n";
    const KOTLIN: &str = "@Test\n@DisplayName(\"a.one: one\")\nfun one() {}\n\n@Test\n\
                          @DisplayName(\"a.one, a.two: two\")\nfun two() {}\n";
    const SWIFT: &str =
        "@Test(\"a.one: one\") func one() {}\n@Test(\"a.two: two\") func two() {}\n";

    fn check(list: &str, kotlin: &str, swift: &str, broken: &[&str]) {
        let tree = Tree::of(&[
            (LIST, list),
            ("bindings/kotlin/attune/src/test/kotlin/org/attune/ATest.kt", kotlin),
            ("bindings/swift/Tests/AttuneTests/A.swift", swift),
            ("bindings/swift/Sources/Attune/B.swift", "@Test(\"a.three: elsewhere\")"),
        ]);
        assert_eq!(held(&tree), broken);
    }

    #[test]
    fn three_equal_lists_hold() {
        check(PROMISES, KOTLIN, SWIFT, &[]);
    }

    #[test]
    fn what_is_missing_is_named_with_its_place() {
        let more = format!("{SWIFT}@Test(\"b.more: more\") func more() {{}}\n");
        check(
            PROMISES,
            "",
            &more,
            &[
                "`a.one` is held by no test in Kotlin",
                "`a.two` is held by no test in Kotlin",
                "`b.more` is held in Swift, but bindings/CONFORMANCE.md has no such line",
            ],
        );
        let twice = format!("{PROMISES}- `a.one` Again.\n");
        check(&twice, KOTLIN, SWIFT, &["bindings/CONFORMANCE.md lists `a.one` twice"]);
        assert_eq!(held(&Tree::of(&[])), ["bindings/CONFORMANCE.md is missing"]);
    }

    #[test]
    fn an_empty_list_is_no_list() {
        check("# Nothing\n", "", "", &["bindings/CONFORMANCE.md promises nothing"]);
    }
}
