//! The phones' own files: what they say is what Fluent says, in every language, and they are current.

mod phone_files;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use attune_copy::native::{self, Body, Category, File, Kind, Language, Text};
use attune_copy::{Value, Words};

use phone_files::{android, apple};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

fn languages() -> Vec<Language> {
    native::languages(&root().join("copy")).unwrap_or_else(|problems| {
        panic!("{}", problems.join("\n"));
    })
}

fn file(path: &str) -> String {
    let files = native::files(&languages());
    files.into_iter().find(|file| file.path == path).unwrap_or_else(|| panic!("{path}")).text
}

fn problems(sources: &str) -> Vec<String> {
    Language::read("en", &[sources], None).err().unwrap_or_default()
}

/// What Fluent makes of a text, with a value for each placeholder.
fn said(text: &Text, number: usize) -> String {
    let value = |kind| match kind {
        Kind::Number => Value::from(number),
        Kind::Words => Value::from("Ada's <b>"),
    };
    let values: Vec<_> =
        text.placeholders.iter().map(|it| (it.name.as_str(), value(it.kind))).collect();
    Words::english().format(&text.id, &values).unwrap()
}

/// The same values, for a format of the phones.
fn values(text: &Text, number: usize) -> Vec<String> {
    let value = |kind| match kind {
        Kind::Number => number.to_string(),
        Kind::Words => "Ada's <b>".to_owned(),
    };
    text.placeholders.iter().map(|it| value(it.kind)).collect()
}

#[test]
fn the_files_in_the_checkout_are_current() {
    let differences = native::differences(&root(), &native::files(&languages()));
    assert!(differences.is_empty(), "run `cargo xtask copy`:\n{}", differences.join("\n"));
}

#[test]
fn android_says_what_fluent_says() {
    let strings = android::read(&file("android/app/src/main/res/values/strings.xml"));
    let english = &languages()[0];
    assert!(english.texts.len() > 500, "{}", english.texts.len());
    assert_eq!(strings.len(), english.texts.len());
    for text in &english.texts {
        let entry = &strings[&text.id.replace('-', "_")];
        for number in [1, 3] {
            let form = if number == 1 { "one" } else { "other" };
            let written = entry.get(form).or_else(|| entry.get("")).unwrap();
            assert_eq!(
                android::format(written, &values(text, number)),
                said(text, number),
                "{}",
                text.id
            );
        }
    }
}

#[test]
fn the_catalog_says_what_fluent_says() {
    let catalog = apple::read(&file("ios/App/Resources/Localizable.xcstrings"));
    let english = &languages()[0];
    assert_eq!(catalog.len(), english.texts.len());
    for text in &english.texts {
        let entry = &catalog[&text.id]["en"];
        for number in [1, 3] {
            let form = if number == 1 { "one" } else { "other" };
            let written = entry.get(form).or_else(|| entry.get("")).unwrap();
            let formatted = apple::format(written, &values(text, number));
            assert_eq!(formatted, said(text, number), "{}", text.id);
        }
    }
}

#[test]
fn translators_are_told_what_fluent_tells_them() {
    let android = file("android/app/src/main/res/values/strings.xml");
    assert!(android.contains(
        "    <!-- Shown where a list of moments would be. -->\n    <string name=\"home_empty\">"
    ));
    let catalog = file("ios/App/Resources/Localizable.xcstrings");
    assert!(catalog.contains("\"comment\" : \"Home\\nShown where a list of moments would be.\""));
}

#[test]
fn only_real_languages_are_shipped() {
    let catalog = apple::read(&file("ios/App/Resources/Localizable.xcstrings"));
    let spoken: Vec<_> = languages().into_iter().map(|language| language.tag).collect();
    for (id, entry) in &catalog {
        let tags: Vec<_> = entry.keys().cloned().collect();
        let mut wanted = spoken.clone();
        wanted.sort();
        assert_eq!(tags, wanted, "{id}");
    }
    for file in native::files(&languages()) {
        let is_pseudo = file.path.contains("-rX") || file.path.contains("Pseudo");
        let is_shipped =
            ["/main/", "/App/", "/Sources/"].iter().any(|part| file.path.contains(part));
        assert_ne!(is_pseudo, is_shipped, "{}", file.path);
    }
}

