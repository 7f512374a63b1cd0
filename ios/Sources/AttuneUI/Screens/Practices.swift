import Attune
import AttuneModel
import SwiftUI

/// The people this phone is linked with.
struct PracticesView: View {
  let state: PracticesState
  let on: @MainActor (PracticesEvent) -> Void

  var body: some View {
    Page(.titlePeople) {
      Block {
        if state.read, state.practices.isEmpty { Line(.peopleNone) }
        ForEach(state.practices) { practice in
          Item(practice.title, practice.standing) { on(.open(practice.id)) }
        }
      }
    } first: {
      MainButton(.peopleAdd) { on(.join) }
    }
  }
}
