package org.attune

import java.nio.file.Path
import org.attune.trial.Template
import org.attune.trial.World
import org.attune.trial.assertDeclined
import org.attune.trial.newVault
import org.attune.trial.text
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.DisplayName
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir

/** Pairing, with real desks over a real relay. */
internal class PairingTest {
    @TempDir
    lateinit var root: Path

    @Test
    @DisplayName("pair.link: a link pairs a phone with a desk over a relay")
    fun link() = World.paired().use { world ->
        newVault(root.resolve("another"), clock = world.clock).use { phone ->
            val invitation = world.desk.invite()
            val code = invitation.text("code")
            val check = AttuneVault.checkCode(code)
            assertEquals(CodeReading.LINK to world.relay.origin, check.reading to check.relay)
            val practice = phone.join(code, chosenName = " Kim ")
            assertEquals(PairingStage.WAITING, phone.practices().single().stage)
            assertDeclined(Why.NOT_READY) { phone.comparisonWords(practice) }
            Template.meet(phone, world.desk)

            val known = phone.practices().single()
            assertEquals(practice to PairingStage.ACTIVE, known.id to known.stage)
            assertEquals("Kim", known.chosenName)
            assertEquals(world.relay.origin, known.relay)
            assertEquals(Trouble.NONE, known.health.trouble)
            assertEquals(world.clock.instant(), known.health.reachedAt)
            val card = known.card!!
            assertEquals(PracticeRole.THERAPIST to World.THERAPIST, card.role to card.name)
            assertEquals(AttestedTerms(noFee = true, keepsSlot = false, keepsPlace = false, noMissedVisit = false), card.terms)
            assertEquals("Noa Brand" to "Dates go to your insurer.", card.backup to card.leavesPractice)
            assertNull(card.introducedBy)
            val client = world.desk.clients().single { it.text("client") == invitation.text("client") }
            assertEquals("Kim" to "Active", client["name"] to client["stage"])
        }
    }

    @Test
    @DisplayName("pair.words: eight words pair, with completion and a check while typing")
    fun words() = World.paired().use { world ->
        newVault(root.resolve("another"), clock = world.clock).use { phone ->
            val code = world.front.invite("--words").text("code")
            val words = code.split(' ')
            assertEquals(8, words.size)
            for (word in words) {
                assertTrue(word in AttuneVault.completeWord(word.take(3)), word)
                assertTrue(AttuneVault.completeWord(word.take(2)).all { it.startsWith(word.take(2)) })
            }
            assertEquals(CodeReading.WORD_COUNT, AttuneVault.checkCode(words.dropLast(1).joinToString(" ")).reading)
            assertEquals(CodeReading.WORDS, AttuneVault.checkCode(code).reading)
            assertDeclined(Why.RELAY_NEEDED) { phone.join(code) }
            assertDeclined(Why.RELAY_NEEDED) { phone.join(code, "not an address") }
            assertTrue(phone.practices().isEmpty())
            phone.join(code, world.relay.origin)
            Template.meet(phone, world.front)
            val known = phone.practices().single()
            assertEquals(PairingStage.ACTIVE to PracticeRole.COORDINATOR, known.stage to known.card!!.role)
            assertNull(known.chosenName)
        }
    }

    @Test
    @DisplayName("pair.bad-code: what is no code says why, and which word is not known")
    fun badCode() {
        val link = "attune://relay.example/#1.kmXd0i_KRqwwryK3MibA6OYHnuNs2TM7Wm5rP7Fu57g"
        val words = "abandon ability able about above absent absorb abstract"
        val readings = listOf(
            link to CodeReading.LINK,
            words to CodeReading.WORDS,
            "https://example.org/" to CodeReading.NOT_OURS,
            link.replace("#1.", "#2.") to CodeReading.NEWER_NEEDED,
            link.dropLast(4) to CodeReading.NOT_WHOLE,
            link.replace("attune://", "attune+http://") to CodeReading.RELAY_UNUSABLE,
            "$words about" to CodeReading.WORD_COUNT,
            words.replace("absent", "absentt") to CodeReading.UNKNOWN_WORD,
        )
        newVault(root.resolve("vault")).use { phone ->
            for ((code, reading) in readings) {
                val check = AttuneVault.checkCode(code)
                assertEquals(reading, check.reading, code)
                assertEquals(if (reading == CodeReading.UNKNOWN_WORD) 6u else null, check.word, code)
                assertEquals(if (reading == CodeReading.LINK) "https://relay.example" else null, check.relay, code)
                if (reading != CodeReading.LINK && reading != CodeReading.WORDS) {
                    assertDeclined(Why.BAD_CODE) { phone.join(code, "https://relay.example") }
                }
            }
            assertTrue(phone.practices().isEmpty())
        }
    }

    @Test
    @DisplayName("pair.compare: the four words are the desk's, and only those that are shown can be confirmed")
    fun compare() = World.paired().use { world ->
        newVault(root.resolve("another"), clock = world.clock).use { phone ->
            val invitation = world.desk.invite()
            val practice = phone.join(invitation.text("code"))
            Template.meet(phone, world.desk)
            val words = phone.comparisonWords(practice)
            assertEquals(4, words.size)
            assertEquals(world.desk.words(invitation.text("client")), words)
            for (others in listOf(words.reversed(), world.phone.comparisonWords(world.therapist))) {
                assertDeclined(Why.NOT_COMPARED) { phone.confirmWords(practice, others) }
            }
            for (count in listOf(words.take(3), words + "able", emptyList())) {
                assertDeclined(Why.BAD_INPUT) { phone.confirmWords(practice, count) }
            }
            assertFalse(phone.practices().single().health.compared)
            phone.confirmWords(practice, words)
            assertTrue(phone.practices().single().health.compared)
        }
    }

    @Test
    @DisplayName("pair.unpair: unpairing forgets the practice at once")
    fun unpair() = World.paired().use { world ->
        val case = world.share(RepairOption.PAUSE)
        val kept = world.share(RepairOption.INTERPRETER)
        world.syncPhone()
        world.phone.unpair(world.therapist)
        assertFalse(world.phone.offers().any { it.practice == world.therapist })
        assertFalse(world.phone.practices().any { it.id == world.therapist && it.stage == PairingStage.ACTIVE })
        assertFalse(world.phone.choices().any { it.caseId == case && !it.ended })
        assertEquals(ChoiceState.UPLOADED, world.state(kept))
        assertDeclined(Why.NOT_FOUND) { world.share(RepairOption.SWITCH_TOPIC) }
        world.syncPhone()
        world.desk.sync()
        assertEquals("Ended", world.desk.clients().single()["stage"])
        assertTrue(world.desk.inbox().isEmpty())
    }
}
