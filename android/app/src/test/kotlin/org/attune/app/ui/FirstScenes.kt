package org.attune.app.ui

import androidx.compose.runtime.Composable
import org.attune.ChoiceState as State
import org.attune.PracticeNotice
import org.attune.RepairOption
import org.attune.StatusLine
import org.attune.WaitsFor
import org.attune.app.model.ChoiceState
import org.attune.app.model.ChoicesState
import org.attune.app.model.HomeState
import org.attune.app.model.MomentState
import org.attune.app.model.MomentsState
import org.attune.app.model.NoteState
import org.attune.app.model.Notice
import org.attune.app.model.NotesState
import org.attune.app.model.PickState
import org.attune.app.model.PreviewState
import org.attune.app.model.Stage
import org.attune.app.model.Stop
import org.attune.app.picture.Variant

/** A screen as somebody may meet it, and in which variants it is drawn. */
class Scene(val frame: Frame, val variants: List<Variant>, val content: @Composable () -> Unit)

private val FIRST = Frame(onHelp = {})
private val HOME = Frame(onHide = {}, onHelp = {})
private val ABOVE = Frame(onHide = {}, onBack = {}, onHelp = {})

private fun full(frame: Frame = ABOVE, content: @Composable () -> Unit) = Scene(frame, Variant.entries, content)

/** One that differs little from another, which is drawn in all of them. */
private fun plain(frame: Frame = ABOVE, content: @Composable () -> Unit) = Scene(frame, listOf(Variant.LIGHT), content)

private val CLOSED = linkedMapOf(
    "first-run" to full(FIRST) { FirstRunContent {} },
    "locked" to full(FIRST) { LockedContent(Stage.Locked(asksCode = true, wrong = true, finger = true)) {} },
    "locked-tap" to plain(FIRST) { LockedContent(Stage.Locked(asksCode = false)) {} },
    "opening" to plain(FIRST) { OpeningContent() },
    "stopped-key-gone" to full(FIRST) { StoppedContent(Stop.KEY_GONE) {} },
    "stopped-later" to plain(FIRST) { StoppedContent(Stop.LATER) {} },
    "stopped-damaged" to plain(FIRST) { StoppedContent(Stop.DAMAGED) {} },
    "stopped-newer" to plain(FIRST) { StoppedContent(Stop.NEWER) {} },
    "stopped-no-room" to plain(FIRST) { StoppedContent(Stop.NO_ROOM) {} },
    "stopped-busy" to plain(FIRST) { StoppedContent(Stop.BUSY) {} },
    "stopped-fault" to plain(FIRST) { StoppedContent(Stop.FAULT) {} },
)

private val MARKING = linkedMapOf(
    "home" to full(HOME) {
        HomeContent(HomeState(true, Made.lines, older = true, notes = true, practices = listOf(Made.practice(), Made.desk))) {}
    },
    "home-empty" to plain(HOME) { HomeContent(HomeState(read = true)) {} },
    "home-notices" to plain(HOME) {
        val practices = listOf(
            Made.practice(notice = PracticeNotice.TWO_PHONES),
            Made.practice(2, Made.DESK, notice = PracticeNotice.NEWCOMER),
        )
        val choices = listOf(Made.choice(RepairOption.NO_CONTACT, StatusLine.OPENED_COUNTS, State.OPENED))
        HomeContent(HomeState(true, emptyList(), choices = choices, drafts = true, practices = practices, restored = true)) {}
    },
    "home-undone" to full(Frame(onHide = {}, onHelp = {}, notice = Notice.UNDONE)) {
        HomeContent(HomeState(true, Made.lines, practices = listOf(Made.practice()))) {}
    },
    "saved" to full { PickContent(PickState(saved = true, Made.offers, hasMoment = true)) {} },
    "pick" to plain { PickContent(PickState(saved = false, Made.offers, hasMoment = true)) {} },
    "pick-two" to plain { PickContent(PickState(saved = false, Made.twice)) {} },
    "pick-alone" to plain { PickContent(PickState(saved = true, Made.twice.filter { it.practice == null }, alone = true)) {} },
    "pick-change" to plain { PickContent(PickState(saved = false, Made.offers.drop(1), changes = true)) {} },
    "moments" to plain { MomentsContent(MomentsState(true, Made.lines, older = true)) {} },
    "moment" to full { MomentContent(MomentState(Made.moment(), Made.WORDS, 500, listOf(Made.choice()), 90)) {} },
)

private val PRACTICE = Made.practice(leaves = "Insurers may ask for your file. We tell you before we send it.")

private val SHARING = linkedMapOf(
    "preview" to plain { PreviewContent(PreviewState(Made.preview(null, null), Made.moment(), PRACTICE, Made.told)) {} },
    "preview-all" to full {
        val until = Made.today.plusWeeks(2)
        val preview = Made.preview(until = until, takesBack = true)
        PreviewContent(PreviewState(preview, Made.moment(), PRACTICE, Made.told, withPointer = true, withWords = true, until)) {}
    },
    "preview-unmatched" to plain {
        PreviewContent(PreviewState(Made.preview(null, null), Made.moment(pointer = null), Made.practice(compared = false), Made.untold)) {}
    },
    "end-day" to full { Page(null) { EndDay(Made.today.plusDays(4), {}, open = true) } },
    "shared" to full {
        ChoiceContent(ChoiceState(Made.choice(status = StatusLine.NOT_SENT, state = State.QUEUED), Made.practice(), shared = true)) {}
    },
    "choice" to full { ChoiceContent(ChoiceState(Made.choice(until = Made.today.plusWeeks(1)), Made.practice())) {} },
    "choice-note" to plain {
        val choice = Made.choice(status = StatusLine.NOTE_HERE, state = State.ANSWERED, hasNote = true, open = false)
        ChoiceContent(ChoiceState(choice, Made.practice(), listOf(Made.note))) {}
    },
    "choice-late" to plain {
        ChoiceContent(ChoiceState(Made.choice(status = StatusLine.LATE_NOTE, state = State.LATE, late = true), Made.practice())) {}
    },
    "choice-waits" to plain {
        val choice = Made.choice(status = StatusLine.WAITS_FOR_COMPARISON, state = State.QUEUED, waitsFor = WaitsFor.COMPARISON)
        ChoiceContent(ChoiceState(choice, Made.practice(compared = false))) {}
    },
    "choices" to plain {
        val taken = Made.choice(RepairOption.PAUSE, StatusLine.TAKEN_BACK_UNSEEN, State.WITHDRAWN_UNSEEN, open = false)
        val other = Made.choice(RepairOption.REQUEST_PROVIDER, StatusLine.SENT, State.UPLOADED, recipient = Made.DESK)
        ChoicesContent(ChoicesState(true, listOf(Made.choice(), other, taken))) {}
    },
    "notes" to plain { NotesContent(NotesState(true, listOf(Made.note))) {} },
    "note" to full { NoteContent(NoteState(Made.note, canReadAloud = true)) {} },
)

/** Every screen that is drawn and looked over, by the name of its picture. */
val SCENES: Map<String, Scene> get() = FIRST_SCENES + PEOPLE_SCENES

/** Screens from the first day to a note. Nobody in them is real. */
val FIRST_SCENES: Map<String, Scene> = CLOSED + MARKING + SHARING
