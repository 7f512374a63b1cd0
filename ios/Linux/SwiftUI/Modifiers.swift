// What is done to a view. Looks are named and leave no trace; what a person meets or does is drawn.

extension View {
  // Looks and layout.
  nonisolated public func padding(_ edges: Edge.Set = .all, _ length: CGFloat? = nil) -> some View { self }
  nonisolated public func padding(_ length: CGFloat) -> some View { self }
  nonisolated public func frame(width: CGFloat? = nil, height: CGFloat? = nil, alignment: Alignment = .center)
    -> some View
  { self }
  nonisolated public func frame(
    minWidth: CGFloat? = nil, idealWidth: CGFloat? = nil, maxWidth: CGFloat? = nil, minHeight: CGFloat? = nil,
    idealHeight: CGFloat? = nil, maxHeight: CGFloat? = nil, alignment: Alignment = .center
  ) -> some View { self }
  nonisolated public func fixedSize(horizontal: Bool, vertical: Bool) -> some View { self }
  nonisolated public func layoutPriority(_ value: Double) -> some View { self }
  nonisolated public func font(_ font: Font?) -> some View { self }
  nonisolated public func fontWeight(_ weight: Font.Weight?) -> some View { self }
  nonisolated public func foregroundStyle<S: ShapeStyle>(_ style: S) -> some View { self }
  nonisolated public func tint(_ tint: Color?) -> some View { self }
  nonisolated public func background<S: ShapeStyle>(_ style: S, ignoresSafeAreaEdges edges: Edge.Set = .all)
    -> some View
  { self }
  nonisolated public func background<S: ShapeStyle, T: Shape>(_ style: S, in shape: T) -> some View { self }
  nonisolated public func clipShape<S: Shape>(_ shape: S) -> some View { self }
  nonisolated public func contentShape<S: Shape>(_ shape: S) -> some View { self }
  nonisolated public func ignoresSafeArea(_ regions: SafeAreaRegions = .all, edges: Edge.Set = .all) -> some View {
    self
  }
  nonisolated public func lineLimit(_ number: Int?) -> some View { self }
  nonisolated public func lineLimit(_ limit: PartialRangeFrom<Int>) -> some View { self }
  nonisolated public func lineLimit(_ limit: ClosedRange<Int>) -> some View { self }
  nonisolated public func multilineTextAlignment(_ alignment: TextAlignment) -> some View { self }
  nonisolated public func privacySensitive(_ sensitive: Bool = true) -> some View { self }
  nonisolated public func redacted(reason: RedactionReasons) -> some View { self }
  nonisolated public func id<ID: Hashable>(_ id: ID) -> some View {
    around { pen, draw in draw(pen.at("\(pen.graph.number(of: AnyHashable(id)))")) }
  }
  nonisolated public func animation<V: Equatable>(_ animation: Animation?, value: V) -> some View { self }
  nonisolated public func listStyle<S: ListStyle>(_ style: S) -> some View { self }
  nonisolated public func formStyle<S: FormStyle>(_ style: S) -> some View { self }
  nonisolated public func listRowBackground<V: View>(_ view: V?) -> some View { self }
  nonisolated public func listRowInsets(_ insets: EdgeInsets?) -> some View { self }
  nonisolated public func listRowSeparator(_ visibility: Visibility, edges: VerticalEdge.Set = .all) -> some View {
    self
  }
  nonisolated public func headerProminence(_ prominence: HeaderProminence) -> some View { self }
  nonisolated public func labelsHidden() -> some View { self }
  nonisolated public func controlSize(_ size: ControlSize) -> some View { self }
  nonisolated public func buttonBorderShape(_ shape: ButtonBorderShape) -> some View { self }
  nonisolated public func buttonStyle<S: PrimitiveButtonStyle>(_ style: S) -> some View {
    around { pen, draw in
      var inner = pen
      inner.prominence = style.prominence
      draw(inner)
    }
  }
  nonisolated public func pickerStyle<S: PickerStyle>(_ style: S) -> some View { self }
  nonisolated public func datePickerStyle<S: DatePickerStyle>(_ style: S) -> some View { self }
  nonisolated public func textFieldStyle<S: TextFieldStyle>(_ style: S) -> some View { self }
  nonisolated public func textCase(_ textCase: Text.Case?) -> some View { self }
  nonisolated public func scrollContentBackground(_ visibility: Visibility) -> some View { self }
  nonisolated public func scrollDismissesKeyboard(_ mode: ScrollDismissesKeyboardMode) -> some View { self }
  nonisolated public func preferredColorScheme(_ scheme: ColorScheme?) -> some View { self }
  nonisolated public func overlay<V: View>(alignment: Alignment = .center, @ViewBuilder content: () -> V) -> some View {
    let over = content()
    return around { pen, draw in
      draw(pen.at("under"))
      pen.at("over").draw(over)
    }
  }
  nonisolated public func background<V: View>(alignment: Alignment = .center, @ViewBuilder content: () -> V)
    -> some View
  {
    let behind = content()
    return around { pen, draw in
      pen.at("behind").draw(behind)
      draw(pen.at("before"))
    }
  }
  nonisolated public func safeAreaInset<V: View>(
    edge: VerticalEdge, alignment: HorizontalAlignment = .center, spacing: CGFloat? = nil,
    @ViewBuilder content: () -> V
  ) -> some View {
    let inset = content()
    return around { pen, draw in
      draw(pen.at("rest"))
      var inner = pen.at("inset")
      if edge == .bottom { inner.place = .foot }
      inner.draw(inset)
    }
  }

