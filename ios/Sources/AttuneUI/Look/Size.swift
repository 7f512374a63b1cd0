import Foundation

/// Lengths, in points. Those of texts are the system's: views name text styles alone, which grow as far as the person set.
enum Size {
  /// What can be pressed is at least so high and so wide.
  static let touch: CGFloat = 44
  /// A screen's main button.
  static let main: CGFloat = 52
  /// The one tap on the first screen, and a number to call: whoever needs it may not see well just now.
  static let large: CGFloat = 64
  /// Between lines that belong together.
  static let near: CGFloat = 4
  /// Between things.
  static let apart: CGFloat = 12
  /// A line that is said takes no more of a small screen in height.
  static let low: CGFloat = 160
  /// Lines are no longer than this, on any screen.
  static let widest: CGFloat = 560
}
