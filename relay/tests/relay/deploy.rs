//! The files in `relay/deploy`: that they hold to what they promise.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

/// `systemd-analyze security` in tenths: 0 is most shut in, 100 is open.
const MOST_EXPOSED: u32 = 15;

/// What must not go from the service's file, whatever else changes.
const DIRECTIVES: [&str; 29] = [
    "CapabilityBoundingSet=",
    "DynamicUser=yes",
    "LimitCORE=0",
    "LockPersonality=yes",
    "MemoryDenyWriteExecute=yes",
    "NoNewPrivileges=yes",
    "PrivateDevices=yes",
    "PrivateTmp=yes",
    "PrivateUsers=yes",
    "ProcSubset=pid",
    "ProtectClock=yes",
    "ProtectControlGroups=yes",
    "ProtectHome=yes",
    "ProtectHostname=yes",
    "ProtectKernelLogs=yes",
    "ProtectKernelModules=yes",
    "ProtectKernelTunables=yes",
    "ProtectProc=invisible",
    "ProtectSystem=strict",
    "RemoveIPC=yes",
    "RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX",
    "RestrictNamespaces=yes",
    "RestrictRealtime=yes",
    "RestrictSUIDSGID=yes",
    "StateDirectory=attune-relay",
    "StateDirectoryMode=0700",
    "SystemCallArchitectures=native",
    "SystemCallFilter=@system-service",
    "UMask=0077",
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

fn file(name: &str) -> String {
    std::fs::read_to_string(root().join("relay/deploy").join(name)).unwrap()
}

#[test]
fn the_service_gives_up_all_that_it_does_not_need_and_comes_back() {
    let service = file("attune-relay.service");
    let lines: BTreeSet<&str> = service.lines().collect();
    // A relay comes back by itself, whatever was in its way and however long.
    assert!(lines.contains("Restart=always") && lines.contains("StartLimitIntervalSec=0"));
    let gone: Vec<_> = DIRECTIVES.iter().filter(|line| !lines.contains(*line)).collect();
    assert!(gone.is_empty(), "{gone:?}");
    // What would read certificates anew reads systemd's copy of the old ones.
    assert!(!service.contains("\nExecReload="));
    // tokio's threads: a worker for each core, and 512 at most for what blocks.
    let tasks = service.lines().find_map(|line| line.strip_prefix("TasksMax=")).unwrap();
    assert!(tasks.parse::<u32>().unwrap() > 1_024 + 512, "a machine of 1,024 cores");
    // Each setting once, but for lists: a second line would undo the first.
    let mut names = BTreeSet::new();
    for line in service.lines().filter(|line| !line.starts_with('#') && line.contains('=')) {
        let (name, _) = line.split_once('=').unwrap();
        assert!(names.insert(name) || name == "SystemCallFilter" || name == "After", "{line}");
    }
}

/// What systemd itself says of the two files, where it is installed.
#[cfg(target_os = "linux")]
#[test]
fn systemd_takes_the_units_and_finds_them_shut_in() {
    let folder = tempfile::tempdir().unwrap();
    let service = file("attune-relay.service")
        .replace("/usr/local/bin/attune", "/bin/sh")
        .replace("EnvironmentFile=", "EnvironmentFile=-");
    let unit = folder.path().join("attune-relay.service");
    std::fs::write(&unit, service).unwrap();
    let socket = folder.path().join("attune-relay.socket");
    std::fs::write(&socket, file("attune-relay.socket")).unwrap();
    let analyze = |arguments: &[&str]| {
        let output = Command::new("systemd-analyze").args(arguments).arg(&unit).output().ok()?;
        let text = [output.stdout, output.stderr].concat();
        Some((output.status.success(), String::from_utf8_lossy(&text).into_owned()))
    };
    let Some((sound, says)) = analyze(&["verify", socket.to_str().unwrap()]) else {
        eprintln!("systemd-analyze is not installed: only the directives were read");
        return;
    };
    assert!(sound && !says.contains("attune-relay"), "{says}");
    let threshold = format!("--threshold={MOST_EXPOSED}");
    let (shut, says) = analyze(&["security", "--offline=yes", "--no-pager", &threshold]).unwrap();
    assert!(shut, "{}", says.lines().last().unwrap_or_default());
}

/// Every variable in the environment file is one that the program knows, and every secret stays out.
#[test]
fn the_environment_file_has_only_settings_of_the_program() {
    let sources = root().join("cli/src/relay");
    let known: String = std::fs::read_dir(sources)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_file())
        .map(|path| std::fs::read_to_string(path).unwrap())
        .collect();
    let (settings, service) = (file("relay.env"), file("attune-relay.service"));
    let words = settings.split(|c: char| !c.is_ascii_uppercase() && c != '_');
    let more = service.split(|c: char| !c.is_ascii_uppercase() && c != '_');
    let mut seen = 0;
    for name in words.chain(more).filter(|word| word.starts_with("ATTUNE_RELAY_")) {
        assert!(known.contains(&format!("\"{name}\"")), "{name}");
        seen += 1;
    }
    assert!(seen > 8);
    // A file that the unit hands over as a credential is named there alone: here it would be one that the
    // relay's user cannot read, and would win.
    let handed = service.split_whitespace().filter_map(|word| word.split_once("=%d/"));
    let handed: Vec<&str> =
        handed.map(|(name, _)| name.trim_start_matches("#Environment=")).collect();
    assert_eq!(handed.len(), 3);
    for name in handed {
        assert!(!settings.contains(&format!("{name}=")), "{name}");
    }
    assert!(!settings.contains("://attune:") && !settings.to_lowercase().contains("password="));
}

