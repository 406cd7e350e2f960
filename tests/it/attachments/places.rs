//! Where files may come from: a named folder, by a way without links, and nowhere else.

use std::{
    os::unix::fs::{PermissionsExt, symlink},
    path::Path,
    sync::atomic::{AtomicBool, Ordering},
};

use front_mcp::attachments::{Attachable, Unattachable};
use serde_json::{Value, json};

use super::{Desk, deliver, send};
use crate::support::{front::Front, mcp::Mcp, verdict};

async fn refused(mcp: &mut Mcp, path: &str) -> (Value, String) {
    let result = send(mcp, json!([{ "path": path }])).await;
    let said = verdict::refuses("send-message", "attachments[0]", &result);
    assert!(!said.contains("s3cret"), "{said}");
    (result["_meta"]["code"].clone(), said)
}

fn text(path: &Path) -> String {
    path.to_str().unwrap().to_owned()
}

#[tokio::test]
async fn nothing_outside_of_the_folder_is_read_or_told_of() {
    let (front, desk) = (Front::start().await, Desk::new());
    let mut mcp = desk.serving(&front, "confirm", 1_000).await;
    std::fs::write(desk.beside("secret.txt"), "s3cret").unwrap();
    std::fs::create_dir(desk.beside("outer")).unwrap();
    let folder = text(&desk.path(""));
    let mut answers = Vec::new();
    for path in [
        text(&desk.beside("secret.txt")),
        text(&desk.beside("missing.txt")),
        format!("{folder}../secret.txt"),
        format!("{folder}../missing.txt"),
        format!("{folder}x/../../secret.txt"),
        format!("{}er/x", folder.trim_end_matches('/')),
        "/etc/passwd".to_owned(),
        "/dev/zero".to_owned(),
    ] {
        let (code, said) = refused(&mut mcp, &path).await;
        assert_eq!(code, "refused", "{path}: {said}");
        assert!(said.contains(folder.trim_end_matches('/')), "{said}");
        answers.push(said);
    }
    // Whether there is something makes no difference.
    answers.dedup();
    assert_eq!(answers.len(), 1, "{answers:?}");
    for relative in ["secret.txt", "../secret.txt", "", "~/secret.txt"] {
        let result = send(&mut mcp, json!([{ "path": relative }])).await;
        verdict::refuses("send-message", "attachments[0]", &result);
    }
    mcp.close().await;
}

#[tokio::test]
async fn links_are_not_followed_wherever_they_stand() {
    let (front, desk) = (Front::start().await, Desk::new());
    let mut mcp = desk.serving(&front, "confirm", 1_000).await;
    std::fs::create_dir(desk.beside("outside")).unwrap();
    std::fs::write(desk.beside("outside/secret.txt"), "s3cret").unwrap();
    symlink(desk.beside("outside/secret.txt"), desk.path("innocent.txt")).unwrap();
    symlink("../outside/secret.txt", desk.path("relative.txt")).unwrap();
    symlink(desk.beside("outside"), desk.path("folder")).unwrap();
    symlink("/nowhere", desk.path("dangling.txt")).unwrap();
    desk.put("real.txt", "plain");
    symlink("real.txt", desk.path("inside.txt")).unwrap();
    for name in [
        "innocent.txt",
        "relative.txt",
        "folder/secret.txt",
        "dangling.txt",
        "inside.txt",
    ] {
        let (_, said) = refused(&mut mcp, &text(&desk.path(name))).await;
        assert!(said.contains("link"), "{name}: {said}");
    }
    mcp.close().await;
}

#[tokio::test]
async fn only_regular_readable_files_that_hide_nothing() {
    let (front, desk) = (Front::start().await, Desk::new());
    let mut mcp = desk.serving(&front, "confirm", 1_000).await;
    let fifo = desk.path("pipe.txt");
    let made = std::process::Command::new("mkfifo").arg(&fifo).status();
    assert!(made.unwrap().success());
    let socket = desk.path("socket.txt");
    let _listener = std::os::unix::net::UnixListener::bind(&socket).unwrap();
    std::fs::create_dir_all(desk.path("sub/.ssh")).unwrap();
    desk.put("sub/.ssh/notes.txt", "s3cret");
    desk.put("sub/ok.txt", "fine");
    for name in [
        "pipe.txt",
        "socket.txt",
        "sub",
        "",
        "missing.txt",
        "missing/x.txt",
        "sub/ok.txt/x",
        "sub/.ssh/notes.txt",
    ] {
        refused(&mut mcp, &text(&desk.path(name))).await;
    }
    for name in [
        ".env",
        "prod.env",
        "id_rsa",
        "ID_ED25519.pub",
        "server.pem",
        "server.KEY",
    ] {
        refused(&mut mcp, &desk.put(name, "s3cret")).await;
    }
    refused(&mut mcp, &desk.put("empty.txt", "")).await;
    let locked = desk.put("locked.txt", "s3cret");
    std::fs::set_permissions(&locked, PermissionsExt::from_mode(0o000)).unwrap();
    // The superuser reads it all the same.
    if std::fs::read(&locked).is_err() {
        refused(&mut mcp, &locked).await;
    }
    let report = deliver(
        &mut mcp,
        json!([{ "path": text(&desk.path("sub/ok.txt")) }]),
    )
    .await;
    assert_eq!(report["state"], "sent");
    assert_eq!(front.send_posts().await, 1);
    mcp.close().await;
}

#[test]
fn a_file_that_is_swapped_for_a_link_meanwhile_leads_nowhere() {
    let desk = Desk::new();
    std::fs::create_dir(desk.beside("outside")).unwrap();
    std::fs::write(desk.beside("outside/a.txt"), "s3cret").unwrap();
    std::fs::create_dir(desk.path("sub")).unwrap();
    std::fs::write(desk.path("sub/a.txt"), "plain").unwrap();
    let attachable = Attachable {
        folders: vec![desk.path("")],
        ..Attachable::default()
    };
    let (done, path) = (AtomicBool::new(false), text(&desk.path("sub/a.txt")));
    std::thread::scope(|scope| {
        scope.spawn(|| {
            while !done.load(Ordering::Relaxed) {
                std::fs::rename(desk.path("sub"), desk.path("kept")).unwrap();
                symlink(desk.beside("outside"), desk.path("sub")).unwrap();
                std::fs::remove_file(desk.path("sub")).unwrap();
                std::fs::rename(desk.path("kept"), desk.path("sub")).unwrap();
            }
        });
        for _ in 0..20_000 {
            match attachable.read(&path, 100) {
                Ok(file) => assert_eq!(file.bytes.as_ref(), b"plain"),
                Err(Unattachable::Bad(_)) => {}
                Err(other) => panic!("{other:?}"),
            }
        }
        done.store(true, Ordering::Relaxed);
    });
}
