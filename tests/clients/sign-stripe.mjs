// Signs a web-hook's body with Stripe's own library.
// usage: sign-stripe.mjs SECRET < the body
// prints one line: {"signature": "t=…,v1=…"}
import { readFileSync } from "node:fs";
import Stripe from "stripe";

const [secret] = process.argv.slice(2);
const payload = readFileSync(0, "utf8");
console.log(JSON.stringify({ signature: new Stripe("sk_test_of_nobody").webhooks.generateTestHeaderString({ payload, secret }) }));
