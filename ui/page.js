// The page's behaviour: runs once, as the js_on_load of the transcript pane, so that `trigger` and `watch`
// speak for it. In: clicks, keys and the HTML that the server renders. Out: marks in the transcript,
// copied words, and the events open_interview, choose_interviews, new_conversation, save, set_roles and add_address.
const page = element.closest(".gradio-container") || document.body;
const calm = matchMedia("(prefers-reduced-motion: reduce)");
const wide = matchMedia("(min-width: 1000px)");
const find = (selector, root = document) => root.querySelector(selector);
const findAll = (selector, root = document) => [...root.querySelectorAll(selector)];
const pane = () => find(".pane[data-interview]", element);
let awaited = null; // the citation to mark once its interview is shown
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

function refreshMarks() {
  const shown = pane();
  if (!shown) return null;
  clearMarks();
  const here = (place) => place && place.interview === shown.dataset.interview;
  const active = here(current) ? markPlace(current, "active") : null;
  for (const place of findAll("#conversation .reply > .quote a.cite").map(placeOf)) if (here(place)) markPlace(place, "cited");
  return active;
}

function goTo(place) {
  current = place;
  openSide();
  const shown = pane();
  if (!shown || shown.dataset.interview !== place.interview) {
    awaited = place;
    trigger("open_interview", { interview: place.interview });
    return;
  }
  const mark = refreshMarks();
  if (!mark) return;
  mark.tabIndex = -1;
  mark.setAttribute("aria-label", "Cited words: " + mark.textContent);
  mark.setAttribute("role", "mark");
  const box = find("#transcript", element);
  const top = mark.getBoundingClientRect().top - box.getBoundingClientRect().top + box.scrollTop;
  box.scrollTo({ top: Math.max(0, top - box.clientHeight / 4), behavior: calm.matches ? "auto" : "smooth" });
  mark.focus({ preventScroll: true });
}

watch("value", () => {
  const place = awaited;
  awaited = null;
  search("");
  find("#transcript", element)?.scrollTo({ top: 0 });
  if (place) goTo(place);
  else refreshMarks();
});

// ---- The transcript on a narrow screen: a sheet over the chat -----------------------------------------

function openSide() {
  if (wide.matches) return;
  page.classList.add("reading");
  find("#side").setAttribute("role", "dialog");
  find("#side").setAttribute("aria-label", "Transcript");
}

function closeSide() {
  page.classList.remove("reading");
  find("#side").removeAttribute("role");
  cameFrom?.focus();
}

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
  const box = find("#transcript", element);
  const top = hits[hit].getBoundingClientRect().top - box.getBoundingClientRect().top + box.scrollTop;
  box.scrollTo({ top: top - box.clientHeight / 3, behavior: calm.matches ? "auto" : "smooth" });
  if (window.Highlight) CSS.highlights.set("found-here", new Highlight(hits[hit]));
  find(".search-count").textContent = `${hit + 1} of ${hits.length}`;
}

// ---- Asking -------------------------------------------------------------------------------------------

const questionBox = () => find("#question textarea");

function fillQuestion(text) {
  const box = questionBox();
  Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value").set.call(box, text);
  box.dispatchEvent(new Event("input", { bubbles: true }));
  return box;
}

function askNow(text) {
  fillQuestion(text);
  setTimeout(() => find("#send").click(), 0);
}

function askAbout(button) {
  const chosen = getSelection().toString().trim();
  const said = button.closest(".turn").querySelector(".said");
  const inside = chosen && chosen.length < 300 && said.textContent.includes(chosen);
  if (!wide.matches) { cameFrom = null; closeSide(); }
  const box = fillQuestion(inside ? `What does ${button.dataset.speaker} say about \u201c${chosen}\u201d?` : button.dataset.ask);
  box.focus();
  box.select();
}

// ---- Copying and saving -------------------------------------------------------------------------------

async function copy(text) {
  if (navigator.clipboard && isSecureContext) return navigator.clipboard.writeText(text);
  const area = document.createElement("textarea");
  area.value = text;
  document.body.append(area);
  area.select();
  document.execCommand("copy");
  area.remove();
}

function say(line) {
  const announcer = find("#announcer");
  if (announcer) announcer.textContent = line;
}

// ---- What the visitor does ----------------------------------------------------------------------------

