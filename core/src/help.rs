//! Help outside of Attune, from lists that are on the phone: no request is made to read them.
//!
//! Three lists: *Get help now*, *Was it more than a mistake?*, and other ways to find somebody to
//! see. Where a region has no list, the answer is an empty one, and the words say so honestly
//! (`safety-fallback`, `serious-fallback`, `outside-none`); nothing is guessed.

use std::sync::LazyLock;

use chrono::NaiveDate;

/// What the client is looking for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum HelpKind {
    /// Emergency numbers and crisis lines.
    Now,
    /// People who do not work for the clinic.
    Outside,
    /// Ways to find somebody else to see.
    Provider,
}

impl HelpKind {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::Now, Self::Outside, Self::Provider];
}

/// One place to turn to. It has a phone number, a site, or both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HelpEntry {
    /// ISO 3166-1 alpha-2, or `EU` for every member state without lines of its own.
    pub region: &'static str,
    /// The name by which it is known there.
    pub name: &'static str,
    /// The number as it is dialled within the region.
    pub phone: Option<&'static str>,
    /// Its page.
    pub site: Option<&'static str>,
    /// Where it publishes this.
    pub source: &'static str,
    /// The day on which the entry was last compared with what is published.
    pub checked: NaiveDate,
}

/// The entries for a country code, in the order to show; empty where there is no list.
///
/// Letter case of the code is ignored. A member state of the European Union without lines of its own
/// has those of `EU`.
#[must_use]
pub fn help(kind: HelpKind, country: &str) -> Vec<&'static HelpEntry> {
    let country = country.trim().to_ascii_uppercase();
    let of = |region: &str| -> Vec<_> {
        list(kind).iter().filter(|entry| entry.region == region).collect()
    };
    let own = of(&country);
    if own.is_empty() && EUROPEAN_UNION.contains(&country.as_str()) { of("EU") } else { own }
}

fn list(kind: HelpKind) -> &'static [HelpEntry] {
    static NOW: LazyLock<Vec<HelpEntry>> = LazyLock::new(|| parse(NOW_FILE));
    static OUTSIDE: LazyLock<Vec<HelpEntry>> = LazyLock::new(|| parse(OUTSIDE_FILE));
    static PROVIDER: LazyLock<Vec<HelpEntry>> = LazyLock::new(|| parse(PROVIDER_FILE));
    match kind {
        HelpKind::Now => &NOW,
        HelpKind::Outside => &OUTSIDE,
        HelpKind::Provider => &PROVIDER,
    }
}

const NOW_FILE: &str = include_str!("help/now.tsv");
const OUTSIDE_FILE: &str = include_str!("help/outside.tsv");
const PROVIDER_FILE: &str = include_str!("help/provider.tsv");

/// Member states of the European Union (27), where 112 answers everywhere.
const EUROPEAN_UNION: [&str; 27] = [
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT",
    "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK",
];

/// A line that is not an entry is left out; that no file has one is held by a test.
fn parse(file: &'static str) -> Vec<HelpEntry> {
    entry_lines(file).filter_map(entry).collect()
}

fn entry_lines(file: &'static str) -> impl Iterator<Item = &'static str> {
    file.lines().filter(|line| !line.is_empty() && !line.starts_with('#'))
}

fn entry(line: &'static str) -> Option<HelpEntry> {
    let fields: Vec<_> = line.split('\t').collect();
    let [region, name, phone, site, source, checked] = fields[..] else {
        return None;
    };
    let given = |field: &'static str| Some(field).filter(|field| !matches!(*field, "" | "-"));
    let (phone, site) = (given(phone), given(site));
    if phone.is_none() && site.is_none() {
        return None;
    }
    let checked = checked.parse().ok()?;
    Some(HelpEntry { region, name: given(name)?, phone, site, source: given(source)?, checked })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_an_entry_with_a_dated_source() {
        for (file, kind) in [NOW_FILE, OUTSIDE_FILE, PROVIDER_FILE].into_iter().zip(HelpKind::ALL) {
            assert_eq!(entry_lines(file).count(), list(kind).len(), "{kind:?}");
            for entry in list(kind) {
                assert!(entry.source.starts_with("https://"), "{}", entry.name);
                assert!(entry.site.is_none_or(|site| site.starts_with("https://")));
                assert!(entry.checked >= NaiveDate::from_ymd_opt(2026, 1, 1).unwrap());
                let dialled = |c: char| c.is_ascii_digit() || matches!(c, ' ' | '-');
                assert!(entry.phone.is_none_or(|phone| phone.chars().all(dialled)));
                assert!(entry.region.len() == 2, "{}", entry.region);
            }
        }
    }

    #[test]
    fn each_region_starts_with_its_emergency_number() {
        let table = [
            ("US", "911"),
            ("us", "911"),
            ("CA", "911"),
            ("GB", "999"),
            ("IE", "112"),
            ("AU", "000"),
            ("NZ", "111"),
            ("FR", "112"),
            ("SK", "112"),
        ];
        for (country, number) in table {
            assert_eq!(help(HelpKind::Now, country)[0].phone, Some(number), "{country}");
        }
    }

    #[test]
    fn a_region_with_a_list_has_all_of_its_own() {
        for entry in list(HelpKind::Now).iter().filter(|entry| entry.region != "EU") {
            for kind in HelpKind::ALL {
                assert!(!help(kind, entry.region).is_empty(), "{kind:?} {}", entry.region);
            }
        }
    }

    #[test]
    fn an_unknown_region_has_no_list_rather_than_a_wrong_one() {
        for country in ["", "ZZ", "JP", "\u{df}"] {
            assert!(help(HelpKind::Now, country).is_empty(), "{country}");
        }
        assert!(help(HelpKind::Outside, "FR").is_empty());
    }

    #[test]
    fn a_broken_line_is_no_entry() {
        for line in [
            "US\tName\t-\t-\thttps://a.example\t2026-01-01",
            "US\tName\t1\t-\thttps://a.example\tsoon",
            "US\tName\t1\t-\t-\t2026-01-01",
            "US\tName\t1",
        ] {
            assert_eq!(entry(line), None, "{line}");
        }
    }
}
