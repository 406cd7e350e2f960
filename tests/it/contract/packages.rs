//! The packages under `manifests/`, as hosts and registries read them, written from what the
//! binary says of itself: its tools, its version, its description.

use std::path::Path;

use front_mcp::tools::Toolset;
use serde_json::{Map, Value, json};

use super::{
    binary,
    manifests::{refresh, refresh_all},
};
use crate::support::mcp;

/// What the registry knows this server as. Whoever publishes it under another name says so here,
/// and the tests write it everywhere else.
const NAME: &str = "io.github.front-mcp/front-mcp";
const AUTHOR: &str = "The front-mcp authors";
const TITLE: &str = "Front";
const VERSION: &str = env!("CARGO_PKG_VERSION");
const DESCRIPTION: &str = env!("CARGO_PKG_DESCRIPTION");
const LICENSE: &str = env!("CARGO_PKG_LICENSE");

/// A setting that a host asks its user for.
struct Setting {
    /// In the host's form.
    key: &'static str,
    variable: &'static str,
    title: &'static str,
    description: &'static str,
    /// Without one it must be filled in, and is kept as a secret.
    default: Option<&'static str>,
    /// All that it may be; anything, where there are none.
    options: &'static [&'static str],
}

const SETTINGS: [Setting; 3] = [
    Setting {
        key: "front_api_token",
        variable: "FRONT_API_TOKEN",
        title: "Front API token",
        description: "In Front: Settings > Developers > API tokens. Agents can do what its scopes allow, and no more.",
        default: None,
        options: &[],
    },
    Setting {
        key: "send",
        variable: "FRONT_MCP_SEND",
        title: "Send mode",
        description: "What preparing a message may lead to: off (nothing), draft (a shared draft in Front), approve (you are asked about each message), confirm (a second call of the agent sends it)",
        default: Some("approve"),
        options: &["off", "draft", "approve", "confirm"],
    },
    Setting {
        key: "toolsets",
        variable: "FRONT_MCP_TOOLSETS",
        title: "Toolsets",
        description: "The tools to list, by sets, with commas: core, contacts, templates, knowledge, analytics, people, events, channel-api, or all",
        default: Some("core"),
        options: &[],
    },
];

/// The form of a host's settings. Claude Code offers the options to choose from; an MCPB manifest
/// has no place for them.
fn form(with_options: bool) -> Value {
    let fields = SETTINGS.iter().map(|setting| {
        let mut field = json!({
            "type": "string",
            "title": setting.title,
            "description": setting.description,
        });
        match setting.default {
            Some(default) => field["default"] = json!(default),
            None => {
                field["required"] = json!(true);
                field["sensitive"] = json!(true);
            }
        }
        if with_options && !setting.options.is_empty() {
            field["options"] = json!(setting.options);
        }
        (setting.key.to_owned(), field)
    });
    Value::Object(fields.collect())
}

/// The variables that the form fills.
fn environment() -> Value {
    let fill = |setting: &Setting| {
        let value = format!("${{user_config.{}}}", setting.key);
        (setting.variable.to_owned(), json!(value))
    };
    Value::Object(SETTINGS.iter().map(fill).collect::<Map<_, _>>())
}

/// The tools that are listed by default: names and descriptions.
fn tools() -> Vec<(String, String)> {
    let list: Value = serde_json::from_str(&binary::stdout(&["tools", "--json"])).unwrap();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    list["tools"]
        .as_array()
        .unwrap()
        .iter()
        .map(|tool| (text(&tool["name"]), text(&tool["description"])))
        .collect()
}

fn pretty(value: &Value) -> String {
    format!("{}\n", serde_json::to_string_pretty(value).unwrap())
}

fn read(path: &str) -> String {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    std::fs::read_to_string(file).unwrap().replace("\r\n", "\n")
}

