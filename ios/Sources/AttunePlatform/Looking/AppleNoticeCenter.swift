import Foundation

#if canImport(UserNotifications)
  import UserNotifications
#else
  import AppleDeclarations
#endif

/// The system's notification center.
@MainActor
final class AppleNoticeCenter: NoticeCenter {
  private static let name = "update"

  private var center: UNUserNotificationCenter { .current() }

  func ask() async -> Bool {
    await withCheckedContinuation { done in
      // No sound and no badge: neither is asked for.
      center.requestAuthorization(options: [.alert]) { @Sendable allowed, _ in done.resume(returning: allowed) }
    }
  }

  func wouldAsk() async -> Bool { await status() == .notDetermined }

  func isAllowed() async -> Bool { await status() == .authorized }

  private func status() async -> UNAuthorizationStatus {
    await withCheckedContinuation { done in
      center.getNotificationSettings { @Sendable settings in done.resume(returning: settings.authorizationStatus) }
    }
  }

  func post(_ text: String) {
    let hidden = UNNotificationCategory(
      identifier: Self.name, actions: [], intentIdentifiers: [], hiddenPreviewsBodyPlaceholder: text, options: [])
    center.setNotificationCategories([hidden])
    let content = UNMutableNotificationContent()
    content.body = text
    content.categoryIdentifier = Self.name
    content.interruptionLevel = .passive
    center.add(UNNotificationRequest(identifier: Self.name, content: content, trigger: nil))
  }

  func clear() {
    center.removePendingNotificationRequests(withIdentifiers: [Self.name])
    center.removeDeliveredNotifications(withIdentifiers: [Self.name])
  }
}
