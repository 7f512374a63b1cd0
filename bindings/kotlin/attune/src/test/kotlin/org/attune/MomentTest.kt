package org.attune

import java.nio.file.Path
import java.time.Duration
import java.time.ZoneId
import java.time.ZonedDateTime
import kotlinx.coroutines.runBlocking
import org.attune.trial.TrialClock
import org.attune.trial.TrialKeyStore
import org.attune.trial.allMoments
import org.attune.trial.assertDeclined
import org.attune.trial.newVault
import org.attune.trial.openVault
import org.junit.jupiter.api.AfterEach
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.BeforeEach
import org.junit.jupiter.api.DisplayName
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir

/** Moments, on the phone alone. */
internal class MomentTest {
    @TempDir
    lateinit var root: Path

    private val clock = TrialClock()
    private val store = TrialKeyStore()
    private lateinit var vault: AttuneVault

    @BeforeEach
    fun begin() {
        vault = newVault(root.resolve("vault"), store, clock = clock)
    }

    @AfterEach
    fun end() = vault.close()

    @Test
    @DisplayName("moment.flag: a mark is there at once, newest first")
    fun flag() {
        val marked = List(3) { vault.flag().also { clock.pass(Duration.ofMinutes(1)) } }
        val moments = vault.moments()
        assertEquals(marked.reversed(), moments.map { it.id })
        assertTrue(moments.all { it.words == null && it.pointer == null })
        assertEquals(moments[0], vault.moment(marked[2]))
        assertTrue(vault.choicesOf(marked[0]).isEmpty())
    }

    @Test
    @DisplayName("moment.undo: undo erases the mark, once")
    fun undo() {
        val first = vault.flag()
        val second = vault.flag()
        vault.undo(second)
        assertEquals(listOf(first), vault.moments().map { it.id })
        assertDeclined(Why.NOT_FOUND) { vault.undo(second) }
    }

    @Test
    @DisplayName("moment.words: words in any script are kept up to their limit; over it the old ones stay")
    fun words() {
        val id = vault.flag()
        val limit = AttuneVault.limits().wordsChars.toInt()
        val texts = listOf("Plain.", "நான் சொன்னது", "أمي", "妈妈说的话", "👩🏽‍🦽 and \u0000 and \uFEFF", "🌍".repeat(limit), "é".repeat(limit))
        for (text in texts) {
            vault.setWords(id, text)
            assertEquals(text, vault.moment(id).words)
        }
        assertDeclined(Why.WORDS_TOO_LONG) { vault.setWords(id, "🌍".repeat(limit + 1)) }
        assertEquals(texts.last(), vault.moment(id).words)
        vault.setWords(id, "  ")
        assertNull(vault.moment(id).words)
        vault.setWords(id, "again")
        vault.setWords(id, null)
        assertNull(vault.moment(id).words)
    }

    @Test
    @DisplayName("moment.pointer: the hint is kept, changed and removed")
    fun pointer() {
        val id = vault.flag()
        val other = vault.flag()
        for (pointer in Pointer.entries + listOf(null)) {
            vault.setPointer(id, pointer)
            assertEquals(pointer, vault.moment(id).pointer)
            assertNull(vault.moment(other).pointer)
        }
        assertDeclined(Why.NOT_FOUND) { vault.setPointer(MisattunementId(1), Pointer.SAID) }
    }

    @Test
    @DisplayName("moment.page: pages follow one another without gap or overlap")
    fun page() {
        val marked = List(23) { vault.flag() }.reversed()
        for (limit in listOf(1, 5, 22, 23, 24, 1_000)) {
            assertEquals(marked, vault.allMoments(limit).map { it.id }, "$limit")
        }
        assertEquals(marked.drop(3).take(4), vault.moments(marked[2], 4).map { it.id })
        // What is marked or erased meanwhile moves no page.
        val newer = vault.flag()
        vault.eraseMoment(marked[5])
        assertEquals(marked.drop(6).take(2), vault.moments(marked[5], 2).map { it.id })
        assertEquals(newer, vault.moments(limit = 1).single().id)
        assertTrue(vault.moments(limit = 0).isEmpty())
    }

