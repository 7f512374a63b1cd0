// What is drawn: not pixels, but what a person meets, in order. Views see none of this; tests import it by its own name.

/// A thing on the screen.
@_spi(Drawing) public final class Element {
  public enum Kind: String, Sendable {
    case text, heading, button, link, toggle = "switch", field, secureField = "secure field", picker, choice = "pick"
    case day = "day field", progress, image, place
  }
  public internal(set) var kind: Kind
  public internal(set) var label: String
  public internal(set) var value: String?
  public internal(set) var hint: String?
  public internal(set) var identifier: String?
  public internal(set) var isEnabled: Bool
  public internal(set) var traits: AccessibilityTraits = []
  public internal(set) var prominence: Prominence = .none
  public internal(set) var place: Place = .content
  /// What is asked of the keyboard, where something is typed.
  public internal(set) var typing: Typing?
  var priority: Double = 0
  var press: (@MainActor () -> Void)?
  var set: (@MainActor (String) -> Void)?
  var setDay: (@MainActor (Date) -> Void)?
  var submit: (@MainActor () -> Void)?

  init(_ kind: Kind, _ label: String, enabled: Bool) {
    self.kind = kind
    self.label = label
    isEnabled = enabled
  }

  /// Whether it can be pressed or typed into.
  public var isControl: Bool { press != nil || set != nil || setDay != nil }
}

/// Where on the screen it stands.
@_spi(Drawing) public enum Place: String, Comparable, Sendable {
  case leading = "bar, leading"
  case title = "bar, title"
  case trailing = "bar, trailing"
  case content
  case foot
  var order: Int {
    switch self {
    case .leading: 0
    case .title: 1
    case .trailing: 2
    case .content: 3
    case .foot: 4
    }
  }
  public static func < (one: Place, other: Place) -> Bool { one.order < other.order }
}

@_spi(Drawing) public enum Prominence: Sendable { case none, bordered, prominent }

/// What a field asks of the keyboard.
@_spi(Drawing) public struct Typing: Equatable, Sendable {
  public var corrects = true
  public var capitals = TextInputAutocapitalization.sentences
  public var keyboard = UIKeyboardType.default
  public var writes = true
  public var content: UITextContentType?
}

/// Draws views into a list of elements. Values go down with it: a pen that is changed for a part is a copy.
public struct Pen {
  let path: String
  let graph: Graph
  let sheet: Sheet
  var environment: EnvironmentValues
  var typing = Typing()
  var submit: (@MainActor () -> Void)?
  var prominence = Prominence.none
  var place = Place.content
  /// What a picker or a list of choices around it knows.
  var choosing: Choosing?

  init(graph: Graph, sheet: Sheet, environment: EnvironmentValues) {
    path = ""
    self.graph = graph
    self.sheet = sheet
    self.environment = environment
  }

  private init(_ pen: Pen, path: String, sheet: Sheet) {
    self.path = path
    self.sheet = sheet
    graph = pen.graph
    environment = pen.environment
    typing = pen.typing
    submit = pen.submit
    prominence = pen.prominence
    place = pen.place
    choosing = pen.choosing
  }

  func at(_ part: String) -> Pen { Pen(self, path: "\(path)/\(part)", sheet: sheet) }

  func onto(_ sheet: Sheet) -> Pen { Pen(self, path: path, sheet: sheet) }

  func draw(_ view: any View) {
    if let drawn = view as? any _Drawn {
      if !(view is any Holding) { graph.drawn += 1 }
      return drawn._draw(self)
    }
    drawBody(of: view)
  }

  private func drawBody<V: View>(of view: V) {
    let inner = at("\(V.self)")
    inner.attach(view)
    inner.draw(assumeMain { view.body })
  }

  /// Gives its state and its environment to whatever a view or a modifier holds.
  func attach(_ holder: Any) {
    for (name, value) in Mirror(reflecting: holder).children {
      if let attached = value as? any Attached {
        attached.attach(self, name ?? "")
      } else if value is any DynamicProperty {
        at(name ?? "").attach(value)
      }
    }
  }

