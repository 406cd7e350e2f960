//! The ways in which the answer comes back.

use std::{net::TcpListener, process::Stdio};

use crate::support::mcp::binary;

use super::{COMPANY, Desk, Login, browser, free_port, run};

#[tokio::test]
async fn over_tls_with_a_certificate_of_the_moment() {
    let desk = Desk::new().await;
    for host in ["localhost", "127.0.0.1", "[::1]"] {
        let redirect = format!("https://{host}:{}/callback", free_port());
        let flag = format!("--redirect-uri={redirect}");
        let login = Login::start(desk.command(&["login", &flag, "--no-browser"])).await;
        assert_eq!(browser::parameter(&login.address, "redirect_uri"), redirect);
        let warned = login.said.find("not private").unwrap();
        assert!(warned < login.said.find(&login.address).unwrap());
        let page = browser::answer(&login.address, browser::ALLOW).await;
        assert_eq!(page.status, 200);
        assert!(
            page.body
                .contains(&format!("Signed in as <bdi>{COMPANY}</bdi>")),
            "{}",
            page.body
        );
        let ended = login.end().await;
        assert_eq!(ended.code, 0, "{ended:?}");
        ended.says(&[
            &format!("Signed in as “{COMPANY}”"),
            "front-mcp serve --state-dir",
        ]);
        let account = desk.account("default").unwrap();
        assert_eq!(account["company"], COMPANY);
        assert_eq!(account["authority"], desk.front.base());
        assert_eq!(desk.accepts(&account).await, (true, true));
    }
}

#[tokio::test]
async fn over_plain_http_and_what_was_stored_is_used() {
    let desk = Desk::new().await;
    let login = desk.login(&["--account=acme-support"]).await;
    assert!(!login.said.contains("certificate"), "{}", login.said);
    // There is no display in tests.
    for words in [
        "over SSH",
        "front-mcp login --account acme-support",
        " --paste`",
    ] {
        assert!(login.said.contains(words), "{words}: {}", login.said);
    }
    for (name, value) in [("response_type", "code"), ("code_challenge_method", "S256")] {
        assert_eq!(browser::parameter(&login.address, name), value);
    }
    // 256 bits.
    assert_eq!(browser::parameter(&login.address, "state").len(), 43);
    let page = browser::answer(&login.address, browser::ALLOW).await;
    assert_eq!(page.status, 200, "{}", page.body);
    let ended = login.end().await;
    ended.says(&[
        "The account `acme-support` is kept in",
        "serve --account acme-support --state-dir",
    ]);
    assert!(desk.account("default").is_none());
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let path = desk.state().join("accounts/acme-support.json");
        let mode = std::fs::metadata(path).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
    let call = desk.command(&["call", "list-inboxes", "--account=acme-support"]);
    let called = run(call).await;
    assert_eq!(called.code, 0, "{called:?}");
}

#[tokio::test]
async fn pasted() {
    let desk = Desk::new().await;
    // Another machine's address, which nothing here listens on; the sandbox takes this machine's.
    let redirect = format!("--redirect-uri=https://localhost:{}/callback", free_port());
    let mut login = Login::start(desk.command(&["login", &redirect, "--paste"])).await;
    let answer = browser::answered(&login.address, browser::ALLOW).await;
    login.paste("").await;
    login.paste("what?").await;
    login.paste(&answer.replace("state=", "state=x")).await;
    login.paste(&answer.replace("/callback", "/other")).await;
    login.paste(&format!("{answer}&code=other")).await;
    login.paste(&format!("  {answer}  ")).await;
    let ended = login.end().await;
    assert_eq!(ended.code, 0, "{ended:?}");
    assert_eq!(
        ended.stdout.matches("That is not it").count(),
        4,
        "{ended:?}"
    );
    assert_eq!(desk.account("default").unwrap()["company"], COMPANY);
}

#[tokio::test]
async fn pasting_ends_with_the_input() {
    let desk = Desk::new().await;
    let login = Login::start(desk.command(&["login", "--paste"])).await;
    login
        .end()
        .await
        .is_failure(&["standard input ended", "nothing was stored"]);
    let mut login = Login::start(desk.command(&["login", "--paste"])).await;
    login.paste(&"x\n".repeat(19)).await;
    login
        .end()
        .await
        .is_failure(&["20 lines", "nothing was stored"]);
    desk.kept_nothing();
}

