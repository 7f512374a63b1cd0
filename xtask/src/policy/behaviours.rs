//! What a shell does (`docs/shell-behaviours.md`), and which tests of a shell say that they hold it.
//!
//! A behaviour is a list item that begins with its number. In Kotlin a test names the numbers that it holds by
//! `@Holds(12, 13)` above its function. What no test holds yet stands in the list itself, under a heading of
//! its own, so that nobody takes it for held; that heading goes with the last number below it.

use std::collections::BTreeSet;

use super::tree::Tree;

/// Where the behaviours are listed.
const LIST: &str = "docs/shell-behaviours.md";

/// What stands above the numbers that no test on Android holds yet.
const OPEN: &str = "## Not yet held on Android";

/// Where Android's tests are.
const TESTS: &str = "android/app/src/test/kotlin/";

/// Every behaviour is held by a test, or listed as not yet held; and no test names one that is not on the list.
pub(crate) fn held(tree: &Tree) -> Vec<String> {
    let Some(list) = tree.file(LIST) else {
        return vec![format!("{LIST} is missing")];
    };
    let (listed, below) = list.text.split_once(OPEN).unwrap_or((&list.text, ""));
    let mut broken = Vec::new();
    let mut behaviours = BTreeSet::new();
    for number in listed.lines().filter_map(numbered) {
        if number as usize != behaviours.len() + 1 {
            broken.push(format!("{LIST}: {number} is not the next number"));
        }
        behaviours.insert(number);
    }
    if behaviours.is_empty() {
        broken.push(format!("{LIST} lists nothing"));
    }
    let open: BTreeSet<u32> = numbers(below).collect();
    if open.is_empty() && list.text.contains(OPEN) {
        broken.push(format!("{LIST} names nothing that is not yet held"));
    }
    let mut held = BTreeSet::new();
    let tests = |path: &str| path.starts_with(TESTS) && path.ends_with(".kt");
    for file in tree.files.iter().filter(|file| tests(&file.path)) {
        for number in named(&file.text) {
            if !behaviours.contains(&number) {
                broken.push(format!("{} names {number}, which {LIST} does not list", file.path));
            }
            held.insert(number);
        }
    }
    for number in behaviours.difference(&(&held | &open)) {
        broken.push(format!("{number} is held by no test on Android"));
    }
    for number in held.intersection(&open) {
        broken.push(format!("{number} is held on Android, but {LIST} says that it is not yet"));
    }
    for number in open.difference(&behaviours) {
        broken.push(format!("{LIST} does not list {number}, which it says is not yet held"));
    }
    broken
}

/// The number that an item of a numbered list begins with.
fn numbered(line: &str) -> Option<u32> {
    line.split_once(". ")?.0.parse().ok()
}

/// Every number in a text.
fn numbers(text: &str) -> impl Iterator<Item = u32> {
    text.split(|c: char| !c.is_ascii_digit()).filter_map(|digits| digits.parse().ok())
}

/// The numbers that the test functions of a file say they hold.
fn named(text: &str) -> Vec<u32> {
    const MARK: &str = "@Holds(";
    let mut all = Vec::new();
    for (at, _) in text.match_indices(MARK) {
        let line = text[..at].rfind('\n').map_or(0, |end| end + 1);
        let Some((inside, below)) = text[at + MARK.len()..].split_once(')') else { continue };
        let above =
            text[..line].lines().rev().take_while(|line| line.trim_start().starts_with('@'));
        let until = below.split("fun ").next().unwrap_or_default();
        let is_test = above.chain([&text[line..at], until]).any(|line| line.contains("@Test"));
        if is_test && !text[line..at].contains("//") {
            all.extend(numbers(inside));
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    const ITEMS: &str =
        "# What\n\n## One\n\n1. It is\n   so.\n2. It is not.\n\n## Two\n\n3. Perhaps.\n";

    fn check(list: &str, tests: &str, broken: &[&str]) {
        let tree = Tree::of(&[
            (LIST, list),
            ("android/app/src/test/kotlin/org/attune/app/ATest.kt", tests),
            ("android/app/src/main/kotlin/org/attune/app/A.kt", "@Test\n@Holds(2, 77)\nfun a() {}"),
        ]);
        assert_eq!(held(&tree), broken, "{tests}");
    }

    #[test]
    fn each_number_is_named_by_a_test() {
        check(
            ITEMS,
            "@Test\n    @Holds(1, 3)\n    fun a() {}\n@Holds(\n  2,\n)\n@Test\nfun b() {}",
            &[],
        );
        check(
            ITEMS,
            "@Test\n@Holds(1)\nfun a() {}\n@Holds(2)\nfun helps() {}\n// @Test @Holds(3) fun x() {}\n",
            &["2 is held by no test on Android", "3 is held by no test on Android"],
        );
        check(
            ITEMS,
            "@Test @Holds(1, 2, 3, 4)\nfun a() {}",
            &[
                "android/app/src/test/kotlin/org/attune/app/ATest.kt names 4, which docs/shell-behaviours.md does not list",
            ],
        );
    }

    #[test]
    fn what_is_not_yet_held_is_listed_and_nothing_else_is() {
        let open = format!("{ITEMS}\n{OPEN}\n\nTo come: 2, 3.\n");
        check(&open, "@Test\n@Holds(1)\nfun a() {}", &[]);
        check(
            &open,
            "@Test\n@Holds(1, 2)\nfun a() {}",
            &["2 is held on Android, but docs/shell-behaviours.md says that it is not yet"],
        );
        check(
            &format!("{ITEMS}\n{OPEN}\n\n9\n"),
            "@Test\n@Holds(1, 2, 3)\nfun a() {}",
            &["docs/shell-behaviours.md does not list 9, which it says is not yet held"],
        );
        check(
            &format!("{ITEMS}\n{OPEN}\n"),
            "@Test\n@Holds(1, 2, 3)\nfun a() {}",
            &["docs/shell-behaviours.md names nothing that is not yet held"],
        );
    }

    #[test]
    fn numbers_follow_one_another() {
        let gap = ITEMS.replace("3. ", "4. ");
        check(
            &gap,
            "@Test\n@Holds(1, 2, 4)\nfun a() {}",
            &["docs/shell-behaviours.md: 4 is not the next number"],
        );
        check("# Nothing\n", "", &["docs/shell-behaviours.md lists nothing"]);
        assert_eq!(held(&Tree::of(&[])), ["docs/shell-behaviours.md is missing"]);
    }
}
