/// What goes on for as long as something is there: a screen, an open vault, the app. Cancelled, it cancels all of it, and
/// nothing new begins.
@MainActor
public final class Scope {
  private var jobs: [Int: Job] = [:]
  private var children: [Int: Scope] = [:]
  private var next = 0
  private weak var parent: Scope?
  private var number = 0
  private(set) var isCancelled = false

  /// An empty one.
  public init() {}

  /// One that ends at the latest with this one.
  func child() -> Scope {
    let child = Scope()
    child.isCancelled = isCancelled
    child.parent = self
    child.number = next
    next += 1
    if !isCancelled { children[child.number] = child }
    return child
  }

  /// Begins something. `standing`: what has no end of its own, such as watching or waiting for a time.
  @discardableResult
  func launch(standing: Bool = false, _ work: @escaping @MainActor () async -> Void) -> Job {
    let job = Job(standing: standing)
    guard !isCancelled else {
      job.ended()
      return job
    }
    let id = next
    next += 1
    jobs[id] = job
    job.task = Task { [weak self] in
      await work()
      job.ended()
      self?.jobs[id] = nil
    }
    return job
  }

  /// Cancels everything. What is under way may take a moment to leave off.
  public func cancel() {
    isCancelled = true
    for job in jobs.values { job.cancel() }
    for child in children.values { child.cancel() }
    children = [:]
    parent?.children[number] = nil
  }

  /// Whatever here has an end of its own and has not come to it.
  var underWay: [Job] {
    jobs.values.filter { !$0.standing } + children.values.flatMap(\.underWay)
  }
}

/// Something that was begun.
@MainActor
package final class Job {
  let standing: Bool
  fileprivate var task: Task<Void, Never>?
  package private(set) var isActive = true

  fileprivate init(standing: Bool) {
    self.standing = standing
  }

  func cancel() {
    task?.cancel()
  }

  /// Waits for its end.
  package func join() async {
    await task?.value
  }

  fileprivate func ended() {
    isActive = false
    task = nil
  }
}

extension Scope: Silent {}