function closeMenu(backToIt) {
  const menu = find(".bar .keep[open]");
  if (!menu) return;
  menu.open = false;
  if (backToIt) find("summary", menu).focus();
}

page.addEventListener("click", (event) => {
  const on = (selector) => event.target.closest(selector);
  if (!on(".keep")) closeMenu(false);
  const link = on('a[href^="#c-"]');
  if (link) {
    event.preventDefault();
    cameFrom = link;
    const place = placeOf(link);
    if (place) goTo(place);
  } else if (on(".ask-this")) askNow(on(".ask-this").textContent);
  else if (on(".about")) askAbout(on(".about"));
  else if (on(".copy")) {
    const button = on(".copy"), name = button.textContent;
    copy(button.dataset.copy).then(() => {
      say("Copied.");
      button.textContent = "Copied";
      setTimeout(() => (button.textContent = name), 1500);
    }, () => say("The browser did not let the page copy."));
  } else if (on(".read")) { cameFrom = on(".read"); openSide(); find("#transcript").focus(); }
  else if (on(".close-side")) closeSide();
  else if (on(".open")) { cameFrom = on(".open"); openSide(); trigger("open_interview", { interview: on(".open").dataset.interview }); }
  else if (on(".search-next")) nextHit(1);
  else if (on(".search-previous")) nextHit(-1);
  else if (on(".fresh")) trigger("new_conversation", {});
  else if (on(".save")) { trigger("save", { format: on(".save").dataset.format }); closeMenu(true); }
  else if (on(".pick")) {
    const tick = on(".pick").dataset.pick === "all";
    findAll(".pick-one").forEach((box) => (box.checked = tick));
    if (tick) choose();
  } else if (on(".save-roles")) {
    const roles = findAll("select[data-name]", element).map((select) => [select.dataset.name, select.value]);
    trigger("set_roles", { interview: pane().dataset.interview, roles });
  }
});

function choose() {
  const boxes = findAll(".pick-one");
  const ids = boxes.filter((box) => box.checked).map((box) => box.value);
  const line = !ids.length || ids.length === boxes.length ? "all" : ids.length;
  find(".shelf .asking").textContent = `Asking ${line} of ${boxes.length} interviews`;
  trigger("choose_interviews", { interviews: ids });
}

page.addEventListener("change", (event) => {
  if (event.target.matches(".pick-one")) choose();
});

page.addEventListener("submit", (event) => {
  const box = event.target.matches(".by-address") && find("input", event.target);
  if (!box) return;
  event.preventDefault();
  if (box.value.trim()) trigger("add_address", { address: box.value });
  box.value = "";
});

page.addEventListener("input", (event) => {
  if (event.target.matches("#search")) { search(event.target.value); CSS.highlights?.delete("found-here"); }
});

page.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    if (find(".bar .keep[open]")) closeMenu(true);
    else if (page.classList.contains("reading")) closeSide();
    else if (element.contains(event.target) && cameFrom) cameFrom.focus();
  }
  if (event.key === "Enter" && event.target.matches("#search")) {
    event.preventDefault();
    nextHit(event.shiftKey ? -1 : 1);
  }
  if (event.key === "/" && !event.target.matches("input, textarea, select")) {
    event.preventDefault();
    questionBox()?.focus();
  }
});

// ---- When an answer comes -----------------------------------------------------------------------------

let seen = "";

function conversationChanged() {
  const exchanges = findAll("#conversation .exchange");
  findAll(".bar .keep, .bar .fresh").forEach((tool) => (tool.hidden = !exchanges.length));
  const last = exchanges.at(-1);
  const now = last ? last.id + last.dataset.say : "";
  if (now === seen) return;
  seen = now;
  if (!last) { current = null; refreshMarks(); return; }
  say(last.dataset.say);
  refreshMarks();
  last.scrollIntoView({ block: "start", behavior: calm.matches ? "auto" : "smooth" });
}

(function observe() {
  const conversation = find("#conversation");
  if (!conversation) return void requestAnimationFrame(observe);
  const changes = { childList: true, subtree: true, attributes: true, attributeFilter: ["data-say"] };
  new MutationObserver(conversationChanged).observe(conversation, changes);
  const adding = find("#adding");
  if (adding) new MutationObserver(() => say(adding.textContent.trim())).observe(adding, { childList: true, subtree: true, characterData: true });
})();
