// Draws anew what has changed of an open page, part by part, without moving what the visitor reads or writes.

// So that many open pages do not ask at the same moment.
const spreadMilliseconds = 200;

let stream;
let pending;

const proof = () => document.getElementById("proof");

/** Follows the stream of positions, once for however many pages this one becomes. */
export function watch() {
  if (!proof()) {
    stream?.close();
    stream = undefined;
    return;
  }

  stream ??= open();
}

function open() {
  const source = new EventSource("/live");
  let last;
  source.addEventListener("position", (event) => {
    const moved = JSON.parse(event.data);
    const tables = proof()?.dataset.tables?.split(" ") ?? [];
    const isFirst = last === undefined;
    last = moved.position;
    // The first event says where the stream stands; the page may be of before.
    if (isFirst ? isBehind(moved.position) : moved.tables.some((table) => tables.includes(table))) {
      clearTimeout(pending);
      pending = setTimeout(redraw, Math.random() * spreadMilliseconds);
    }
  });
  return source;
}

const number = (position) => position.split("/").map((part) => parseInt(part, 16));

function isBehind(position) {
  const shown = proof()?.dataset.position;
  if (!shown) {
    return false;
  }

  const [high, low] = number(position);
  const [shownHigh, shownLow] = number(shown);
  return high > shownHigh || (high === shownHigh && low > shownLow);
}

/** Asks for the page again and puts in place what differs. */
export async function redraw() {
  let text;
  try {
    const response = await fetch(location.href, { headers: { Accept: "text/html" } });
    if (!response.ok || response.redirected) {
      return;
    }

    text = await response.text();
  } catch {
    // The next event tries again.
    return;
  }

  const fresh = new DOMParser().parseFromString(text, "text/html");
  for (const part of document.querySelectorAll("[data-live]")) {
    const other = fresh.querySelector(`[data-live="${CSS.escape(part.dataset.live)}"]`);
    // Parts within parts are looked at themselves; whoever writes in one, or has opened one, keeps it.
    if (other && !part.querySelector("[data-live]") && !part.contains(document.activeElement) && source(part) !== other.outerHTML) {
      replace(part, other);
    }
  }
}

const originals = new WeakMap();

// As the server wrote it, without what scripts have added.
const source = (part) => originals.get(part) ?? part.outerHTML;

function replace(part, other) {
  const html = other.outerHTML;
  const opened = part.querySelector("details")?.open;
  const next = document.importNode(other, true);
  originals.set(next, html);
  if (opened) {
    next.querySelector("details").open = true;
  }

  if (next.dataset.live !== "proof") {
    next.classList.add("changed");
  }

  part.replaceWith(next);
  next.dispatchEvent(new CustomEvent("andi:redrawn", { bubbles: true }));
}

// How old the numbers are, second by second.
setInterval(() => {
  for (const time of document.querySelectorAll("time[data-age]")) {
    const seconds = Math.max(0, (Date.now() - Date.parse(time.dateTime)) / 1000);
    time.title = time.dataset.age.replace("{0}", seconds.toFixed(seconds < 10 ? 1 : 0));
  }
}, 1000);
