package org.attune.app.ui

import androidx.compose.runtime.Composable
import androidx.compose.ui.res.stringResource
import org.attune.app.R

/** *What stays private*: four lines, and what a server in the middle sees. */
@Composable
fun PrivacyContent() {
    Page(stringResource(R.string.privacy_title)) {
        PRIVATE.forEach { line -> Block { Line(stringResource(line)) } }
        Sub(stringResource(R.string.privacy_relay))
    }
}

private val PRIVATE = listOf(R.string.privacy_one, R.string.privacy_two, R.string.privacy_three, R.string.privacy_four)
