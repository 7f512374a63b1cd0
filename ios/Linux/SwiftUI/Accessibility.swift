extension View {
  nonisolated public func accessibilityLabel(_ label: Text) -> some View { one { $0.label = label.content } }
  nonisolated public func accessibilityLabel(_ labelKey: LocalizedStringKey) -> some View {
    one { $0.label = labelKey.text }
  }
  @_disfavoredOverload nonisolated public func accessibilityLabel<S: StringProtocol>(_ label: S) -> some View {
    one { $0.label = String(label) }
  }
  nonisolated public func accessibilityHint(_ hint: Text) -> some View { one { $0.hint = hint.content } }
  nonisolated public func accessibilityHint(_ hintKey: LocalizedStringKey) -> some View {
    one { $0.hint = hintKey.text }
  }
  nonisolated public func accessibilityValue(_ value: Text) -> some View { one { $0.value = value.content } }
  nonisolated public func accessibilityIdentifier(_ identifier: String) -> some View {
    each { $0.identifier = $0.identifier ?? identifier }
  }
  nonisolated public func accessibilityAddTraits(_ traits: AccessibilityTraits) -> some View {
    each {
      $0.traits.formUnion(traits)
      if traits.contains(.isHeader), $0.kind == .text { $0.kind = .heading }
    }
  }
  nonisolated public func accessibilityRemoveTraits(_ traits: AccessibilityTraits) -> some View {
    each { $0.traits.subtract(traits) }
  }
  nonisolated public func accessibilitySortPriority(_ priority: Double) -> some View { each { $0.priority = priority } }
  nonisolated public func accessibilityHidden(_ hidden: Bool) -> some View {
    around { pen, draw in draw(hidden ? pen.onto(Sheet()) : pen) }
  }
  nonisolated public func accessibilityElement(children: AccessibilityChildBehavior = .ignore) -> some View {
    around { pen, draw in
      if children == .contain { return draw(pen) }
      let own = Sheet()
      draw(pen.onto(own))
      guard children == .combine else { return pen.add(.text, "") }
      guard let first = own.elements.first(where: \.isControl) ?? own.elements.first else { return }
      first.label = own.elements.map(\.label).joined(separator: ", ")
      pen.sheet.elements.append(first)
    }
  }

  /// Changes the one element that a view is. Apple's takes it silently where there are several, and what is heard then
  /// is none of them: here it stops.
  nonisolated private func one(_ change: @escaping (Element) -> Void) -> some View {
    around { pen, draw in
      let own = Sheet()
      draw(pen.onto(own))
      precondition(own.elements.count <= 1, "a label, a value or a hint for several elements at \(pen.path)")
      own.elements.forEach(change)
      pen.sheet.elements += own.elements
    }
  }

  nonisolated private func each(_ change: @escaping (Element) -> Void) -> some View {
    around { pen, draw in
      let own = Sheet()
      draw(pen.onto(own))
      own.elements.forEach(change)
      pen.sheet.elements += own.elements
    }
  }
}

public struct AccessibilityTraits: OptionSet, Sendable {
  public let rawValue: Int
  public init(rawValue: Int) { self.rawValue = rawValue }
  public static let isHeader = Self(rawValue: 1), isButton = Self(rawValue: 2), isSelected = Self(rawValue: 4)
  public static let isLink = Self(rawValue: 8), isStaticText = Self(rawValue: 16), isModal = Self(rawValue: 32)
  public static let updatesFrequently = Self(rawValue: 64), isToggle = Self(rawValue: 128)
}

public struct AccessibilityChildBehavior: Hashable, Sendable {
  let name: String
  public static let combine = Self(name: "combine"), ignore = Self(name: "ignore"), contain = Self(name: "contain")
}

public enum AccessibilityNotification {
  public struct Announcement: Sendable {
    let text: String
    public init(_ announcement: String) { text = announcement }
    public init(_ announcement: AttributedString) { text = String(announcement.characters) }
    public func post() { assumeMain { Announced.texts.append(text) } }
  }
  public struct ScreenChanged: Sendable {
    public init() {}
    public func post() {}
  }
}

extension AttributedString {
  public enum AnnouncementPriority: Hashable, Sendable { case low, `default`, high }
  public var accessibilitySpeechAnnouncementPriority: AnnouncementPriority? {
    get { nil }
    set {}
  }
}

/// What a screen reader was asked to say.
@_spi(Drawing) @MainActor public enum Announced {
  static var texts: [String] = []
  /// What was said since this was asked before.
  public static func take() -> [String] {
    defer { texts = [] }
    return texts
  }
}
