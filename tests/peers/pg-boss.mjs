// Puts events as jobs into pg-boss, in batches, several at once, while workers fetch them by hundreds and complete them. Everything is committed.
// usage: pg-boss.mjs CONNECTION FILE   (FILE: one JSON array of events a line); prints {"jobs": n, "seconds": until the last was completed, "put": until the last was put}
import { readFileSync } from "node:fs";
import PgBoss from "pg-boss";

const sideBySide = 4;
const atOnce = 500;
const [connectionString, file] = process.argv.slice(2);
const batches = readFileSync(file, "utf8").trim().split("\n").map((line) => JSON.parse(line).map((event) => ({ name: "events", data: event })));
const jobs = batches.reduce((sum, batch) => sum + batch.length, 0);
const boss = new PgBoss({ connectionString, max: 2 * sideBySide, supervise: false, schedule: false });
await boss.start();
await boss.createQueue("events");

const start = performance.now();
const elapsed = () => (performance.now() - start) / 1000;
let put = 0;
let completed = 0;
const putAll = async () => {
  for (let batch = batches.shift(); batch; batch = batches.shift()) {
    await boss.insert(batch);
  }
  put = elapsed();
};
const workOff = async () => {
  while (completed < jobs) {
    const fetched = await boss.fetch("events", { batchSize: atOnce });
    if (fetched?.length > 0) {
      await boss.complete("events", fetched.map((job) => job.id));
      completed += fetched.length;
    }
  }
};
await Promise.all([...Array.from({ length: sideBySide }, putAll), ...Array.from({ length: sideBySide }, workOff)]);
console.log(JSON.stringify({ jobs, seconds: elapsed(), put }));
await boss.stop({ graceful: false });
process.exit(0);
