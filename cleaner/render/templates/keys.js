// The keyboard. `current` is what was focused last: a removal in a text, a line, or an item of a list.
let current = null;
let keysOn = true;

const steps = () =>
  [...document.querySelectorAll("#text [data-start], #main a.item")].filter((element) => !element.hidden && element.offsetParent !== null);

function step(by) {
  const all = steps();
  let at = current ? all.indexOf(current.element) : -1;
  if (at < 0 && current && open) {
    at = all.findIndex((element) => Number(element.dataset.start) > current.start) - (by > 0 ? 1 : 0);
    if (at < -1) at = by > 0 ? all.length - 1 : all.length;
  }
  const next = at < 0 && by < 0 ? undefined : all[at + by];
  if (next) {
    next.focus({ preventScroll: true });
    next.scrollIntoView({ block: "center" });
    return;
  }
  if (open) stepDocument(by, by > 0 ? 0 : Infinity);
  else if (by > 0) {
    const more = document.querySelector(".more-items:not([hidden])");
    if (more) more.click();
  }
}

// The next document that has something to see.
function stepDocument(by, start = -1) {
  if (!open) return;
  const around = listed();
  let at = around.indexOf(open.number) + by;
  while (start >= 0 && around[at] !== undefined && !data.rows[around[at]].marks.some((mark) => passes(data.rows[around[at]], mark)))
    at += by;
  if (around[at] === undefined) return;
  const passing = data.rows[around[at]].marks.filter((mark) => passes(data.rows[around[at]], mark));
  const mark = start === Infinity ? passing[passing.length - 1] : passing[0];
  location.hash = link(around[at], start < 0 || !mark ? -1 : mark[START]);
}

function stepLine(by) {
  const lines = [...document.querySelectorAll("#text > p[tabindex]")].filter((line) => !line.hidden);
  const here = document.activeElement.closest ? document.activeElement.closest("#text > p[tabindex]") : null;
  const next = lines[here ? lines.indexOf(here) + by : 0];
  if (!next) return false;
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: "center" });
  return true;
}

const go = (view) => () => {
  location.hash = view;
};
// key -> what it does, and how the help words it; `review` ones are there with a desk only
const KEYS = [
  ["n", "next removal, in the next document after the last", () => step(1)],
  ["p", "previous removal", () => step(-1)],
  ["]", "next document", () => stepDocument(1)],
  ["[", "previous document", () => stepDocument(-1)],
  ["o", "overview", go("overview")],
  ["w", "worklist", go("worklist")],
  ["g", "what is repeated", go("repeated")],
  ["d", "documents", go("documents")],
  ["v", "side by side or in place", toggleSides],
  [
    "/",
    "find a document",
    () => {
      location.hash = "documents";
      setTimeout(() => byId("search") && byId("search").focus(), 50);
    },
  ],
  [
    "f",
    "filters",
    () => {
      byId("filters").open = true;
      byId("filter").querySelector("input, select").focus();
    },
  ],
  ["t", "dark or light", switchTheme],
  ["?", "this help", showKeys],
];

function pressed(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  const inField = event.target.closest("input, select, textarea, dialog");
  if (event.key === "Escape" && inField && !event.target.closest("dialog")) {
    event.target.blur();
    byId("main").focus();
    return;
  }
  if (inField || !keysOn) return;
  if ((event.key === "ArrowDown" || event.key === "ArrowUp") && event.target.closest("#text")) {
    if (stepLine(event.key === "ArrowDown" ? 1 : -1)) event.preventDefault();
    return;
  }
  const known = KEYS.find(([key]) => key === event.key);
  if (!known) return;
  event.preventDefault();
  known[2]();
}

function switchTheme() {
  const root = document.documentElement;
  const isDark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = isDark ? "light" : "dark";
}

function showKeys() {
  const box = byId("keys");
  const toggle = make("input", {
    type: "checkbox",
    checked: keysOn,
    autocomplete: "off",
    change: (event) => {
      keysOn = event.target.checked;
    },
  });
  box.replaceChildren(
    make("h2", { id: "keys-title" }, "Keyboard"),
    make(
      "dl",
      {},
      KEYS.map(([key, words]) => make("div", {}, make("dt", {}, make("kbd", {}, key)), make("dd", {}, words))),
      make("div", {}, make("dt", {}, make("kbd", {}, "↑"), " ", make("kbd", {}, "↓")), make("dd", {}, "line by line, what stays too")),
      make("div", {}, make("dt", {}, make("kbd", {}, "Enter")), make("dd", {}, "open what is focused")),
    ),
    make("label", { class: "check" }, toggle, " Single keys do this"),
    make("p", { class: "switches" }, make("button", { type: "button", click: () => box.close() }, "Close")),
  );
  box.showModal();
}
