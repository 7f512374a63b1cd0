import SwiftUI

/// A screen: *Back* and *Hide* above, always in the same two places, a title, and what is below it, which scrolls. `first`
/// is what stays in reach of a thumb at the foot. Where little fits on the screen it scrolls with the rest, after it, or
/// before it if `firstAbove`.
///
/// The content is a form: `Block` and `Part` are its sections, everything else is a row in one.
struct Page<Content: View, First: View>: View {
  @Environment(\.frame) private var frame
  @Environment(\.colours) private var colours
  @Environment(\.dynamicTypeSize) private var size
  @Environment(\.verticalSizeClass) private var height

  private let title: Words?
  private let firstAbove: Bool
  private let content: Content
  private let first: First

  init(
    _ title: Words?, firstAbove: Bool = false, @ViewBuilder content: () -> Content, @ViewBuilder first: () -> First
  ) {
    self.title = title
    self.firstAbove = firstAbove
    self.content = content()
    self.first = first()
  }

  var body: some View {
    Form {
      if let title { Title(title).bare() }
      if !isPinned, firstAbove { loose }
      content
      if !isPinned, !firstAbove { loose }
    }
    .formStyle(.grouped)
    .scrollContentBackground(.hidden)
    .scrollDismissesKeyboard(.interactively)
    .background(colours.ground.color)
    .foregroundStyle(colours.text.color)
    .safeAreaInset(edge: .bottom, spacing: 0) { foot }
    .navigationBarTitleDisplayMode(.inline)
    .toolbar { Bar(frame: frame) }
  }

  /// Whether something at the foot leaves enough of the screen to read, at this size of text.
  private var isPinned: Bool { !size.isAccessibilitySize && height != .compact }

  private var hasFirst: Bool { First.self != EmptyView.self }

  @ViewBuilder private var loose: some View {
    if hasFirst { Section { first }.bare() }
  }

  private var foot: some View {
    VStack(spacing: Size.apart) {
      NoticeLine(isPinned: isPinned)
      if hasFirst, isPinned {
        VStack(spacing: Size.apart) { first }
      }
    }
    .frame(maxWidth: Size.widest)
    .padding(.horizontal)
    .padding(.vertical, Size.near)
    .frame(maxWidth: .infinity)
    .background(.bar)
  }
}

extension Page where First == EmptyView {
  init(_ title: Words?, @ViewBuilder content: () -> Content) {
    self.init(title, content: content) { EmptyView() }
  }
}

/// What a screen is called, at its top. It is no title of the bar, which would cut it off in large letters.
struct Title: View {
  private let words: Words

  init(_ words: Words) { self.words = words }

  var body: some View {
    Text(words)
      .font(.title).bold()
      .frame(maxWidth: .infinity, alignment: .leading)
      .accessibilityAddTraits(.isHeader)
  }
}

/// *Hide* is in one place on every screen of an open vault. The first screens have nowhere to go back to: help is there.
private struct Bar: ToolbarContent {
  let frame: Frame

  // An item with nothing in it could be seen: there is none then.
  var body: some ToolbarContent {
    if frame.back == nil, let help = frame.help {
      ToolbarItem(placement: .topBarLeading) {
        Button(action: help) { Text(.safetyButton) }.accessibilityIdentifier("help")
      }
    }
    if let hide = frame.hide {
      ToolbarItem(placement: .topBarTrailing) {
        Button(action: hide) { Text(.homeHide) }.accessibilityIdentifier("hide")
      }
    }
  }
}

/// The line that is said, to eyes and to a screen reader alike, until the person does something else.
private struct NoticeLine: View {
  @Environment(\.frame) private var frame
  @Environment(\.colours) private var colours
  @State private var said: Words?
  /// Whether much fits on the screen. Where little does, a long line scrolls in its place.
  let isPinned: Bool

  var body: some View {
    // The place is always there, so that what comes into it is heard.
    VStack {
      if let notice = frame.notice {
        Group {
          if isPinned {
            ViewThatFits(in: .horizontal) {
              HStack { line(notice) }
              VStack(alignment: .leading) { line(notice) }
            }
          } else {
            VStack(alignment: .leading) {
              Low { text(notice) }
              close
            }
          }
        }
        .padding(.horizontal)
        .frame(maxWidth: .infinity, minHeight: Size.touch)
        .foregroundStyle(colours.onNotice.color)
        .background(colours.notice.color, in: RoundedRectangle(cornerRadius: Size.apart))
      }
    }
    .onChange(of: frame.notice) { _, now in say(now) }
    // It may come with the screen, as after *Delete all*.
    .onAppear { say(frame.notice) }
  }

  private func say(_ notice: Words?) {
    if let notice, notice != said { announce([notice]) }
    said = notice
  }

  @ViewBuilder private func line(_ notice: Words) -> some View {
    text(notice)
    close
  }

  private func text(_ notice: Words) -> some View {
    Text(notice).font(.callout).frame(maxWidth: .infinity, alignment: .leading)
  }

  private var close: some View {
    Button(action: frame.noticeDone) {
      Text(.buttonClose).bold()
        .frame(minWidth: Size.touch, minHeight: Size.touch)
        .contentShape(.rect)
    }
    .tint(colours.onNotice.color)
    .accessibilityIdentifier("notice-close")
  }
}

/// As high as what is in it, and no higher than a few lines of it: then it scrolls.
private struct Low<Content: View>: View {
  @State private var height: CGFloat = 0
  private let content: Content

  init(@ViewBuilder content: () -> Content) { self.content = content() }

  var body: some View {
    ScrollView {
      content.background {
        GeometryReader { space in
          Color.clear
            .onAppear { height = space.size.height }
            .onChange(of: space.size.height) { _, now in height = now }
        }
      }
    }
    .frame(height: min(height, Size.low))
  }
}

extension View {
  /// A row without a ground of its own.
  func bare() -> some View {
    listRowBackground(Color.clear)
      .listRowInsets(EdgeInsets(top: Size.near, leading: Size.near, bottom: Size.near, trailing: Size.near))
      .listRowSeparator(.hidden)
  }
}
