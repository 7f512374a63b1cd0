package org.attune.app.ui

import java.time.Instant
import java.time.LocalDate
import org.attune.AttestedTerms
import org.attune.CaseId
import org.attune.Choice
import org.attune.ChoiceState
import org.attune.FollowUp
import org.attune.FollowUpId
import org.attune.Health
import org.attune.Misattunement
import org.attune.MisattunementId
import org.attune.Offer
import org.attune.PairingStage
import org.attune.Pointer
import org.attune.Practice
import org.attune.PracticeCard
import org.attune.PracticeId
import org.attune.PracticeNotice
import org.attune.PracticeRole
import org.attune.Preview
import org.attune.PreviewId
import org.attune.RepairOption
import org.attune.StatusLine
import org.attune.Trouble
import org.attune.WaitsFor
import org.attune.app.model.MomentLine

/** People, moments and choices that are made up, for pictures: a Friday in March, and what a client could have there. */
internal object Made {
    val today: LocalDate = LocalDate.of(2026, 3, 6)
    val told = AttestedTerms(noFee = true, keepsSlot = true, keepsPlace = true, noMissedVisit = true)
    val untold = AttestedTerms(noFee = false, keepsSlot = false, keepsPlace = false, noMissedVisit = false)
    const val WORDS = "I said I was tired of the new plan, and we went on as if I had not."
    const val THERAPIST = "Dr. Amara Osei"
    const val DESK = "Northgate Clinic, front desk"

    fun practice(
        id: Long = 1,
        name: String = THERAPIST,
        role: PracticeRole = PracticeRole.THERAPIST,
        compared: Boolean = true,
        notice: PracticeNotice? = null,
        leaves: String = "",
    ) = Practice(
        PracticeId(id),
        PairingStage.ACTIVE,
        PracticeCard(role, name, OFFERED, told, "Ms. Lindqvist", leaves, null),
        "https://relay.example.org",
        "Sam",
        Health(Trouble.NONE, compared, false, false, false, Instant.parse("2026-03-06T08:00:00Z")),
        notice,
    )

    val desk = practice(2, DESK, PracticeRole.COORDINATOR)

    fun moment(id: Long = 7, at: String = "2026-03-06T09:24:00Z", words: String? = WORDS, pointer: Pointer? = Pointer.LEFT_OUT) =
        Misattunement(MisattunementId(id), Instant.parse(at), 60, words, pointer, LocalDate.of(2026, 6, 4))

    fun choice(
        option: RepairOption = RepairOption.WRITTEN_FOLLOW_UP,
        status: StatusLine = StatusLine.RECEIVED_NOTE_BY,
        state: ChoiceState = ChoiceState.RECEIVED,
        case: String = "c1",
        recipient: String = THERAPIST,
        words: String? = WORDS,
        until: LocalDate? = null,
        open: Boolean = true,
        late: Boolean = false,
        hasNote: Boolean = false,
        waitsFor: WaitsFor? = null,
    ) = Choice(
        caseId = CaseId(case), moment = MisattunementId(7), practice = PracticeId(1), recipient = recipient, option = option,
        pointer = Pointer.LEFT_OUT, words = words, until = until, state = state, status = status,
        due = LocalDate.of(2026, 3, 10), waitsFor = waitsFor, unsure = false, ended = false, hasNote = hasNote, open = open,
        canTakeBack = open, canChange = open, canLetGo = late, canErase = !open,
    )

    val note = FollowUp(
        FollowUpId("n1"), CaseId("c1"), PracticeId(1), THERAPIST,
        "You told me that the new plan was wearing you out. I went on with it and did not answer.\n\n" +
            "That left you alone with it. It was my part to stop there, and I did not.\n\n" +
            "On Tuesday we start with the old plan. The new one waits until you say so.\n\n" +
            "No reply is needed.",
        Instant.parse("2026-03-05T15:10:00Z"),
    )

    val lines = listOf(
        MomentLine(moment(), null),
        MomentLine(moment(6, "2026-03-04T14:02:00Z"), choice()),
        MomentLine(moment(5, "2026-02-27T10:40:00Z"), choice(RepairOption.PAUSE, StatusLine.DONE, ChoiceState.ANSWERED, open = false)),
    )

    /** All of them, as a phone with a therapist, a second one and a front desk has them. */
    val offers = listOf(
        Offer(RepairOption.KEEP, null, null, untold),
    ) + OFFERED.map { Offer(it, PracticeId(1), THERAPIST, told) } +
        Offer(RepairOption.REQUEST_PROVIDER, PracticeId(2), DESK, told) + Offer(RepairOption.INTERPRETER, PracticeId(2), DESK, told)

    /** Two who offer the same. */
    val twice = listOf(
        Offer(RepairOption.KEEP, null, null, untold),
        Offer(RepairOption.PAUSE, PracticeId(1), THERAPIST, told),
        Offer(RepairOption.PAUSE, PracticeId(3), "Jonas Weber, group", told),
        Offer(RepairOption.REQUEST_PROVIDER, null, null, untold),
    )

    fun preview(words: String? = WORDS, pointer: Pointer? = Pointer.LEFT_OUT, until: LocalDate? = null, takesBack: Boolean = false) =
        Preview(
            PreviewId("p1"), PracticeId(1), THERAPIST, PracticeRole.THERAPIST, RepairOption.WRITTEN_FOLLOW_UP, pointer, words, until,
            takesBack,
        )
}

private val OFFERED = listOf(
    RepairOption.REPAIR_QUIETLY, RepairOption.WRITTEN_FOLLOW_UP, RepairOption.BRIEF_CHECK_IN, RepairOption.PAUSE,
    RepairOption.SWITCH_TOPIC, RepairOption.NO_CONTACT,
)
