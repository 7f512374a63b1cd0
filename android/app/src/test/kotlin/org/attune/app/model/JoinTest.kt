package org.attune.app.model

import androidx.test.ext.junit.runners.AndroidJUnit4
import org.attune.AttuneVault
import org.attune.CodeReading
import org.attune.PairingStage
import org.attune.PracticeNotice
import org.attune.RepairOption
import org.attune.app.Holds
import org.attune.trial.Desk
import org.attune.trial.Template
import org.attune.trial.TrialKeyStore
import org.attune.trial.World
import org.attune.trial.newVault
import org.attune.trial.text
import org.junit.After
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertNotNull
import org.junit.Assert.assertNull
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith

/** Pairing with a real desk over a real relay, and what goes wrong with it. */
@RunWith(AndroidJUnit4::class)
class JoinTest {
    private val world = World.paired()
    private val rig = Rig(clock = world.clock).also { it.on(AppEvent.Begin) }

    @After
    fun close() {
        rig.close()
        world.close()
    }

    private fun joining(): JoinModel {
        rig.on(AppEvent.Go(Route.Join))
        return rig.top()
    }

    /** A pairing by link, as far as the four words. */
    private fun paired(): JoinModel {
        val join = joining()
        join.on(JoinEvent.By(JoinState.By.LINK))
        join.on(JoinEvent.Code(world.desk.invite().text("code")))
        join.on(JoinEvent.Join)
        repeat(2) {
            world.desk.sync()
            join.on(JoinEvent.Look)
        }
        return join
    }

    @Test
    @Holds(60)
    fun aLinkPairsThatIsTypedOrScannedOrCameWithTheApp() {
        assertEquals(PairingStage.ACTIVE, paired().state.value.practice!!.stage)
        rig.on(AppEvent.Back)
        val scanned = joining()
        val code = world.desk.invite().text("code")
        scanned.on(JoinEvent.Scanned("https://example.org/"))
        assertEquals("what is no code is not taken", "", scanned.state.value.code)
        scanned.on(JoinEvent.Scanned(code))
        assertEquals(code to JoinState.By.LINK, scanned.state.value.code to scanned.state.value.by)
        assertTrue(scanned.state.value.isWhole)
        rig.on(AppEvent.Back)
        rig.on(AppEvent.Hide, AppEvent.Link(code), AppEvent.Unlock(null))
        assertEquals(code, rig.top<JoinModel>().state.value.code)
        assertFalse("the system was given no part of it", rig.kept.routes.any { "#" in it })
    }

    @Test
    @Holds(61)
    fun wordsAreCompletedAndWhatIsWrongIsSaidWhileTyping() {
        val join = joining()
        val words = world.front.invite("--words").text("code").split(' ')
        // Not whole yet, however short it is.
        val begun = words.first().dropLast(1)
        join.on(JoinEvent.Code(begun))
        assertTrue(words.first() in AttuneVault.completeWord(begun))
        join.on(JoinEvent.Complete(words.first()))
        assertEquals(words.first() + " ", join.state.value.code)
        join.on(JoinEvent.Code(words.mapIndexed { at, word -> if (at == 5) word + "zz" else word }.joinToString(" ")))
        assertEquals(CodeReading.UNKNOWN_WORD to 6u, join.state.value.check!!.let { it.reading to it.word })
        join.on(JoinEvent.Code(words.drop(1).joinToString(" ")))
        assertEquals(CodeReading.WORD_COUNT, join.state.value.check!!.reading)
        join.on(JoinEvent.Code(words.joinToString(" ")))
        assertFalse("the address lacks", join.state.value.isWhole)
        join.on(JoinEvent.Relay(" ${world.relay.origin} "))
        join.on(JoinEvent.Name(" Kim "))
        join.on(JoinEvent.Join)
        repeat(2) {
            world.front.sync()
            join.on(JoinEvent.Look)
        }
        val practice = join.state.value.practice!!
        assertEquals(PairingStage.ACTIVE to "Kim", practice.stage to practice.chosenName)
    }

    @Test
    @Holds(62)
    fun aCodeOfANewerVersionAndABadOneAreToldApart() {
        val join = joining()
        val link = "attune://relay.example/#1.kmXd0i_KRqwwryK3MibA6OYHnuNs2TM7Wm5rP7Fu57g"
        for ((code, reading) in listOf(
            link.replace("#1.", "#2.") to CodeReading.NEWER_NEEDED, link.dropLast(4) to CodeReading.NOT_WHOLE, "https://example.org/" to CodeReading.NOT_OURS,
        )) {
            join.on(JoinEvent.Code(code))
            assertEquals(reading, join.state.value.check!!.reading)
            assertFalse(join.state.value.isWhole)
        }
    }

