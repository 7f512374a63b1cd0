import AttuneModel
import SwiftUI

#if canImport(Accessibility)
  import Accessibility
#endif

/// What is on the screen: the topmost screen that was opened, or the stage's own. The list of screens is the app's: the
/// stack of the system shows it, and tells the app when the person swipes back.
public struct AttuneScreen: View {
  private let app: AttuneModel.App
  private let time: any Elapsed
  private let viewfinder: (any Viewfinder)?

  /// Draws `app`. `time` tells how long a screen has been there; `viewfinder` is the camera, where there is one.
  public init(app: AttuneModel.App, time: any Elapsed, viewfinder: (any Viewfinder)? = nil) {
    self.app = app
    self.time = time
    self.viewfinder = viewfinder
  }

  /// The screens, one above the other.
  public var body: some View {
    let stage = app.state.stage
    NavigationStack(path: path) {
      StageView(stage: stage, on: app.on)
        .environment(\.frame, app.frame(of: nil))
        .navigationDestination(for: Int.self) { key in Above(app: app, key: key) }
    }
    // A stack of its own for an open vault and for a closed one: *Hide* takes away at once what was there, and nothing of
    // it slides out of the picture.
    .id(stage.kind)
    .onChange(of: stage.kind) { AccessibilityNotification.ScreenChanged().post() }
    .modifier(Themed())
    .unlearned()
    .environment(\.elapsed, time)
    .environment(\.viewfinder, viewfinder)
  }

  private var path: Binding<[Int]> {
    Binding {
      app.state.above.map(\.key)
    } set: { left in
      while app.state.above.count > left.count { app.on(.back) }
    }
  }
}

extension AttuneModel.App {
  /// What is around a screen; around the first one, if none is given.
  fileprivate func frame(of screen: Screen?) -> Frame {
    var frame = Frame()
    if case .open = state.stage { frame.hide = { self.on(.hide) } }
    if screen != nil { frame.back = { self.on(.back) } }
    if screen?.route != .help { frame.help = { self.on(.go(.help)) } }
    if state.top?.key == screen?.key { frame.notice = state.notice?.words }
    frame.covers = state.covers(screen)
    frame.noticeDone = { self.on(.noticeDone) }
    frame.leaves = { self.on(.leaves) }
    return frame
  }
}

/// A screen that was opened, as long as it is. What was left a moment ago is still asked for while it moves away.
private struct Above: View {
  let app: AttuneModel.App
  let key: Int

  var body: some View {
    if let screen = app.state.above.first(where: { $0.key == key }) {
      AboveView(screen: screen).environment(\.frame, app.frame(of: screen))
    }
  }
}

extension Stage {
  /// Tells one kind of stage from another, whatever it shows.
  fileprivate var kind: Int {
    switch self {
    case .opening: 0
    case .firstRun: 1
    case .locked: 2
    case .stopped: 3
    case .open: 4
    }
  }
}

private struct StageView: View {
  let stage: Stage
  let on: @MainActor (AppEvent) -> Void

  var body: some View {
    switch stage {
    case .opening: OpeningView()
    case .firstRun: FirstRunView(on: on)
    case .locked(let locked): LockedView(state: locked, on: on)
    case .stopped(let why): StoppedView(why: why, on: on)
    case .open(let home): HomeView(state: home.state, on: home.on)
    }
  }
}

/// One that was opened. Each route has one type of holder, which the model gave it.
private struct AboveView: View {
  let screen: Screen

  var body: some View {
    switch screen.route {
    case .moments, .moment, .pick, .preview, .choices, .choice: SharingScreen(screen: screen)
    case .notes, .note, .proposals, .proposal: ReadingScreen(screen: screen)
    case .practices, .practice, .aboutMe, .join, .compare, .restored: PeopleScreen(screen: screen)
    case .outside, .help, .serious, .privacy: HelpScreen(screen: screen)
    case .settings, .passcode, .saveCopy, .bringBack, .deleteAll: SettingsScreen(screen: screen)
    }
  }
}

private struct SharingScreen: View {
  let screen: Screen

  var body: some View {
    switch screen.holder {
    case let model as MomentsModel: MomentsView(state: model.state, on: model.on)
    case let model as MomentModel: MomentView(state: model.state, on: model.on)
    case let model as PickModel: PickView(state: model.state, on: model.on)
    case let model as PreviewModel: PreviewView(state: model.state, on: model.on)
    case let model as ChoicesModel: ChoicesView(state: model.state, on: model.on)
    case let model as ChoiceModel: ChoiceView(state: model.state, on: model.on)
    default: EmptyView()
    }
  }
}

private struct ReadingScreen: View {
  let screen: Screen

  var body: some View {
    switch screen.holder {
    case let model as NotesModel: NotesView(state: model.state, on: model.on)
    case let model as NoteModel: NoteView(state: model.state, on: model.on)
    case let model as ProposalsModel: ProposalsView(state: model.state, on: model.on)
    case let model as ProposalModel: ProposalView(state: model.state, on: model.on)
    default: EmptyView()
    }
  }
}

private struct PeopleScreen: View {
  let screen: Screen

  var body: some View {
    switch screen.holder {
    case let model as PracticesModel: PracticesView(state: model.state, on: model.on)
    case let model as PracticeModel: PracticeView(state: model.state, on: model.on)
    case let model as AboutMeModel: AboutMeView(state: model.state, on: model.on)
    case let model as JoinModel: JoinView(state: model.state, on: model.on)
    case let model as CompareModel: CompareView(state: model.state, on: model.on)
    case let model as RestoredModel: RestoredView(state: model.state, on: model.on)
    default: EmptyView()
    }
  }
}

private struct HelpScreen: View {
  let screen: Screen

  var body: some View {
    switch (screen.route, screen.holder) {
    case (.outside, let model as HelpModel): OutsideView(state: model.state, on: model.on)
    case (.serious, let model as HelpModel): SeriousView(state: model.state, on: model.on)
    case (_, let model as HelpModel): HelpView(state: model.state, on: model.on)
    default: PrivacyView()
    }
  }
}

private struct SettingsScreen: View {
  let screen: Screen

  var body: some View {
    switch screen.holder {
    case let model as SettingsModel: SettingsView(state: model.state, on: model.on)
    case let model as PasscodeModel: PasscodeView(state: model.state, on: model.on)
    case let model as SaveCopyModel: SaveCopyView(state: model.state, on: model.on)
    case let model as BringBackModel: BringBackView(state: model.state, on: model.on)
    case let model as DeleteAllModel: DeleteAllView(state: model.state, on: model.on)
    default: EmptyView()
    }
  }
}
