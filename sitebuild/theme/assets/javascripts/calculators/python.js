// The package's own files, run by MicroPython in a worker. The latest question wins: older ones are not answered,
// and a worker that has been busy for long is replaced.
const LONGEST = 1500;

let worker;
let current;
let next;

export function start() {
  if (worker) return;
  worker = new Worker(new URL("worker.js", import.meta.url), { type: "module" });
  worker.onmessage = ({ data }) => settle((question) => question.resolve(data));
  worker.onerror = () => {
    stop();
    settle((question) => question.reject(new Error("The calculator could not be loaded.")));
  };
}

export function ask(request) {
  return new Promise((resolve, reject) => {
    next?.resolve(null);
    next = { request, resolve, reject };
    if (current && performance.now() - current.since > LONGEST) {
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