/// Every path that the image is built from is there, every member of the workspace is among them, and
/// what is left in it is one program, run by nobody in particular.
#[test]
fn the_image_copies_what_is_there() {
    let text = file("Containerfile");
    let lines: Vec<&str> = text.lines().filter(|line| !line.starts_with('#')).collect();
    let mut copied = BTreeSet::new();
    for line in lines.iter().filter_map(|line| line.strip_prefix("COPY ")) {
        let words: Vec<_> = line.split(' ').filter(|word| !word.starts_with("--")).collect();
        let (_, sources) = words.split_last().unwrap();
        if !line.starts_with("--from=") {
            for source in sources {
                assert!(root().join(source).exists(), "{source}");
                copied.insert((*source).trim_end_matches('/'));
            }
        }
    }
    let manifest = std::fs::read_to_string(root().join("Cargo.toml")).unwrap();
    let members = manifest.lines().find_map(|line| line.strip_prefix("members = [")).unwrap();
    for member in members.trim_end_matches(']').split(", ").map(|name| name.trim_matches('"')) {
        let there = copied.iter().any(|path| Path::new(member).starts_with(path));
        assert!(there, "{member} is not copied");
    }
    let last = lines.iter().rposition(|line| line.starts_with("FROM ")).unwrap();
    let image = &lines[last..];
    assert_eq!(image[0], "FROM scratch", "no shell, no library, nothing to keep up to date");
    assert!(image.contains(&"USER 65532:65532"));
    assert!(image.iter().all(|line| !line.starts_with("RUN ")));
}

/// Web servers write down nobody, believe nobody's word on who asks, and let a whole frame pass.
#[test]
fn web_servers_before_the_relay_keep_nothing() {
    let nginx = file("nginx.conf");
    for line in [
        "access_log off;",
        "error_log /var/log/nginx/attune-relay.log emerg;",
        "client_max_body_size 8448;",
        "proxy_set_header X-Forwarded-For $remote_addr;",
        "ssl_session_tickets off;",
    ] {
        assert!(nginx.lines().any(|found| found.trim() == line), "{line}");
    }
    assert_eq!(attune_wire::FRAME_LEN, 8_448);
    let caddy = file("Caddyfile");
    for line in ["level ERROR", "exclude http", "reverse_proxy 127.0.0.1:8787 {"] {
        assert!(caddy.lines().any(|found| found.trim() == line), "{line}");
    }
    assert!(!caddy.contains("output"));
}