/// A server that a company hosts itself: packages to download are added when there are some to
/// name (`manifests/release`).
#[test]
fn the_registrys_entry_is_written_down() {
    let entry = json!({
        "$schema": "https://static.modelcontextprotocol.io/schemas/2025-12-11/server.schema.json",
        "name": NAME,
        "title": TITLE,
        "description": DESCRIPTION,
        "version": VERSION,
        "remotes": [{
            "type": "streamable-http",
            "url": "https://{host}/mcp",
            "variables": {
                "host": {
                    "description": "The name under which your company hosts its server",
                    "isRequired": true,
                    "placeholder": "front-mcp.example.com",
                },
            },
            "headers": [{
                "name": "Authorization",
                "description": "The token that its operator made with `front-mcp token create`",
                "value": "Bearer {token}",
                "isRequired": true,
                "isSecret": true,
                "variables": {
                    "token": {
                        "description": "The token alone",
                        "isRequired": true,
                        "isSecret": true,
                    },
                },
            }],
        }],
    });
    refresh("manifests/server.json", &pretty(&entry));
}

#[test]
fn the_bundles_manifest_is_written_down() {
    let tools: Vec<_> = tools()
        .into_iter()
        .map(|(name, description)| json!({ "name": name, "description": description }))
        .collect();
    let manifest = json!({
        "manifest_version": "0.3",
        "name": "front-mcp",
        "display_name": TITLE,
        "version": VERSION,
        "description": DESCRIPTION,
        "author": { "name": AUTHOR },
        "license": LICENSE,
        "keywords": ["front", "inbox", "support", "email"],
        "server": {
            "type": "binary",
            "entry_point": "server/front-mcp",
            "mcp_config": {
                "command": "${__dirname}/server/front-mcp",
                "args": ["serve"],
                "env": environment(),
                "platform_overrides": {
                    "win32": { "command": "${__dirname}/server/front-mcp.exe" },
                },
            },
        },
        "tools": tools,
        // Other sets, and what a policy names, are listed as the user says.
        "tools_generated": true,
        "prompts_generated": true,
        "user_config": form(false),
        "compatibility": { "platforms": ["darwin", "linux", "win32"] },
    });
    refresh("manifests/mcpb/manifest.json", &pretty(&manifest));
}

#[test]
fn the_plugin_is_written_down() {
    let plugin = json!({
        "name": "front-mcp",
        "displayName": TITLE,
        "version": VERSION,
        "description": DESCRIPTION,
        "author": { "name": AUTHOR },
        "license": LICENSE,
        "keywords": ["front", "inbox", "support", "email"],
        "userConfig": form(true),
        // Shown to whoever enables it: Front's API, and where a sign-in is renewed.
        "network": { "hosts": ["api2.frontapp.com", "app.frontapp.com"] },
    });
    let server = json!({ "command": "front-mcp", "args": ["serve"], "env": environment() });
    let servers = json!({ "mcpServers": { "front": server } });
    let marketplace = json!({
        "name": "front-mcp",
        "owner": { "name": AUTHOR },
        "metadata": { "description": DESCRIPTION, "version": VERSION },
        "plugins": [{
            "name": "front-mcp",
            "source": "./manifests/claude-plugin",
            "description": DESCRIPTION,
            "version": VERSION,
            "license": LICENSE,
        }],
    });
    let within = "manifests/claude-plugin";
    refresh_all(&[
        (
            &format!("{within}/.claude-plugin/plugin.json"),
            pretty(&plugin),
        ),
        (&format!("{within}/.mcp.json"), pretty(&servers)),
        (".claude-plugin/marketplace.json", pretty(&marketplace)),
        // A plugin is copied without the rest of the repository.
        (&format!("{within}/LICENSE"), read("LICENSE-MIT")),
    ]);
}

#[test]
fn the_plugins_readme_lists_the_tools() {
    let path = "manifests/claude-plugin/README.md";
    let text = read(path);
    let (before, rest) = text.split_once("<!-- tools -->\n").unwrap();
    let (_, after) = rest.split_once("<!-- end of tools -->\n").unwrap();
    let rows: String = tools()
        .iter()
        .map(|(name, description)| format!("| `{name}` | {description} |\n"))
        .collect();
    let now = format!(
        "{before}<!-- tools -->\n| tool | does |\n|---|---|\n{rows}<!-- end of tools -->\n{after}"
    );
    refresh(path, &now);
}

