import AttuneModel
import SwiftUI

/// The first day: what stays private, and no question.
struct FirstRunView: View {
  let on: @MainActor (AppEvent) -> Void

  var body: some View {
    Page(.privacyTitle) {
      Block {
        Line(.privacyOne)
        Line(.privacyTwo)
        Line(.privacyThree)
        Line(.privacyFour)
      }
      Part(.firstTitle) {
        Line(.firstSub)
        Line(.firstAdults)
        Sub(.safetyLine)
      }
      Block { RowButton(.copyIn) { on(.go(.bringBack)) } }
    } first: {
      MainButton(.buttonBegin) { on(.begin) }
    }
  }
}
