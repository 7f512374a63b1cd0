// Chromium, and a watch over all that its pages do.

import assert from "node:assert/strict";
import { chromium } from "playwright-core";

const FLAGS = [
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-gpu",
  "--disable-quic",
  "--disable-sync",
  "--no-first-run",
];

/** A browser with a fresh profile. */
export async function launch() {
  // Its sandbox refuses to run as root, which CI is.
  const flags = process.getuid?.() === 0 ? [...FLAGS, "--no-sandbox"] : FLAGS;
  const executablePath = process.env.ATTUNE_CHROMIUM ?? "/usr/bin/chromium";
  return chromium.launch({ executablePath, args: flags, headless: true });
}

/**
 * A session of its own, as a person who sits down at the desk has: cookies, pages, and `seen`, what
 * went wrong in any page of it. The desk asks nothing of anybody else, and breaks no policy of its own.
 */
export async function sit(browser, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: "en-GB", ...options });
  // What is waited for comes; how soon is no matter of these tests, and other builds run beside them.
  context.setDefaultTimeout(60_000);
  const seen = { requests: [], problems: [] };
  context.on("request", (request) => seen.requests.push(request.url()));
  context.on("console", (message) => {
    // A page that refuses something says so by its status; anything else that is not there is a fault.
    const refused = message.text().startsWith("Failed to load resource: the server responded with");
    const told = ["error", "warning"].includes(message.type()) && !refused;
    if (told) seen.problems.push(`console: ${message.text()}`);
  });
  context.on("response", (response) => {
    const isPart = !response.request().isNavigationRequest();
    if (isPart && response.status() >= 400) seen.problems.push(`${response.url()}: ${response.status()}`);
  });
  context.on("weberror", (error) => seen.problems.push(`error: ${error.error()}`));
  context.on("requestfailed", (request) => {
    // A page that is left while it loads something is no fault.
    const why = request.failure()?.errorText ?? "";
    if (why !== "net::ERR_ABORTED") seen.problems.push(`${request.url()}: ${why}`);
  });
  const page = await context.newPage();
  return { context, page, seen };
}

/** Fails if a page asked anybody but the desk, broke the policy, or said something went wrong. */
export function assertCalm(seen, origin) {
  const outside = seen.requests.filter((url) => new URL(url).origin !== origin);
  assert.deepEqual(outside, [], "requests to others than the desk");
  assert.deepEqual(seen.problems, [], "what the browser complained about");
}
