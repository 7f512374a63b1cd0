package org.attune

import java.nio.file.Path
import kotlinx.coroutines.runBlocking
import org.attune.trial.Template
import org.attune.trial.TrialKeyStore
import org.attune.trial.World
import org.attune.trial.assertDeclined
import org.attune.trial.newVault
import org.attune.trial.text
import org.junit.jupiter.api.AfterEach
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.BeforeEach
import org.junit.jupiter.api.DisplayName
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir

/** What practices put to the person, and what both say of themselves. */
internal class ProposalTest {
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

    /** A text that the desk has put and the phone has. */
    private fun put(kind: String = "file-line", text: String = LINE): ProposalId {
        val id = world.desk.propose(kind, text)
        world.desk.sync()
        world.syncPhone()
        return ProposalId(id)
    }

    /** What the desk knows of the answer. */
    private fun heard(id: ProposalId): Pair<Any?, Any?> {
        world.syncAll()
        return world.desk.proposal(id.value).let { it["answer"] to it["words"] }
    }

    @Test
    @DisplayName("proposal.arrives: what a practice puts arrives whole, is listed, is had by its id, and can be erased")
    fun arrives() {
        val line = put()
        val plan = put("plan-draft", "We meet at ten.\nYou say when we stop. “妈妈”")
        assertEquals(setOf(line, plan), phone.proposals().map { it.id }.toSet())
        val draft = phone.proposal(plan)
        assertEquals(draft, phone.proposals().single { it.id == plan })
        assertEquals(ProposalKind.PLAN_DRAFT to "We meet at ten.\nYou say when we stop. “妈妈”", draft.kind to draft.text)
        assertEquals(world.therapist to World.THERAPIST, draft.practice to draft.sender)
        assertEquals(world.clock.instant(), draft.storedAt)
        assertTrue(draft.open && draft.answer == null && draft.words == null && !draft.waits)
        assertEquals(ProposalKind.FILE_LINE to LINE, phone.proposal(line).let { it.kind to it.text })

        phone.eraseProposal(plan)
        world.syncAll()
        assertEquals(listOf(line), phone.proposals().map { it.id })
        assertDeclined(Why.NOT_FOUND) { phone.proposal(plan) }
        assertDeclined(Why.NOT_FOUND) { phone.eraseProposal(plan) }
        assertDeclined(Why.BAD_INPUT) { phone.proposal(ProposalId("x")) }
    }

    @Test
    @DisplayName("proposal.answer: an answer reaches the desk, the last one counts, none takes it back, and silence stays silence")
    fun answer() {
        val id = put()
        assertEquals(null to null, heard(id))
        for ((answer, name) in listOf("LooksRight", "ChangeIt", "LeaveIt").let(ProposalAnswer.entries::zip)) {
            phone.answerProposal(id, answer)
            assertEquals(answer, phone.proposal(id).answer)
            assertEquals(name to null, heard(id))
        }
        phone.answerProposal(id, null)
        assertNull(phone.proposal(id).answer)
        assertEquals(null to null, heard(id))
    }

    @Test
    @DisplayName("proposal.words: words say how it is to be changed, up to their limit in bytes; with another answer they are refused")
    fun words() {
        val id = put()
        phone.answerProposal(id, ProposalAnswer.CHANGE_IT, "  Not planned: asked. 请 ")
        assertEquals("Not planned: asked. 请", phone.proposal(id).words)
        assertEquals("ChangeIt" to "Not planned: asked. 请", heard(id))
        val most = AttuneVault.limits().sharedWordsBytes.toInt()
        assertDeclined(Why.WORDS_TOO_LONG) { phone.answerProposal(id, ProposalAnswer.CHANGE_IT, "é".repeat(most / 2) + "e") }
        assertDeclined(Why.NOT_OFFERED) { phone.answerProposal(id, ProposalAnswer.LOOKS_RIGHT, "words") }
        assertDeclined(Why.NOT_OFFERED) { phone.answerProposal(id, null, "words") }
        assertEquals("Not planned: asked. 请", phone.proposal(id).words)
        phone.answerProposal(id, ProposalAnswer.CHANGE_IT, "é".repeat(most / 2))
        assertEquals("ChangeIt" to "é".repeat(most / 2), heard(id))
        phone.answerProposal(id, ProposalAnswer.LEAVE_IT, "  ")
        assertEquals("LeaveIt" to null, heard(id))
    }

