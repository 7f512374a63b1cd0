package org.attune.app.ui

import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.res.stringResource
import org.attune.Offer
import org.attune.app.R
import org.attune.app.model.PickEvent
import org.attune.app.model.PickState

/** What would help now. Every option looks like every other, and none is picked beforehand. */
@Composable
fun PickContent(state: PickState, onEvent: (PickEvent) -> Unit) {
    Page(null) {
        if (state.saved) {
            Block {
                Said {
                    Line(stringResource(R.string.mark_saved))
                    Sub(stringResource(R.string.mark_saved_next))
                }
                OtherButton(stringResource(R.string.mark_undo), { onEvent(PickEvent.Undo) }, Modifier.testTag("undo"))
                QuietButton(stringResource(R.string.mark_words), { onEvent(PickEvent.Words) })
            }
        }
        Title(stringResource(if (state.changes) R.string.pick_change else R.string.pick_title))
        Sub(stringResource(if (state.changes) R.string.pick_change_line else R.string.pick_sub))
        val several = state.offers.groupingBy { it.option }.eachCount().filterValues { it > 1 }.keys
        state.offers.forEach { offer -> OfferItem(offer, offer.option in several) { onEvent(PickEvent.Pick(offer)) } }
        if (state.alone) {
            Sub(stringResource(R.string.pick_link_first))
            OtherButton(stringResource(R.string.home_link), { onEvent(PickEvent.Join) })
        }
        if (state.hasMoment && !state.saved) QuietButton(stringResource(R.string.mark_words), { onEvent(PickEvent.Words) })
    }
}

@Composable
private fun OfferItem(offer: Offer, named: Boolean, onPick: () -> Unit) {
    val name = offer.recipient?.takeIf { named }
    Item(
        offer.option.title(), offer.option.sub(linked = offer.practice != null), onPick,
        Modifier.testTag("pick-${offer.option.name}"),
        more = name?.let { stringResource(R.string.preview_to_name, it) },
    )
}
