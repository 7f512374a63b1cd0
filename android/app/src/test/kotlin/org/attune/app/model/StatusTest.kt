package org.attune.app.model

import androidx.test.ext.junit.runners.AndroidJUnit4
import java.time.Duration
import org.attune.ChoiceState
import org.attune.Offer
import org.attune.ProposalAnswer
import org.attune.ProposalId
import org.attune.RepairChoice
import org.attune.RepairOption
import org.attune.StatusLine
import org.attune.WaitsFor
import org.attune.app.Holds
import org.attune.trial.World
import org.attune.trial.text
import org.junit.After
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertNotEquals
import org.junit.Assert.assertNull
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith

/** What is shared, changed, let go and erased, and what is said of it, with real desks on the other side. */
@RunWith(AndroidJUnit4::class)
class StatusTest {
    private val world = World.paired().also { it.phone.close() }
    private val rig = Rig(root = world.root.resolve("app"), folder = world.folder, store = world.store, clock = world.clock)

    @After
    fun close() {
        rig.close()
        world.close()
    }

    private fun pick(option: RepairOption) {
        val pick = rig.top<PickModel>()
        pick.on(PickEvent.Pick(pick.state.value.offers.first { it.option == option }))
    }

    /** From the first screen to the shared choice. */
    private fun share(option: RepairOption): ChoiceModel {
        rig.home.on(HomeEvent.Mark)
        pick(option)
        rig.top<PreviewModel>().on(PreviewEvent.Share)
        return rig.top()
    }

    private fun look() = rig.home.on(HomeEvent.Look)

    private fun lookBoth() {
        look()
        world.desk.sync()
        look()
    }

    private val ChoiceModel.line get() = state.value.choice!!.status
    private val ChoiceModel.case get() = state.value.choice!!.caseId

    @Test
    @Holds(46)
    fun eachStateIsTheCoresAndNoMoreIsClaimed() {
        val choice = share(RepairOption.WRITTEN_FOLLOW_UP)
        val seen = mutableListOf(choice.line)
        fun then(what: () -> Unit) {
            what()
            seen += choice.line
        }
        then { look() }
        then {
            world.desk.sync()
            look()
        }
        then {
            world.desk.open(choice.case.value)
            lookBoth()
        }
        then {
            world.desk.reply(choice.case.value, "I am sorry. No reply is needed.")
            lookBoth()
        }
        val all = listOf(
            StatusLine.NOT_SENT, StatusLine.SENT, StatusLine.RECEIVED_NOTE_BY, StatusLine.OPENED_NOTE_BY, StatusLine.NOTE_HERE,
        )
        assertEquals(all, seen)
    }

    @Test
    @Holds(47)
    fun takenBackAfterItWasReceivedIsNotSaidToBeUnseen() {
        val choice = share(RepairOption.PAUSE)
        lookBoth()
        assertEquals(StatusLine.RECEIVED_COUNTS, choice.line)
        choice.on(ChoiceEvent.TakeBack)
        assertEquals(StatusLine.TAKING_BACK, choice.line)
        lookBoth()
        assertEquals(StatusLine.TAKEN_BACK_SEEN, choice.line)
        rig.on(AppEvent.Back)
        val unsure = share(RepairOption.PAUSE)
        look()
        unsure.on(ChoiceEvent.TakeBack)
        assertEquals(StatusLine.TAKING_BACK_UNSURE, unsure.line)
    }

    @Test
    @Holds(48)
    fun anotherWayHasItsOwnPreviewAndNotNowLosesNothing() {
        val choice = share(RepairOption.PAUSE)
        lookBoth()
        choice.on(ChoiceEvent.Change)
        assertFalse("keeping it to oneself takes no place", rig.top<PickModel>().state.value.offers.any { it.option == RepairOption.KEEP })
        pick(RepairOption.BRIEF_CHECK_IN)
        assertEquals(RepairOption.BRIEF_CHECK_IN, rig.top<PreviewModel>().state.value.preview!!.option)
        rig.top<PreviewModel>().on(PreviewEvent.NotNow)
        rig.on(AppEvent.Back)
        assertEquals(StatusLine.RECEIVED_COUNTS, rig.top<ChoiceModel>().line)
        assertEquals("Pause", world.desk.inbox().single()["option"])
    }

