import Foundation

/// A document that the command line printed.
public enum JSON: Decodable, Sendable {
  case null
  case flag(Bool)
  case number(Double)
  case text(String)
  case list([JSON])
  case fields([String: JSON])

  /// Whatever is there.
  public init(from decoder: any Decoder) throws {
    let value = try decoder.singleValueContainer()
    if value.decodeNil() {
      self = .null
    } else if let flag = try? value.decode(Bool.self) {
      self = .flag(flag)
    } else if let number = try? value.decode(Double.self) {
      self = .number(number)
    } else if let text = try? value.decode(String.self) {
      self = .text(text)
    } else if let list = try? value.decode([JSON].self) {
      self = .list(list)
    } else {
      self = .fields(try value.decode([String: JSON].self))
    }
  }

  /// A field; `null` where there is none.
  public subscript(_ name: String) -> JSON {
    guard case .fields(let fields) = self else { return .null }
    return fields[name] ?? .null
  }

  /// A text; nothing if it is none.
  public var text: String? {
    guard case .text(let text) = self else { return nil }
    return text
  }

  /// A flag; nothing if it is none.
  public var flag: Bool? {
    guard case .flag(let flag) = self else { return nil }
    return flag
  }

  /// A list; an empty one if it is none.
  public var list: [JSON] {
    guard case .list(let list) = self else { return [] }
    return list
  }

  /// Whether there is nothing.
  public var isNull: Bool {
    guard case .null = self else { return false }
    return true
  }
}
