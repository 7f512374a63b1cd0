import Foundation

#if canImport(AVFoundation)
  import AVFoundation
#else
  import AppleDeclarations
#endif

/// The camera of AVFoundation, which reads QR codes itself: no picture comes to the app.
@MainActor
final class AppleCamera: CodeCamera {
  // Begun and ended on a thread of its own, which may take a second.
  private let queue = DispatchQueue(label: "org.attune.camera")
  private var running: Running?

  var isThere: Bool { Self.device != nil }

  func ask() async -> Bool {
    await withCheckedContinuation { done in
      AVCaptureDevice.requestAccess(for: .video) { @Sendable allowed in done.resume(returning: allowed) }
    }
  }

  func start(found: @escaping @Sendable (String) -> Void, failed: @escaping @Sendable () -> Void) -> AnyObject? {
    guard AVCaptureDevice.authorizationStatus(for: .video) == .authorized, let device = Self.device,
      let input = try? AVCaptureDeviceInput(device: device)
    else { return nil }
    let session = AVCaptureSession()
    let output = AVCaptureMetadataOutput()
    guard session.canAddInput(input), session.canAddOutput(output) else { return nil }
    session.beginConfiguration()
    session.addInput(input)
    session.addOutput(output)
    session.commitConfiguration()
    // What can be read is known only once the output is part of the session.
    guard output.availableMetadataObjectTypes.contains(.qr) else { return nil }
    output.metadataObjectTypes = [.qr]
    let reader = Reader(found)
    output.setMetadataObjectsDelegate(reader, queue: queue)
    let trouble = NotificationCenter.default.addObserver(
      forName: AVCaptureSession.runtimeErrorNotification, object: session, queue: nil
    ) { _ in failed() }
    running = Running(session: Handed(session), reader: reader, trouble: trouble)
    let handed = Handed(session)
    queue.async { handed.value.startRunning() }
    let picture = AVCaptureVideoPreviewLayer(session: session)
    picture.videoGravity = .resizeAspectFill
    return picture
  }

  func stop() {
    guard let running else { return }
    self.running = nil
    NotificationCenter.default.removeObserver(running.trouble)
    let session = running.session
    queue.async { session.value.stopRunning() }
  }

  private static var device: AVCaptureDevice? {
    .default(.builtInWideAngleCamera, for: .video, position: .back) ?? .default(for: .video)
  }

  private struct Running {
    let session: Handed<AVCaptureSession>
    let reader: Reader
    let trouble: any NSObjectProtocol
  }

  private final class Reader: NSObject, AVCaptureMetadataOutputObjectsDelegate, Sendable {
    private let found: @Sendable (String) -> Void

    init(_ found: @escaping @Sendable (String) -> Void) {
      self.found = found
    }

    func metadataOutput(
      _ output: AVCaptureMetadataOutput, didOutput metadataObjects: [AVMetadataObject],
      from connection: AVCaptureConnection
    ) {
      for case let code as AVMetadataMachineReadableCodeObject in metadataObjects {
        if let text = code.stringValue { found(text) }
      }
    }
  }
}
