package org.attune.app.story

import androidx.compose.ui.semantics.SemanticsProperties
import androidx.compose.ui.test.SemanticsMatcher
import androidx.compose.ui.test.doubleClick
import androidx.compose.ui.test.hasTestTag
import androidx.compose.ui.test.hasText
import androidx.compose.ui.test.performTouchInput
import androidx.lifecycle.Lifecycle
import java.nio.file.Files
import org.attune.RepairOption
import org.attune.app.Holds
import org.attune.app.R
import org.attune.trial.Desk
import org.attune.trial.World
import org.attune.trial.text
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertNull
import org.junit.Assert.assertTrue
import org.junit.Test

/** The story, from the first day to the last, through the app's own window. */
internal class StoryTest : Story() {
    private fun linkBoth() {
        begin()
        link(town.desk, World.THERAPIST, "1", isFirst = true)
        turn("land")
        link(town.front, World.FRONT_DESK, "1", isFirst = false)
        turn("port")
    }

    @Test
    @Holds(1, 6, 20, 21, 30, 31, 34, 35, 39, 42, 43, 46, 52, 60, 61, 63, 90, 92, 95)
    fun whatIsSharedIsWhatWasShownAndANoteComesBack() {
        linkBoth()
        keep()
        withWords()
        // Whoever wants no notes gets none from then on, so that comes last.
        val last = RepairOption.NO_CONTACT
        for (option in RepairOption.entries - RepairOption.KEEP - RepairOption.REPAIR_QUIETLY - last) threeTaps(option)
        // More than once: at first, what pairing left to do is done with.
        for (round in 1..6) {
            lookBoth()
            town.front.sync()
            if (town.front.inbox().isNotEmpty() && town.desk.inbox().isNotEmpty()) break
        }
        look()
        assertEquals(setOf(RepairOption.REQUEST_PROVIDER, RepairOption.INTERPRETER).map { it.spelled }.toSet(), town.front.options())
        val rest = RepairOption.entries - setOf(RepairOption.KEEP, RepairOption.REQUEST_PROVIDER, RepairOption.INTERPRETER, last)
        assertEquals(rest.map { it.spelled }.toSet(), town.desk.options())
        for (option in rest - RepairOption.REPAIR_QUIETLY) {
            val card = town.desk.card(option)
            assertEquals(World.CLIENT, card["name"])
            for (none in listOf("words", "pointer", "until")) assertNull("$option $none", card[none])
        }
        val card = town.desk.card(RepairOption.REPAIR_QUIETLY)
        assertEquals(listOf(WORDS, "Said"), listOf(card["words"], card["pointer"]))
        town.desk.reply(town.desk.inbox().single { it["option"] == RepairOption.WRITTEN_FOLLOW_UP.spelled }.text("case"), NOTE)
        lookBoth()
        threeTaps(last)
        lookBoth()
        assertTrue(last.spelled in town.desk.options())
        note()
    }

    /** Three taps from the first screen to what was shared. */
    private fun threeTaps(option: RepairOption) {
        val taps = hand.tapsOf {
            mark()
            pick(option)
            share()
        }
        assertEquals(3, taps)
        hand.tap(R.string.button_done)
        hand.see(R.string.home_title)
    }

    private fun Desk.options(): Set<Any?> = inbox().map { it["option"] }.also { assertEquals(it.size, it.toSet().size) }.toSet()

    /** *Keep it to myself* stands first and sends nothing. */
    private fun keep() {
        rule.onNode(hasTestTag("mark")).performTouchInput { doubleClick() }
        hand.see(R.string.mark_saved)
        val offered = rule.onAllNodes(hasTestTagOfOption()).fetchSemanticsNodes()
        assertEquals(RepairOption.entries.size, offered.size)
        assertEquals("no option is larger than another in width", 1, offered.map { it.size.width }.toSet().size)
        hand.tapTag("pick-KEEP")
        hand.see(R.string.pick_kept)
        hand.see(R.string.home_title)
        assertEquals("two quick taps are one moment", 1, rule.onAllNodes(hasText(hand.say(R.string.state_held))).fetchSemanticsNodes().size)
    }

    /** Own words and where it was go along because they were switched on, as the preview says. */
    private fun withWords() {
        mark()
        hand.tap(R.string.mark_words)
        hand.see(R.string.title_moment)
        hand.type(R.string.moment_words, WORDS)
        hand.tap(R.string.mark_where_said)
        turn("land")
        hand.see(WORDS)
        hand.tap(R.string.moment_pick)
        hand.see(R.string.pick_title)
        pick(RepairOption.REPAIR_QUIETLY)
        val plain = listOf(
            hand.say(R.string.preview_to_name, World.THERAPIST), hand.say(R.string.pair_role_therapist),
            hand.say(R.string.preview_choice), hand.say(R.string.pick_fix),
        )
        val name = hand.say(R.string.preview_name, World.CLIENT)
        hand.see(R.string.preview_when)
        assertEquals(plain + name, hand.texts("exact"))
        hand.tapTag("with-words")
        rule.waitUntil(60_000) { WORDS in hand.texts("exact") }
        turn("port")
        hand.tapTag("with-where")
        val said = hand.say(R.string.mark_where_said)
        rule.waitUntil(60_000) { said in hand.texts("exact") }
        assertEquals(
            plain + hand.say(R.string.preview_where) + said + hand.say(R.string.preview_words) + WORDS + name, hand.texts("exact"),
        )
        share()
        hand.see(R.string.safety_share)
        hand.tap(R.string.button_done)
    }

