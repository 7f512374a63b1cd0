package org.attune.app.model

import androidx.test.ext.junit.runners.AndroidJUnit4
import java.time.LocalDate
import org.attune.CaseId
import org.attune.FollowUpId
import org.attune.MisattunementId
import org.attune.PracticeId
import org.attune.ProposalId
import org.attune.RepairChoice
import org.attune.RepairOption
import org.attune.app.Holds
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNull
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith

/** What the system keeps of where a person was. */
@RunWith(AndroidJUnit4::class)
class RouteTest {
    private val case = CaseId("0123456789abcdef0123456789abcdef")
    private val practice = PracticeId(3)
    private val full = RepairChoice(
        RepairOption.WRITTEN_FOLLOW_UP, practice, MisattunementId(7), true, true, LocalDate.of(2026, 3, 6), case,
    )

    private val all = listOf(
        Route.Moments, Route.Moment(MisattunementId(7)), Route.Pick(null), Route.Pick(MisattunementId(7), saved = true),
        Route.Pick(MisattunementId(7), replaces = case), Route.Preview(full),
        Route.Preview(RepairChoice(RepairOption.PAUSE, practice, null, false, false, null, null)),
        Route.Outside, Route.Choices, Route.Choice(case), Route.Choice(case, shared = true), Route.Notes,
        Route.Note(FollowUpId(case.value)), Route.Proposals, Route.Proposal(ProposalId(case.value)), Route.Practices,
        Route.Practice(practice), Route.AboutMe(practice), Route.Join, Route.Compare(practice), Route.Restored, Route.Help,
        Route.Serious, Route.Privacy, Route.Settings, Route.Passcode, Route.SaveCopy, Route.BringBack, Route.DeleteAll,
    )

    @Test
    fun everyRouteReadsBack() {
        for (route in all) assertEquals(route, routeOf(route.saved()))
        val kinds = Route::class.java.permittedKinds()
        assertEquals(kinds, all.map { it.javaClass.simpleName }.toSet())
    }

    @Test
    fun whatIsNoRouteIsNone() {
        val odd = listOf(
            "", " ", "Home", "Moment", "Moment x", "Moment 7 8", "Choice $this", "Preview", "Preview NOTHING 3 - false false - -",
            "Preview PAUSE 3 - maybe false - -", "Preview PAUSE 3 - false false 2026-13-40 -", "Moments 1", "Pick - perhaps -",
        )
        for (text in odd) assertNull(text, routeOf(text))
    }

    @Test
    @Holds(59)
    fun aRouteHoldsNoTextOfAnybodys() {
        // Ids, codes, days and switches: no field of a route is free text.
        val plain = Regex("[A-Za-z]+( (-|[0-9]+|[0-9a-f]{32}|true|false|[A-Z_]+|[0-9]{4}-[0-9]{2}-[0-9]{2}))*")
        for (route in all) assertTrue(route.saved(), plain.matches(route.saved()))
    }

    private fun Class<*>.permittedKinds(): Set<String> = permittedSubclasses.map { it.simpleName }.toSet()
}
