public struct Button<Label: View>: _Drawn {
  nonisolated(unsafe) var action: @MainActor () -> Void
  nonisolated(unsafe) var label: Label
  nonisolated(unsafe) var role: ButtonRole?
  @preconcurrency public init(action: @escaping @MainActor () -> Void, @ViewBuilder label: () -> Label) {
    self.init(role: nil, action, label())
  }
  @preconcurrency public init(
    role: ButtonRole?, action: @escaping @MainActor () -> Void, @ViewBuilder label: () -> Label
  ) {
    self.init(role: role, action, label())
  }
  nonisolated init(role: ButtonRole?, _ action: @escaping @MainActor () -> Void, _ label: Label) {
    self.action = action
    self.label = label
    self.role = role
  }
  nonisolated public func _draw(_ pen: Pen) {
    pen.add(.button, pen.at("label").label(of: label)) {
      $0.press = action
      if role == .destructive { $0.hint = "drawn in red" }
    }
  }
}

extension Button where Label == Text {
  @preconcurrency nonisolated public init(_ titleKey: LocalizedStringKey, action: @escaping @MainActor () -> Void) {
    self.init(role: nil, action, Text(titleKey))
  }
  @preconcurrency nonisolated public init(
    _ titleKey: LocalizedStringKey, role: ButtonRole?, action: @escaping @MainActor () -> Void
  ) {
    self.init(role: role, action, Text(titleKey))
  }
  @_disfavoredOverload @preconcurrency nonisolated public init<S: StringProtocol>(
    _ title: S, action: @escaping @MainActor () -> Void
  ) {
    self.init(role: nil, action, Text(title))
  }
  @_disfavoredOverload @preconcurrency nonisolated public init<S: StringProtocol>(
    _ title: S, role: ButtonRole?, action: @escaping @MainActor () -> Void
  ) {
    self.init(role: role, action, Text(title))
  }
}

public struct Link<Label: View>: _Drawn {
  nonisolated(unsafe) var destination: URL
  nonisolated(unsafe) var label: Label
  public init(destination: URL, @ViewBuilder label: () -> Label) {
    self.destination = destination
    self.label = label()
  }
  nonisolated public func _draw(_ pen: Pen) {
    let open = pen.environment.openURL
    pen.add(.link, pen.at("label").label(of: label)) { $0.press = { open(destination) } }
  }
}

public struct Toggle<Label: View>: _Drawn {
  nonisolated(unsafe) var isOn: Binding<Bool>
  nonisolated(unsafe) var label: Label
  public init(isOn: Binding<Bool>, @ViewBuilder label: () -> Label) { self.init(isOn, label()) }
  nonisolated init(_ isOn: Binding<Bool>, _ label: Label) {
    self.isOn = isOn
    self.label = label
  }
  nonisolated public func _draw(_ pen: Pen) {
    pen.add(.toggle, pen.at("label").label(of: label)) {
      $0.value = isOn.wrappedValue ? "on" : "off"
      $0.press = { isOn.wrappedValue = !isOn.wrappedValue }
    }
  }
}

extension Toggle where Label == Text {
  nonisolated public init(_ titleKey: LocalizedStringKey, isOn: Binding<Bool>) { self.init(isOn, Text(titleKey)) }
  @_disfavoredOverload nonisolated public init<S: StringProtocol>(_ title: S, isOn: Binding<Bool>) {
    self.init(isOn, Text(title))
  }
}

public struct TextField<Label: View>: _Drawn {
  nonisolated(unsafe) var label: Label
  nonisolated(unsafe) var text: Binding<String>
  public init(text: Binding<String>, prompt: Text? = nil, @ViewBuilder label: () -> Label) {
    self.init(label(), text)
  }
  public init(text: Binding<String>, prompt: Text? = nil, axis: Axis, @ViewBuilder label: () -> Label) {
    self.init(label(), text)
  }
  nonisolated init(_ label: Label, _ text: Binding<String>) {
    self.label = label
    self.text = text
  }
  nonisolated public func _draw(_ pen: Pen) {
    pen.add(.field, pen.at("label").label(of: label)) {
      $0.value = text.wrappedValue
      $0.typing = pen.typing
      $0.set = { text.wrappedValue = $0 }
      $0.submit = pen.submit
    }
  }
}

