// Watches the worklist with Microsoft's own SignalR client.
// usage: watch-worklist.mjs URL [--key KEY | --cookie COOKIE] [--queue Q] [--unit U] [--state S] [--changes N] [--seconds N]
// says "watching" on stderr once the console listens; prints one line when it has N changes or the time is up:
// {"changes": [{"topic": "…", "version": 1, "at": 1234.5}], "error": null}, "at" in milliseconds since the start
import { parseArgs } from "node:util";
import { HttpTransportType, HubConnectionBuilder, LogLevel } from "@microsoft/signalr";

const text = { type: "string" };
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { key: text, cookie: text, queue: text, unit: text, state: text, changes: { ...text, default: "1" }, seconds: { ...text, default: "15" } },
});
const headers = {
  ...(values.key && { Authorization: `Bearer ${values.key}` }),
  ...(values.cookie && { Cookie: values.cookie }),
};
const connection = new HubConnectionBuilder()
  .withUrl(new URL("/hubs/worklist", positionals[0]).href, { headers, transport: HttpTransportType.WebSockets })
  .configureLogging(LogLevel.None)
  .build();

const changes = [];
let error = null;
try {
  await new Promise((resolve, reject) => {
    setTimeout(resolve, Number(values.seconds) * 1000);
    connection.on("changed", (change) => {
      changes.push({ ...change, at: performance.now() });
      if (changes.length >= Number(values.changes)) {
        resolve();
      }
    });
    connection
      .start()
      .then(() => connection.invoke("Watch", { queue: values.queue ?? null, unit: values.unit ?? null, state: values.state ?? null }))
      .then(() => console.error("watching"))
      .catch(reject);
  });
} catch (failure) {
  error = String(failure.message ?? failure);
}

console.log(JSON.stringify({ changes, error }));
await connection.stop();
process.exit(0);
