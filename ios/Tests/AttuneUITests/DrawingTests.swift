import Foundation
@_spi(Drawing) import SwiftUI
import Testing

/// What the other tests stand on: that views are drawn as SwiftUI would hold them.
@MainActor @Suite struct DrawingTests {
  private struct Counter: View {
    @State private var count = 0
    @Environment(\.isEnabled) private var isEnabled
    let name: String

    var body: some View {
      Button {
        count += 1
      } label: {
        Text(verbatim: "\(name) \(count) \(isEnabled)")
      }
    }
  }

  @Test func aStateLivesAsLongAsItsViewStaysInItsPlace() throws {
    let isThere = Holding(true)
    let window = Window {
      if isThere.value { Counter(name: "one") }
      Counter(name: "two").disabled(true)
    }
    #expect(window.elements.map(\.label) == ["one 0 true", "two 0 false"])
    #expect(window.elements[0].pressed())
    #expect(!window.elements[1].pressed())
    #expect(window.elements.map(\.label) == ["one 1 true", "two 0 false"])
    isThere.value = false
    #expect(window.elements.map(\.label) == ["two 0 false"])
    isThere.value = true
    #expect(window.elements[0].label == "one 0 true")
  }

  @Test func rowsKeepTheirStatesByTheirIds() {
    let rows = Holding(["a", "b"])
    let window = Window { ForEach(rows.value, id: \.self) { Counter(name: $0) } }
    #expect(window.elements[1].pressed())
    rows.value = ["b", "a"]
    #expect(window.elements.map(\.label) == ["b 1 true", "a 0 true"])
  }

  @Test func whatAppearsLeavesAndChangesIsTold() {
    let shown = Holding<String?>(nil)
    let told = Holding<[String]>([])
    let window = Window {
      // A group hands on what is done around it: where nothing is in it, nothing watches.
      Group { if let text = shown.value { Text(verbatim: text) } }
        .onAppear { told.value.append("comes") }
        .onDisappear { told.value.append("goes") }
        .onChange(of: shown.value) { told.value.append("changes") }
    }
    _ = window.elements
    #expect(told.value.isEmpty)
    shown.value = "a"
    _ = window.elements
    #expect(told.value == ["comes"])
    shown.value = "b"
    _ = window.elements
    #expect(told.value == ["comes", "changes"])
    shown.value = nil
    _ = window.elements
    #expect(told.value == ["comes", "changes", "goes"])
  }

  @Test func aTaskEndsWithItsViewAndBeginsAnewForSomethingElse() async {
    let id = Holding<Int?>(1)
    let (ends, ended) = AsyncStream.makeStream(of: Int.self)
    let window = Window {
      if let id = id.value {
        Text(verbatim: "a").task(id: id) {
          // Until it is cancelled.
          for await _ in AsyncStream<Never>.makeStream().stream {}
          ended.yield(id)
        }
      }
    }
    _ = window.elements
    id.value = 2
    _ = window.elements
    id.value = nil
    _ = window.elements
    var order: [Int] = []
    for await end in ends {
      order.append(end)
      if order.count == 2 { break }
    }
    #expect(order.sorted() == [1, 2])
  }

  @Test func aTagOfAnotherTypeIsNeverPicked() {
    let picked = Holding<Int?>(nil)
    let window = Window {
      Picker(selection: Binding(get: { picked.value }, set: { picked.value = $0 })) {
        Text(verbatim: "one").tag(Int?.some(1))
        Text(verbatim: "two").tag("2")
      } label: {
        EmptyView()
      }
    }
    #expect(window.elements.map(\.label) == ["one", "two"])
    #expect(window.elements[1].pressed())
    #expect(picked.value == nil)
    #expect(window.elements[0].pressed())
    #expect(picked.value == 1)
    #expect(window.elements[0].traits.contains(.isSelected))
  }

  @Test func aQuestionAndASheetLieOverTheScreen() throws {
    let asks = Holding(true)
    var done = 0
    let window = Window {
      Text(verbatim: "below")
        .confirmationDialog(Text(verbatim: "sure"), isPresented: Binding(get: { asks.value }, set: { asks.value = $0 }))
      {
        Button {
          done += 1
        } label: {
          Text(verbatim: "yes")
        }
      } message: {
        Text(verbatim: "line")
      }
    }
    #expect(window.elements.map(\.label) == ["sure", "line", "yes"])
    #expect(window.elements[2].pressed())
    #expect(done == 1)
    #expect(window.elements.map(\.label) == ["below"])
  }

  @Test func whatIsNotWatchedIsNotNoticed() async {
    let value = Holding(0)
    let window = Window { Text(verbatim: "\(value.value)") }
    #expect(window.elements[0].label == "0")
    value.value = 1
    await window.change()
    #expect(window.elements[0].label == "1")
  }
}
