package org.attune.app.ui

import androidx.compose.foundation.ScrollState
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.WindowInsets
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.safeDrawing
import androidx.compose.foundation.layout.widthIn
import androidx.compose.foundation.layout.windowInsetsPadding
import androidx.compose.foundation.rememberScrollState
import androidx.compose.foundation.verticalScroll
import androidx.compose.material3.HorizontalDivider
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Surface
import androidx.compose.material3.Text
import androidx.compose.material3.TextButton
import androidx.compose.runtime.Composable
import androidx.compose.runtime.compositionLocalOf
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.platform.LocalConfiguration
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.semantics.LiveRegionMode
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.liveRegion
import androidx.compose.ui.semantics.paneTitle
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import org.attune.app.R
import org.attune.app.model.Notice

/** What every screen has around it, given once for all of them. */
class Frame(
    /** Locks. Null while it is locked. */
    val onHide: (() -> Unit)? = null,
    /** Leaves the screen. Null on the first one. */
    val onBack: (() -> Unit)? = null,
    /** *Get help now*. Null where that is what is shown. */
    val onHelp: (() -> Unit)? = null,
    /** One line that is said now. */
    val notice: Notice? = null,
    val onNoticeDone: () -> Unit = {},
    /** To be called before another app's screen is opened whose answer is waited for: the app does not lock meanwhile. */
    val onLeaves: () -> Unit = {},
    /** How far down the screen was read; null for one that is not come back to. */
    val scroll: ScrollState? = null,
)

/** The frame of the screen that is drawn. */
val LocalFrame = compositionLocalOf { Frame() }

/**
 * A screen: *Back* and *Hide* above, always in the same two places, a title, and what is below it, which scrolls. [first] is what stays
 * in reach of a thumb at the foot. Where little fits on the screen it scrolls with the rest, after it, or before it if [firstAbove].
 */
@Composable
fun Page(
    title: String?,
    modifier: Modifier = Modifier,
    firstAbove: Boolean = false,
    first: (@Composable ColumnScope.() -> Unit)? = null,
    content: @Composable ColumnScope.() -> Unit,
) {
    val frame = LocalFrame.current
    val scroll = frame.scroll ?: rememberScrollState()
    val pinned = first != null && hasRoom()
    // A screen reader says where the person is now.
    Surface(modifier.fillMaxSize().semantics { if (title != null) paneTitle = title }, color = MaterialTheme.colorScheme.background) {
        Column(Modifier.windowInsetsPadding(WindowInsets.safeDrawing), horizontalAlignment = Alignment.CenterHorizontally) {
            Bar(frame)
            Column(
                Modifier.weight(1f).widthIn(max = WIDEST).fillMaxWidth().verticalScroll(scroll)
                    .padding(horizontal = 20.dp).padding(bottom = 24.dp),
                verticalArrangement = Arrangement.spacedBy(12.dp),
            ) {
                if (title != null) Title(title)
                if (first != null && !pinned && firstAbove) first()
                content()
                if (first != null && !pinned && !firstAbove) first()
            }
            NoticeLine(frame)
            if (first != null && pinned) {
                // A thin line says that there is more below what is seen.
                HorizontalDivider(color = if (scroll.canScrollForward) MaterialTheme.colorScheme.outlineVariant else Color.Transparent)
                Column(
                    Modifier.widthIn(max = WIDEST).fillMaxWidth().padding(horizontal = 20.dp, vertical = 12.dp),
                    verticalArrangement = Arrangement.spacedBy(8.dp),
                    content = first,
                )
            }
        }
    }
}

/** Whether something at the foot leaves enough of the screen to read, at this size of text. */
@Composable
private fun hasRoom(): Boolean = with(LocalConfiguration.current) { screenHeightDp / maxOf(1f, fontScale) >= 400 }

private val WIDEST = 560.dp

@Composable
private fun Bar(frame: Frame) {
    Row(
        Modifier.fillMaxWidth().heightIn(min = 56.dp).padding(horizontal = 8.dp),
        verticalAlignment = Alignment.CenterVertically,
    ) {
        Box(Modifier.weight(1f)) {
            if (frame.onBack != null) {
                BarButton(stringResource(R.string.button_back), frame.onBack, "back")
            } else if (frame.onHelp != null) {
                // The first screens have nowhere to go back to: help is there instead.
                BarButton(stringResource(R.string.safety_button), frame.onHelp, "help")
            }
        }
        if (frame.onHide != null) {
            BarButton(stringResource(R.string.home_hide), frame.onHide, "hide")
        }
    }
}

@Composable
private fun BarButton(text: String, onClick: () -> Unit, tag: String) {
    TextButton(onClick, Modifier.heightIn(min = 48.dp).testTag(tag)) { Text(text, style = MaterialTheme.typography.labelLarge) }
}

/** What a screen is called, at its top. */
@Composable
fun Title(text: String) {
    Text(text, Modifier.padding(bottom = 4.dp).semantics { heading() }, style = MaterialTheme.typography.headlineMedium)
}

/** The line that is said, to eyes and to a screen reader alike, until the person does something else. */
@Composable
private fun NoticeLine(frame: Frame) {
    // The place is always there, so that a screen reader hears what comes into it.
    Box(Modifier.widthIn(max = WIDEST).fillMaxWidth().semantics { liveRegion = LiveRegionMode.Polite }) {
        val notice = frame.notice ?: return@Box
        Surface(
            Modifier.padding(horizontal = 20.dp, vertical = 6.dp).fillMaxWidth(),
            shape = MaterialTheme.shapes.medium,
            color = MaterialTheme.colorScheme.primaryContainer,
            contentColor = MaterialTheme.colorScheme.onPrimaryContainer,
        ) {
            Row(verticalAlignment = Alignment.CenterVertically) {
                Text(notice.text(), Modifier.weight(1f).padding(16.dp, 12.dp), style = MaterialTheme.typography.bodyMedium)
                TextButton(frame.onNoticeDone, Modifier.heightIn(min = 48.dp)) { Text(stringResource(R.string.button_close)) }
            }
        }
    }
}
