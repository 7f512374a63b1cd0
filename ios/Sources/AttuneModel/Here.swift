import Attune
import Foundation

/// What a holder is given: where it stands, and what it may do there.
@MainActor
final class Here {
  /// Ends when the screen is left.
  let scope: Scope
  let phone: Phone
  private let open: Session?
  private weak var app: App?
  private let house: House

  init(scope: Scope, open: Session?, phone: Phone, app: App, house: House) {
    self.scope = scope
    self.open = open
    self.phone = phone
    self.app = app
    self.house = house
  }

  /// The open vault. Where none is, as only on routes that need none, it is one that was closed.
  var session: Session { open ?? Session(nil) }

  /// Shows another screen over this one.
  func go(_ route: Route) { app?.go(route) }

  /// Shows another screen in place of this one, or the same with other fields.
  func become(_ route: Route) { app?.become(self, route) }

  /// Leaves this screen.
  func back() { app?.back(self) }

  /// Leaves every screen but the first.
  func home() { app?.home() }

  /// Says one line to the person, unless it was locked meanwhile.
  func say(_ notice: Notice) {
    if app?.isOpen(open) == true { app?.say(notice) }
  }

  /// Does something that goes on when the screen is left.
  func carry(_ work: @escaping @MainActor () async throws -> Void) -> Job {
    app?.carry(work) ?? scope.launch {}
  }

  /// Tells what the core said instead of doing it.
  func failed(_ error: AttuneError) { app?.failed(error) }

  /// The link that the app was opened with, once.
  func takeLink() -> String? { app?.takeLink() }

  /// What the app as a whole can do.
  func on(_ event: AppEvent) { app?.on(event) }

  /// Whether opening needs a passcode.
  func presence() async throws -> VaultPresence { try await house.presence() }

  /// Sets, changes or removes the passcode.
  func setPasscode(_ passcode: Passcode?) async throws { try await house.setPasscode(passcode) }

  /// Makes the vault from a copy, and enters it.
  func bringBack(_ copy: URL, _ passphrase: Passcode) async throws {
    let session = try await house.bringBack(copy, passphrase)
    app?.entered(session)
  }

  /// Deletes everything; the app is then as on its first day.
  func deleteAll() async throws { try await app?.deleteAll() }

  /// Lends `use` the place of a file that is not there yet, and removes what was put there.
  func passing<Value>(_ use: @MainActor (URL) async throws -> Value) async throws -> Value {
    try await house.passing(use)
  }

  /// A place for a file called `name`, which lies there until `handedOver()`.
  func place(for name: String) async throws -> URL { try await house.place(for: name) }

  /// What was put in a place is where it should be, or is not wanted: it is removed.
  func handedOver() async throws { try await house.emptyPassing() }
}
