import Attune
import Foundation

/// A list of people to turn to.
public struct HelpState: Sendable {
  /// Which list.
  public var kind: HelpKind
  /// ISO 3166, two letters; empty if none is known.
  public var country: String
  /// Empty where there is no list: the general line is shown then.
  public var entries: [HelpEntry]
  /// The countries that have a list of this kind, by their codes.
  public var places: [String]

  /// A list.
  public init(kind: HelpKind, country: String, entries: [HelpEntry], places: [String] = []) {
    self.kind = kind
    self.country = country
    self.entries = entries
    self.places = places
  }
}

/// What a person does with it.
public enum HelpEvent: Sendable {
  /// Another country's list; kept for the next time.
  case country(String)
  /// The other list: those outside the clinic.
  case serious
}

/// Help lists: on the phone, without a network, whether or not the vault is open. No one is told that they were looked at.
public final class HelpModel: Holder<HelpState, HelpEvent> {
  private let kind: HelpKind

  init(_ here: Here, _ kind: HelpKind) {
    self.kind = kind
    super.init(here, listOf(kind, here.phone.settings.read().country ?? here.phone.country()))
  }

  /// What the person did.
  public override func on(_ event: HelpEvent) {
    switch event {
    case .country(let country):
      var settings = here.phone.settings.read()
      settings.country = country
      here.on(.set(settings))
      show { $0 = listOf(kind, country) }
    case .serious: here.go(.serious)
    }
  }
}

@MainActor
private func listOf(_ kind: HelpKind, _ country: String) -> HelpState {
  HelpState(
    kind: kind, country: country, entries: (try? AttuneVault.help(kind, in: country)) ?? [], places: placesOf(kind))
}

/// The lists never change while the app runs.
@MainActor private var places: [HelpKind: [String]] = [:]

@MainActor
private func placesOf(_ kind: HelpKind) -> [String] {
  if let known = places[kind] { return known }
  let countries = Locale.Region.isoRegions.map(\.identifier).filter { $0.count == 2 && $0.allSatisfy(\.isLetter) }
  let found = countries.filter { (try? AttuneVault.help(kind, in: $0))?.isEmpty == false }
  places[kind] = found
  return found
}

extension HelpState: Silent {}
