// From the address to the view.
const VIEWS = [
  ["overview", "Overview"],
  ["worklist", "Worklist"],
  ["repeated", "Repeated"],
  ["documents", "Documents"],
];
const SHOW = { overview: showOverview, worklist: showWorklist, repeated: showRepeated, documents: showDocuments };

function total() {
  let words = 0;
  let kept = 0;
  let found = 0;
  for (const row of data.rows) {
    words += row.words;
    kept += row.kept;
    found += row.marks.filter(counts).length;
  }
  const totals = isReview ? { documents: data.rows.length, words, kept, marks: found } : data.totals;
  byId("total").textContent = isRuns
    ? `${counted(totals.marks, "change")} in ${counted(totals.documents, "document")}`
    : `${percent(totals.kept, totals.words)} of ${counted(totals.words, "word")} kept in ${counted(totals.documents, "document")}, ${counted(totals.marks, "removal")}`;
  if (isReview) showProgress();
}

async function draw() {
  byId("why").hidden = true;
  for (const tab of document.querySelectorAll("#views a")) {
    const isHere = tab.hash === `#${state.view === "document" ? "documents" : state.view}`;
    if (isHere) tab.setAttribute("aria-current", "page");
    else tab.removeAttribute("aria-current");
  }
  if (state.view === "document") {
    await showDocument(state.document, state.start);
    return;
  }
  open = null;
  current = null;
  document.title = `cleaner: ${state.view}`;
  SHOW[state.view]();
  window.scrollTo(0, 0);
  if (isReview) showTarget();
}

async function follow() {
  const found = /^#document-(\d+)(?:-(\d+))?$/.exec(location.hash);
  const number = found ? Number(found[1]) - 1 : -1;
  if (data.rows[number]) {
    const start = found[2] === undefined ? -1 : Number(found[2]);
    Object.assign(state, { view: "document", document: number, start });
    if (open && open.number === number) {
      if (start >= 0) focusMark(start);
      return;
    }
  } else {
    state.view = SHOW[location.hash.slice(1)] ? location.hash.slice(1) : data.rows.length === 1 ? "document" : "overview";
    if (state.view === "document") Object.assign(state, { document: 0, start: -1 });
  }
  await draw();
}

function trouble(error) {
  const box = byId("notice");
  box.textContent = error.message || String(error);
  box.hidden = false;
  box.setAttribute("role", "alert");
}

// What was focused becomes what keys act on.
function focused(event) {
  const cut = event.target.closest("#text [data-mark]");
  explain(cut);
  if (cut) {
    const mark = open.marks.get(Number(cut.dataset.mark));
    current = {
      element: cut,
      number: open.number,
      start: mark[START],
      end: mark[END],
      label: labelOf(mark).name,
      group: mark[GROUP],
      words: groupText(mark),
    };
  } else if (event.target.matches("#text > p[tabindex]")) {
    const line = event.target;
    const start = places.get(line);
    const end = [...line.children].reduce((last, piece) => Math.max(last, places.get(piece) + lengthOf(piece)), start);
    const on = trimmed(start, end);
    if (on) current = { ...on, isSelection: false, element: line };
  } else if (event.target.matches("#main a.item")) {
    const number = Number(event.target.dataset.number);
    const mark = data.rows[number].marks.find((one) => one[START] === Number(event.target.dataset.at));
    current = mark
      ? {
          element: event.target,
          number,
          start: mark[START],
          end: mark[END],
          label: labelOf(mark).name,
          group: mark[GROUP],
          words: groupText(mark),
        }
      : null;
  }
  if (isReview && event.target.closest("#main")) showTarget();
}

byId("views").append(...VIEWS.map(([view, name]) => make("a", { href: `#${view}` }, name)));
byId("theme").addEventListener("click", switchTheme);
byId("help").addEventListener("click", showKeys);
document.addEventListener("keydown", pressed);
document.addEventListener("focusin", focused);
document.addEventListener("mouseover", (event) => {
  const cut = event.target.closest && event.target.closest("#text [data-mark]");
  if (cut) explain(cut);
  else if (document.activeElement && document.activeElement.matches("#text [data-mark]")) explain(document.activeElement);
  else byId("why").hidden = true;
});
window.addEventListener("hashchange", () => follow().catch(trouble));
if (matchMedia("(max-width: 60rem)").matches) byId("filters").open = false;
if (data.totals.left_out) {
  trouble(
    `This page shows the first ${counted(data.rows.length, "document")} of ${data.totals.documents.toLocaleString("en")}: more would be too much for a browser. Totals and words by label count all of them; lists and filters those that are shown.`,
  );
  byId("notice").removeAttribute("role");
}
if (isReview) {
  drawDesk();
  document.addEventListener("selectionchange", showTarget);
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) catchUp().catch(trouble);
  });
  if (tabs) tabs.addEventListener("message", () => catchUp().catch(trouble));
}
drawFilters();
total();
follow().catch(trouble);
