package org.attune.app.model

import androidx.test.ext.junit.runners.AndroidJUnit4
import java.time.LocalDate
import org.attune.AttuneVault
import org.attune.ChoiceState
import org.attune.Pointer
import org.attune.ProposalAnswer
import org.attune.ProposalId
import org.attune.RepairOption
import org.attune.StatusLine
import org.attune.app.Holds
import org.attune.trial.World
import org.junit.After
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertNotNull
import org.junit.Assert.assertNull
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith

/** From the mark to the answer, by the models' events alone, with a real relay and real desks on the other side. */
@RunWith(AndroidJUnit4::class)
class SharingTest {
    private val world = World.paired().also { it.phone.close() }
    private val rig = Rig(root = world.root.resolve("app"), folder = world.folder, store = world.store, clock = world.clock)

    @After
    fun close() {
        rig.close()
        world.close()
    }

    private fun mark() = rig.home.on(HomeEvent.Mark)

    private fun pick(option: RepairOption) {
        val pick = rig.top<PickModel>()
        pick.on(PickEvent.Pick(pick.state.value.offers.first { it.option == option }))
    }

    private fun look() = rig.home.on(HomeEvent.Look)

    private fun lookBoth() {
        look()
        world.desk.sync()
        look()
    }

    @Test
    @Holds(34, 42)
    fun threeTapsFromAMomentToWhatWasShared() {
        mark()
        pick(RepairOption.WRITTEN_FOLLOW_UP)
        val preview = rig.top<PreviewModel>().state.value.preview!!
        assertEquals(World.THERAPIST, preview.recipient)
        assertNull(preview.words)
        rig.top<PreviewModel>().on(PreviewEvent.Share)
        val choice = rig.top<ChoiceModel>().state.value
        assertTrue(choice.shared)
        assertEquals(StatusLine.NOT_SENT, choice.choice!!.status)
        lookBoth()
        val card = world.desk.open(world.desk.inbox().single()["case"] as String)
        assertEquals("WrittenFollowUp", card["option"])
        assertNull(card["words"])
        assertEquals(ChoiceState.RECEIVED, rig.top<ChoiceModel>().state.value.choice!!.state)
    }

    @Test
    @Holds(39)
    fun aSecondPressSharesNothingTwice() {
        mark()
        pick(RepairOption.PAUSE)
        val preview = rig.top<PreviewModel>()
        preview.on(PreviewEvent.Share)
        preview.on(PreviewEvent.Share)
        rig.on(AppEvent.Back, AppEvent.Go(Route.Choices))
        assertEquals(1, rig.top<ChoicesModel>().state.value.choices.size)
    }

    @Test
    @Holds(44)
    fun aProcessThatDiesRightAfterSharingDoesNotOfferItAgain() {
        mark()
        pick(RepairOption.PAUSE)
        val before = rig.kept.routes
        rig.top<PreviewModel>().on(PreviewEvent.Share)
        // The choice is on the disk, and the routes of after it are not.
        rig.kept.routes = before
        rig.processDies()
        val shown = rig.top<ChoiceModel>().state.value
        assertEquals(RepairOption.PAUSE, shown.choice!!.option)
        rig.on(AppEvent.Go(Route.Choices))
        assertEquals(1, rig.top<ChoicesModel>().state.value.choices.size)
    }

    @Test
    @Holds(45)
    fun aPreviewComesBackAsItWasAfterTheProcessDied() {
        mark()
        rig.top<PickModel>().on(PickEvent.Words)
        rig.top<MomentModel>().on(MomentEvent.Words("the name, twice"))
        rig.on(AppEvent.Back)
        pick(RepairOption.WRITTEN_FOLLOW_UP)
        rig.top<PreviewModel>().on(PreviewEvent.WithWords(true))
        rig.top<PreviewModel>().on(PreviewEvent.Until(world.clock.today.plusDays(4)))
        rig.processDies()
        val state = rig.top<PreviewModel>().state.value
        assertEquals("the name, twice", state.preview!!.words)
        assertEquals(world.clock.today.plusDays(4), state.preview.until)
        assertFalse("the system was given none of the words", rig.kept.routes.any { "name" in it })
    }

