package org.attune.trial

/** Reads one JSON document into maps, lists, texts, numbers (as [Double]), booleans and null. */
internal fun readJson(text: String): Any? {
    val reader = JsonReader(text)
    val value = reader.value()
    check(reader.atEnd()) { "something after the document" }
    return value
}

/** Reads one JSON document that is an object. */
@Suppress("UNCHECKED_CAST")
internal fun readObject(text: String): Map<String, Any?> = readJson(text) as Map<String, Any?>

/** The objects in the list of that name. */
@Suppress("UNCHECKED_CAST")
internal fun Map<String, Any?>.objects(name: String): List<Map<String, Any?>> =
    getValue(name) as List<Map<String, Any?>>

/** The texts in the list of that name. */
@Suppress("UNCHECKED_CAST")
internal fun Map<String, Any?>.texts(name: String): List<String> = getValue(name) as List<String>

/** The text of that name. */
internal fun Map<String, Any?>.text(name: String): String = getValue(name) as String

private class JsonReader(private val text: String) {
    private var at = 0

    fun atEnd(): Boolean {
        space()
        return at == text.length
    }

    fun value(): Any? {
        space()
        return when (text[at]) {
            '{' -> members('{', '}') {
                val name = string()
                space()
                take(':')
                name to value()
            }.toMap()
            '[' -> members('[', ']') { value() }
            '"' -> string()
            else -> word()
        }
    }

    private fun <T> members(open: Char, close: Char, member: () -> T): List<T> {
        take(open)
        val members = ArrayList<T>()
        space()
        while (text[at] != close) {
            space()
            members += member()
            space()
            if (text[at] == ',') at++
        }
        take(close)
        return members
    }

    private fun string(): String {
        take('"')
        val out = StringBuilder()
        while (text[at] != '"') {
            val char = text[at++]
            if (char != '\\') {
                out.append(char)
                continue
            }
            when (val escaped = text[at++]) {
                'n' -> out.append('\n')
                't' -> out.append('\t')
                'r' -> out.append('\r')
                'b' -> out.append('\b')
                'f' -> out.append('\u000c')
                'u' -> {
                    out.append(text.substring(at, at + 4).toInt(16).toChar())
                    at += 4
                }
                else -> out.append(escaped)
            }
        }
        take('"')
        return out.toString()
    }

    private fun word(): Any? {
        val start = at
        while (at < text.length && text[at] !in ",]} \n\r\t") at++
        return when (val word = text.substring(start, at)) {
            "null" -> null
            "true" -> true
            "false" -> false
            else -> word.toDouble()
        }
    }

    private fun take(char: Char) {
        check(text[at] == char) { "not JSON" }
        at++
    }

    private fun space() {
        while (at < text.length && text[at].isWhitespace()) at++
    }
}
