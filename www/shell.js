// What stands around the program: how its files are checked, and what its workers start from. Runs before boot.js, whose
// contract stands in worker.js.
const [script, scriptDigest, code, codeDigest] = document.querySelector("[name=boot-worker]").content.split(" ");
const url = { createScriptURL: () => script };
const policy = self.trustedTypes?.createPolicy("ticketscope", url) ?? url;
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

self.ticketscope = Object.freeze({
  bytes,
  prepare: () => prepared ??= prepare(),
  startWorker() {
    const started = new Worker(policy.createScriptURL(""), { type: "module" });
    started.postMessage(module);
    return started;
  },
});
