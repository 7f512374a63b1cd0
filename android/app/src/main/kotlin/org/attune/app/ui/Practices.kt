package org.attune.app.ui

import androidx.compose.runtime.Composable
import androidx.compose.ui.res.stringResource
import org.attune.Practice
import org.attune.app.R
import org.attune.app.model.PracticesEvent
import org.attune.app.model.PracticesState

/** The people this phone is linked with. */
@Composable
fun PracticesContent(state: PracticesState, onEvent: (PracticesEvent) -> Unit) {
    Page(
        stringResource(R.string.title_people),
        first = { MainButton(stringResource(R.string.people_add), { onEvent(PracticesEvent.Join) }) },
    ) {
        if (state.read && state.practices.isEmpty()) Line(stringResource(R.string.people_none))
        for (practice in state.practices) {
            Item(practice.titleText(), practice.card?.let { practice.standing(it) }, { onEvent(PracticesEvent.Open(practice.id)) })
        }
    }
}

/** A name stands above a practice; before it gave one, how far the pairing has come. */
@Composable
internal fun Practice.titleText(): String = card?.name ?: stage.text()
