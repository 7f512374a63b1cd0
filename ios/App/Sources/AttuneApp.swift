import AttuneModel
import AttunePlatform
import AttuneUI
import Foundation
import SwiftUI

/// The process of the app, and its one window.
@main
struct AttuneApp: SwiftUI.App {
  private let device: Device

  /// Before the launch is over: the system asks then what to run later, also where it starts the app for that alone.
  init() {
    device = Device(loopback: Self.isForTrying) { Bundle.main.localizedString(forKey: $0, value: nil, table: nil) }
  }

  var body: some Scene {
    WindowGroup {
      Window(device: device)
    }
  }

  /// Debug builds alone reach a relay on the same device without TLS.
  private static var isForTrying: Bool {
    #if DEBUG
      true
    #else
      false
    #endif
  }
}

/// What is in the window. A view of its own: it is drawn only where there is a window, and the app begins with it.
private struct Window: View {
  let device: Device

  var body: some View {
    let app = device.app
    AttuneScreen(app: app, time: device.phone.time, viewfinder: device.viewfinder)
      .onOpenURL { url in
        // A pairing's link. It is a key: nothing keeps it but the screen that takes it.
        let link = url.absoluteString
        if link.utf8.count <= Self.longest { app.on(.link(link)) }
      }
  }

  /// No link of a practice's is longer.
  private static let longest = 4_096
}