    @Test
    @Holds(35)
    fun wordsAndWhereGoOnlyWithTheirSwitchesOn() {
        mark()
        rig.top<PickModel>().on(PickEvent.Words)
        val moment = rig.top<MomentModel>()
        moment.on(MomentEvent.Words("he said my name wrong"))
        moment.on(MomentEvent.Where(Pointer.SAID))
        rig.on(AppEvent.Back)
        pick(RepairOption.REPAIR_QUIETLY)
        val preview = rig.top<PreviewModel>()
        assertNull(preview.state.value.preview!!.words)
        assertNull(preview.state.value.preview!!.pointer)
        preview.on(PreviewEvent.WithPointer(true))
        assertEquals(Pointer.SAID, preview.state.value.preview!!.pointer)
        preview.on(PreviewEvent.Share)
        lookBoth()
        val card = world.desk.open(world.desk.inbox().single()["case"] as String)
        assertEquals("Said", card["pointer"])
        assertNull(card["words"])
    }

    @Test
    @Holds(37)
    fun anEndDateInThePastIsRefusedAndThePreviewStays() {
        mark()
        pick(RepairOption.PAUSE)
        val preview = rig.top<PreviewModel>()
        preview.on(PreviewEvent.Until(LocalDate.of(2026, 3, 1)))
        assertEquals(Notice.PAST_DAY, rig.state.notice)
        assertNull(preview.state.value.preview!!.until)
        assertNotNull(preview.state.value.preview)
    }

    @Test
    @Holds(47)
    fun takingBackIsTwoTapsAndToldTruly() {
        mark()
        pick(RepairOption.PAUSE)
        rig.top<PreviewModel>().on(PreviewEvent.Share)
        rig.on(AppEvent.Back)
        rig.home.on(HomeEvent.Open(Route.Choice(rig.home.state.value.moments.single().choice!!.caseId)))
        rig.top<ChoiceModel>().on(ChoiceEvent.TakeBack)
        assertEquals(StatusLine.TAKEN_BACK_UNSEEN, rig.top<ChoiceModel>().state.value.choice!!.status)
        lookBoth()
        assertTrue(world.desk.inbox().isEmpty())
    }

    @Test
    @Holds(48)
    fun anotherWayTakesThePlaceOfTheFirst() {
        mark()
        pick(RepairOption.PAUSE)
        rig.top<PreviewModel>().on(PreviewEvent.Share)
        lookBoth()
        rig.top<ChoiceModel>().on(ChoiceEvent.Change)
        pick(RepairOption.BRIEF_CHECK_IN)
        rig.top<PreviewModel>().on(PreviewEvent.Share)
        lookBoth()
        assertEquals("BriefCheckIn", world.desk.inbox().single()["option"])
    }

    @Test
    fun seeSomeoneElseGoesToTheFrontDeskAndNowhereElse() {
        mark()
        pick(RepairOption.REQUEST_PROVIDER)
        assertEquals(World.FRONT_DESK, rig.top<PreviewModel>().state.value.preview!!.recipient)
        rig.top<PreviewModel>().on(PreviewEvent.Share)
        look()
        world.desk.sync()
        world.front.sync()
        assertTrue(world.desk.inbox().isEmpty())
        assertEquals("RequestProvider", world.front.inbox().single()["option"])
    }

