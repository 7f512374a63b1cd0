import Attune
import Foundation

extension Route {
  /// The route in one line of fields, for `routeOf(_:)`.
  public func saved() -> String {
    switch self {
    case .moment(let id): line(id.value)
    case .pick(let moment, let saved, let replaces): line(moment?.value, saved, replaces?.value)
    case .preview(let choice):
      line(
        choice.option.name, choice.practice.value, choice.moment?.value, choice.withPointer, choice.withWords,
        choice.until?.dayText, choice.replaces?.value)
    case .choice(let id, let shared): line(id.value, shared)
    case .note(let id): line(id.value)
    case .proposal(let id): line(id.value)
    case .practice(let id), .aboutMe(let id), .compare(let id): line(id.value)
    case .moments, .outside, .choices, .notes, .proposals, .practices, .join, .restored, .help, .serious, .privacy,
      .settings, .passcode, .saveCopy, .bringBack, .deleteAll:
      name
    }
  }

  private func line(_ fields: (any Sendable)?...) -> String {
    ([name] + fields.map { field in field.map { "\($0)" } ?? Fields.none }).joined(separator: " ")
  }

  fileprivate static let plain: [String: Route] = {
    let routes: [Route] = [
      .moments, .outside, .choices, .notes, .proposals, .practices, .join, .restored, .help, .serious, .privacy,
      .settings, .passcode, .saveCopy, .bringBack, .deleteAll,
    ]
    return Dictionary(uniqueKeysWithValues: routes.map { ($0.name, $0) })
  }()
}

/// The route that `Route.saved()` wrote; none for anything else, such as what another version wrote.
public func routeOf(_ saved: String) -> Route? {
  var fields = Fields(saved)
  guard let name = fields.next(), let route = read(name, &fields), fields.isDone else { return nil }
  return route
}

private func read(_ name: String, _ fields: inout Fields) -> Route? {
  switch name {
  case "Moment": fields.number().map { .moment(MisattunementId(value: $0)) }
  case "Pick": readPick(&fields)
  case "Preview": readChoice(&fields).map { .preview($0) }
  case "Choice": readShared(&fields)
  case "Note": fields.next().map { .note(FollowUpId(value: $0)) }
  case "Proposal": fields.next().map { .proposal(ProposalId(value: $0)) }
  case "Practice": fields.number().map { .practice(PracticeId(value: $0)) }
  case "AboutMe": fields.number().map { .aboutMe(PracticeId(value: $0)) }
  case "Compare": fields.number().map { .compare(PracticeId(value: $0)) }
  default: Route.plain[name]
  }
}

private func readPick(_ fields: inout Fields) -> Route? {
  guard let moment = fields.orNone({ Int64($0) }), let saved = fields.flag(), let replaces = fields.orNone({ $0 })
  else { return nil }
  return .pick(moment.map(MisattunementId.init), saved: saved, replaces: replaces.map(CaseId.init))
}

private func readShared(_ fields: inout Fields) -> Route? {
  guard let id = fields.next(), let shared = fields.flag() else { return nil }
  return .choice(CaseId(value: id), shared: shared)
}

private func readChoice(_ fields: inout Fields) -> RepairChoice? {
  guard let option = fields.next().flatMap(RepairOption.init(name:)), let practice = fields.number(),
    let moment = fields.orNone({ Int64($0) }), let withPointer = fields.flag(), let withWords = fields.flag(),
    let until = fields.orNone(DateComponents.init(dayText:)), let replaces = fields.orNone({ $0 })
  else { return nil }
  return RepairChoice(
    option, to: PracticeId(value: practice), moment: moment.map(MisattunementId.init), withPointer: withPointer,
    withWords: withWords, until: until, replaces: replaces.map(CaseId.init))
}

/// The fields of a line, one after the other.
private struct Fields {
  static let none = "-"
  private var rest: ArraySlice<String>

  init(_ line: String) {
    rest = line.split(separator: " ", omittingEmptySubsequences: false).map(String.init)[...]
  }

  var isDone: Bool { rest.isEmpty }

  /// One field; none where it lacks or is empty.
  mutating func next() -> String? {
    rest.popFirst().flatMap { $0.isEmpty ? nil : $0 }
  }

  mutating func number() -> Int64? {
    next().flatMap { Int64($0) }
  }

  mutating func flag() -> Bool? {
    next().flatMap { Bool($0) }
  }

  /// A field that may say that there is none: the outer optional is whether it could be read.
  mutating func orNone<Value>(_ read: (String) -> Value?) -> Value?? {
    guard let text = next() else { return .none }
    if text == Self.none { return .some(.none) }
    return read(text).map { .some($0) } ?? .none
  }
}

extension RepairOption {
  /// The case's own name, which another version reads, too.
  var name: String {
    switch self {
    case .keep: "keep"
    case .pause: "pause"
    case .switchTopic: "switchTopic"
    case .writtenFollowUp: "writtenFollowUp"
    case .repairQuietly: "repairQuietly"
    case .briefCheckIn: "briefCheckIn"
    case .noContact: "noContact"
    case .requestProvider: "requestProvider"
    case .interpreter: "interpreter"
    }
  }

  init?(name: String) {
    guard let option = RepairOption.allCases.first(where: { $0.name == name }) else { return nil }
    self = option
  }
}

extension DateComponents {
  /// A day, such as 2026-03-06.
  var dayText: String? {
    guard let year, let month, let day else { return nil }
    return [(year, 4), (month, 2), (day, 2)].map { number, width in
      let digits = "\(number)"
      return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }.joined(separator: "-")
  }

  init?(dayText: String) {
    let parts = dayText.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.map(\.count) == [4, 2, 2], let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2])
    else { return nil }
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = .gmt
    let found = DateComponents(year: year, month: month, day: day)
    guard calendar.start(ofAttuneDay: found) != nil else { return nil }
    self = found
  }
}