    @Test
    @DisplayName("proposal.over: what the practice is done with stays, and can be answered no more")
    fun over() {
        val id = put()
        phone.answerProposal(id, ProposalAnswer.LOOKS_RIGHT)
        world.syncAll()
        world.desk.closeProposal(id.value)
        world.syncAll()
        val over = phone.proposal(id)
        assertEquals(ProposalAnswer.LOOKS_RIGHT to LINE, over.answer to over.text)
        assertFalse(over.open)
        assertDeclined(Why.TOO_LATE) { phone.answerProposal(id, ProposalAnswer.LEAVE_IT) }
        assertDeclined(Why.NOT_FOUND) { phone.answerProposal(ProposalId("0".repeat(32)), null) }
    }

    @Test
    @DisplayName("about.practice: what a practice says of itself comes and goes with its word")
    fun aboutPractice() {
        assertNull(phone.aboutPractice(world.therapist))
        world.desk.tell("I take notes by hand.\nAsk me to stop. 好")
        world.desk.sync()
        world.syncPhone()
        assertEquals("I take notes by hand.\nAsk me to stop. 好", phone.aboutPractice(world.therapist))
        assertNull(phone.aboutPractice(world.coordinator))
        world.desk.tell("")
        world.desk.sync()
        world.syncPhone()
        assertNull(phone.aboutPractice(world.therapist))
        assertDeclined(Why.NOT_FOUND) { phone.aboutPractice(PracticeId(99)) }
    }

    @Test
    @DisplayName("about.me: words about oneself reach that one practice, up to their limit in bytes, and are taken back")
    fun aboutMe() {
        assertNull(phone.aboutMe(world.therapist))
        phone.shareAboutMe(world.therapist, "  Call me Sam. شكرا ")
        assertEquals(OwnAbout("Call me Sam. شكرا", waits = false), phone.aboutMe(world.therapist))
        world.syncAll()
        world.front.sync()
        assertEquals("Call me Sam. شكرا" to null, world.desk.aboutClient() to world.front.aboutClient())
        val most = AttuneVault.limits().aboutBytes.toInt()
        assertDeclined(Why.WORDS_TOO_LONG) { phone.shareAboutMe(world.therapist, "é".repeat(most / 2) + "e") }
        phone.shareAboutMe(world.therapist, "é".repeat(most / 2))
        world.syncAll()
        assertEquals("é".repeat(most / 2), world.desk.aboutClient())
        phone.shareAboutMe(world.therapist, " ")
        assertNull(phone.aboutMe(world.therapist))
        world.syncAll()
        assertNull(world.desk.aboutClient())

        // Not before the words were compared.
        newVault(root.resolve("another"), clock = world.clock).use { another ->
            val practice = another.join(world.desk.invite().text("code"))
            assertDeclined(Why.NOT_READY) { another.shareAboutMe(practice, "Call me Kim.") }
            Template.meet(another, world.desk)
            assertDeclined(Why.NOT_COMPARED) { another.shareAboutMe(practice, "Call me Kim.") }
            assertNull(another.aboutMe(practice))
        }
    }

