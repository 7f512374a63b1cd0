import SwiftUI

extension View {
  /// What is typed in it teaches the phone nothing: no correction, which is what the keyboard learns by, no prediction in
  /// the line, no filling in from contacts, and nothing is handed to the system's writing tools.
  @ViewBuilder func unlearned() -> some View {
    let plain = autocorrectionDisabled().textContentType(nil)
    if #available(iOS 18.0, macOS 15.0, *) {
      plain.writingToolsBehavior(.disabled)
    } else {
      plain
    }
  }
}

extension Binding where Value: Sendable {
  /// What is typed or pressed may not be taken, as over a limit. The control, which counts it, is then drawn once more with
  /// what was there before: by itself it would go on showing what nobody keeps.
  @MainActor fileprivate func counted(by presses: Binding<Int>) -> Binding {
    _ = presses.wrappedValue
    return Binding {
      wrappedValue
    } set: {
      wrappedValue = $0
      presses.wrappedValue += 1
    }
  }
}

/// Where own words are typed. It grows with them.
struct WordsField: View {
  @State private var presses = 0
  private let label: Words
  private let text: Binding<String>
  private let lines: Int
  private let keyboard: UIKeyboardType

  init(_ label: Words, text: Binding<String>, lines: Int = 3, keyboard: UIKeyboardType = .default) {
    self.label = label
    self.text = text
    self.lines = lines
    self.keyboard = keyboard
  }

  var body: some View {
    VStack(alignment: .leading, spacing: Size.near) {
      // The field says its label itself, to a screen reader.
      Sub(label).accessibilityHidden(true)
      // Without a prompt of its own it would show the label a second time.
      TextField(
        label.text, text: text.counted(by: $presses), prompt: Text(.own("")),
        axis: lines > 1 ? .vertical : .horizontal
      )
      .labelsHidden()
      .accessibilityLabel(Text(label))
      .lineLimit(lines...)
      .textInputAutocapitalization(lines > 1 && keyboard == .default ? .sentences : .never)
      .keyboardType(keyboard)
      .unlearned()
      .frame(minHeight: Size.touch)
    }
  }
}

/// Something that is on or off. The whole row can be pressed.
struct SwitchLine: View {
  @State private var presses = 0
  private let words: Words
  private let sub: Words?
  private let isOn: Binding<Bool>

  init(_ words: Words, _ sub: Words? = nil, isOn: Binding<Bool>) {
    self.words = words
    self.sub = sub
    self.isOn = isOn
  }

  var body: some View {
    Toggle(isOn: isOn.counted(by: $presses)) {
      VStack(alignment: .leading, spacing: Size.near) {
        Line(words)
        if let sub { Sub(sub) }
      }
    }
    .frame(minHeight: Size.touch)
  }
}

/// One of several that exclude each other, as rows. What is picked has a mark and is said to be picked.
struct PickList<Value: Hashable>: View {
  private let name: Words
  private let options: [(value: Value, words: Words)]
  private let picked: Binding<Value>

  init(_ name: Words, _ options: [(value: Value, words: Words)], picked: Binding<Value>) {
    self.name = name
    self.options = options
    self.picked = picked
  }

  var body: some View {
    Picker(selection: picked) {
      ForEach(options, id: \.value) { option in
        Text(option.words).frame(minHeight: Size.touch).tag(option.value)
      }
    } label: {
      Text(name)
    }
    .pickerStyle(.inline)
    .labelsHidden()
  }
}