    @Test
    @Holds(52, 53, 54)
    fun aNoteIsReadAndReadAloudAndErased() {
        mark()
        pick(RepairOption.WRITTEN_FOLLOW_UP)
        rig.top<PreviewModel>().on(PreviewEvent.Share)
        lookBoth()
        world.desk.reply(world.desk.inbox().single()["case"] as String, NOTE)
        world.desk.sync()
        look()
        val choice = rig.top<ChoiceModel>()
        assertEquals(StatusLine.NOTE_HERE, choice.state.value.choice!!.status)
        choice.on(ChoiceEvent.Note(choice.state.value.notes.single()))
        val note = rig.top<NoteModel>()
        assertEquals(NOTE, note.state.value.note!!.text)
        note.on(NoteEvent.Aloud)
        assertEquals(NOTE, rig.aloud.reading)
        rig.aloud.finish()
        assertFalse(note.state.value.reading)
        note.on(NoteEvent.Aloud)
        rig.on(AppEvent.Left)
        assertNull("nobody is there to stop it", rig.aloud.reading)
        rig.on(AppEvent.Returned)
        assertFalse(note.state.value.reading)
        note.on(NoteEvent.Aloud)
        rig.on(AppEvent.Hide)
        assertNull("nothing is read on after hiding", rig.aloud.reading)
        rig.on(AppEvent.Unlock(null), AppEvent.Go(Route.Notes))
        rig.top<NotesModel>().let { it.on(NotesEvent.Open(it.state.value.notes.single().id)) }
        rig.top<NoteModel>().on(NoteEvent.Erase)
        assertTrue(rig.top<NotesModel>().state.value.notes.isEmpty())
    }

    @Test
    @Holds(55, 56)
    fun aDraftIsAnsweredOrLeft() {
        val id = world.desk.propose("plan-draft", "We start with your week.")
        world.desk.sync()
        look()
        assertTrue(rig.home.state.value.drafts)
        rig.on(AppEvent.Go(Route.Proposals))
        rig.top<ProposalsModel>().let { it.on(ProposalsEvent.Open(it.state.value.proposals.single().id)) }
        val draft = rig.top<ProposalModel>()
        draft.on(ProposalEvent.ChangeIt)
        assertTrue(draft.state.value.changing)
        draft.on(ProposalEvent.Words("Start with sleep."))
        draft.on(ProposalEvent.SendChange)
        assertEquals(ProposalAnswer.CHANGE_IT, draft.state.value.proposal!!.answer)
        rig.on(AppEvent.Back, AppEvent.Back)
        lookBoth()
        assertEquals("Start with sleep.", world.desk.proposal(id)["words"])
    }

    @Test
    @Holds(58)
    fun aboutMeGoesWhenItIsSharedAndNotBefore() {
        rig.on(AppEvent.Go(Route.AboutMe(world.therapist)))
        val about = rig.top<AboutMeModel>()
        about.on(AboutMeEvent.Text("Please say Amara."))
        lookBoth()
        assertNull(world.desk.aboutClient())
        about.on(AboutMeEvent.Share)
        lookBoth()
        assertEquals("Please say Amara.", world.desk.aboutClient())
        about.on(AboutMeEvent.TakeBack)
        lookBoth()
        assertNull(world.desk.aboutClient())
    }

    @Test
    @Holds(59)
    fun wordsOnADraftOutliveTheProcessAndGoWithTheAnswer() {
        val id = world.desk.propose("plan-draft", "We start with your week.")
        world.desk.sync()
        look()
        rig.on(AppEvent.Go(Route.Proposal(ProposalId(id))))
        rig.top<ProposalModel>().let {
            assertFalse(it.state.value.changing)
            it.on(ProposalEvent.ChangeIt)
            it.on(ProposalEvent.Words("Start with"))
            it.on(ProposalEvent.Words("Start with slee"))
            it.on(ProposalEvent.Words("w".repeat(AttuneVault.limits().sharedWordsBytes.toInt() + 1)))
        }
        assertEquals(Notice.WORDS_TOO_LONG, rig.state.notice)
        rig.processDies()
        val again = rig.top<ProposalModel>()
        assertEquals("Start with slee", again.state.value.words)
        assertTrue("the field is there again", again.state.value.changing)
        assertNull(again.state.value.proposal!!.answer)
        assertFalse("the system was given none of the words", rig.kept.routes.any { "slee" in it })
        lookBoth()
        assertNull(world.desk.proposal(id)["words"])

        rig.top<ProposalModel>().on(ProposalEvent.Words("Start with sleep."))
        rig.top<ProposalModel>().on(ProposalEvent.SendChange)
        rig.processDies()
        rig.top<ProposalModel>().state.value.let {
            assertEquals("Start with sleep.", it.proposal!!.words)
            assertFalse(it.changing)
        }
        // What is typed and then not said goes, too.
        rig.top<ProposalModel>().on(ProposalEvent.Words("Or with"))
        rig.top<ProposalModel>().on(ProposalEvent.LooksRight)
        assertEquals("", rig.top<ProposalModel>().state.value.words)
        rig.processDies()
        assertEquals("", rig.top<ProposalModel>().state.value.words)
        assertEquals(ProposalAnswer.LOOKS_RIGHT, rig.top<ProposalModel>().state.value.proposal!!.answer)
    }