    @Test
    @DisplayName("about.restored: after a copy was brought back, what was said to a practice waits until it is said again")
    fun restored() {
        val id = put()
        phone.answerProposal(id, ProposalAnswer.LOOKS_RIGHT)
        phone.shareAboutMe(world.therapist, "Call me Sam.")
        world.syncAll()
        val copy = root.resolve("copy.attune")
        val back = runBlocking {
            Passcode("of the copy".toCharArray()).use { phone.saveCopy(copy, it) }
            Passcode("of the copy".toCharArray()).use { AttuneVault.bringBack(copy, it, root.resolve("back"), TrialKeyStore(), clock = world.clock) }
        }
        world.goOnWith(back)
        repeat(2) { world.syncAll() }
        assertTrue(phone.proposal(id).waits && phone.aboutMe(world.therapist)!!.waits)
        assertEquals(null to null, heard(id))
        assertNull(world.desk.aboutClient())
        // Comparing the words says who is there, and not what was said.
        assertDeclined(Why.NOT_COMPARED) { phone.shareAboutMe(world.therapist, "Call me Sam.") }
        phone.confirmWords(world.therapist, phone.comparisonWords(world.therapist))
        world.desk.confirm("1")
        assertEquals(null to null, heard(id))
        phone.answerProposal(id, ProposalAnswer.LEAVE_IT)
        phone.shareAboutMe(world.therapist, "Call me Sam.")
        assertFalse(phone.proposal(id).waits || phone.aboutMe(world.therapist)!!.waits)
        assertEquals("LeaveIt" to null, heard(id))
        assertEquals("Call me Sam.", world.desk.aboutClient())
    }

    @Test
    @DisplayName("draft.kept: what was typed and not shared is there after opening again, is not sent, and goes when it is shared, answered or taken back")
    fun drafts() {
        val id = put()
        val typed = " Not planned: asked, 请 and \n"
        assertEquals(null to null, phone.proposalDraft(id) to phone.aboutMeDraft(world.therapist))
        phone.keepProposalDraft(id, typed)
        phone.keepAboutMeDraft(world.therapist, typed)
        assertDeclined(Why.WORDS_TOO_LONG) { phone.keepProposalDraft(id, "w".repeat(AttuneVault.limits().sharedWordsBytes.toInt() + 1)) }
        assertDeclined(Why.WORDS_TOO_LONG) { phone.keepAboutMeDraft(world.therapist, "w".repeat(AttuneVault.limits().aboutBytes.toInt() + 1)) }
        assertDeclined(Why.NOT_FOUND) { phone.keepProposalDraft(ProposalId("0".repeat(32)), typed) }
        assertDeclined(Why.NOT_FOUND) { phone.aboutMeDraft(PracticeId(99)) }
        phone.close()
        world.goOnWith(world.open())
        assertEquals(typed to typed, phone.proposalDraft(id) to phone.aboutMeDraft(world.therapist))
        assertNull(phone.aboutMeDraft(world.coordinator))
        assertEquals(null to null, heard(id))
        assertNull(world.desk.aboutClient())

        phone.answerProposal(id, ProposalAnswer.CHANGE_IT, "Asked.")
        phone.shareAboutMe(world.therapist, "Call me Sam.")
        assertEquals(null to null, phone.proposalDraft(id) to phone.aboutMeDraft(world.therapist))
        phone.keepProposalDraft(id, typed)
        phone.keepAboutMeDraft(world.therapist, typed)
        phone.answerProposal(id, null)
        phone.shareAboutMe(world.therapist, "")
        assertEquals(null to null, phone.proposalDraft(id) to phone.aboutMeDraft(world.therapist))
        phone.keepProposalDraft(id, typed)
        phone.keepProposalDraft(id, " ")
        assertNull(phone.proposalDraft(id))
    }

    @Test
    @DisplayName("about.waits: a practice says why no words about oneself can be shared with it now, and just then they cannot")
    fun aboutWaits() {
        assertNull(phone.practice(world.therapist).aboutWaitsFor)
        newVault(root.resolve("another"), clock = world.clock).use { another ->
            val practice = another.join(world.desk.invite().text("code"))
            assertEquals(AboutWaitsFor.LINK, another.practice(practice).aboutWaitsFor)
            assertDeclined(Why.NOT_READY) { another.shareAboutMe(practice, "Call me Kim.") }
            Template.meet(another, world.desk)
            assertEquals(AboutWaitsFor.COMPARISON, another.practice(practice).aboutWaitsFor)
            assertDeclined(Why.NOT_COMPARED) { another.shareAboutMe(practice, "Call me Kim.") }
            another.confirmWords(practice, another.comparisonWords(practice))
            assertNull(another.practice(practice).aboutWaitsFor)
            another.shareAboutMe(practice, "Call me Kim.")
        }
    }

    private companion object {
        const val LINE = "We changed how we plan the session."
    }
}
