//! What a shell does (`docs/shell-behaviours.md`), and which tests of each shell say that they hold it.
//!
//! A behaviour is a list item that begins with its number. A test names the numbers that it holds: in Kotlin by
//! `@Holds(12, 13)`, in Swift by a line `// Holds: 12, 13`, above its function. What no test of a shell holds yet
//! stands in the list itself, under a heading of that shell's, so that nobody takes it for held; the heading goes
//! with the last number below it.

use std::collections::BTreeSet;

use super::tree::Tree;

/// Where the behaviours are listed.
const LIST: &str = "docs/shell-behaviours.md";

/// What the headings begin with that stand above the numbers which no test of a shell holds yet.
const OPEN: &str = "## Not yet held on ";

/// A shell that is held to the list.
struct Shell {
    name: &'static str,
    /// Where its tests are.
    tests: &'static str,
    /// How the files with tests end.
    end: &'static str,
    /// Every number that the test functions of a file say they hold.
    named: fn(&str) -> Vec<u32>,
}

const SHELLS: [Shell; 2] = [
    Shell { name: "Android", tests: "android/app/src/test/kotlin/", end: ".kt", named: in_kotlin },
    Shell { name: "iOS", tests: "ios/Tests/", end: ".swift", named: in_swift },
];

/// Every behaviour is held by a test of each shell, or listed as not yet held there; and no test names one that is not on the list.
pub(crate) fn held(tree: &Tree) -> Vec<String> {
    let Some(list) = tree.file(LIST) else {
        return vec![format!("{LIST} is missing")];
    };
    let listed = list.text.split_once(OPEN).map_or(&*list.text, |(listed, _)| listed);
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
    for shell in &SHELLS {
        broken.extend(shell.held(tree, &behaviours, shell.open(&list.text)));
    }
    broken
}

impl Shell {
    /// The numbers that the list gives as not yet held here; none where it has no such heading.
    fn open(&self, list: &str) -> Option<BTreeSet<u32>> {
        let (_, below) = list.split_once(&format!("{OPEN}{}\n", self.name))?;
        Some(numbers(below.split("\n## ").next().unwrap_or_default()).collect())
    }

    fn held(
        &self,
        tree: &Tree,
        behaviours: &BTreeSet<u32>,
        open: Option<BTreeSet<u32>>,
    ) -> Vec<String> {
        let name = self.name;
        let mut broken = Vec::new();
        if open.as_ref().is_some_and(BTreeSet::is_empty) {
            broken.push(format!("{LIST} names nothing that is not yet held on {name}"));
        }
        let open = open.unwrap_or_default();
        let mut held = BTreeSet::new();
        let tests = |path: &str| path.starts_with(self.tests) && path.ends_with(self.end);
        for file in tree.files.iter().filter(|file| tests(&file.path)) {
            for number in (self.named)(&file.text) {
                if !behaviours.contains(&number) {
                    broken
                        .push(format!("{} names {number}, which {LIST} does not list", file.path));
                }
                held.insert(number);
            }
        }
        for number in behaviours.difference(&(&held | &open)) {
            broken.push(format!("{number} is held by no test on {name}"));
        }
        for number in held.intersection(&open) {
            broken.push(format!("{number} is held on {name}, but {LIST} says that it is not yet"));
        }
        for number in open.difference(behaviours) {
            broken.push(format!("{LIST} does not list {number}, which it says is not yet held"));
        }
        broken
    }
}

/// The number that an item of a numbered list begins with.
fn numbered(line: &str) -> Option<u32> {
    line.split_once(". ")?.0.parse().ok()
}

/// Every number in a text.
fn numbers(text: &str) -> impl Iterator<Item = u32> {
    text.split(|c: char| !c.is_ascii_digit()).filter_map(|digits| digits.parse().ok())
}

