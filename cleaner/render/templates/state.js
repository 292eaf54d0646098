// What the page knows, and what the reader chose.
const data = JSON.parse(byId("data").textContent);
const chunks = [...document.querySelectorAll("script.chunk")];
const isReview = data.mode === "review";
const isRuns = data.mode === "runs";
// fields of a mark and of a run, see cleaner/render/sheets.py
const [START, END, LABEL, KIND, REASON, SCORE, WORDS, GROUP, RISK] = [0, 1, 2, 3, 4, 5, 6, 7, 8];
const [RUN_END, RUN_LABEL, RUN_KIND, RUN_REASON, RUN_SCORE, RUN_ROLE] = [0, 1, 2, 3, 4, 5];
const [REMOVED, KEPT, GONE_BEFORE, KEPT_MARK, RELABELLED, GONE_SPACE] = [0, 1, 2, 3, 4, 5];

const filter = { hidden: new Set(), kind: "", reason: -1, site: -1, low: 0, high: 10000 };
const state = { view: "overview", document: -1, start: -1, sideBySide: false, order: "given", search: "", shown: 50 };

const counts = (mark) => isRuns || mark[KIND] !== KEPT_MARK;
// what judged: a rule, the structure, a reviewer …
const kindOf = (reason) => reason.split(":", 1)[0];
const isFiltered = () =>
  filter.hidden.size > 0 || filter.kind !== "" || filter.reason >= 0 || filter.site >= 0 || filter.low > 0 || filter.high < 10000;
const passes = (row, mark) =>
  !filter.hidden.has(mark[LABEL]) &&
  (filter.reason < 0 || filter.reason === mark[REASON]) &&
  (!filter.kind || filter.kind === kindOf(data.reasons[mark[REASON]])) &&
  (filter.site < 0 || filter.site === row.site) &&
  mark[SCORE] >= filter.low &&
  mark[SCORE] <= filter.high;
const passesRow = (row) => (filter.site < 0 || filter.site === row.site) && (!isFiltered() || row.marks.some((mark) => passes(row, mark)));
const isDecided = (mark) => data.reasons[mark[REASON]] === "reviewed";
const labelOf = (mark) => data.labels[mark[LABEL]];
const groupText = (mark) => (mark[GROUP] >= 0 ? data.groups[mark[GROUP]] : "");
const scoreText = (score) => String(score / 10000);

function* marks() {
  for (let number = 0; number < data.rows.length; number++) {
    const row = data.rows[number];
    for (const mark of row.marks) if (passes(row, mark)) yield [number, row, mark];
  }
}

// Documents that have a group, among those shown and let through.
function groupCounts() {
  const found = new Map();
  const last = new Map();
  for (const [number, , mark] of marks()) {
    if (mark[GROUP] < 0) continue;
    const known = found.get(mark[GROUP]);
    if (!known) found.set(mark[GROUP], { group: mark[GROUP], documents: 1, marks: 1, first: [number, mark] });
    else {
      known.marks++;
      if (last.get(mark[GROUP]) !== number) known.documents++;
    }
    last.set(mark[GROUP], number);
  }
  return found;
}

const texts = new Map();
const MOST_TEXTS = 60;

async function documentText(number) {
  let text = texts.get(number);
  if (!text) {
    if (isReview) {
      text = await ask(`document/${number}`);
      texts.set(number, text);
    } else {
      const first = Math.floor(number / data.chunk);
      JSON.parse(chunks[first].textContent).forEach((one, at) => texts.set(first * data.chunk + at, one));
      text = texts.get(number);
    }
    for (const old of texts.keys()) {
      if (texts.size <= MOST_TEXTS) break;
      if (old !== number) texts.delete(old);
    }
  }
  return text;
}

const shortName = (row) => visibleLine(row.id);
const link = (number, start = -1) => `#document-${number + 1}${start >= 0 ? `-${start}` : ""}`;

// Documents in the order of the list, those that the filter and the search let through.
function listed() {
  const wanted = state.search.toLowerCase();
  const found = [];
  data.rows.forEach((row, number) => {
    if (!passesRow(row)) return;
    if (wanted && !`${row.id}\n${row.title || ""}`.toLowerCase().includes(wanted)) return;
    found.push(number);
  });
  const lost = (number) => data.rows[number].words - data.rows[number].kept;
  const share = (number) => (data.rows[number].words ? lost(number) / data.rows[number].words : 0);
  const most = (number) => Math.max(0, ...data.rows[number].marks.map((mark) => mark[RISK]));
  const keys = { words: lost, share, removals: (number) => data.rows[number].marks.length, risk: most };
  const key = keys[state.order];
  if (key) found.sort((one, other) => key(other) - key(one) || one - other);
  return found;
}
