import Foundation

public struct UIBackgroundTaskIdentifier: Hashable, Sendable, RawRepresentable {
  public let rawValue: Int
  public init(rawValue: Int) { self.rawValue = rawValue }
  public static let invalid = UIBackgroundTaskIdentifier(rawValue: 0)
}

@MainActor open class UIResponder: NSObject {}

@MainActor open class UIApplication: UIResponder {
  public enum State: Int, Sendable { case active, inactive, background }
  public class var shared: UIApplication { UIApplication() }
  public var applicationState: State { .active }
  public var connectedScenes: Set<UIScene> { [] }
  nonisolated public func beginBackgroundTask(
    withName taskName: String?, expirationHandler handler: (@MainActor @Sendable () -> Void)? = nil
  ) -> UIBackgroundTaskIdentifier { .invalid }
  nonisolated public func endBackgroundTask(_ identifier: UIBackgroundTaskIdentifier) {}
}

@MainActor open class UIScene: UIResponder {
  public enum ActivationState: Int, Sendable { case unattached = -1, foregroundActive, foregroundInactive, background }
  public var activationState: ActivationState { .unattached }
  nonisolated public static let willConnectNotification = Notification.Name("UISceneWillConnectNotification")
  nonisolated public static let didActivateNotification = Notification.Name("UISceneDidActivateNotification")
  nonisolated public static let willDeactivateNotification = Notification.Name("UISceneWillDeactivateNotification")
  nonisolated public static let willEnterForegroundNotification = Notification.Name(
    "UISceneWillEnterForegroundNotification")
  nonisolated public static let didEnterBackgroundNotification = Notification.Name(
    "UISceneDidEnterBackgroundNotification")
  nonisolated public static let didDisconnectNotification = Notification.Name("UISceneDidDisconnectNotification")
}

public enum UISceneCaptureState: Int, Sendable { case unspecified = -1, inactive, active }

public protocol UITraitDefinition {}
public struct UITraitSceneCaptureState: UITraitDefinition {}
public typealias UITrait = any UITraitDefinition.Type

@MainActor public class UITraitCollection: NSObject {
  public var sceneCaptureState: UISceneCaptureState { .unspecified }
}

@MainActor public protocol UITraitEnvironment: NSObjectProtocol {
  var traitCollection: UITraitCollection { get }
}

public protocol UITraitChangeRegistration {}
struct Registration: UITraitChangeRegistration {}

@MainActor open class UIWindowScene: UIScene, UITraitEnvironment {
  public var traitCollection: UITraitCollection { UITraitCollection() }
  @discardableResult public func registerForTraitChanges(
    _ traits: [UITrait], handler: @escaping (UIWindowScene, UITraitCollection) -> Void
  ) -> any UITraitChangeRegistration { Registration() }
}

@MainActor public class UIColor: NSObject {
  public class var systemBackground: UIColor { UIColor() }
}

@MainActor open class UIView: UIResponder {
  public var backgroundColor: UIColor?
  public var isHidden = false
  public var accessibilityViewIsModal = false
}

@MainActor open class UIViewController: UIResponder {
  public var view: UIView! = UIView()
}

@MainActor open class UIWindow: UIView {
  public struct Level: Hashable, RawRepresentable, Sendable {
    public let rawValue: Double
    public init(rawValue: Double) { self.rawValue = rawValue }
    public static let alert = Level(rawValue: 2_000)
  }
  public init(windowScene: UIWindowScene) {}
  public var windowLevel = Level(rawValue: 0)
  public var rootViewController: UIViewController?
}
