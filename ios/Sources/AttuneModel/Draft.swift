import Attune

/// Words that are being typed. Every change is written to the vault as soon as the one before is written, so that there is
/// nothing to save, and nothing is lost when the screen is left, the app is hidden or its process ends.
@MainActor
final class Draft {
  private struct Typed: Sendable {
    var writing = false
    var next: String?

    mutating func take() -> String? {
      writing = next != nil
      defer { next = nil }
      return next
    }
  }

  private let here: Here
  private let write: @Sendable (AttuneVault, String) throws -> Void
  private let typed = Guarded(Typed())
  private var work: Task<Void, any Error>?

  init(_ here: Here, _ write: @escaping @Sendable (AttuneVault, String) throws -> Void) {
    self.here = here
    self.write = write
  }

  /// The words are now `text`.
  func set(_ text: String) {
    let busy = typed.with { typed in
      typed.next = text
      defer { typed.writing = true }
      return typed.writing
    }
    guard !busy else { return }
    do {
      work = try here.session.begin { [typed, write, weak here] vault in
        while let text = typed.with({ $0.take() }) {
          do {
            try write(vault, text)
          } catch let error as AttuneError {
            Task { @MainActor [weak here] in
              if let here, !here.scope.isCancelled { here.failed(error) }
            }
          }
        }
      }
    } catch {
      // A key pressed in the moment in which it locked.
      typed.with { $0 = Typed() }
      work = nil
    }
  }

  /// Waits until what was typed is written: it must not be written after it was shared or taken back.
  func settle() async {
    _ = await work?.result
  }
}
