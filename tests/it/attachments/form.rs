//! The form that carries files holds exactly the fields and files it was made of, whatever they
//! are called and whatever is in them.

use bytes::Bytes;
use front_mcp::{
    attachments::file_name,
    front::{Upload, wire::Body},
};
use proptest::prelude::*;
use serde_json::json;

/// A part as another parser reads it: name, file name, type, content.
type Part = (String, Option<String>, Option<String>, Bytes);

fn parse(body: &Body) -> Vec<Part> {
    let boundary = multer::parse_boundary(&body.content_type).unwrap();
    let whole = body.bytes.clone();
    let stream = futures_util::stream::iter([Ok::<_, std::io::Error>(whole)]);
    let runtime = tokio::runtime::Builder::new_current_thread().build();
    runtime.unwrap().block_on(async {
        let mut form = multer::Multipart::new(stream, boundary);
        let mut parts = Vec::new();
        while let Some(part) = form.next_field().await.unwrap() {
            parts.push((
                part.name().unwrap().to_owned(),
                part.file_name().map(str::to_owned),
                part.content_type().map(ToString::to_string),
                part.bytes().await.unwrap(),
            ));
        }
        parts
    })
}

fn upload(name: &str, content: &[u8]) -> Upload {
    Upload {
        name: name.to_owned(),
        content_type: "text/plain".to_owned(),
        bytes: Bytes::copy_from_slice(content),
    }
}

/// Names made of what headers are made of, beside any.
fn names() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[a\"';=\\\\\r\n\t :%&\0\u{202e}ä-]{0,40}",
        "a?\"?(; filename=\"b\"|\r\n\r\n--x|\r\nContent-Type: text/html|\\\\\")*",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn no_name_makes_another_field(name in names(), content in any::<Vec<u8>>(), text in any::<String>()) {
        let fields = json!({ "to": [text], "options": { "archive": true }, "cc": [], "subject": null });
        let body = Body::of(&fields, &[upload(&name, &content), upload("z", b"")]).unwrap();
        let parts = parse(&body);
        let found: Vec<_> = parts.iter().map(|part| part.0.as_str()).collect();
        prop_assert_eq!(found, ["to[]", "options[archive]", "attachments[]", "attachments[]"]);
        prop_assert_eq!(parts[0].3.as_ref(), text.as_bytes());
        prop_assert_eq!(parts[1].3.as_ref(), b"true");
        prop_assert_eq!(parts[2].3.as_ref(), content.as_slice());
        prop_assert_eq!(parts[2].2.as_deref(), Some("text/plain"));
    }

    #[test]
    fn a_name_that_is_taken_arrives_as_it_is(name in names()) {
        let Ok(name) = file_name(&name) else { return Ok(()) };
        prop_assert!(name.len() <= 255);
        prop_assert!(!name.contains(['/', '\\', '"']) && !name.chars().any(char::is_control));
        prop_assert_eq!(file_name(&name), Ok(name.clone()));
        let body = Body::of(&json!({}), &[upload(&name, b"x")]).unwrap();
        let parts = parse(&body);
        prop_assert_eq!(parts.len(), 1);
        prop_assert_eq!(parts[0].1.as_deref(), Some(name.as_str()));
    }
}

#[test]
fn without_files_it_is_json() {
    let fields = json!({ "to": ["a@x.example"], "options": { "archive": false } });
    let body = Body::of(&fields, &[]).unwrap();
    assert_eq!(body.content_type, "application/json");
    let read: serde_json::Value = serde_json::from_slice(&body.bytes).unwrap();
    assert_eq!(read, fields);
}

#[test]
fn a_large_body_is_given_time() {
    let small = Body::of(&json!({}), &[upload("a", &[0; 1_000])]).unwrap();
    assert_eq!(small.upload_time().as_secs(), 0);
    let large = Body::of(&json!({}), &[upload("a", &[0; 2 * 1024 * 1024])]).unwrap();
    assert_eq!(large.upload_time().as_secs(), 8);
}
