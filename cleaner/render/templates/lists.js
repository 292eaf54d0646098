// Lists: the worklist, what is removed again and again, the documents.
const CONTROL_EVERY = 10;

// Riskiest first, what is identical once; every tenth is one at random (the same ones every time) as control.
function worklist() {
  const all = [...marks()].filter(([, , mark]) => counts(mark) && !(isDecided(mark) && !state.decidedToo));
  const seen = new Set();
  const risky = [];
  for (const item of all.slice().sort((one, other) => other[2][RISK] - one[2][RISK] || one[0] - other[0] || one[2][START] - other[2][START])) {
    const group = item[2][GROUP];
    if (group >= 0 && seen.has(group)) continue;
    seen.add(group);
    risky.push({ number: item[0], row: item[1], mark: item[2], control: false });
  }
  const scattered = ([number, , mark]) => Math.imul(Math.imul(number + 1, 2654435761) ^ Math.imul(mark[START] + 7, 40503), 2246822519) >>> 0;
  const random = all.slice().sort((one, other) => scattered(one) - scattered(other));
  const top = new Set(risky.slice(0, 500).map((item) => item.mark));
  const controls = random.filter((item) => !top.has(item[2])).slice(0, 50).map(([number, row, mark]) => ({ number, row, mark, control: true }));
  const chosen = new Set(controls.map((item) => item.mark));
  const items = [];
  for (const item of risky) {
    if (chosen.has(item.mark)) continue;
    if (items.length % CONTROL_EVERY === CONTROL_EVERY - 1 && controls.length) items.push(controls.shift());
    items.push(item);
  }
  return items.concat(controls);
}

function itemElement(item, alike) {
  const label = labelOf(item.mark);
  const also = alike.get(item.mark[GROUP]);
  const element = make("li", {},
    make("a", { class: `item ${colourOf(label)}`, href: link(item.number, item.mark[START]), "data-number": item.number, "data-at": item.mark[START] },
      make("span", { class: "words", dir: "auto" }, visibleLine(groupText(item.mark) || "(counted, not shown)")),
      make("span", { class: "meta" },
        make("strong", {}, visibleLine(label.name)),
        ` ${visibleLine(data.reasons[item.mark[REASON]])} · score ${scoreText(item.mark[SCORE])} · ${counted(item.mark[WORDS], "word")}`,
        also && also.documents > 1 ? ` · in ${counted(also.documents, "document")}` : "",
        item.control ? make("em", { class: "chip" }, "random, as control") : null),
      make("span", { class: "meta where" }, shortName(item.row))));
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
    make("section", { class: "sheet" },
      make("h2", {}, "Worklist"),
      make("p", { class: "explained" }, explained),
      ...(items.length ? paged(list, items, (item) => itemElement(item, alike)) : [nothing(isFiltered() ? "Nothing that the filters let through." : "Nothing is left to look at.")])));
}

function showRepeated() {
  const found = [...groupCounts().values()].filter((one) => one.documents > 1);
  found.sort((one, other) => other.documents - one.documents || other.marks - one.marks || one.group - other.group);
  const list = make("ol", { class: "items" });
  const draw = (one) => {
    const [number, mark] = one.first;
    const label = labelOf(mark);
    const all = data.groupDocuments[one.group];
    return make("li", {},
      make("a", { class: `item repeated ${colourOf(label)}`, href: link(number, mark[START]), "data-number": number, "data-at": mark[START] },
        make("span", { class: "times" }, one.documents.toLocaleString("en"), make("span", {}, " documents")),
        make("span", { class: "words", dir: "auto" }, visibleLine(data.groups[one.group])),
        make("span", { class: "meta" }, make("strong", {}, visibleLine(label.name)), ` ${visibleLine(data.reasons[mark[REASON]])}`,
          one.marks > one.documents ? ` · ${counted(one.marks, "time")}` : "",
          data.totals.left_out && all > one.documents ? ` · in ${counted(all, "document")} of the whole corpus` : "")));
  };
  byId("main").replaceChildren(
    make("section", { class: "sheet" },
      make("h2", {}, isRuns ? "Repeated changes" : "Repeated removals"),
      make("p", { class: "explained" }, "The same words in more than one document, those of most documents first. Each opens the first of its documents."),
      ...(found.length ? paged(list, found, draw) : [nothing("No words go from more than one document.")])));
}

const ORDERS = [["given", "as given"], ["words", "most words lost"], ["share", "largest share lost"], ["removals", "most removals"], ["risk", "riskiest removal"]];

function showDocuments() {
  const list = make("ol", { class: "documents" });
  const slot = make("div");
  const draw = (number) => {
    const row = data.rows[number];
    const share = row.words ? (100 * row.kept) / row.words : 100;
    return make("li", {}, make("a", { href: link(number) },
      make("span", { class: "name", dir: "auto" }, shortName(row), row.title ? make("span", { class: "title" }, visibleLine(row.title)) : null),
      make("span", { class: "count" }, isRuns ? counted(row.marks.length, "change") : `${percent(row.kept, row.words)} kept`),
      bar(Math.min(100, share)),
      row.warnings.map((warning) => make("strong", { class: "warning" }, visibleLine(warning)))));
  };
  const refill = () => {
    list.replaceChildren();
    const found = listed();
    slot.replaceChildren(...(found.length ? paged(list, found, draw) : [nothing("No document that filters and search let through.")]));
  };
  const search = make("input", { type: "search", id: "search", placeholder: "name or title", value: state.search, autocomplete: "off",
    input: (event) => { state.search = event.target.value; refill(); } });
  const order = make("select", { id: "order", autocomplete: "off", change: (event) => { state.order = event.target.value; refill(); } },
    ORDERS.map(([value, name]) => make("option", { value, selected: value === state.order }, name)));
  refill();
  byId("main").replaceChildren(make("section", { class: "sheet" }, make("h2", {}, "Documents"),
    make("div", { class: "fields" }, make("label", {}, "Find ", search), make("label", {}, "Order ", order)), slot));
}
