package org.attune.app.model

import java.time.LocalDate
import org.attune.ChoiceState
import org.attune.Pointer
import org.attune.ProposalAnswer
import org.attune.RepairOption
import org.attune.StatusLine
import org.attune.trial.World
import org.junit.After
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertNotNull
import org.junit.Assert.assertNull
import org.junit.Assert.assertTrue
import org.junit.Test

/** From the mark to the answer, by the models' events alone, with a real relay and real desks on the other side. */
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
        rig.on(AppEvent.Hide)
        assertNull("nothing is read on after hiding", rig.aloud.reading)
        rig.on(AppEvent.Unlock(null), AppEvent.Go(Route.Notes))
        rig.top<NotesModel>().let { it.on(NotesEvent.Open(it.state.value.notes.single().id)) }
        rig.top<NoteModel>().on(NoteEvent.Erase)
        assertTrue(rig.top<NotesModel>().state.value.notes.isEmpty())
    }

    @Test
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
    fun unpairingIsAtOnce() {
        rig.on(AppEvent.Go(Route.Practice(world.therapist)))
        rig.top<PracticeModel>().on(PracticeEvent.Unpair)
        assertEquals(Notice.UNPAIRED, rig.state.notice)
        assertFalse(rig.home.state.value.practices.any { it.id == world.therapist })
    }

    @Test
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
