// The system's own sheets for files. A test answers them as a person would: by a place, or by leaving.

extension View {
  nonisolated public func fileMover(
    isPresented: Binding<Bool>, file: URL?, onCompletion: @escaping (Result<URL, any Error>) -> Void,
    onCancellation: @escaping () -> Void
  ) -> some View {
    asking("where to put it", isPresented, file?.lastPathComponent, onCompletion, onCancellation)
  }

  nonisolated public func fileImporter(
    isPresented: Binding<Bool>, allowedContentTypes: [UTType],
    onCompletion: @escaping (Result<URL, any Error>) -> Void
  ) -> some View {
    asking("which file", isPresented, "", onCompletion, {})
  }

  /// Typing an address picks it, typing nothing is a place that would not take it, and pressing leaves the sheet.
  nonisolated private func asking(
    _ question: String, _ isPresented: Binding<Bool>, _ name: String?,
    _ done: @escaping (Result<URL, any Error>) -> Void, _ left: @escaping () -> Void
  ) -> some View {
    around { pen, draw in
      guard isPresented.wrappedValue, let name else { return draw(pen) }
      draw(pen.onto(Sheet()))
      pen.add(.place, question) {
        $0.value = name
        $0.set = { typed in
          isPresented.wrappedValue = false
          done(typed.isEmpty ? .failure(CocoaError(.fileWriteUnknown)) : .success(URL(fileURLWithPath: typed)))
        }
        $0.press = {
          isPresented.wrappedValue = false
          left()
        }
      }
    }
  }

  nonisolated public func aspectRatio(_ ratio: CGFloat? = nil, contentMode: ContentMode) -> some View { self }
}

public enum ContentMode: Hashable, CaseIterable, Sendable { case fit, fill }

/// Apple's is of a module of its own, which the views import where it is.
public struct UTType: Hashable, Sendable {
  let identifier: String
  public static let item = UTType(identifier: "public.item"), data = UTType(identifier: "public.data")
}