  func cell<Value>(_ name: String, _ first: Value) -> Cell<Value> { graph.cell("\(path)#\(name)", first) }

  /// Draws, and does `more` where anything was drawn: Apple's hands what is done around a group to each of its parts, and
  /// so to none where there is none.
  func draw(_ draw: (Pen) -> Void, then more: () -> Void) {
    let before = graph.drawn
    draw(self)
    if graph.drawn > before { more() }
  }

  /// What `view` is made of, apart from the rest.
  func elements(of view: any View) -> [Element] {
    let own = Sheet()
    onto(own).draw(view)
    return own.elements
  }

  /// What `view` says, as a screen reader puts it together.
  func label(of view: any View) -> String {
    elements(of: view).filter { $0.kind != .image || !$0.label.isEmpty }.map(\.label).joined(separator: ", ")
  }

  func add(_ kind: Element.Kind, _ label: String, _ more: (Element) -> Void = { _ in }) {
    let element = Element(kind, label, enabled: environment.isEnabled)
    element.place = place
    element.prominence = prominence
    more(element)
    sheet.elements.append(element)
  }
}

final class Sheet {
  var elements: [Element] = []
}

/// What outlives one drawing: states, what has appeared, and values that are watched.
final class Graph {
  /// How much was drawn.
  var drawn = 0
  private var cells: [String: AnyObject] = [:]
  private var used: Set<String> = []
  private var there: [String: Life] = [:]
  private var found: [String: Life] = [:]
  private var watched: [String: AnyObject] = [:]
  private var later: [() -> Void] = []
  private var numbers: [AnyHashable: Int] = [:]

  struct Life {
    var appear: (() -> Void)?
    var leave: (() -> Void)?
    var work: (() -> Task<Void, Never>)?
    /// Whether what it works for is still the same.
    var same: (Any?) -> Bool = { _ in true }
    var id: Any?
    var task: Task<Void, Never>?
  }

  /// Tells one id from another: the text form of an id may say nothing.
  func number(of id: AnyHashable) -> Int {
    if let number = numbers[id] { return number }
    numbers[id] = numbers.count
    return numbers.count - 1
  }

  func cell<Value>(_ key: String, _ first: Value) -> Cell<Value> {
    used.insert(key)
    if let cell = cells[key] as? Cell<Value> { return cell }
    let cell = Cell(first)
    cells[key] = cell
    return cell
  }

  func lives(_ key: String, _ life: Life) { found[key] = life }

  func watches<V: Equatable>(_ key: String, _ value: V, initial: Bool, _ action: @escaping (V, V) -> Void) {
    used.insert(key)
    // In a box: what is optional could not be told from what is not there.
    if let before = watched[key] as? Box<V> {
      if before.value != value { later.append { action(before.value, value) } }
    } else if initial {
      later.append { action(value, value) }
    }
    watched[key] = Box(value)
  }

  func begin() {
    used = []
    found = [:]
  }

  /// Ends a drawing. True if something was done that may have changed what is to be drawn.
  func end() -> Bool {
    cells = cells.filter { used.contains($0.key) }
    watched = watched.filter { used.contains($0.key) }
    var done = false
    for (key, life) in there where found[key] == nil {
      life.task?.cancel()
      life.leave?()
      done = true
    }
    for (key, life) in found.sorted(by: { $0.key < $1.key }) {
      var life = life
      if let before = there[key] {
        life.task = before.task
        if !life.same(before.id) {
          before.task?.cancel()
          life.task = life.work?()
          done = true
        }
      } else {
        life.appear?()
        life.task = life.work?()
        done = done || life.appear != nil || life.work != nil
      }
      found[key] = life
    }
    there = found
    let actions = later
    later = []
    actions.forEach { $0() }
    return done || !actions.isEmpty
  }

  /// Nothing is drawn any more.
  func close() {
    begin()
    _ = end()
  }
}
