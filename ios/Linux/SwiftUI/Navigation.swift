public struct NavigationPath {
  public init() {}
}

public struct NavigationStack<Data, Root: View>: _Drawn {
  nonisolated(unsafe) var root: Root
  nonisolated(unsafe) var depth: () -> [AnyHashable]
  nonisolated(unsafe) var leave: () -> Void

  public init(@ViewBuilder root: () -> Root) where Data == NavigationPath {
    self.root = root()
    depth = { [] }
    leave = {}
  }
  public init(path: Binding<Data>, @ViewBuilder root: () -> Root)
  where
    Data: MutableCollection & RandomAccessCollection & RangeReplaceableCollection, Data.Element: Hashable
  {
    self.root = root()
    depth = { path.wrappedValue.map { AnyHashable($0) } }
    leave = {
      var shorter = path.wrappedValue
      shorter.removeLast(1)
      path.wrappedValue = shorter
    }
  }

  /// The topmost screen, with *Back* in the bar. Those below it keep their states and are not drawn.
  nonisolated public func _draw(_ pen: Pen) {
    let destinations = Destinations()
    var inner = pen.at("root")
    inner.environment.objects[ObjectIdentifier(Destinations.self)] = destinations
    let path = depth()
    guard let top = path.last else { return inner.draw(root) }
    // Every screen is drawn, since it keeps its state; what is below is not seen.
    inner.onto(Sheet()).draw(root)
    for (at, value) in path.enumerated() {
      guard let view = destinations.view(value) else { continue }
      var above = pen.at("stack \(at) \(pen.graph.number(of: value))")
      above.environment.objects[ObjectIdentifier(Destinations.self)] = destinations
      if at < path.count - 1 {
        above.onto(Sheet()).draw(view)
        continue
      }
      let own = Sheet()
      above.environment.leave = leave
      above.onto(own).draw(view)
      if !own.elements.contains(where: { $0.identifier == backHidden }) {
        var bar = pen
        bar.place = .leading
        bar.add(.button, "Back") {
          $0.identifier = "back"
          $0.press = { leave() }
        }
      }
      pen.sheet.elements += own.elements.filter { $0.identifier != backHidden }
    }
    _ = top
  }
}

private let backHidden = "back is hidden"

final class Destinations: Observable {
  private var all: [(AnyHashable) -> (any View)?] = []
  func add(_ find: @escaping (AnyHashable) -> (any View)?) { all.append(find) }
  func view(_ value: AnyHashable) -> (any View)? { all.lazy.compactMap { $0(value) }.first }
}

extension View {
  nonisolated public func navigationDestination<D: Hashable, C: View>(
    for data: D.Type, @ViewBuilder destination: @escaping (D) -> C
  ) -> some View {
    around { pen, draw in
      let destinations = pen.environment.objects[ObjectIdentifier(Destinations.self)] as? Destinations
      destinations?.add { value in (value.base as? D).map { value in assumeMain { destination(value) } } }
      draw(pen)
    }
  }
  nonisolated public func navigationTitle(_ titleKey: LocalizedStringKey) -> some View {
    navigationTitle(titleKey.text)
  }
  nonisolated public func navigationTitle(_ title: Text) -> some View { navigationTitle(title.content) }
  @_disfavoredOverload nonisolated public func navigationTitle<S: StringProtocol>(_ title: S) -> some View {
    let title = String(title)
    return around { pen, draw in
      var bar = pen
      bar.place = .title
      if !title.isEmpty { bar.add(.heading, title) }
      draw(pen)
    }
  }
  nonisolated public func navigationBarTitleDisplayMode(_ mode: NavigationBarItem.TitleDisplayMode) -> some View {
    self
  }
  nonisolated public func navigationBarBackButtonHidden(_ hides: Bool = true) -> some View {
    around { pen, draw in
      draw(pen)
      if hides { pen.add(.place, "") { $0.identifier = backHidden } }
    }
  }
  nonisolated public func toolbar<C: ToolbarContent>(@ToolbarContentBuilder content: () -> C) -> some View {
    let content = content()
    return around { pen, draw in
      content._draw(pen.at("bar"))
      draw(pen)
    }
  }
  nonisolated public func toolbarBackground<S: ShapeStyle>(_ style: S, for bars: ToolbarPlacement...) -> some View {
    self
  }
  nonisolated public func toolbarBackground(_ visibility: Visibility, for bars: ToolbarPlacement...) -> some View {
    self
  }

