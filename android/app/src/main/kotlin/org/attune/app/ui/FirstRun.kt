package org.attune.app.ui

import androidx.compose.runtime.Composable
import androidx.compose.ui.res.stringResource
import org.attune.app.R
import org.attune.app.model.AppEvent
import org.attune.app.model.Route

/** The first day: what stays private, and no question. */
@Composable
fun FirstRunContent(onEvent: (AppEvent) -> Unit) {
    Page(stringResource(R.string.privacy_title), first = { MainButton(stringResource(R.string.button_begin), { onEvent(AppEvent.Begin) }) }) {
        Line(stringResource(R.string.privacy_one))
        Line(stringResource(R.string.privacy_two))
        Line(stringResource(R.string.privacy_three))
        Line(stringResource(R.string.privacy_four))
        Part(stringResource(R.string.first_title))
        Line(stringResource(R.string.first_sub))
        Line(stringResource(R.string.first_adults))
        Sub(stringResource(R.string.safety_line))
        OtherButton(stringResource(R.string.copy_in), { onEvent(AppEvent.Go(Route.BringBack)) })
    }
}
