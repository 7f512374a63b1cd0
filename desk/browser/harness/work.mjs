// What a person at a desk does with a card, from the list of open ones to the note that leaves.

import assert from "node:assert/strict";

/** A note that the check has nothing to hold back in. */
export const NOTE = {
  "write-impact": "I laughed at how you say your name. That may have made you feel less at home here.",
  "write-apology": "I am sorry I did that.",
  "write-correction": "I will not laugh about how people speak.",
  "write-step": "I will go over this with my supervisor before our next session.",
};

/** A sentence that names a cost as a consequence, which blocks. */
export const PENALTY = "If you do not answer, I will have to report it to your insurer.";

/** Waits until a choice has come: the phone has synced, and this desk does. */
export async function receive(person, title, look = async () => {}) {
  await person.go("/");
  await person.sync();
  await person.readsText(title);
  await look("inbox");
}

/** Opens the first card of the list, and looks at it. */
export async function open(person, look = async () => {}) {
  await person.press("inbox-open");
  await person.reads("card-do-title");
  await person.reads("card-do-not-title");
  await look("card");
}

/** Fills the worksheet, and goes on to the note. */
export async function reflect(person, look = async () => {}) {
  await person.press("card-to-sheet");
  await person.at("sheet-title");
  await person.type("sheet-said", "I laughed at how they say their own name.");
  await person.type("sheet-change", "No laughing about how people speak.");
  await look("worksheet");
  await person.press("sheet-go-on");
  await person.at("write-title");
}

/** Writes the parts of a note, and has them checked. */
export async function write(person, parts) {
  for (const [id, text] of Object.entries(parts)) await person.type(id, text);
  await person.press("write-check");
}

/** Sends what is shown as the client will read it. */
export async function send(person, look = async () => {}) {
  await person.reads("read-title");
  await look("editor-preview");
  await person.press("read-send");
  await person.reads("reply-sent");
}

/** Fails unless the page has no way to send. */
export async function assertHeld(person) {
  await person.reads("check-blocks");
  assert.equal(await person.named("read-send").count(), 0, "what is held back cannot be sent");
}
