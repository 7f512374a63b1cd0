//! Whether the files in the checkout are what the texts say.

use std::path::Path;

use super::File;

/// One line for each file that is not there, is not current, or belongs to no language.
#[must_use]
pub fn differences(root: &Path, files: &[File]) -> Vec<String> {
    let mut all = Vec::new();
    for File { path, text } in files {
        match std::fs::read_to_string(root.join(path)) {
            Ok(there) if there == *text => {}
            Ok(there) => {
                let same = there.lines().zip(text.lines()).take_while(|(a, b)| a == b).count();
                let line = text.lines().nth(same).unwrap_or("the end").trim();
                all.push(format!("{path}:{}: not current, wanted: {line}", same + 1));
            }
            Err(error) => all.push(format!("{path}: {error}")),
        }
    }
    let left_over = left_over(root, files).into_iter();
    all.extend(left_over.map(|path| format!("{path}: belongs to no language")));
    all
}

/// Files of texts in the checkout that would not be written: of a language that was removed.
#[must_use]
pub fn left_over(root: &Path, files: &[File]) -> Vec<String> {
    let mut all = Vec::new();
    for set in ["main", "debug"] {
        let resources = format!("android/app/src/{set}/res");
        let Ok(entries) = root.join(&resources).read_dir() else { continue };
        for entry in entries.flatten() {
            let path = format!("{resources}/{}/strings.xml", entry.file_name().to_string_lossy());
            if root.join(&path).is_file() && files.iter().all(|file| file.path != path) {
                all.push(path);
            }
        }
    }
    all.sort();
    all
}
