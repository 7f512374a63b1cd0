package org.attune

import java.nio.file.Path
import org.attune.trial.Template
import org.attune.trial.World
import org.attune.trial.assertDeclined
import org.attune.trial.newVault
import org.attune.trial.text
import org.junit.jupiter.api.AfterEach
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertNotEquals
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.BeforeEach
import org.junit.jupiter.api.DisplayName
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir

/** What is picked, previewed and shared, and what real desks make of it. */
internal class ChoiceTest {
    @TempDir
    lateinit var root: Path

    private lateinit var world: World
    private val phone: AttuneVault get() = world.phone

    @BeforeEach
    fun begin() {
        world = World.paired()
    }

    @AfterEach
    fun end() = world.close()

    /** A moment with words and a hint. */
    private fun moment(words: String = WORDS): MisattunementId {
        val id = phone.flag()
        phone.setWords(id, words)
        phone.setPointer(id, Pointer.PLAN)
        return id
    }

    @Test
    @DisplayName("choice.offers: the options come in order, Keep first, with names and attested terms")
    fun offers() {
        val offers = phone.offers()
        assertEquals(
            listOf(
                "KEEP", "PAUSE", "SWITCH_TOPIC", "WRITTEN_FOLLOW_UP", "REPAIR_QUIETLY", "BRIEF_CHECK_IN",
                "NO_CONTACT", "REQUEST_PROVIDER", "INTERPRETER",
            ),
            offers.map { it.option.name },
        )
        for (offer in offers.drop(1)) {
            val recipient = if (world.recipient(offer.option) == world.coordinator) World.FRONT_DESK else World.THERAPIST
            assertEquals(recipient to world.recipient(offer.option), offer.recipient to offer.practice)
            assertEquals(AttestedTerms(noFee = true, keepsSlot = false, keepsPlace = false, noMissedVisit = false), offer.terms)
        }
        assertNull(offers[0].practice)
        assertNull(offers[0].recipient)
        assertFalse(offers[0].terms.noFee)
        // Without a front desk somebody else is to be found outside, and an interpreter is not offered.
        phone.unpair(world.coordinator)
        assertEquals(offers.map { it.option } - RepairOption.INTERPRETER, phone.offers().map { it.option })
        assertNull(phone.offers().single { it.option == RepairOption.REQUEST_PROVIDER }.practice)
    }

    @Test
    @DisplayName("choice.preview: what the desk receives is what the preview said, and no more")
    fun preview() {
        val all = RepairChoice(
            RepairOption.WRITTEN_FOLLOW_UP, world.therapist, moment(),
            withPointer = true, withWords = true, until = world.clock.today.plusDays(10), replaces = null,
        )
        val preview = phone.preview(all)
        assertEquals(listOf(world.therapist, World.THERAPIST), listOf(preview.practice, preview.recipient))
        assertEquals(PracticeRole.THERAPIST to RepairOption.WRITTEN_FOLLOW_UP, preview.role to preview.option)
        assertEquals(WORDS to Pointer.PLAN, preview.words to preview.pointer)
        assertEquals(all.until, preview.until)
        assertFalse(preview.takesBack)
        val case = phone.share(preview.id)
        world.syncAll()
        val shown = world.desk.inbox().single()
        assertEquals(case.value, shown["case"])
        assertEquals(World.CLIENT, shown["name"])
        assertEquals("WrittenFollowUp" to preview.until.toString(), shown["option"] to shown["until"])
        val card = world.desk.open(case.value)
        assertEquals(preview.words to "Plan", card["words"] to card["pointer"])
        assertTrue(world.front.inbox().isEmpty())

        // Every switch off: nothing of the moment goes along.
        val bare = world.share(RepairOption.REPAIR_QUIETLY, moment("Words that stay."))
        world.syncAll()
        val other = world.desk.open(bare.value)
        for (field in listOf("words", "pointer", "until")) assertNull(other[field], field)
        assertEquals("RepairQuietly", other["option"])
    }

