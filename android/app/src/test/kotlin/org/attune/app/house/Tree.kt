package org.attune.app.house

import java.io.File
import javax.xml.parsers.DocumentBuilderFactory
import org.w3c.dom.Element

/** The checkout that the tests are of, and the folder of this build. */
internal object Tree {
    val checkout = File(System.getProperty("attune.checkout"))
    val android = File(checkout, "android")
    val build = File(System.getProperty("attune.build"))

    fun xml(file: File): Element = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file).documentElement

    /** An element of the manifest that was linked, as aapt2 reads it back: what a phone would see. */
    class Node(val name: String, val attributes: MutableMap<String, String>, val children: MutableList<Node>) {
        operator fun get(attribute: String): String? = attributes[attribute]

        fun all(): Sequence<Node> = sequenceOf(this) + children.asSequence().flatMap { it.all() }

        fun all(name: String): List<Node> = all().filter { it.name == name }.toList()
    }

    /** A file of the linked resources, `AndroidManifest.xml` or below `res`. */
    fun linked(file: String): Node {
        val resources = File(build, "android/resources.ap_").path
        val process = ProcessBuilder("aapt2", "dump", "xmltree", "--file", file, resources).redirectErrorStream(true).start()
        val lines = process.inputReader().readLines()
        check(process.waitFor() == 0) { lines.joinToString("\n") }
        val open = ArrayDeque<Pair<Int, Node>>()
        val root = Node("", HashMap(), ArrayList())
        for (line in lines) {
            val depth = line.indexOfFirst { it != ' ' }
            val (kind, rest) = line.trim().split(": ", limit = 2)
            while (open.isNotEmpty() && open.last().first >= depth) open.removeLast()
            val parent = open.lastOrNull()?.second ?: root
            when (kind) {
                "E" -> Node(rest.substringBefore(" ("), LinkedHashMap(), ArrayList()).let {
                    parent.children += it
                    open += depth to it
                }
                "A" -> parent.attributes[rest.substringBefore('=').substringAfterLast(':').substringBefore('(')] =
                    rest.substringAfter('=').substringBefore(" (Raw").trim('"')
            }
        }
        return root
    }
}

internal fun Element.elements(name: String): List<Element> =
    getElementsByTagName(name).let { nodes -> List(nodes.length) { nodes.item(it) as Element } }

internal fun Element.text(name: String): String = elements(name).first().textContent.trim()

internal fun Element.android(name: String): String = getAttribute("android:$name")
