package org.attune

import java.lang.reflect.ParameterizedType
import java.lang.reflect.Type
import java.nio.file.Path
import java.time.Instant
import java.time.LocalDate
import org.attune.trial.MarkerStory
import org.attune.trial.Party
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.DisplayName
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir

/** What never comes out. */
internal class PrivacyTest {
    @TempDir
    lateinit var root: Path

    @Test
    @DisplayName("private.marker: a planted marker is in no message, no text form, no trace and no output of the process")
    fun marker() {
        val ended = Party.startJvm(root, MarkerStory::class.java.name, root.toString()).finish()
        assertEquals(0, ended.status, ended.errors)
        for (said in listOf(ended.output, ended.errors)) {
            assertFalse(MarkerStory.MARKER in said, said)
            // It was heard at all, to the end.
            assertTrue(said.trimEnd().endsWith(MarkerStory.MARKER.reversed()))
        }
        // Every kind of error was there, but the two that nothing here leads to.
        for (kind in AttuneException::class.sealedSubclasses()) {
            val there = "AttuneException$$kind" in ended.output
            assertEquals(kind !in setOf("NewerVersion", "Internal"), there, kind)
        }
        assertTrue("shows AttuneVault" in ended.output && "shows [Misattunement]" in ended.output)
        assertEquals(25, ended.output.lines().count { it.startsWith("fails ") })
    }

    private fun kotlin.reflect.KClass<*>.sealedSubclasses(): List<String> =
        java.declaredClasses.filter { java.isAssignableFrom(it) }.map { it.simpleName }.also { assertEquals(10, it.size) }

    @Test
    @DisplayName("private.records: printing a record shows none of what it holds")
    fun records() {
        val (text, day, instant) = Triple("marker-7311", LocalDate.of(2073, 1, 17), Instant.ofEpochMilli(7_311_731_173_117))
        val number = 7_311_731_173_117
        val moment = MisattunementId(number)
        val (practice, case, note, id) = listOf(PracticeId(number), CaseId(text), FollowUpId(text), PreviewId(text))
        val proposal = ProposalId(text)
        practice as PracticeId; case as CaseId; note as FollowUpId; id as PreviewId
        val terms = AttestedTerms(noFee = true, keepsSlot = true, keepsPlace = true, noMissedVisit = true)
        val health = Health(Trouble.SLOW, compared = true, newcomer = true, twoPhones = true, secondClaim = true, reachedAt = instant)
        val card = PracticeCard(PracticeRole.THERAPIST, text, listOf(RepairOption.PAUSE), terms, text, text, text)
        val choice = Choice(
            case, moment, practice, text, RepairOption.PAUSE, Pointer.SAID, text, day, ChoiceState.LATE, StatusLine.LATE, day,
            WaitsFor.CONFIRMATION, unsure = true, ended = true, hasNote = true, open = true, canTakeBack = true,
            canChange = true, canLetGo = true, canErase = true,
        )
        val records = listOf(
            moment, practice, case, note, proposal, id, terms, health, card, choice,
            Misattunement(moment, instant, 731, text, Pointer.SAID, day),
            Practice(practice, PairingStage.ACTIVE, card, text, text, health, PracticeNotice.TWO_PHONES),
            Offer(RepairOption.PAUSE, practice, text, terms),
            RepairChoice(RepairOption.PAUSE, practice, moment, withPointer = true, withWords = true, until = day, replaces = case),
            Preview(id, practice, text, PracticeRole.THERAPIST, RepairOption.PAUSE, Pointer.SAID, text, day, takesBack = true),
            FollowUp(note, case, practice, text, text, instant),
            Proposal(
                proposal, practice, text, ProposalKind.FILE_LINE, text, instant, open = true,
                answer = ProposalAnswer.CHANGE_IT, words = text, waits = true,
            ),
            OwnAbout(text, waits = true),
            Restored(case, practice, choice),
            HelpEntry(text, text, text, text, text, day),
            CodeCheck(CodeReading.UNKNOWN_WORD, text, 7_311u),
            Limits(7_311u, 7_311u, 7_311u, 7_311u, 7_311u, 7_311u, 7_311u, 7_311u, 7_311u),
            Answer(7_311, text.toByteArray()),
        )
        for (record in records) assertEquals(record.javaClass.simpleName, record.toString())
        assertEquals(records.joinToString { it.javaClass.simpleName }, records.toString().trim('[', ']'))
        // No record that the vault takes or gives was left out.
        val listed = records.map { it.javaClass }.toSet()
        assertEquals(emptySet<Class<*>>(), recordsOf(AttuneVault::class.java) + recordsOf(AttuneVault.Companion::class.java) - listed)
    }

    private fun recordsOf(type: Class<*>): Set<Class<*>> {
        val mentioned = type.methods.filter { it.declaringClass == type && !it.isSynthetic }
            .flatMap { listOf(it.genericReturnType) + it.genericParameterTypes }.flatMap(::classesIn)
        return mentioned.filter { it.packageName == Misattunement::class.java.packageName && !it.isEnum }.toSet()
    }

    private fun classesIn(type: Type): List<Class<*>> = when (type) {
        is Class<*> -> listOf(type)
        is ParameterizedType -> type.actualTypeArguments.flatMap(::classesIn)
        else -> emptyList()
    }
}
