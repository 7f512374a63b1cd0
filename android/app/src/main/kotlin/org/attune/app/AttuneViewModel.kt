package org.attune.app

import androidx.lifecycle.SavedStateHandle
import androidx.lifecycle.ViewModel
import androidx.lifecycle.ViewModelProvider.AndroidViewModelFactory.Companion.APPLICATION_KEY
import androidx.lifecycle.createSavedStateHandle
import androidx.lifecycle.viewmodel.initializer
import androidx.lifecycle.viewmodel.viewModelFactory
import java.time.LocalDate
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.SupervisorJob
import org.attune.app.model.App
import org.attune.app.model.AppEvent
import org.attune.app.model.House
import org.attune.app.model.Kept
import org.attune.app.model.Phone
import org.attune.app.ui.Scrolls

/** Holds the app while its window comes and goes. Of what a person wrote, nothing is in the state that the system keeps. */
class AttuneViewModel(house: House, private val phone: Phone, saved: SavedStateHandle) : ViewModel() {
    // Not cancelled with the window: what was being written is written, then the vault is closed, and the scope has nothing left to do.
    private val scope = CoroutineScope(SupervisorJob() + Dispatchers.Main.immediate)

    /** The app. */
    val app = App(house, phone, SavedRoutes(saved), scope)

    /** Where its screens were scrolled to. */
    val scrolls = Scrolls()

    /** The day, by the phone's clock. */
    fun today(): LocalDate = LocalDate.now(phone.clock)

    override fun onCleared() = app.on(AppEvent.Ended)

    companion object {
        /** Makes one with what the process has. */
        val Factory = viewModelFactory {
            initializer {
                val application = this[APPLICATION_KEY] as AttuneApplication
                AttuneViewModel(application.house, application.phone, createSavedStateHandle())
            }
        }
    }
}

/** Routes hold ids and codes, and no text of anybody's. */
private class SavedRoutes(private val saved: SavedStateHandle) : Kept {
    override var routes: List<String>
        get() = saved.get<ArrayList<String>>(ROUTES).orEmpty()
        set(value) {
            saved[ROUTES] = ArrayList(value)
        }

    private companion object {
        const val ROUTES = "routes"
    }
}
