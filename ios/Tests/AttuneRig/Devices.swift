import Attune
import AttuneModel
import AttuneTrial
import Foundation

/// Settings in memory.
public final class TestSettings: SettingsStore {
  /// What is set.
  public var kept = Settings()

  /// As on the first day.
  public nonisolated init() {}

  /// What is set.
  public func read() -> Settings { kept }

  /// Sets it.
  public func write(_ settings: Settings) { kept = settings }

  /// Forgets it.
  public func erase() { kept = Settings() }
}

/// What looks for updates: it only says how it was set.
public final class TestLooking: Looking {
  /// How; none before, and after its end.
  public var scheduled: Look?

  /// Nothing is scheduled.
  public nonisolated init() {}

  /// Sets it.
  public func schedule(_ look: Look) { scheduled = look }

  /// Ends it.
  public func end() { scheduled = nil }
}

/// What reads aloud: it only says what.
public final class TestAloud: ReadAloud {
  /// What is being read.
  public var reading: String?
  /// Whether there is a voice.
  public var isThere = true
  private var ended: @MainActor () -> Void = {}

  /// Silent.
  public nonisolated init() {}

  /// Reads.
  public func read(_ text: String, ended: @escaping @MainActor () -> Void) {
    reading = text
    self.ended = ended
  }

  /// Falls silent, and says so.
  public func stop() {
    if reading != nil { finish() }
  }

  /// Comes to the end.
  public func finish() {
    reading = nil
    ended()
  }
}

/// A finger.
public final class TestFinger: Finger {
  /// Whether somebody is enrolled.
  public var isThere = false
  /// Set, it is told when somebody is asked, who then gives no answer until the question is taken back.
  public var whileAsked: (@MainActor () -> Void)?
  private var kept: [UInt8]?

  /// None yet.
  public nonisolated init() {}

  /// Whether a passcode is kept.
  public var isOn: Bool { kept != nil }

  /// Keeps it.
  public func keep(_ passcode: SecretBytes) async -> Bool {
    kept = passcode.withUnsafeBytes { Array($0) }
    return true
  }

  /// Gives it.
  public func passcode() async -> Passcode? {
    if let whileAsked {
      whileAsked()
      for await _ in AsyncStream<Void>.makeStream().stream {}
      return nil
    }
    return kept.map { Passcode(utf8: $0) }
  }

  /// Forgets it.
  public func forget() { kept = nil }
}

/// Documents in memory.
public final class TestDocuments: Documents, @unchecked Sendable {
  private let lock = NSLock()
  private var written: [URL: Data] = [:]

  /// None yet.
  public init() {}

  /// What a place is called.
  public static func url(_ place: String) -> URL {
    URL(fileURLWithPath: "/picked/\(place)")
  }

  /// Puts something there.
  public func put(_ data: Data, at place: URL) {
    lock.lock()
    defer { lock.unlock() }
    written[place] = data
  }

  /// What is there.
  public func data(at place: String) -> Data? {
    lock.lock()
    defer { lock.unlock() }
    return written[Self.url(place)]
  }

  /// Has what another one has.
  public func take(from other: TestDocuments) {
    other.lock.lock()
    let all = other.written
    other.lock.unlock()
    lock.lock()
    defer { lock.unlock() }
    written.merge(all) { $1 }
  }

  /// Takes it into a file.
  public func read(_ picked: URL, to: URL) -> Bool {
    lock.lock()
    let data = written[picked]
    lock.unlock()
    guard let data else { return false }
    return (try? data.write(to: to)) != nil
  }
}

/// Whether notifications may be shown.
public final class TestNotices: Notices {
  /// What a person says who is asked.
  public var says = true
  /// Whether they may be shown now.
  public var isOn = false
  /// How often the app wanted the person to be asked.
  public var asked = 0
  /// Nobody has answered yet: a device puts the question once.
  public var isOpen = true

  /// Nobody was asked yet.
  public nonisolated init() {}

  /// Whether there is a question to be put.
  public func wouldAsk() async -> Bool { isOpen }

  /// Asks.
  public func ask() async -> Bool {
    asked += 1
    isOpen = false
    isOn = says
    return says
  }

  /// Whether they may be shown now.
  public func isAllowed() async -> Bool { isOn }
}

/// A clock that a test moves, and what waits by it.
public final class TestTime: Elapsed, Wait {
  private struct Waiting {
    let until: Int
    let wake: CheckedContinuation<Void, any Error>
  }

  /// Now.
  public private(set) var millis = 0
  private var waiting: [Int: Waiting] = [:]
  private var next = 0

  /// It begins.
  public nonisolated init() {}

  /// Waits until so much has passed.
  public func wait(_ millis: Int) async throws {
    let id = next
    next += 1
    let until = self.millis + millis
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { (wake: CheckedContinuation<Void, any Error>) in
        if Task.isCancelled { return wake.resume(throwing: CancellationError()) }
        if millis <= 0 { return wake.resume() }
        waiting[id] = Waiting(until: until, wake: wake)
      }
    } onCancel: {
      Task { @MainActor in self.waiting.removeValue(forKey: id)?.wake.resume(throwing: CancellationError()) }
    }
  }

  /// Whether anything waits.
  public var isWaitedFor: Bool { !waiting.isEmpty }

  /// So much passes while the process is stopped: nothing that waits is woken.
  public func sleep(_ more: Int) { millis += more }

  /// So much passes. Whether that was what anything waited for.
  public func pass(_ more: Int) -> Bool {
    millis += more
    let due = waiting.filter { $0.value.until <= millis }
    for (id, one) in due {
      waiting[id] = nil
      one.wake.resume()
    }
    return !due.isEmpty
  }
}

/// What the system keeps.
public final class TestKept: Kept {
  /// The routes.
  public var routes: [String] = []

  /// Nothing yet.
  public nonisolated init() {}
}
