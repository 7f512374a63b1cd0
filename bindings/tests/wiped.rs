//! What is freed is overwritten: after closing, the memory of the process holds nothing of what went through the facade.

#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, reason = "tests")]

mod world;

use std::fs::{self, File};
use std::os::unix::fs::FileExt;

use world::{Home, now};

/// The text that is looked for, under a mask: the test's own copy must not be found.
const MASKED: [u8; 24] = *b"\x18\x14\x07\x1e\x10\x07\x75\x1a\x13\x75\x1a\x22\x3b\x75\x22\x3a\x27\x31\x26\x75\x6d\x64\x62\x64";
const MASK: u8 = 0x55;

fn text() -> String {
    MASKED.iter().map(|byte| char::from(byte ^ MASK)).collect()
}

/// How often the text stands in memory that can be written.
fn found() -> usize {
    let memory = File::open("/proc/self/mem").unwrap();
    let mut buffer = vec![0; 1 << 20];
    let mut count = 0;
    for line in fs::read_to_string("/proc/self/maps").unwrap().lines() {
        let mut fields = line.split(' ');
        let (range, rights) = (fields.next().unwrap(), fields.next().unwrap());
        if !rights.starts_with("rw") || line.ends_with("[vvar]") {
            continue;
        }
        let (from, to) = range.split_once('-').unwrap();
        let end = u64::from_str_radix(to, 16).unwrap();
        let mut at = u64::from_str_radix(from, 16).unwrap();
        let own = buffer.as_ptr() as u64;
        while at < end {
            let wanted = usize::try_from(end - at).unwrap().min(buffer.len());
            let Ok(read) = memory.read_at(&mut buffer[..wanted], at) else { break };
            let is_own = |place: u64| (own..own + (1 << 20)).contains(&place);
            count += buffer[..read]
                .windows(MASKED.len())
                .enumerate()
                .filter(|(place, window)| {
                    !is_own(at + *place as u64)
                        && window.iter().zip(MASKED).all(|(byte, masked)| byte ^ MASK == masked)
                })
                .count();
            if at + read as u64 >= end || read <= MASKED.len() {
                break;
            }
            // A text across two readings is found in the second.
            at += (read - MASKED.len()) as u64;
        }
    }
    count
}

#[test]
fn nothing_of_a_text_or_a_passcode_stays_in_memory() {
    let home = Home::new();
    let vault = home.create();
    let id = vault.flag(now()).unwrap();
    vault.set_words(id, Some(text())).unwrap();
    vault.set_passcode(home.store.clone(), Some(text().into_bytes())).unwrap();
    let kept = vault.moment(id).unwrap();
    assert_eq!(kept.words.as_deref(), Some(text().as_str()));
    assert!(found() > 0, "while it is held it is found: the search works");
    drop(kept);
    drop(vault.readable(now()).unwrap());
    assert!(vault.close().unwrap());
    drop(vault);
    assert_eq!(found(), 0);
}
