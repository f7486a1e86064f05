// The page's behaviour, after transcript.js: what is asked, copied and saved. In: clicks, keys and the HTML that the
// server renders. Out: marks in the transcript, copied words, and the events open_interview, choose_interviews,
// new_conversation, save, set_roles and add_address.

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
  } else if (on(".read")) { cameFrom = on(".read"); openSide(); }
  else if (on(".close-side")) closeSide();
  else if (on(".open")) { cameFrom = on(".open"); awaited = beside = null; openSide(); trigger("open_interview", { interview: on(".open").dataset.interview }); }
  else if (on(".search-next")) nextHit(1);
  else if (on(".search-previous")) nextHit(-1);
  else if (on(".fresh")) trigger("new_conversation", {});
  else if (on(".save")) { trigger("save", { format: on(".save").dataset.format }); closeMenu(true); }
  else if (on(".pick")) {
    const tick = on(".pick").dataset.pick === "all";
    findAll(".pick-one").forEach((box) => (box.checked = tick));
    choose();
    if (!tick) find(".shelf .asking").textContent = `Tick those of ${findAll(".pick-one").length} interviews to ask; until then, all are`;
  } else if (on(".save-roles")) {
    const roles = findAll("select[data-name]", element).map((select) => [select.dataset.name, select.value]);
    trigger("set_roles", { interview: pane().dataset.interview, roles });
  }
});

function choose() {
  const boxes = findAll(".pick-one");
  const ids = boxes.filter((box) => box.checked).map((box) => box.value);
  const all = !ids.length || ids.length === boxes.length;
  find(".shelf .asking").textContent = `Asking ${all ? "all" : ids.length} of ${boxes.length} interviews`;
  trigger("choose_interviews", { interviews: all ? [] : ids });
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
  if (event.target.matches(".sift")) {
    const sought = event.target.value.trim().toLowerCase();
    findAll(".shelf li").forEach((row) => (row.hidden = !find("label", row).textContent.toLowerCase().includes(sought)));
  }
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

let seen = new Map(); // what each exchange said

function conversationChanged() {
  const exchanges = findAll("#conversation .exchange");
  findAll(".bar .keep, .bar .fresh").forEach((tool) => (tool.hidden = !exchanges.length));
  const changed = exchanges.findLast((one) => seen.get(one.id) !== one.dataset.say);
  const begunAnew = seen.size && !exchanges.length;
  seen = new Map(exchanges.map((one) => [one.id, one.dataset.say]));
  if (begunAnew) {
    current = beside = null;
    refreshMarks();
    questionBox()?.focus(); // the button that had it is gone
  }
  if (!changed) return;
  say(changed.dataset.say);
  const cited = find(".reply > .quote a.cite", changed);
  if (cited) current = null; // what was looked up for the question before
  const place = cited ? placeOf(cited) : null;
  showBeside(place || current, place && wide.matches);
  // The transcript beside an answer is the one it quotes, unless the visitor is on the way to another or reads one.
  const elsewhere = place && (beside || place.interview !== pane()?.dataset.interview);
  if (elsewhere && !awaited && !page.classList.contains("reading")) {
    beside = place;
    trigger("open_interview", { interview: place.interview });
  }
  changed.scrollIntoView({ block: "start", behavior: calm.matches ? "auto" : "smooth" });
}

(function observe() {
  const conversation = find("#conversation");
  if (!conversation) return void requestAnimationFrame(observe);
  const changes = { childList: true, subtree: true, attributes: true, attributeFilter: ["data-say"] };
  new MutationObserver(conversationChanged).observe(conversation, changes);
  const adding = find("#adding");
  const told = () => {
    say(adding.textContent.trim());
    const { top, bottom } = find("#adds").getBoundingClientRect();
    if (bottom < 0 || top > innerHeight) return; // whoever reads elsewhere by now is left there
    adding.scrollIntoView({ block: "nearest", behavior: calm.matches ? "auto" : "smooth" });
  };
  if (adding) new MutationObserver(told).observe(adding, { childList: true, subtree: true, characterData: true });
})();
