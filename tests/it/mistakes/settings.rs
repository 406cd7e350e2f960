//! Flags, variables and keys that are misspelt or hold what they cannot.

use super::{file, run};

#[tokio::test]
async fn a_misspelt_flag() {
    for command in [
        &["serve", "--sendd=off"][..],
        &["tools", "--jsno"],
        &["call", "list-tags", "--sanbox"],
    ] {
        run(command, &[])
            .await
            .is_usage(&["unexpected argument", "similar", "--help"]);
    }
    run(&["srve"], &[])
        .await
        .is_usage(&["unrecognized subcommand", "serve"]);
}

#[tokio::test]
async fn a_misspelt_variable() {
    for command in ["serve", "tools"] {
        run(&[command], &[("FRONT_MCP_SEMD", "off")])
            .await
            .is_usage(&["`FRONT_MCP_SEMD`", "in the environment", "`FRONT_MCP_SEND`"]);
    }
}

#[tokio::test]
async fn a_misspelt_key() {
    for (name, text, key) in [
        ("send", "[send]\nmod = \"off\"\n", "mod"),
        (
            "policy",
            "[policy]\nallow_operation = []\n",
            "allow_operation",
        ),
        ("table", "[sned]\nmode = \"off\"\n", "sned"),
        ("broken", "[send\nmode = \"off\"\n", "line 1"),
        ("type", "[send]\nmode = 5\n", "line 2"),
    ] {
        let path = file(name, text);
        let path = path.to_str().unwrap();
        let ended = run(&["serve", "--config", path], &[]).await;
        ended.is_usage(&[path, key]);
        let ended = run(&["serve"], &[("FRONT_MCP_CONFIG", path)]).await;
        ended.is_usage(&[path, key]);
    }
    run(&["serve", "--config", "/nowhere/front-mcp.toml"], &[])
        .await
        .is_usage(&["--config", "/nowhere/front-mcp.toml", "cannot be read"]);
}

#[tokio::test]
async fn a_set_or_a_tool_that_is_not_there() {
    for command in ["serve", "tools"] {
        run(&[command, "--toolsets=core,analitics"], &[])
            .await
            .is_usage(&[
                "`--toolsets`",
                "on the command line",
                "nearest is `analytics`",
            ]);
        run(&[command, "--tools=list-tag"], &[]).await.is_usage(&[
            "`--tools`",
            "no tool `list-tag`",
            "nearest is `list-tags`",
        ]);
        run(&[command], &[("FRONT_MCP_TOOLSETS", "channels-api")])
            .await
            .is_usage(&[
                "`FRONT_MCP_TOOLSETS`",
                "in the environment",
                "nearest is `channel-api`",
            ]);
        run(&[command], &[("FRONT_MCP_READ_ONLY", "perhaps")])
            .await
            .is_usage(&["`FRONT_MCP_READ_ONLY`", "must be true or false"]);
    }
    for (name, text, key) in [
        (
            "toolsets",
            "[tools]\ntoolsets = [\"croe\"]\n",
            "`tools.toolsets`",
        ),
        ("no-toolset", "[tools]\ntoolsets = []\n", "names no toolset"),
        ("only", "[tools]\nonly = [\"list-tag\"]\n", "`tools.only`"),
        ("read-only", "[tools]\nread_only = \"no\"\n", "line 2"),
        ("tool", "[tools]\ntoolset = [\"core\"]\n", "toolset"),
    ] {
        let path = file(name, text);
        let path = path.to_str().unwrap();
        let ended = run(&["serve", "--config", path], &[]).await;
        ended.is_usage(&[path, key]);
    }
}

#[tokio::test]
async fn a_bad_mode_names_where_it_was_set() {
    let modes = "`off`, `draft`, `approve`, `confirm`";
    run(&["serve", "--send=always"], &[]).await.is_usage(&[
        "`--send`",
        "on the command line",
        modes,
    ]);
    run(&["serve"], &[("FRONT_MCP_SEND", "always")])
        .await
        .is_usage(&["`FRONT_MCP_SEND`", "in the environment", modes]);
    let path = file("mode", "[send]\nmode = \"always\"\n");
    let path = path.to_str().unwrap();
    run(&["serve", "--config", path], &[])
        .await
        .is_usage(&["`send.mode`", path, modes]);
    // The flag wins over the variable, and the variable over the file.
    let ended = run(
        &["tools", "--send=off", "--config", path],
        &[("FRONT_MCP_SEND", "always")],
    )
    .await;
    assert_eq!(ended.code, 0, "{}", ended.stderr);
    assert!(!ended.stdout.contains("confirm-send"), "{}", ended.stdout);
    let ended = run(&["tools", "--config", path], &[("FRONT_MCP_SEND", "off")]).await;
    assert_eq!(ended.code, 0, "{}", ended.stderr);
}

