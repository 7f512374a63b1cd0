package org.attune.app.ui

import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.foundation.layout.heightIn
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.text.style.TextAlign
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.ui.unit.dp
import org.attune.Choice
import org.attune.PracticeNotice
import org.attune.app.R
import org.attune.app.model.HomeEvent
import org.attune.app.model.HomeState
import org.attune.app.model.MomentLine
import org.attune.app.model.Route

/** The first screen: one tap marks a moment. */
@Composable
fun HomeContent(state: HomeState, onEvent: (HomeEvent) -> Unit) {
    val open = { route: Route -> onEvent(HomeEvent.Open(route)) }
    Page(stringResource(R.string.home_title), firstAbove = true, first = { Mark { onEvent(HomeEvent.Mark) } }) {
        if (state.restored) Restored(open)
        Notices(state, open)
        if (state.drafts) Item(stringResource(R.string.home_drafts), null, { open(Route.Proposals) })
        if (state.notes) Item(stringResource(R.string.home_notes), null, { open(Route.Notes) })
        Moments(state, open)
        if (state.choices.isNotEmpty()) {
            Part(stringResource(R.string.home_choices))
            state.choices.forEach { ChoiceItem(it, { open(Route.Choice(it.caseId)) }) }
        }
        if (state.read) People(state, onEvent)
        Help()
        QuietButton(stringResource(R.string.privacy_title), { open(Route.Privacy) })
        QuietButton(stringResource(R.string.home_settings), { open(Route.Settings) }, Modifier.testTag("settings"))
    }
}

@Composable
private fun Mark(onMark: () -> Unit) {
    MainButton(stringResource(R.string.home_mark), onMark, Modifier.heightIn(min = 72.dp).testTag("mark"))
    Text(
        stringResource(R.string.home_mark_hint), Modifier.fillMaxWidth(), textAlign = TextAlign.Center,
        color = MaterialTheme.colorScheme.onSurfaceVariant, style = MaterialTheme.typography.bodyMedium,
    )
}

@Composable
private fun Restored(open: (Route) -> Unit) {
    Block {
        Line(stringResource(R.string.restore_line))
        OtherButton(stringResource(R.string.restore_look), { open(Route.Restored) })
    }
}

/** What there is to say of links. That nothing could be reached is no news: it stands with the person it is about. */
@Composable
private fun Notices(state: HomeState, open: (Route) -> Unit) {
    state.practices.filter { it.notice != null && it.notice != PracticeNotice.NOT_REACHED }.forEach { practice ->
        val lines = practice.noticeLines()
        Item(practice.nameText(), lines.first(), { open(Route.Practice(practice.id)) }, more = lines.getOrNull(1))
    }
}

@Composable
private fun ColumnScope.Moments(state: HomeState, open: (Route) -> Unit) {
    Part(stringResource(R.string.home_moments))
    if (state.read && state.moments.isEmpty()) Sub(stringResource(R.string.home_empty))
    state.moments.forEach { line -> MomentItem(line, open) }
    if (state.older) QuietButton(stringResource(R.string.home_all_moments), { open(Route.Moments) })
}

/** A moment, and where its choice stands. One with an open choice leads there, where it can be taken back. */
@Composable
internal fun MomentItem(line: MomentLine, open: (Route) -> Unit) {
    val choice = line.choice
    Item(
        line.moment.markedText(),
        choice?.option?.title() ?: stringResource(R.string.state_held),
        { open(if (choice != null && choice.open) Route.Choice(choice.caseId) else Route.Moment(line.moment.id)) },
        more = choice?.statusText(),
    )
}

/** A choice, who it went to, and where it stands. */
@Composable
internal fun ChoiceItem(choice: Choice, onOpen: () -> Unit) {
    Item(choice.option.title(), stringResource(R.string.preview_to_name, choice.recipient), onOpen, more = choice.statusText())
}

@Composable
private fun People(state: HomeState, onEvent: (HomeEvent) -> Unit) {
    Part(stringResource(R.string.title_people))
    if (state.practices.isEmpty()) {
        Item(stringResource(R.string.home_link), stringResource(R.string.home_no_people), { onEvent(HomeEvent.Open(Route.Join)) })
        return
    }
    state.practices.forEach { practice ->
        val role = practice.card?.role?.text()
        Item(practice.nameText(), role, { onEvent(HomeEvent.Open(Route.Practice(practice.id))) })
    }
    // All of them, also those whose link is cut, and the way to one more.
    QuietButton(stringResource(R.string.people_add), { onEvent(HomeEvent.Open(Route.Practices)) })
    QuietButton(stringResource(R.string.home_choices), { onEvent(HomeEvent.Open(Route.Choices)) })
    Said {
        if (state.looking) Line(stringResource(R.string.set_look_running))
    }
    if (!state.looking) QuietButton(stringResource(R.string.sync_now), { onEvent(HomeEvent.Look) })
}

/** That nobody watches, with the way to those who do. */
@Composable
internal fun Help(line: Int = R.string.safety_line) {
    Block {
        Line(stringResource(line))
        LocalFrame.current.onHelp?.let { OtherButton(stringResource(R.string.safety_button), it) }
    }
}
