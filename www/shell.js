// What stands around the program: how its files are checked, what its workers start from, and what is left to do once it has
// failed. Runs before boot.js; the contract stands in worker.js.
const find = (what) => document.querySelector(what);
const [script, scriptDigest, code, codeDigest] = find("[name=boot-worker]").content.split(" ");
const build = find("[name=boot-build]").content;
const url = { createScriptURL: () => script };
const policy = self.trustedTypes?.createPolicy("ticketscope", url) ?? url;
const workers = new Set();
const helpers = new Set();
let module, prepared;

async function bytes(file, integrity) {
  const answer = await fetch(file, { integrity });
  if (!answer.ok) throw Error(`${file}: ${answer.status}`);
  return answer.arrayBuffer();
}

async function prepare() {
  // Workers take no integrity: what is checked here is what the browser has when they ask for it.
  const [, checked] = await Promise.all([bytes(script, scriptDigest), bytes(code, codeDigest)]);
  module = await WebAssembly.compile(checked);
}

function startWorker() {
  const started = new Worker(policy.createScriptURL(""), { type: "module" });
  workers.add(started);
  started.addEventListener("message", ({ data }) => {
    if (data[0] === "panicked") place = data[1];
    note(`worker: ${Array.isArray(data) ? data[0] : "hello"}`);
  });
  started.addEventListener("error", ({ message }) => {
    note("worker: error");
    cause = `The worker stopped: ${message}`;
  });
  started.postMessage(module);
  return started;
}

/** A worker of the charts' pool: the death of one is theirs to mend, and no news of the page's. */
function startHelper() {
  const started = new Worker(policy.createScriptURL(""), { type: "module" });
  helpers.add(started);
  started.postMessage(module);
  return started;
}

function endWorker(worker) {
  worker.terminate();
  workers.delete(worker);
  helpers.delete(worker);
}

// The charts of many networks are a program of their own, loaded when a scene or a reader first asks for them. Whatever becomes of
// it, the page goes on.
const parts = find("[name=boot-charts]").content.split(" ");
const STOPPED = "An error has stopped the charts of many networks";
let scene, hear, current, starts = 0, loading = false;

const style = () => new Promise((done, failed) => {
  const sheet = Object.assign(document.createElement("link"), { rel: "stylesheet", href: parts[4], integrity: parts[5] });
  sheet.onload = done;
  sheet.onerror = () => {
    sheet.remove();
    failed(Error(parts[4]));
  };
  document.head.append(sheet);
});

async function startCharts() {
  if (loading || hear || failed) return;
  loading = true;
  troubleWithCharts();
  // A program that has failed starts as a fresh one only under another address.
  const script = parts[0] + (starts ? `?${starts}` : "");
  starts += 1;
  current = script.replace("./", "/");
  // What the one before still listens to goes with it.
  if (starts > 1) for (const part of document.querySelectorAll("#survival-more, #luck-more, #bounds-body")) part.replaceWith(part.cloneNode(true));
  try {
    const [, code] = await Promise.all([bytes(script, parts[1]), bytes(parts[2], parts[3]), starts > 1 && find(`[href="${parts[4]}"]`) || style()]);
    const [{ initSync }, program] = await Promise.all([import(script), WebAssembly.compile(code)]);
    initSync({ module: program });
    if (!hear) throw Error("another build");
  } catch (error) {
    endCharts(error, "The charts of many networks could not be loaded", "Retry");
  }
  loading = false;
}

/** The charts are gone: their sections say so, and offer to start them again. */
function endCharts(error, sentence, again) {
  console.warn(error);
  hear = undefined;
  helpers.forEach(endWorker);
  troubleWithCharts(`${sentence} (${error?.message ?? error}). The rest of the page goes on.`, again);
}

function troubleWithCharts(sentence, again) {
  document.documentElement.dataset.charts = sentence ? "failed" : "started";
  for (const part of document.querySelectorAll(".charts-trouble")) {
    part.hidden = !sentence;
    part.firstElementChild.textContent = sentence ?? "";
    part.lastElementChild.textContent = again ?? "";
    part.lastElementChild.onclick = startCharts;
  }
}

const asks = () => /&view=bounds|&trials=[1-9]/.test(scene) || find("details[data-charts][open]");
addEventListener("toggle", ({ target }) => {
  if ("charts" in target.dataset && target.open) startCharts();
}, true);

// What happened, for the report: the kinds of the last 50 events and where, never a value, a key or a text.
const events = [];
function note(what) {
  const last = events.at(-1);
  if (last?.what === what) last.times += 1;
  else events.push({ what, times: 1 });
  if (events.length > 50) events.shift();
}