#[test]
fn the_long_language_is_a_third_longer_and_the_mirrored_one_begins_from_the_right() {
    let long = android::read(&file("android/app/src/debug/res/values-en-rXA/strings.xml"));
    let mirrored = android::read(&file("android/app/src/debug/res/values-ar-rXB/strings.xml"));
    let english = android::read(&file("android/app/src/main/res/values/strings.xml"));
    let length = |strings: &BTreeMap<String, BTreeMap<String, String>>| -> usize {
        strings.values().flat_map(BTreeMap::values).map(|text| text.chars().count()).sum()
    };
    let percent = length(&long) * 100 / length(&english);
    assert!((130..=145).contains(&percent), "{percent}");
    for (name, forms) in &english {
        assert_eq!(long[name].len(), forms.len(), "{name}");
        for (form, text) in forms {
            let signs = |text: &str| text.matches("%1$s").count() + text.matches("%1$d").count();
            assert_eq!(signs(&long[name][form]), signs(text), "{name}");
            assert_eq!(signs(&mirrored[name][form]), signs(text), "{name}");
            assert!(long[name][form].starts_with('[') && long[name][form].ends_with(']'));
            assert!(mirrored[name][form].starts_with('\u{200f}'), "{name}");
        }
    }
}

#[test]
fn references_are_resolved_and_values_keep_their_order() {
    let source = "-app = Attune\nhello = Hello\n# $b, $a (String): names.\nall = { hello }, { $b } of { -app } and { $a } and { $b }{ \".\" }\n";
    let language = Language::read("en", &[source], None).unwrap();
    let text = language.texts.iter().find(|text| text.id == "all").unwrap();
    let names: Vec<_> = text.placeholders.iter().map(|it| it.name.as_str()).collect();
    assert_eq!(names, ["b", "a"]);
    let xml = native::files(&[language]).remove(0).text;
    assert!(
        xml.contains(">Hello, %1$s of Attune and %2$s and %1$s.</string>"),
        "a value that is used twice is one value: {xml}"
    );
}

#[test]
fn words_around_a_plural_are_in_each_form() {
    let source = "# $n (Number): days.\na =\n    It goes { $n ->\n        [one] in { $n } day\n       *[other] in { $n } days\n    }. Wait.\n";
    let language = Language::read("en", &[source], None).unwrap();
    let Body::Plural(forms) = &language.texts[0].body else { panic!("no plural") };
    assert_eq!(forms.keys().copied().collect::<Vec<_>>(), [Category::One, Category::Other]);
    let xml = native::files(&[language]).remove(0).text;
    assert!(xml.contains("<item quantity=\"one\">It goes in %1$d day. Wait.</item>"), "{xml}");
    assert!(xml.contains("<item quantity=\"other\">It goes in %1$d days. Wait.</item>"), "{xml}");
}

#[test]
fn what_a_phone_cannot_say_is_an_error_that_names_the_text() {
    for (source, why) in [
        ("a = { NUMBER($n) }\n", "function"),
        ("a = { b }\n", "not there"),
        ("a = { b }\nb = { a }\n", "do not end"),
        ("a = { b.title }\nb = B\n", "attribute"),
        ("a = A\n    .title = T\n", "attributes"),
        ("a = { $n }\n", "does not say"),
        ("# $nn (String)\na = { $n }\n", "does not say"),
        ("# $n (Date)\na = { $n }\n", "does not say"),
        ("# $n (Number)\na = { $n ->\n   [0] none\n  *[other] some\n }\n", "one number"),
        ("# $n (String)\na = { $n ->\n   [her] hers\n  *[other] theirs\n }\n", "no plural form"),
        ("# $n (String)\na = { $n ->\n   [one] one\n  *[other] some\n }\n", "one placeholder"),
        ("# $n (Number)\na = { $n ->\n  *[one] one\n   [other] some\n }\n", "must be `other`"),
        (
            "# $n (Number) $m (String)\na = { $n ->\n   [one] { $m }\n  *[other] some\n }\n",
            "one placeholder",
        ),
        ("a = { \" \" }\n", "says nothing"),
        ("a = Well done!\n", "exclamation"),
        ("a = A\na = B\n", "twice"),
        ("a - b\n", "not Fluent"),
    ] {
        let problems = problems(source);
        assert!(problems.iter().any(|it| it.contains(why)), "{source}: {problems:?}");
        assert!(problems.iter().all(|it| it.starts_with("en: ")), "{source}: {problems:?}");
        let names_it =
            |it: &String| it.contains("a: ") || it.contains("a is") || it.contains("Fluent");
        assert!(problems.iter().any(names_it), "{source}: {problems:?}");
    }
}

/// Two languages, made in a folder of its own.
fn two(english: &str, other: &str) -> (tempfile::TempDir, Result<Vec<Language>, Vec<String>>) {
    let folder = tempfile::tempdir().unwrap();
    for (tag, source) in [("en", english), ("de", other)] {
        std::fs::create_dir(folder.path().join(tag)).unwrap();
        std::fs::write(folder.path().join(tag).join("client.ftl"), source).unwrap();
    }
    std::fs::create_dir(folder.path().join("src")).unwrap();
    let languages = native::languages(folder.path());
    (folder, languages)
}

