"""One tool on the Python SDK: a contact, asked of Front over one client that keeps its connections."""

import os
import socket

import httpx2 as httpx
import uvicorn
from mcp.server import MCPServer

server = MCPServer("peer")
client = httpx.AsyncClient(
    base_url=os.environ["FRONT_BASE"],
    headers={"Authorization": "Bearer " + os.environ["FRONT_TOKEN"]},
    trust_env=False,
)


@server.tool(name="get-contact")
async def get_contact(contact: str) -> dict:
    """Reads a contact."""
    answer = await client.get(f"/contacts/{contact}")
    answer.raise_for_status()
    return answer.json()


app = server.streamable_http_app(stateless_http=True, json_response=True)
listener = socket.create_server(("127.0.0.1", 0))
print(f"listens on http://127.0.0.1:{listener.getsockname()[1]}/mcp", flush=True)
uvicorn.Server(uvicorn.Config(app, log_level="error", access_log=False)).run(sockets=[listener])
