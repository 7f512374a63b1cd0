package org.attune.app.model

import java.time.DateTimeException
import java.time.LocalDate
import org.attune.CaseId
import org.attune.FollowUpId
import org.attune.MisattunementId
import org.attune.PracticeId
import org.attune.ProposalId
import org.attune.RepairChoice
import org.attune.RepairOption

/**
 * Where the person is. A route names things by id and code and holds no text of anybody's: while the app is not running,
 * the system keeps the routes for it, outside of the vault.
 */
sealed interface Route {
    /** Whether the vault has to be open for it. */
    val needsVault: Boolean get() = true

    /** Every moment, newest first. */
    data object Moments : Route

    /** One moment, with own words and a hint. */
    data class Moment(val moment: MisattunementId) : Route

    /** What would help now. [saved] right after marking: the saved line and *Undo* are above. */
    data class Pick(val moment: MisattunementId?, val saved: Boolean = false, val replaces: CaseId? = null) : Route

    /** This is all they will get. */
    data class Preview(val choice: RepairChoice) : Route

    /** Somebody else to see, where no front desk is paired. */
    data object Outside : Route { override val needsVault get() = false }

    /** Every choice. */
    data object Choices : Route

    /** One choice and where it stands; [shared] right after sharing. */
    data class Choice(val case: CaseId, val shared: Boolean = false) : Route

    /** Every note. */
    data object Notes : Route

    /** One note. */
    data class Note(val note: FollowUpId) : Route

    /** Plan drafts and lines for the file. */
    data object Proposals : Route

    /** One of them. */
    data class Proposal(val proposal: ProposalId) : Route

    /** The people this phone is paired with. */
    data object Practices : Route

    /** One of them, with its card. */
    data class Practice(val practice: PracticeId) : Route

    /** About me, in my own words, for one of them. */
    data class AboutMe(val practice: PracticeId) : Route

    /** Pairing. */
    data object Join : Route

    /** Comparing four words. */
    data class Compare(val practice: PracticeId) : Route

    /** After a copy was brought back: each choice, confirmed or dropped. */
    data object Restored : Route

    /** Get help now. */
    data object Help : Route { override val needsVault get() = false }

    /** Was it more than a mistake? */
    data object Serious : Route { override val needsVault get() = false }

    /** What stays private. */
    data object Privacy : Route { override val needsVault get() = false }

    /** Settings. */
    data object Settings : Route

    /** Setting, changing or removing the passcode. */
    data object Passcode : Route

    /** Saving a copy. */
    data object SaveCopy : Route

    /** Bringing back a copy into an empty space. */
    data object BringBack : Route { override val needsVault get() = false }

    /** Delete all. */
    data object DeleteAll : Route { override val needsVault get() = false }
}

/** The route in one line of fields, for [routeOf]. */
fun Route.saved(): String = when (this) {
    is Route.Moment -> line("Moment", moment.value)
    is Route.Pick -> line("Pick", moment?.value, saved, replaces?.value)
    is Route.Preview -> with(choice) {
        line("Preview", option.name, practice.value, moment?.value, withPointer, withWords, until, replaces?.value)
    }
    is Route.Choice -> line("Choice", case.value, shared)
    is Route.Note -> line("Note", note.value)
    is Route.Proposal -> line("Proposal", proposal.value)
    is Route.Practice -> line("Practice", practice.value)
    is Route.AboutMe -> line("AboutMe", practice.value)
    is Route.Compare -> line("Compare", practice.value)
    is Route.Moments, is Route.Outside, is Route.Choices, is Route.Notes, is Route.Proposals, is Route.Practices,
    is Route.Join, is Route.Restored, is Route.Help, is Route.Serious, is Route.Privacy, is Route.Settings,
    is Route.Passcode, is Route.SaveCopy, is Route.BringBack, is Route.DeleteAll -> toString()
}

/** The route that [Route.saved] wrote; null for anything else, such as what another version wrote. */
fun routeOf(saved: String): Route? = try {
    val fields = saved.split(' ')
    read(fields.first(), Fields(fields.drop(1)))
} catch (_: NumberFormatException) {
    null
} catch (_: IllegalArgumentException) {
    null
} catch (_: DateTimeException) {
    null
}

private val PLAIN: Map<String, Route> = listOf(
    Route.Moments, Route.Outside, Route.Choices, Route.Notes, Route.Proposals, Route.Practices, Route.Join, Route.Restored,
    Route.Help, Route.Serious, Route.Privacy, Route.Settings, Route.Passcode, Route.SaveCopy, Route.BringBack, Route.DeleteAll,
).associateBy { it.toString() }

private const val NONE = "-"

private fun line(vararg fields: Any?): String = fields.joinToString(" ") { it?.toString() ?: NONE }

private fun read(name: String, fields: Fields): Route? {
    val route = when (name) {
        "Moment" -> Route.Moment(MisattunementId(fields.next().toLong()))
        "Pick" -> Route.Pick(fields.orNone { MisattunementId(it.toLong()) }, fields.flag(), fields.orNone(::CaseId))
        "Preview" -> Route.Preview(
            RepairChoice(
                option = RepairOption.valueOf(fields.next()),
                practice = PracticeId(fields.next().toLong()),
                moment = fields.orNone { MisattunementId(it.toLong()) },
                withPointer = fields.flag(),
                withWords = fields.flag(),
                until = fields.orNone(LocalDate::parse),
                replaces = fields.orNone(::CaseId),
            ),
        )
        "Choice" -> Route.Choice(CaseId(fields.next()), fields.flag())
        "Note" -> Route.Note(FollowUpId(fields.next()))
        "Proposal" -> Route.Proposal(ProposalId(fields.next()))
        "Practice" -> Route.Practice(PracticeId(fields.next().toLong()))
        "AboutMe" -> Route.AboutMe(PracticeId(fields.next().toLong()))
        "Compare" -> Route.Compare(PracticeId(fields.next().toLong()))
        else -> PLAIN[name]
    }
    return route?.takeIf { fields.isDone }
}

private class Fields(private val fields: List<String>) {
    private var at = 0
    val isDone get() = at == fields.size

    fun next(): String = fields.getOrElse(at++) { throw IllegalArgumentException("a field lacks") }

    fun flag(): Boolean = next().toBooleanStrict()

    fun <T> orNone(read: (String) -> T): T? = next().takeUnless { it == NONE }?.let(read)
}
