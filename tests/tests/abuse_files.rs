//! A relay that the system gives few open files: connections that say nothing take the places, never
//! the files that the database needs.
#![cfg(unix)]

use std::ffi::OsStr;
use std::net::{SocketAddr, TcpStream};
use std::path::Path;

use attune_core::sync::SyncRequest;
use attune_tests::place::{ORIGIN, database_in};
use attune_tests::process::Process;
use attune_tests::road::{agent, send};
use attune_wire::{
    ENVELOPE_LEN, FRAME_LEN, Operation, RelayId, Request, Response, SigningKey, Status,
};

/// Open files of the relay's process, of which it has about a dozen before anybody comes.
const FILES: usize = 64;

#[test]
fn a_relay_short_of_files_serves_whoever_sends() {
    let folder = tempfile::tempdir().unwrap();
    let limited = format!("ulimit -n {FILES} && exec \"$0\" \"$@\"");
    let words = ["-c", &limited, env!("CARGO_BIN_EXE_party"), "relay"];
    let mut arguments: Vec<&OsStr> = words.iter().map(OsStr::new).collect();
    let database = database_in(folder.path());
    arguments.extend([database.as_os_str(), OsStr::new("127.0.0.1:0")]);
    let mut relay = Process::start(Path::new("/bin/sh"), &arguments, &[]);
    let address: SocketAddr = relay.await_line("listening on http://").parse().unwrap();

    // More than it has files, and then some.
    let silent: Vec<_> = (0..4 * FILES).map(|_| TcpStream::connect(address).unwrap()).collect();
    let agent = agent();
    for (operation, version, expected) in [
        (Operation::Open, 0, Status::Stored),
        (Operation::Put, 1, Status::Stored),
        (Operation::Get, 0, Status::New),
        (Operation::Put, 2, Status::Stored),
        (Operation::Get, 1, Status::New),
    ] {
        let (status, body) = send(&agent, address, &ask(operation, version)).expect("an answer");
        assert_eq!(status, 200, "{operation:?}");
        assert_eq!(Response::parse(&body).unwrap().status, expected, "{operation:?}");
    }
    drop(silent);
    let (_, killed) = relay.kill();
    assert!(killed, "it had ended by itself");
}

fn ask(operation: Operation, version: u64) -> SyncRequest {
    let key = |seed| SigningKey::from_seed(&[seed; 32]);
    let request = Request {
        operation,
        relay: RelayId::of_origin(ORIGIN),
        writer: key(1).public(),
        reader: key(2).public(),
        version,
        grant: None,
        envelope: Box::new([3; ENVELOPE_LEN]),
    };
    let body: Box<[u8; FRAME_LEN]> =
        request.sign(&key(if operation == Operation::Get { 2 } else { 1 }));
    SyncRequest { url: format!("{ORIGIN}/v1/f"), body }
}