extension TextField where Label == Text {
  nonisolated public init(_ titleKey: LocalizedStringKey, text: Binding<String>) { self.init(Text(titleKey), text) }
  nonisolated public init(_ titleKey: LocalizedStringKey, text: Binding<String>, axis: Axis) {
    self.init(Text(titleKey), text)
  }
  @_disfavoredOverload nonisolated public init<S: StringProtocol>(_ title: S, text: Binding<String>) {
    self.init(Text(title), text)
  }
  @_disfavoredOverload nonisolated public init<S: StringProtocol>(_ title: S, text: Binding<String>, axis: Axis) {
    self.init(Text(title), text)
  }
  @_disfavoredOverload nonisolated public init<S: StringProtocol>(
    _ title: S, text: Binding<String>, prompt: Text?, axis: Axis
  ) {
    self.init(Text(title), text)
  }
}

public struct SecureField<Label: View>: _Drawn {
  nonisolated(unsafe) var label: Label
  nonisolated(unsafe) var text: Binding<String>
  public init(text: Binding<String>, prompt: Text? = nil, @ViewBuilder label: () -> Label) {
    self.init(label(), text)
  }
  nonisolated init(_ label: Label, _ text: Binding<String>) {
    self.label = label
    self.text = text
  }
  nonisolated public func _draw(_ pen: Pen) {
    pen.add(.secureField, pen.at("label").label(of: label)) {
      $0.value = text.wrappedValue.isEmpty ? nil : "covered"
      $0.typing = pen.typing
      $0.set = { text.wrappedValue = $0 }
      $0.submit = pen.submit
    }
  }
}

extension SecureField where Label == Text {
  nonisolated public init(_ titleKey: LocalizedStringKey, text: Binding<String>) { self.init(Text(titleKey), text) }
  @_disfavoredOverload nonisolated public init<S: StringProtocol>(_ title: S, text: Binding<String>) {
    self.init(Text(title), text)
  }
  @_disfavoredOverload nonisolated public init<S: StringProtocol>(_ title: S, text: Binding<String>, prompt: Text?) {
    self.init(Text(title), text)
  }
}

/// What a picker tells those inside it.
struct Choosing {
  let isPicked: (AnyHashable) -> Bool
  let pick: (AnyHashable) -> Bool
  var tag: AnyHashable?

  func row(_ id: AnyHashable) -> Choosing { tagged(id) }

  func tagged(_ tag: AnyHashable) -> Choosing {
    var other = self
    other.tag = tag
    return other
  }
}

public struct Picker<Label: View, SelectionValue: Hashable, Content: View>: _Drawn {
  nonisolated(unsafe) var selection: Binding<SelectionValue>
  nonisolated(unsafe) var content: Content
  nonisolated(unsafe) var label: Label
  public init(
    selection: Binding<SelectionValue>, @ViewBuilder content: () -> Content, @ViewBuilder label: () -> Label
  ) {
    self.init(selection, content(), label())
  }
  nonisolated init(_ selection: Binding<SelectionValue>, _ content: Content, _ label: Label) {
    self.selection = selection
    self.content = content
    self.label = label
  }
  /// Its options one below another, each of them a control. A tag of another type than the selection's can never be picked:
  /// Apple's is silent about it, and here it has no control.
  nonisolated public func _draw(_ pen: Pen) {
    var inner = pen.at("options")
    inner.choosing = Choosing(
      isPicked: { ($0.base as? SelectionValue) == selection.wrappedValue },
      pick: {
        guard let value = $0.base as? SelectionValue else { return false }
        selection.wrappedValue = value
        return true
      })
    inner.draw(content)
  }
}

extension Picker where Label == Text {
  public init(
    _ titleKey: LocalizedStringKey, selection: Binding<SelectionValue>, @ViewBuilder content: () -> Content
  ) {
    self.init(selection, content(), Text(titleKey))
  }
}

