// A person at a desk: what they read and press, by the words on the page.

import assert from "node:assert/strict";

import { assertCalm, sit } from "./browser.mjs";
import { assertSound } from "./page.mjs";
import { PHRASE } from "./parties.mjs";
import { picture } from "./pictures.mjs";
import { say } from "./words.mjs";

/** A text as a part of a pattern. */
function escaped(text) {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

/** Somebody in front of a browser, let in by the link that the desk printed. */
export class Person {
  /** Opens the link of a desk that has just been started, in a browser session of its own. */
  static async enter(browser, desk, options = {}) {
    const { context, page, seen } = await sit(browser, options);
    const person = new Person(desk, context, page, seen, options.javaScriptEnabled !== false);
    await page.goto(desk.ready.link);
    await person.press("open-button");
    return person;
  }

  constructor(desk, context, page, seen, scripts) {
    this.origin = new URL(desk.ready.link).origin;
    this.context = context;
    this.page = page;
    this.seen = seen;
    this.scripts = scripts;
  }

  go(path) {
    return this.page.goto(`${this.origin}${path}`);
  }

  get path() {
    const { pathname, search } = new URL(this.page.url());
    return pathname + search;
  }

  /**
   * A button, or a link that looks like one or not, by the id of its words. What it is for may follow to
   * those who do not see it beside.
   */
  named(id, values) {
    const options = { name: new RegExp(`^${escaped(say(id, values))}(: |$)`) };
    return this.page.getByRole("button", options).or(this.page.getByRole("link", options)).first();
  }

  press(id, values) {
    return this.tell(this.act(this.named(id, values), "Enter"));
  }

  async tick(id) {
    const box = this.page.getByLabel(say(id), { exact: true });
    await this.tell(this.act(box, "Space"));
    assert.ok(await box.isChecked(), id);
  }

  /**
   * By the mouse, or without scripts by the keyboard: a page without them draws no frames by which could
   * be told when it is still enough for a mouse.
   */
  async act(locator, key) {
    if (this.scripts) return locator.click();
    await this.page.waitForLoadState();
    // By its element: the page's own keyboard does not wait for the page that a key leads to.
    return locator.press(key);
  }

  /** If that fails, says what stood on the page. */
  async tell(action) {
    try {
      return await action;
    } catch (error) {
      const text = await this.page.locator("body").innerText().catch(() => "nothing");
      throw new Error(`${error.message}\n${this.page.url()} says:\n${text}`);
    }
  }

  /** A field, by the id of its label: the label may go on, as with "(may stay empty)". */
  field(id) {
    const optional = escaped(say("form-optional"));
    return this.page.getByLabel(new RegExp(`^\\s*${escaped(say(id))}\\s*(${optional})?\\s*$`)).first();
  }

  type(id, text) {
    return this.tell(this.field(id).fill(text));
  }

  /** Waits until the page says that text, and fails if it does not. */
  async reads(id, values) {
    await this.readsText(say(id, values));
  }

  async readsText(text) {
    await this.tell(this.page.getByText(text, { exact: false }).first().waitFor());
  }

  /** Fails if the text stands anywhere in the page. */
  async readsNot(text) {
    const whole = await this.page.locator("body").innerText();
    assert.ok(!whole.includes(text), `${this.path} says ${JSON.stringify(text)}`);
  }

  /** Waits for the page with that heading. */
  async at(id, values) {
    await this.atTitle(say(id, values));
  }

  async atTitle(title) {
    await this.tell(this.page.getByRole("heading", { level: 1, name: title, exact: true }).waitFor());
  }

  /** Looks at the page as it is now: what must hold on every page, and its picture if one is wanted. */
  async look(name) {
    // Without scripts it is the same page, and axe is one.
    if (!this.scripts) return;
    await assertSound(this.page, name);
    await picture(this.page, name);
  }

  /** The four words to compare, from the page. */
  words() {
    return this.page.locator("ol.words li").allInnerTexts();
  }

  /** Presses what has the desk sync, and waits for the page that tells how that ended: others act on it next. */
  async sync(id = "desk-sync-now") {
    const told = this.page.waitForResponse((answer) => {
      const asked = [answer.request(), answer.request().redirectedFrom()];
      return answer.ok() && asked.some((request) => request?.url() === `${this.origin}/sync`);
    });
    await Promise.all([this.tell(told), this.press(id)]);
  }

  async lock() {
    await this.press("page-lock");
    await this.at("door-title");
  }

  async unlock(phrase = PHRASE) {
    await this.type("door-passphrase", phrase);
    await this.press("door-button");
  }

  /** Makes the desk's vault on its first run. */
  async furnish(role, name, relay) {
    await this.at("start-title");
    await this.press(`start-${role}`);
    await this.type("card-form-name", name);
    await this.type("card-form-backup", "Noa Brand");
    await this.type("card-form-leaves", "Dates of sessions go to your insurer.");
    await this.tick("card-form-no-fee");
    await this.type("card-form-relay", relay);
    await this.type("pass-new", PHRASE);
    await this.type("pass-again", PHRASE);
    await this.press("start-make");
    await this.reads("start-made");
  }

  /** Links with a phone by the link on the page, and compares the words. */
  async pair(phone, look = async () => {}) {
    await this.go("/clients");
    await this.press("clients-invite");
    await look("invite");
    await this.press("invite-make");
    await this.at("invite-code-title");
    await look("invite-code");
    const code = (await this.tell(this.page.locator("p.code").innerText())).trim();
    const practice = (await phone.do(["pair", "--name", "Sam"], `${code}\n`)).practice;
    await this.sync("invite-look");
    await this.reads("invite-claimed");
    await phone.sync();
    await this.press("client-compare");
    await this.at("compare-title");
    const { words } = await phone.do(["words", practice]);
    assert.deepEqual(await this.words(), words, "the four words on both sides");
    await look("compare");
    await phone.do(["confirm", practice]);
    await this.press("compare-match");
    await this.reads("desk-words-matched");
  }

  /** Ends the session, and fails if anything was wrong on any page of it. */
  async leave() {
    await this.context.close();
    assertCalm(this.seen, this.origin);
  }
}
