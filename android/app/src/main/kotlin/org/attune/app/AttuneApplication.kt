package org.attune.app

import android.app.Application

/** The process of the app. */
class AttuneApplication : Application()
