import Attune

/// The notes.
public struct NotesState: Sendable {
  /// Whether the vault was read.
  public var read = false
  /// The newest first.
  public var notes: [FollowUp] = []

  /// Before the vault was read.
  public init() {}
}

/// What a person does with the list.
public enum NotesEvent: Sendable {
  case open(FollowUpId)
}

/// Every note, newest first.
public final class NotesModel: Holder<NotesState, NotesEvent> {
  init(_ here: Here) {
    super.init(here, NotesState())
    watch({ try $0.notes() }) { state, found in
      state.read = true
      state.notes = found
    }
  }

  /// What the person did.
  public override func on(_ event: NotesEvent) {
    switch event {
    case .open(let id): here.go(.note(id))
    }
  }
}

/// One note.
public struct NoteState: Sendable {
  /// The note; none before it was read.
  public var note: FollowUp?
  /// The device can read it aloud.
  public var canReadAloud = false
  /// It is being read aloud.
  public var reading = false

  /// Before it was read.
  public init() {}
}

/// What a person does with it.
public enum NoteEvent: Sendable {
  /// Read it aloud, or fall silent.
  case aloud
  /// The choice that it answers.
  case choice
  case erase
}

/// A note from the practice. No reply is needed.
public final class NoteModel: Holder<NoteState, NoteEvent> {
  private let id: FollowUpId

  init(_ here: Here, _ id: FollowUpId) {
    self.id = id
    super.init(here, NoteState())
    let aloud = here.phone.aloud
    watch({ try $0.note(id) }) { state, found in
      state.note = found
      state.canReadAloud = aloud.isThere
    }
  }

  /// What the person did.
  public override func on(_ event: NoteEvent) {
    guard let note = state.note else { return }
    let id = id
    switch event {
    case .aloud:
      if state.reading {
        here.phone.aloud.stop()
        show { $0.reading = false }
      } else {
        show { $0.reading = true }
        here.phone.aloud.read(note.text) { [weak self] in self?.show { $0.reading = false } }
      }
    case .choice: here.go(.choice(note.caseId))
    case .erase:
      here.phone.aloud.stop()
      leaving(.erased) { try $0.eraseNote(id) }
    }
  }

  /// The screen was left.
  public override func left() {
    here.phone.aloud.stop()
  }
}

extension NotesState: Silent {}
extension NoteState: Silent {}
