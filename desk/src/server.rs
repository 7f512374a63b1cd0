//! The running page: one thread with a runtime of its own, on the loopback address alone.

use std::convert::Infallible;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::pin::pin;
use std::sync::{Arc, mpsc};
use std::thread::JoinHandle;
use std::time::Duration;

use attune_core::vault::KdfCost;
use axum::body::Body;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinSet;

use crate::carrier::Carrier;
use crate::clock::Clock;
use crate::house::House;
use crate::page::problem::Problem;
use crate::page::words::say;
use crate::pages;
use crate::safety::gate::Gate;

/// Connections at once: a browser takes about six.
const CONNECTIONS: usize = 64;
/// For the head of a request.
const HEADER_TIME: Duration = Duration::from_secs(10);
/// For a connection as a whole.
const CONNECTION_TIME: Duration = Duration::from_secs(300);
/// For what is under way when it stops.
const DRAIN_TIME: Duration = Duration::from_secs(3);
/// Between two looks at whether it is time to lock or to sync.
const LOOK: Duration = Duration::from_secs(5);

/// How to run.
pub struct Config {
    /// The folder of the vault; empty or absent, the page offers to make one.
    pub folder: PathBuf,
    /// The port on 127.0.0.1; 0 takes a free one.
    pub port: u16,
    /// What the clock says.
    pub clock: Arc<dyn Clock>,
    /// Who carries a sync's requests.
    pub carrier: Arc<dyn Carrier>,
    /// What a new passphrase costs to try: [`KdfCost::STANDARD`] for everything but a test.
    pub cost: KdfCost,
    /// Stop on SIGINT and SIGTERM.
    pub stop_on_signals: bool,
}

/// Why the page could not be opened or went down.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The port is taken, or the system does not give it.
    #[error("the port cannot be had: {0}")]
    Listen(std::io::Error),
    /// The system refused something else.
    #[error("the system refused: {0}")]
    System(std::io::Error),
    /// The system gave no random bytes.
    #[error("the system gave no random bytes")]
    Entropy,
    /// It ended by a fault of its own.
    #[error("the page ended by a fault")]
    Ended,
}

/// The page at work. Dropping it stops it.
pub struct Running {
    /// Where it listens: always a loopback address.
    pub addr: SocketAddr,
    /// How one gets in.
    pub entrance: Entrance,
    stop: watch::Sender<bool>,
    thread: Option<JoinHandle<Result<(), ServeError>>>,
}

/// Hands out one-time links.
#[derive(Clone)]
pub struct Entrance {
    house: Arc<House>,
}

/// Opens the page and answers once it listens.
///
/// # Errors
/// [`ServeError`], when the system is in the way.
pub fn serve(config: Config) -> Result<Running, ServeError> {
    let (stop, stopped) = watch::channel(false);
    let (ready, answer) = mpsc::sync_channel(1);
    let thread = std::thread::Builder::new()
        .name("desk".into())
        .spawn(move || -> Result<(), ServeError> {
            let runtime = tokio::runtime::Builder::new_multi_thread()
                .enable_all()
                .worker_threads(2)
                .thread_name("desk-worker")
                .build()
                .map_err(ServeError::System)?;
            runtime.block_on(async move {
                let signal = stop_signal(config.stop_on_signals)?;
                // Never another address: this page is for who sits at this machine.
                let address = SocketAddr::from((Ipv4Addr::LOCALHOST, config.port));
                let listener = TcpListener::bind(address).await.map_err(ServeError::Listen)?;
                let addr = listener.local_addr().map_err(ServeError::System)?;
                let Config { folder, clock, carrier, cost, .. } = config;
                let house = Arc::new(House::new(&folder, cost, clock, carrier, addr.port()));
                let _ = ready.send((addr, Arc::clone(&house)));
                run(listener, house, stopped, signal).await;
                Ok(())
            })
        })
        .map_err(ServeError::System)?;
    match answer.recv() {
        Ok((addr, house)) => {
            Ok(Running { addr, entrance: Entrance { house }, stop, thread: Some(thread) })
        }
        // It ended before it was ready, and says why.
        Err(_) => Err(match thread.join() {
            Ok(Err(error)) => error,
            Ok(Ok(())) | Err(_) => ServeError::Ended,
        }),
    }
}

impl Entrance {
    /// A new link, for one browser, once, within two minutes.
    ///
    /// # Errors
    /// [`ServeError::Entropy`].
    pub fn link(&self) -> Result<String, ServeError> {
        self.house.make_link().map_err(|_| ServeError::Entropy)
    }

    /// A private file in the desk's folder that leads a browser to a new link: its name may stand among
    /// the arguments of a process, where the link itself may not. It goes with the link.
    ///
    /// # Errors
    /// [`ServeError`], when the file could not be written.
    pub fn launcher(&self) -> Result<PathBuf, ServeError> {
        self.house.make_launcher(&say("open-title")).map_err(|problem| match problem {
            Problem::Vault(attune_core::vault::VaultError::Io(kind)) => {
                ServeError::System(kind.into())
            }
            _ => ServeError::Entropy,
        })
    }
}

