package org.attune

import java.nio.file.Files
import java.nio.file.Path
import java.time.Clock
import java.time.Instant
import java.time.LocalDate
import java.time.ZoneId
import java.time.ZoneOffset
import kotlinx.coroutines.runBlocking
import org.attune.trial.TrialKeyStore
import org.attune.trial.World
import org.attune.trial.assertDeclined
import org.attune.trial.assertFails
import org.attune.trial.newVault
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.DisplayName
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir

/** Input that nobody should give. */
internal class InputTest {
    @TempDir
    lateinit var root: Path

    @Test
    @DisplayName("input.hostile: over-long, malformed and out-of-range input gets typed errors, and the vault goes on")
    fun hostile() {
        newVault(root.resolve("vault")).use { vault ->
            val moment = vault.flag()
            val million = "🌍".repeat(500_000)
            val surrogate = "half \uD83C"
            val ids = listOf("", "x", "0".repeat(31), "0".repeat(33), "g".repeat(32), "ü".repeat(16), "0".repeat(63), million, "\u0000", surrogate)
            val none = CaseId("0".repeat(32))
            assertDeclined(Why.WORDS_TOO_LONG) { vault.setWords(moment, million) }
            assertDeclined(Why.BAD_INPUT) { vault.setWords(moment, surrogate) }
            for (id in listOf(0L, -1L, 1L, Long.MIN_VALUE, Long.MAX_VALUE)) {
                assertDeclined(Why.NOT_FOUND) { vault.moment(MisattunementId(id)) }
                assertDeclined(Why.NOT_FOUND) { vault.setWords(MisattunementId(id), "words") }
                assertDeclined(Why.NOT_FOUND) { vault.comparisonWords(PracticeId(id)) }
                assertDeclined(Why.NOT_FOUND) { vault.practice(PracticeId(id)) }
                assertDeclined(Why.NOT_FOUND) { vault.shareAboutMe(PracticeId(id), million) }
                assertDeclined(Why.NOT_FOUND) { vault.preview(RepairChoice(RepairOption.PAUSE, PracticeId(id))) }
                assertTrue(vault.choicesOf(MisattunementId(id)).isEmpty())
            }
            for (id in ids) {
                assertDeclined(Why.BAD_INPUT) { vault.choice(CaseId(id)) }
                assertDeclined(Why.BAD_INPUT) { vault.takeBack(CaseId(id)) }
                assertDeclined(Why.BAD_INPUT) { vault.share(PreviewId(id)) }
                assertDeclined(Why.BAD_INPUT) { vault.eraseNote(FollowUpId(id)) }
                assertDeclined(Why.BAD_INPUT) { vault.note(FollowUpId(id)) }
                assertDeclined(Why.BAD_INPUT) { vault.notesOf(CaseId(id)) }
                assertDeclined(Why.BAD_INPUT) { vault.answerProposal(ProposalId(id), null) }
                assertDeclined(Why.BAD_INPUT) { vault.confirmRestored(CaseId(id)) }
            }
            assertDeclined(Why.NOT_FOUND) { vault.choice(none) }
            assertDeclined(Why.BAD_INPUT) { vault.moments(limit = -1) }
            for (days in listOf(0, -1, 65_536, Int.MIN_VALUE, Int.MAX_VALUE)) {
                assertDeclined(Why.BAD_INPUT) { vault.setMomentDays(days) }
            }
            assertDeclined(Why.WORDS_TOO_LONG) { vault.join("attune://relay.example/#1.x", chosenName = "n".repeat(81)) }
            for (code in listOf("", million, "attune://", "attune://a/#1.", "\u0000", "#".repeat(9_999))) {
                assertFails<AttuneException.Declined> { vault.join(code, "https://relay.example") }
                AttuneVault.checkCode(code)
                AttuneVault.completeWord(code)
                AttuneVault.help(HelpKind.NOW, code)
            }
            for (call in listOf({ vault.join(surrogate) }, { AttuneVault.checkCode(surrogate) }, { AttuneVault.help(HelpKind.NOW, surrogate) })) {
                assertDeclined(Why.BAD_INPUT) { call() }
            }
            assertDeclined(Why.BAD_INPUT) { Passcode(surrogate.toCharArray()) }
            assertEquals(moment, vault.moments().single().id)
            assertEquals(90, vault.momentDays())
            assertTrue(vault.practices().isEmpty())
            runBlocking { vault.verify() }
        }
    }