extension View {
  nonisolated public func tag<V: Hashable>(_ tag: V) -> some View {
    around { pen, draw in
      guard let choosing = pen.choosing else { return draw(pen) }
      let own = Sheet()
      var inner = pen.onto(own)
      inner.choosing = nil
      draw(inner)
      pen.add(.choice, own.elements.map(\.label).joined(separator: ", ")) {
        if choosing.isPicked(AnyHashable(tag)) { $0.traits.insert(.isSelected) }
        $0.identifier = own.elements.first?.identifier
        $0.press = { _ = choosing.pick(AnyHashable(tag)) }
      }
    }
  }
}

public struct DatePickerComponents: OptionSet, Sendable {
  public let rawValue: UInt
  public init(rawValue: UInt) { self.rawValue = rawValue }
  public static let date = Self(rawValue: 1), hourAndMinute = Self(rawValue: 2)
}

public struct DatePicker<Label: View>: _Drawn {
  public typealias Components = DatePickerComponents
  nonisolated(unsafe) var selection: Binding<Date>
  nonisolated(unsafe) var label: Label
  nonisolated(unsafe) var isIn: (Date) -> Bool
  public init(
    selection: Binding<Date>, in range: PartialRangeFrom<Date>,
    displayedComponents: Components = [.hourAndMinute, .date], @ViewBuilder label: () -> Label
  ) {
    self.selection = selection
    self.label = label()
    isIn = range.contains
  }
  public init(
    selection: Binding<Date>, displayedComponents: Components = [.hourAndMinute, .date],
    @ViewBuilder label: () -> Label
  ) {
    self.selection = selection
    self.label = label()
    isIn = { _ in true }
  }
  nonisolated public func _draw(_ pen: Pen) {
    pen.add(.day, pen.at("label").label(of: label)) {
      var calendar = pen.environment.calendar
      calendar.timeZone = pen.environment.timeZone
      let parts = calendar.dateComponents([.year, .month, .day], from: selection.wrappedValue)
      $0.value = "\(parts.year!)-\(parts.month!)-\(parts.day!)"
      $0.setDay = { if isIn($0) { selection.wrappedValue = $0 } }
    }
  }
}

public struct ProgressView<Label: View, CurrentValueLabel: View>: _Drawn {
  nonisolated(unsafe) var label: any View
  nonisolated public func _draw(_ pen: Pen) { pen.add(.progress, pen.at("label").label(of: label)) }
}

extension ProgressView where CurrentValueLabel == EmptyView {
  nonisolated public init() where Label == EmptyView { label = EmptyView() }
  public init(@ViewBuilder label: () -> Label) { self.label = label() }
}

public struct LabeledContent<Label: View, Content: View>: _Drawn {
  nonisolated(unsafe) var content: Content
  nonisolated(unsafe) var label: Label
  public init(@ViewBuilder content: () -> Content, @ViewBuilder label: () -> Label) {
    self.content = content()
    self.label = label()
  }
  nonisolated public func _draw(_ pen: Pen) {
    let said = [pen.at("label").label(of: label), pen.at("content").label(of: content)]
    pen.add(.text, said.joined(separator: ", "))
  }
}

public struct DisclosureGroup<Label: View, Content: View>: _Drawn {
  nonisolated(unsafe) var isExpanded: Binding<Bool>
  nonisolated(unsafe) var content: () -> Content
  nonisolated(unsafe) var label: Label
  public init(
    isExpanded: Binding<Bool>, @ViewBuilder content: @escaping () -> Content, @ViewBuilder label: () -> Label
  ) {
    self.isExpanded = isExpanded
    self.content = content
    self.label = label()
  }
  nonisolated public func _draw(_ pen: Pen) {
    pen.add(.button, pen.at("label").label(of: label)) {
      $0.value = isExpanded.wrappedValue ? "expanded" : "collapsed"
      $0.press = { isExpanded.wrappedValue = !isExpanded.wrappedValue }
    }
    if isExpanded.wrappedValue { pen.at("content").draw(content()) }
  }
}
