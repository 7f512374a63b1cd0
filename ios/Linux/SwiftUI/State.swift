public protocol DynamicProperty {}

/// What a drawing gives to a property before it asks for the body.
protocol Attached {
  func attach(_ pen: Pen, _ name: String)
}

final class Cell<Value>: @unchecked Sendable {
  var value: Value
  init(_ value: Value) { self.value = value }
}

final class CellLink<Value>: @unchecked Sendable {
  let first: Value
  var cell: Cell<Value>?
  init(_ first: Value) { self.first = first }
  var value: Value {
    get { cell?.value ?? first }
    set {
      guard let cell else { fatalError("a state is set before its view is drawn") }
      cell.value = newValue
    }
  }
}

@propertyWrapper public struct State<Value>: DynamicProperty, Attached {
  let link: CellLink<Value>
  public init(wrappedValue: Value) { link = CellLink(wrappedValue) }
  public init(initialValue: Value) { link = CellLink(initialValue) }
  public var wrappedValue: Value {
    get { link.value }
    nonmutating set { link.value = newValue }
  }
  public var projectedValue: Binding<Value> {
    let link = link
    return Binding(unchecked: { link.value }, { link.value = $0 })
  }
  func attach(_ pen: Pen, _ name: String) { link.cell = pen.cell(name, link.first) }
}

extension State where Value: ExpressibleByNilLiteral {
  public init() { self.init(wrappedValue: nil) }
}

extension State: Sendable where Value: Sendable {}

@propertyWrapper @dynamicMemberLookup public struct Binding<Value> {
  let read: () -> Value
  let write: (Value) -> Void
  init(unchecked read: @escaping () -> Value, _ write: @escaping (Value) -> Void) {
    self.read = read
    self.write = write
  }
  /// Apple's takes closures of any isolation. Ours are the main actor's, as is everything that is drawn.
  @preconcurrency public init(
    get: @escaping @MainActor @Sendable () -> Value, set: @escaping @MainActor @Sendable (Value) -> Void
  ) {
    self.init(unchecked: { assumeMain(get) }, { value in assumeMain { set(value) } })
  }
  public init?(_ base: Binding<Value?>) {
    guard base.read() != nil else { return nil }
    self.init(unchecked: { base.read()! }, { base.write($0) })
  }
  public init<V>(_ base: Binding<V>) where Value == V? {
    self.init(unchecked: { base.read() }, { if let value = $0 { base.write(value) } })
  }
  public init(projectedValue: Binding<Value>) { self = projectedValue }
  public static func constant(_ value: Value) -> Binding<Value> { Binding(unchecked: { value }, { _ in }) }
  public var wrappedValue: Value {
    get { read() }
    nonmutating set { write(newValue) }
  }
  public var projectedValue: Binding<Value> { self }
  public subscript<Subject>(dynamicMember keyPath: WritableKeyPath<Value, Subject>) -> Binding<Subject> {
    Binding<Subject>(
      unchecked: { read()[keyPath: keyPath] },
      { part in
        var whole = read()
        whole[keyPath: keyPath] = part
        write(whole)
      })
  }
  public func animation(_ animation: Animation? = .default) -> Binding<Value> { self }
}

extension Binding: @unchecked Sendable where Value: Sendable {}
extension Binding: DynamicProperty {}

@propertyWrapper @dynamicMemberLookup public struct Bindable<Value> {
  public var wrappedValue: Value
  public var projectedValue: Bindable<Value> { self }
  public init(wrappedValue: Value) where Value: AnyObject & Observable { self.wrappedValue = wrappedValue }
  public init(_ wrappedValue: Value) where Value: AnyObject & Observable { self.wrappedValue = wrappedValue }
  public subscript<Subject>(dynamicMember keyPath: ReferenceWritableKeyPath<Value, Subject>) -> Binding<Subject>
  where Value: AnyObject {
    let object = wrappedValue
    return Binding<Subject>(unchecked: { object[keyPath: keyPath] }, { object[keyPath: keyPath] = $0 })
  }
}

final class EnvironmentLink: @unchecked Sendable {
  var values = EnvironmentValues()
}

@propertyWrapper public struct Environment<Value>: DynamicProperty, Attached {
  let link = EnvironmentLink()
  let read: (EnvironmentValues) -> Value
  public init(_ keyPath: KeyPath<EnvironmentValues, Value>) { read = { $0[keyPath: keyPath] } }
  public init(_ objectType: Value.Type) where Value: AnyObject & Observable {
    read = { values in
      guard let object = values.objects[ObjectIdentifier(objectType)] as? Value else {
        fatalError("no \(objectType) is in the environment")
      }
      return object
    }
  }
  public init<T: AnyObject & Observable>(_ objectType: T.Type) where Value == T? {
    read = { $0.objects[ObjectIdentifier(objectType)] as? T }
  }
  public var wrappedValue: Value { read(link.values) }
  func attach(_ pen: Pen, _ name: String) { link.values = pen.environment }
}

