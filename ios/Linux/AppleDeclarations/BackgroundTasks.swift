import Foundation

open class BGTask: NSObject {
  public var identifier: String { "" }
  public var expirationHandler: (() -> Void)?
  public func setTaskCompleted(success: Bool) {}
}

public class BGAppRefreshTask: BGTask {}

open class BGTaskRequest: NSObject {
  public var identifier: String { "" }
  public var earliestBeginDate: Date?
}

public class BGAppRefreshTaskRequest: BGTaskRequest {
  public init(identifier: String) {}
}

public class BGTaskScheduler: NSObject {
  public class var shared: BGTaskScheduler { BGTaskScheduler() }
  public func register(
    forTaskWithIdentifier identifier: String, using queue: DispatchQueue?, launchHandler: @escaping (BGTask) -> Void
  ) -> Bool { false }
  public func submit(_ taskRequest: BGTaskRequest) throws {}
  public func cancel(taskRequestWithIdentifier identifier: String) {}
  public func getPendingTaskRequests(completionHandler: @escaping @Sendable ([BGTaskRequest]) -> Void) {}
}
