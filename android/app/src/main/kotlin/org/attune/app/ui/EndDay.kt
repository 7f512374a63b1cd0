package org.attune.app.ui

import androidx.compose.foundation.selection.selectableGroup
import androidx.compose.foundation.layout.Column
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.res.stringResource
import java.time.LocalDate
import org.attune.app.R

/** The last day of a choice: none, one of a few, or one's own, a day or a week at a time. */
@Composable
fun EndDay(until: LocalDate?, onPick: (LocalDate?) -> Unit, open: Boolean = false) {
    var isOpen by remember { mutableStateOf(open) }
    if (!isOpen) {
        val now = if (until == null) stringResource(R.string.pick_until_none) else stringResource(R.string.pick_until, until.text())
        Item(stringResource(R.string.pick_until_title), now, { isOpen = true }, Modifier.testTag("end-day"))
        return
    }
    Part(stringResource(R.string.date_title))
    Sub(stringResource(R.string.date_line))
    Days(until, onPick)
    QuietButton(stringResource(R.string.button_done), { isOpen = false })
}

@Composable
private fun Days(until: LocalDate?, onPick: (LocalDate?) -> Unit) {
    val today = LocalToday.current
    val ready = listOf(
        R.string.date_one_week to today.plusWeeks(1),
        R.string.date_two_weeks to today.plusWeeks(2),
        R.string.date_one_month to today.plusMonths(1),
    )
    var own by remember { mutableStateOf(until != null && ready.none { it.second == until }) }
    Column(Modifier.selectableGroup()) {
        PickLine(stringResource(R.string.pick_until_none), until == null, { own = false; onPick(null) })
        ready.forEach { (text, day) ->
            PickLine(stringResource(text), !own && until == day, { own = false; onPick(day) })
        }
        PickLine(stringResource(R.string.date_own), own && until != null, { own = true; onPick(until ?: today.plusDays(1)) })
    }
    if (own && until != null) Own(until, today, onPick)
}

@Composable
private fun Own(until: LocalDate, today: LocalDate, onPick: (LocalDate?) -> Unit) {
    Block {
        Said { Line(stringResource(R.string.pick_until, until.text())) }
        Step(R.string.date_day_less, until.minusDays(1), today, onPick)
        Step(R.string.date_day_more, until.plusDays(1), today, onPick)
        Step(R.string.date_week_less, until.minusWeeks(1), today, onPick)
        Step(R.string.date_week_more, until.plusWeeks(1), today, onPick)
    }
}

@Composable
private fun Step(text: Int, to: LocalDate, today: LocalDate, onPick: (LocalDate?) -> Unit) {
    QuietButton(stringResource(text), { onPick(to) }, enabled = to >= today)
}