    @Test
    @Holds(59)
    fun aboutMeOutlivesTheProcessAndGoesOnlyWhenItIsShared() {
        rig.on(AppEvent.Go(Route.AboutMe(world.therapist)))
        rig.top<AboutMeModel>().on(AboutMeEvent.Text("Please say Ama"))
        rig.processDies()
        val again = rig.top<AboutMeModel>()
        assertEquals("Please say Ama", again.state.value.text)
        assertNull(again.state.value.shared)
        assertFalse("the system was given none of the words", rig.kept.routes.any { "Ama" in it })
        rig.home.on(HomeEvent.Look)
        world.desk.sync()
        assertNull(world.desk.aboutClient())

        again.on(AboutMeEvent.Text("Please say Amara."))
        again.on(AboutMeEvent.Share)
        again.on(AboutMeEvent.Text("Please say Amara, not"))
        rig.processDies()
        rig.top<AboutMeModel>().state.value.let {
            assertEquals("Please say Amara.", it.shared!!.text)
            assertEquals("Please say Amara, not", it.text)
        }
        rig.top<AboutMeModel>().on(AboutMeEvent.TakeBack)
        assertEquals("", rig.top<AboutMeModel>().state.value.text)
        rig.processDies()
        assertEquals("", rig.top<AboutMeModel>().state.value.text)
        assertNull(rig.top<AboutMeModel>().state.value.shared)
    }

    @Test
    @Holds(66)
    fun unpairingIsAtOnce() {
        rig.on(AppEvent.Go(Route.Practice(world.therapist)))
        rig.top<PracticeModel>().on(PracticeEvent.Unpair)
        assertEquals(Notice.UNPAIRED, rig.state.notice)
        assertFalse(rig.home.state.value.practices.any { it.id == world.therapist })
    }

    @Test
    @Holds(73)
    fun aBroughtBackPhoneSharesNothingUntilThePersonSaysSo() {
        mark()
        pick(RepairOption.PAUSE)
        rig.top<PreviewModel>().on(PreviewEvent.Share)
        rig.on(AppEvent.Go(Route.SaveCopy))
        rig.top<SaveCopyModel>().on(SaveCopyEvent.Sealed("place", "four words are enough".toCharArray()))
        Rig(clock = world.clock).use { other ->
            other.documents.written += rig.documents.written
            rig.on(AppEvent.Hide)
            other.on(AppEvent.Go(Route.BringBack))
            other.top<BringBackModel>().on(BringBackEvent.Pick("place"))
            other.top<BringBackModel>().on(BringBackEvent.Open("four words are enough".toCharArray()))
            assertTrue(other.home.state.value.restored)
            other.home.on(HomeEvent.Look)
            world.desk.sync()
            assertTrue(world.desk.inbox().isEmpty())
            other.on(AppEvent.Go(Route.Restored))
            val restored = other.top<RestoredModel>()
            restored.on(RestoredEvent.Keep(restored.state.value.waiting.single().caseId))
            assertTrue(restored.state.value.waiting.isEmpty())
            other.home.on(HomeEvent.Look)
            world.desk.sync()
            assertEquals("Pause", world.desk.inbox().single()["option"])
        }
    }

    private companion object {
        const val NOTE = "I said your name wrong, and that may have hurt. I am sorry. I have learned how you say it. " +
            "I will say it right from March 9 on. No reply is needed."
    }
}
