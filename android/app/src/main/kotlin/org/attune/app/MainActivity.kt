package org.attune.app

import android.os.Bundle
import android.view.MotionEvent
import androidx.activity.ComponentActivity
import androidx.activity.compose.setContent
import androidx.activity.enableEdgeToEdge
import androidx.activity.viewModels
import androidx.compose.runtime.CompositionLocalProvider
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import org.attune.app.model.AppEvent
import org.attune.app.platform.WindowPrivacy
import org.attune.app.ui.AttuneScreen
import org.attune.app.ui.AttuneTheme
import org.attune.app.ui.LocalToday
import org.attune.app.ui.LocalTouch
import org.attune.app.ui.LocalViewfinder
import org.attune.app.ui.Touch

/** The one window. */
class MainActivity : ComponentActivity() {
    private val model: AttuneViewModel by viewModels { AttuneViewModel.Factory }
    private val privacy = WindowPrivacy(this)
    private val touch = Touch()
    private val finder by lazy { (application as AttuneApplication).viewfinder }

    override fun onCreate(savedInstanceState: Bundle?) {
        super.onCreate(savedInstanceState)
        privacy.begin()
        privacy.allow(model.app.state.value.settings.screenshots)
        enableEdgeToEdge()
        setContent {
            val state by model.app.state.collectAsState()
            LaunchedEffect(state.settings.screenshots) { privacy.allow(state.settings.screenshots) }
            AttuneTheme {
                CompositionLocalProvider(LocalToday provides model.today(), LocalTouch provides touch, LocalViewfinder provides finder) {
                    AttuneScreen(state, model.scrolls, model.app::on)
                }
            }
        }
    }

    override fun onStart() {
        super.onStart()
        model.app.on(AppEvent.Returned)
    }

    override fun onStop() {
        if (!isChangingConfigurations) model.app.on(AppEvent.Left)
        super.onStop()
    }

    override fun onResume() {
        super.onResume()
        model.app.on(AppEvent.InFront)
        (application as AttuneApplication).takeLink()?.let { model.app.on(AppEvent.Link(it)) }
    }

    override fun onPause() {
        privacy.attention(false)
        super.onPause()
    }

    override fun onWindowFocusChanged(hasFocus: Boolean) {
        super.onWindowFocusChanged(hasFocus)
        privacy.attention(hasFocus)
    }

    override fun dispatchTouchEvent(event: MotionEvent): Boolean = touch.during(event) { super.dispatchTouchEvent(event) }
}
