// Checks every file, compiles the WebAssembly once, runs Rust's main(). What it promises stands in worker.js.
const state = document.documentElement.dataset;
state.boot = "started";
const find = (what) => document.querySelector(what);
const glue = find("#boot-glue").href;
const [wasm, worker] = ["wasm", "worker"].map((id) => find(`[name=boot-${id}]`).content.split(" "));
const url = { createScriptURL: () => worker[0] };
const policy = self.trustedTypes?.createPolicy("ticketscope", url) ?? url;

async function bytes([file, integrity]) {
  const answer = await fetch(file, { integrity });
  if (!answer.ok) throw Error(`${file}: ${answer.status}`);
  return answer.arrayBuffer();
}

async function start() {
  const loaded = document.readyState === "complete" || new Promise((done) => addEventListener("load", done));
  // What modulepreload refused cannot be imported. Workers take no integrity.
  const [{ initSync }, module] = await Promise.all([
    import(glue), bytes(wasm).then((code) => WebAssembly.compile(code)), bytes(worker), loaded]);
  for (const { sheet, href } of document.querySelectorAll("link[rel=stylesheet]")) {
    if (!sheet?.cssRules) throw Error(href);
  }
  self.ticketscope = Object.freeze({
    startWorker() {
      const started = new Worker(policy.createScriptURL(""), { type: "module" });
      started.postMessage({ glue, module });
      return started;
    },
  });
  initSync({ module });
  state.boot = "done";
}

function fail(text, error) {
  state.boot = "failed";
  const p = find("#boot-message");
  p.firstChild.data = `${text} (${error.message}) `;
  p.hidden = false;
}

find("#boot-reload").onclick = () => location.reload();
addEventListener("error", ({ error }) => error && fail("Ticketscope has stopped. Reload it: the link keeps your scene.", error));
start().catch((error) => {
  console.error(error);
  fail(self.WebAssembly
    ? "Ticketscope could not start: a file is missing or changed. Reload the page."
    : "Ticketscope needs WebAssembly, which this browser lacks.", error);
});
