//! Which crate may use which: the drawing of `ARCHITECTURE.md`, held against the manifests.

use super::tree::Tree;

/// A crate's folder, and the crates of ours that it may use outside of its tests.
///
/// What is absent is the point: the wire knows no content, the core no relay, the relay no core,
/// the words nothing at all; and nothing stands on the bindings but apps in other languages.
const ARROWS: [(&str, &[&str]); 17] = [
    ("cipher", &[]),
    ("wire", &[]),
    ("wire/fuzz", &["wire"]),
    ("copy", &[]),
    ("core", &["cipher", "wire"]),
    ("desk", &["copy", "core", "reader"]),
    ("load", &["wire"]),
    ("reader", &["core"]),
    ("relay", &["cipher", "wire"]),
    ("bindings", &["core"]),
    ("bindings/bindgen", &[]),
    ("cli", &["cipher", "copy", "core", "desk", "load", "reader", "relay", "wire"]),
    ("tests", &["cipher", "cli", "cluster", "copy", "core", "relay", "wire"]),
    ("tests/cluster", &[]),
    ("tools/burden", &["core", "reader"]),
    ("tools/peers", &["load"]),
    ("xtask", &[]),
];

/// Their lints cannot be the workspace's, which forbid unsafe code: one is called by C, and the other
/// holds what UniFFI generates for C.
const OWN_LINTS: [&str; 2] = ["cipher", "bindings"];

/// What a nightly compiler alone builds is a workspace of its own.
const APART: [&str; 1] = ["wire/fuzz"];

/// Every manifest uses only what its arrows say. Tests may use more, but no circle comes of it.
pub(crate) fn as_drawn(tree: &Tree) -> Vec<String> {
    let mut broken = Vec::new();
    for (folder, file) in manifests(tree) {
        let Some((_, drawn)) = ARROWS.iter().find(|(known, _)| *known == folder) else {
            broken.push(format!("{folder} is not in the drawing (xtask/src/policy/arrows.rs)"));
            continue;
        };
        for used in ours(file, &["dependencies", "build-dependencies"]) {
            if !drawn.contains(&used.as_str()) {
                broken.push(format!("{folder} uses {used}, which is not drawn"));
            }
        }
        for used in ours(file, &["dev-dependencies"]) {
            let upwards =
                ARROWS.iter().any(|(known, drawn)| *known == used && drawn.contains(&folder));
            if upwards {
                broken.push(format!("the tests of {folder} use {used}, which stands on it"));
            }
        }
    }
    broken
}

/// One place for versions and lints: the root manifest.
pub(crate) fn from_workspace(tree: &Tree) -> Vec<String> {
    let mut broken = Vec::new();
    for (folder, file) in manifests(tree).filter(|(folder, _)| !APART.contains(folder)) {
        for key in ["version", "edition", "rust-version", "license", "publish"] {
            if !file.lines().any(|line| line.trim() == format!("{key}.workspace = true")) {
                broken.push(format!("{folder}: {key} is not the workspace's"));
            }
        }
        if !file.contains("[lints]\nworkspace = true") && !OWN_LINTS.contains(&folder) {
            broken.push(format!("{folder}: its lints are not the workspace's"));
        }
        for line in entries(file, &["dependencies", "dev-dependencies", "build-dependencies"]) {
            if !line.contains("workspace = true") {
                broken.push(format!("{folder}: {line}"));
            }
        }
    }
    broken
}

fn manifests(tree: &Tree) -> impl Iterator<Item = (&str, &str)> {
    tree.files.iter().filter_map(|file| {
        let folder = file.path.strip_suffix("/Cargo.toml")?;
        Some((folder, file.text.as_str()))
    })
}

/// The lines of these tables, targets included.
fn entries<'a>(manifest: &'a str, tables: &[&str]) -> Vec<&'a str> {
    let mut within = false;
    let mut lines = Vec::new();
    for line in manifest.lines().map(str::trim) {
        if let Some(header) = line.strip_prefix('[') {
            let name = header.trim_end_matches(']');
            within = tables.iter().any(|table| {
                name == *table
                    || (name.starts_with("target.") && name.ends_with(&format!(".{table}")))
            });
        } else if within && !line.is_empty() && !line.starts_with('#') {
            lines.push(line);
        }
    }
    lines
}

fn ours(manifest: &str, tables: &[&str]) -> Vec<String> {
    let lines = entries(manifest, tables);
    let names = lines.iter().filter_map(|line| line.strip_prefix("attune-"));
    names.map(|name| name.chars().take_while(char::is_ascii_alphanumeric).collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(folder: &str, manifest: &str, broken: &[&str]) {
        let path = format!("{folder}/Cargo.toml");
        assert_eq!(as_drawn(&Tree::of(&[(&path, manifest)])), broken, "{folder}");
    }

    #[test]
    fn an_arrow_that_is_not_drawn_is_found() {
        check("core", "[dependencies]\nattune-wire.workspace = true\n", &[]);
        check(
            "wire",
            "[dependencies]\nring.workspace = true\nattune-core.workspace = true\n",
            &["wire uses core, which is not drawn"],
        );
        check(
            "core",
            "[target.'cfg(unix)'.dependencies]\nattune-relay = { workspace = true }\n",
            &["core uses relay, which is not drawn"],
        );
        check(
            "bindings",
            "[dependencies]\nattune-core.workspace = true\nattune-wire.workspace = true\n",
            &["bindings uses wire, which is not drawn"],
        );
        check(
            "desk",
            "[dependencies]\nattune-relay.workspace = true\n",
            &["desk uses relay, which is not drawn"],
        );
        check(
            "cli",
            "[dependencies]\nattune-bindings.workspace = true\n",
            &["cli uses bindings, which is not drawn"],
        );
        check("porch", "", &["porch is not in the drawing (xtask/src/policy/arrows.rs)"]);
    }

    #[test]
    fn tests_may_look_sideways_but_not_up() {
        check("copy", "[dev-dependencies]\nattune-core.workspace = true\n", &[]);
        check(
            "wire",
            "[dev-dependencies]\nattune-core.workspace = true\n",
            &["the tests of wire use core, which stands on it"],
        );
    }

    #[test]
    fn the_drawing_has_no_circle() {
        for (folder, drawn) in ARROWS {
            let mut reached: Vec<&str> = drawn.to_vec();
            let mut at = 0;
            while let Some(next) = reached.get(at).copied() {
                let more = ARROWS.iter().find(|(known, _)| *known == next).map(|(_, more)| *more);
                reached.extend(more.unwrap_or_default());
                at += 1;
            }
            assert!(!reached.contains(&folder), "{folder}");
        }
    }

    #[test]
    fn a_version_of_its_own_is_found() {
        let manifest = "[package]\n[dependencies]\nring = \"0.17\"\n";
        let broken = from_workspace(&Tree::of(&[("core/Cargo.toml", manifest)]));
        assert!(broken.contains(&"core: ring = \"0.17\"".to_owned()), "{broken:?}");
    }
}
