import Attune
import AttuneDoubles
import AttuneTrial
import Foundation
import Testing

// What waits for ever would stop every test behind it.
@Suite(.timeLimit(.minutes(10)))
struct ClosedTests {
  @Test("closed.call: every call that begins after closing gets the error that says so")
  func call() async throws {
    let phone = try await Phone.make()
    let vault = phone.vault
    let (moment, practice) = (try vault.flag(), PracticeId(value: 1))
    let (id, note) = (
      CaseId(value: String(repeating: "0", count: 32)), FollowUpId(value: String(repeating: "0", count: 32))
    )
    let proposal = ProposalId(value: note.value)
    #expect(!vault.isClosed)
    #expect(vault.close())
    #expect(vault.isClosed && vault.isFree)
    let calls: [() throws -> Void] = [
      { _ = try vault.flag() },
      { try vault.undo(moment) },
      { try vault.setWords("words", of: moment) },
      { try vault.setPointer(.plan, of: moment) },
      { _ = try vault.moment(moment) },
      { _ = try vault.moments() },
      { try vault.eraseMoment(moment) },
      { try vault.eraseMoments() },
      { _ = try vault.momentDays() },
      { try vault.setMomentDays(3) },
      { try vault.expire() },
      { _ = try vault.join("words") },
      { _ = try vault.practices() },
      { _ = try vault.practice(practice) },
      { _ = try vault.comparisonWords(of: practice) },
      { try vault.confirmWords(["a", "b", "c", "d"], of: practice) },
      { try vault.unpair(practice) },
      { _ = try vault.offers() },
      { _ = try vault.preview(RepairChoice(.pause, to: practice)) },
      { _ = try vault.share(PreviewId(value: String(repeating: "0", count: 64))) },
      { _ = try vault.choices() },
      { _ = try vault.choices(of: moment) },
      { _ = try vault.choice(id) },
      { try vault.takeBack(id) },
      { try vault.eraseChoice(id) },
      { _ = try vault.notes() },
      { _ = try vault.notes(on: id) },
      { _ = try vault.note(note) },
      { try vault.eraseNote(note) },
      { _ = try vault.proposals() },
      { _ = try vault.proposal(proposal) },
      { try vault.answer(proposal, .leaveIt) },
      { try vault.eraseProposal(proposal) },
      { _ = try vault.aboutPractice(practice) },
      { _ = try vault.aboutMe(for: practice) },
      { try vault.shareAboutMe("words", with: practice) },
      { _ = try vault.aboutMeDraft(for: practice) },
      { try vault.keepAboutMeDraft("words", for: practice) },
      { _ = try vault.draft(on: proposal) },
      { try vault.keepDraft("words", on: proposal) },
      { _ = try vault.restored() },
      { try vault.confirmRestored(id) },
      { try vault.dropRestored(id) },
      { _ = try vault.readable() },
    ]
    for (number, call) in calls.enumerated() {
      #expect(error(call) == .closed, "call \(number)")
    }
    let later: [() async throws -> Void] = [
      { try await vault.verify() },
      { try await vault.setPasscode(nil, keyStore: phone.keyStore) },
      {
        try await vault.saveCopy(to: phone.folder.at("copy"), passphrase: Passcode("of the copy"))
      },
    ]
    for (number, call) in later.enumerated() {
      #expect(await error(call) == .closed, "later call \(number)")
    }
    await #expect(throws: AttuneError.closed) { try await vault.sync(over: HTTPTransport()) }
    #expect(!FileManager.default.fileExists(atPath: phone.folder.at("copy").path))
  }

  @Test(
    "closed.in-flight: closed while others call: what began is finished, what begins after is refused, the last frees"
  )
  func inFlight() async throws {
    let phone = try await Phone.make()
    let inside = DispatchSemaphore(value: 0)
    let goOn = DispatchSemaphore(value: 0)
    phone.keyStore.isVisited {
      inside.signal()
      goOn.wait()
    }
    // A call that is under way until the key store answers.
    let changing = Task { try await phone.vault.setPasscode(Passcode("set meanwhile"), keyStore: phone.keyStore) }
    await waited(for: inside)
    #expect(!phone.vault.close())
    #expect(phone.vault.isClosed && !phone.vault.isFree)
    #expect(error { _ = try phone.vault.flag() } == .closed)
    let second = await error {
      _ = try await AttuneVault.open(in: phone.home, keyStore: phone.keyStore.twin())
    }
    #expect(second == .storage(.busy))
    phone.keyStore.isVisited(by: nil)
    goOn.signal()
    try await changing.value
    #expect(phone.vault.isFree)
    _ = try await phone.reopened(passcode: Passcode("set meanwhile"))
  }