    private fun note() {
        hand.tap(R.string.home_notes)
        hand.tap(hasText(hand.say(R.string.notes_from, World.THERAPIST)))
        for (part in NOTE.split("\n\n")) hand.see(part)
        hand.see(R.string.notes_no_reply)
        hand.tapTag("aloud")
        assertEquals(NOTE, phone.aloud.reading)
        turn("land")
        assertEquals("turning the phone does not interrupt", NOTE, phone.aloud.reading)
        hand.tapTag("hide")
        hand.see(R.string.lock_title)
        assertNull(phone.aloud.reading)
        turn("port")
        hand.see(R.string.lock_title)
    }

    @Test
    @Holds(9, 10, 22, 47, 69, 70, 71, 72, 73, 79, 95)
    fun takenBackKeptAsACopyWipedAndBroughtBack() {
        begin()
        link(town.desk, World.THERAPIST, "1", isFirst = true)
        mark()
        hand.tapTag("undo")
        hand.see(R.string.mark_undone)
        takeBackBefore()
        takeBackAfter()
        hide()
        copy()
    }

    private fun takeBackBefore() {
        mark()
        pick(RepairOption.PAUSE)
        share()
        hand.tap(R.string.button_done)
        hand.see(R.string.status_waiting)
        val taps = hand.tapsOf {
            hand.tap(hasText(hand.say(R.string.status_waiting)))
            hand.tapTag("take-back")
        }
        assertEquals(2, taps)
        hand.see(R.string.takeback_ok)
        hand.tapTag("back")
        lookBoth()
        assertTrue(town.desk.inbox().isEmpty())
    }

    private fun takeBackAfter() {
        mark()
        pick(RepairOption.PAUSE)
        share()
        hand.tap(R.string.button_done)
        lookBoth()
        assertEquals("Pause", town.desk.inbox().single()["option"])
        hand.tap(hasText(hand.say(R.string.status_picked_now)))
        hand.tapTag("take-back")
        hand.see(R.string.takeback_telling)
        hand.tapTag("back")
        lookBoth()
        hand.see(R.string.takeback_late)
        assertTrue(town.desk.inbox().isEmpty())
    }

    /** Neither *Back* nor coming back nor a new window shows more than the lock. */
    private fun hide() {
        hand.tapTag("settings")
        hand.see(R.string.title_settings)
        hand.tapTag("hide")
        hand.see(R.string.lock_title)
        turn("land")
        hand.see(R.string.lock_title)
        window.moveToState(Lifecycle.State.CREATED)
        window.moveToState(Lifecycle.State.RESUMED)
        hand.see(R.string.lock_title)
        assertFalse(hand.sees(R.string.title_settings))
        hand.tap(R.string.button_open)
        hand.see(R.string.home_title)
        turn("port")
    }

    private fun copy() {
        mark()
        pick(RepairOption.WRITTEN_FOLLOW_UP)
        share()
        hand.tap(R.string.button_done)
        hand.tapTag("settings")
        hand.tap(R.string.copy_title)
        hand.see(R.string.copy_sealed)
        hand.see(R.string.copy_readable_sub)
        hand.tap(R.string.copy_readable_save)
        hand.see(R.string.copy_readable_ask)
        hand.tap(R.string.button_not_now)
        hand.type(R.string.copy_passphrase, PHRASE)
        hand.type(R.string.copy_passphrase_again, PHRASE)
        hand.tap(R.string.copy_sealed_save)
        picked("content://place/copy")
        hand.see(R.string.copy_saved)
        assertEquals(setOf("content://place/copy"), phone.documents.written.keys)
        assertEquals(0L, Files.list(phone.cacheDir.resolve("passing").toPath()).use { it.count() })
        hand.tapTag("back")
        deleteAll()
        hand.tap(R.string.copy_in)
        hand.tap(R.string.copy_in_pick)
        picked("content://place/copy")
        hand.type(R.string.copy_in_passphrase, "$PHRASE, but for the end")
        hand.tap(R.string.copy_in)
        hand.see(R.string.copy_passphrase_wrong)
        hand.type(R.string.copy_in_passphrase, PHRASE)
        hand.tap(R.string.copy_in)
        hand.see(R.string.restore_line)
        look()
        town.desk.sync()
        assertTrue("nothing leaves before it is confirmed", town.desk.inbox().isEmpty())
        hand.tap(R.string.restore_look)
        hand.see(R.string.restore_nothing)
        hand.tap(R.string.restore_keep)
        hand.see(R.string.restore_done)
        hand.tap(R.string.button_done)
        lookBoth()
        assertEquals("WrittenFollowUp", town.desk.inbox().single()["option"])
        hand.tapTag("settings")
        deleteAll()
    }

    private fun deleteAll() {
        hand.tap(R.string.delete_title)
        hand.see(R.string.delete_ask)
        hand.tap(R.string.delete_yes)
        hand.see(R.string.privacy_title)
        assertEquals(emptySet<String>(), keyStore.keys.keys)
        assertFalse(Files.exists(phone.noBackupFilesDir.toPath().resolve("vault/vault.db")))
    }

    private companion object {
        const val WORDS = "he said my name wrong, twice"
        const val PHRASE = "four words are enough"
        const val NOTE = "I said your name wrong, and that may have hurt.\n\nI am sorry.\n\n" +
            "I have learned how you say it, and will say it right from March 9 on.\n\nNo reply is needed."

        fun hasTestTagOfOption() = SemanticsMatcher("an option") {
            it.config.getOrElse(SemanticsProperties.TestTag) { "" }.startsWith("pick-")
        }
    }
}
