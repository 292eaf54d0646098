// Lists: the worklist, what is removed again and again, the documents.
const CONTROL_EVERY = 10;

const MOST_CONTROLS = 50;

// Always the same number for the same removal, and no pattern in it.
function scattered([number, , mark]) {
  let mixed = Math.imul(number + 1, 2654435761) ^ Math.imul(mark[START] + 7, 40503);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 2246822519);
  return (mixed ^ (mixed >>> 13)) >>> 0;
}

// Some of all removals at random, the same ones every time.
function controlsOf(all) {
  const values = Float64Array.from(all, scattered);
  const number = Math.min(MOST_CONTROLS, Math.ceil(all.length / (2 * CONTROL_EVERY)));
  const highest = values.slice().sort()[number - 1];
  return all
    .filter((item, at) => values[at] <= highest)
    .sort((one, other) => scattered(one) - scattered(other))
    .slice(0, number);
}

// Riskiest first, what is identical once; every tenth is one at random, as control.
function worklist() {
  const all = [...marks()].filter(([, , mark]) => counts(mark) && !isDecided(mark));
  const byRisk = Array.from({ length: 1001 }, () => []);
  for (const item of all) byRisk[Math.min(1000, item[2][RISK])].push(item);
  const controls = all.length > 2 * CONTROL_EVERY ? controlsOf(all) : [];
  const isControl = new Set(controls.map((item) => item[2]));
  const seen = new Set();
  const items = [];
  const entry = ([number, row, mark], control) => ({ number, row, mark, control });
  for (const item of byRisk.reverse().flat()) {
    const group = item[2][GROUP];
    if (isControl.has(item[2]) || (group >= 0 && seen.has(group))) continue;
    seen.add(group);
    if (items.length % CONTROL_EVERY === CONTROL_EVERY - 1 && controls.length) items.push(entry(controls.shift(), true));
    items.push(entry(item, false));
  }
  return items.concat(controls.map((item) => entry(item, true)));
}

function itemElement(item, alike) {
  const label = labelOf(item.mark);
  const also = alike.get(item.mark[GROUP]);
  const element = make(
    "li",
    {},
    make(
      "a",
      {
        class: `item ${colourOf(label)}`,
        href: link(item.number, item.mark[START]),
        "data-number": item.number,
        "data-at": item.mark[START],
      },
      make("span", { class: "words", dir: "auto" }, visibleLine(groupText(item.mark) || "(counted, not shown)")),
      make(
        "span",
        { class: "meta" },
        make("strong", {}, visibleLine(label.name)),
        ` ${visibleLine(data.reasons[item.mark[REASON]])} · score ${scoreText(item.mark[SCORE])} · ${counted(item.mark[WORDS], "word")}`,
        also && also.documents > 1 ? ` · in ${counted(also.documents, "document")}` : "",
        item.control ? make("em", { class: "chip" }, "random, as control") : null,
      ),
      make("span", { class: "meta where" }, shortName(item.row)),
    ),
  );
  if (isDecided(item.mark)) element.firstElementChild.classList.add("decided");
  return element;
}

function paged(list, items, draw) {
  const more = make("button", { type: "button", class: "more-items" });
  const add = () => {
    const from = list.childElementCount;
    list.append(...items.slice(from, from + state.shown).map(draw));
    const left = items.length - list.childElementCount;
    more.hidden = left <= 0;
    more.textContent = `Show ${counted(Math.min(left, state.shown), "more item")} of ${left.toLocaleString("en")}`;
  };
  more.addEventListener("click", () => {
    const last = list.lastElementChild;
    add();
    const next = last && last.nextElementSibling;
    if (next) (next.querySelector("a") || next).focus();
  });
  add();
  return [list, more];
}

const nothing = (words) => make("p", { class: "empty" }, words);

