package org.attune.app.ui

import androidx.annotation.StringRes
import androidx.compose.runtime.Composable
import androidx.compose.ui.res.stringResource
import org.attune.AttestedTerms
import org.attune.Choice
import org.attune.Pointer
import org.attune.Practice
import org.attune.PracticeNotice
import org.attune.PracticeRole
import org.attune.RepairOption
import org.attune.StatusLine
import org.attune.app.R
import org.attune.app.model.Notice
import org.attune.app.model.Stop

/** What an option is called. */
@Composable
fun RepairOption.title(): String = stringResource(
    when (this) {
        RepairOption.KEEP -> R.string.pick_keep
        RepairOption.PAUSE -> R.string.pick_pause
        RepairOption.SWITCH_TOPIC -> R.string.pick_switch
        RepairOption.WRITTEN_FOLLOW_UP -> R.string.pick_note
        RepairOption.REPAIR_QUIETLY -> R.string.pick_fix
        RepairOption.BRIEF_CHECK_IN -> R.string.pick_five
        RepairOption.NO_CONTACT -> R.string.pick_quiet
        RepairOption.REQUEST_PROVIDER -> R.string.pick_other
        RepairOption.INTERPRETER -> R.string.pick_language
    },
)

/** What it means, in a line. [linked] is whether somebody is paired who gets it. */
@Composable
fun RepairOption.sub(linked: Boolean = true): String = stringResource(
    when (this) {
        RepairOption.KEEP -> R.string.pick_keep_sub
        RepairOption.PAUSE -> R.string.pick_pause_sub
        RepairOption.SWITCH_TOPIC -> R.string.pick_switch_sub
        RepairOption.WRITTEN_FOLLOW_UP -> R.string.pick_note_sub
        RepairOption.REPAIR_QUIETLY -> R.string.pick_fix_sub
        RepairOption.BRIEF_CHECK_IN -> R.string.pick_five_sub
        RepairOption.NO_CONTACT -> R.string.pick_quiet_sub
        RepairOption.REQUEST_PROVIDER -> if (linked) R.string.pick_other_sub else R.string.pick_other_sub_outside
        RepairOption.INTERPRETER -> R.string.pick_language_sub
    },
)

/** What it was about. */
@Composable
fun Pointer.text(): String = stringResource(
    when (this) {
        Pointer.SAID -> R.string.mark_where_said
        Pointer.LEFT_OUT -> R.string.mark_where_missed
        Pointer.PLAN -> R.string.mark_where_plan
        Pointer.PLACE -> R.string.mark_where_place
    },
)

/** Who a practice is. */
@Composable
fun PracticeRole.text(): String = stringResource(
    when (this) {
        PracticeRole.THERAPIST -> R.string.pair_role_therapist
        PracticeRole.COORDINATOR -> R.string.pair_role_desk
    },
)

/** Where a choice stands, with its day. */
@Composable
fun Choice.statusText(): String {
    val id = status.id
    val day = due
    return if (status.namesADay && day != null) stringResource(id, day.text()) else stringResource(id)
}

/** What a choice will not cost: what was attested, and nothing else. Empty if nothing was. */
@Composable
fun AttestedTerms.lines(): List<String> = listOfNotNull(
    R.string.cost_fee.takeIf { noFee },
    R.string.cost_slot.takeIf { keepsSlot },
    R.string.cost_wait.takeIf { keepsPlace },
    R.string.cost_visit.takeIf { noMissedVisit },
).map { stringResource(it) }

/** The name that a practice gave itself; before it gave one, that we wait for them. */
@Composable
fun Practice.nameText(): String = card?.name ?: stringResource(R.string.pair_stage_waiting)

/** What there is to say of the link with a practice: a line, or two. */
@Composable
fun Practice.noticeLines(): List<String> = when (notice) {
    null -> emptyList()
    PracticeNotice.GOODBYE -> listOf(stringResource(R.string.pair_goodbye, nameText()))
    PracticeNotice.TWO_PHONES -> listOf(stringResource(R.string.phones_two), stringResource(R.string.phones_two_sub))
    PracticeNotice.SECOND_CLAIM -> listOf(stringResource(R.string.pair_used_other))
    PracticeNotice.NEWCOMER -> listOf(stringResource(R.string.phones_desk_new))
    PracticeNotice.CODE_SPENT -> listOf(stringResource(R.string.pair_spent))
    PracticeNotice.NEWER_NEEDED -> listOf(stringResource(R.string.sync_peer_newer))
    PracticeNotice.VERSION_JUMP -> listOf(stringResource(R.string.sync_jump))
    PracticeNotice.UNREADABLE -> listOf(stringResource(R.string.sync_odd))
    PracticeNotice.DENIED -> listOf(stringResource(R.string.sync_denied))
    PracticeNotice.FULL -> listOf(stringResource(R.string.sync_full))
    PracticeNotice.SLOW -> listOf(stringResource(R.string.sync_busy))
    PracticeNotice.NOT_REACHED -> listOf(stringResource(R.string.sync_offline))
}