    @Test
    @Holds(41)
    fun notNowSharesNothingAndTheMomentStays() {
        rig.home.on(HomeEvent.Mark)
        pick(RepairOption.PAUSE)
        rig.top<PreviewModel>().on(PreviewEvent.NotNow)
        assertTrue(rig.top<PickModel>().state.value.offers.isNotEmpty())
        rig.on(AppEvent.Back)
        assertNull(rig.home.state.value.moments.single().choice)
        lookBoth()
        assertTrue(world.desk.inbox().isEmpty())
    }

    @Test
    @Holds(49, 50)
    fun aLateAnswerIsLetGoAndOnlyWhatIsOverIsErased() {
        val choice = share(RepairOption.WRITTEN_FOLLOW_UP)
        lookBoth()
        assertFalse(choice.state.value.choice!!.canErase)
        choice.on(ChoiceEvent.Erase)
        assertEquals(Notice.TOO_LATE, rig.state.notice)
        assertEquals(StatusLine.RECEIVED_NOTE_BY, choice.line)
        world.clock.pass(Duration.ofDays(8))
        look()
        assertEquals(StatusLine.LATE_NOTE, choice.line)
        assertTrue(choice.state.value.choice!!.canLetGo)
        choice.on(ChoiceEvent.TakeBack)
        lookBoth()
        assertTrue(choice.state.value.choice!!.canErase)
        choice.on(ChoiceEvent.Erase)
        assertEquals(Notice.ERASED, rig.state.notice)
        assertNull(rig.home.state.value.moments.single().choice)
    }

    @Test
    @Holds(27)
    fun anErasedMomentLeavesWhatWasSharedForIt() {
        share(RepairOption.PAUSE)
        rig.on(AppEvent.Back)
        rig.on(AppEvent.Go(Route.Moment(rig.home.state.value.moments.single().moment.id)))
        assertEquals(1, rig.top<MomentModel>().state.value.choices.size)
        rig.top<MomentModel>().on(MomentEvent.Erase)
        assertTrue(rig.home.state.value.moments.isEmpty())
        assertEquals(RepairOption.PAUSE, rig.home.state.value.choices.single().option)
    }

    @Test
    @Holds(38)
    fun termsAreThoseThatWereAttested() {
        rig.home.on(HomeEvent.Mark)
        pick(RepairOption.PAUSE)
        val terms = rig.top<PreviewModel>().state.value.terms!!
        assertTrue(terms.noFee)
        assertFalse(terms.keepsSlot || terms.keepsPlace || terms.noMissedVisit)
    }

    @Test
    @Holds(33)
    fun withoutAFrontDeskSomeoneElseIsShownAndNothingIsSent() {
        rig.on(AppEvent.Go(Route.Practice(world.coordinator)))
        rig.top<PracticeModel>().on(PracticeEvent.Unpair)
        rig.home.on(HomeEvent.Mark)
        val offer: Offer = rig.top<PickModel>().state.value.offers.single { it.option == RepairOption.REQUEST_PROVIDER }
        assertNull(offer.practice)
        pick(RepairOption.REQUEST_PROVIDER)
        assertEquals(Route.Outside, rig.routes.last())
        lookBoth()
        assertTrue(world.desk.inbox().isEmpty())
        rig.on(AppEvent.Back, AppEvent.Back, AppEvent.Go(Route.Choices))
        assertTrue(rig.top<ChoicesModel>().state.value.choices.isEmpty())
    }

