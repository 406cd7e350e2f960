// One tool on the TypeScript SDK: a contact, asked of Front over fetch, which keeps its connections.

import http from 'node:http';
import { pathToFileURL } from 'node:url';

const modules = process.argv[2];
const load = path => import(pathToFileURL(`${modules}/${path}`));
const { McpServer, createMcpHandler } = await load('@modelcontextprotocol/server/dist/index.mjs');
const { z } = await load('zod/index.js');

const headers = { authorization: `Bearer ${process.env.FRONT_TOKEN}` };
const handler = createMcpHandler(() => {
  const server = new McpServer({ name: 'peer', version: '0' });
  server.registerTool(
    'get-contact',
    { description: 'Reads a contact', inputSchema: z.object({ contact: z.string() }) },
    async ({ contact }) => {
      const answer = await fetch(`${process.env.FRONT_BASE}/contacts/${contact}`, { headers });
      const found = await answer.json();
      return { content: [{ type: 'text', text: JSON.stringify(found) }], structuredContent: found };
    },
  );
  return server;
});

async function whole(stream) {
  const pieces = [];
  for await (const piece of stream) pieces.push(piece);
  return Buffer.concat(pieces);
}

const listener = http.createServer(async (incoming, outgoing) => {
  const body = incoming.method === 'POST' ? await whole(incoming) : undefined;
  const url = `http://${incoming.headers.host}${incoming.url}`;
  const request = new Request(url, { method: incoming.method, headers: incoming.headers, body });
  const answer = await handler.fetch(request);
  const text = Buffer.from(await answer.arrayBuffer());
  outgoing.writeHead(answer.status, { 'content-type': answer.headers.get('content-type'), 'content-length': text.length });
  outgoing.end(text);
});
listener.listen(0, '127.0.0.1', () => {
  console.log(`listens on http://127.0.0.1:${listener.address().port}/mcp`);
});