/** The one line that the app says. */
@Composable
fun Notice.text(): String = stringResource(
    when (this) {
        Notice.UNDONE -> R.string.mark_undone
        Notice.WORDS_SAVED -> R.string.mark_words_saved
        Notice.ERASED -> R.string.mark_erased
        Notice.KEPT -> R.string.pick_kept
        Notice.TAKEN_BACK -> R.string.state_withdrawn
        Notice.CODE_SET -> R.string.lock_code_set
        Notice.CODE_OFF -> R.string.lock_code_off
        Notice.COPY_SAVED -> R.string.copy_saved
        Notice.UNPAIRED -> R.string.people_unlinked
        Notice.MATCHED -> R.string.words_matched
        Notice.CUT -> R.string.words_differed
        Notice.ALL_GONE -> R.string.delete_done
        Notice.UP_TO_DATE -> R.string.sync_done
        Notice.NOT_FOUND -> R.string.fail_gone
        Notice.WORDS_TOO_LONG -> R.string.fail_too_long
        Notice.NOT_OFFERED -> R.string.pick_not_offered
        Notice.TOO_MANY_OPEN -> R.string.fail_too_many
        Notice.NOT_COMPARED -> R.string.fail_not_matched
        Notice.PAST_DAY -> R.string.limit_date
        Notice.CHANGED_SINCE -> R.string.preview_changed
        Notice.TOO_LATE -> R.string.status_too_late
        Notice.NOT_READY -> R.string.fail_not_ready
        Notice.BAD_CODE -> R.string.pair_bad
        Notice.RELAY_NEEDED -> R.string.pair_relay_needed
        Notice.NOT_A_COPY -> R.string.copy_in_bad
        Notice.NOT_EMPTY -> R.string.copy_in_not_empty
        Notice.WRONG_CODE -> R.string.lock_code_wrong
        Notice.NO_ROOM -> R.string.lock_disk
        Notice.NO_STORAGE -> R.string.fail_not_saved
        Notice.LATER -> R.string.lock_later
        Notice.DAMAGED -> R.string.fail_unreadable
        Notice.NEWER -> R.string.lock_newer
        Notice.FAULT -> R.string.fail_inside
    },
)

/** What stands above the reason for which the vault does not open. */
@Composable
fun Stop.title(): String = stringResource(
    when (this) {
        Stop.LATER -> R.string.open_later_title
        Stop.KEY_GONE -> R.string.open_key_gone_title
        Stop.DAMAGED -> R.string.open_damaged_title
        Stop.NEWER -> R.string.open_newer_title
        Stop.NO_ROOM -> R.string.open_disk_title
        Stop.BUSY -> R.string.open_other_title
        Stop.FAULT -> R.string.open_fault_title
    },
)

/** What is true, and what to do. */
@Composable
fun Stop.text(): String = stringResource(
    when (this) {
        Stop.LATER -> R.string.lock_later
        Stop.KEY_GONE -> R.string.lock_key_gone
        Stop.DAMAGED -> R.string.lock_damaged
        Stop.NEWER -> R.string.lock_newer
        Stop.NO_ROOM -> R.string.lock_disk
        Stop.BUSY -> R.string.lock_busy
        Stop.FAULT -> R.string.open_fault
    },
)

@get:StringRes
private val StatusLine.id: Int
    get() = when (this) {
        StatusLine.HELD -> R.string.status_held
        StatusLine.WAITS_FOR_CONFIRMATION -> R.string.status_wait_confirm
        StatusLine.WAITS_FOR_COMPARISON -> R.string.status_wait_words
        StatusLine.LINK_ENDED -> R.string.status_ended
        StatusLine.NOT_SENT -> R.string.status_waiting
        StatusLine.MAYBE_SENT -> R.string.status_unsure
        StatusLine.SENT -> R.string.status_sent
        StatusLine.RECEIVED_NOTE_BY -> R.string.status_picked
        StatusLine.RECEIVED_DUE_BY -> R.string.status_picked_by
        StatusLine.RECEIVED_COUNTS -> R.string.status_picked_now
        StatusLine.RECEIVED_FOR_SESSION -> R.string.status_picked_session
        StatusLine.RECEIVED -> R.string.status_picked_only
        StatusLine.OPENED_NOTE_BY -> R.string.status_opened
        StatusLine.OPENED_DUE_BY -> R.string.status_opened_by
        StatusLine.OPENED_COUNTS -> R.string.status_opened_now
        StatusLine.OPENED_FOR_SESSION -> R.string.status_opened_session
        StatusLine.OPENED -> R.string.status_opened_only
        StatusLine.NOTE_HERE -> R.string.status_done
        StatusLine.DONE -> R.string.status_done_quiet
        StatusLine.LATE_NOTE -> R.string.status_late
        StatusLine.LATE -> R.string.status_late_quiet
        StatusLine.TAKING_BACK_UNSURE -> R.string.takeback_waiting
        StatusLine.TAKING_BACK -> R.string.takeback_telling
        StatusLine.TAKEN_BACK_UNSEEN -> R.string.takeback_ok
        StatusLine.TAKEN_BACK_SEEN -> R.string.takeback_late
        StatusLine.EXPIRED -> R.string.status_expired
    }

/** Those whose text has a place for the day; without a day, the core picks another line. */
private val StatusLine.namesADay: Boolean
    get() = when (this) {
        StatusLine.RECEIVED_NOTE_BY, StatusLine.RECEIVED_DUE_BY, StatusLine.OPENED_NOTE_BY, StatusLine.OPENED_DUE_BY -> true
        StatusLine.HELD, StatusLine.WAITS_FOR_CONFIRMATION, StatusLine.WAITS_FOR_COMPARISON, StatusLine.LINK_ENDED,
        StatusLine.NOT_SENT, StatusLine.MAYBE_SENT, StatusLine.SENT, StatusLine.RECEIVED_COUNTS,
        StatusLine.RECEIVED_FOR_SESSION, StatusLine.RECEIVED, StatusLine.OPENED_COUNTS, StatusLine.OPENED_FOR_SESSION,
        StatusLine.OPENED, StatusLine.NOTE_HERE, StatusLine.DONE, StatusLine.LATE_NOTE, StatusLine.LATE,
        StatusLine.TAKING_BACK_UNSURE, StatusLine.TAKING_BACK, StatusLine.TAKEN_BACK_UNSEEN, StatusLine.TAKEN_BACK_SEEN,
        StatusLine.EXPIRED -> false
    }
