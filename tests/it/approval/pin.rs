//! Every way to the page but the opened one asks for the approver's PIN.

use std::{
    fs, io,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use front_mcp::{
    app::App,
    approval::{
        ApprovalPages,
        pin::{PinCheck, Verdict},
    },
    gate::{
        badge::Surroundings,
        envelope::Envelope,
        letter::{Kind, Letter},
        mode::SendMode,
    },
    sandbox::landmarks,
    tools::{asking::Pages as _, context::Caller},
};
use jiff::{SignedDuration, Timestamp};
use secrecy::{ExposeSecret as _, SecretString};

use super::{
    browser::{Browser, mark, origin},
    recorder,
};
use crate::support::{front::Front, in_process::config};

/// Three attempts, then a pause.
#[derive(Default)]
struct Three(AtomicU32);

impl PinCheck for Three {
    fn is_set(&self) -> io::Result<bool> {
        Ok(true)
    }

    fn check(&self, pin: &SecretString) -> io::Result<Verdict> {
        let tried = self.0.load(Ordering::SeqCst);
        if tried >= 3 {
            let until = Timestamp::now() + SignedDuration::from_mins(1);
            return Ok(Verdict::Locked { until });
        }
        if pin.expose_secret() == "27 & 18" {
            return Ok(Verdict::Right);
        }
        self.0.store(tried + 1, Ordering::SeqCst);
        Ok(Verdict::Wrong { left: 2 - tried })
    }
}

/// Pages that ask for a PIN, with one envelope and the address that was opened for it.
struct Office {
    front: Front,
    _app: App,
    envelope: Envelope,
    address: String,
    _folder: tempfile::TempDir,
}

impl Office {
    async fn open() -> Self {
        let front = Front::start().await;
        let mut settings = config(&front.base(), SendMode::Approve);
        settings.send.ask = Vec::new();
        settings.send.ask_wait = Duration::from_secs(1);
        let app = App::new(&settings).unwrap();
        let caller = Caller {
            id: "local/default".to_owned(),
            client: "<b>client</b>".to_owned(),
        };
        let letter = Letter {
            kind: Kind::New,
            channel: serde_json::from_value(landmarks::SUPPORT_CHANNEL.into()).unwrap(),
            from: "support@larkspur-cycles.example".to_owned(),
            to: vec!["jo@shop.example".to_owned()],
            cc: Vec::new(),
            bcc: Vec::new(),
            subject: Some("<i>Wheels</i>".to_owned()),
            html: "<p>By PIN.</p>".to_owned(),
            text: "By PIN.".to_owned(),
            author: None,
            author_email: None,
            attachments: Vec::new(),
            archive: false,
            tags: Vec::new(),
        };
        let known = Surroundings::default();
        let envelope = app.gate.seal(&caller, letter, &known).await.unwrap();
        let folder = tempfile::tempdir().unwrap();
        let (script, opened) = recorder(folder.path());
        let script = Some(script.to_str().unwrap().to_owned());
        let pin = Arc::new(Three::default());
        let pages = ApprovalPages::new(Arc::clone(&app.gate), pin, script, None).unwrap();
        pages.show(&envelope).await.unwrap();
        Self {
            front,
            _app: app,
            envelope,
            address: fs::read_to_string(opened).unwrap().trim().to_owned(),
            _folder: folder,
        }
    }

    /// Types a PIN on the page that asks for it.
    async fn types(&self, browser: &mut Browser, pin: &str) -> super::browser::Page {
        let root = format!("{}/", origin(&self.address));
        let page = browser.get(&root).await;
        assert_eq!(page.status, 200);
        let form = format!("mark={}&pin={pin}", mark(&page.body));
        browser.post(&format!("{root}pin"), &form, &[]).await
    }
}

#[tokio::test]
async fn the_right_pin_shows_what_waits_and_lets_decide() {
    let office = Office::open().await;
    let mut browser = Browser::new();
    let entered = office.types(&mut browser, "27+%26+18").await;
    assert_eq!(entered.status, 303);
    let path = entered.headers["location"].to_str().unwrap();
    let address = format!("{}{path}", origin(&office.address));
    let list = browser.get(&address).await;
    assert_eq!(list.status, 200);
    let link = format!("{path}/{}", office.envelope.id);
    assert!(list.body.contains(&link), "{}", list.body);
    assert!(
        list.body.contains("&lt;i&gt;Wheels&lt;/i&gt;"),
        "{}",
        list.body
    );
    assert!(!list.body.contains("<b>client"), "{}", list.body);
    // Its address without its cookie is worth nothing.
    for path in [path, &link] {
        let address = format!("{}{path}", origin(&office.address));
        let page = Browser::new().get(&address).await;
        assert_eq!(page.status, 403);
        assert!(!page.body.contains("Wheels"));
    }
    let address = format!("{}{link}", origin(&office.address));
    let page = browser.get(&address).await;
    assert!(page.body.contains("By PIN."), "{}", page.body);
    let sent = browser.press(&address, &page.body, "send").await;
    assert!(sent.body.contains("<h1>Sent</h1>"), "{}", sent.body);
    assert_eq!(office.front.outbox().await.len(), 1);
}

#[tokio::test]
async fn wrong_pins_and_forged_forms_see_nothing() {
    let office = Office::open().await;
    let mut browser = Browser::new();
    let pin = format!("{}/pin", origin(&office.address));
    for form in ["pin=27+%26+18", "mark=&pin=27+%26+18", "mark=a&pin=1"] {
        assert_eq!(browser.post(&pin, form, &[]).await.status, 403, "{form}");
    }
    // The right PIN in a form that was shown to another browser.
    let shown = Browser::new().get(&pin).await;
    let form = format!("mark={}&pin=27+%26+18", mark(&shown.body));
    assert_eq!(browser.post(&pin, &form, &[]).await.status, 403);
    for said in [
        "Attempts left: 2",
        "Attempts left: 1",
        "Attempts left: 0",
        "Too many",
    ] {
        let page = office.types(&mut browser, "1234").await;
        assert_eq!(page.status, 403);
        assert!(page.body.contains(said), "{}", page.body);
    }
    let locked = office.types(&mut browser, "27+%26+18").await;
    assert!(locked.body.contains("Too many"), "{}", locked.body);
    assert_eq!(office.front.send_posts().await, 0);
}

#[tokio::test]
async fn an_opened_address_that_leaked_asks_for_the_pin() {
    let office = Office::open().await;
    let mut person = Browser::new();
    assert!(person.get(&office.address).await.body.contains("By PIN."));
    let leaked = Browser::new().get(&office.address).await;
    assert_eq!(leaked.status, 403);
    assert!(leaked.body.contains("type=\"password\""), "{}", leaked.body);
    assert!(!leaked.body.contains("By PIN."), "{}", leaked.body);
}
