// Puts events as jobs into BullMQ, in batches, several at once, while workers complete them. Redis must run with appendfsync always.
// usage: bullmq.mjs PORT FILE   (FILE: one JSON array of events a line); prints {"jobs": n, "seconds": until the last was completed, "put": until the last was put}
import { readFileSync } from "node:fs";
import { Queue, Worker } from "bullmq";

const sideBySide = 4;
const concurrency = 100;
const [port, file] = process.argv.slice(2);
const batches = readFileSync(file, "utf8").trim().split("\n").map((line) => JSON.parse(line).map((event) => ({ name: "event", data: event, opts: { jobId: `e-${event.id}` } })));
const jobs = batches.reduce((sum, batch) => sum + batch.length, 0);
const connection = { host: "127.0.0.1", port: Number(port), maxRetriesPerRequest: null };
const queue = new Queue("events", { connection });
await queue.waitUntilReady();

const start = performance.now();
const elapsed = () => (performance.now() - start) / 1000;
let put = 0;
let completed = 0;
const done = new Promise((resolve) => {
  const worker = new Worker("events", async () => {}, { connection, concurrency });
  worker.on("completed", () => {
    if (++completed === jobs) {
      resolve();
    }
  });
});
await Promise.all(
  Array.from({ length: sideBySide }, async () => {
    for (let batch = batches.shift(); batch; batch = batches.shift()) {
      await queue.addBulk(batch);
    }
    put = elapsed();
  }),
);
await done;
console.log(JSON.stringify({ jobs, seconds: elapsed(), put }));
process.exit(0);