impl Running {
    /// Takes no more connections, lets requests under way end, and closes the vault.
    ///
    /// # Errors
    /// [`ServeError::Ended`].
    pub fn stop(self) -> Result<(), ServeError> {
        self.stop.send_replace(true);
        self.wait()
    }

    /// Waits until it has stopped: by a signal, if it was told to listen to signals.
    ///
    /// # Errors
    /// As [`stop`](Self::stop).
    pub fn wait(mut self) -> Result<(), ServeError> {
        self.thread.take().map_or(Ok(()), |thread| thread.join().unwrap_or(Err(ServeError::Ended)))
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if let Some(thread) = self.thread.take() {
            self.stop.send_replace(true);
            let _ = thread.join();
        }
    }
}

async fn run(
    listener: TcpListener,
    house: Arc<House>,
    mut stopped: watch::Receiver<bool>,
    signal: impl Future<Output = ()>,
) {
    let (stop, stopping) = watch::channel(false);
    let gate = Gate::new(Arc::clone(&house), pages::routes());
    let looking = tokio::spawn(look(Arc::clone(&house)));
    let accepting = tokio::spawn(accept(listener, gate, stopping));
    tokio::select! {
        // An error means that nobody is left to stop it: then it stops.
        _ = stopped.wait_for(|stop| *stop) => {}
        () = signal => {}
    }
    looking.abort();
    stop.send_replace(true);
    let _ = accepting.await;
    house.leave().await;
}

/// Locks and syncs when it is time, whether or not somebody asks for a page.
async fn look(house: Arc<House>) {
    let mut looks = tokio::time::interval(LOOK);
    loop {
        looks.tick().await;
        house.lock_if_idle().await;
        house.sweep_links();
        house.sweep_held();
        // On its own: a network that hangs must not keep the desk from locking.
        let house = Arc::clone(&house);
        tokio::spawn(async move { house.sync_if_due().await });
    }
}

async fn accept(listener: TcpListener, gate: Gate, mut stopping: watch::Receiver<bool>) {
    let free = Arc::new(Semaphore::new(CONNECTIONS));
    let mut open = JoinSet::new();
    loop {
        let Ok(permit) = Arc::clone(&free).acquire_owned().await else { break };
        let accepted = tokio::select! {
            _ = stopping.wait_for(|stop| *stop) => break,
            accepted = listener.accept() => accepted,
        };
        while open.try_join_next().is_some() {}
        let Ok((stream, _)) = accepted else {
            // Out of file descriptors, most likely: a pause lets some close.
            tokio::time::sleep(Duration::from_millis(100)).await;
            continue;
        };
        let (gate, stopping) = (gate.clone(), stopping.clone());
        open.spawn(async move {
            converse(stream, gate, stopping).await;
            drop(permit);
        });
    }
    drop(listener);
    let drained = async { while open.join_next().await.is_some() {} };
    // Who is still connected after that is cut off with the JoinSet.
    let _ = tokio::time::timeout(DRAIN_TIME, drained).await;
}

/// One connection, from its first request to its end.
async fn converse(stream: TcpStream, gate: Gate, mut stopping: watch::Receiver<bool>) {
    // Small answers at once; without it the page still works.
    let _ = stream.set_nodelay(true);
    let service = service_fn(move |request: hyper::Request<Incoming>| {
        let gate = gate.clone();
        async move { Ok::<_, Infallible>(gate.answer(request.map(Body::new)).await) }
    });
    let mut connection = pin!(
        http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(HEADER_TIME)
            .max_buf_size(32 * 1_024)
            .serve_connection(TokioIo::new(stream), service)
    );
    tokio::select! {
        // Who breaks off or sends junk is no error of ours, and nothing is logged.
        _ = connection.as_mut() => return,
        _ = stopping.wait_for(|stop| *stop) => {}
        () = tokio::time::sleep(CONNECTION_TIME) => {}
    }
    connection.as_mut().graceful_shutdown();
    let _ = tokio::time::timeout(DRAIN_TIME, connection).await;
}

/// Listens from now on; the future ends at SIGTERM or SIGINT, or never.
fn stop_signal(listen: bool) -> Result<impl Future<Output = ()>, ServeError> {
    #[cfg(unix)]
    let signals = {
        use tokio::signal::unix::{SignalKind, signal};
        let on = |kind| listen.then(|| signal(kind)).transpose().map_err(ServeError::System);
        [on(SignalKind::terminate())?, on(SignalKind::interrupt())?]
    };
    Ok(async move {
        #[cfg(unix)]
        if let [Some(mut terminate), Some(mut interrupt)] = signals {
            tokio::select! {
                _ = terminate.recv() => {}
                _ = interrupt.recv() => {}
            }
            return;
        }
        #[cfg(not(unix))]
        if listen && tokio::signal::ctrl_c().await.is_ok() {
            return;
        }
        std::future::pending::<()>().await;
    })
}
