//! The one thread that writes, with group commit.
//!
//! Whatever is queued when the last commit is done goes into the next one: one transaction, one
//! sync of the disk, and only then an answer to all who asked. Under load the batches grow by
//! themselves; alone, a write waits for nobody.

use std::borrow::Cow;
use std::thread::JoinHandle;

use attune_cipher::rusqlite::{Connection, Result as SqlResult, TransactionBehavior};
use tokio::sync::{mpsc, oneshot};

use crate::metrics::{Count, Metrics};
use crate::sqlite::connection::checkpoint;
use crate::store::StoreError;

/// Writes in one transaction at most. At 8 KiB each it stays far below the page cache.
const BATCH: usize = 128;

/// Writes that may wait; past it, the sender waits.
const QUEUE: usize = 1_024;

/// Hands writes to the thread. Dropped, it ends the thread after what is queued, and waits for it.
pub(crate) struct Writer {
    queue: mpsc::Sender<Message>,
    thread: Option<JoinHandle<()>>,
}

enum Message {
    Write(Box<dyn Job>),
    Stop(oneshot::Sender<Result<(), StoreError>>),
}

impl Writer {
    /// Starts the thread; it owns `connection` until it is stopped or the writer is dropped.
    pub(crate) fn start(
        connection: Connection,
        metrics: std::sync::Arc<Metrics>,
    ) -> std::io::Result<Self> {
        let (queue, messages) = mpsc::channel(QUEUE);
        let thread = std::thread::Builder::new()
            .name("relay-writer".into())
            .spawn(move || run(connection, messages, &metrics))?;
        Ok(Self { queue, thread: Some(thread) })
    }

    /// Runs `work` in some transaction, and answers once it is committed. `work` may run again, in a
    /// transaction of its own, when the first was rolled back.
    pub(crate) async fn write<T: Send + 'static>(
        &self,
        work: impl FnMut(&Connection) -> SqlResult<T> + Send + 'static,
    ) -> Result<T, StoreError> {
        let (reply, answer) = oneshot::channel();
        let task = Task { work, outcome: None, reply };
        self.queue.send(Message::Write(Box::new(task))).await.map_err(|_| GONE)?;
        answer.await.map_err(|_| GONE)?
    }

    /// Ends the thread after what is queued: checkpoint, close.
    pub(crate) async fn stop(&self) -> Result<(), StoreError> {
        let (reply, answer) = oneshot::channel();
        self.queue.send(Message::Stop(reply)).await.map_err(|_| GONE)?;
        answer.await.map_err(|_| GONE)?
    }

    pub(crate) fn is_ready(&self) -> bool {
        !self.queue.is_closed()
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        // The last sender goes, and with it the thread's reason to wait.
        self.queue = mpsc::channel(1).0;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// The writer has ended.
pub(crate) const GONE: StoreError = StoreError::Unavailable { code: Cow::Borrowed("closed") };

/// A write of any outcome.
trait Job: Send {
    fn run(&mut self, connection: &Connection) -> SqlResult<()>;
    fn answer(self: Box<Self>, committed: Result<(), StoreError>);
}

struct Task<T, F> {
    work: F,
    outcome: Option<T>,
    reply: oneshot::Sender<Result<T, StoreError>>,
}

impl<T: Send, F: FnMut(&Connection) -> SqlResult<T> + Send> Job for Task<T, F> {
    fn run(&mut self, connection: &Connection) -> SqlResult<()> {
        self.outcome = Some((self.work)(connection)?);
        Ok(())
    }

    fn answer(self: Box<Self>, committed: Result<(), StoreError>) {
        let Self { outcome, reply, .. } = *self;
        // Whoever asked may have gone; the write stands.
        let _ = reply.send(committed.and_then(|()| outcome.ok_or(GONE)));
    }
}

fn run(mut connection: Connection, mut messages: mpsc::Receiver<Message>, metrics: &Metrics) {
    let mut stop = None;
    while stop.is_none() {
        let Some(first) = messages.blocking_recv() else {
            break;
        };
        let mut batch = Vec::new();
        let mut next = Some(first);
        while let Some(message) = next.take() {
            match message {
                Message::Write(job) => batch.push(job),
                Message::Stop(reply) => {
                    stop = Some(reply);
                    messages.close();
                }
            }
            if batch.len() < BATCH {
                next = messages.try_recv().ok();
            }
        }
        commit(&mut connection, batch, metrics);
    }
    let result = checkpoint(&connection)
        .and_then(|()| connection.close().map_err(|(_, error)| error.into()));
    if let Some(reply) = stop {
        let _ = reply.send(result);
    }
}

/// One transaction for all; if it fails, one for each, so that a write for which there is no room
/// does not take the others with it.
fn commit(connection: &mut Connection, mut batch: Vec<Box<dyn Job>>, metrics: &Metrics) {
    if batch.is_empty() {
        return;
    }
    metrics.add(Count::Commits, 1);
    metrics.add(Count::CommittedWrites, batch.len() as u64);
    match transaction(connection, &mut batch) {
        Ok(()) => batch.into_iter().for_each(|job| job.answer(Ok(()))),
        Err(error) if batch.len() == 1 => {
            batch.into_iter().for_each(|job| job.answer(Err(error.clone())));
        }
        Err(_) => {
            for job in batch {
                commit(connection, vec![job], metrics);
            }
        }
    }
}

fn transaction(connection: &mut Connection, batch: &mut [Box<dyn Job>]) -> Result<(), StoreError> {
    // Dropped on an error, it is rolled back.
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    for job in batch {
        job.run(&transaction)?;
    }
    Ok(transaction.commit()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn job(value: i64) -> (Box<dyn Job>, oneshot::Receiver<Result<i64, StoreError>>) {
        let (reply, answer) = oneshot::channel();
        let work = move |connection: &Connection| {
            connection.execute("INSERT INTO kept VALUES (?1)", [value])?;
            Ok(value)
        };
        (Box::new(Task { work, outcome: None, reply }), answer)
    }

    /// A batch is one commit; a write that fails takes no other with it.
    #[test]
    fn one_that_fails_fails_alone() {
        let mut connection = Connection::open_in_memory().unwrap();
        connection
            .execute_batch("CREATE TABLE kept (value INTEGER PRIMARY KEY CHECK (value <> 13))")
            .unwrap();
        let metrics = Metrics::default();
        for (values, commits) in [(vec![1, 2, 3], 1), (vec![4, 13, 5], 4)] {
            let before = metrics.render();
            let (jobs, answers): (Vec<_>, Vec<_>) = values.iter().map(|value| job(*value)).unzip();
            commit(&mut connection, jobs, &metrics);
            for (value, mut answer) in values.into_iter().zip(answers) {
                let answer = answer.try_recv().unwrap();
                assert_eq!(answer.is_ok(), value != 13, "{value}: {answer:?}");
            }
            let counted = |text: &str| -> u64 {
                let line =
                    text.lines().find_map(|line| line.strip_prefix("attune_relay_commits_total "));
                line.unwrap().parse().unwrap()
            };
            assert_eq!(counted(&metrics.render()) - counted(&before), commits);
        }
        let kept: i64 =
            connection.query_row("SELECT count(*) FROM kept", [], |row| row.get(0)).unwrap();
        assert_eq!(kept, 5);
    }
}
