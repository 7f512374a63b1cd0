// What somebody types is not lost: two tabs on one note, a lock and a sync while one writes, a button that is
// pressed twice. In a real browser, once with scripts and once without.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { launch } from "../harness/browser.mjs";
import { Person } from "../harness/desk.mjs";
import { Parties, PHRASE } from "../harness/parties.mjs";
import { say } from "../harness/words.mjs";
import { open, receive } from "../harness/work.mjs";

const MINUTES = 60_000;
const ABOUT = "I work slowly and ask before I go on.";

for (const javaScriptEnabled of [true, false]) {
  describe(`Typed text, ${javaScriptEnabled ? "with" : "without"} scripts`, { timeout: 10 * MINUTES }, () => {
    let parties, browser, desk, phone, ada, other, note;

    before(async () => {
      parties = await Parties.start();
      browser = await launch();
      desk = await parties.desk();
      phone = await parties.phone();
      ada = await Person.enter(browser, desk, { javaScriptEnabled });
      await ada.furnish("therapist", "Dr. Ada Lind", parties.origin);
      await ada.pair(phone);
      await phone.share("WrittenFollowUp");
      await phone.sync();
      await receive(ada, say("card-note"));
      await open(ada);
      note = `${ada.path}/note`;
      other = new Person(desk, ada.context, await ada.context.newPage(), ada.seen, javaScriptEnabled);
    });

    after(async () => {
      await browser?.close();
      await parties?.stop();
    });

    /** Both tabs have the note as it is kept; the first one writes, and what it wrote is kept. */
    async function writtenMeanwhile(text) {
      await ada.go(note);
      await other.go(note);
      await ada.type("write-impact", text);
      if (javaScriptEnabled) {
        await ada.reads("form-saved");
      } else {
        await ada.press("write-check");
        await ada.reads("write-saved");
      }
    }

    const withScripts = javaScriptEnabled ? test : () => {};

    withScripts("in an older tab is not kept by itself over newer text", async () => {
      await writtenMeanwhile("From the first tab.");
      // Drafts of one tab follow each other.
      await ada.type("write-step", "On Friday.");
      await ada.page.waitForResponse((answer) => answer.url().endsWith("/draft") && answer.status() === 204);
      await other.type("write-impact", "From the second tab.");
      await other.reads("form-changed-elsewhere");
      await ada.go(note);
      assert.equal(await ada.field("write-impact").inputValue(), "From the first tab.");
      assert.equal(await ada.field("write-step").inputValue(), "On Friday.");
      const told = ada.seen.problems.splice(0);
      assert.deepEqual(told, [`${ada.origin}${note}/draft: 409`], "the one draft that was not kept");
    });

    test("in an older tab is shown beside the newer, and the person goes on with that", async () => {
      await writtenMeanwhile("The newer version.");
      await other.type("write-impact", "The older version.");
      await other.press("write-check");
      await other.at("two-title");
      await other.readsText("The newer version.");
      await other.readsText("The older version.");
      await other.look("two-texts");
      await other.press("two-take-kept");
      await other.at("write-title");
      assert.equal(await other.field("write-impact").inputValue(), "The newer version.");
      // A person may be faster than the draft that the script sends by itself, and then there is none.
      ada.seen.problems = ada.seen.problems.filter((told) => !told.endsWith("/draft: 409"));
    });

    test("in an older tab takes the place of the newer when the person says so", async () => {
      await writtenMeanwhile("The newer one.");
      await other.type("write-impact", "The older one.");
      await other.press("write-check");
      await other.press("two-take-typed");
      await other.reads("write-saved");
      await ada.go(note);
      assert.equal(await ada.field("write-impact").inputValue(), "The older one.");
      ada.seen.problems = ada.seen.problems.filter((told) => !told.endsWith("/draft: 409"));
    });

    test("is on its page again after a sync and after a lock", async () => {
      await ada.go("/about");
      await ada.type("about-text", ABOUT);
      await ada.sync();
      await ada.reads("desk-sync-said");
      assert.equal(await ada.field("about-text").inputValue(), ABOUT);
      await ada.lock();
      await ada.reads("door-typed");
      await ada.readsNot(ABOUT);
      await ada.look("locked-typed");
      await ada.unlock(PHRASE);
      await ada.at("about-me-title");
      assert.equal(await ada.field("about-text").inputValue(), ABOUT);
      await ada.press("about-save");
      await ada.reads("about-saved");
    });

    test("is given back when its card was taken back", async () => {
      const { case: card } = await phone.share("RepairQuietly");
      await phone.sync();
      await receive(ada, say("card-fix"));
      await ada.press("inbox-open");
      await ada.press("card-mark-done");
      await ada.type("card-done-change", "A field for the name.");
      await phone.do(["take-back", card]);
      await phone.sync();
      await other.go("/clients");
      await other.sync();
      await ada.press("card-mark-done");
      await ada.at("gone-title");
      await ada.readsText("A field for the name.");
      await ada.look("gone");
    });

    withScripts("nor is a button that is pressed twice pressed twice", async () => {
      await ada.go("/invite");
      await ada.named("invite-make").dblclick();
      await ada.at("invite-code-title");
      await ada.go("/clients");
      const waiting = ada.page.getByText(say("stage-waiting"));
      assert.equal(await waiting.count(), 1);
    });

    test("had nothing wrong on any of these pages", () => ada.leave());
  });
}
