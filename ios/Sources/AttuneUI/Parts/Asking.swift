import SwiftUI

/// A question with its two answers, in place: both look the same. It is no sheet of the system's, which would lie over
/// *Hide* and colour one answer red.
struct Question: View {
  private let words: Words
  private let line: Words?
  private let yes: Words
  private let onYes: @MainActor () -> Void
  private let onNo: @MainActor () -> Void

  init(
    _ words: Words, line: Words? = nil, yes: Words, onYes: @escaping @MainActor () -> Void,
    onNo: @escaping @MainActor () -> Void
  ) {
    self.words = words
    self.line = line
    self.yes = yes
    self.onYes = onYes
    self.onNo = onNo
  }

  var body: some View {
    VStack(alignment: .leading, spacing: Size.near) {
      Line(words)
      if let line { Sub(line) }
    }
    .accessibilityElement(children: .combine)
    .onAppear { announce([words, line].compactMap { $0 }) }
    RowButton(yes, action: onYes)
    RowButton(.buttonNotNow, action: onNo)
  }
}

/// Something that cannot be undone: the row asks first, in place, with a `line` on what comes of it.
struct AskingButton: View {
  @State private var asking = false
  private let words: Words
  private let ask: Words
  private let line: Words?
  private let yes: Words
  private let onYes: @MainActor () -> Void

  init(_ words: Words, ask: Words, line: Words? = nil, yes: Words, onYes: @escaping @MainActor () -> Void) {
    self.words = words
    self.ask = ask
    self.line = line
    self.yes = yes
    self.onYes = onYes
  }

  var body: some View {
    if asking {
      Question(ask, line: line, yes: yes) {
        asking = false
        onYes()
      } onNo: {
        asking = false
      }
    } else {
      RowButton(words) { asking = true }
    }
  }
}
