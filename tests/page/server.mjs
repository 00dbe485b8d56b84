// A static server for dist/, on this machine only: what `cargo xtask serve` shows and the tests load.
// It sends the headers of dist/_headers, as a host that reads that file does.

import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { extname, join, normalize, sep } from "node:path";
import { fileURLToPath } from "node:url";

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".md": "text/markdown; charset=utf-8",
  ".ts": "text/plain; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".ico": "image/x-icon",
  ".woff2": "font/woff2",
  ".wasm": "application/wasm",
  ".webmanifest": "application/manifest+json",
};

/** The benchmark page, which is no part of the site: /bench.html. */
export const BENCH = fileURLToPath(new URL("../../www/bench/", import.meta.url));

/**
 * Starts a server for the folder `root` and gives { origin, close }.
 *
 * `port` 0 takes any free port. `alter(name, bytes)` may return other bytes, or null for "not found": how the tests
 * make a host that fails. `under` serves the folder below that path, as a host with many sites does. `beside` is a folder
 * whose files are served too where `root` has none: they bring their own policy.
 */
export async function serve(root, { port = 0, alter = (name, bytes) => bytes, under = "/", beside } = {}) {
  const headers = await headersOf(root);
  const server = createServer(async (request, response) => {
    const own = await fileFor(root, under, request, alter);
    const bytes = own ?? (beside && await fileFor(beside, under, request, alter));
    const type = bytes ? TYPES[extname(bytes.name)] ?? "application/octet-stream" : "text/plain; charset=utf-8";
    response.writeHead(bytes ? 200 : 404, { ...(bytes && !own ? {} : headers), "Content-Type": type, "Cache-Control": "no-cache" });
    response.end(request.method === "HEAD" ? undefined : bytes?.content ?? "Not found.\n");
  });
  await new Promise((listening, failed) => {
    server.once("error", failed);
    server.listen(port, "127.0.0.1", listening);
  });
  return {
    origin: `http://127.0.0.1:${server.address().port}`,
    close: () => new Promise((closed) => {
      server.close(closed);
      server.closeAllConnections();
    }),
  };
}

/** The file that a request asks for, as { name, content }, or null. */
async function fileFor(root, under, request, alter) {
  let path;
  try {
    path = decodeURIComponent(new URL(request.url, "http://host").pathname);
  } catch {
    return null;
  }
  if (!["GET", "HEAD"].includes(request.method) || !path.startsWith(under) || path.includes("\0")) return null;
  const name = normalize(path.slice(under.length) || "index.html");
  if (name.startsWith("..") || name.split(sep).some((part) => part.startsWith("_"))) return null;
  try {
    const content = alter(name, await readFile(join(root, name)));
    return content && { name, content };
  } catch {
    return null;
  }
}

/** The headers that dist/_headers gives every file. */
async function headersOf(root) {
  const text = await readFile(join(root, "_headers"), "utf8").catch(() => "");
  const lines = text.split("\n").filter((line) => line.startsWith("  ")).map((line) => line.trim());
  return Object.fromEntries(lines.map((line) => {
    const colon = line.indexOf(":");
    return [line.slice(0, colon), line.slice(colon + 1).trim()];
  }));
}

/** The port asked for, or else 8080 or the next free one. */
async function show(root, asked) {
  const beside = BENCH;
  for (let port = asked ?? 8080; ; port += 1) {
    try {
      return await serve(root, { port, beside });
    } catch (error) {
      if (error.code !== "EADDRINUSE" || asked !== undefined || port >= 8180) throw error;
    }
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [root, asked] = process.argv.slice(2);
  try {
    const { origin } = await show(root, asked === undefined ? undefined : Number(asked));
    console.log(`Ticketscope is at ${origin}/ (stop with Ctrl+C)`);
  } catch (error) {
    console.error(`error: cannot serve ${root}: ${error.message}`);
    process.exitCode = 1;
  }
}