    @Test
    @DisplayName("choice.only-previewed: nothing can be shared but what was previewed last, once")
    fun onlyPreviewed() {
        val never = PreviewId("ab".repeat(32))
        assertDeclined(Why.NOT_PREVIEWED) { phone.share(never) }
        val first = phone.preview(RepairChoice(RepairOption.PAUSE, world.therapist))
        val last = phone.preview(RepairChoice(RepairOption.NO_CONTACT, world.therapist))
        for (other in listOf(first.id, never)) assertDeclined(Why.NOT_PREVIEWED) { phone.share(other) }
        val case = phone.share(last.id)
        assertDeclined(Why.NOT_PREVIEWED) { phone.share(last.id) }
        assertEquals(listOf(case to RepairOption.NO_CONTACT), phone.choices().map { it.caseId to it.option })
    }

    @Test
    @DisplayName("choice.every-option: every option that is offered arrives as that option")
    fun everyOption() {
        val offered = phone.offers().filter { it.practice != null }
        val cases = offered.associate { world.share(RepairChoice(it.option, it.practice!!)).value to it.option }
        world.syncAll()
        world.front.sync()
        world.syncPhone()
        val cards = (world.desk.inbox() + world.front.inbox()).associate { it.text("case") to it.text("option") }
        assertEquals(cases.mapValues { (_, option) -> option.name.replace("_", "") }, cards.mapValues { (_, name) -> name.uppercase() })
        assertEquals(8, cards.size)
        assertEquals(listOf("Interpreter", "RequestProvider"), world.front.inbox().map { it.text("option") }.sorted())
        assertTrue(phone.choices().all { it.state == ChoiceState.RECEIVED })
    }

    @Test
    @DisplayName("choice.status: the states follow one another and claim no more than is known")
    fun status() {
        val moment = moment()
        val case = world.share(RepairOption.WRITTEN_FOLLOW_UP, moment)
        assertEquals(ChoiceState.QUEUED, world.state(case))
        assertEquals(listOf(case), phone.choicesOf(moment).map { it.caseId })
        world.syncPhone()
        assertEquals(ChoiceState.UPLOADED, world.state(case))
        assertNull(phone.choice(case).due)
        world.desk.sync()
        assertEquals(ChoiceState.UPLOADED, world.state(case))
        world.syncPhone()
        assertEquals(ChoiceState.RECEIVED, world.state(case))
        // Three working days after Monday.
        assertEquals(world.clock.today.plusDays(3), phone.choice(case).due)
        val today = world.clock.now
        world.clock.now = today.plusDays(4)
        assertEquals(ChoiceState.LATE, world.state(case))
        world.clock.now = today
        world.desk.open(case.value)
        world.syncAll()
        assertEquals(ChoiceState.OPENED, world.state(case))
        world.desk.reply(case.value, NOTE)
        world.syncAll()
        assertEquals(ChoiceState.ANSWERED, world.state(case))
        assertTrue(phone.choice(case).hasNote)
        assertDeclined(Why.TOO_LATE) { phone.takeBack(case) }
    }

    @Test
    @DisplayName("choice.take-back: taken back before and after it was received, each told truly")
    fun takeBack() {
        val early = world.share(RepairOption.PAUSE)
        phone.takeBack(early)
        assertEquals(ChoiceState.WITHDRAWN_UNSEEN, world.state(early))
        val sent = world.share(RepairOption.SWITCH_TOPIC)
        val received = world.share(RepairOption.NO_CONTACT)
        world.syncPhone()
        phone.takeBack(sent)
        assertEquals(ChoiceState.WITHDRAWING, world.state(sent))
        world.syncAll()
        assertEquals(listOf(received.value), world.desk.inbox().map { it["case"] })
        assertEquals(ChoiceState.WITHDRAWN_UNSEEN, world.state(sent))
        phone.takeBack(received)
        world.syncPhone()
        assertEquals(ChoiceState.WITHDRAWING, world.state(received))
        world.syncAll()
        assertEquals(ChoiceState.WITHDRAWN_SEEN, world.state(received))
        assertTrue(world.desk.inbox().isEmpty())
        assertDeclined(Why.TOO_LATE) { phone.takeBack(received) }
    }

