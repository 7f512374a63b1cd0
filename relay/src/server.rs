//! A running relay: one thread with a runtime of its own, so that any program can carry one.

use std::net::SocketAddr;
use std::sync::{Arc, mpsc};
use std::thread::JoinHandle;
use std::time::Duration;

use attune_wire::{RelayId, canonical_origin};
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinSet;

use crate::bucket::Buckets;
use crate::clock::Clock;
use crate::config::{Config, RelayError};
use crate::database::Database;
use crate::exchange::Exchange;
use crate::gate::Gate;
use crate::health::Health;
use crate::http::{Service, info_document, metrics_routes, routes};
use crate::metrics::{Count, Metrics};
use crate::postgres::PostgresStore;
use crate::seats::{Seats, room_for};
use crate::signals::stop_signal;
use crate::sqlite::SqliteStore;
use crate::store::{Store, StoreError};
use crate::sweep::{Swept, sweep_page};

/// The blind relay.
pub struct Relay;

/// A relay at work. Dropping it stops it.
pub struct Running {
    /// Where it listens.
    pub addr: SocketAddr,
    /// Where it answers `GET /metrics`, if anywhere.
    pub metrics_addr: Option<SocketAddr>,
    /// Its public address, canonical.
    pub origin: String,
    stop: watch::Sender<bool>,
    thread: Option<JoinHandle<Result<(), RelayError>>>,
}

impl Relay {
    /// Starts a relay and answers once it listens.
    ///
    /// # Errors
    /// [`RelayError`], when something in `config` is refused or the system is in the way.
    pub fn start(config: Config) -> Result<Running, RelayError> {
        config.check()?;
        let (stop, stopped) = watch::channel(false);
        let (ready, answer) = mpsc::sync_channel(1);
        let thread = std::thread::Builder::new()
            .name("relay".into())
            .spawn(move || -> Result<(), RelayError> {
                let runtime = tokio::runtime::Builder::new_multi_thread()
                    .enable_all()
                    .thread_name("relay-worker")
                    .build()
                    .map_err(RelayError::System)?;
                runtime.block_on(async move {
                    let signal = stop_signal(config.stop_on_signals, config.tls.clone())?;
                    match &config.database {
                        Database::Sqlite(file) => {
                            let open = async |metrics| {
                                SqliteStore::with_metrics(file, config.max_bytes, metrics)
                            };
                            serve(&config, open, ready, stopped, signal).await
                        }
                        Database::Postgres(address) => {
                            let open = async |_| PostgresStore::open(address).await;
                            serve(&config, open, ready, stopped, signal).await
                        }
                    }
                })
            })
            .map_err(RelayError::System)?;
        match answer.recv() {
            Ok((addr, metrics_addr, origin)) => {
                Ok(Running { addr, metrics_addr, origin, stop, thread: Some(thread) })
            }
            // It ended before it was ready, and says why.
            Err(_) => Err(match thread.join() {
                Ok(Err(error)) => error,
                Ok(Ok(())) | Err(_) => RelayError::Ended,
            }),
        }
    }
}

impl Running {
    /// Takes no more connections, lets requests under way end, and closes the database.
    ///
    /// # Errors
    /// [`RelayError`], when the database could not be closed well. Nothing acknowledged is lost.
    pub fn stop(self) -> Result<(), RelayError> {
        self.stop.send_replace(true);
        self.wait()
    }

