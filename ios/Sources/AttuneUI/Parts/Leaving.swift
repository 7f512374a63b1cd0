import Foundation

#if canImport(UIKit)
  import UIKit
#endif

// Where a tap leads out of the app.

extension URL {
  /// A call as far as the phone's own question, with the number in it: the person presses the last button there.
  static func call(_ number: String) -> URL? {
    let dialled = number.filter { $0.isASCII && ($0.isNumber || "+*#".contains($0)) }
    guard !dialled.isEmpty else { return nil }
    var call = URLComponents()
    call.scheme = "tel"
    call.path = dialled
    return call.url
  }

  /// What the phone's own settings say of this app.
  static var phoneSettings: URL? {
    #if canImport(UIKit)
      URL(string: UIApplication.openSettingsURLString)
    #else
      URL(string: "app-settings:")
    #endif
  }

  /// The phone's settings for this app's notices.
  static var noticeSettings: URL? {
    #if canImport(UIKit)
      URL(string: UIApplication.openNotificationSettingsURLString)
    #else
      URL(string: "app-settings:notifications")
    #endif
  }
}
