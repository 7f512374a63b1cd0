import AttuneModel
import SwiftUI

/// The one thing that a screen is for. A screen has one at most.
struct MainButton: View {
  @Environment(\.colours) private var colours
  @Environment(\.isEnabled) private var isEnabled
  private let words: Words
  private let height: CGFloat
  private let action: @MainActor () -> Void

  init(_ words: Words, height: CGFloat = Size.main, action: @escaping @MainActor () -> Void) {
    self.words = words
    self.height = height
    self.action = action
  }

  var body: some View {
    Button(action: action) {
      Text(words)
        .font(.headline)
        // Where it cannot be pressed the system makes its ground grey.
        .foregroundStyle(isEnabled ? colours.onPress.color : colours.second.color)
        .multilineTextAlignment(.center)
        .frame(maxWidth: .infinity, minHeight: height)
    }
    .buttonStyle(.borderedProminent)
    .buttonBorderShape(.roundedRectangle)
  }
}

/// Beside the main button, where a screen has two ways on: as wide and as high, and quieter.
struct OtherButton: View {
  private let words: Words
  private let action: @MainActor () -> Void

  init(_ words: Words, action: @escaping @MainActor () -> Void) {
    self.words = words
    self.action = action
  }

  var body: some View {
    Button(action: action) {
      Text(words)
        .font(.headline)
        .multilineTextAlignment(.center)
        .frame(maxWidth: .infinity, minHeight: Size.touch)
    }
    .buttonStyle(.bordered)
    .buttonBorderShape(.roundedRectangle)
  }
}

/// Something else that can be done: a row of a form.
struct RowButton: View {
  @Environment(\.colours) private var colours
  @Environment(\.isEnabled) private var isEnabled
  private let words: Words
  private let action: @MainActor () -> Void

  init(_ words: Words, action: @escaping @MainActor () -> Void) {
    self.words = words
    self.action = action
  }

  var body: some View {
    Button(action: action) {
      Text(words)
        .foregroundStyle(isEnabled ? colours.press.color : colours.second.color)
        .multilineTextAlignment(.leading)
        .frame(maxWidth: .infinity, minHeight: Size.touch, alignment: .leading)
    }
  }
}

/// A thing that can be opened or picked: a title, a line below it, and `more` below that. All of them look alike.
struct Item: View {
  @Environment(\.colours) private var colours
  private let title: Words
  private let lines: [Words]
  private let action: @MainActor () -> Void

  init(_ title: Words, _ sub: Words?, more: Words? = nil, action: @escaping @MainActor () -> Void) {
    self.title = title
    lines = [sub, more].compactMap { $0 }
    self.action = action
  }

  var body: some View {
    Button(action: action) {
      HStack {
        VStack(alignment: .leading, spacing: Size.near) {
          Text(title).font(.headline).foregroundStyle(colours.text.color)
          ForEach(lines.indices, id: \.self) { Sub(lines[$0]) }
        }
        .multilineTextAlignment(.leading)
        .frame(maxWidth: .infinity, alignment: .leading)
        Image(systemName: "chevron.forward")
          .font(.footnote)
          .foregroundStyle(colours.second.color)
          .accessibilityHidden(true)
      }
      .frame(minHeight: Size.touch)
      .contentShape(.rect)
    }
    .buttonStyle(.plain)
  }
}

/// What sends something of the person's, in a steady hand. `content` tells what it would send from anything else.
struct ShareButton: View {
  private let words: Words
  private let content: AnyHashable?
  private let action: @MainActor () -> Void

  init(_ words: Words, of content: AnyHashable?, action: @escaping @MainActor () -> Void) {
    self.words = words
    self.content = content
    self.action = action
  }

  var body: some View {
    Steady(of: content) { steady in
      MainButton(words) { steady(action) }
    }
  }
}

/// Lets a tap through that was meant for what is shown. One in the first moment of the screen was meant for the screen
/// before, by a hand that shakes or taps twice: it does nothing, and puts off the rest of its row. The same holds when
/// what it would do has changed.
struct Steady<Content: View>: View {
  /// What does something, if the tap was meant for it.
  typealias Gate = @MainActor (@MainActor () -> Void) -> Void

  @Environment(\.elapsed) private var elapsed
  @Environment(\.isEnabled) private var isEnabled
  @State private var shownAt = 0
  private let subject: AnyHashable?
  private let content: (@escaping Gate) -> Content

  /// `subject` tells what it would do from anything else.
  init(of subject: AnyHashable?, @ViewBuilder content: @escaping (@escaping Gate) -> Content) {
    self.subject = subject
    self.content = content
  }

  var body: some View {
    content { act in if isSettled { act() } else { shownAt = now } }
      .onAppear { shownAt = now }
      // What it would do has just come.
      .onChange(of: isEnabled) { shownAt = now }
      .onChange(of: subject) { shownAt = now }
  }

  private var now: Int { elapsed?.millis ?? 0 }

  private var isSettled: Bool { elapsed == nil || now - shownAt >= settlingTime }
}

extension ShareButton {
  /// In milliseconds.
  static let settling = settlingTime
}

private let settlingTime = 400

private struct ElapsedKey: EnvironmentKey {
  static var defaultValue: (any Elapsed)? { nil }
}

extension EnvironmentValues {
  /// The clock that tells how long a screen has been there.
  var elapsed: (any Elapsed)? {
    get { self[ElapsedKey.self] }
    set { self[ElapsedKey.self] = newValue }
  }
}