#[tokio::test]
async fn an_address_elsewhere_is_for_pasting() {
    let desk = Desk::new().await;
    let flag = "--redirect-uri=https://example.com/callback";
    let ended = run(desk.command(&["login", flag])).await;
    assert_eq!(ended.code, 2, "{ended:?}");
    ended.says(&[
        "https://example.com/callback",
        "--paste",
        "nothing was stored",
    ]);
    let ended = run(desk.command(&["login", "--redirect-uri=http://example.com/callback"])).await;
    assert_eq!(ended.code, 2, "{ended:?}");
    let login = Login::start(desk.command(&["login", flag, "--paste"])).await;
    for words in [
        "copy its whole address",
        "10 minutes",
        "this client id: sandbox-client",
    ] {
        assert!(login.said.contains(words), "{words}: {}", login.said);
    }
}

#[tokio::test]
async fn a_port_in_use_is_named() {
    let desk = Desk::new().await;
    for address in ["127.0.0.1:0", "[::1]:0"] {
        let taken = TcpListener::bind(address).unwrap();
        let port = taken.local_addr().unwrap().port();
        let flag = format!("--redirect-uri=https://localhost:{port}/callback");
        run(desk.command(&["login", &flag])).await.is_failure(&[
            &format!("port {port} of this machine is in use"),
            "--redirect-uri",
            "--paste",
            "nothing was stored",
        ]);
    }
}

#[tokio::test]
async fn the_embedded_sandbox_needs_nothing() {
    let mut command = binary();
    let redirect = format!("--redirect-uri=http://127.0.0.1:{}/callback", free_port());
    command.args(["login", "--sandbox", &redirect]);
    let login = Login::start(command).await;
    let page = browser::answer(&login.address, browser::ALLOW).await;
    assert_eq!(page.status, 200, "{}", page.body);
    let kept = "kept in memory, and ends with this command";
    assert!(page.body.contains(kept), "{}", page.body);
    assert!(!page.body.contains("stored"), "{}", page.body);
    let ended = login.end().await;
    assert_eq!(ended.code, 0, "{ended:?}");
    ended.says(&[kept, "--state-dir"]);
    assert_eq!(ended.stdout.matches("ends with this command").count(), 1);
    assert!(!ended.stdout.contains("stored"), "{ended:?}");
}

#[tokio::test]
async fn without_a_client_it_says_how_to_give_one() {
    let desk = Desk::new().await;
    for (missing, words) in [
        ("FRONT_MCP_CLIENT_ID", "no client id is set"),
        ("FRONT_MCP_CLIENT_SECRET", "no client secret is set"),
    ] {
        let mut command = desk.command(&["login"]);
        command.env_remove(missing);
        let ended = run(command).await;
        assert_eq!(ended.code, 2, "{ended:?}");
        ended.says(&[words, missing, "[oauth]", "nothing was stored"]);
    }
    // A place is needed as well.
    let mut command = binary();
    command.args(["login", "--client-id=x", "--client-secret=y"]);
    let ended = run(command).await;
    assert_eq!(ended.code, 2, "{ended:?}");
    ended.says(&["--state-dir"]);
}

/// The address goes to the browser as one argument, whatever is in it.
#[cfg(unix)]
#[tokio::test]
async fn no_shell_reads_the_address() {
    use std::{fs, os::unix::fs::PermissionsExt as _};
    let desk = Desk::new().await;
    let (script, opened) = (
        desk.folder.path().join("browser"),
        desk.folder.path().join("opened"),
    );
    let text = format!(
        "#!/bin/sh\nprintf '%s\\n' \"$#\" \"$1\" > '{}'\n",
        opened.display()
    );
    fs::write(&script, text).unwrap();
    fs::set_permissions(&script, fs::Permissions::from_mode(0o700)).unwrap();
    let config = desk.folder.path().join("config.toml");
    fs::write(
        &config,
        format!("[send]\nbrowser = \"{}\"\n", script.display()),
    )
    .unwrap();
    let evil = "a$(touch${IFS}owned)`id`;&|'\"\\%0a<>#?&code=x&state=y";
    let config = format!("--config={}", config.display());
    let redirect = format!("--redirect-uri=http://127.0.0.1:{}/callback", free_port());
    let mut command = desk.command(&["login", &config, &redirect]);
    command
        .env("FRONT_MCP_CLIENT_ID", evil)
        .stdin(Stdio::null());
    let login = Login::start(command).await;
    assert!(
        login.said.contains("A browser was opened"),
        "{}",
        login.said
    );
    assert_eq!(browser::parameter(&login.address, "client_id"), evil);
    assert_eq!(browser::parameter(&login.address, "state").len(), 43);
    assert!(
        !login
            .address
            .contains(['$', '`', ';', '|', '\'', '"', '\\', '<', '>', '#', ' '])
    );
    assert_eq!(
        fs::read_to_string(opened).unwrap(),
        format!("1\n{}\n", login.address)
    );
}
