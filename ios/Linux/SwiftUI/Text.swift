public struct LocalizedStringKey: Equatable, ExpressibleByStringInterpolation {
  let text: String
  public init(_ value: String) { text = value }
  public init(stringLiteral value: String) { text = value }
  public init(stringInterpolation: StringInterpolation) { text = stringInterpolation.text }
  public struct StringInterpolation: StringInterpolationProtocol {
    var text = ""
    public init(literalCapacity: Int, interpolationCount: Int) {}
    public mutating func appendLiteral(_ literal: String) { text += literal }
    public mutating func appendInterpolation(_ string: String) { text += string }
    public mutating func appendInterpolation<T: _FormatSpecifiable>(_ value: T) { text += "\(value)" }
  }
}

public protocol _FormatSpecifiable: Equatable {}
extension Int: _FormatSpecifiable {}
extension Int64: _FormatSpecifiable {}
extension Double: _FormatSpecifiable {}

public struct Text: _Drawn, Equatable, Sendable {
  let content: String
  nonisolated public init(verbatim content: String) { self.content = content }
  nonisolated public init(
    _ key: LocalizedStringKey, tableName: String? = nil, bundle: Bundle? = nil, comment: StaticString? = nil
  ) {
    content = key.text
  }
  @_disfavoredOverload nonisolated public init<S: StringProtocol>(_ content: S) { self.content = String(content) }
  nonisolated public func bold() -> Text { self }
  nonisolated public func italic() -> Text { self }
  nonisolated public func monospaced(_ isActive: Bool = true) -> Text { self }
  nonisolated public func font(_ font: Font?) -> Text { self }
  nonisolated public func fontWeight(_ weight: Font.Weight?) -> Text { self }
  nonisolated public func foregroundStyle<S: ShapeStyle>(_ style: S) -> Text { self }
  nonisolated public static func + (one: Text, other: Text) -> Text { Text(verbatim: one.content + other.content) }
  nonisolated public func _draw(_ pen: Pen) {
    // What is empty is nothing to a screen reader.
    if !content.isEmpty { pen.add(.text, content) }
  }
}

public struct Image: _Drawn, Sendable {
  public enum TemplateRenderingMode: Sendable { case template, original }
  public enum Scale: Sendable { case small, medium, large }
  let label: String
  nonisolated public init(systemName: String) { label = systemName }
  nonisolated public init(_ name: String, bundle: Bundle? = nil) { label = name }
  nonisolated public init(_ name: String, bundle: Bundle? = nil, label: Text) { self.label = label.content }
  nonisolated public init(decorative name: String, bundle: Bundle? = nil) { label = "" }
  nonisolated public func resizable() -> Image { self }
  nonisolated public func renderingMode(_ mode: TemplateRenderingMode?) -> Image { self }
  nonisolated public func _draw(_ pen: Pen) {
    if !label.isEmpty { pen.add(.image, label) }
  }
}

public struct Label<Title: View, Icon: View>: _Drawn {
  nonisolated(unsafe) var title: Title
  public init(@ViewBuilder title: () -> Title, @ViewBuilder icon: () -> Icon) { self.title = title() }
  nonisolated init(_ title: Title) { self.title = title }
  nonisolated public func _draw(_ pen: Pen) { pen.at("title").draw(title) }
}

extension Label where Title == Text, Icon == Image {
  nonisolated public init(_ titleKey: LocalizedStringKey, systemImage: String) { self.init(Text(titleKey)) }
  @_disfavoredOverload nonisolated public init<S: StringProtocol>(_ title: S, systemImage: String) {
    self.init(Text(title))
  }
}
