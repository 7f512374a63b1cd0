import Foundation

public enum LAPolicy: Int, Sendable {
  case deviceOwnerAuthenticationWithBiometrics = 1
  case deviceOwnerAuthentication = 2
}

open class LAContext: NSObject {
  public var localizedFallbackTitle: String?
  public var localizedCancelTitle: String?
  public var localizedReason: String = ""
  public var interactionNotAllowed = false
  public func canEvaluatePolicy(_ policy: LAPolicy, error: UnsafeMutablePointer<NSError?>?) -> Bool { false }
  public func evaluatePolicy(
    _ policy: LAPolicy, localizedReason: String, reply: @escaping @Sendable (Bool, (any Error)?) -> Void
  ) {}
  public func invalidate() {}
}
