import Attune
import AttuneModel
import SwiftUI

/// Every choice, newest first.
struct ChoicesView: View {
  let state: ChoicesState
  let on: @MainActor (ChoicesEvent) -> Void

  var body: some View {
    Page(.homeChoices) {
      Block {
        if state.read, state.choices.isEmpty { Line(.statusNone) }
        ForEach(state.choices) { choice in ChoiceItem(choice: choice) { on(.open(choice)) } }
      }
    }
  }
}

/// Every note, newest first.
struct NotesView: View {
  @Environment(\.days) private var days
  let state: NotesState
  let on: @MainActor (NotesEvent) -> Void

  var body: some View {
    Page(.homeNotes) {
      Block {
        if state.read, state.notes.isEmpty { Line(.notesNone) }
        ForEach(state.notes) { note in
          Item(.notesFrom(name: note.sender), .own(days.dayText(note.storedAt))) { on(.open(note.id)) }
        }
      }
    }
  }
}
