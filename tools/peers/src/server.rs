//! A server as a child process: started, measured, killed, started again.

use std::io::Read as _;
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// How long a server may take until it listens: some read all they hold first.
const START: Duration = Duration::from_secs(60);

/// A server on a port of its own.
pub(crate) struct Server {
    make: Box<dyn Fn() -> Command + Send>,
    pub(crate) address: SocketAddr,
    child: Option<Child>,
}

impl Server {
    /// Starts what `make` gives, and answers once it listens at `address`.
    pub(crate) fn start(
        address: SocketAddr,
        make: impl Fn() -> Command + Send + 'static,
    ) -> Result<Self, String> {
        let mut server = Self { make: Box::new(make), address, child: None };
        server.go_on()?;
        Ok(server)
    }

    /// SIGKILL, for it and its children.
    pub(crate) fn kill(&mut self) {
        let Some(mut child) = self.child.take() else {
            return;
        };
        let below = family(child.id());
        let _ = child.kill();
        if below.len() > 1 {
            let ids = below[1..].iter().map(u32::to_string);
            let _ = Command::new("kill").arg("-KILL").args(ids).stderr(Stdio::null()).status();
        }
        let _ = child.wait();
        // A worker that outlives its parent for a moment may hold shared memory.
        while below.iter().any(|id| Path::new(&format!("/proc/{id}/stat")).exists()) {
            std::thread::sleep(Duration::from_millis(2));
        }
    }

    /// Starts it again on the same data.
    pub(crate) fn go_on(&mut self) -> Result<(), String> {
        let mut command = (self.make)();
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
        let called = format!("{command:?}");
        let mut child = command.spawn().map_err(|error| format!("{called}: {error}"))?;
        let began = Instant::now();
        while TcpStream::connect(self.address).is_err() {
            let ended = matches!(child.try_wait(), Ok(Some(_)));
            if ended || began.elapsed() > START {
                let _ = child.kill();
                let mut said = String::new();
                let errors = child.stderr.take();
                errors.map(|mut errors| errors.read_to_string(&mut said));
                let _ = child.wait();
                return Err(format!("{called} does not listen: {said}"));
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        // What it says from now on nobody reads; a full pipe would stop it.
        if let Some(mut errors) = child.stderr.take() {
            std::thread::spawn(move || std::io::copy(&mut errors, &mut std::io::sink()));
        }
        self.child = Some(child);
        Ok(())
    }

    /// Processor time that it and its children have used, in hundredths of a second.
    pub(crate) fn ticks(&self) -> u64 {
        let all = self.child.as_ref().map_or(Vec::new(), |child| family(child.id()));
        all.into_iter().filter_map(|id| fields(id)).map(|fields| fields[9] + fields[10]).sum()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.kill();
    }
}

/// A free port of this machine.
pub(crate) fn free_port() -> Result<SocketAddr, String> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0));
    listener.and_then(|it| it.local_addr()).map_err(|error| format!("no free port: {error}"))
}

/// A process and those below it.
fn family(first: u32) -> Vec<u32> {
    let mut all = vec![first];
    let processes = std::fs::read_dir("/proc").into_iter().flatten().flatten();
    let ids = processes.filter_map(|entry| entry.file_name().to_str()?.parse().ok());
    let parents: Vec<(u32, u64)> = ids.filter_map(|id| Some((id, *fields(id)?.first()?))).collect();
    let mut at = 0;
    while at < all.len() {
        let parent = u64::from(all[at]);
        all.extend(parents.iter().filter(|(_, of)| *of == parent).map(|(id, _)| *id));
        at += 1;
    }
    all
}

/// The numbers of `/proc/ID/stat` from the parent's id on; at 9 and 10 are user and system time.
fn fields(id: u32) -> Option<Vec<u64>> {
    let stat = std::fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
    // The name in brackets may hold anything; the state and then the parent follow its end.
    let numbers = stat.rsplit_once(") ")?.1.split(' ').skip(1);
    let numbers: Vec<u64> = numbers.map(|number| number.parse().unwrap_or(0)).collect();
    (numbers.len() > 10).then_some(numbers)
}
