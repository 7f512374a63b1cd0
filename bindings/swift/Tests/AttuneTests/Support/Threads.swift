import Foundation

/// Runs `work` on a thread of its own: what blocks must not hold one of the few that carry tasks.
func onThread(_ work: @escaping @Sendable () -> Void) async {
  await withCheckedContinuation { done in
    Thread.detachNewThread {
      work()
      done.resume()
    }
  }
}

/// Waits for a signal from another thread.
func waited(for semaphore: DispatchSemaphore) async {
  await onThread { semaphore.wait() }
}