function showWorklist() {
  const items = worklist();
  const alike = groupCounts();
  const what = isRuns ? "Changes" : "Removals";
  const explained = `${what} by how much they should be looked at: long ones, unsure ones, those that read like prose, those from documents that lost much. What is identical stands here once; every tenth is a random one, as control.`;
  const list = make("ol", { class: "items" });
  byId("main").replaceChildren(
    make(
      "section",
      { class: "sheet" },
      make("h2", {}, "Worklist"),
      make("p", { class: "explained" }, explained),
      ...(items.length
        ? paged(list, items, (item) => itemElement(item, alike))
        : [nothing(isFiltered() ? "Nothing that the filters let through." : "Nothing is left to look at.")]),
    ),
  );
}

function showRepeated() {
  const found = [...groupCounts().values()].filter((one) => one.documents > 1);
  found.sort((one, other) => other.documents - one.documents || other.marks - one.marks || one.group - other.group);
  const list = make("ol", { class: "items" });
  const draw = (one) => {
    const [number, mark] = one.first;
    const label = labelOf(mark);
    const all = data.groupDocuments[one.group];
    return make(
      "li",
      {},
      make(
        "a",
        { class: `item repeated ${colourOf(label)}`, href: link(number, mark[START]), "data-number": number, "data-at": mark[START] },
        make("span", { class: "times" }, one.documents.toLocaleString("en"), make("span", {}, " documents")),
        make("span", { class: "words", dir: "auto" }, visibleLine(data.groups[one.group])),
        make(
          "span",
          { class: "meta" },
          make("strong", {}, visibleLine(label.name)),
          ` ${visibleLine(data.reasons[mark[REASON]])}`,
          one.marks > one.documents ? ` · ${counted(one.marks, "time")}` : "",
          data.totals.left_out && all > one.documents ? ` · in ${counted(all, "document")} of the whole corpus` : "",
        ),
      ),
    );
  };
  byId("main").replaceChildren(
    make(
      "section",
      { class: "sheet" },
      make("h2", {}, isRuns ? "Repeated changes" : "Repeated removals"),
      make(
        "p",
        { class: "explained" },
        "The same words in more than one document, those of most documents first. Each opens the first of its documents.",
      ),
      ...(found.length ? paged(list, found, draw) : [nothing("No words go from more than one document.")]),
    ),
  );
}

const ORDERS = [
  ["given", "as given"],
  ["words", "most words lost"],
  ["share", "largest share lost"],
  ["removals", "most removals"],
  ["risk", "riskiest removal"],
];

function showDocuments() {
  const list = make("ol", { class: "documents" });
  const slot = make("div");
  const draw = (number) => {
    const row = data.rows[number];
    const share = row.words ? (100 * row.kept) / row.words : 100;
    return make(
      "li",
      {},
      make(
        "a",
        { href: link(number) },
        make(
          "span",
          { class: "name", dir: "auto" },
          shortName(row),
          row.title ? make("span", { class: "title" }, visibleLine(row.title)) : null,
        ),
        make("span", { class: "count" }, isRuns ? counted(row.marks.length, "change") : `${percent(row.kept, row.words)} kept`),
        bar(Math.min(100, share)),
        row.warnings.map((warning) => make("strong", { class: "warning" }, visibleLine(warning))),
      ),
    );
  };
  const refill = () => {
    list.replaceChildren();
    const found = listed();
    slot.replaceChildren(...(found.length ? paged(list, found, draw) : [nothing("No document that filters and search let through.")]));
  };
  const search = make("input", {
    type: "search",
    id: "search",
    placeholder: "name or title",
    value: state.search,
    autocomplete: "off",
    input: (event) => {
      state.search = event.target.value;
      refill();
    },
  });
  const order = make(
    "select",
    {
      id: "order",
      autocomplete: "off",
      change: (event) => {
        state.order = event.target.value;
        refill();
      },
    },
    ORDERS.map(([value, name]) => make("option", { value, selected: value === state.order }, name)),
  );
  refill();
  byId("main").replaceChildren(
    make(
      "section",
      { class: "sheet" },
      make("h2", {}, "Documents"),
      make("div", { class: "fields" }, make("label", {}, "Find ", search), make("label", {}, "Order ", order)),
      slot,
    ),
  );
}