  @Test("closed.in-flight: closed in the middle of eight threads' calls, each is whole or refused")
  func inFlightMany() async throws {
    let phone = try await Phone.make()
    let marked = Locked<[MisattunementId]>([])
    let refused = Locked<Set<AttuneError>>([])
    let (vault, first) = (phone.vault, DispatchSemaphore(value: 0))
    await withTaskGroup(of: Void.self) { group in
      for _ in 0..<8 {
        group.addTask {
          await onThread {
            while true {
              do throws(AttuneError) {
                let id = try vault.flag()
                marked.with { $0.append(id) }
                first.signal()
              } catch {
                refused.with { _ = $0.insert(error) }
                return
              }
            }
          }
        }
      }
      group.addTask {
        await waited(for: first)
        vault.close()
      }
    }
    #expect(refused.with { $0 } == [.closed])
    #expect(vault.isFree)
    let there = try await phone.reopened().vault.moments(limit: 1_000).map(\.id)
    let acknowledged = marked.with { $0 }
    #expect(!acknowledged.isEmpty)
    #expect(Set(there.prefix(acknowledged.count)) == Set(acknowledged.sorted { $0.value > $1.value }.prefix(1_000)))
  }

  @Test("closed.twice: closing twice does no harm")
  func twice() async throws {
    let phone = try await Phone.make()
    #expect(phone.vault.close())
    #expect(phone.vault.close())
    let other = try await AttuneVault.open(in: phone.home, keyStore: phone.keyStore)
    // The vault that opened the files since is not touched by a third time.
    phone.vault.close()
    _ = try other.flag()
  }

  @Test("closed.twice: a vault that nobody holds any more is closed")
  func dropped() async throws {
    let phone = try await Phone.make()
    let (home, keyStore) = (phone.home, phone.keyStore)
    phone.vault.close()
    let stream: AsyncStream<Void>
    do {
      let vault = try await AttuneVault.open(in: home, keyStore: keyStore)
      stream = vault.changes()
      _ = try vault.flag()
    }
    var changes = 0
    for await _ in stream { changes += 1 }
    #expect(changes == 1)
    _ = try await AttuneVault.open(in: home, keyStore: keyStore)
  }

  @Test("threads.eight: eight threads at once: every acknowledged mark is there once")
  func eight() async throws {
    let phone = try await Phone.make()
    let vault = phone.vault
    let marked = Locked<[MisattunementId]>([])
    await withTaskGroup(of: Void.self) { group in
      for thread in 0..<8 {
        group.addTask {
          await onThread {
            for number in 0..<50 {
              guard let id = try? vault.flag() else { continue }
              marked.with { $0.append(id) }
              if number % 5 == 0 { try? vault.setWords("thread \(thread)", of: id) }
              _ = try? vault.moments(limit: 10)
            }
          }
        }
      }
    }
    let acknowledged = marked.with { $0 }
    #expect(acknowledged.count == 400)
    let there = try await phone.reopened().vault.moments(limit: 1_000).map(\.id)
    #expect(there.count == 400)
    #expect(Set(there) == Set(acknowledged))
  }

  @Test("killed.reopen: a killed process: every acknowledged mark is there, and the vault opens")
  func killed() async throws {
    let folder = try TestFolder()
    let home = folder.at("phone")
    let key: UInt64 = 0x0123_4567_89AB_CDEF
    var acknowledged: [Int64] = []
    for lines in [0, 1, 2, 7, 30, 111] {
      let child = try Child(
        try Places.built("AttuneChild"), ["mark", home.path, "\(key)"], in: folder.url)
      for _ in 0..<lines {
        #expect(await child.line() != nil)
      }
      child.killNow()
      let end = try await child.end()
      #expect(end.bySignal && end.status == 9, "\(end.errors)")
      acknowledged += end.output.split(separator: "\n").compactMap { Int64($0) }
      guard try AttuneVault.presence(in: home) == .ready else {
        #expect(acknowledged.isEmpty)
        continue
      }
      let vault = try await AttuneVault.open(in: home, keyStore: TestKeyStore(key: key))
      var there: Set<Int64> = []
      var page = try vault.moments(limit: 1_000)
      while let last = page.last {
        there.formUnion(page.map(\.id.value))
        page = try vault.moments(before: last.id, limit: 1_000)
      }
      #expect(there.isSuperset(of: acknowledged))
      try await vault.verify()
    }
    #expect(acknowledged.count >= 151)
  }
}
