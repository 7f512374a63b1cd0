// Colours, fonts, edges and styles: named, so that a name that does not exist is found. None is drawn.

public protocol ShapeStyle: Sendable {}

public struct Color: _Drawn, ShapeStyle, Hashable, Sendable {
  public enum RGBColorSpace: Sendable { case sRGB, sRGBLinear, displayP3 }
  nonisolated public init(_ name: String, bundle: Bundle? = nil) {}
  nonisolated public init(
    _ colorSpace: RGBColorSpace = .sRGB, red: Double, green: Double, blue: Double, opacity: Double = 1
  ) {}
  nonisolated init() {}
  nonisolated public func opacity(_ opacity: Double) -> Color { self }
  nonisolated public static let red = Color(), orange = Color(), yellow = Color(), green = Color(), blue = Color()
  nonisolated public static let gray = Color(), black = Color(), white = Color(), clear = Color()
  nonisolated public static let primary = Color(), secondary = Color(), accentColor = Color()
  nonisolated public func _draw(_ pen: Pen) {}
}

extension ShapeStyle where Self == Color {
  public static var red: Color { .init() }
  public static var orange: Color { .init() }
  public static var green: Color { .init() }
  public static var gray: Color { .init() }
  public static var clear: Color { .init() }
}

public struct HierarchicalShapeStyle: ShapeStyle {}
extension ShapeStyle where Self == HierarchicalShapeStyle {
  public static var primary: Self { .init() }
  public static var secondary: Self { .init() }
  public static var tertiary: Self { .init() }
}

public struct TintShapeStyle: ShapeStyle {}
extension ShapeStyle where Self == TintShapeStyle { public static var tint: Self { .init() } }

public struct Material: ShapeStyle { public static let regular = Self(), thin = Self(), bar = Self() }
extension ShapeStyle where Self == Material {
  public static var regularMaterial: Self { .init() }
  public static var bar: Self { .init() }
}

public protocol Shape: Sendable {}
public struct Rectangle: Shape, _Drawn {
  nonisolated public init() {}
  nonisolated public func _draw(_ pen: Pen) {}
}
public struct RoundedRectangle: Shape, _Drawn {
  nonisolated public init(cornerRadius: CGFloat) {}
  nonisolated public func _draw(_ pen: Pen) {}
}
public struct Capsule: Shape, _Drawn {
  nonisolated public init() {}
  nonisolated public func _draw(_ pen: Pen) {}
}
extension Shape where Self == Rectangle { public static var rect: Rectangle { .init() } }

public struct Font: Hashable, Sendable {
  public enum Weight: Hashable, Sendable { case light, regular, medium, semibold, bold }
  public enum Design: Hashable, Sendable { case `default`, serif, rounded, monospaced }
  public enum TextStyle: CaseIterable, Hashable, Sendable {
    case largeTitle, title, title2, title3, headline, subheadline, body, callout, footnote, caption, caption2
  }
  public static let largeTitle = Font(), title = Font(), title2 = Font(), title3 = Font(), headline = Font()
  public static let subheadline = Font(), body = Font(), callout = Font(), footnote = Font(), caption = Font()
  public static let caption2 = Font()
  public static func system(_ style: TextStyle, design: Design? = nil, weight: Weight? = nil) -> Font { Font() }
  public static func system(size: CGFloat, weight: Weight? = nil, design: Design? = nil) -> Font { Font() }
  public func weight(_ weight: Weight) -> Font { self }
  public func monospaced() -> Font { self }
  public func monospacedDigit() -> Font { self }
}

public struct HorizontalAlignment: Sendable { public static let leading = Self(), center = Self(), trailing = Self() }
public struct VerticalAlignment: Sendable {
  public static let top = Self(), center = Self(), bottom = Self()
  public static let firstTextBaseline = Self(), lastTextBaseline = Self()
}
public struct Alignment: Sendable {
  public static let center = Self(), leading = Self(), trailing = Self(), top = Self(), bottom = Self()
  public static let topLeading = Self(), topTrailing = Self(), bottomLeading = Self(), bottomTrailing = Self()
}
public enum TextAlignment: Hashable, Sendable { case leading, center, trailing }
public enum HorizontalEdge: Sendable { case leading, trailing }
public enum VerticalEdge: Sendable {
  case top, bottom
  public struct Set: OptionSet, Sendable {
    public let rawValue: Int8
    public init(rawValue: Int8) { self.rawValue = rawValue }
    public static let top = Self(rawValue: 1), bottom = Self(rawValue: 2), all = Self(rawValue: 3)
  }
}
public enum Edge: Sendable {
  public struct Set: OptionSet, Sendable {
    public let rawValue: Int8
    public init(rawValue: Int8) { self.rawValue = rawValue }
    public static let top = Self(rawValue: 1), leading = Self(rawValue: 2), bottom = Self(rawValue: 4)
    public static let trailing = Self(rawValue: 8), horizontal: Self = [.leading, .trailing]
    public static let vertical: Self = [.top, .bottom], all: Self = [.horizontal, .vertical]
  }
}
public struct EdgeInsets: Equatable, Sendable {
  public init(top: CGFloat, leading: CGFloat, bottom: CGFloat, trailing: CGFloat) {}
  public init() {}
}
public enum Axis: Hashable, Sendable {
  case horizontal, vertical
  public struct Set: OptionSet, Sendable {
    public let rawValue: Int8
    public init(rawValue: Int8) { self.rawValue = rawValue }
    public static let horizontal = Self(rawValue: 1), vertical = Self(rawValue: 2)
  }
}
public struct Animation: Equatable, Sendable {
  public static let `default` = Self(), easeInOut = Self(), easeOut = Self(), linear = Self()
}
public enum Visibility: Hashable, Sendable { case automatic, visible, hidden }
public enum Prominence_: Sendable { case standard, increased }
public typealias HeaderProminence = Prominence_
public struct ButtonRole: Equatable, Sendable {
  let name: String
  public static let destructive = ButtonRole(name: "destructive"), cancel = ButtonRole(name: "cancel")
}
public struct ButtonBorderShape: Equatable, Sendable {
  public static let automatic = Self(), capsule = Self(), roundedRectangle = Self()
}
public enum ControlSize: CaseIterable, Sendable { case mini, small, regular, large, extraLarge }

