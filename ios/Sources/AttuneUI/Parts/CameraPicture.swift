import SwiftUI

#if canImport(UIKit)
  import AVFoundation
  import UIKit

  /// What the camera sees: a layer that the device gave.
  struct CameraPicture: UIViewRepresentable {
    let picture: AnyObject?

    func makeUIView(context: Context) -> Picture { Picture() }

    func updateUIView(_ view: Picture, context: Context) { view.show(picture as? CALayer) }

    /// Holds the layer as large as itself.
    final class Picture: UIView {
      private var shown: CALayer?

      func show(_ next: CALayer?) {
        guard next !== shown else { return }
        shown?.removeFromSuperlayer()
        shown = next
        if let next { layer.addSublayer(next) }
        setNeedsLayout()
      }

      override func layoutSubviews() {
        super.layoutSubviews()
        shown?.frame = bounds
        turn()
      }

      /// The camera lies in the phone: with the phone turned, its picture is turned back.
      private func turn() {
        let angle: CGFloat =
          switch window?.windowScene?.interfaceOrientation {
          case .landscapeRight: 0
          case .landscapeLeft: 180
          case .portraitUpsideDown: 270
          default: 90
          }
        guard let connection = (shown as? AVCaptureVideoPreviewLayer)?.connection,
          connection.isVideoRotationAngleSupported(angle)
        else { return }
        connection.videoRotationAngle = angle
      }
    }
  }
#else
  /// There is no camera here.
  struct CameraPicture: View {
    let picture: AnyObject?

    var body: some View { Color.clear }
  }
#endif
