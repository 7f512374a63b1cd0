/// A window that a test holds: what is drawn in it, and what a person does there.
@_spi(Drawing) @MainActor public final class Window {
  private let root: () -> any View
  private let graph = Graph()
  private var waiting: [CheckedContinuation<Void, Never>] = []
  private var changed = false
  /// What the device is set to.
  public var environment = EnvironmentValues()

  public init<V: View>(@ViewBuilder _ root: @escaping () -> V) {
    self.root = root
  }

  /// What is on the screen, in the order in which a screen reader meets it.
  public var elements: [Element] {
    var drawn: [Element] = []
    for _ in 0..<50 {
      drawn = drawOnce()
      if !graph.end() { return drawn }
    }
    fatalError("drawing never comes to rest")
  }

  /// The device's settings that Apple's views can read and not set.
  public func set(contrast: ColorSchemeContrast = .standard, reduceMotion: Bool = false) {
    environment.contrast = contrast
    environment.stillness = reduceMotion
  }

  /// Waits until something that was drawn has changed.
  public func change() async {
    if changed { return }
    await withCheckedContinuation { waiting.append($0) }
  }

  /// Takes the window away, as when its scene is let go.
  public func close() { graph.close() }

  private func drawOnce() -> [Element] {
    graph.begin()
    changed = false
    let sheet = Sheet()
    withObservationTracking {
      Pen(graph: graph, sheet: sheet, environment: environment).draw(root())
    } onChange: {
      Task { @MainActor [weak self] in self?.tell() }
    }
    return sheet.elements.enumerated().sorted { one, other in
      if one.element.place != other.element.place { return one.element.place < other.element.place }
      if one.element.priority != other.element.priority { return one.element.priority > other.element.priority }
      return one.offset < other.offset
    }.map(\.element)
  }

  private func tell() {
    changed = true
    let all = waiting
    waiting = []
    all.forEach { $0.resume() }
  }
}

@_spi(Drawing) extension Element {
  /// Presses it. False if that does nothing: it is off, or no control.
  @MainActor public func pressed() -> Bool {
    guard isEnabled, let press else { return false }
    press()
    return true
  }

  /// Types `text` in place of what is in it.
  @MainActor public func type(_ text: String) -> Bool {
    guard isEnabled, let set else { return false }
    set(text)
    return true
  }

  /// Picks a day.
  @MainActor public func pick(_ day: Date) -> Bool {
    guard isEnabled, let setDay else { return false }
    setDay(day)
    return true
  }

  /// The keyboard's own last key.
  @MainActor public func submitted() -> Bool {
    guard isEnabled, let submit else { return false }
    submit()
    return true
  }

  /// One line: what it is, what it says, and what there is to know of it.
  public var line: String {
    var parts = [kind.rawValue]
    if let identifier { parts[0] += " #\(identifier)" }
    parts.append("\"\(label.replacingOccurrences(of: "\n", with: "\\n"))\"")
    if let value { parts.append("= \"\(value.replacingOccurrences(of: "\n", with: "\\n"))\"") }
    if let hint { parts.append("(\(hint))") }
    if traits.contains(.isHeader), kind != .heading { parts.append("heading") }
    if traits.contains(.isSelected) { parts.append("selected") }
    if prominence == .prominent { parts.append("main") }
    if !isEnabled { parts.append("off") }
    return parts.joined(separator: " ")
  }
}

@_spi(Drawing) extension [Element] {
  /// Each on a line of its own, under the part of the screen where it stands.
  public var outline: String {
    var lines: [String] = []
    var place: Place?
    for element in self {
      if element.place != place {
        place = element.place
        lines.append("\(element.place.rawValue):")
      }
      lines.append("  " + element.line)
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
