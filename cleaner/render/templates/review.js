// The reviewer's desk: keep, remove, relabel; every decision goes to the server at once, and counts when the server has it.
const desk = { scope: "document", version: data.version || 0, queue: Promise.resolve(), waiting: 0 };
const tabs = isReview && "BroadcastChannel" in window ? new BroadcastChannel(`cleaner-review ${location.pathname}`) : null;

async function ask(path, body) {
  const options = body === undefined ? {} : { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
  let answer;
  try {
    answer = await fetch(path, { ...options, cache: "no-store", credentials: "omit" });
  } catch {
    throw new Error("The server does not answer: what was said last is not saved. Start “cleaner review” again and reload.");
  }
  const value = await answer.json().catch(() => ({ error: `The server answers with ${answer.status}.` }));
  if (!answer.ok) throw new Error(value.error || `The server answers with ${answer.status}.`);
  return value;
}

// What other decisions have made of documents: from this tab or another one.
function take(answer) {
  desk.version = answer.version;
  for (const [name, rows] of Object.entries(answer.added || {})) data[name].push(...rows);
  for (const [number, row] of answer.rows) {
    data.rows[number] = row;
    texts.delete(number);
  }
  for (const element of document.querySelectorAll("#main a.item[data-number]")) {
    const row = data.rows[Number(element.dataset.number)];
    const mark = row.marks.find((one) => one[START] <= Number(element.dataset.at) && Number(element.dataset.at) < one[END]);
    element.classList.toggle("decided", Boolean(mark) && isDecided(mark));
    element.classList.toggle("stays", Boolean(mark) && mark[KIND] === KEPT_MARK);
  }
  drawFilters();
  total();
  return answer.rows.some(([number]) => open && number === open.number);
}

const known = () => ({ labels: data.labels.length, reasons: data.reasons.length, groups: data.groups.length });

async function catchUp() {
  const answer = await ask("changes", { since: desk.version, known: known() });
  if (take(answer) && open) await showDocument(open.number, current && current.element && current.element.isConnected ? current.start : -1);
}

// What a decision would be on: a selection in the text, or what was focused last.
function target() {
  const selection = window.getSelection();
  if (open && selection && !selection.isCollapsed && selection.rangeCount) {
    const range = selection.getRangeAt(0);
    const text = byId("text");
    if (text && text.contains(range.startContainer) && text.contains(range.endContainer)) {
      const ends = [unitAt(range.startContainer, range.startOffset), unitAt(range.endContainer, range.endOffset)];
      if (ends[0] !== null && ends[1] !== null && ends[0] < ends[1]) return trimmed(...ends);
    }
  }
  return current && current.start !== undefined ? current : null;
}

function trimmed(from, to) {
  const words = open.text.source.slice(from, to);
  const start = from + words.length - words.trimStart().length;
  const end = to - (words.length - words.trimEnd().length);
  if (start >= end) return null;
  return {
    number: open.number,
    start: open.units.toPoint(start),
    end: open.units.toPoint(end),
    label: null,
    words: open.text.source.slice(start, end),
    isSelection: true,
  };
}

// Where a place in the page stands in the source, in UTF-16 units.
function unitAt(node, offset) {
  const holder = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest(
    ".escape, .more, #text [class*=cut], #text span, #text del, #text ins, #text mark, #text > p",
  );
  if (!holder) return null;
  const piece = places.has(holder) ? holder : holder.parentElement.closest("span, del, ins, mark, p");
  if (!piece || !places.has(piece)) return null;
  let unit = places.get(piece);
  if (piece.tagName === "P") {
    const child = piece.childNodes[Math.min(offset, piece.childNodes.length - 1)];
    if (!child || !places.has(child)) return unit;
    return offset >= piece.childNodes.length ? places.get(child) + lengthOf(child) : places.get(child);
  }
  for (const child of piece.childNodes) {
    if (child === node || child.contains(node)) return unit + (child.nodeType === Node.TEXT_NODE ? offset : 0);
    if (node === piece && offset-- <= 0) return unit;
    unit += child.nodeType === Node.TEXT_NODE ? child.length : Number(child.dataset.length || 0);
  }
  return unit;
}
const lengthOf = (piece) =>
  [...piece.childNodes].reduce(
    (sum, child) => sum + (child.nodeType === Node.TEXT_NODE ? child.length : Number(child.dataset.length || 0)),
    0,
  );

const isContent = (name) => (data.choices.find(([label]) => label === name) || [])[1] === true;

function decide(verdict, label) {
  const on = target();
  if (!on) {
    step(1);
    return;
  }
  let chosen = label;
  if (!chosen && verdict === "remove") chosen = on.label && !isContent(on.label) ? on.label : null;
  if (!chosen && verdict === "keep") chosen = on.label && isContent(on.label) ? on.label : "body";
  if (!chosen) {
    byId("relabel").focus();
    say("Choose what it is.");
    return;
  }
  const scope = desk.scope;
  setScope("document");
  window.getSelection().removeAllRanges();
  moveOn(on);
  send({ decision: { document: on.number, start: on.start, end: on.end, verdict, label: chosen, scope } });
}

// On to the next one before the answer is there: the next key must not fall on what was decided already.
function moveOn(on) {
  let next = null;
  if (open) {
    next = steps().find(
      (element) =>
        Number(element.dataset.start) > on.start && Number(element.dataset.start) >= on.end && !element.classList.contains("decided"),
    );
  } else if (on.element) {
    on.element.classList.add("decided");
    let item = on.element.parentElement.nextElementSibling;
    while (item && item.querySelector("a.item.decided")) item = item.nextElementSibling;
    next = item && item.querySelector("a.item");
  }
  current = null;
  if (next) {
    next.focus({ preventScroll: true });
    next.scrollIntoView({ block: "center" });
  } else showTarget();
}

function send(body, path = "decide") {
  desk.waiting++;
  saved();
  desk.queue = desk.queue.then(async () => {
    try {
      const answer = await ask(path, { ...body, known: known() });
      const isHere = take(answer);
      if (tabs) tabs.postMessage(answer.version);
      if (path === "undo") await undone(answer);
      else if (isHere && desk.waiting === 1) await onward();
      say(path === "undo" ? (answer.undone ? "Taken back." : "There is nothing to take back.") : "");
    } catch (error) {
      trouble(error);
    } finally {
      desk.waiting--;
      saved();
    }
  });
}

async function onward() {
  const number = open.number;
  await showDocument(number, current ? current.start : -2);
  if (current) return;
  const undecided = (other) => data.rows[other].marks.find((mark) => passes(data.rows[other], mark) && !isDecided(mark));
  const around = listed();
  const later = around.slice(around.indexOf(number) + 1).find(undecided);
  if (later === undefined) {
    say("This was the last one that the filters let through.");
    return;
  }
  const start = undecided(later)[START];
  await showDocument(later, start);
  Object.assign(state, { document: later, start });
  history.pushState(null, "", link(later, start));
}

async function undone(answer) {
  if (!answer.undone) return;
  if (open) {
    if (open.number === answer.undone.document) await showDocument(open.number, answer.undone.start);
    else location.hash = link(answer.undone.document, answer.undone.start);
    return;
  }
  const item = [...document.querySelectorAll("#main a.item")].find(
    (element) => Number(element.dataset.number) === answer.undone.document && Number(element.dataset.at) === answer.undone.start,
  );
  if (item) item.focus();
}

if (isReview) {
  KEYS.unshift(
    ["r", "remove: it goes, as what it is called", () => decide("remove")],
    ["k", "keep: it stays", () => decide("keep")],
    ["l", "relabel", () => byId("relabel").focus()],
    ["u", "undo the last decision", () => send({}, "undo")],
    ["1", "the next decision is for this document", () => setScope("document")],
    ["2", "… for all identical ones", () => setScope("identical")],
    [
      "3",
      "… for the whole site",
      () => {
        if (!document.querySelector("#desk [value=site]").disabled) setScope("site");
      },
    ],
  );
}