/// As `@Holds(12, 13)` among the annotations of a test.
fn in_kotlin(text: &str) -> Vec<u32> {
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

/// As a line `// Holds: 12, 13`, with nothing but attributes and comments between it and the test.
fn in_swift(text: &str) -> Vec<u32> {
    let mut all = Vec::new();
    let mut lines = text.lines().map(str::trim);
    while let Some(line) = lines.next() {
        let Some(inside) = line.strip_prefix("// Holds: ") else { continue };
        let mut below =
            lines.clone().skip_while(|line| line.starts_with("//") || attribute_alone(line));
        let marked =
            lines.clone().take_while(|line| line.starts_with("//") || attribute_alone(line));
        let function = below.next().unwrap_or_default();
        let is_test = marked.chain([function]).any(|line| line.starts_with("@Test"))
            || function.contains("func test");
        if is_test && function.contains("func ") {
            all.extend(numbers(inside));
        }
    }
    all
}

/// A line with an attribute of the function below it.
fn attribute_alone(line: &str) -> bool {
    line.starts_with('@') && !line.contains("func ")
}

#[cfg(test)]
mod tests {
    use super::*;

    const ITEMS: &str =
        "# What\n\n## One\n\n1. It is\n   so.\n2. It is not.\n\n## Two\n\n3. Perhaps.\n";

    const ON_IOS: &str = "ios/Tests/AttuneModelTests/ATests.swift";
    const ALL_ON_IOS: &str = "  // Holds: 1, 2\n  // Holds: 3\n  @Test func a() {}\n";

    fn check(list: &str, tests: &str, broken: &[&str]) {
        let numbers: Vec<_> = list.lines().filter_map(numbered).map(|it| it.to_string()).collect();
        let on_ios = format!("// Holds: {}\n@Test func a() {{}}", numbers.join(", "));
        let tree = Tree::of(&[
            (LIST, list),
            ("android/app/src/test/kotlin/org/attune/app/ATest.kt", tests),
            ("android/app/src/main/kotlin/org/attune/app/A.kt", "@Test\n@Holds(2, 77)\nfun a() {}"),
            (ON_IOS, &on_ios),
        ]);
        assert_eq!(held(&tree), broken, "{tests}");
    }

    #[test]
    fn each_shell_is_held_to_the_list() {
        let on_ios = |list: &str, tests: &str, broken: &[&str]| {
            let android = "android/app/src/test/kotlin/ATest.kt";
            let tree = Tree::of(&[
                (LIST, list),
                (android, "@Test @Holds(1, 2, 3)\nfun a() {}"),
                (ON_IOS, tests),
                ("ios/Sources/A.swift", "// Holds: 2, 77\n@Test func a() {}"),
            ]);
            assert_eq!(held(&tree), broken, "{tests}");
        };
        on_ios(ITEMS, ALL_ON_IOS, &[]);
        on_ios(ITEMS, "// Holds: 1, 2, 3\n@MainActor\n@Test(arguments: [1])\nfunc a() {}", &[]);
        on_ios(ITEMS, "// Holds: 1, 2, 3\n// Why.\nfunc testA() {}", &[]);
        on_ios(
            ITEMS,
            "// Holds: 1\nfunc helps() {}\n// Holds: 2, 3, 9\n@Test func a() {}\n// Holds: 1\nlet a = 1\nfunc testB() {}",
            &[
                "ios/Tests/AttuneModelTests/ATests.swift names 9, which docs/shell-behaviours.md does not list",
                "1 is held by no test on iOS",
            ],
        );
        let open = format!("{ITEMS}\n{OPEN}iOS\n\nTo come: 3.\n");
        on_ios(&open, "// Holds: 1, 2\n@Test func a() {}", &[]);
        on_ios(
            &open,
            ALL_ON_IOS,
            &["3 is held on iOS, but docs/shell-behaviours.md says that it is not yet"],
        );
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
        let open = format!("{ITEMS}\n{OPEN}Android\n\nTo come: 2, 3.\n");
        check(&open, "@Test\n@Holds(1)\nfun a() {}", &[]);
        check(
            &open,
            "@Test\n@Holds(1, 2)\nfun a() {}",
            &["2 is held on Android, but docs/shell-behaviours.md says that it is not yet"],
        );
        check(
            &format!("{ITEMS}\n{OPEN}Android\n\n9\n"),
            "@Test\n@Holds(1, 2, 3)\nfun a() {}",
            &["docs/shell-behaviours.md does not list 9, which it says is not yet held"],
        );
        check(
            &format!("{ITEMS}\n{OPEN}Android\n"),
            "@Test\n@Holds(1, 2, 3)\nfun a() {}",
            &["docs/shell-behaviours.md names nothing that is not yet held on Android"],
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
