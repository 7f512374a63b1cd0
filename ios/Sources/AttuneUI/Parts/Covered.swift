import SwiftUI

/// In place of what is shared or was written to the person, while the screen is recorded or shown elsewhere.
struct Covered: View {
  var body: some View {
    Block { Said([.captureLine], isNews: true) }
  }
}

/// A screen that is covered as a whole.
struct CoveredPage: View {
  private let title: Words?

  init(_ title: Words?) { self.title = title }

  var body: some View {
    Page(title) { Covered() }
  }
}