#[test]
fn the_form_names_all_that_can_be_chosen() {
    let sets = Toolset::ALL.map(Toolset::name).join(", ");
    for setting in &SETTINGS {
        let said = setting.description;
        assert!(setting.options.iter().all(|option| said.contains(option)));
        assert!(setting.key != "toolsets" || said.contains(&sets), "{sets}");
    }
    let help = binary::stdout(&["serve", "--help"]);
    for setting in SETTINGS.iter().filter(|setting| setting.default.is_some()) {
        assert!(help.contains(setting.variable), "{}", setting.variable);
    }
}

/// A skill that names a tool which was renamed sends every agent astray.
#[test]
fn the_skill_names_tools_that_are_listed() {
    let text = read("manifests/claude-plugin/skills/front-inbox/SKILL.md");
    let listed: Vec<_> = tools().into_iter().map(|(name, _)| name).collect();
    let named: Vec<_> = text.split('`').skip(1).step_by(2).collect();
    let unknown: Vec<_> = named
        .iter()
        .filter(|name| name.contains('-') && !listed.iter().any(|tool| tool == *name))
        .collect();
    assert!(unknown.is_empty(), "{unknown:?} are not listed");
    assert!(named.len() > 8, "{named:?}");
}

/// The version and the registry's name where they stand in files that people write.
#[test]
fn written_manifests_are_of_this_version() {
    let files = [
        "manifests/Dockerfile",
        "manifests/compose.yaml",
        "manifests/kubernetes/deployment.yaml",
        "manifests/kubernetes/first-caller.example.yaml",
        "manifests/kubernetes/kustomization.yaml",
    ];
    let now = files.map(|path| {
        let mut text = read(path);
        for before in ["front-mcp:", "newTag: ", "image.version=\""] {
            text = followed(&text, before, VERSION, |c| {
                c.is_ascii_alphanumeric() || ".+-".contains(c)
            });
        }
        let label = "io.modelcontextprotocol.server.name=\"";
        (path, followed(&text, label, NAME, |c| c != '"'))
    });
    refresh_all(&now);
}

/// A text in which a word is followed by this; only what begins as a version or a name does is
/// replaced, so that `front-mcp:` in YAML stays a key.
fn followed(text: &str, word: &str, by: &str, is_part: impl Fn(char) -> bool) -> String {
    let mut parts = text.split(word);
    let mut now = parts.next().unwrap().to_owned();
    for part in parts {
        now.push_str(word);
        let rest = part.trim_start_matches(&is_part);
        if rest.len() < part.len() {
            now.push_str(by);
        }
        now.push_str(rest);
    }
    now
}

/// A variable that the program does not know would stop it, wherever it is hosted.
#[tokio::test]
async fn hosts_are_told_of_settings_that_there_are() {
    let help = mcp::binary()
        .args(["serve", "--help"])
        .output()
        .await
        .unwrap();
    let help = String::from_utf8(help.stdout).unwrap();
    // Long lines are broken anywhere.
    let help = help.split_whitespace().collect::<Vec<_>>().join(" ");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("manifests");
    let mut named = 0;
    for file in [
        "Dockerfile",
        "compose.yaml",
        "kubernetes/deployment.yaml",
        "kubernetes/first-caller.example.yaml",
        "systemd/front-mcp.service",
    ] {
        let text = std::fs::read_to_string(folder.join(file)).unwrap();
        let lines = text.lines().map(|line| line.split('#').next().unwrap());
        for line in lines {
            for (at, _) in line.match_indices("FRONT_MCP_") {
                let rest = &line[at..];
                let end = rest.find(|c: char| !c.is_ascii_uppercase() && c != '_');
                let name = &rest[..end.unwrap_or(rest.len())];
                assert!(help.contains(&format!("[env: {name}]")), "{file}: {name}");
                named += 1;
            }
        }
    }
    assert!(named > 10, "{named} were found");
    let config = folder.join("kubernetes/config.toml");
    let policy = mcp::binary()
        .args(["policy", "show", "--config"])
        .arg(config)
        .output()
        .await
        .unwrap();
    assert!(policy.status.success(), "{policy:?}");
}
