import Foundation

/// A document that the command line printed.
enum JSON: Decodable, Sendable {
  case null
  case flag(Bool)
  case number(Double)
  case text(String)
  case list([JSON])
  case fields([String: JSON])

  init(from decoder: any Decoder) throws {
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
  subscript(_ name: String) -> JSON {
    guard case .fields(let fields) = self else { return .null }
    return fields[name] ?? .null
  }

  var text: String? {
    guard case .text(let text) = self else { return nil }
    return text
  }

  var flag: Bool? {
    guard case .flag(let flag) = self else { return nil }
    return flag
  }

  var list: [JSON] {
    guard case .list(let list) = self else { return [] }
    return list
  }

  var isNull: Bool {
    guard case .null = self else { return false }
    return true
  }
}
