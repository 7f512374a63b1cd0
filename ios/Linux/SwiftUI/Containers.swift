public struct VStack<Content: View>: _Drawn {
  nonisolated(unsafe) var content: Content
  public init(alignment: HorizontalAlignment = .center, spacing: CGFloat? = nil, @ViewBuilder content: () -> Content) {
    self.content = content()
  }
  nonisolated public func _draw(_ pen: Pen) { pen.at("v").draw(content) }
}

public struct HStack<Content: View>: _Drawn {
  nonisolated(unsafe) var content: Content
  public init(alignment: VerticalAlignment = .center, spacing: CGFloat? = nil, @ViewBuilder content: () -> Content) {
    self.content = content()
  }
  nonisolated public func _draw(_ pen: Pen) { pen.at("h").draw(content) }
}

public struct ZStack<Content: View>: _Drawn {
  nonisolated(unsafe) var content: Content
  public init(alignment: Alignment = .center, @ViewBuilder content: () -> Content) { self.content = content() }
  nonisolated public func _draw(_ pen: Pen) { pen.at("z").draw(content) }
}

public struct ViewThatFits<Content: View>: _Drawn {
  nonisolated(unsafe) var content: Content
  public init(in axes: Axis.Set = [.horizontal, .vertical], @ViewBuilder content: () -> Content) {
    self.content = content()
  }
  /// The first one, as if everything fits.
  nonisolated public func _draw(_ pen: Pen) {
    let parts = Mirror(reflecting: content).descendant("parts") as? [any View]
    pen.at("fits").draw(parts?.first ?? content)
  }
}

public struct ScrollView<Content: View>: _Drawn {
  nonisolated(unsafe) var content: Content
  public init(_ axes: Axis.Set = .vertical, showsIndicators: Bool = true, @ViewBuilder content: () -> Content) {
    self.content = content()
  }
  nonisolated public func _draw(_ pen: Pen) { pen.at("scroll").draw(content) }
}

public struct Spacer: _Drawn {
  nonisolated public init(minLength: CGFloat? = nil) {}
  nonisolated public func _draw(_ pen: Pen) {}
}

public struct Divider: _Drawn {
  nonisolated public init() {}
  nonisolated public func _draw(_ pen: Pen) {}
}

public struct ForEach<Data: RandomAccessCollection, ID: Hashable, Content> {
  nonisolated(unsafe) var rows: [(ID, Content)]
}

extension ForEach: View, _Drawn, Holding where Content: View {
  nonisolated public func _draw(_ pen: Pen) {
    var seen: Set<ID> = []
    for (id, row) in rows {
      precondition(seen.insert(id).inserted, "two rows of a ForEach have one id")
      var inner = pen.at("[\(pen.graph.number(of: AnyHashable(id)))]")
      inner.choosing = inner.choosing?.row(AnyHashable(id))
      inner.draw(row)
    }
  }
}

extension ForEach where Content: View {
  public init(_ data: Data, @ViewBuilder content: @escaping (Data.Element) -> Content)
  where Data.Element: Identifiable, ID == Data.Element.ID {
    rows = data.map { ($0.id, content($0)) }
  }
  public init(_ data: Data, id: KeyPath<Data.Element, ID>, @ViewBuilder content: @escaping (Data.Element) -> Content) {
    rows = data.map { ($0[keyPath: id], content($0)) }
  }
  public init(_ data: Range<Int>, @ViewBuilder content: @escaping (Int) -> Content)
  where Data == Range<Int>, ID == Int {
    rows = data.map { ($0, content($0)) }
  }
}

public struct List<SelectionValue, Content: View>: _Drawn {
  nonisolated(unsafe) var content: Content
  nonisolated init(_ content: Content) { self.content = content }
  nonisolated public func _draw(_ pen: Pen) { pen.at("list").draw(content) }
}

extension List where SelectionValue == Never {
  public init(@ViewBuilder content: () -> Content) { self.init(content()) }
  public init<Data: RandomAccessCollection, Row: View>(
    _ data: Data, @ViewBuilder rowContent: @escaping (Data.Element) -> Row
  ) where Content == ForEach<Data, Data.Element.ID, Row>, Data.Element: Identifiable {
    self.init(ForEach(data, content: rowContent))
  }
}

public struct Form<Content: View>: _Drawn {
  nonisolated(unsafe) var content: Content
  public init(@ViewBuilder content: () -> Content) { self.content = content() }
  nonisolated public func _draw(_ pen: Pen) { pen.at("form").draw(content) }
}

public struct Section<Parent, Content, Footer> {
  nonisolated(unsafe) var header: any View
  nonisolated(unsafe) var content: any View
  nonisolated(unsafe) var footer: any View
  nonisolated init(header: any View, content: any View, footer: any View) {
    self.header = header
    self.content = content
    self.footer = footer
  }
}

extension Section: View, _Drawn where Parent: View, Content: View, Footer: View {
  nonisolated public func _draw(_ pen: Pen) {
    for element in pen.at("header").elements(of: header) {
      // A screen reader finds the header of a section among the headings.
      if element.kind == .text { element.kind = .heading }
      pen.sheet.elements.append(element)
    }
    pen.at("content").draw(content)
    pen.at("footer").draw(footer)
  }
}

extension Section where Parent: View, Content: View, Footer: View {
  public init(
    @ViewBuilder content: () -> Content, @ViewBuilder header: () -> Parent, @ViewBuilder footer: () -> Footer
  ) {
    self.init(header: header(), content: content(), footer: footer())
  }
}
extension Section where Parent == EmptyView, Content: View, Footer: View {
  public init(@ViewBuilder content: () -> Content, @ViewBuilder footer: () -> Footer) {
    self.init(header: EmptyView(), content: content(), footer: footer())
  }
}
extension Section where Parent: View, Content: View, Footer == EmptyView {
  public init(@ViewBuilder content: () -> Content, @ViewBuilder header: () -> Parent) {
    self.init(header: header(), content: content(), footer: EmptyView())
  }
}
extension Section where Parent == EmptyView, Content: View, Footer == EmptyView {
  public init(@ViewBuilder content: () -> Content) {
    self.init(header: EmptyView(), content: content(), footer: EmptyView())
  }
}

public struct GeometryProxy { public var size: CGSize { CGSize(width: 390, height: 844) } }
public struct GeometryReader<Content: View>: _Drawn {
  nonisolated(unsafe) var content: (GeometryProxy) -> Content
  public init(@ViewBuilder content: @escaping (GeometryProxy) -> Content) { self.content = content }
  nonisolated public func _draw(_ pen: Pen) { pen.at("space").draw(content(GeometryProxy())) }
}
