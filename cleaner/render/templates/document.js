// One document: its text with the removals in place, or source and body side by side.
const places = new WeakMap();

const stateOf = (line, runs) => {
  const words = line.pieces.filter((piece) => piece.text.trim());
  const gone = words.filter((piece) => [REMOVED, GONE_BEFORE, RELABELLED].includes(runs[piece.run][RUN_KIND]));
  return gone.length === 0 ? "kept" : gone.length === words.length ? "removed" : "mixed";
};

function pieceElement(view, piece, isFirst) {
  const run = view.text.runs[piece.run];
  const kind = piece.text.trim() ? run[RUN_KIND] : KEPT;
  const mark = view.marks.get(piece.run);
  const tag = mark ? { [REMOVED]: "del", [KEPT_MARK]: "ins", [RELABELLED]: "mark" }[kind] : undefined;
  const element = make(tag || "span", { class: kind === GONE_BEFORE ? "gone" : null });
  fill(element, piece.text);
  places.set(element, piece.start);
  if (!tag) return element;
  const label = data.labels[run[RUN_LABEL]];
  element.className = `cut ${colourOf(label)}${data.reasons[run[RUN_REASON]] === "reviewed" ? " decided" : ""}`;
  element.dataset.label = visibleLine(label.name);
  if (isFirst) {
    element.tabIndex = 0;
    element.dataset.start = mark[START];
  }
  element.dataset.mark = piece.run;
  if (!passes(view.row, mark)) element.hidden = true;
  return element;
}

function lineElement(view, line, above) {
  const runs = view.text.runs;
  const kind = stateOf(line, runs);
  const first = line.pieces.find((piece) => piece.text.trim());
  const label = kind === "removed" ? data.labels[runs[first.run][RUN_LABEL]] : null;
  const element = make("p", {
    class: `${kind} ${view.roles[runs[line.pieces[0].run][RUN_ROLE]]}${line.apart ? " apart" : ""}${label ? ` ${colourOf(label)}` : ""}`,
    dir: "auto",
    tabindex: "-1",
  });
  if (label && label.name !== above) element.dataset.label = visibleLine(label.name);
  for (const piece of line.pieces) {
    const isFirst = !view.seen.has(piece.run) && piece.text.trim() !== "";
    if (isFirst) view.seen.add(piece.run);
    element.append(pieceElement(view, piece, isFirst));
  }
  if (kind === "removed" && [...element.children].every((child) => child.hidden || !child.textContent.trim())) element.hidden = true;
  places.set(element, line.pieces[0].start);
  return [element, label ? label.name : ""];
}

function bodyElement(view, line) {
  const runs = view.text.runs;
  const kept = line.pieces.filter((piece) => ![REMOVED, GONE_BEFORE, RELABELLED, GONE_SPACE].includes(runs[piece.run][RUN_KIND]));
  const element = make("p", { class: `${view.roles[runs[line.pieces[0].run][RUN_ROLE]]}${line.apart ? " apart" : ""}`, dir: "auto" });
  for (const piece of kept) {
    const part = make("span");
    fill(part, piece.text);
    element.append(part);
  }
  if (!element.textContent.trim()) element.classList.add("nothing");
  return element;
}

function facts(row) {
  const kept = isRuns
    ? `${counted(row.words, "word")} before, ${row.kept.toLocaleString("en")} now, ${counted(row.marks.length, "change")}`
    : `${row.kept.toLocaleString("en")} of ${counted(row.words, "word")} kept, ${counted(row.marks.filter(counts).length, "removal")}`;
  const warnings = row.warnings.map((warning) => make("strong", { class: "warning" }, visibleLine(warning)));
  const known = [
    ["Title", row.title],
    ["Authors", row.authors.join("; ")],
    ["Date", row.date],
    ["Language", row.language],
    ["Address", row.url],
    ["Site", data.sites[row.site]],
  ].filter(([, value]) => value);
  return [
    make("p", { class: "facts" }, kept, ...warnings),
    known.length
      ? make(
          "dl",
          {},
          known.map(([name, value]) => make("div", {}, make("dt", {}, name), make("dd", { dir: "auto" }, visibleLine(value)))),
        )
      : null,
  ];
}

// What the document view shows now; null in the other views.
let open = null;