@propertyWrapper public struct FocusState<Value: Hashable>: DynamicProperty, Attached {
  let link: CellLink<Value>
  public init() where Value == Bool { link = CellLink(false) }
  public init<T: Hashable>() where Value == T? { link = CellLink(nil) }
  public var wrappedValue: Value {
    get { link.value }
    nonmutating set { link.value = newValue }
  }
  public var projectedValue: Binding { Binding(link: link) }
  func attach(_ pen: Pen, _ name: String) { link.cell = pen.cell(name, link.first) }

  @propertyWrapper public struct Binding {
    let link: CellLink<Value>
    public var wrappedValue: Value {
      get { link.value }
      nonmutating set { link.value = newValue }
    }
    public var projectedValue: Binding { self }
  }
}

@propertyWrapper public struct ScaledMetric<Value: BinaryFloatingPoint>: DynamicProperty {
  public var wrappedValue: Value
  public init(wrappedValue: Value, relativeTo textStyle: Font.TextStyle) { self.wrappedValue = wrappedValue }
  public init(wrappedValue: Value) { self.wrappedValue = wrappedValue }
}

public protocol EnvironmentKey {
  associatedtype Value
  static var defaultValue: Self.Value { get }
}

public struct EnvironmentValues: @unchecked Sendable {
  var keyed: [ObjectIdentifier: Any] = [:]
  var objects: [ObjectIdentifier: AnyObject] = [:]
  public init() {}
  public subscript<K: EnvironmentKey>(key: K.Type) -> K.Value {
    get { keyed[ObjectIdentifier(key)] as? K.Value ?? K.defaultValue }
    set { keyed[ObjectIdentifier(key)] = newValue }
  }
  public var scenePhase = ScenePhase.active
  public var dismiss: DismissAction { DismissAction(action: leave) }
  public var openURL = OpenURLAction { _ in .systemAction }
  public var locale = Locale(identifier: "en_US")
  public var calendar = Calendar(identifier: .gregorian)
  public var timeZone = TimeZone(identifier: "UTC")!
  public var layoutDirection = LayoutDirection.leftToRight
  public var colorScheme = ColorScheme.light
  public var dynamicTypeSize = DynamicTypeSize.large
  public var isEnabled = true
  public var horizontalSizeClass: UserInterfaceSizeClass? = .compact
  public var verticalSizeClass: UserInterfaceSizeClass? = .regular
  public var colorSchemeContrast: ColorSchemeContrast { contrast }
  public var accessibilityReduceMotion: Bool { stillness }
  public var accessibilityReduceTransparency: Bool { false }
  public var accessibilityVoiceOverEnabled: Bool { false }
  // Apple's are read alone; a test sets them by these.
  var contrast = ColorSchemeContrast.standard
  var stillness = false
  var leave: () -> Void = {}
}

public enum ScenePhase: Comparable, Sendable { case background, inactive, active }
public enum ColorScheme: CaseIterable, Sendable { case light, dark }
public enum ColorSchemeContrast: CaseIterable, Sendable { case standard, increased }
public enum LayoutDirection: CaseIterable, Hashable, Sendable { case leftToRight, rightToLeft }
public enum UserInterfaceSizeClass: Sendable { case compact, regular }
public enum DynamicTypeSize: Comparable, CaseIterable, Hashable, Sendable {
  case xSmall, small, medium, large, xLarge, xxLarge, xxxLarge
  case accessibility1, accessibility2, accessibility3, accessibility4, accessibility5
  public var isAccessibilitySize: Bool { self >= .accessibility1 }
}

@MainActor @preconcurrency public struct DismissAction {
  nonisolated(unsafe) var action: () -> Void
  nonisolated init(action: @escaping () -> Void) { self.action = action }
  public func callAsFunction() { action() }
}

@MainActor @preconcurrency public struct OpenURLAction {
  public struct Result: Sendable {
    let accepted: Bool
    public static let handled = Result(accepted: true), discarded = Result(accepted: false)
    public static let systemAction = Result(accepted: true)
    public static func systemAction(_ url: URL) -> Result { .systemAction }
  }
  nonisolated(unsafe) var handler: (URL) -> Result
  nonisolated public init(handler: @escaping (URL) -> Result) { self.handler = handler }
  public func callAsFunction(_ url: URL) { _ = handler(url) }
  public func callAsFunction(_ url: URL, completion: @escaping (_ accepted: Bool) -> Void) {
    completion(handler(url).accepted)
  }
}
