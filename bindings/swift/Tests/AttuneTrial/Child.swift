import AttuneDoubles
import Foundation

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Something that went wrong in the surroundings of a test.
public struct Surroundings: Error, CustomStringConvertible {
  /// What.
  public let description: String

  /// That.
  public init(description: String) {
    self.description = description
  }
}

/// A process of somebody else's: the relay, a desk's command, a phone that is killed.
public final class Child: Sendable {
  /// What a process that came to its end left.
  public struct End: Sendable {
    /// The exit status, or the signal.
    public let status: Int32
    /// A signal ended it.
    public let bySignal: Bool
    /// Its standard output.
    public let output: String
    /// Its standard error.
    public let errors: String
  }

  /// One at a time: a process that is started takes over every file that is being opened at that moment.
  private static let starting = Locked(())

  private let process: Locked<Process>
  private let ended: AsyncStream<Void>
  private let lines: AsyncStream<String>
  private let heard = Locked("")
  private let errorFile: URL

  /// Starts `program`. Its standard error goes to a file in `folder`.
  public init(
    _ program: URL, _ arguments: [String], in folder: URL, environment: [String: String] = [:],
    input: String? = nil
  ) throws {
    let name = UUID().uuidString
    errorFile = folder.appendingPathComponent("\(name).stderr")
    try Data().write(to: errorFile)
    let process = Process()
    process.executableURL = program
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    process.standardError = try FileHandle(forWritingTo: errorFile)
    if let input {
      let inputFile = folder.appendingPathComponent("\(name).stdin")
      try Data(input.utf8).write(to: inputFile)
      process.standardInput = try FileHandle(forReadingFrom: inputFile)
    } else {
      process.standardInput = FileHandle.nullDevice
    }
    let (ended, end) = AsyncStream.makeStream(of: Void.self)
    process.terminationHandler = { _ in end.finish() }
    let pipe = try Self.starting.with { _ in
      let pipe = Pipe()
      process.standardOutput = pipe
      try process.run()
      return pipe
    }
    let (lines, hear) = AsyncStream.makeStream(of: String.self)
    self.process = Locked(process)
    self.ended = ended
    self.lines = lines
    let heard = self.heard
    let output = pipe.fileHandleForReading
    Thread.detachNewThread {
      var rest = Data()
      // `read(upToCount:)` would wait until there is as much as that.
      while case let more = output.availableData, !more.isEmpty {
        rest.append(more)
        while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
          // A line without its end was cut off: nobody has heard it.
          let line = String(decoding: rest[..<end], as: UTF8.self)
          rest = Data(rest[(end + 1)...])
          heard.with { $0 += line + "\n" }
          hear.yield(line)
        }
      }
      hear.finish()
    }
  }

  deinit {
    killNow()
  }

  /// Waits for a line. Nothing if the process ended before.
  public func line() async -> String? {
    var lines = lines.makeAsyncIterator()
    return await lines.next()
  }

  /// SIGKILL: nothing in the process can put it off.
  public func killNow() {
    process.with { process in
      guard process.isRunning else { return }
      _ = kill(process.processIdentifier, SIGKILL)
    }
  }

  /// Waits for the end.
  public func end() async throws -> End {
    for await _ in lines {}
    for await _ in ended {}
    let (status, bySignal) = process.with { process in
      (process.terminationStatus, process.terminationReason == .uncaughtSignal)
    }
    let errors = String(decoding: try Data(contentsOf: errorFile), as: UTF8.self)
    return End(status: status, bySignal: bySignal, output: heard.with { $0 }, errors: errors)
  }
}
