import Foundation

public struct UIBackgroundTaskIdentifier: Hashable, Sendable, RawRepresentable {
  public let rawValue: Int
  public init(rawValue: Int) { self.rawValue = rawValue }
  public static let invalid = UIBackgroundTaskIdentifier(rawValue: 0)
}

@MainActor open class UIResponder: NSObject {}

@MainActor open class UIApplication: UIResponder {
  public enum State: Int, Sendable { case active, inactive, background }
  public class var shared: UIApplication { SceneWatch.application }
  public internal(set) var applicationState = State.active
  public internal(set) var connectedScenes: Set<UIScene> = []
  nonisolated public func beginBackgroundTask(
    withName taskName: String?, expirationHandler handler: (@MainActor @Sendable () -> Void)? = nil
  ) -> UIBackgroundTaskIdentifier { .invalid }
  nonisolated public func endBackgroundTask(_ identifier: UIBackgroundTaskIdentifier) {}
}

@MainActor open class UIScene: UIResponder {
  public enum ActivationState: Int, Sendable { case unattached = -1, foregroundActive, foregroundInactive, background }
  public internal(set) var activationState = ActivationState.unattached
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
  public internal(set) var sceneCaptureState = UISceneCaptureState.unspecified
}

@MainActor public protocol UITraitEnvironment: NSObjectProtocol {
  var traitCollection: UITraitCollection { get }
}

public protocol UITraitChangeRegistration {}
struct Registration: UITraitChangeRegistration {}

@MainActor open class UIWindowScene: UIScene, UITraitEnvironment {
  public let traitCollection = UITraitCollection()
  public internal(set) var windows: [UIWindow] = []
  var hears: [(UIWindowScene, UITraitCollection) -> Void] = []
  @discardableResult public func registerForTraitChanges(
    _ traits: [UITrait], handler: @escaping (UIWindowScene, UITraitCollection) -> Void
  ) -> any UITraitChangeRegistration {
    hears.append(handler)
    return Registration()
  }
}

@MainActor public class UIColor: NSObject {
  public class var systemBackground: UIColor { UIColor() }
}

@MainActor open class UIView: UIResponder {
  public var backgroundColor: UIColor?
  public var isHidden = false
  public var accessibilityViewIsModal = false
  /// Not Apple's: whether what was typed in it was ended, with or without its own will.
  public internal(set) var wasEnded = false
  @discardableResult open func endEditing(_ force: Bool) -> Bool {
    wasEnded = wasEnded || force
    return force
  }
  public class func performWithoutAnimation(_ actionsWithoutAnimation: () -> Void) { actionsWithoutAnimation() }
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
  public init(windowScene: UIWindowScene) {
    super.init()
    windowScene.windows.append(self)
  }
  public var windowLevel = Level(rawValue: 0)
  public var rootViewController: UIViewController?
}

/// Not Apple's: the scenes that a test lets the app have, and what becomes of them.
@MainActor public enum SceneWatch {
  static let application = UIApplication()

  /// One scene, which is in front; none, if `nil`.
  public static func connect(_ scene: UIWindowScene?) {
    application.connectedScenes = scene.map { [$0] } ?? []
    application.applicationState = .active
    scene?.activationState = .foregroundActive
  }

  /// The app has no window in sight.
  public static func isInBackground() {
    application.applicationState = .background
    for scene in application.connectedScenes { scene.activationState = .background }
  }

  /// Its screen is recorded or shown elsewhere, or no longer is.
  public static func capture(_ scene: UIWindowScene, _ state: UISceneCaptureState) {
    scene.traitCollection.sceneCaptureState = state
    for hears in scene.hears { hears(scene, scene.traitCollection) }
  }
}
