import Attune
import Foundation

/// How a pairing is begun.
public struct JoinState: Sendable {
  /// How a code comes in.
  public enum By: CaseIterable, Sendable {
    case scan, link, words
  }

  /// How this one does.
  public var by: By
  /// The link, or the words as far as they were typed.
  public var code = ""
  /// The address that came with eight words.
  public var relay = ""
  /// The name that they should see; none if left empty.
  public var name = ""
  /// What can be said of the code so far; none before anything was typed.
  public var check: CodeCheck?
  /// Words of the list that begin as the last one does.
  public var completions: [String] = []
  /// The pairing, once it was begun here.
  public var practice: Practice?
  /// A look for updates is under way.
  public var looking = false

  /// Before anything was typed.
  public init(by: By = .words) {
    self.by = by
  }

  /// It can be tried.
  public var isWhole: Bool {
    switch check?.reading {
    case .link: true
    case .words: !relay.allSatisfy(\.isWhitespace)
    default: false
    }
  }
}

/// What a person does there.
public enum JoinEvent: Sendable {
  case by(JoinState.By)
  case code(String)
  /// The word that is being typed is this one.
  case complete(String)
  /// The camera read this.
  case scanned(String)
  case relay(String)
  case name(String)
  case join
  case look
  case compare
  /// This code led nowhere: another one.
  case again
}

/// Pairing: a link scanned or typed, or eight words. What is typed here is a key for a short while, and is kept nowhere
/// until it is used.
public final class JoinModel: Holder<JoinState, JoinEvent> {
  private static let shownCompletions = 4
  private var joined: PracticeId?

  init(_ here: Here) {
    super.init(here, JoinState())
    watching({ [weak self] session in
      guard let joined = self?.joined else { return Practice?.none }
      return try await session.read { try $0.practice(joined) }
    }) { state, found in state.practice = found }
    if let link = here.takeLink() { scanned(link) }
  }

  /// What the person did.
  public override func on(_ event: JoinEvent) {
    switch event {
    case .by(let by): show { $0.by = by }
    case .code(let text): code(text)
    case .complete(let word): code(completed(state.code, word))
    case .scanned(let text): scanned(text)
    case .relay(let text): show { $0.relay = text }
    case .name(let text): name(text)
    case .join: join()
    case .look: once { [weak self] in try await self?.look() }
    case .compare: if let joined { here.become(.compare(joined)) }
    case .again:
      joined = nil
      show { $0 = JoinState(by: $0.by) }
    }
  }

  private func code(_ text: String) {
    let last = lastWord(of: text)
    let completions =
      last.count < 2 || text.contains("/") ? [] : (try? AttuneVault.completeWord(String(last))) ?? []
    show {
      $0.code = text
      $0.check = text.allSatisfy(\.isWhitespace) ? nil : try? AttuneVault.checkCode(text)
      $0.completions = completions.prefix(Self.shownCompletions).filter { $0 != last }
    }
  }

  private func scanned(_ text: String) {
    guard state.practice == nil, (try? AttuneVault.checkCode(text))?.reading == .link else { return }
    code(text)
    show { $0.by = .link }
  }

  private func name(_ text: String) {
    guard let limits = try? AttuneVault.limits() else { return }
    if text.unicodeScalars.count <= limits.chosenNameChars { show { $0.name = text } }
  }

  private func join() {
    let typed = state
    let relay = typed.check?.reading == .words ? typed.relay.trimmed : nil
    let name = typed.name.trimmed
    once { [weak self, here] in
      let id = try await here.session.write {
        try $0.join(typed.code.trimmed, relay: relay, chosenName: name.isEmpty ? nil : name)
      }
      self?.joined = id
      let practice = try await here.session.read { try $0.practice(id) }
      self?.show {
        $0 = JoinState(by: $0.by)
        $0.practice = practice
      }
      try await self?.look()
    }
  }

  /// Two looks at most: the answer of the other side may be there already.
  private func look() async throws {
    let transport = here.phone.transport
    show { $0.looking = true }
    defer { show { $0.looking = false } }
    try await here.session.sync(over: transport)
    guard let joined else { return }
    let stage = try await here.session.read { try $0.practice(joined) }.stage
    if stage == .waiting { try await here.session.sync(over: transport) }
  }
}

private func lastWord(of code: String) -> Substring {
  code.lastIndex(of: " ").map { code[code.index(after: $0)...] } ?? code[...]
}

private func completed(_ code: String, _ word: String) -> String {
  code.dropLast(lastWord(of: code).count) + word + " "
}

extension String {
  fileprivate var trimmed: String { trimmingCharacters(in: .whitespacesAndNewlines) }
}

extension JoinState: Silent {}
extension JoinEvent: Silent {}
