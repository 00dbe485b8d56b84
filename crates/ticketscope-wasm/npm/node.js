// For Node: the module is ready as soon as it is imported; `await init()` does no harm, so one program runs here and in browsers.
import { readFileSync } from "node:fs";
import init, { initSync } from "./ticketscope_wasm.js";

initSync({ module: readFileSync(new URL("./ticketscope_wasm_bg.wasm", import.meta.url)) });

export * from "./ticketscope_wasm.js";
export default init;
