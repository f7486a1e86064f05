// The transcript beside the chat: places in it, marks, the sheet on a phone, search. Runs before page.js, in the
// same function: the js_on_load of the transcript pane, so that `element`, `trigger` and `watch` speak for it.
const page = element.closest(".gradio-container") || document.body;
const calm = matchMedia("(prefers-reduced-motion: reduce)");
const wide = matchMedia("(min-width: 1000px)");
const find = (selector, root = document) => root.querySelector(selector);
const findAll = (selector, root = document) => [...root.querySelectorAll(selector)];
const pane = () => find(".pane[data-interview]", element);
let awaited = null; // the citation to mark once its interview is shown
let beside = null; // likewise, but only to be seen: whoever reads the answer stays there
let current = null; // the citation that is marked strongly
let cameFrom = null; // the link to go back to from the transcript

document.documentElement.lang = "en";

// ---- Places in the transcript -------------------------------------------------------------------------

function placeOf(link) {
  const parts = /^#c-(.*)-(\d+)-(\d+)$/.exec(link.getAttribute("href") || "");
  return parts && { interview: parts[1], start: +parts[2], end: +parts[3] };
}

// Offsets count code points; the page's strings count UTF-16 units.
function unitsIn(text, points) {
  let units = 0;
  for (; points > 0 && units < text.length; points--) units += text.codePointAt(units) > 0xffff ? 2 : 1;
  return units;
}

function turnAt(offset) {
  let found = null;
  for (const said of findAll(".said", element)) {
    if (+said.dataset.start > offset) break;
    found = said;
  }
  return found;
}

function clearMarks() {
  for (const mark of findAll("mark", element)) {
    const parent = mark.parentNode;
    mark.replaceWith(...mark.childNodes);
    parent.normalize();
  }
}

// Put a <mark> around [start, end) of a turn; what is marked already stays with its own mark.
function markPlace(place, className) {
  const said = turnAt(place.start);
  if (!said) return null;
  const base = +said.dataset.start;
  const text = said.textContent;
  const from = unitsIn(text, place.start - base);
  const to = unitsIn(text, place.end - base);
  const runs = []; // neighbouring nodes without a mark, from which one mark is made
  let at = 0, run = null;
  for (const node of said.childNodes) {
    const length = node.textContent.length;
    if (node.nodeName === "MARK") run = null;
    else if (node.nodeType === Node.TEXT_NODE) {
      const left = Math.max(from - at, 0), right = Math.min(to - at, length);
      if (left < right) {
        if (!run) {
          run = document.createRange();
          run.setStart(node, left);
          runs.push(run);
        }
        run.setEnd(node, right);
      }
    }
    at += length;
  }
  const marks = runs.map((range) => {
    const mark = document.createElement("mark");
    mark.className = className;
    mark.append(range.extractContents());
    range.insertNode(mark);
    return mark;
  });
  return marks[0] || null;
}

// Mark what is quoted; returns the mark of one place, where it is in the interview that is shown.
function refreshMarks(wanted = current) {
  const shown = pane();
  if (!shown) return null;
  clearMarks();
  const here = (place) => place && place.interview === shown.dataset.interview;
  let found = here(current) ? markPlace(current, "active") : null;
  for (const place of findAll("#conversation .reply > .quote a.cite").map(placeOf)) {
    const mark = here(place) ? markPlace(place, "cited") : null;
    if (wanted && wanted !== current && place.start === wanted.start && place.end === wanted.end) found = mark;
  }
  return found;
}

// Scroll to an element or a range, a part of the pane's height below its top. The heights of turns that were never on
// screen are estimates, so look again where it really is until it stays; far away, without showing the way there.
function bringIntoView(target, part) {
  const box = find("#transcript", element);
  const away = () => {
    const top = box.scrollTop + target.getBoundingClientRect().top - box.getBoundingClientRect().top;
    const wanted = Math.min(top - box.clientHeight / part, box.scrollHeight - box.clientHeight);
    return Math.max(0, wanted) - box.scrollTop;
  };
  let tries = 30, still = 0; // the turns that came on screen are measured only in one of the next frames
  const settle = () => {
    const rest = away();
    still = Math.abs(rest) < 2 ? still + 1 : 0;
    if (still > 3 || !tries--) return;
    if (!still) box.scrollTop += rest;
    requestAnimationFrame(settle);
  };
  const first = away();
  if (calm.matches || Math.abs(first) > 2 * box.clientHeight || Math.abs(first) < 2) return settle();
  box.addEventListener("scrollend", settle, { once: true });
  box.scrollBy({ top: first, behavior: "smooth" });
}

