//! A sign-in without a person: the sandbox's authorization server, answered by the test.

use std::path::Path;

use front_mcp::{
    account::{Account, AccountName, FileVault, Session, Vault as _},
    front::base::ApiBase,
    oauth::{Authority, Challenge, ClientAuth, DEFAULT_REDIRECT, RedirectUri, Registration},
    sandbox::{OAUTH_CLIENT_ID, OAUTH_CLIENT_SECRET},
    state::StateFolder,
};
use jiff::Timestamp;
use reqwest::{Method, Url};
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::{Value, json};

use super::{
    consent::{ALLOW, answered},
    front::Front,
};

/// The application that the sandbox knows.
pub fn app() -> Registration {
    Registration {
        id: OAUTH_CLIENT_ID.to_owned(),
        secret: SecretString::from(OAUTH_CLIENT_SECRET),
        auth: ClientAuth::Basic,
    }
}

pub fn authority(front: &Front) -> Authority {
    Authority::new(ApiBase::parse(&front.base()).unwrap())
}

/// What an administrator's yes leaves.
pub async fn account(front: &Front) -> Account {
    let (authority, app) = (authority(front), app());
    let redirect = RedirectUri::parse(DEFAULT_REDIRECT).unwrap();
    let (challenge, verifier) = Challenge::draw();
    let asked = authority
        .authorize_url(&app, &redirect, "a-state", &challenge)
        .unwrap();
    let back = Url::parse(&answered(&asked, ALLOW).await).unwrap();
    let code = back.query_pairs().find(|(name, _)| name == "code");
    let code = code.expect("a code").1.into_owned();
    let grant = authority
        .exchange(&app, &redirect, &SecretString::from(code), verifier)
        .await
        .unwrap();
    Account::new((front.base(), front.base()), app, grant, Timestamp::now())
}

pub fn vault(folder: &Path) -> FileVault {
    FileVault::open(&StateFolder::open(folder).unwrap()).unwrap()
}

/// The account that is kept there, which must be whole.
pub fn kept(folder: &Path) -> Account {
    let name = AccountName::default();
    vault(folder).load(&name).unwrap().expect("an account")
}

/// Signs in and keeps it there.
pub async fn sign_in(front: &Front, folder: &Path) {
    let account = account(front).await;
    vault(folder)
        .save(&AccountName::default(), &account)
        .unwrap();
}

/// A session as a new process would open it.
pub fn session(front: &Front, folder: &Path) -> Session {
    Session::new(
        std::sync::Arc::new(vault(folder)),
        AccountName::default(),
        authority(front),
        &ApiBase::parse(&front.base()).unwrap(),
    )
}

/// Tells the authorization server how to behave.
pub async fn tell(front: &Front, change: Value) {
    front
        .ask(Method::POST, "/_sandbox/oauth", Some(change))
        .await;
}

/// What it has done so far.
pub async fn counts(front: &Front) -> Value {
    front.ask(Method::GET, "/_sandbox/oauth", None).await
}

/// Whether it would accept these tokens now: access, refresh.
pub async fn accepts(front: &Front, account: &Account) -> (bool, bool) {
    let ask = async |token: &SecretString| {
        let question = json!({ "token": token.expose_secret() });
        front
            .ask(Method::POST, "/_sandbox/oauth/check", Some(question))
            .await
    };
    let refresh = match &account.refresh {
        Some(refresh) => ask(refresh).await["refresh"] == true,
        None => false,
    };
    (ask(&account.access).await["access"] == true, refresh)
}
