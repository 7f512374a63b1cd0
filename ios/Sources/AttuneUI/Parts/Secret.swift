import Attune
import AttuneModel
import Observation
import SwiftUI

/// A code or a pass phrase while it is typed. It is in no saved state, and is overwritten when its screen is left. Copies
/// that SwiftUI and the keyboard make of it are theirs to let go: a `String` cannot be overwritten.
@MainActor
@Observable
final class Secret {
  /// Where it lies now. It is overwritten as soon as something else is typed.
  private(set) var bytes = SecretBytes([])

  /// Nothing is typed.
  var isEmpty: Bool { bytes.count == 0 }

  /// What is typed, for the field alone.
  var typed: String {
    get { bytes.withUnsafeBytes { String(decoding: $0, as: UTF8.self) } }
    set { replace(SecretBytes(newValue.utf8)) }
  }

  /// A copy in UTF-8, for whoever overwrites it after use.
  func copy() -> SecretBytes { bytes.withUnsafeBytes { SecretBytes($0) } }

  /// Overwrites it.
  func wipe() { replace(SecretBytes([])) }

  private func replace(_ next: SecretBytes) {
    let before = bytes
    bytes = next
    before.wipe()
  }
}

extension Secret: Silent {}

/// Where a code or a pass phrase is typed: in a field that is always covered, since into such a one alone no keyboard of
/// another maker types, and nothing is copied from it. If `isShown`, what was typed stands below it, unless the screen is
/// recorded, when the system covers the field itself.
struct SecretField: View {
  @Environment(\.frame) private var frame
  @Bindable private var secret: Secret
  private let label: Words
  private let isShown: Bool
  private let isLast: Bool
  private let focus: FocusState<Bool>.Binding?
  private let done: @MainActor () -> Void

  /// `done` is what the keyboard's last key does: in a field that is not the last, it goes to the next one, which is
  /// given its `focus`.
  init(
    _ label: Words, _ secret: Secret, isShown: Bool, isLast: Bool = true, focus: FocusState<Bool>.Binding? = nil,
    done: @escaping @MainActor () -> Void = {}
  ) {
    self.label = label
    self.secret = secret
    self.isShown = isShown
    self.isLast = isLast
    self.focus = focus
    self.done = done
  }

  var body: some View {
    VStack(alignment: .leading, spacing: Size.near) {
      // The field says its label itself, to a screen reader.
      Sub(label).accessibilityHidden(true)
      // Without a prompt of its own it would show the label a second time.
      SecureField(label.text, text: $secret.typed, prompt: Text(.own("")))
        .labelsHidden()
        .accessibilityLabel(Text(label))
        .textInputAutocapitalization(.never)
        // Of all kinds this is the one for which the phone neither proposes a password nor offers to keep what was typed.
        .textContentType(.oneTimeCode)
        .unlearned()
        .submitLabel(isLast ? .done : .next)
        .onSubmit { done() }
        .focused(by: focus)
        .frame(minHeight: Size.touch)
      if isShown, !secret.isEmpty {
        if frame.covers { Sub(.captureLine) } else { Line(.own(secret.typed)) }
      }
    }
  }
}

extension View {
  @ViewBuilder fileprivate func focused(by focus: FocusState<Bool>.Binding?) -> some View {
    if let focus { focused(focus) } else { self }
  }
}
