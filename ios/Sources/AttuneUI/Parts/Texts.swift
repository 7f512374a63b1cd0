import SwiftUI

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
  private let lines: [Words]
  private let subs: [Words]

  init(_ lines: [Words], subs: [Words] = []) {
    self.lines = lines
    self.subs = subs
  }

  init(_ line: Words?) { self.init(line.map { [$0] } ?? []) }

  var body: some View {
    // An empty row would be seen in a form: the watching goes on in the group around it.
    Group {
      if !lines.isEmpty || !subs.isEmpty {
        VStack(alignment: .leading, spacing: Size.near) {
          ForEach(lines.indices, id: \.self) { Line(lines[$0]) }
          ForEach(subs.indices, id: \.self) { Sub(subs[$0]) }
        }
        .accessibilityElement(children: .combine)
      }
    }
    .announcing(lines + subs)
  }
}

extension View {
  /// Has a screen reader say `words` when they change while the screen is there.
  func announcing(_ words: [Words]) -> some View {
    onChange(of: words) { _, now in
      let said = now.map(\.text).joined(separator: "\n")
      if !said.isEmpty { AccessibilityNotification.Announcement(said).post() }
    }
  }
}
