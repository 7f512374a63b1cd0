import Attune
import Foundation

/// Saving a copy.
public struct SaveCopyState: Sendable {
  /// The pass phrase is not long enough yet.
  public var short = false
  /// What was typed twice was not the same.
  public var differs = false
  /// It is being made.
  public var busy = false
  /// The copy is made, and lies here until the person has put it where it should be: the system's sheet asks for the
  /// place. `SaveCopyEvent.handed` says that it was closed.
  public var handing: URL?
  /// The copy is where the person wanted it.
  public var saved = false
  /// It is not.
  public var failed = false

  /// Before anything was typed.
  public init() {}
}

/// What a person does there. The bytes are overwritten.
public enum SaveCopyEvent: Sendable {
  /// A locked copy, under a pass phrase that was typed twice.
  case sealed(SecretBytes, again: SecretBytes)
  /// A copy that anybody can read.
  case readable
  /// The sheet was closed; whether the copy was put somewhere.
  case handed(Bool)
}

/// *Save a copy*. It is made beside the vault first, and removed after it was handed over.
public final class SaveCopyModel: Holder<SaveCopyState, SaveCopyEvent> {
  init(_ here: Here) {
    super.init(here, SaveCopyState())
  }

  /// What the person did.
  public override func on(_ event: SaveCopyEvent) {
    switch event {
    case .sealed(let phrase, let again): seal(phrase, again)
    case .readable:
      making("copy.json") { vault, file in
        try await offMain {
          var text = Data(try vault.readable().utf8)
          defer { text.resetBytes(in: 0..<text.count) }
          do {
            try text.write(to: file, options: .withoutOverwriting)
          } catch {
            throw AttuneError.storage(.unavailable)
          }
        }
      }
    case .handed(let saved): handed(saved)
    }
  }

  /// The screen was left.
  public override func left() {
    if state.handing != nil { handed(false) }
  }

  private func seal(_ phrase: SecretBytes, _ again: SecretBytes) {
    let least = (try? AttuneVault.limits().passphraseChars).map(Int.init) ?? .max
    let short = phrase.characters < least
    let differs = !phrase.isSame(as: again)
    again.wipe()
    guard !short, !differs, !state.busy else {
      phrase.wipe()
      if state.busy { return }
      return show {
        $0 = SaveCopyState()
        $0.short = short
        $0.differs = differs && !short
      }
    }
    let passphrase = phrase.passcode()
    making("copy.bin") { vault, file in
      defer { passphrase.wipe() }
      try await vault.saveCopy(to: file, passphrase: passphrase)
    }
  }

  private func making(_ name: String, _ make: @escaping @Sendable (AttuneVault, URL) async throws -> Void) {
    if state.busy { return }
    show {
      $0 = SaveCopyState()
      $0.busy = true
    }
    carrying { [weak self, here] in
      var made: URL?
      defer {
        self?.show {
          $0.busy = false
          $0.handing = made
          $0.failed = made == nil
        }
      }
      let file = try await here.place(for: name)
      try await here.session.writing { try await make($0, file) }
      // The screen is gone: nobody asks for it any more.
      if self == nil || here.scope.isCancelled { return try await here.handedOver() }
      made = file
    }
  }

  private func handed(_ saved: Bool) {
    guard state.handing != nil else { return }
    show {
      $0.handing = nil
      $0.saved = saved
    }
    if saved { here.say(.copySaved) }
    _ = here.carry { [here] in try await here.handedOver() }
  }
}

/// Bringing back a copy.
public struct BringBackState: Sendable {
  /// The document that the person picked.
  public var picked: URL?
  /// The pass phrase is not the one.
  public var wrong = false
  /// It is being brought back.
  public var busy = false
  /// What was picked could not be read, or is no copy.
  public var unusable = false
  /// A newer app made it.
  public var newer = false
  /// There is something here already: a copy goes into an empty space alone.
  public var full = false

  /// Before anything was picked.
  public init(picked: URL? = nil) {
    self.picked = picked
  }
}

/// What a person does there. The bytes are overwritten.
public enum BringBackEvent: Sendable {
  case pick(URL)
  case open(SecretBytes)
}

/// *Bring back a copy*, into an empty space.
public final class BringBackModel: Holder<BringBackState, BringBackEvent> {
  init(_ here: Here) {
    super.init(here, BringBackState())
  }

  /// What the person did.
  public override func on(_ event: BringBackEvent) {
    switch event {
    case .pick(let picked): if !state.busy { show { $0 = BringBackState(picked: picked) } }
    case .open(let phrase): open(phrase)
    }
  }

  private func open(_ phrase: SecretBytes) {
    guard let picked = state.picked, !state.busy else { return phrase.wipe() }
    let passphrase = phrase.passcode()
    show {
      $0 = BringBackState(picked: picked)
      $0.busy = true
    }
    let documents = here.phone.documents
    carrying { [weak self, here] in
      defer {
        passphrase.wipe()
        self?.show { $0.busy = false }
      }
      do {
        try await here.passing { file in
          if try await offMain({ documents.read(picked, to: file) }) {
            try await here.bringBack(file, passphrase)
          } else {
            self?.show { $0.unusable = true }
          }
        }
      } catch let error as AttuneError {
        self?.tell(noticeOf(error))
      }
    }
  }

  func tell(_ notice: Notice) {
    show {
      switch notice {
      case .wrongCode: $0.wrong = true
      case .notACopy, .damaged: $0.unusable = true
      case .newer: $0.newer = true
      case .notEmpty: $0.full = true
      default: break
      }
    }
    // What has no line on this screen has the app's.
    if ![.wrongCode, .notACopy, .damaged, .newer, .notEmpty].contains(notice) { here.say(notice) }
  }
}

/// *Delete all*.
public struct DeleteAllState: Sendable {
  /// It is being done.
  public var busy = false
  /// Not everything could be deleted; the keys were.
  public var failed = false

  /// Before it was asked for.
  public init() {}
}

/// What a person does there.
public enum DeleteAllEvent: Sendable {
  case delete
  case notNow
}

/// Deletes everything, keys first, whether or not the vault can be opened.
public final class DeleteAllModel: Holder<DeleteAllState, DeleteAllEvent> {
  init(_ here: Here) {
    super.init(here, DeleteAllState())
  }

  /// What the person did.
  public override func on(_ event: DeleteAllEvent) {
    switch event {
    case .delete:
      carrying { [weak self, here] in
        self?.show { $0.busy = true }
        defer { self?.show { $0.busy = false } }
        do {
          try await here.deleteAll()
        } catch is AttuneError {
          self?.show { $0.failed = true }
        }
      }
    case .notNow: here.back()
    }
  }
}

extension SaveCopyState: Silent {}
extension SaveCopyEvent: Silent {}
extension BringBackState: Silent {}
extension BringBackEvent: Silent {}
