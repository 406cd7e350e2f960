#!/usr/bin/env python3
"""Every operation of Front's published files, called once through raw-api-request against a
mock server that nobody here wrote, which checks each request against those files.

    prism.py FRONT_MCP PRISM FRONT_API_FOLDER

Only the standard library is needed. Bodies are built from the operation's required fields; the
guarded operations run under a policy that names them; the two sends and the one operation that
takes files alone must be refused. A request that violates the files fails the run.
"""
import json, pathlib, socket, subprocess, sys, tempfile, time, urllib.request

from sets import SETS

ROOT = pathlib.Path(__file__).resolve().parents[2]
IDS = {
    "account_id": "acc_1a", "article_id": "kba_1a", "attachment_id": "fil_1a",
    "attachment_link_id": "fil_1a", "category_id": "kbc_1a", "channel_id": "cha_1a",
    "comment_id": "com_1a", "contact_group_id": "grp_1a", "contact_id": "crd_1a",
    "contact_list_id": "grp_1a", "conversation_id": "cnv_1a", "draft_id": "msg_1a",
    "event_id": "evt_1a", "export_id": "exp_1a", "inbox_id": "inb_1a",
    "knowledge_base_id": "knb_1a", "link_id": "top_1a", "message_id": "msg_1a",
    "message_template_folder_id": "rsf_1a", "message_template_id": "rsp_1a",
    "rule_id": "rul_1a", "shift_id": "shf_1a", "signature_id": "sig_1a",
    "status_id": "sts_1a", "tag_id": "tag_1a", "team_id": "tim_1a",
    "teammate_group_id": "cir_1a", "teammate_id": "tea_1a", "time_off_id": "vcr_1a",
    "view_id": "lns_1a", "locale": "en", "query": "is:open hello/world?",
    "report_uid": "a1b2", "application_uid": "app1", "external_call_id": "call1",
    "external_id": "ext1", "conv_ext_id": "ext1", "message_ext_id": "ext2",
}


def example(schema):
    """The smallest value that a schema of the facts allows."""
    if "enum" in schema:
        return schema["enum"][0]
    if "anyOf" in schema and not schema.get("properties"):
        return example(schema["anyOf"][0])
    kind = schema.get("type", "object" if "properties" in schema else "string")
    if kind == "object":
        properties = dict(schema.get("properties", {}))
        required = list(schema.get("required", []))
        if "anyOf" in schema:
            part = schema["anyOf"][0]
            properties.update(part.get("properties", {}))
            required += part.get("required", [])
        return {name: example(properties.get(name, {})) for name in required}
    if kind == "array":
        return [example(schema.get("items", {}))] * max(1, schema.get("minItems", 1))
    if kind in ("number", "integer"):
        return max(1, schema.get("minimum", 1))
    if kind == "boolean":
        return True
    return {"date": "2026-11-20", "date-time": "2026-11-20T10:00:00Z"}.get(schema.get("format"), "text")


def export_body(schema):
    """The forms of an analytics export allow some of the same columns, so that Front's own
    `oneOf` rejects a body that fits both: one column that only one form has."""
    def columns(part):
        items = part["properties"]["columns"]["items"]
        plain = [option for option in items.get("anyOf", [items]) if "enum" in option]
        return [name for option in plain for name in option["enum"]]

    parts = schema["anyOf"]
    for index, part in enumerate(parts):
        others = [name for other in parts if other is not part for name in columns(other)]
        own = next((name for name in columns(part) if name not in others), None)
        if own:
            return example(part) | example(schema) | {
                "type": schema["discriminator"]["cases"][index], "columns": [own]}
    raise SystemExit("no form of an analytics export has a column of its own")


