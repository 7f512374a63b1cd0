import Foundation
import SwiftUI

#if canImport(Accessibility)
  import Accessibility
#endif

extension Text {
  /// A text of the catalog, or somebody's own words.
  init(_ words: Words) { self.init(verbatim: words.text) }
}

/// A line of text.
struct Line: View {
  private let words: Words

  init(_ words: Words) { self.words = words }

  var body: some View {
    Text(words).font(.body).frame(maxWidth: .infinity, alignment: .leading)
  }
}

/// A line that explains another.
struct Sub: View {
  @Environment(\.colours) private var colours
  private let words: Words

  init(_ words: Words) { self.words = words }

  var body: some View {
    Text(words)
      .font(.subheadline)
      .foregroundStyle(colours.second.color)
      .frame(maxWidth: .infinity, alignment: .leading)
  }
}

/// A thing that is told, under its name.
struct Told: View {
  private let name: Words
  private let words: Words

  init(_ name: Words, _ words: Words) {
    self.name = name
    self.words = words
  }

  var body: some View {
    VStack(alignment: .leading, spacing: Size.near) {
      Sub(name)
      Line(words)
    }
    .accessibilityElement(children: .combine)
  }
}

/// Rows that belong together, on a ground of their own.
struct Block<Content: View>: View {
  @Environment(\.colours) private var colours
  private let content: Content

  init(@ViewBuilder content: () -> Content) { self.content = content() }

  var body: some View {
    Section { content }.listRowBackground(colours.raised.color)
  }
}

/// A part of a screen, with its name.
struct Part<Content: View>: View {
  @Environment(\.colours) private var colours
  private let name: Words
  private let content: Content

  init(_ name: Words, @ViewBuilder content: () -> Content) {
    self.name = name
    self.content = content()
  }

  var body: some View {
    Section {
      content
    } header: {
      // As it is written: capitals alone are hard to read, and some scripts have none.
      Text(name).font(.headline).foregroundStyle(colours.text.color).textCase(nil).accessibilityAddTraits(.isHeader)
    }
    .listRowBackground(colours.raised.color)
  }
}

/// Lines that come and go, as one row: a screen reader says what comes.
struct Said: View {
  @State private var before = Before()
  private let lines: [Words]
  private let subs: [Words]
  private let isNews: Bool

  /// `isNews` is what the screen came for: it is said with the screen, before anything is looked for there.
  init(_ lines: [Words], subs: [Words] = [], isNews: Bool = false) {
    self.lines = lines
    self.subs = subs
    self.isNews = isNews
  }

  init(_ line: Words?) { self.init(line.map { [$0] } ?? []) }

  var body: some View {
    let said = lines + subs
    let _ = before.note(said)
    // An empty row would be seen in a form, and nothing can watch where no row is: what comes is said as it comes.
    if !said.isEmpty {
      VStack(alignment: .leading, spacing: Size.near) {
        ForEach(lines.indices, id: \.self) { Line(lines[$0]) }
        ForEach(subs.indices, id: \.self) { Sub(subs[$0]) }
      }
      .accessibilityElement(children: .combine)
      .announcing(said)
      .onAppear { if before.comes() || isNews { announce(said) } }
    }
  }

  /// Whether there was nothing to say before. What was there from the first is read with the screen.
  private final class Before {
    private var wasEmpty = false

    func note(_ said: [Words]) { wasEmpty = wasEmpty || said.isEmpty }

    func comes() -> Bool {
      defer { wasEmpty = false }
      return wasEmpty
    }
  }
}

extension View {
  /// Has a screen reader say `words` when they change while the screen is there.
  func announcing(_ words: [Words]) -> some View {
    onChange(of: words) { _, now in announce(now) }
  }
}

/// Has a screen reader say `words`, also while it is busy with a screen that has just come.
@MainActor
func announce(_ words: [Words]) {
  if words.isEmpty { return }
  var said = AttributedString(words.map(\.text).joined(separator: "\n"))
  said.accessibilitySpeechAnnouncementPriority = .high
  AccessibilityNotification.Announcement(said).post()
}