    @Test
    @DisplayName("choice.change: another option takes the place of the first")
    fun change() {
        val case = world.share(RepairOption.PAUSE)
        world.syncAll()
        val change = RepairChoice(RepairOption.SWITCH_TOPIC, world.therapist, null, false, false, null, replaces = case)
        assertEquals(case, world.share(change))
        world.syncAll()
        assertEquals(listOf(case.value to "SwitchTopic"), world.desk.inbox().map { it["case"] to it["option"] })
        // To somebody else: taken back here, and new there.
        val elsewhere = RepairChoice(RepairOption.REQUEST_PROVIDER, world.coordinator, null, false, false, null, replaces = case)
        assertTrue(phone.preview(elsewhere).takesBack)
        val other = world.share(elsewhere)
        assertNotEquals(case, other)
        world.syncAll()
        world.front.sync()
        assertTrue(world.desk.inbox().isEmpty())
        assertEquals(listOf(other.value), world.front.inbox().map { it["case"] })
        assertEquals(ChoiceState.WITHDRAWN_SEEN, world.state(case))
        assertDeclined(Why.TOO_LATE) { phone.preview(change) }
    }

    @Test
    @DisplayName("choice.own-words: own words go only after comparing, and only with their switch on")
    fun ownWords() {
        newVault(root.resolve("another"), clock = world.clock).use { another ->
            val practice = another.join(world.desk.invite().text("code"))
            Template.meet(another, world.desk)
            val id = another.flag()
            another.setWords(id, WORDS)
            val withWords = RepairChoice(RepairOption.PAUSE, practice, id, withPointer = false, withWords = true, until = null, replaces = null)
            assertDeclined(Why.NOT_COMPARED) { another.preview(withWords) }
            assertNull(another.preview(withWords.copy(withWords = false)).words)
            another.confirmWords(practice, another.comparisonWords(practice))
            assertEquals(WORDS, another.preview(withWords).words)
            assertNull(another.preview(withWords.copy(withWords = false)).words)
        }
    }

    @Test
    @DisplayName("choice.end-date: an end date is kept, and one in the past is refused")
    fun endDate() {
        val today = world.clock.today
        fun until(days: Long) = RepairChoice(RepairOption.PAUSE, world.therapist).copy(until = today.plusDays(days))
        assertDeclined(Why.PAST_END_DATE) { phone.preview(until(-1)) }
        assertEquals(today, phone.preview(until(0)).until)
        val case = world.share(until(1))
        world.syncAll()
        assertEquals(today.plusDays(1).toString(), world.desk.inbox().single()["until"])
        assertEquals(today.plusDays(1), phone.choice(case).until)
        world.clock.now = world.clock.now.plusDays(2)
        assertTrue(world.desk.inbox().isEmpty())
        world.syncAll()
        assertEquals(ChoiceState.EXPIRED, world.state(case))
    }

    @Test
    @DisplayName("choice.erase: a choice that is over can be erased, an open one cannot")
    fun erase() {
        val case = world.share(RepairOption.PAUSE)
        val other = world.share(RepairOption.NO_CONTACT)
        assertDeclined(Why.TOO_LATE) { phone.eraseChoice(case) }
        world.syncAll()
        assertDeclined(Why.TOO_LATE) { phone.eraseChoice(case) }
        phone.takeBack(case)
        world.syncAll()
        phone.eraseChoice(case)
        assertEquals(listOf(other), phone.choices().map { it.caseId })
        assertDeclined(Why.NOT_FOUND) { phone.choice(case) }
        assertDeclined(Why.NOT_FOUND) { phone.eraseChoice(case) }
    }

    @Test
    @DisplayName("note.arrives: the practice's note arrives whole, is listed, and can be erased")
    fun note() {
        val case = world.share(RepairOption.WRITTEN_FOLLOW_UP)
        world.syncAll()
        world.desk.reply(case.value, NOTE)
        repeat(2) { world.syncAll() }
        val note = phone.notes().single()
        assertEquals(listOf(NOTE, World.THERAPIST), listOf(note.text, note.sender))
        assertEquals(case to world.therapist, note.caseId to note.practice)
        assertEquals(world.clock.instant(), note.storedAt)
        phone.eraseNote(note.id)
        assertTrue(phone.notes().isEmpty())
        world.syncAll()
        assertTrue(phone.notes().isEmpty())
        assertDeclined(Why.NOT_FOUND) { phone.eraseNote(note.id) }
        assertEquals(ChoiceState.ANSWERED, world.state(case))
    }

    private companion object {
        const val WORDS = "When you said that about my mother. 妈妈"
        const val NOTE = "I joked about your accent — “funny”. I am sorry.\nFrom today I ask. No reply is needed."
    }
}
