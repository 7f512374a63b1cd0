//! Every invariant in `ARCHITECTURE.md` names the test that holds it, and that test exists.
//!
//! An invariant is a paragraph, list item or table row that begins with "Invariant", or a list item
//! or table row below a heading that has the word. A test is named in backticks by its function,
//! with or without a path before it: `refuses_a_newer_schema`, `core/src/due.rs::days_travel`,
//! `RouteTest.kt::aRouteHoldsNoText`.

use std::collections::BTreeSet;

use super::tree::Tree;

/// The invariants that nothing holds.
pub(crate) fn held(tree: &Tree) -> Vec<String> {
    let Some(drawing) = tree.file("ARCHITECTURE.md") else {
        return vec!["ARCHITECTURE.md is missing".to_owned()];
    };
    let invariants = invariants(&drawing.text);
    if invariants.is_empty() {
        return vec!["ARCHITECTURE.md has no invariant".to_owned()];
    }
    let mut broken = Vec::new();
    for invariant in invariants {
        let named: Vec<&str> = backticked(&invariant).collect();
        let unknown: Vec<_> =
            named.iter().filter(|name| is_reference(name) && !exists(tree, name)).collect();
        let start: String = invariant.chars().take(80).collect();
        if !unknown.is_empty() {
            broken.push(format!("{unknown:?} is no test: {start}"));
        } else if !named.iter().any(|name| exists(tree, name)) {
            broken.push(format!("no test is named: {start}"));
        }
    }
    broken
}

fn invariants(text: &str) -> Vec<String> {
    let mut invariants = Vec::new();
    let mut below = false;
    for block in blocks(text) {
        if let Some(heading) = block.strip_prefix('#') {
            below = heading.to_lowercase().contains("invariant");
            continue;
        }
        let listed = below && block.starts_with(['-', '*', '|']);
        if (listed || is_named(&block)) && !is_table_head(&block) {
            invariants.push(block);
        }
    }
    invariants
}

/// "Invariant: ...", "- **Invariant** ...", but not "Invariants are ...".
fn is_named(block: &str) -> bool {
    let bare = block.trim_start_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let rest = bare.strip_prefix("invariant");
    rest.is_some_and(|rest| !rest.starts_with(char::is_alphabetic))
}

/// Paragraphs, list items with their continuation, table rows and headings. Fenced text is left out.
fn blocks(text: &str) -> Vec<String> {
    let mut blocks: Vec<String> = Vec::new();
    let mut open = false;
    let mut fenced = false;
    for line in text.lines() {
        let line = line.trim();
        if line.starts_with("```") {
            fenced = !fenced;
            open = false;
        } else if fenced || line.is_empty() {
            open = false;
        } else if !open || line.starts_with(['#', '|']) || line.starts_with("- ") {
            blocks.push(line.to_owned());
            open = !line.starts_with(['#', '|']);
        } else if let Some(last) = blocks.last_mut() {
            last.push(' ');
            last.push_str(line);
        }
    }
    // A row above `|---|` is a head: mark it as one.
    for at in 1..blocks.len() {
        if is_rule(&blocks[at]) {
            blocks[at - 1].insert_str(0, "|-head ");
        }
    }
    blocks
}

fn is_rule(block: &str) -> bool {
    block.starts_with('|') && block.chars().all(|c| matches!(c, '|' | '-' | ':' | ' '))
}

fn is_table_head(block: &str) -> bool {
    block.starts_with("|-head ") || is_rule(block)
}

fn backticked(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}

/// Whether this claims to be a test: a path with `::` whose last part is a function's name.
fn is_reference(name: &str) -> bool {
    [".rs::", ".kt::", ".swift::"].iter().any(|file| name.contains(file))
}

fn exists(tree: &Tree, name: &str) -> bool {
    let (place, function) = name.rsplit_once("::").unwrap_or(("", name));
    // A module may follow the file: `core/src/due.rs::tests::days_travel`.
    let file = place.split("::").next().unwrap_or_default();
    let in_place =
        |path: &str| file.is_empty() || path == file || path.ends_with(&format!("/{file}"));
    let mut files =
        tree.files.iter().filter(|file| file.is(&["rs", "kt", "swift"]) && in_place(&file.path));
    !function.is_empty() && files.any(|file| tests(&file.text).contains(function))
}

/// The functions that stand below `#[test]`, in property tests too, and behind Kotlin's and Swift's `@Test`.
fn tests(text: &str) -> BTreeSet<&str> {
    let mut marked = false;
    let mut names = BTreeSet::new();
    for line in text.lines().map(str::trim) {
        if line == "#[test]" || line.starts_with("#[tokio::test") || line == "@Test" {
            marked = true;
        } else if let Some((_, after)) =
            ["fn ", "fun ", "func "].iter().find_map(|word| line.split_once(word))
            && (marked || line.starts_with("@Test"))
        {
            names.insert(after.split('(').next().unwrap_or_default());
            marked = false;
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    const CODE: &str = "#[test]\nfn it_holds() {}\nfn helps() {}\nproptest! {\n    #[test]\n    \
                        fn for_all_bytes(bytes in any()) {}\n}\n";

    fn check(text: &str, broken: usize) {
        let tree = Tree::of(&[
            ("ARCHITECTURE.md", text),
            ("core/src/a.rs", CODE),
            ("ios/ATests.swift", "  // Why.\n  @Test func itIsSoThere() {}\n  func helps() {}\n"),
            ("android/ATest.kt", "@Test\n@Holds(3)\nfun itIsSo() = Unit\nfun helps() = Unit\n"),
        ]);
        let lines = held(&tree);
        assert_eq!(lines.len(), broken, "{text}: {lines:?}");
    }

    #[test]
    fn an_invariant_with_its_test_holds() {
        check("# A\n\n**Invariant:** all is well,\nalways (`it_holds`).\n", 0);
        check("Invariant: for all. Held by `core/src/a.rs::for_all_bytes`.\n", 0);
        check("Invariant: on the phone too: `ATest.kt::itIsSo`.\n", 0);
        check("Invariant: on the other phone: `ATests.swift::itIsSoThere`.\n", 0);
        check(
            "## Invariants\n\n| what | test |\n|---|---|\n| a | `it_holds` |\n- b `it_holds`\n",
            0,
        );
    }

    #[test]
    fn an_invariant_without_a_test_is_found() {
        check("- Invariant: nothing holds `core` here.\n", 1);
        check("Invariant: `helps` is no test.\n", 1);
        check("Invariant: neither is `ATest.kt::helps`.\n", 1);
        check("Invariant: nor `ATests.swift::helps`.\n", 1);
        check("Invariant: `it_holds` and `core/src/b.rs::it_holds`.\n", 1);
        check("## Invariants\n\n| what | test |\n|---|---|\n| a | `gone` |\n- b\n", 2);
    }

    #[test]
    fn a_drawing_without_invariants_is_found() {
        check("# A\n\nAll is well.\n", 1);
        check("Invariants are told below.\n", 1);
        assert_eq!(held(&Tree::of(&[])), ["ARCHITECTURE.md is missing"]);
    }
}