# Each tool's own requests, in all their forms. Prism answers with the examples of the files.
TOOL_CALLS = [
    ("list-conversations", {}),
    ("list-conversations", {"statuses": ["open", "trashed"], "limit": 100, "detail": "full"}),
    ("list-conversations", {"inboxes": ["inb_1a"], "assignee": "unassigned", "include": ["preview"]}),
    ("list-conversations", {"inboxes": ["inb_1a", "inb_2b"]}),
    ("list-conversations", {"tag": "tag_1a", "statuses": ["archived"]}),
    ("list-conversations", {"assignee": "tea_1a"}),
    ("list-conversations", {"query": "refund/now? 100%", "after": "7d", "tag": "tag_1a"}),
    ("search-conversations", {"text": "refund/now? 100% \"late order\"", "inboxes": ["inb_1a", "inb_2b"],
                              "tags": ["tag_1a"], "from": ["jo@acme.example", "+33 6 12 34 56 78"],
                              "participants": ["tea_1a", "crd_1a"], "is": ["open", "waiting"],
                              "custom_fields": {"Order number": "a/b ?#1"}, "after": "7d", "during": "1d"}),
    ("get-conversation", {"conversation_id": "cnv_1a", "detail": "full",
                          "include": ["messages", "comments", "drafts"]}),
    ("get-message", {"message_id": "msg_1a", "include": ["quotes"]}),
    ("get-message", {"message_id": "msg_1a", "include": ["headers"], "source": True}),
    ("get-message", {"message_id": "1eab543f84a0785f7b6b8967cck18f4d"}),
    ("get-attachment", {"attachment_id": "fil_1a"}),
    ("get-attachment", {"attachment_id": "fil_3q8a7mby", "message_id": "msg_1a"}),
    ("add-tag", {"conversation_id": "cnv_1a", "tags": ["Warehouse task"]}),
    # The example that Front gives of a conversation has this tag.
    ("remove-tag", {"conversation_id": "cnv_1a", "tags": ["Warehouse task"]}),
    ("update-conversation", {"conversation_id": "cnv_1a", "assignee": "unassigned", "status": "trashed"}),
    ("snooze-conversation", {"conversation_id": "cnv_1a", "until": "2d", "teammate": "tea_1a"}),
    ("add-comment", {"conversation_id": "cnv_1a", "body": "Look.", "author": "tea_1a"}),
    ("bulk-update", {"change": "archive", "search": {"text": "order"}}),
    ("list-drafts", {"conversation_id": "cnv_1a"}),
    ("create-draft", {"conversation_id": "cnv_1a", "channel_id": "cha_55c8c149",
                      "to": ["jo@acme.example"], "body": "Hello", "signature": "default"}),
    ("create-draft", {"channel_id": "cha_55c8c149", "to": ["jo@acme.example"], "body": "Hello",
                      "subject": "Hello", "signature": "sig_1a"}),
    # Front's example of a message is no draft.
    ("update-draft", {"draft_id": "msg_1a", "body": "Other"}),
    ("delete-draft", {"draft_id": "msg_1a"}),
    ("whoami", {}),
    ("list-channels", {}),
    ("list-teams", {}),
    ("list-contacts", {"updated_after": "2026-01-01", "updated_before": "2026-02-01"}),
    ("list-contacts", {"list": "grp_1a"}),
    ("list-contacts", {"account": "acc_1a"}),
    ("get-contact", {"contact": "crd_1a"}),
    ("get-contact", {"contact": "jo@acme.example"}),
    ("create-contact", {"handles": [{"source": "twitter", "handle": "@jo"}], "name": "Jo",
                        "links": ["https://acme.example"], "custom_fields": {"City": "Bern"}}),
    ("list-inboxes", {}),
    ("list-tags", {"query": "task"}),
    ("list-teammates", {}),
    ("send-message", {"conversation_id": "cnv_1a", "channel_id": "cha_55c8c149",
                      "to": ["jo@acme.example"], "body": "Hello"}),
    ("check-send", {"envelope_id": "env_" + "0" * 32}),
    ("confirm-send", {"envelope_id": "env_" + "0" * 32}),
    ("search-api", {"query": "snooze a conversation"}),
]

# What a tool may answer when its requests were right and the example it got did not suit it.
# What Front's own example of a time off or an article forbids: its requests up to there were right.
REFUSED_FOR_THE_EXAMPLE = {"set-time-off", "update-article-draft"}

SUITS = {"accepted", "not_found", "invalid_argument", "already_exists", "unreadable_answer", "conflict"}


