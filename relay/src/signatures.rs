//! Signatures of requests, checked together.
//!
//! A check is the dearest thing that a relay does, and many together cost less than half of what each
//! costs alone. The first that comes has a task check it, which gives way once: whatever else is ready by
//! then is checked with it. Under load the batches grow by themselves; alone, a request waits for nobody.

use std::mem;
use std::sync::{Arc, Mutex, PoisonError};

use attune_wire::{BadSignature, Request, SignedRequest};
use tokio::sync::oneshot;
use tokio::task::yield_now;

/// Beyond this a check gets no cheaper, and those who are first wait for longer.
const TOGETHER: usize = 32;

type Checked = Result<Request, BadSignature>;

/// Those that wait for the next check.
#[derive(Default)]
pub(crate) struct Signatures {
    waiting: Mutex<Vec<(SignedRequest, oneshot::Sender<Checked>)>>,
}

impl Signatures {
    /// Checks one signature, with those of others.
    ///
    /// # Errors
    /// [`BadSignature`]; and when the relay ends meanwhile, whose answer nobody gets.
    pub(crate) async fn verify(self: &Arc<Self>, signed: SignedRequest) -> Checked {
        let (reply, answer) = oneshot::channel();
        let is_first = {
            let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
            waiting.push((signed, reply));
            waiting.len() == 1
        };
        if is_first {
            // A task of its own: whoever asked may hang up, and the others still want their answers.
            let this = Arc::clone(self);
            tokio::spawn(async move { this.check().await });
        }
        answer.await.unwrap_or(Err(BadSignature))
    }

    /// Gives way once, and checks whoever waits by then.
    async fn check(&self) {
        yield_now().await;
        let waiting = mem::take(&mut *self.waiting.lock().unwrap_or_else(PoisonError::into_inner));
        let mut waiting = waiting.into_iter();
        loop {
            let (signed, replies): (Vec<_>, Vec<_>) = waiting.by_ref().take(TOGETHER).unzip();
            if signed.is_empty() {
                return;
            }
            for (checked, reply) in SignedRequest::verify_all(signed).into_iter().zip(replies) {
                // Whoever asked may have gone.
                let _ = reply.send(checked);
            }
            // Of a great many, the first have their answers while the last are checked.
            yield_now().await;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::pin::pin;

    use attune_wire::{ENVELOPE_LEN, Operation, RelayId, SigningKey};
    use futures_util::future::{join_all, poll_immediate};

    use super::*;

    fn signed(version: u64, is_good: bool) -> SignedRequest {
        let key = SigningKey::from_seed(&[version as u8; 32]);
        let request = Request {
            operation: Operation::Put,
            relay: RelayId([1; 32]),
            writer: key.public(),
            reader: [2; 32],
            version,
            grant: None,
            envelope: Box::new([3; ENVELOPE_LEN]),
        };
        let stranger = SigningKey::from_seed(&[255; 32]);
        let frame = request.sign(if is_good { &key } else { &stranger });
        Request::parse(&frame[..]).unwrap()
    }

    #[tokio::test]
    async fn each_gets_its_own_answer() {
        let signatures = Arc::new(Signatures::default());
        let is_good = |version: u64| version % 40 != 7;
        let asked = (0..100).map(|version| signatures.verify(signed(version, is_good(version))));
        for (version, checked) in (0..).zip(join_all(asked).await) {
            assert_eq!(
                checked.map(|request| request.version).ok(),
                is_good(version).then_some(version)
            );
        }
    }

    #[tokio::test]
    async fn the_first_may_hang_up() {
        let signatures = Arc::new(Signatures::default());
        let mut first = Box::pin(signatures.verify(signed(1, true)));
        assert!(poll_immediate(&mut first).await.is_none());
        let mut second = pin!(signatures.verify(signed(2, true)));
        assert!(poll_immediate(&mut second).await.is_none());
        drop(first);
        assert_eq!(second.await.map(|request| request.version), Ok(2));
        assert_eq!(signatures.verify(signed(3, true)).await.map(|request| request.version), Ok(3));
    }
}