    @Test
    @Holds(62)
    fun aSpentCodeSaysSoAndAnotherCanBeTried() {
        val code = world.desk.invite().text("code")
        newVault(world.root.resolve("first"), TrialKeyStore(), clock = world.clock).use { first ->
            first.join(code)
            Template.meet(first, world.desk)
        }
        val join = joining()
        join.on(JoinEvent.Code(code))
        join.on(JoinEvent.Join)
        repeat(3) {
            world.desk.sync()
            join.on(JoinEvent.Look)
        }
        val practice = join.state.value.practice!!
        assertTrue("${practice.stage} ${practice.notice}", practice.notice == PracticeNotice.CODE_SPENT || practice.notice == PracticeNotice.SECOND_CLAIM)
        join.on(JoinEvent.Again)
        assertNull(join.state.value.practice)
    }

    @Test
    @Holds(63)
    fun theWordsMatchOrTheLinkIsCutOrItIsLater() {
        val join = paired()
        val practice = join.state.value.practice!!.id
        join.on(JoinEvent.Compare)
        val client = world.desk.clients().last().text("client")
        assertEquals(world.desk.words(client), rig.top<CompareModel>().state.value.words)
        rig.top<CompareModel>().on(CompareEvent.Later)
        rig.on(AppEvent.Go(Route.Practice(practice)))
        assertFalse(rig.top<PracticeModel>().state.value.practice!!.health.compared)
        rig.top<PracticeModel>().on(PracticeEvent.Compare)
        rig.top<CompareModel>().on(CompareEvent.Match)
        assertEquals(Notice.MATCHED, rig.state.notice)
        assertTrue(rig.top<PracticeModel>().state.value.practice!!.health.compared)
        rig.top<PracticeModel>().on(PracticeEvent.Compare)
        rig.top<CompareModel>().on(CompareEvent.Differ)
        assertEquals(Notice.CUT, rig.state.notice)
        assertTrue(rig.home.state.value.practices.isEmpty())
    }

    @Test
    @Holds(36)
    fun ownWordsBeforeComparingAreDeclinedAndComparingIsNear() {
        paired()
        rig.on(AppEvent.Back)
        rig.home.on(HomeEvent.Mark)
        rig.top<PickModel>().on(PickEvent.Words)
        rig.top<MomentModel>().on(MomentEvent.Words("my own"))
        rig.on(AppEvent.Back)
        rig.top<PickModel>().let { pick -> pick.on(PickEvent.Pick(pick.state.value.offers.first { it.option == RepairOption.PAUSE })) }
        val preview = rig.top<PreviewModel>()
        preview.on(PreviewEvent.WithWords(true))
        assertEquals(Notice.NOT_COMPARED, rig.state.notice)
        assertNull(preview.state.value.preview!!.words)
        assertFalse(preview.state.value.withWords)
        preview.on(PreviewEvent.Compare)
        rig.top<CompareModel>().on(CompareEvent.Match)
        rig.top<PreviewModel>().on(PreviewEvent.WithWords(true))
        assertEquals("my own", rig.top<PreviewModel>().state.value.preview!!.words)
    }

    @Test
    @Holds(64, 66)
    fun theCardIsShownAndUnpairingIsAtOnce() {
        val id = paired().state.value.practice!!.id
        rig.on(AppEvent.Back, AppEvent.Go(Route.Practice(id)))
        val card = rig.top<PracticeModel>().state.value.practice!!.card!!
        assertEquals(World.THERAPIST to "Noa Brand", card.name to card.backup)
        assertEquals("Dates go to your insurer.", card.leavesPractice)
        assertTrue(card.terms.noFee && card.offered.isNotEmpty())
        rig.top<PracticeModel>().on(PracticeEvent.Unpair)
        assertTrue(rig.home.state.value.practices.isEmpty())
        assertTrue(rig.routes.isEmpty())
    }

    @Test
    @Holds(65)
    fun whoIntroducedAPracticeIsOnItsCard() {
        val third = Desk(world.root.resolve("third"), world.clock)
        third.run(
            "init", "--name", "Dr Kofi Mensah", "--role", "Therapist", "--relay", world.relay.origin, "--no-fee",
            "--backup", "Noa Brand", "--leaves-practice", "Nothing.", "--introduced-by", World.FRONT_DESK,
        )
        val join = joining()
        join.on(JoinEvent.Code(third.invite().text("code")))
        join.on(JoinEvent.Join)
        repeat(2) {
            third.sync()
            join.on(JoinEvent.Look)
        }
        assertEquals(World.FRONT_DESK, join.state.value.practice!!.card!!.introducedBy)
    }

    @Test
    @Holds(67)
    fun aLinkThatTheOtherSideCutSaysSoAndANewCodeIsNear() {
        val id = paired().state.value.practice!!.id
        world.desk.run("unpair", world.desk.clients().last().text("client"))
        world.desk.sync()
        rig.on(AppEvent.Back, AppEvent.Go(Route.Practice(id)))
        val practice = rig.top<PracticeModel>()
        practice.on(PracticeEvent.Look)
        assertEquals(PracticeNotice.GOODBYE, practice.state.value.practice!!.notice)
        practice.on(PracticeEvent.Join)
        assertNotNull(rig.top<JoinModel>())
    }
}