    @Test
    @DisplayName("input.hostile: acts that are out of turn are declined")
    fun outOfTurn() {
        World.paired().use { world ->
            val phone = world.phone
            assertDeclined(Why.NOT_OFFERED) { phone.preview(RepairChoice(RepairOption.KEEP, world.therapist)) }
            assertDeclined(Why.NOT_OFFERED) { phone.preview(RepairChoice(RepairOption.INTERPRETER, world.therapist)) }
            assertDeclined(Why.NOT_OFFERED) { phone.preview(RepairChoice(RepairOption.PAUSE, world.coordinator)) }
            assertDeclined(Why.NOT_FOUND) { phone.preview(RepairChoice(RepairOption.PAUSE, world.therapist, MisattunementId(1))) }
            repeat(AttuneVault.limits().openChoices.toInt()) { world.share(RepairOption.PAUSE) }
            assertDeclined(Why.TOO_MANY_OPEN) { world.share(RepairOption.PAUSE) }
            assertDeclined(Why.TOO_LATE) { phone.confirmRestored(phone.choices().first().caseId) }
            // Three bytes a character: more than what may travel.
            val moment = phone.flag()
            phone.setWords(moment, "道".repeat(500))
            val long = RepairChoice(RepairOption.PAUSE, world.therapist, moment).copy(withWords = true)
            assertDeclined(Why.WORDS_TOO_LONG) { phone.preview(long) }
            assertEquals(AttuneVault.limits().openChoices.toInt(), phone.choices().size)
        }
    }

    @Test
    @DisplayName("time.types: days and instants are java.time's, and the absurd ones are refused")
    fun times() = World.paired().use { world ->
        val bare = RepairChoice(RepairOption.PAUSE, world.therapist)
        for (day in listOf("2028-02-29", "2026-12-31", "9999-12-31").map(LocalDate::parse)) {
            assertEquals(day, world.phone.preview(bare.copy(until = day)).until)
        }
        for (day in listOf(LocalDate.MIN, LocalDate.MAX, LocalDate.of(0, 1, 1), LocalDate.of(-2026, 3, 3), LocalDate.of(10_000, 1, 1), LocalDate.of(1_969, 12, 31))) {
            assertDeclined(Why.BAD_INPUT) { world.phone.preview(bare.copy(until = day)) }
        }
        val store = TrialKeyStore()
        for (instant in listOf(Instant.MIN, Instant.MAX, Instant.ofEpochMilli(-1), Instant.parse("+10000-01-01T00:00:00Z"))) {
            runBlocking { AttuneVault.create(newFolder(), store, clock = clockAt(instant)) }.use { vault ->
                for (call in listOf({ vault.flag() }, { vault.expire() }, { vault.choices() }, { vault.readable() })) {
                    assertDeclined(Why.BAD_INPUT) { call() }
                }
                assertTrue(vault.moments().isEmpty())
            }
        }
        // To the millisecond, at the ends of the calendar too, under the widest offsets there are.
        for (offset in listOf(ZoneOffset.MIN, ZoneOffset.MAX, ZoneOffset.ofHoursMinutes(5, 45))) {
            for (instant in listOf("1970-01-01T00:00:00Z", "2026-03-02T07:30:00.123Z", "9999-12-31T23:59:59.999Z").map(Instant::parse)) {
                runBlocking { AttuneVault.create(newFolder(), store, clock = clockAt(instant, offset)) }.use { vault ->
                    val marked = runCatching { vault.flag() }
                    // A local time outside of the calendar has no day.
                    marked.onSuccess { id ->
                        assertEquals(instant, vault.moment(id).markedAt)
                        assertEquals(instant.atOffset(offset), vault.moment(id).markedAtLocal)
                    }.onFailure { assertEquals(Why.BAD_INPUT, (it as AttuneException.Declined).why) }
                    assertTrue(marked.isSuccess || instant.atOffset(offset).year !in 1970..9999, "$offset $instant")
                }
            }
        }
    }

    private fun newFolder(): Path = Files.createTempDirectory(root, "vault")

    private fun clockAt(instant: Instant, zone: ZoneId = ZoneOffset.UTC): Clock = Clock.fixed(instant, zone)
}
