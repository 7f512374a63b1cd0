//! Rules over the whole tree that no compiler knows. Each rule is one check.

mod arrows;
mod behaviours;
mod bindings;
mod invariants;
mod promises;
mod source;
mod tree;

use crate::conformance::Language;
use crate::counts::Counts;
use crate::place;
use crate::suite::Outcome;
use tree::Tree;

/// A rule: its name, and what breaks it, one line each.
type Rule = (&'static str, fn(&Tree) -> Vec<String>);

const RULES: [Rule; 16] = [
    ("a file has 500 lines at most", source::length),
    ("no lint is allowed without a reason", source::allow),
    ("nothing is left for later", source::left_for_later),
    ("no path of somebody's machine", source::machine_paths),
    ("dependencies come from crates.io alone", source::registries),
    ("no empty folder", tree::empty_folders),
    ("crates depend on each other as drawn", arrows::as_drawn),
    ("every invariant names a test that exists", invariants::held),
    ("a crate takes its versions and lints from the workspace", arrows::from_workspace),
    ("the facade's comments can become Kotlin's", bindings::comment_marks),
    ("what the facade exports has a comment", bindings::documented),
    ("the facade has no unsafe code of its own", bindings::no_unsafe),
    ("only the wrappers see what is generated", bindings::generated_is_hidden),
    ("an app that is shrunk keeps the bindings", bindings::shrinking_keeps),
    ("each promise of the bindings is held in each language", promises::held),
    ("each behaviour is held by a test of each shell", behaviours::held),
];

/// How many tests of a language say that they hold a promise.
///
/// # Errors
/// What the system said, if the tree cannot be read.
pub(crate) fn declared_tests(language: Language) -> Result<usize, String> {
    let tree = Tree::read(&place::root())
        .map_err(|error| format!("the tree cannot be read: {error}\n"))?;
    Ok(promises::tests(&tree, language).len())
}

/// Runs every rule.
pub(crate) fn run() -> Outcome {
    let tree = match Tree::read(&place::root()) {
        Ok(tree) => tree,
        Err(error) => {
            let output = format!("the tree cannot be read: {error}\n");
            return Outcome { counts: Counts::one(false), output };
        }
    };
    let mut counts = Counts::default();
    let mut output = String::new();
    for (name, rule) in RULES {
        let broken = rule(&tree);
        counts += Counts::one(broken.is_empty());
        if !broken.is_empty() {
            output.push_str(&format!("{name}:\n"));
            for line in broken {
                output.push_str(&format!("  {line}\n"));
            }
        }
    }
    Outcome { counts, output }
}
