package org.attune

import java.io.IOException
import org.attune.trial.World
import org.attune.trial.assertDeclined
import org.junit.jupiter.api.AfterEach
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.BeforeEach
import org.junit.jupiter.api.DisplayName
import org.junit.jupiter.api.Test

/** What the core says of a choice, a note and a practice, so that no shell has to decide it. */
internal class StatusTest {
    private lateinit var world: World
    private val phone: AttuneVault get() = world.phone

    @BeforeEach
    fun begin() {
        world = World.paired()
    }

    @AfterEach
    fun end() = world.close()

    private fun line(case: CaseId): StatusLine = phone.choice(case).status

    @Test
    @DisplayName("choice.line: each state comes with the one line that says it, by option, day and note")
    fun line() {
        val note = world.share(RepairOption.WRITTEN_FOLLOW_UP)
        val quiet = world.share(RepairOption.REPAIR_QUIETLY)
        val pause = world.share(RepairOption.PAUSE)
        val session = world.share(RepairOption.BRIEF_CHECK_IN)
        val all = listOf(note, quiet, pause, session)
        fun lines() = all.map(::line)
        assertEquals(List(4) { StatusLine.NOT_SENT }, lines())
        world.syncPhone()
        assertEquals(List(4) { StatusLine.SENT }, lines())
        world.desk.sync()
        world.syncPhone()
        assertEquals(
            listOf(StatusLine.RECEIVED_NOTE_BY, StatusLine.RECEIVED_DUE_BY, StatusLine.RECEIVED_COUNTS, StatusLine.RECEIVED_FOR_SESSION),
            lines(),
        )
        all.forEach { world.desk.open(it.value) }
        world.syncAll()
        assertEquals(
            listOf(StatusLine.OPENED_NOTE_BY, StatusLine.OPENED_DUE_BY, StatusLine.OPENED_COUNTS, StatusLine.OPENED_FOR_SESSION),
            lines(),
        )
        val today = world.clock.now
        // A note is due in three working days, the quiet repair in a week.
        world.clock.now = today.plusDays(8)
        assertEquals(listOf(StatusLine.LATE_NOTE, StatusLine.LATE, StatusLine.OPENED_COUNTS), listOf(note, quiet, pause).map(::line))
        world.clock.now = today
        world.desk.reply(note.value, NOTE)
        world.desk.done(quiet.value)
        phone.takeBack(pause)
        assertEquals(StatusLine.TAKING_BACK, line(pause))
        world.syncAll()
        assertEquals(listOf(StatusLine.NOTE_HERE, StatusLine.DONE, StatusLine.TAKEN_BACK_SEEN), listOf(note, quiet, pause).map(::line))
        val early = world.share(RepairOption.SWITCH_TOPIC)
        world.syncPhone()
        phone.takeBack(early)
        assertEquals(StatusLine.TAKING_BACK_UNSURE, line(early))
        world.syncAll()
        assertEquals(StatusLine.TAKEN_BACK_UNSEEN, line(early))
    }

    @Test
    @DisplayName("choice.can: a choice says what can be done with it, and just that can be done")
    fun can() {
        val case = world.share(RepairOption.WRITTEN_FOLLOW_UP)
        val change = RepairChoice(RepairOption.PAUSE, world.therapist).copy(replaces = case)
        /** Open, and what is offered; the acts that change nothing are tried. */
        fun offered(): List<Boolean> {
            val choice = phone.choice(case)
            assertEquals(choice.canChange, runCatching { phone.preview(change) }.isSuccess)
            if (!choice.canErase) assertDeclined(Why.TOO_LATE) { phone.eraseChoice(case) }
            if (!choice.canTakeBack) assertDeclined(Why.TOO_LATE) { phone.takeBack(case) }
            return listOf(choice.open, choice.canTakeBack, choice.canChange, choice.canLetGo, choice.canErase)
        }
        assertEquals(listOf(true, true, true, false, false), offered())
        world.syncAll()
        assertEquals(listOf(true, true, true, false, false), offered())
        val today = world.clock.now
        world.clock.now = today.plusDays(6)
        assertEquals(listOf(true, true, true, true, false), offered())
        world.clock.now = today
        phone.takeBack(case)
        assertEquals(listOf(true, false, false, false, false), offered())
        world.syncAll()
        assertEquals(listOf(false, false, false, false, true), offered())
        phone.eraseChoice(case)
    }

    @Test
    @DisplayName("note.one: a note is had by its id, and the notes on a choice by the choice's")
    fun note() {
        val case = world.share(RepairOption.WRITTEN_FOLLOW_UP)
        val other = world.share(RepairOption.WRITTEN_FOLLOW_UP)
        world.syncAll()
        world.desk.reply(case.value, NOTE)
        repeat(2) { world.syncAll() }
        val note = phone.notesOf(case).single()
        assertEquals(NOTE to note, note.text to phone.note(note.id))
        assertTrue(phone.notesOf(other).isEmpty())
        phone.eraseNote(note.id)
        assertTrue(phone.notesOf(case).isEmpty())
        assertDeclined(Why.NOT_FOUND) { phone.note(note.id) }
        assertEquals(StatusLine.DONE, line(case))
    }

    @Test
    @DisplayName("pair.one: a practice is had by its id, with the one thing that there is to say of the link")
    fun one() {
        world.syncAll()
        assertEquals(phone.practices(), listOf(world.therapist, world.coordinator).map(phone::practice))
        assertNull(phone.practice(world.therapist).notice)
        assertDeclined(Why.NOT_FOUND) { phone.practice(PracticeId(99)) }
        world.syncPhone { _, _ -> throw IOException() }
        assertEquals(PracticeNotice.NOT_REACHED, phone.practice(world.therapist).notice)
        val case = world.share(RepairOption.PAUSE)
        world.syncAll()
        world.desk.run("unpair", "1")
        world.syncAll()
        val ended = phone.practice(world.therapist)
        assertEquals(PairingStage.ENDED to PracticeNotice.GOODBYE, ended.stage to ended.notice)
        assertNull(phone.practice(world.coordinator).notice)
        val choice = phone.choice(case)
        assertEquals(StatusLine.LINK_ENDED, choice.status)
        assertTrue(choice.canErase)
        assertFalse(choice.open || choice.canTakeBack || choice.canChange || choice.canLetGo)
    }

    private companion object {
        const val NOTE = "I joked about your accent. I am sorry. No reply is needed."
    }
}
