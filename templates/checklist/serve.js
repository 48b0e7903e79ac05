/**
 * Only in the page that `roadpress serve` shows: ticks go to the server at once, and the page follows the files there.
 * It runs before the page's own script, which finds it as `window.roadpress`.
 */
(() => {
  /** Leaves whose marks the server does not have yet. @type {Set<number>} */
  const unsent = new Set();
  /** What the page's script lends. @type {any} */
  let page = null;
  let sending = false;

  async function send() {
    if (sending || !unsent.size) return;
    sending = true;
    const leaves = [...unsent];
    unsent.clear();
    try {
      const body = page.progressText(leaves);
      const headers = { "Content-Type": "application/json" };
      const answer = await fetch("/ticks", { method: "POST", headers, body, keepalive: body.length < 60000 });
      if (!answer.ok) throw new Error(await answer.text());
    } catch (error) {
      for (const leaf of leaves) unsent.add(leaf);
      page.tell(`${page.words.unsent} ${/** @type {Error} */ (error).message}`, "save");
      setTimeout(send, 3000);
    }
    sending = false;
    if (unsent.size) setTimeout(send, 50);
  }

  /** @param {string[]} lines */
  function showProblems(lines) {
    const box = /** @type {HTMLElement} */ (document.getElementById("problems"));
    box.hidden = !lines.length;
    box.textContent = lines.join("\n");
  }

  function reload() {
    if (unsent.size || document.activeElement?.tagName === "TEXTAREA") setTimeout(reload, 300);
    else location.reload();
  }

  /** @param {any} lent */
  function start(lent) {
    page = lent;
    const events = new EventSource(`/events?version=${page.data.served}`);
    events.addEventListener("reload", reload);
    events.addEventListener("problems", ({ data }) => showProblems(JSON.parse(data)));
    events.addEventListener("marks", ({ data }) => page.follow(data));
    addEventListener("beforeunload", (event) => {
      send();
      if (unsent.size) event.preventDefault();
    });
  }

  /** @type {any} */ (window).roadpress = {
    start,
    keep: (/** @type {number} */ leaf) => {
      unsent.add(leaf);
      setTimeout(send, 50);
    },
  };
})();
