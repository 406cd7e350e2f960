//! A store that an earlier version wrote is taken over, and one of a later version is left alone.

use std::path::Path;

use super::{create, done, text, token};

/// The tables of layout 2, as they were first written.
const LAYOUT_2: &str = "CREATE TABLE envelopes (
   id TEXT PRIMARY KEY, content TEXT NOT NULL, state TEXT NOT NULL,
   created INTEGER NOT NULL, expires INTEGER NOT NULL, posted INTEGER,
   unrecorded INTEGER NOT NULL, purged INTEGER NOT NULL, record TEXT NOT NULL
 ) STRICT;
 CREATE INDEX by_content ON envelopes (content, created);
 CREATE INDEX by_state ON envelopes (state);
 CREATE INDEX by_posted ON envelopes (posted);
 CREATE TABLE files (
   envelope TEXT NOT NULL, sha256 TEXT NOT NULL, bytes BLOB NOT NULL,
   PRIMARY KEY (envelope, sha256)
 ) STRICT;
 CREATE TABLE silent_clients (name TEXT PRIMARY KEY) STRICT;
 CREATE TABLE audit_head (
   one INTEGER PRIMARY KEY CHECK (one = 1), count INTEGER NOT NULL, hash TEXT NOT NULL
 ) STRICT;
 CREATE TABLE drafts (
   id TEXT NOT NULL, caller TEXT NOT NULL, written INTEGER NOT NULL, record TEXT NOT NULL,
   PRIMARY KEY (id, caller)
 ) STRICT;
 CREATE INDEX by_written ON drafts (written);
 INSERT INTO silent_clients VALUES ('quiet');
 PRAGMA user_version = 2;";

fn store(folder: &Path, sql: &str) -> rusqlite::Connection {
    let file = rusqlite::Connection::open(folder.join("envelopes.db")).unwrap();
    file.execute_batch(sql).unwrap();
    file
}

#[tokio::test]
async fn stores_of_earlier_layouts_take_callers_and_keep_what_they_held() {
    for before in ["", "DROP TABLE drafts; PRAGMA user_version = 1;"] {
        let dir = tempfile::tempdir().unwrap();
        store(dir.path(), &format!("{LAYOUT_2}{before}"));
        create(dir.path(), "bot", &[]).await;
        assert!(done(dir.path(), &["list"]).await.contains("bot"));
        let file = store(dir.path(), "");
        let one = |sql: &str| file.query_row(sql, [], |row| row.get::<_, i64>(0)).unwrap();
        assert_eq!(one("PRAGMA user_version"), 3);
        assert_eq!(one("SELECT count(*) FROM silent_clients"), 1);
        assert_eq!(one("SELECT count(*) FROM drafts"), 0);
    }
}

#[tokio::test]
async fn a_store_of_a_later_layout_is_left_alone() {
    let dir = tempfile::tempdir().unwrap();
    store(dir.path(), "PRAGMA user_version = 4;");
    let output = token(dir.path(), &["create", "--name=bot"]).await;
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(text(&output.stdout), "");
    let told = text(&output.stderr);
    assert!(told.contains("layout 4, known is 3"), "{told}");
    let file = store(dir.path(), "");
    let tables: i64 = file
        .query_row("SELECT count(*) FROM sqlite_master", [], |row| row.get(0))
        .unwrap();
    assert_eq!(tables, 0);
}
