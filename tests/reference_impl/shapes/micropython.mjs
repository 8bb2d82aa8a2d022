// Answers lines of Python from standard input with reference_impl.shapes on MicroPython.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { loadMicroPython } from "@micropython/micropython-webassembly-pyscript/micropython.mjs";

const HERE = dirname(fileURLToPath(import.meta.url));
const ROOT = join(HERE, "..", "..", "..");
const python = await loadMicroPython({ heapsize: 64 * 1024 * 1024 });

function carry(folder) {
  python.FS.mkdir(`/${folder}`);
  for (const entry of readdirSync(join(ROOT, folder), { withFileTypes: true })) {
    const name = `${folder}/${entry.name}`;
    if (entry.isDirectory() && entry.name !== "__pycache__") carry(name);
    else if (entry.name.endsWith(".py")) python.FS.writeFile(`/${name}`, readFileSync(join(ROOT, name)));
  }
}

python.FS.mkdir("/reference_impl");
python.FS.writeFile("/reference_impl/__init__.py", "");
carry("reference_impl/shapes");
python.FS.writeFile("/answers.py", readFileSync(join(HERE, "answers.py")));
python.runPython("import sys\nsys.path.insert(0, '/')\nfrom answers import answers");
const lines = readFileSync(0, "utf-8").split("\n");
const found = [];
for (let at = 0; at < lines.length; at += 2000) {
  python.globals.set("lines", lines.slice(at, at + 2000).join("\n"));
  python.runPython("found = answers(lines)");
  found.push(python.globals.get("found"));
}
writeFileSync(1, found.join("\n"));
