// A company's identity provider for the tests: node company-provider.mjs PORT REDIRECT_URI. Anybody signs in by any password; who is in which group is told by
// POST /tell {"sub": "...", "groups": ["..."]}.
import { createServer } from "node:http";
import { Provider } from "oidc-provider";

const [port, redirectUri] = process.argv.slice(2);
const groups = new Map();
const provider = new Provider(`http://127.0.0.1:${port}`, {
  clients: [{
    client_id: "opsconsole", client_secret: "known-to-both-only", redirect_uris: [redirectUri], grant_types: ["authorization_code"], response_types: ["code"],
    token_endpoint_auth_method: "client_secret_post",
  }],
  scopes: ["openid", "profile", "email", "groups"],
  claims: { openid: ["sub"], profile: ["name"], email: ["email"], groups: ["groups"] },
  pkce: { required: () => true },
  findAccount: (_, sub) => ({ accountId: sub, claims: () => ({ sub, name: `${sub} of the company`, email: `${sub}@company.example`, groups: groups.get(sub) ?? [] }) }),
});
const answer = provider.callback();

createServer(async (request, response) => {
  if (request.url !== "/tell") { answer(request, response); return; }
  let body = "";
  for await (const part of request) { body += part; }
  const told = JSON.parse(body);
  groups.set(told.sub, told.groups);
  response.writeHead(204).end();
}).listen(Number(port), "127.0.0.1", () => console.log("ready"));
