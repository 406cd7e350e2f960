// The TypeScript client over stdio, in both protocol eras: tools with validated results, prompts,
// resources, completions, progress and cancellation.
//
//     node tests/clients/typescript/stdio.mjs target/release/front-mcp NODE_MODULES
//
// Needs `@modelcontextprotocol/client` 2.4.0 in NODE_MODULES. A sandbox runs beside the server, so
// that what is asked is counted where it arrives.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";

const [program, modules] = process.argv.slice(2).map((path) => resolve(path));
const load = createRequire(`${modules}/`);
const { Client } = load("@modelcontextprotocol/client");
const { StdioClientTransport } = load("@modelcontextprotocol/client/stdio");

const CONVERSATION = "cnv_1urgent";
const ERAS = [
  { mode: "legacy", version: "2025-11-25" },
  { mode: "auto", version: "2026-07-28" },
];

// This process's variables without settings for a real Front.
const environment = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !name.startsWith("FRONT_")),
);

async function sandbox() {
  const command = ["sandbox", "--listen", "127.0.0.1:0", "--rate-limit", "off"];
  const child = spawn(program, command, { env: environment, stdio: ["ignore", "pipe", "inherit"] });
  const [line] = await once(createInterface(child.stdout), "line");
  const front = line.split(" ").at(-1);
  const ask = async (method, path, body) => {
    const headers = { "content-type": "application/json" };
    const options = { method, headers, body: body && JSON.stringify(body) };
    const text = await (await fetch(`${front}/_sandbox/${path}`, options)).text();
    return text ? JSON.parse(text) : undefined;
  };
  return { front, ask, end: () => child.kill() };
}

async function refused(asking, code) {
  await assert.rejects(asking, (error) => {
    assert.equal(error.code, code, `${error}`);
    return true;
  });
}

// The client holds each result against the tool's own output schema.
async function tools(client) {
  const { tools } = await client.listTools();
  assert.ok(tools.length >= 19, `${tools.length} tools`);
  for (const [name, given] of [
    ["list-inboxes", {}],
    ["list-conversations", { inboxes: ["Support"], assignee: "unassigned", limit: 3 }],
    ["get-conversation", { conversation_id: CONVERSATION }],
  ]) {
    const result = await client.callTool({ name, arguments: given });
    assert.ok(!result.isError && result.structuredContent, name);
  }
  const wrong = await client.callTool({ name: "get-conversation", arguments: { conversation_id: "../x" } });
  assert.equal(wrong.isError, true);
  return tools.map((tool) => tool.name);
}

async function prompts(client, tools) {
  const { prompts } = await client.listPrompts();
  assert.equal(prompts.length, 6);
  const given = { conversation: CONVERSATION, from: "Marin", to: "tea_1marin" };
  for (const prompt of prompts) {
    const needed = prompt.arguments.filter((argument) => argument.required);
    const values = Object.fromEntries(needed.map(({ name }) => [name, given[name]]));
    const { messages } = await client.getPrompt({ name: prompt.name, arguments: values });
    const calls = [...messages[0].content.text.matchAll(/`([a-z-]+) (\{.*?\})`/g)];
    assert.ok(calls.length, prompt.name);
    for (const [, tool, json] of calls) {
      assert.ok(tools.includes(tool), `${prompt.name} names ${tool}`);
      JSON.parse(json);
    }
  }
  await refused(client.getPrompt({ name: "draft-reply", arguments: {} }), -32602);
}

async function resources(client) {
  const { resources } = await client.listResources();
  const uris = resources.map((resource) => resource.uri);
  for (const uri of [...uris, `front://conversations/${CONVERSATION}`]) {
    const { contents } = await client.readResource({ uri });
    assert.equal(contents[0].mimeType, "text/markdown");
    assert.ok(contents[0].text, uri);
  }
  const { resourceTemplates } = await client.listResourceTemplates();
  assert.ok(resourceTemplates.some((one) => one.uriTemplate === "front://contacts/{id}"));
  // This client gives what is missing the same code in both eras, whatever came over the wire.
  await refused(client.readResource({ uri: "front://conversations/cnv_1nowhere" }), -32602);
}

async function completions(client) {
  const offered = async (name, argument, value) => {
    const ref = { type: "ref/prompt", name };
    return (await client.complete({ ref, argument: { name: argument, value } })).completion;
  };
  assert.equal((await offered("triage-inbox", "inbox", "sup")).values[0], "Support");
  assert.ok((await offered("prepare-handover", "to", "")).total >= 12);
  assert.deepEqual((await offered("draft-reply", "conversation", "cnv")).values, []);
}

async function progress(client, front) {
  const told = [];
  await front.ask("POST", "faults", { kind: "hang", value: 3, times: 1 });
  const call = { name: "list-drafts", arguments: { conversation_id: CONVERSATION } };
  const result = await client.callTool(call, { onprogress: (step) => told.push(step) });
  assert.ok(!result.isError);
  assert.ok(told.length >= 2, JSON.stringify(told));
  told.reduce((before, step) => {
    assert.ok(step.progress > before && step.message, JSON.stringify(told));
    return step.progress;
  }, 0);
  return told.length;
}

async function cancellation(client, front) {
  const count = async () => (await front.ask("GET", "requests")).count;
  await front.ask("POST", "faults", { kind: "hang", value: 1 });
  const before = await count();
  const stop = new AbortController();
  const call = { name: "list-conversations", arguments: { include: ["preview"] } };
  const asking = assert.rejects(client.callTool(call, { signal: stop.signal }));
  while ((await count()) === before) await sleep(10);
  stop.abort();
  await asking;
  await sleep(1500);
  await front.ask("DELETE", "faults");
  assert.equal(await count(), before + 1, "it went on");
  assert.ok(!(await client.callTool({ name: "list-inboxes", arguments: {} })).isError);
}

for (const { mode, version } of ERAS) {
  const front = await sandbox();
  const client = new Client({ name: "typescript", version: "1" }, { versionNegotiation: { mode } });
  try {
    const env = { ...environment, FRONT_API_BASE_URL: front.front };
    const args = ["serve", "--sandbox", "--send", "confirm"];
    await client.connect(new StdioClientTransport({ command: program, args, env }));
    assert.equal(client.getNegotiatedProtocolVersion(), version);
    const { prompts: hasPrompts, resources: hasResources, completions: completes } =
      client.getServerCapabilities();
    assert.ok(hasPrompts && hasResources && completes);
    const listed = await tools(client);
    await prompts(client, listed);
    await resources(client);
    await completions(client);
    const told = await progress(client, front);
    await cancellation(client, front);
    assert.equal((await front.ask("GET", "outbox")).count, 0);
    console.log(`typescript, ${version}: tools, 6 prompts, resources, completions, ${told} words of progress, a cancelled call`);
  } finally {
    await client.close();
    front.end();
  }
}