    @Test
    @DisplayName("moment.ten-thousand: ten thousand moments are paged through, each once")
    fun tenThousand() {
        val marked = List(10_000) { vault.flag() }
        assertEquals(10_000, marked.toSet().size)
        assertEquals(marked.reversed(), vault.allMoments(500).map { it.id })
        assertEquals(marked.takeLast(50).reversed(), vault.moments().map { it.id })
    }

    @Test
    @DisplayName("moment.erase: one is erased, and all are")
    fun erase() {
        val (first, second, third) = List(3) { vault.flag() }
        vault.eraseMoment(second)
        assertEquals(listOf(third, first), vault.moments().map { it.id })
        assertDeclined(Why.NOT_FOUND) { vault.moment(second) }
        vault.eraseMoments()
        assertTrue(vault.moments().isEmpty())
        vault.eraseMoments()
    }

    @Test
    @DisplayName("moment.expire: moments run out after the days that were set, or never")
    fun expire() {
        assertEquals(90, vault.momentDays())
        vault.setMomentDays(2)
        val old = vault.flag()
        clock.pass(Duration.ofHours(47))
        val young = vault.flag()
        vault.expire()
        assertEquals(listOf(young, old), vault.moments().map { it.id })
        clock.pass(Duration.ofHours(2))
        vault.expire()
        assertEquals(listOf(young), vault.moments().map { it.id })
        vault.setMomentDays(null)
        assertNull(vault.momentDays())
        clock.pass(Duration.ofDays(20))
        vault.expire()
        assertEquals(listOf(young), vault.moments().map { it.id })
    }

    @Test
    @DisplayName("moment.ends: a moment says the day after which it is erased, as moments are kept now")
    fun ends() {
        val id = vault.flag()
        val day = clock.today
        clock.pass(Duration.ofDays(3))
        assertEquals(day.plusDays(90), vault.moment(id).ends)
        vault.setMomentDays(7)
        assertEquals(listOf(day.plusDays(7)), vault.moments().map { it.ends })
        vault.setMomentDays(null)
        assertNull(vault.moment(id).ends)
    }

    @Test
    @DisplayName("vault.expires: what has run out is erased before anybody has the vault")
    fun expires() {
        vault.setMomentDays(2)
        vault.flag()
        clock.pass(Duration.ofHours(47))
        val young = vault.flag()
        val copy = root.resolve("copy.attune")
        runBlocking { Passcode("of the copy".toCharArray()).use { vault.saveCopy(copy, it) } }
        vault.close()
        clock.pass(Duration.ofHours(2))
        vault = openVault(root.resolve("vault"), store, clock = clock)
        assertEquals(listOf(young), vault.moments().map { it.id })
        clock.pass(Duration.ofDays(2))
        val back = runBlocking {
            Passcode("of the copy".toCharArray()).use { AttuneVault.bringBack(copy, it, root.resolve("back"), store, clock = clock) }
        }
        back.use { assertTrue(it.moments().isEmpty()) }
    }

    @Test
    @DisplayName("moment.time: a mark keeps the instant and the zone in which it was made")
    fun time() {
        val times = listOf(
            "2026-03-02T23:59:59.999+05:30[Asia/Kolkata]", "2026-03-03T00:00:00Z",
            "2026-07-01T12:00:00-09:30[Pacific/Marquesas]", "2026-10-25T02:30:00+01:00[Europe/Berlin]",
        ).map(ZonedDateTime::parse)
        val marked = times.map { time ->
            clock.now = time
            vault.flag()
        }
        vault.close()
        clock.now = clock.now.withZoneSameInstant(ZoneId.of("Pacific/Auckland"))
        vault = openVault(root.resolve("vault"), store, clock = clock)
        for ((id, time) in marked zip times) {
            assertEquals(time.toInstant(), vault.moment(id).markedAt)
            assertEquals(time.toOffsetDateTime(), vault.moment(id).markedAtLocal)
        }
    }
}
