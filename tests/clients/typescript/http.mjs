// The TypeScript client over HTTP, in both protocol eras: the main job with a token, none without.
//
//     python3 tests/clients/servers.py target/release/front-mcp \
//       node tests/clients/typescript/http.mjs NODE_MODULES
//
// Needs `@modelcontextprotocol/client` 2.4.0 in NODE_MODULES. What left is counted at the sandbox.

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { resolve } from "node:path";

const load = createRequire(`${resolve(process.argv[2])}/`);
const { Client, StreamableHTTPClientTransport } = load("@modelcontextprotocol/client");
const { HOSTED_URL: url, HOSTED_TOKEN: token, HOSTED_FRONT: front } = process.env;

const CONVERSATION = "cnv_1urgent";
const ERAS = [
  { mode: "legacy", version: "2025-11-25" },
  { mode: "auto", version: "2026-07-28" },
];

async function connect(mode, bearer) {
  const client = new Client({ name: "typescript", version: "1" }, { versionNegotiation: { mode } });
  const headers = bearer ? { authorization: `Bearer ${bearer}` } : {};
  await client.connect(new StreamableHTTPClientTransport(new URL(url), { requestInit: { headers } }));
  return client;
}

async function outbox() {
  return (await (await fetch(`${front}/_sandbox/outbox`)).json()).messages;
}

// The client holds each result against the tool's own output schema.
async function mainJob(client) {
  const call = async (name, given) => {
    const result = await client.callTool({ name, arguments: given });
    assert.ok(!result.isError && result.structuredContent, `${name}: ${result.content[0].text}`);
    return result.structuredContent;
  };
  const { tools } = await client.listTools();
  assert.ok(tools.length >= 19, `${tools.length} tools`);
  const rows = await call("list-conversations", { inboxes: ["Support"], assignee: "unassigned", limit: 5 });
  assert.ok(rows.conversations.some((row) => row.id === CONVERSATION));
  assert.ok((await call("get-conversation", { conversation_id: CONVERSATION })).timeline.length);
  const tagged = await call("add-tag", { conversation_id: CONVERSATION, tags: ["Urgent"] });
  assert.equal(tagged.added[0].name, "Urgent");
  const before = (await outbox()).length;
  const body = `By ${client.getNegotiatedProtocolVersion()}.`;
  const sealed = await call("send-message", { conversation_id: CONVERSATION, body });
  assert.equal(sealed.state, "sealed");
  assert.equal((await outbox()).length, before, "sealing sent something");
  for (const _ of ["a confirmation", "the same again"]) {
    const sent = await call("confirm-send", { envelope_id: sealed.envelope_id });
    assert.equal(sent.state, "sent");
    const letters = (await outbox()).filter((letter) => letter.message_uid === sent.message_uid);
    assert.equal(letters.length, 1);
    assert.ok(letters[0].conversation_id === CONVERSATION && letters[0].body.includes(body));
  }
  assert.equal((await outbox()).length, before + 1);
}

for (const { mode, version } of ERAS) {
  const client = await connect(mode, token);
  try {
    assert.equal(client.getNegotiatedProtocolVersion(), version);
    await mainJob(client);
  } finally {
    await client.close();
  }
  for (const wrong of [undefined, `fmcp_${"A".repeat(43)}`]) {
    await assert.rejects(connect(mode, wrong), (error) => error.data?.status === 401);
  }
  console.log(`typescript over http, ${version}: the main job, and no way in without a token`);
}
