import Foundation

#if canImport(LocalAuthentication)
  import LocalAuthentication
#else
  import AppleDeclarations
#endif

/// Touch ID or Face ID.
struct AppleFingerReader: FingerReader {
  /// The text of an id of the catalog.
  let words: @Sendable (String) -> String

  var isReady: Bool {
    LAContext().canEvaluatePolicy(.deviceOwnerAuthenticationWithBiometrics, error: nil)
  }

  func ask() async -> Bool {
    let asked = AppleQuestion(context("set-touch", cancel: "button-not-now"))
    return await withTaskCancellationHandler {
      await withCheckedContinuation { done in
        let reason = words("set-touch")
        asked.context.evaluatePolicy(.deviceOwnerAuthenticationWithBiometrics, localizedReason: reason) {
          @Sendable recognised, _ in
          done.resume(returning: recognised)
        }
      }
    } onCancel: {
      asked.invalidate()
    }
  }

  func question() -> any KeychainPrompt {
    AppleQuestion(context("open-touch-title", cancel: "open-touch-code"))
  }

  private func context(_ reason: String, cancel: String) -> LAContext {
    let context = LAContext()
    context.localizedReason = words(reason)
    context.localizedCancelTitle = words(cancel)
    // The device's own passcode opens nothing here: no button for it.
    context.localizedFallbackTitle = ""
    return context
  }
}
