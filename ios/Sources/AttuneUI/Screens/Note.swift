import Attune
import AttuneModel
import SwiftUI

/// A note, part by part as it was written. No reply is needed.
struct NoteView: View {
  @Environment(\.frame) private var frame
  @Environment(\.days) private var days
  let state: NoteState
  let on: @MainActor (NoteEvent) -> Void

  var body: some View {
    Page(.titleNote) {
      if frame.covers {
        Covered()
      } else if let note = state.note {
        whole(note)
      }
    }
  }

  @ViewBuilder private func whole(_ note: FollowUp) -> some View {
    Block {
      VStack(alignment: .leading, spacing: Size.near) {
        Sub(.notesFrom(name: note.sender))
        Sub(.own(days.dayText(note.storedAt)))
      }
      .accessibilityElement(children: .combine)
      let parts = note.parts
      ForEach(parts.indices, id: \.self) { Line(.own(parts[$0])) }
      Sub(.notesNoReply)
    }
    if state.canReadAloud {
      Block {
        RowButton(state.reading ? .readStop : .readAloud) { on(.aloud) }.accessibilityIdentifier("aloud")
        Sub(.readNear)
      }
    }
    Block {
      RowButton(.titleChoice) { on(.choice) }
      AskingButton(.noteErase, ask: .noteEraseAsk, yes: .buttonWipe) { on(.erase) }
    }
  }
}

extension FollowUp {
  /// The parts of the note, as they were written.
  fileprivate var parts: [String] {
    text.components(separatedBy: "\n\n").map { $0.trimmingCharacters(in: .whitespacesAndNewlines) }
      .filter { !$0.isEmpty }
  }
}
