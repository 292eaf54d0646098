// Text as it is shown. What a browser would obey instead of showing (see cleaner/render/visible.py) stands there as an escape.
const OBEYED =
  /\u{1f3f4}[\u{e0030}-\u{e0039}\u{e0061}-\u{e007a}]{1,6}\u{e007f}|[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff\u{e0000}-\u{e007f}]/gu;
const BREAK = /\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]/g;
// longer pieces are shown by their ends: a browser lays out a line of a megabyte for seconds
const LONG_PIECE = 6000;
const LONG_HEAD = 2000;
const LONG_TAIL = 500;

function escaped(found) {
  const code = found.codePointAt(0);
  if (found.length > (code > 0xffff ? 2 : 1)) return found; // a flag spelled in tags
  if (code < 0x100) return `\\x${code.toString(16).padStart(2, "0")}`;
  return code < 0x10000 ? `\\u${code.toString(16).padStart(4, "0")}` : `\\U${code.toString(16).padStart(8, "0")}`;
}
const visible = (text) => text.replace(OBEYED, escaped);
const visibleLine = (text) => visible(text).replaceAll("\n", "\\n").replaceAll("\t", "\\t");

// Fills an element with a text. What stands for something else says how long that is, so that selections find their offsets.
function fill(element, text) {
  if (text.length <= LONG_PIECE) {
    fillWhole(element, text);
    return;
  }
  const head = safeCut(text, LONG_HEAD);
  const tail = safeCut(text, text.length - LONG_TAIL);
  const hidden = tail - head;
  fillWhole(element, text.slice(0, head));
  const more = make("button", { type: "button", class: "more", "data-length": hidden }, `… ${counted(hidden, "more character")} …`);
  more.addEventListener("click", (event) => {
    event.stopPropagation();
    element.replaceChildren();
    fillWhole(element, text);
  });
  element.append(more);
  fillWhole(element, text.slice(tail));
}

function safeCut(text, at) {
  const code = text.charCodeAt(at);
  return code >= 0xdc00 && code < 0xe000 ? at + 1 : at;
}

function fillWhole(element, text) {
  let at = 0;
  for (const found of text.matchAll(OBEYED)) {
    const shown = escaped(found[0]);
    if (shown === found[0]) continue;
    if (found.index > at) element.append(text.slice(at, found.index));
    element.append(make("span", { class: "escape", "data-length": found[0].length }, shown));
    at = found.index + found[0].length;
  }
  if (at < text.length) element.append(text.slice(at));
}

// A document's offsets are code points, a browser's are UTF-16 units.
function toUnits(text) {
  const last = text.runs.length ? text.runs[text.runs.length - 1][0] : 0;
  if (last === text.source.length) return { toUnit: (point) => point, toPoint: (unit) => unit };
  const points = new Uint32Array(last + 1);
  let unit = 0;
  for (let point = 0; point <= last; point++) {
    points[point] = unit;
    unit += text.source.codePointAt(unit) > 0xffff ? 2 : 1;
  }
  const toPoint = (wanted) => {
    let low = 0;
    let high = last;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (points[middle] < wanted) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return { toUnit: (point) => points[point], toPoint };
}

// The lines of a document that have words: pieces of runs, and whether a blank line stands before.
function linesOf(text, units) {
  const lines = [];
  let run = 0;
  let apart = false;
  const add = (from, to) => {
    const pieces = [];
    while (run < text.runs.length) {
      const begin = run ? units.toUnit(text.runs[run - 1][0]) : 0;
      const end = units.toUnit(text.runs[run][0]);
      if (begin >= to) break;
      if (end > from) pieces.push({ start: Math.max(begin, from), text: text.source.slice(Math.max(begin, from), Math.min(end, to)), run });
      if (end > to) break;
      run++;
    }
    if (!pieces.some((piece) => piece.text.trim())) {
      apart = true;
      return;
    }
    lines.push({ pieces, apart });
    apart = false;
  };
  let at = 0;
  for (const found of text.source.matchAll(BREAK)) {
    add(at, found.index);
    at = found.index + found[0].length;
    while (run < text.runs.length && units.toUnit(text.runs[run][0]) <= at) run++;
  }
  if (at < text.source.length) add(at, text.source.length);
  return lines;
}