  /// A sheet lies over everything: what is below is not met.
  nonisolated public func sheet<C: View>(
    isPresented: Binding<Bool>, onDismiss: (() -> Void)? = nil, @ViewBuilder content: @escaping () -> C
  ) -> some View {
    around { pen, draw in
      guard isPresented.wrappedValue else { return draw(pen) }
      draw(pen.onto(Sheet()))
      var over = pen.at("sheet")
      over.environment.leave = {
        isPresented.wrappedValue = false
        onDismiss?()
      }
      over.draw(content())
    }
  }
  /// A question lies over everything. The system adds *Cancel* where none is given.
  nonisolated public func confirmationDialog<A: View, M: View>(
    _ title: Text, isPresented: Binding<Bool>, titleVisibility: Visibility = .automatic,
    @ViewBuilder actions: () -> A, @ViewBuilder message: () -> M
  ) -> some View {
    asked(title, isPresented, actions(), message())
  }
  nonisolated public func alert<A: View, M: View>(
    _ title: Text, isPresented: Binding<Bool>, @ViewBuilder actions: () -> A, @ViewBuilder message: () -> M
  ) -> some View {
    asked(title, isPresented, actions(), message())
  }
  nonisolated private func asked<A: View, M: View>(_ title: Text, _ shown: Binding<Bool>, _ actions: A, _ message: M)
    -> some View
  {
    around { pen, draw in
      guard shown.wrappedValue else { return draw(pen) }
      draw(pen.onto(Sheet()))
      pen.add(.heading, title.content)
      pen.at("message").draw(message)
      for element in pen.at("actions").elements(of: actions) {
        let press = element.press
        element.press = {
          shown.wrappedValue = false
          press?()
        }
        pen.sheet.elements.append(element)
      }
    }
  }
  nonisolated public func interactiveDismissDisabled(_ isDisabled: Bool = true) -> some View { self }
}

public enum NavigationBarItem { public enum TitleDisplayMode: Sendable { case automatic, inline, large } }
public struct ToolbarPlacement: Sendable { public static let navigationBar = Self(), bottomBar = Self() }
public struct ToolbarItemPlacement: Equatable, Sendable {
  let place: Place
  public static let automatic = Self(place: .trailing), topBarLeading = Self(place: .leading)
  public static let topBarTrailing = Self(place: .trailing), principal = Self(place: .title)
  public static let bottomBar = Self(place: .foot), cancellationAction = Self(place: .leading)
  public static let confirmationAction = Self(place: .trailing), primaryAction = Self(place: .trailing)
  public static let navigation = Self(place: .leading)
}

@MainActor @preconcurrency public protocol ToolbarContent {
  associatedtype Body: ToolbarContent
  @ToolbarContentBuilder @MainActor @preconcurrency var body: Self.Body { get }
  nonisolated func _draw(_ pen: Pen)
}

extension ToolbarContent {
  nonisolated public func _draw(_ pen: Pen) {
    let inner = pen.at("\(Self.self)")
    inner.attach(self)
    assumeMain { body }._draw(inner)
  }
}

extension Never: ToolbarContent {}

@resultBuilder public struct ToolbarContentBuilder {
  public static func buildExpression<C: ToolbarContent>(_ content: C) -> C { content }
  public static func buildBlock<C: ToolbarContent>(_ content: C) -> C { content }
  public static func buildBlock<each C: ToolbarContent>(_ content: repeat each C) -> _ToolbarParts {
    var parts: [any ToolbarContent] = []
    repeat parts.append(each content)
    return _ToolbarParts(parts)
  }
  public static func buildIf<C: ToolbarContent>(_ content: C?) -> C? { content }
  public static func buildEither<C: ToolbarContent>(first: C) -> _ToolbarParts { _ToolbarParts([first]) }
  public static func buildEither<C: ToolbarContent>(second: C) -> _ToolbarParts { _ToolbarParts([second]) }
}

extension Optional: ToolbarContent where Wrapped: ToolbarContent {
  public var body: Never { fatalError("a part of the library's own has no body") }
  nonisolated public func _draw(_ pen: Pen) { self?._draw(pen.at("some")) }
}

public struct _ToolbarParts: ToolbarContent {
  nonisolated(unsafe) var parts: [any ToolbarContent]
  nonisolated init(_ parts: [any ToolbarContent]) { self.parts = parts }
  public var body: Never { fatalError("a part of the library's own has no body") }
  nonisolated public func _draw(_ pen: Pen) {
    for (at, part) in parts.enumerated() { part._draw(pen.at("\(at)")) }
  }
}

public struct ToolbarItem<ID, Content: View>: ToolbarContent {
  nonisolated(unsafe) var content: Content
  let placement: ToolbarItemPlacement
  public var body: Never { fatalError("a part of the library's own has no body") }
  nonisolated public func _draw(_ pen: Pen) {
    var inner = pen.at("item")
    inner.place = placement.place
    inner.draw(content)
  }
}

extension ToolbarItem where ID == () {
  public init(placement: ToolbarItemPlacement = .automatic, @ViewBuilder content: () -> Content) {
    self.placement = placement
    self.content = content()
  }
}