    /// Waits until it has stopped: by a signal, if it was told to listen to signals.
    ///
    /// # Errors
    /// As [`Running::stop`].
    pub fn wait(mut self) -> Result<(), RelayError> {
        self.thread.take().map_or(Ok(()), |thread| thread.join().unwrap_or(Err(RelayError::Ended)))
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

/// From the first look at the database to the last.
async fn serve<S: Store>(
    config: &Config,
    open: impl AsyncFnOnce(Arc<Metrics>) -> Result<S, StoreError>,
    ready: mpsc::SyncSender<Ready>,
    stopped: watch::Receiver<bool>,
    signal: impl Future<Output = ()>,
) -> Result<(), RelayError> {
    let node = Node::prepare(config, open).await?;
    let _ = ready.send((node.addr()?, node.metrics_addr()?, node.origin.clone()));
    node.run(config, stopped, signal).await
}

/// Where it listens, where it answers for its metrics, and its public address.
type Ready = (SocketAddr, Option<SocketAddr>, String);

/// Everything that listens, before it serves.
struct Node<S> {
    listener: TcpListener,
    metrics_listener: Option<TcpListener>,
    origin: String,
    metrics: Arc<Metrics>,
    service: Arc<Service<S>>,
}

impl<S: Store> Node<S> {
    async fn prepare(
        config: &Config,
        open: impl AsyncFnOnce(Arc<Metrics>) -> Result<S, StoreError>,
    ) -> Result<Self, RelayError> {
        let listener = listen(config).await.map_err(RelayError::Listen)?;
        let metrics_listener = match config.metrics {
            Some(address) => Some(TcpListener::bind(address).await.map_err(RelayError::Listen)?),
            None => None,
        };
        let local = listener.local_addr().map_err(RelayError::System)?;
        let origin = match &config.origin {
            Some(origin) => canonical_origin(origin)?,
            None if local.ip().is_loopback() => {
                let scheme = if config.tls.is_some() { "https" } else { "http" };
                canonical_origin(&format!("{scheme}://{local}"))?
            }
            None => return Err(RelayError::OriginMissing),
        };
        let metrics = Arc::new(Metrics::default());
        let store = open(Arc::clone(&metrics)).await?;
        let exchange = Exchange::new(
            store,
            RelayId::of_origin(&origin),
            config.open,
            config.limits.lane,
            Arc::clone(&config.clock),
            Arc::clone(&metrics),
        )
        .map_err(RelayError::System)?;
        let service = Arc::new(Service {
            exchange,
            health: Health::default(),
            prefixes: Buckets::new(config.limits.prefix),
            trusted_proxies: config.trusted_proxies.clone(),
            body_timeout: config.timeouts.body,
            info: info_document(&origin, config.open),
        });
        Ok(Self { listener, metrics_listener, origin, metrics, service })
    }

    fn addr(&self) -> Result<SocketAddr, RelayError> {
        self.listener.local_addr().map_err(RelayError::System)
    }

    fn metrics_addr(&self) -> Result<Option<SocketAddr>, RelayError> {
        self.metrics_listener
            .as_ref()
            .map(TcpListener::local_addr)
            .transpose()
            .map_err(RelayError::System)
    }

    async fn run(
        self,
        config: &Config,
        mut stopped: watch::Receiver<bool>,
        signal: impl Future<Output = ()>,
    ) -> Result<(), RelayError> {
        let (stop, stopping) = watch::channel(false);
        let mut tasks = JoinSet::new();
        let gate = |router, connections, tls| Gate {
            router,
            tls,
            timeouts: config.timeouts,
            trusted_proxies: config.trusted_proxies.clone(),
            seats: Seats::new(connections, config.prefix_connections),
            metrics: Arc::clone(&self.metrics),
            stopping: stopping.clone(),
        };
        let router = routes(Arc::clone(&self.service));
        let places = room_for(config.max_connections);
        tasks.spawn(gate(router, places, config.tls.clone()).serve(self.listener));
        if let Some(listener) = self.metrics_listener {
            let router = metrics_routes(Arc::clone(&self.metrics));
            tasks.spawn(gate(router, 16, None).serve(listener));
        }
        let sweeping = tokio::spawn(sweep_daily(
            Arc::clone(&self.service),
            Arc::clone(&self.metrics),
            Arc::clone(&config.clock),
        ));
        tracing::info!("started");
        tokio::select! {
            // An error means that nobody is left to stop it: then it stops.
            _ = stopped.wait_for(|stop| *stop) => {}
            () = signal => {}
        }
        sweeping.abort();
        let _ = sweeping.await;
        stop.send_replace(true);
        while tasks.join_next().await.is_some() {}
        self.service.exchange.store.finish().await?;
        tracing::info!("stopped");
        Ok(())
    }
}

/// Between two pages of a sweep: at most a hundred pages a second, whatever there is to sweep.
const SWEEP_PAUSE: Duration = Duration::from_millis(10);

/// At start and every day.
async fn sweep_daily<S: Store>(
    service: Arc<Service<S>>,
    metrics: Arc<Metrics>,
    clock: Arc<dyn Clock>,
) {
    let mut days = tokio::time::interval(Duration::from_secs(86_400));
    loop {
        days.tick().await;
        let (today, mut swept, mut after) = (clock.day(), Swept::default(), None);
        let swept_all = loop {
            match sweep_page(&service.exchange.store, today, after, &mut swept).await {
                Ok(None) => break Ok(()),
                Ok(last) => after = last,
                Err(error) => break Err(error),
            }
            tokio::time::sleep(SWEEP_PAUSE).await;
        };
        metrics.add(Count::SweptBodies, swept.bodies);
        metrics.add(Count::SweptLanes, swept.lanes);
        match swept_all {
            Ok(()) => tracing::info!("sweep done"),
            Err(error) => tracing::error!(%error, "the sweep stopped early"),
        }
    }
}

/// The socket that was handed over, or one of its own.
async fn listen(config: &Config) -> std::io::Result<TcpListener> {
    match &config.socket {
        Some(socket) => {
            let socket = socket.try_clone()?;
            socket.set_nonblocking(true)?;
            TcpListener::from_std(socket)
        }
        None => TcpListener::bind(config.listen).await,
    }
}
