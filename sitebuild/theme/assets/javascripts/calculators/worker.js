// Loads MicroPython and the Python files side by side, says so, then answers each message.
const near = (name) => new URL(name, import.meta.url).href;

async function load() {
  const [{ loadMicroPython }, wasm, files] = await Promise.all([
    import("./micropython.js"),
    fetch(near("micropython.wasm")).then((response) => response.blob()),
    fetch(near("files.json")).then((response) => response.json()),
  ]);
  const url = URL.createObjectURL(new Blob([wasm], { type: "application/wasm" }));
  const python = await loadMicroPython({ url, heapsize: 4 * 1024 * 1024 });
  for (const [path, text] of Object.entries(files)) {
    const folders = path.split("/").slice(0, -1);
    folders.forEach((_, at) => makeFolder(python.FS, `/${folders.slice(0, at + 1).join("/")}`));
    python.FS.writeFile(`/${path}`, text);
  }
  python.runPython('import sys; sys.path.append("/")\nfrom sitebuild.calculators.in_page.answer import answer');
  postMessage("loaded");
  return python.globals.get("answer");
}

function makeFolder(fileSystem, path) {
  if (!fileSystem.analyzePath(path).exists) fileSystem.mkdir(path);
}

const answer = load();

addEventListener("message", async ({ data }) => {
  try {
    postMessage(JSON.parse((await answer)(data)));
  } catch (error) {
    setTimeout(() => {
      throw error;
    });
  }
});
