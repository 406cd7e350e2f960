//! What cannot be registered is refused by name, with what to do next.

use super::{create, done, text, token};

/// Arguments that are refused with exit code 2, and what is said.
async fn refused(folder: &std::path::Path, arguments: &[&str], words: &[&str]) {
    let output = token(folder, arguments).await;
    let told = text(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{arguments:?}: {told}");
    assert_eq!(text(&output.stdout), "", "{arguments:?}");
    for word in words {
        assert!(told.contains(word), "{arguments:?}: no {word:?} in {told}");
    }
}

#[tokio::test]
async fn arguments_that_cannot_be_used_are_named() {
    fn with(argument: &str) -> [&str; 3] {
        ["create", "--name=bot", argument]
    }
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path();
    refused(folder, &["create"], &["--name"]).await;
    for name in ["", "Bot", "a b", "-a", "a/b", "con", &"a".repeat(65)] {
        let name = format!("--name={name}");
        refused(folder, &["create", &name], &["--name"]).await;
    }
    refused(folder, &["create", "--name=A"], &["lower-case letters"]).await;
    refused(folder, &with("--policy=A B"), &["--policy"]).await;
    refused(folder, &with("--approver=A B"), &["--approver"]).await;
    for teammate in ["alice", "@", "a b@c.example", "inb_1"] {
        let teammate = format!("--teammate={teammate}");
        refused(folder, &with(&teammate), &["--teammate", "list-teammates"]).await;
    }
    for end in ["soon", "0d", "90", "2001-01-01"] {
        let end = format!("--expires={end}");
        refused(folder, &with(&end), &["`--expires`", "`90d`"]).await;
    }
    refused(folder, &["revoke"], &["NAME"]).await;
    assert_eq!(done(folder, &["list", "--json"]).await.trim(), "[]");
}

#[tokio::test]
async fn names_that_are_taken_or_missing_are_told_of() {
    let dir = tempfile::tempdir().unwrap();
    create(dir.path(), "bot", &[]).await;
    let taken = ["`bot`", "token rotate", "nothing was changed"];
    refused(dir.path(), &["create", "--name=bot"], &taken).await;
    let missing = ["`other`", "token list", "nothing was changed"];
    refused(dir.path(), &["revoke", "other"], &missing).await;
    refused(dir.path(), &["rotate", "other"], &missing).await;
}

#[tokio::test]
async fn without_a_folder_nobody_is_registered() {
    let arguments = ["create", "--name=bot"];
    refused("memory".as_ref(), &arguments, &["--state-dir", "`memory`"]).await;
    refused("memory".as_ref(), &["list"], &["--state-dir", "`memory`"]).await;
}
