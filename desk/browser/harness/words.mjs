// What the desk says, by id: a test asks for a button as a person does, by its words, and a changed word
// changes no test. Only what Fluent has of plain texts: no variants.

import { readFileSync } from "node:fs";

const FOLDER = new URL("../../../copy/en/", import.meta.url);
/** What a phone or a terminal says is no word of a page. */
const FILES = ["coordinator.ftl", "desk.ftl", "desk_work.ftl", "therapist.ftl"];

const texts = new Map();
for (const file of FILES) {
  let id = null;
  for (const line of readFileSync(new URL(file, FOLDER), "utf8").split("\n")) {
    const start = line.match(/^([a-z][a-z0-9-]*) =\s?(.*)$/);
    if (start) {
      id = start[1];
      if (texts.has(id)) throw new Error(`two texts have the id ${id}`);
      texts.set(id, start[2]);
    } else if (id && /^\s+\S/.test(line)) {
      texts.set(id, `${texts.get(id)} ${line.trim()}`.trim());
    } else {
      id = null;
    }
  }
}

/** The text of that id, with its values put in. */
export function say(id, values = {}) {
  const text = texts.get(id);
  if (text === undefined) throw new Error(`no text has the id ${id}`);
  if (text.includes("->")) throw new Error(`${id} has variants`);
  return text
    .replace(/\{ \$(\w+) \}/g, (_, name) => {
      if (!(name in values)) throw new Error(`${id} needs ${name}`);
      return values[name];
    })
    .replace(/\{ "([^"]*)" \}/g, "$1")
    .replace(/\{ ([a-z][a-z0-9-]*) \}/g, (_, other) => say(other, values));
}