#[tokio::test]
async fn other_values_that_cannot_be() {
    for (arguments, words) in [
        (
            ["serve", "--request-timeout=soon"],
            ["`--request-timeout`", "20s"],
        ),
        (["serve", "--tool-timeout=-1"], ["`--tool-timeout`", "20s"]),
        (
            ["serve", "--timezone=Mars/Base"],
            ["`--timezone`", "Europe/Paris"],
        ),
        (["serve", "--log=[["], ["`--log`", "FRONT_MCP_LOG"]),
        (["sandbox", "--listen=everywhere"], ["--listen", "--help"]),
    ] {
        run(&arguments, &[]).await.is_usage(&words);
    }
    for (arguments, words) in [
        (
            ["--rate-limit=0", "call", "list-tags", "--sandbox"],
            ["`--rate-limit`", "off"],
        ),
        (
            ["--today=someday", "call", "list-tags", "--sandbox"],
            ["`--today`", "2026-11-20"],
        ),
    ] {
        run(&arguments, &[]).await.is_usage(&words);
    }
    let path = file(
        "sends",
        "[policy]\nallow_operations = [\"create-message\"]\n",
    );
    run(&["serve", "--config", path.to_str().unwrap()], &[])
        .await
        .is_usage(&["policy.allow_operations", "create-message", "send gate"]);
}

#[tokio::test]
async fn an_address_that_would_show_the_token() {
    for base in [
        "http://api2.frontapp.com",
        "http://127.0.0.1.evil.test",
        "http://localhost.evil.test:80",
        "http://2130706433.evil.test",
        "ftp://127.0.0.1",
        "https://user:password@api2.frontapp.com",
        "https://api2.frontapp.com/v1",
        "api2.frontapp.com",
    ] {
        run(&["serve"], &[("FRONT_API_BASE_URL", base)])
            .await
            .is_usage(&["`FRONT_API_BASE_URL`", "in the environment"]);
    }
    let path = file("base", "[api]\nbase_url = \"http://evil.test\"\n");
    run(&["serve", "--config", path.to_str().unwrap()], &[])
        .await
        .is_usage(&["`api.base_url`", "plain http", "https"]);
}

#[tokio::test]
async fn a_call_that_cannot_be_read() {
    run(&["call", "list-tgas"], &[])
        .await
        .is_usage(&["no tool", "`list-tags`"]);
    run(&["call", "list-tags", "{limit: 5}"], &[])
        .await
        .is_usage(&["JSON", "single quotes"]);
    run(&["call", "list-tags", "[1]"], &[])
        .await
        .is_usage(&["JSON object"]);
    run(&["call", "list-tags", "{\"a\":1,\"a\":2}"], &[])
        .await
        .is_usage(&["twice"]);
    run(&["call", "list-tags", "{\"quary\":\"x\"}"], &[])
        .await
        .is_error(&["`quary`", "`query`"]);
}

#[tokio::test]
async fn folders_and_sizes_that_cannot_be_meant() {
    for (name, text, key) in [
        ("relative", "folders = [\"out\"]", "attachments.folders"),
        ("home", "folders = [\"~/out\"]", "attachments.folders"),
        ("disk", "folders = [\"/\"]", "attachments.folders"),
        ("save", "save_folder = \"in\"", "attachments.save_folder"),
        ("savedisk", "save_folder = \"/\"", "attachments.save_folder"),
        ("none", "max_bytes = 0", "attachments.max_bytes"),
        ("much", "max_bytes = 25000001", "attachments.max_bytes"),
        ("misspelt", "folder = []", "folder"),
    ] {
        let path = file(name, &format!("[attachments]\n{text}\n"));
        let path = path.to_str().unwrap();
        let ended = run(&["serve", "--config", path], &[]).await;
        ended.is_usage(&[path, key]);
    }
}