public protocol PrimitiveButtonStyle {}
extension PrimitiveButtonStyle { var prominence: Prominence { (self as? any Weighed)?.weight ?? .none } }
protocol Weighed { var weight: Prominence { get } }
public struct BorderedProminentButtonStyle: PrimitiveButtonStyle, Weighed {
  public init() {}
  var weight: Prominence { .prominent }
}
public struct BorderedButtonStyle: PrimitiveButtonStyle, Weighed {
  public init() {}
  var weight: Prominence { .bordered }
}
public struct BorderlessButtonStyle: PrimitiveButtonStyle { public init() {} }
public struct PlainButtonStyle: PrimitiveButtonStyle { public init() {} }
extension PrimitiveButtonStyle where Self == BorderedProminentButtonStyle {
  public static var borderedProminent: Self { .init() }
}
extension PrimitiveButtonStyle where Self == BorderedButtonStyle { public static var bordered: Self { .init() } }
extension PrimitiveButtonStyle where Self == BorderlessButtonStyle { public static var borderless: Self { .init() } }
extension PrimitiveButtonStyle where Self == PlainButtonStyle { public static var plain: Self { .init() } }

public protocol ListStyle {}
public struct PlainListStyle: ListStyle { public init() {} }
public struct InsetGroupedListStyle: ListStyle { public init() {} }
extension ListStyle where Self == PlainListStyle { public static var plain: Self { .init() } }
extension ListStyle where Self == InsetGroupedListStyle { public static var insetGrouped: Self { .init() } }
public protocol FormStyle {}
public struct GroupedFormStyle: FormStyle { public init() {} }
extension FormStyle where Self == GroupedFormStyle { public static var grouped: Self { .init() } }
public protocol PickerStyle {}
public struct InlinePickerStyle: PickerStyle { public init() {} }
public struct MenuPickerStyle: PickerStyle { public init() {} }
public struct SegmentedPickerStyle: PickerStyle { public init() {} }
extension PickerStyle where Self == InlinePickerStyle { public static var inline: Self { .init() } }
extension PickerStyle where Self == MenuPickerStyle { public static var menu: Self { .init() } }
extension PickerStyle where Self == SegmentedPickerStyle { public static var segmented: Self { .init() } }
public protocol DatePickerStyle {}
public struct WheelDatePickerStyle: DatePickerStyle { public init() {} }
public struct CompactDatePickerStyle: DatePickerStyle { public init() {} }
public struct GraphicalDatePickerStyle: DatePickerStyle { public init() {} }
extension DatePickerStyle where Self == WheelDatePickerStyle { public static var wheel: Self { .init() } }
extension DatePickerStyle where Self == CompactDatePickerStyle { public static var compact: Self { .init() } }
extension DatePickerStyle where Self == GraphicalDatePickerStyle { public static var graphical: Self { .init() } }
public protocol TextFieldStyle {}
public struct RoundedBorderTextFieldStyle: TextFieldStyle { public init() {} }
public struct PlainTextFieldStyle: TextFieldStyle { public init() {} }
extension TextFieldStyle where Self == RoundedBorderTextFieldStyle { public static var roundedBorder: Self { .init() } }
extension TextFieldStyle where Self == PlainTextFieldStyle { public static var plain: Self { .init() } }

public struct SubmitLabel: Sendable {
  public static let done = Self(), next = Self(), send = Self(), search = Self(), go = Self(), `continue` = Self()
}
public struct UITextContentType: Equatable, Sendable {
  let name: String
  public static let oneTimeCode = Self(name: "oneTimeCode"), name = Self(name: "name")
  public static let password = Self(name: "password"), newPassword = Self(name: "newPassword")
}
public struct TextInputAutocapitalization: Equatable, Sendable {
  let name: String
  public static var never: Self { .init(name: "never") }
  public static var words: Self { .init(name: "words") }
  public static var sentences: Self { .init(name: "sentences") }
  public static var characters: Self { .init(name: "characters") }
}
public enum UIKeyboardType: Sendable {
  case `default`, asciiCapable, numbersAndPunctuation, URL, numberPad, phonePad, emailAddress, webSearch
}
public struct WritingToolsBehavior: Equatable, Sendable {
  let name: String
  public static let automatic = Self(name: "automatic"), disabled = Self(name: "disabled")
  public static let limited = Self(name: "limited"), complete = Self(name: "complete")
}
public struct RedactionReasons: OptionSet, Sendable {
  public let rawValue: Int
  public init(rawValue: Int) { self.rawValue = rawValue }
  public static let placeholder = Self(rawValue: 1), privacy = Self(rawValue: 2)
}
public struct ScrollDismissesKeyboardMode: Sendable {
  public static let automatic = Self(), immediately = Self(), interactively = Self(), never = Self()
}
public struct SafeAreaRegions: OptionSet, Sendable {
  public let rawValue: UInt
  public init(rawValue: UInt) { self.rawValue = rawValue }
  public static let container = Self(rawValue: 1), keyboard = Self(rawValue: 2), all: Self = [.container, .keyboard]
}