class Server:
    """`front-mcp serve` as a child, spoken to in the 2025-11-25 protocol."""

    def __init__(self, binary, base, config):
        env = {"PATH": "/usr/bin:/bin", "HOME": tempfile.mkdtemp(), "FRONT_API_BASE_URL": base,
               "FRONT_API_TOKEN": "prism", "FRONT_MCP_CONFIG": str(config),
               "FRONT_MCP_SEND": "confirm", "NO_PROXY": "*"}
        self.child = subprocess.Popen([binary, "serve", "--toolsets", "all"], env=env, stdin=subprocess.PIPE,
                                      stdout=subprocess.PIPE, text=True)
        self.count = 0
        self.ask("initialize", {"protocolVersion": "2025-11-25", "capabilities": {},
                                "clientInfo": {"name": "prism-check", "version": "1"}})

    def ask(self, method, params):
        self.count += 1
        line = {"jsonrpc": "2.0", "id": self.count, "method": method, "params": params}
        self.child.stdin.write(json.dumps(line) + "\n")
        self.child.stdin.flush()
        answer = json.loads(self.child.stdout.readline())
        assert answer["id"] == self.count, answer
        return answer

    def call(self, tool, arguments):
        return self.ask("tools/call", {"name": tool, "arguments": arguments})["result"]


def start_prism(prism, document):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = tempfile.NamedTemporaryFile("w", delete=False)
    child = subprocess.Popen([prism, "mock", "--errors", "-p", str(port), str(document)],
                             stdout=log, stderr=log)
    for _ in range(300):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return child, f"http://127.0.0.1:{port}"
        except OSError:
            time.sleep(0.2)
    raise SystemExit(f"prism did not start: see {log.name}")


def outcome(result):
    """A word for what came of a call, and the text."""
    text = result["content"][0]["text"]
    if not result.get("isError"):
        return "accepted", text
    meta = result["_meta"]
    # Prism answers 422 to a request that violates the file. 500 is its complaint about the
    # example that the file itself gives as an answer: the request had passed.
    if meta["code"] == "front_error" and "status 500" in text:
        return "accepted", text
    return meta["code"], text


def main(binary, prism, folder):
    table = [dict(zip(("method", "path", "operation", "scope", "effect", "guarded"), line.split("\t")))
             for line in (ROOT / "manifests/operations.tsv").read_text().splitlines()[1:]]
    facts = {row["operation"]: row for row in json.loads((ROOT / "manifests/facts.json").read_text())}
    guarded = [row["operation"] for row in table if row["guarded"] == "guarded"]
    config = pathlib.Path(tempfile.mkdtemp()) / "config.toml"
    config.write_text("[policy]\nallow_operations = " + json.dumps(guarded) + "\n")
    bad, accepted, refused, tools = [], 0, [], {}
    for api, document in (("core", "core-api.json"), ("channel", "channel-api.json")):
        child, base = start_prism(prism, pathlib.Path(folder) / document)
        try:
            server = Server(binary, base, config)
            for row in table:
                fact = facts[row["operation"]]
                if api not in fact["apis"]:
                    continue
                params = {name: IDS[name] for name in fact.get("parameters", {})}
                query = fact.get("query", {})
                params.update({name: example(query["properties"][name]) for name in query.get("required", [])})
                arguments = {"operation": row["operation"], "params": params}
                if "body" in fact:
                    build = export_body if row["operation"] == "create-analytics-export" else example
                    arguments["body"] = build(fact["body"])
                word, text = outcome(server.call("raw-api-request", arguments))
                files_only = fact.get("takes") == ["multipart/form-data"]
                if row["effect"] == "send" or files_only:
                    if word == "refused":
                        refused.append(row["operation"])
                    else:
                        bad.append((row["operation"], word, text))
                elif word == "accepted":
                    accepted += 1
                else:
                    bad.append((row["operation"], word, text))
            if api == "core":
                listed = {tool["name"] for tool in server.ask("tools/list", {})["result"]["tools"]}
                for tool, arguments in TOOL_CALLS + [one for module in SETS for one in module.PRISM]:
                    if tool not in listed:
                        continue
                    word, text = outcome(server.call(tool, arguments))
                    tools.setdefault(tool, []).append(word)
                    if word not in SUITS and not (word == "refused" and tool in REFUSED_FOR_THE_EXAMPLE):
                        bad.append((tool, word, text))
                for tool in listed - set(tools) - {"raw-api-request"}:
                    bad.append((tool, "not called", ""))
            server.child.stdin.close()
            server.child.wait(timeout=20)
        finally:
            child.terminate()
            child.wait(timeout=20)
    for operation, word, text in bad:
        print(f"--- {operation}: {word}\n{text}")
    print("tools:", ", ".join(f"{tool} {'/'.join(words)}" for tool, words in tools.items()))
    print(f"prism: {accepted} operations accepted, {len(refused)} refused as they must be "
          f"({', '.join(refused)}), {len(bad)} bad")
    return 1 if bad or accepted + len(refused) != 255 else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:4]))
