import Foundation

// MARK: Speech

public class AVSpeechSynthesisVoice: NSObject {
  public class func speechVoices() -> [AVSpeechSynthesisVoice] { [] }
  public init?(language languageCode: String?) { nil }
  public var language: String { "" }
  public var identifier: String { "" }
  public var quality: AVSpeechSynthesisVoiceQuality { .default }
}

public enum AVSpeechSynthesisVoiceQuality: Int, Sendable {
  case `default` = 1
  case enhanced, premium
}

public class AVSpeechUtterance: NSObject {
  public init(string: String) {}
  public var voice: AVSpeechSynthesisVoice?
}

public enum AVSpeechBoundary: Int, Sendable { case immediate, word }

public protocol AVSpeechSynthesizerDelegate: NSObjectProtocol {
  func speechSynthesizer(_ synthesizer: AVSpeechSynthesizer, didFinish utterance: AVSpeechUtterance)
  func speechSynthesizer(_ synthesizer: AVSpeechSynthesizer, didCancel utterance: AVSpeechUtterance)
}

public class AVSpeechSynthesizer: NSObject {
  public weak var delegate: (any AVSpeechSynthesizerDelegate)?
  public func speak(_ utterance: AVSpeechUtterance) {}
  @discardableResult public func stopSpeaking(at boundary: AVSpeechBoundary) -> Bool { false }
}

// MARK: Camera

public struct AVMediaType: Hashable, Sendable {
  public static let video = AVMediaType()
}

public enum AVAuthorizationStatus: Int, Sendable { case notDetermined, restricted, denied, authorized }

public class AVCaptureDevice: NSObject {
  public enum Position: Int, Sendable { case unspecified, back, front }
  public struct DeviceType: Hashable, Sendable {
    public static let builtInWideAngleCamera = DeviceType()
  }
  public class func `default`(
    _ deviceType: DeviceType, for mediaType: AVMediaType?, position: Position
  ) -> AVCaptureDevice? { nil }
  public class func `default`(for mediaType: AVMediaType) -> AVCaptureDevice? { nil }
  public class func authorizationStatus(for mediaType: AVMediaType) -> AVAuthorizationStatus { .notDetermined }
  public class func requestAccess(
    for mediaType: AVMediaType, completionHandler handler: @escaping @Sendable (Bool) -> Void
  ) {}
}

open class AVCaptureInput: NSObject {}

public class AVCaptureDeviceInput: AVCaptureInput {
  public init(device: AVCaptureDevice) throws {}
}

open class AVCaptureOutput: NSObject {}

public class AVCaptureConnection: NSObject {}

public class AVMetadataObject: NSObject {
  public struct ObjectType: Hashable, Sendable {
    public static let qr = ObjectType()
  }
}

public class AVMetadataMachineReadableCodeObject: AVMetadataObject {
  public var stringValue: String? { nil }
}

public protocol AVCaptureMetadataOutputObjectsDelegate: NSObjectProtocol {
  func metadataOutput(
    _ output: AVCaptureMetadataOutput, didOutput metadataObjects: [AVMetadataObject],
    from connection: AVCaptureConnection)
}

public class AVCaptureMetadataOutput: AVCaptureOutput {
  public func setMetadataObjectsDelegate(
    _ objectsDelegate: (any AVCaptureMetadataOutputObjectsDelegate)?, queue objectsCallbackQueue: DispatchQueue?
  ) {}
  public var availableMetadataObjectTypes: [AVMetadataObject.ObjectType] { [] }
  public var metadataObjectTypes: [AVMetadataObject.ObjectType]! = []
}

public class AVCaptureSession: NSObject {
  public static let runtimeErrorNotification = Notification.Name("AVCaptureSessionRuntimeErrorNotification")
  public func beginConfiguration() {}
  public func commitConfiguration() {}
  public func canAddInput(_ input: AVCaptureInput) -> Bool { false }
  public func addInput(_ input: AVCaptureInput) {}
  public func canAddOutput(_ output: AVCaptureOutput) -> Bool { false }
  public func addOutput(_ output: AVCaptureOutput) {}
  public func startRunning() {}
  public func stopRunning() {}
}

public struct AVLayerVideoGravity: Hashable, Sendable {
  public static let resizeAspectFill = AVLayerVideoGravity()
}

public class AVCaptureVideoPreviewLayer: NSObject {
  public init(session: AVCaptureSession) {}
  public var videoGravity = AVLayerVideoGravity.resizeAspectFill
}
