import Testing

/// The error of that type that `work` throws; none, and the test has failed, if it throws another or none.
func thrown<E: Error>(
  _ type: E.Type, at place: SourceLocation = #_sourceLocation, by work: () throws -> some Any
) -> E? {
  do {
    _ = try work()
  } catch let error as E {
    return error
  } catch {
    Issue.record(error, sourceLocation: place)
    return nil
  }
  Issue.record("nothing was thrown", sourceLocation: place)
  return nil
}

/// The same for work that waits.
func thrown<E: Error>(
  _ type: E.Type, isolation: isolated (any Actor)? = #isolation, at place: SourceLocation = #_sourceLocation,
  by work: () async throws -> some Sendable
) async -> E? {
  do {
    _ = try await work()
  } catch let error as E {
    return error
  } catch {
    Issue.record(error, sourceLocation: place)
    return nil
  }
  Issue.record("nothing was thrown", sourceLocation: place)
  return nil
}