#[test]
fn a_second_language_gets_files_of_its_own_with_the_first_ones_order_of_values() {
    let english = "# $a, $b (String): names.\nx = { $a } to { $b }\n# $n (Number): days.\nn = { $n ->\n   [one] { $n } day\n  *[other] { $n } days\n }\n";
    // A translation has no comments: what its values are stands in the first language's.
    let (_folder, languages) = two(english, "n = { $n } T\nx = An { $b } von { $a }\n");
    let files = native::files(&languages.unwrap());
    let of = |path: &str| files.iter().find(|file| file.path == path).unwrap().text.clone();
    let xml = of("android/app/src/main/res/values-de/strings.xml");
    assert!(xml.contains("<string name=\"x\">An %2$s von %1$s</string>"), "{xml}");
    assert!(xml.contains("<item quantity=\"other\">%1$d T</item>"), "{xml}");
    let catalog = apple::read(&of("ios/App/Resources/Localizable.xcstrings"));
    assert_eq!(catalog["x"]["de"][""], "An %2$@ von %1$@");
    assert_eq!(catalog["n"]["de"]["other"], "%lld T");
}

#[test]
fn a_language_that_does_not_agree_is_refused() {
    let english = "a = A\n# $n (String): a name.\nb = B { $n }\n";
    for (other, why) in [
        ("a = A\n", "de: b is not there"),
        ("a = A\n# $n (String)\nb = B { $n }\nc = C\n", "de: c is not there in en"),
        ("a = A\nb = B\n", "de: b: its placeholders are [] and not [$n]"),
        ("a = A\n# $m (String)\nb = B { $m }\n", "de: b: its placeholders are [$m] and not [$n]"),
        ("a = A\nb = B { $n } { $m }\n", "de: b: its comment does not say if $m"),
    ] {
        let (_folder, languages) = two(english, other);
        let problems = languages.unwrap_err();
        assert!(problems.iter().any(|it| it.starts_with(why)), "{other}: {problems:?}");
    }
    let (_folder, languages) =
        two("a = A\n", "# $n (Number)\na = { $n ->\n  *[other] { $n }\n }\n");
    assert!(languages.is_err());
    let (folder, _) = two("a = A\n", "a = A\n");
    std::fs::remove_dir_all(folder.path().join("en")).unwrap();
    assert!(native::languages(folder.path()).is_err());
}

#[test]
fn what_is_not_current_is_told_by_its_line() {
    let folder = tempfile::tempdir().unwrap();
    let path = "android/app/src/main/res/values/strings.xml".to_owned();
    let files = [File { path: path.clone(), text: "one\ntwo\n".to_owned() }];
    let there = folder.path().join(&path);
    std::fs::create_dir_all(there.parent().unwrap()).unwrap();
    assert_eq!(native::differences(folder.path(), &files).len(), 1);
    std::fs::write(&there, "one\n2\n").unwrap();
    let told = format!("{path}:2: not current, wanted: two");
    assert_eq!(native::differences(folder.path(), &files), [told]);
    std::fs::write(&there, "one\ntwo\n").unwrap();
    assert!(native::differences(folder.path(), &files).is_empty());
    // The same line with another end is another file.
    std::fs::write(&there, "one\ntwo").unwrap();
    assert_eq!(native::differences(folder.path(), &files).len(), 1);
    std::fs::write(&there, "one\ntwo\n").unwrap();
    let gone = folder.path().join("android/app/src/main/res/values-fr");
    std::fs::create_dir(&gone).unwrap();
    std::fs::write(gone.join("strings.xml"), "").unwrap();
    let told = "android/app/src/main/res/values-fr/strings.xml: belongs to no language";
    assert_eq!(native::differences(folder.path(), &files), [told]);
}

#[test]
fn a_text_that_no_app_names_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let put = |path: &str, text: &str| {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    };
    put("copy/en/client_app.ftl", "# One.\na-one = A\na-two = B\na-three = C\na-four =\n    D\n");
    assert_eq!(native::unused(folder.path()).unwrap(), Vec::<String>::new(), "there is no app");
    put("android/app/src/main/kotlin/A.kt", "stringResource(R.string.a_one_more)");
    put(
        "android/app/src/main/res/values/strings.xml",
        "<string name=\"a_one\">@string/a_one</string>",
    );
    put("ios/Sources/A.swift", "Line(.aTwo)");
    put("ios/Sources/AttuneUI/Words/Keys.swift", "static let aOne = Words(\"a-one\")");
    assert_eq!(native::unused(folder.path()).unwrap(), ["a-one", "a-three", "a-four"]);
    put("android/app/src/main/res/xml/a.xml", "android:label=\"@string/a_three\"");
    put("android/app/src/main/kotlin/B.kt", "R.plurals.a_four, R.string.a_one");
    assert_eq!(native::unused(folder.path()).unwrap(), Vec::<String>::new());
}
