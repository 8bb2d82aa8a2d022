// Serves a built site as a host would: compressed, with types, and with a 404 page.
import { createReadStream, existsSync, readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { gzipSync } from "node:zlib";

const TYPES = {
  ".css": "text/css",
  ".html": "text/html",
  ".js": "text/javascript",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".txt": "text/plain",
  ".wasm": "application/wasm",
  ".xml": "application/xml",
};

// Instant navigation follows the addresses of the site map, so those have to be the ones served here.
function contents(file, base) {
  const text = readFileSync(file);
  if (!file.endsWith("sitemap.xml")) return text;
  const published = text.toString().match(/<loc>([^<]*)<\/loc>/)[1];
  return text.toString().replaceAll(`<loc>${published}`, `<loc>${base}`);
}

export async function serve(folder) {
  const compressed = new Map();
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, "http://site");
    let file = join(folder, normalize(decodeURIComponent(pathname)));
    if (existsSync(file) && statSync(file).isDirectory()) file = join(file, "index.html");
    if (!existsSync(file)) {
      response.statusCode = 404;
      file = join(folder, "404.html");
    }
    const type = TYPES[extname(file)];
    response.setHeader("Cache-Control", "max-age=600");
    if (!type) return createReadStream(file).pipe(response);
    response.setHeader("Content-Type", type.startsWith("text/") ? `${type}; charset=utf-8` : type);
    response.setHeader("Content-Encoding", "gzip");
    if (!compressed.has(file)) compressed.set(file, gzipSync(contents(file, `http://${request.headers.host}/`)));
    response.end(compressed.get(file));
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  return { base: `http://127.0.0.1:${server.address().port}/`, close: () => server.close() };
}
