import Foundation

@testable import AttunePlatform

#if canImport(Glibc)
  import Glibc
#endif

/// A server on loopback that reads a request as it is and answers as `answer` says: no line of it has to be HTTP. It
/// closes the connection after each answer.
final class HostileServer: Sendable {
  /// The other side hung up.
  struct Left: Error {}

  /// A request, and the wire that it came on.
  struct Exchange: Sendable {
    let head: [String]
    let body: Data
    fileprivate let wire: Wire

    /// Writes `text` as bytes.
    func say(_ text: String) throws {
      try wire.write(Data(text.utf8))
    }

    /// Writes bytes.
    func say(_ bytes: Data) throws {
      try wire.write(bytes)
    }

    /// Waits until the other side hung up.
    func untilLeft() throws {
      while try wire.byte() != nil {}
    }
  }

  /// Where it listens.
  let port: Int

  private let socket: Int32
  private let answer: @Sendable (Exchange) throws -> Void
  private let came = Guarded<[Exchange]>([])
  private let wires = Guarded<[Wire]>([])
  private let isClosing = Guarded(false)
  private let accepted = DispatchGroup()
  private let served = DispatchGroup()
  private let ended: AsyncStream<Void>
  private let end: AsyncStream<Void>.Continuation

  /// Listens at `port`, or at one of its own.
  init(port: Int = 0, _ answer: @escaping @Sendable (Exchange) throws -> Void) throws {
    self.answer = answer
    (ended, end) = AsyncStream.makeStream()
    socket = try Wire.listening(at: port)
    self.port = try Wire.port(of: socket)
    accepted.enter()
    Thread.detachNewThread { [self] in
      accepting()
      accepted.leave()
    }
  }

  /// What came, in its order.
  var requests: [Exchange] { came.with { $0 } }

  /// The address to post to.
  var url: URL { URL(string: "http://127.0.0.1:\(port)/v1/f")! }

  /// Waits until an exchange is over: the other side was answered, or left.
  func over() async {
    for await _ in ended { return }
  }

  /// Takes no more, hangs up, and waits for that.
  func close() {
    isClosing.with { $0 = true }
    // Not every system wakes whoever waits for a connection when the socket is shut.
    Wire.knock(at: port)
    accepted.wait()
    Wire.close(socket)
    for wire in wires.with({ $0 }) { wire.hangUp() }
    served.wait()
  }

  private func accepting() {
    while let wire = Wire.accepted(from: socket) {
      if isClosing.with({ $0 }) { return wire.close() }
      wires.with { $0.append(wire) }
      served.enter()
      Thread.detachNewThread { [self] in
        serve(wire)
        served.leave()
      }
    }
  }

  private func serve(_ wire: Wire) {
    defer {
      wire.close()
      end.yield()
    }
    do {
      var head: [String] = []
      while let line = try wire.line(), !line.isEmpty { head.append(line) }
      let mark = "content-length: "
      let length = head.first { $0.lowercased().hasPrefix(mark) }.flatMap { Int($0.dropFirst(mark.count)) } ?? 0
      guard !head.isEmpty else { return }
      let exchange = Exchange(head: head, body: try wire.bytes(length), wire: wire)
      came.with { $0.append(exchange) }
      try answer(exchange)
    } catch {
      // The other side left in the middle.
    }
  }
}

/// A connection. One thread reads and writes it; any may hang it up.
private final class Wire: Sendable {
  private struct State {
    var isOpen = true
    var read: [UInt8] = []
    var next = 0
  }

  private let file: Int32
  private let state = Guarded(State())

  private init(_ file: Int32) {
    self.file = file
  }

  static func listening(at port: Int) throws -> Int32 {
    let socket = try made()
    var yes: Int32 = 1
    setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
    guard withAddress(port, { bind(socket, $0, $1) }) == 0, listen(socket, 50) == 0 else { throw HostileServer.Left() }
    return socket
  }

  private static func made() throws -> Int32 {
    #if canImport(Glibc)
      let made = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    #else
      let made = socket(AF_INET, SOCK_STREAM, 0)
    #endif
    guard made >= 0 else { throw HostileServer.Left() }
    return made
  }

  private static func withAddress(_ port: Int, _ use: (UnsafePointer<sockaddr>, socklen_t) -> Int32) -> Int32 {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(port).bigEndian
    address.sin_addr.s_addr = in_addr_t(0x7f00_0001).bigEndian
    return withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { use($0, socklen_t(MemoryLayout<sockaddr_in>.size)) }
    }
  }

  static func port(of socket: Int32) throws -> Int {
    var address = sockaddr_in()
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let named = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(socket, $0, &size) }
    }
    guard named == 0 else { throw HostileServer.Left() }
    return Int(in_port_t(bigEndian: address.sin_port))
  }

  static func accepted(from socket: Int32) -> Wire? {
    let file = accept(socket, nil, nil)
    #if canImport(Darwin)
      var yes: Int32 = 1
      setsockopt(file, SOL_SOCKET, SO_NOSIGPIPE, &yes, socklen_t(MemoryLayout<Int32>.size))
    #endif
    return file < 0 ? nil : Wire(file)
  }

  /// Connects, and hangs up.
  static func knock(at port: Int) {
    guard let socket = try? made() else { return }
    _ = withAddress(port) { connect(socket, $0, $1) }
    close(socket)
  }

  /// Wakes whoever waits for it.
  static func end(_ file: Int32) {
    #if canImport(Glibc)
      _ = shutdown(file, Int32(SHUT_RDWR))
    #else
      _ = shutdown(file, SHUT_RDWR)
    #endif
  }

  static func close(_ file: Int32) {
    #if canImport(Glibc)
      _ = Glibc.close(file)
    #else
      _ = Darwin.close(file)
    #endif
  }

  func hangUp() {
    state.with { if $0.isOpen { Self.end(file) } }
  }

  func close() {
    state.with { state in
      guard state.isOpen else { return }
      state.isOpen = false
      Self.end(file)
      Self.close(file)
    }
  }

  func byte() throws -> UInt8? {
    if let ready = state.with({ state -> UInt8? in
      guard state.next < state.read.count else { return nil }
      defer { state.next += 1 }
      return state.read[state.next]
    }) {
      return ready
    }
    var room = [UInt8](repeating: 0, count: 16_384)
    let count = recv(file, &room, room.count, 0)
    guard count > 0 else { return nil }
    return state.with { state in
      state.read = Array(room[..<count])
      state.next = 1
      return state.read[0]
    }
  }

  func line() throws -> String? {
    var bytes: [UInt8] = []
    while let byte = try byte() {
      if byte == UInt8(ascii: "\n") {
        return String(decoding: bytes.last == UInt8(ascii: "\r") ? bytes.dropLast() : bytes[...], as: UTF8.self)
      }
      bytes.append(byte)
    }
    return nil
  }

  func bytes(_ count: Int) throws -> Data {
    var bytes = Data(capacity: count)
    while bytes.count < count {
      guard let byte = try byte() else { throw HostileServer.Left() }
      bytes.append(byte)
    }
    return bytes
  }

  func write(_ bytes: Data) throws {
    var rest = bytes
    while !rest.isEmpty {
      #if canImport(Glibc)
        let sent = rest.withUnsafeBytes { send(file, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
      #else
        let sent = rest.withUnsafeBytes { send(file, $0.baseAddress, $0.count, 0) }
      #endif
      guard sent > 0 else { throw HostileServer.Left() }
      rest = rest.dropFirst(sent)
    }
  }
}
