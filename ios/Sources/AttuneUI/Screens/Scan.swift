import AttuneModel
import SwiftUI

/// Scanning a code. The camera is asked for here, at the moment of use, and nothing is lost without it.
struct ScanView: View {
  let read: @MainActor (String) -> Void
  @Environment(\.viewfinder) private var finder
  @State private var use = Use.unasked

  private enum Use { case unasked, allowed, refused, failed }

  init(read: @escaping @MainActor (String) -> Void) { self.read = read }

  var body: some View {
    Block {
      if let finder, finder.isThere, use != .failed {
        switch use {
        case .allowed: Finder(finder: finder, read: read) { use = .failed }
        case .refused: Refused { ask(finder) }
        case .unasked, .failed:
          Line(.linkCamera)
          RowButton(.linkCameraAllow) { ask(finder) }
        }
      } else {
        Line(.linkCameraNone)
      }
    }
  }

  private func ask(_ finder: any Viewfinder) {
    Task { use = await finder.ask() ? .allowed : .refused }
  }
}

private struct Refused: View {
  let again: @MainActor () -> Void
  @Environment(\.scenePhase) private var phase
  @Environment(\.frame) private var frame
  @Environment(\.openURL) private var openURL

  var body: some View {
    Said(.linkCameraOff)
    RowButton(.buttonSettings) {
      guard let settings = URL.phoneSettings else { return }
      frame.leaves()
      openURL(settings)
    }
    // The phone's settings may have been changed meanwhile.
    .onChange(of: phase) { if phase == .active { again() } }
  }
}

/// Reads for as long as it is on the screen. No picture is kept.
private struct Finder: View {
  let finder: any Viewfinder
  let read: @MainActor (String) -> Void
  let failed: @MainActor () -> Void
  @State private var picture: AnyObject?

  var body: some View {
    Line(.linkFrame)
    // What it is for is said above; what it shows cannot be said.
    CameraPicture(picture: picture)
      .aspectRatio(1, contentMode: .fit)
      .accessibilityHidden(true)
      .onAppear { picture = finder.open(read: read, failed: failed) }
      .onDisappear { finder.close() }
    Sub(.linkCamera)
  }
}

private struct ViewfinderKey: EnvironmentKey {
  static var defaultValue: (any Viewfinder)? { nil }
}

extension EnvironmentValues {
  /// The device's camera; none where there is nothing to scan with.
  var viewfinder: (any Viewfinder)? {
    get { self[ViewfinderKey.self] }
    set { self[ViewfinderKey.self] = newValue }
  }
}
