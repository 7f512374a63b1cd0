package org.attune.app.ui

import androidx.compose.runtime.Composable
import androidx.compose.ui.res.stringResource
import org.attune.app.R
import org.attune.app.model.HelpEvent
import org.attune.app.model.HelpState

/** Somebody else to see, where no front desk is linked. */
@Composable
fun OutsideContent(state: HelpState, onEvent: (HelpEvent) -> Unit) {
    val none = if (state.country.isEmpty()) {
        stringResource(R.string.help_none_here)
    } else {
        stringResource(R.string.outside_none, placeName(state.country))
    }
    Page(stringResource(R.string.outside_title)) {
        Line(stringResource(R.string.outside_clinic))
        Sub(stringResource(R.string.outside_sub))
        HelpList(state, none, onEvent)
    }
}
