import AttuneModel
import SwiftUI

/// What others can see: the screen while it is recorded, and the one notice.
struct OthersSee: View {
  let state: SettingsState
  let on: @MainActor (SettingsEvent) -> Void
  @State private var asksForCapture = false
  @State private var asksForNotices = false

  var body: some View {
    Part(.setSeenTitle) {
      SwitchLine(.setCapture, .setCaptureSub, isOn: Binding(get: { !state.settings.screenCapture }, set: cover))
      if asksForCapture {
        Question(.setCaptureOffAsk, yes: .setCaptureOffYes) {
          asksForCapture = false
          on(.set(state.settings.with { $0.screenCapture = true }))
        } onNo: {
          asksForCapture = false
        }
      }
      Fixed(.setShots, .setShotsSub)
      SwitchLine(.setNotify, .setNotifySubLock, isOn: Binding(get: { state.settings.notifications }, set: notify))
      if asksForNotices {
        // They read before what the phone will ask. It asks once; later its own settings are where that is changed.
        Question(.setNotifyAsk, yes: .buttonNext) {
          asksForNotices = false
          on(.set(state.settings.with { $0.notifications = true }))
        } onNo: {
          asksForNotices = false
        }
      }
      Said(state.silent ? .setNotifyDenied : nil)
      if state.silent { SettingsOfNotices() }
    }
  }

  private func cover(_ covers: Bool) {
    asksForCapture = !covers
    if covers { on(.set(state.settings.with { $0.screenCapture = false })) }
  }

  private func notify(_ shows: Bool) {
    asksForNotices = shows && state.asks
    if !asksForNotices { on(.set(state.settings.with { $0.notifications = shows })) }
  }
}

private struct SettingsOfNotices: View {
  @Environment(\.frame) private var frame
  @Environment(\.openURL) private var openURL

  var body: some View {
    RowButton(.buttonSettings) {
      guard let settings = URL.noticeSettings else { return }
      frame.leaves()
      openURL(settings)
    }
  }
}

/// The app itself: what it takes from the phone, and what it is made of.
struct AppSettings: View {
  @Environment(\.parts) private var parts
  @State private var isOpen = false

  var body: some View {
    Part(.setAppTitle) {
      Fixed(.setLanguage, .setLanguageSub)
      Fixed(.setText, .setTextSub)
      Fixed(.appVersionTitle, .own(Words.leftToRight(parts.version)))
      DisclosureGroup(isExpanded: $isOpen) {
        ForEach(parts.others, id: \.name) { part in
          Told(.own(Words.leftToRight(part.terms)), .own(Words.leftToRight(part.name)))
        }
      } label: {
        VStack(alignment: .leading, spacing: Size.near) {
          Line(.appPartsTitle)
          Sub(.appPartsSub)
        }
        .frame(minHeight: Size.touch)
      }
    }
  }
}

extension AttuneModel.Settings {
  /// The same, but for what is changed.
  func with(_ change: (inout Self) -> Void) -> Self {
    var other = self
    change(&other)
    return other
  }
}
