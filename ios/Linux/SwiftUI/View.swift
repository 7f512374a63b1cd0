// Stands in for Apple's library of the same name on Linux, and nowhere else: README.md says what it proves and what not.
// A signature that Apple has is declared as Apple has it; a missing one is added, not bent to fit.
@_exported import Foundation
@_exported import Observation

@MainActor @preconcurrency public protocol View {
  associatedtype Body: View
  @ViewBuilder @MainActor @preconcurrency var body: Self.Body { get }
}

extension Never: View {
  public var body: Never { fatalError("there is no such view") }
}

/// A view of the library's own: it has no body, and says itself what it is made of.
public protocol _Drawn: View where Body == Never {
  nonisolated func _draw(_ pen: Pen)
}

/// One that only holds others. Where there are none, there is nothing: no appearing, and nothing that is watched.
protocol Holding {}

extension _Drawn {
  public var body: Never { fatalError("a view of the library's own has no body") }
}

@resultBuilder public struct ViewBuilder {
  public static func buildExpression<Content: View>(_ content: Content) -> Content { content }
  public static func buildBlock() -> EmptyView { EmptyView() }
  public static func buildBlock<Content: View>(_ content: Content) -> Content { content }
  public static func buildBlock<each Content: View>(_ content: repeat each Content) -> TupleView<(repeat each Content)>
  {
    var parts: [any View] = []
    repeat parts.append(each content)
    return TupleView((repeat each content), parts)
  }
  public static func buildIf<Content: View>(_ content: Content?) -> Content? { content }
  public static func buildEither<T: View, F: View>(first: T) -> _ConditionalContent<T, F> { .init(.first(first)) }
  public static func buildEither<T: View, F: View>(second: F) -> _ConditionalContent<T, F> { .init(.second(second)) }
  public static func buildLimitedAvailability<Content: View>(_ content: Content) -> AnyView { AnyView(content) }
}

public struct EmptyView: _Drawn, Holding {
  nonisolated public init() {}
  nonisolated public func _draw(_ pen: Pen) {}
}

public struct TupleView<T>: _Drawn, Holding {
  nonisolated(unsafe) public var value: T
  nonisolated(unsafe) var parts: [any View]
  nonisolated init(_ value: T, _ parts: [any View]) {
    self.value = value
    self.parts = parts
  }
  nonisolated public func _draw(_ pen: Pen) {
    for (at, part) in parts.enumerated() { pen.at("\(at)").draw(part) }
  }
}

public struct _ConditionalContent<T, F> {
  enum Storage {
    case first(T)
    case second(F)
  }
  nonisolated(unsafe) var storage: Storage
  nonisolated init(_ storage: Storage) { self.storage = storage }
}

extension _ConditionalContent: View, _Drawn, Holding where T: View, F: View {
  nonisolated public func _draw(_ pen: Pen) {
    switch storage {
    case .first(let view): pen.at("yes").draw(view)
    case .second(let view): pen.at("no").draw(view)
    }
  }
}

public struct AnyView: _Drawn, Holding {
  nonisolated(unsafe) var view: any View
  nonisolated public init<V: View>(_ view: V) { self.view = view }
  nonisolated public func _draw(_ pen: Pen) { pen.at("\(type(of: view))").draw(view) }
}

extension Optional: View, _Drawn, Holding where Wrapped: View {
  nonisolated public func _draw(_ pen: Pen) {
    if let self { pen.at("some").draw(self) }
  }
}

public struct Group<Content: View>: _Drawn, Holding {
  nonisolated(unsafe) var content: Content
  public init(@ViewBuilder content: () -> Content) { self.content = content() }
  nonisolated public func _draw(_ pen: Pen) { pen.at("group").draw(content) }
}

@MainActor @preconcurrency public protocol ViewModifier {
  associatedtype Body: View
  typealias Content = _ViewModifier_Content<Self>
  @ViewBuilder @MainActor @preconcurrency func body(content: Content) -> Body
}

public struct _ViewModifier_Content<Modifier: ViewModifier>: _Drawn, Holding {
  nonisolated(unsafe) var view: any View
  nonisolated init(_ view: any View) { self.view = view }
  nonisolated public func _draw(_ pen: Pen) { pen.at("content").draw(view) }
}

public struct ModifiedContent<Content, Modifier> {
  nonisolated(unsafe) var content: Content
  nonisolated(unsafe) var modifier: Modifier
  nonisolated public init(content: Content, modifier: Modifier) {
    self.content = content
    self.modifier = modifier
  }
}

extension ModifiedContent: View, _Drawn, Holding where Content: View, Modifier: ViewModifier {
  nonisolated public func _draw(_ pen: Pen) {
    let inner = pen.at("\(Modifier.self)")
    inner.attach(modifier)
    let drawn = assumeMain { modifier.body(content: _ViewModifier_Content(content)) }
    inner.at("body").draw(drawn)
  }
}

extension View {
  nonisolated public func modifier<M: ViewModifier>(_ modifier: M) -> ModifiedContent<Self, M> {
    ModifiedContent(content: self, modifier: modifier)
  }
}

/// A view with something done around it.
public struct _Around<Content: View>: _Drawn, Holding {
  nonisolated(unsafe) var content: Content
  nonisolated(unsafe) var how: (Pen, (Pen) -> Void) -> Void
  nonisolated init(_ content: Content, _ how: @escaping (Pen, (Pen) -> Void) -> Void) {
    self.content = content
    self.how = how
  }
  nonisolated public func _draw(_ pen: Pen) {
    how(pen.at("m")) { $0.draw(content) }
  }
}

extension View {
  nonisolated func around(_ how: @escaping (Pen, (Pen) -> Void) -> Void) -> _Around<Self> { _Around(self, how) }
}

/// Everything here happens on the main thread: the compiler holds it where a view is written, and this where it is drawn.
func assumeMain<T>(_ work: @MainActor () -> T) -> T {
  withoutActuallyEscaping(work) { work in
    let box = Box(work)
    return MainActor.assumeIsolated { Box(box.value()) }.value
  }
}

final class Box<T>: @unchecked Sendable {
  let value: T
  init(_ value: T) { self.value = value }
}
