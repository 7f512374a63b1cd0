import Foundation

#if canImport(BackgroundTasks)
  import BackgroundTasks
#else
  import AppleDeclarations
#endif

/// The system's scheduler.
@MainActor
final class AppleTasks: LaterTasks {
  /// As in `BGTaskSchedulerPermittedIdentifiers` of Info.plist.
  nonisolated static let name = "org.attune.app.look"

  /// Says what is to be done when the system runs it: before the app's launch is over, and once.
  func register(_ run: @escaping @MainActor (any GivenRun) -> Void) {
    _ = BGTaskScheduler.shared.register(forTaskWithIdentifier: Self.name, using: .main) { @Sendable task in
      let handed = Handed(task)
      MainActor.assumeIsolated { run(AppleRun(handed.value)) }
    }
  }

  func submit(earliest: Date) -> Bool {
    let request = BGAppRefreshTaskRequest(identifier: Self.name)
    request.earliestBeginDate = earliest
    return (try? BGTaskScheduler.shared.submit(request)) != nil
  }

  func cancel() {
    BGTaskScheduler.shared.cancel(taskRequestWithIdentifier: Self.name)
  }
}

/// A run of the system's.
@MainActor
private final class AppleRun: GivenRun {
  private let task: BGTask
  private var isOver = false

  init(_ task: BGTask) {
    self.task = task
  }

  func expires(_ tell: @escaping @MainActor () -> Void) {
    task.expirationHandler = { @Sendable in Task { @MainActor in tell() } }
  }

  func completed(_ well: Bool) {
    guard !isOver else { return }
    isOver = true
    task.setTaskCompleted(success: well)
  }
}