  // What can be done, and what is typed.
  nonisolated public func disabled(_ disabled: Bool) -> some View {
    around { pen, draw in
      var inner = pen
      inner.environment.isEnabled = pen.environment.isEnabled && !disabled
      draw(inner)
    }
  }
  nonisolated public func onSubmit(_ action: @escaping () -> Void) -> some View {
    around { pen, draw in
      var inner = pen
      inner.submit = { action() }
      draw(inner)
    }
  }
  nonisolated public func submitLabel(_ label: SubmitLabel) -> some View { self }
  nonisolated public func focused<V: Hashable>(_ binding: FocusState<V>.Binding, equals value: V) -> some View { self }
  nonisolated public func focused(_ binding: FocusState<Bool>.Binding) -> some View { self }
  nonisolated public func autocorrectionDisabled(_ disable: Bool = true) -> some View {
    typing { $0.corrects = !disable }
  }
  nonisolated public func textInputAutocapitalization(_ capitals: TextInputAutocapitalization?) -> some View {
    typing { $0.capitals = capitals ?? .sentences }
  }
  nonisolated public func keyboardType(_ type: UIKeyboardType) -> some View { typing { $0.keyboard = type } }
  nonisolated public func textContentType(_ type: UITextContentType?) -> some View { typing { $0.content = type } }
  @available(iOS 18.0, macOS 15.0, *)
  nonisolated public func writingToolsBehavior(_ behavior: WritingToolsBehavior) -> some View {
    typing { $0.writes = behavior != .disabled }
  }
  /// The setting nearest to the field counts, as with everything that goes down with the environment.
  nonisolated func typing(_ change: @escaping (inout Typing) -> Void) -> some View {
    around { pen, draw in
      var inner = pen
      change(&inner.typing)
      draw(inner)
    }
  }

  // What happens while it is there.
  nonisolated public func onAppear(perform action: (() -> Void)? = nil) -> some View {
    around { pen, draw in
      pen.draw(draw) {
        if let action { pen.graph.lives(pen.path, .init(appear: action)) }
      }
    }
  }
  nonisolated public func onDisappear(perform action: (() -> Void)? = nil) -> some View {
    around { pen, draw in
      pen.draw(draw) {
        if let action { pen.graph.lives(pen.path, .init(leave: action)) }
      }
    }
  }
  nonisolated public func task(
    priority: TaskPriority = .userInitiated, @_inheritActorContext _ action: @escaping @Sendable () async -> Void
  ) -> some View {
    around { pen, draw in
      pen.draw(draw) {
        pen.graph.lives(pen.path, .init(work: { Task(priority: priority, operation: action) }))
      }
    }
  }
  nonisolated public func task<T: Equatable>(
    id: T, priority: TaskPriority = .userInitiated,
    @_inheritActorContext _ action: @escaping @Sendable () async -> Void
  ) -> some View {
    around { pen, draw in
      pen.draw(draw) {
        let life = Graph.Life(
          work: { Task(priority: priority, operation: action) }, same: { ($0 as? T) == id }, id: id)
        pen.graph.lives(pen.path, life)
      }
    }
  }
  nonisolated public func onChange<V: Equatable>(
    of value: V, initial: Bool = false, _ action: @escaping (_ oldValue: V, _ newValue: V) -> Void
  ) -> some View {
    around { pen, draw in
      pen.draw(draw) {
        pen.graph.watches(pen.path, value, initial: initial, action)
      }
    }
  }
  nonisolated public func onChange<V: Equatable>(
    of value: V, initial: Bool = false, _ action: @escaping () -> Void
  ) -> some View {
    around { pen, draw in
      pen.draw(draw) {
        pen.graph.watches(pen.path, value, initial: initial) { _, _ in action() }
      }
    }
  }
  nonisolated public func onOpenURL(perform action: @escaping (URL) -> Void) -> some View { self }

  // The environment.
  nonisolated public func environment<T: AnyObject & Observable>(_ object: T?) -> some View {
    around { pen, draw in
      var inner = pen
      inner.environment.objects[ObjectIdentifier(T.self)] = object
      draw(inner)
    }
  }
  nonisolated public func environment<V>(_ keyPath: WritableKeyPath<EnvironmentValues, V>, _ value: V) -> some View {
    around { pen, draw in
      var inner = pen
      inner.environment[keyPath: keyPath] = value
      draw(inner)
    }
  }
}

extension Text { public enum Case: Sendable { case uppercase, lowercase } }