    @Test
    @Holds(40)
    fun whatChangedSinceItWasShownIsShownOnceMore() {
        rig.home.on(HomeEvent.Mark)
        pick(RepairOption.WRITTEN_FOLLOW_UP)
        val preview = rig.top<PreviewModel>()
        val before = preview.state.value.preview!!.id
        // Another screen looked at the same thing: what was shown here first is no longer what would be sent.
        rig.on(AppEvent.Go(Route.Preview(RepairChoice(RepairOption.PAUSE, world.therapist))), AppEvent.Back)
        preview.on(PreviewEvent.Share)
        assertEquals(Notice.CHANGED_SINCE, rig.state.notice)
        assertNotEquals(before, preview.state.value.preview!!.id)
        rig.on(AppEvent.Go(Route.Choices))
        assertTrue(rig.top<ChoicesModel>().state.value.choices.isEmpty())
        rig.on(AppEvent.Back)
        preview.on(PreviewEvent.Share)
        assertEquals(RepairOption.WRITTEN_FOLLOW_UP, rig.top<ChoiceModel>().state.value.choice!!.option)
    }

    @Test
    @Holds(55, 57)
    fun whatWasSaidToADraftIsTakenBackWhileItIsOpen() {
        val id = world.desk.propose("file-line", "Asked for a pause once.")
        world.desk.sync()
        look()
        rig.on(AppEvent.Go(Route.Proposal(ProposalId(id))))
        val draft = rig.top<ProposalModel>()
        assertNull(draft.state.value.proposal!!.answer)
        for ((event, answer) in listOf(
            ProposalEvent.LooksRight to ProposalAnswer.LOOKS_RIGHT, ProposalEvent.LeaveIt to ProposalAnswer.LEAVE_IT, ProposalEvent.SayNothing to null,
        )) {
            draft.on(event)
            assertEquals(answer, draft.state.value.proposal!!.answer)
        }
        lookBoth()
        assertNull(world.desk.proposal(id)["answer"])
        draft.on(ProposalEvent.LooksRight)
        lookBoth()
        world.desk.closeProposal(id)
        lookBoth()
        assertFalse(draft.state.value.proposal!!.open)
        assertEquals("Asked for a pause once.", draft.state.value.proposal!!.text)
        draft.on(ProposalEvent.LeaveIt)
        assertEquals(Notice.TOO_LATE, rig.state.notice)
        assertEquals(ProposalAnswer.LOOKS_RIGHT, draft.state.value.proposal!!.answer)
    }

    @Test
    @Holds(51, 73)
    fun whatWaitsAfterARestoreLeadsToItsQuestionAndCanBeDropped() {
        share(RepairOption.PAUSE)
        rig.on(AppEvent.Go(Route.SaveCopy))
        rig.top<SaveCopyModel>().on(SaveCopyEvent.Sealed("place", "four words are enough".toCharArray()))
        rig.on(AppEvent.Hide)
        Rig(clock = world.clock).use { other ->
            other.documents.written += rig.documents.written
            other.on(AppEvent.Go(Route.BringBack))
            other.top<BringBackModel>().on(BringBackEvent.Pick("place"))
            other.top<BringBackModel>().on(BringBackEvent.Open("four words are enough".toCharArray()))
            val waiting = other.home.state.value.moments.single().choice!!
            assertEquals(WaitsFor.CONFIRMATION, waiting.waitsFor)
            assertEquals(StatusLine.WAITS_FOR_CONFIRMATION, waiting.status)
            other.on(AppEvent.Go(Route.Choice(waiting.caseId)))
            other.top<ChoiceModel>().on(ChoiceEvent.Restored)
            other.top<RestoredModel>().on(RestoredEvent.Drop(waiting.caseId))
            assertFalse(other.home.state.value.restored)
            repeat(2) {
                other.home.on(HomeEvent.Look)
                world.desk.sync()
            }
            assertTrue(world.desk.inbox().isEmpty())
            assertNotEquals(ChoiceState.RECEIVED, waiting.state)
        }
    }
}