function goTo(place) {
  current = place;
  openSide();
  const isShown = pane()?.dataset.interview === place.interview;
  if (!isShown || awaited || beside) { // also where another interview is on its way, which would take its place
    awaited = place;
    beside = null;
    trigger("open_interview", { interview: place.interview });
  }
  if (!isShown) return;
  const mark = refreshMarks();
  if (!mark) return;
  mark.tabIndex = -1;
  mark.setAttribute("aria-label", "Cited words: " + mark.textContent);
  mark.setAttribute("role", "mark");
  bringIntoView(mark, 4);
  mark.focus({ preventScroll: true });
}

// Mark what is quoted; bring this place of it into view, with the focus left where it is.
function showBeside(place, seen) {
  const mark = refreshMarks(place);
  if (mark && seen) bringIntoView(mark, 4);
}

watch("value", () => {
  const shown = pane()?.dataset.interview;
  const place = awaited?.interview === shown ? awaited : null;
  const near = beside?.interview === shown ? beside : null;
  if (near || !shown) beside = null;
  if (place || !shown) awaited = null; // where it is another interview, the one that is awaited is still to come
  search("");
  find("#transcript", element)?.scrollTo({ top: 0 });
  if (place) goTo(place);
  else showBeside(near || current, near);
  if (!place && page.classList.contains("reading")) find("#transcript", element).focus();
});

// ---- The transcript on a narrow screen: a sheet over the chat -----------------------------------------

const behind = () => findAll("#bar .bar, #chat"); // what the sheet covers, and Tab must not reach meanwhile

function openSide() {
  if (wide.matches) return;
  // The browser's Back closes the sheet: it would leave the page, and the conversation with it.
  if (!page.classList.contains("reading")) history.pushState({ sheet: true }, "");
  page.classList.add("reading");
  behind().forEach((part) => (part.inert = true));
  find("#side").setAttribute("role", "dialog");
  find("#side").setAttribute("aria-label", "Transcript");
  find("#transcript", element).focus({ preventScroll: true });
}

function closeSide() {
  page.classList.remove("reading");
  find("#side").removeAttribute("role");
  behind().forEach((part) => (part.inert = false));
  cameFrom?.focus();
  if (history.state?.sheet) history.back();
}

addEventListener("popstate", () => { if (page.classList.contains("reading") && !history.state?.sheet) closeSide(); });
wide.addEventListener("change", () => { if (page.classList.contains("reading")) closeSide(); });

// ---- Search in the transcript -------------------------------------------------------------------------

let hits = [], hit = -1;

function search(words) {
  hits = [];
  hit = -1;
  const sought = words.trim().toLowerCase();
  if (sought.length > 1) {
    for (const said of findAll(".said", element)) {
      for (const walker = document.createTreeWalker(said, NodeFilter.SHOW_TEXT); walker.nextNode(); ) {
        const text = walker.currentNode.data.toLowerCase();
        if (text.length !== walker.currentNode.data.length) continue;
        for (let at = text.indexOf(sought); at >= 0; at = text.indexOf(sought, at + sought.length)) {
          const range = document.createRange();
          range.setStart(walker.currentNode, at);
          range.setEnd(walker.currentNode, at + sought.length);
          hits.push(range);
        }
      }
    }
  }
  if (window.Highlight) CSS.highlights.set("found", new Highlight(...hits));
  const count = find(".search-count");
  if (count) count.textContent = sought.length > 1 ? `${hits.length} found` : "";
  const box = find("#search");
  if (box && !words) box.value = "";
}

function nextHit(step) {
  if (!hits.length) return;
  hit = (hit + step + hits.length) % hits.length;
  bringIntoView(hits[hit], 3);
  if (window.Highlight) CSS.highlights.set("found-here", new Highlight(hits[hit]));
  find(".search-count").textContent = `${hit + 1} of ${hits.length}`;
}
