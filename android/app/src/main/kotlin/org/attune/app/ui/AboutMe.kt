package org.attune.app.ui

import androidx.compose.runtime.Composable
import androidx.compose.ui.res.stringResource
import org.attune.AboutWaitsFor
import org.attune.app.R
import org.attune.app.model.AboutMeEvent
import org.attune.app.model.AboutMeState

/** About me, in my own words, for one practice: what is typed, and below it exactly what they will read. */
@Composable
fun AboutMeContent(state: AboutMeState, onEvent: (AboutMeEvent) -> Unit) {
    val practice = state.practice
    val shared = state.shared
    val isNew = state.text.isNotBlank() && (shared == null || shared.waits || shared.text != state.text)
    if (practice == null) return Page(null) {}
    Page(
        stringResource(R.string.about_title),
        first = when {
            !state.compared -> ({ MainButton(stringResource(R.string.people_match), { onEvent(AboutMeEvent.Compare) }) })
            // What is shared already needs no button.
            shared != null && !isNew -> null
            else -> ({
                ShareButton(
                    stringResource(R.string.about_share), state.text, { onEvent(AboutMeEvent.Share) },
                    enabled = isNew && practice.aboutWaitsFor == null,
                )
            })
        },
    ) {
        Line(stringResource(R.string.about_sub))
        if (!state.compared) Block { Line(stringResource(R.string.about_match_first)) }
        when (practice.aboutWaitsFor) {
            AboutWaitsFor.FIRST_SYNC -> Block { Line(stringResource(R.string.about_not_yet)) }
            AboutWaitsFor.NEWER_APP -> Block { Line(stringResource(R.string.about_old)) }
            else -> Unit
        }
        Said { if (shared?.waits == true) Line(stringResource(R.string.about_waits)) }
        WordsField(state.text, { onEvent(AboutMeEvent.Text(it)) }, stringResource(R.string.about_box), lines = 4)
        if (isNew) {
            Part(stringResource(R.string.about_preview))
            Block {
                Sub(stringResource(R.string.preview_to_name, practice.titleText()))
                Line(state.text)
            }
        }
        Said { if (shared != null && !shared.waits && !isNew) Line(stringResource(R.string.about_chosen)) }
        Sub(stringResource(R.string.about_take_back))
        if (shared != null) {
            // The words in the box go with it.
            AskingButton(
                stringResource(R.string.takeback_button), stringResource(R.string.about_take_back_ask),
                stringResource(R.string.takeback_button), { onEvent(AboutMeEvent.TakeBack) },
            )
        }
    }
}
