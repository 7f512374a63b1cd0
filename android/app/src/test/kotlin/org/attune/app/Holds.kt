package org.attune.app

/** On a test: the numbers of `docs/shell-behaviours.md` that it holds. */
@Target(AnnotationTarget.FUNCTION)
@Retention(AnnotationRetention.SOURCE)
annotation class Holds(vararg val behaviours: Int)
