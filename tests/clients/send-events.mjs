// Sends CloudEvents with the CNCF's own SDK.
// usage: send-events.mjs binary|structured|batch URL KEY < an array of events as JSON
// prints one line: {"answers": [{"status": 202, "body": {…}}, …]}, one answer per request
import { readFileSync } from "node:fs";
import { CloudEvent, HTTP, Mode, emitterFor } from "cloudevents";

const [mode, url, key] = process.argv.slice(2);
const events = JSON.parse(readFileSync(0, "utf8")).map((event) => new CloudEvent(event));
const answers = [];

async function post(message) {
  const response = await fetch(new URL("/v1/events", url), {
    method: "POST",
    headers: { ...message.headers, authorization: `Bearer ${key}` },
    body: message.body,
  });
  const text = await response.text();
  let body = text;
  try {
    body = JSON.parse(text);
  } catch {
    // not every answer is JSON; then the text is what is shown
  }
  answers.push({ status: response.status, body });
}

if (mode === "batch") {
  // The SDK reads batches but has no emitter for them.
  await post({ headers: { "content-type": "application/cloudevents-batch+json" }, body: JSON.stringify(events) });
} else {
  const emit = emitterFor(post, { binding: HTTP, mode: mode === "binary" ? Mode.BINARY : Mode.STRUCTURED });
  for (const event of events) {
    await emit(event);
  }
}

console.log(JSON.stringify({ answers }));