const KINDS = ["click", "dblclick", "keydown", "input", "change", "pointerdown", "pointerup", "wheel", "toggle", "resize", "popstate",
  "hashchange", "pagehide"];
for (const kind of KINDS) {
  addEventListener(kind, (event) => {
    const at = event.target.closest?.("[id]")?.id;
    if (!failed) note(at ? `${kind} #${at}` : kind);
    // The reader has chosen the address: what stands there is newer than what the program wrote.
    if (kind === "popstate" || kind === "hashchange") link = undefined;
    // A program that has failed hears nothing more.
    if (failed && !(event.target instanceof Node && bar.contains(event.target))) event.stopImmediatePropagation();
  }, { capture: true, passive: true });
}

const bar = find("#crash");
let link, place, cause, memory, failed = false;

function show(sentence) {
  const list = events.map(({ what, times }) => (times > 1 ? `${what} ×${times}` : what));
  find("#crash-text").textContent = sentence;
  find("#crash-report").textContent = [
    `Ticketscope ${build}`, cause, place && `At: ${place}`, `Link: ${link ?? location.hash}`,
    `Last events: ${list.join(", ") || "none"}`,
  ].filter(Boolean).join("\n");
  place = cause = undefined;
  bar.hidden = false;
}

/** The program has failed: WebAssembly that has trapped is of no more use, and its workers answer nobody. */
function fail(error) {
  if (failed) return;
  failed = true;
  document.documentElement.dataset.boot = "failed";
  workers.forEach(endWorker);
  helpers.forEach(endWorker);
  const places = String(error?.stack).match(/wasm-function\[\d+\]:0x[\da-f]+/g) ?? [];
  cause = [`The page stopped: ${error?.message ?? error}`, ...places.slice(0, 8)].join(" ");
  for (const part of document.body.children) part.inert = part !== bar;
  find("#crash-close").hidden = true;
  // A scene that fails as it opens would fail again.
  find("#crash-anew").hidden = "ready" in document.documentElement.dataset;
  const full = memory?.buffer.byteLength > 0.75 * 2 ** 28;
  show(full ? "Ticketscope has run out of memory and has stopped. Your scene is kept."
    : "An error inside Ticketscope has stopped it. Your scene is kept.");
  find("#crash-restart").focus();
}

/** Starts again with a fresh program: with what the reader last saw, or without a scene. */
function restart(fragment) {
  try {
    if (fragment !== undefined) history.replaceState(null, "", location.pathname + location.search + fragment);
  } catch { /* The address is behind: a browser that allows only so many writes. */ }
  location.reload();
}

find("#crash-restart").onclick = () => restart(link);
find("#crash-anew").onclick = () => restart("");
find("#crash-close").onclick = () => {
  bar.hidden = true;
  find("#play").focus();
};
find("#crash-copy").onclick = async () => {
  const report = find("#crash-report");
  try {
    await navigator.clipboard.writeText(report.textContent);
    find("#crash-copy").textContent = "Copied";
  } catch {
    // No clipboard: the report is shown and selected, to be copied by hand.
    report.parentElement.open = true;
    getSelection().selectAllChildren(report);
  }
};

// Errors of others in this document, such as extensions, are none of ours: the program's pass through WebAssembly.
const ours = (error) => /wasm/.test(error?.stack);
// Every call into the charts passes through their own glue; deep stacks are shown far enough to see it.
Error.stackTraceLimit = 50;
function caught(event, error) {
  if (failed) event.preventDefault();
  else if (!ours(error)) return;
  else if (/\/charts-\w+\.js/.test(error.stack)) {
    event.preventDefault();
    // One that has failed before may fail again where it still listens: that is no news.
    if (error.stack.includes(`${current}:`)) endCharts(error, STOPPED, "Restart");
  } else fail(error);
}
addEventListener("error", (event) => caught(event, event.error));
addEventListener("unhandledrejection", (event) => caught(event, event.reason));

self.ticketscope = Object.freeze({
  bytes,
  prepare: () => prepared ??= prepare(),
  startWorker,
  endWorker,
  fail,
  runs(program) { memory = program.memory; },
  keep(fragment) { link = fragment; },
  panicked(where) { place = where; },
  trouble(sentence) { if (!failed) show(sentence); },
  startHelper,
  scene(fragment) {
    scene = fragment;
    try {
      // Called from within the page's program, which is not to blame.
      hear?.(scene);
    } catch (error) {
      endCharts(error, STOPPED, "Restart");
    }
    if (!hear && asks() && document.documentElement.dataset.charts !== "failed") startCharts();
  },
  charts(listener, name) {
    if (name !== build) return;
    hear = listener;
    document.documentElement.dataset.charts = "done";
    hear(scene ?? "");
  },
});
