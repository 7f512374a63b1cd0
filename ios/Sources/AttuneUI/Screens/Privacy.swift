import SwiftUI

/// *What stays private*: four lines, and what a server in the middle sees.
struct PrivacyView: View {
  var body: some View {
    Page(.privacyTitle) {
      Block {
        Line(.privacyOne)
        Line(.privacyTwo)
        Line(.privacyThree)
        Line(.privacyFour)
      }
      Block { Sub(.privacyRelay) }
    }
  }
}
