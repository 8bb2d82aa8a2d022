// The package's own files, run by MicroPython in a worker. The latest question wins: older ones are not answered,
// and a worker that has computed for long is replaced. One that is still loading is not: it would begin again.
const LONGEST = 1500;

let worker;
let isLoaded;
let current;
let next;

export function start() {
  if (worker) return;
  const started = new Worker(new URL("worker.js", import.meta.url), { type: "module" });
  worker = started;
  isLoaded = false;
  started.onmessage = ({ data }) => started === worker && hear(data);
  started.onerror = () => {
    stop();
    settle((question) => question.reject(new Error("The calculator could not be loaded.")));
  };
}

function hear(message) {
  if (message !== "loaded") return settle((question) => question.resolve(message));
  isLoaded = true;
  if (current) current.since = performance.now();
}

export function ask(request) {
  return new Promise((resolve, reject) => {
    next?.resolve(null);
    next = { request, resolve, reject };
    if (current && isLoaded && performance.now() - current.since > LONGEST) {
      stop();
      current.resolve(null);
      current = undefined;
    }
    if (!current) send();
  });
}

function settle(how) {
  const question = current;
  current = undefined;
  if (question) how(question);
  if (next) send();
}

function send() {
  start();
  current = { ...next, since: performance.now() };
  next = undefined;
  worker.postMessage(JSON.stringify(current.request));
}

function stop() {
  worker.terminate();
  worker = undefined;
}