async function showDocument(number, start) {
  const row = data.rows[number];
  const text = await documentText(number);
  const units = toUnits(text);
  const view = { number, row, text, units, roles: data.roles.map((role) => role.replace(/\W/g, "")), seen: new Set(), marks: new Map() };
  const byStart = new Map(row.marks.map((mark) => [mark[START], mark]));
  text.runs.forEach((run, at) => {
    const mark = byStart.get(at ? text.runs[at - 1][RUN_END] : 0);
    if (mark && mark[END] === run[RUN_END]) view.marks.set(at, mark);
  });
  const around = listed();
  const here = around.indexOf(number);
  const step = (to, name, key) =>
    make(
      "a",
      {
        class: "button",
        href: to === undefined ? null : link(to),
        "aria-disabled": to === undefined ? "true" : null,
        role: to === undefined ? "link" : null,
        title: `${name} document (${key})`,
      },
      name,
    );
  const sides = make(
    "button",
    { type: "button", class: "wide-only", "aria-pressed": String(state.sideBySide), click: toggleSides },
    "Side by side",
  );
  const article = make(
    "article",
    { "aria-labelledby": "document-name" },
    make(
      "header",
      {},
      make(
        "div",
        { class: "steps" },
        make("span", { class: "place" }, here >= 0 ? `${(here + 1).toLocaleString("en")} of ${counted(around.length, "document")}` : ""),
        step(around[here - 1], "Previous", "["),
        step(here >= 0 ? around[here + 1] : around[0], "Next", "]"),
        sides,
      ),
      make("h2", { id: "document-name", dir: "auto" }, shortName(row)),
      facts(row),
    ),
  );
  const body = make("div", { class: `text${state.sideBySide ? " sides" : ""}`, id: "text" });
  if (row.language && /^[A-Za-z0-9-]+$/.test(row.language)) body.lang = row.language;
  let above = "";
  for (const line of linesOf(text, units)) {
    const [element, label] = lineElement(view, line, above);
    above = label;
    body.append(element);
    if (state.sideBySide) {
      element.removeAttribute("data-label");
      const beside = bodyElement(view, line);
      beside.hidden = element.hidden;
      body.append(beside);
    }
  }
  if (!body.children.length) body.append(make("p", { class: "empty" }, "This document has no words."));
  article.append(body);
  byId("main").replaceChildren(article);
  open = view;
  document.title = `${shortName(row)} – cleaner`;
  if (start >= 0) focusMark(start);
  else window.scrollTo(0, 0);
}

function focusMark(start) {
  const all = [...document.querySelectorAll("#text [data-start]")].filter((element) => !element.hidden);
  const found = all.find((element) => Number(element.dataset.start) >= start);
  if (!found) return false;
  found.focus({ preventScroll: true });
  found.scrollIntoView({ block: "center" });
  return true;
}

function toggleSides() {
  state.sideBySide = !state.sideBySide;
  if (open) showDocument(open.number, current ? current.start : -1).catch(trouble);
}

// The note beside what is pointed at or focused.
function explain(element) {
  const box = byId("why");
  const run = open && element ? open.text.runs[Number(element.dataset.mark)] : null;
  const mark = run ? open.marks.get(Number(element.dataset.mark)) : null;
  if (!mark) {
    box.hidden = true;
    return;
  }
  const also = mark[GROUP] >= 0 ? data.groupDocuments[mark[GROUP]] - 1 : 0;
  const label = data.labels[run[RUN_LABEL]];
  box.replaceChildren(
    make("strong", { class: colourOf(label) }, visibleLine(label.name)),
    ` ${visibleLine(data.reasons[run[RUN_REASON]])} · score ${scoreText(run[RUN_SCORE])}`,
    also > 0 ? ` · also in ${counted(also, "document")}` : "",
  );
  box.hidden = false;
  const where = element.getClientRects()[0] || element.getBoundingClientRect();
  const width = Math.min(box.offsetWidth, document.documentElement.clientWidth - 16);
  const left = Math.max(8, Math.min(where.left, document.documentElement.clientWidth - width - 8));
  box.style.left = `${left + window.scrollX}px`;
  box.style.top = `${element.getBoundingClientRect().bottom + window.scrollY + 6}px`;
}
