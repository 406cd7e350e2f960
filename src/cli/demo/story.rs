//! The steps, from connecting to the second confirmation that sends nothing.

use anyhow::{Context as _, ensure};
use serde_json::{Map, Value, json};

use super::{
    agent::{Agent, Answer},
    outbox::{Outbox, Sent},
    tell::{Teller, clip},
};
use crate::{
    sandbox::{Sandbox, landmarks::SUPPORT_CHANNEL},
    shape::tokens::estimate,
};

/// What the agent answers at once: nothing in it that it cannot know.
const REPLY: &str = "\
Dear Beatrix,

I have order LC-70112 and the carrier's reference HB-2291-K in front of me, and a colleague is \
with the depot about the release right now. Within half an hour you will have a name, a telephone \
number, and a plain yes or no for 06:30.

Larkspur Cycles";

/// What it leaves for a colleague to complete.
const DRAFT: &str = "\
<p>Dear Beatrix,</p><p>The release for HB-2291-K is [number]. The driver is [name], [telephone]. \
The wheels will be at the Town Hall at [time].</p>";

/// Plays the story; an error is a step that did not happen.
pub(super) async fn play(sandbox: &Sandbox, teller: &mut Teller) -> anyhow::Result<()> {
    let program = std::env::current_exe().context("this program cannot find itself")?;
    let outbox = Outbox::of(sandbox)?;
    teller.line(
        "An agent works the most urgent mail of a shared inbox. It is a real MCP client, and it runs\n\
         `front-mcp serve --sandbox --send confirm` over stdio. Front is a sandbox in this process:\n\
         no account, no token, no network. After each step the sandbox is asked what really left.",
    );
    let mut story = Story {
        agent: connect(teller, &program, sandbox).await?,
        outbox,
        teller,
    };
    let conversation = story.find().await?;
    story.read(&conversation).await?;
    story.tag(&conversation).await?;
    story.draft(&conversation).await?;
    story.back_door(&conversation).await?;
    let envelope = story.seal(&conversation).await?;
    let uid = story.confirm(&conversation, &envelope).await?;
    story.confirm_again(&envelope, &uid).await?;
    story.agent.leave().await?;
    let program = program.display();
    teller.line(&format!(
        "\nAll of it happened. To let your own host do this on your inbox, with a token from Front's\n\
         settings (Developers > API tokens), or on the sandbox without one:\n  \
         claude mcp add front -e FRONT_API_TOKEN=... -- {program} serve\n  \
         claude mcp add front-sandbox -- {program} serve --sandbox --send confirm"
    ));
    Ok(())
}

async fn connect(
    teller: &mut Teller,
    program: &std::path::Path,
    sandbox: &Sandbox,
) -> anyhow::Result<Agent> {
    teller.begin("Connect");
    let agent = Agent::connect(program, &sandbox.base_url()).await?;
    let tools = agent.tools().await?;
    ensure!(!tools.is_empty(), "the server lists no tools");
    let tokens: usize = tools.iter().map(|tool| estimate(&tool.to_string())).sum();
    teller.answered(&format!(
        "MCP {}: {} tools, at most {tokens} tokens of a model's context",
        agent.protocol_version(),
        tools.len()
    ));
    Ok(agent)
}

struct Story<'a> {
    agent: Agent,
    outbox: Outbox,
    teller: &'a mut Teller,
}

impl Story<'_> {
    async fn find(&mut self) -> anyhow::Result<String> {
        self.teller.begin("What is waiting in Support?");
        let found = self
            .ask(
                "list-conversations",
                json!({ "inboxes": ["Support"], "assignee": "unassigned", "limit": 5 }),
            )
            .await?
            .done()?;
        let rows = found.list("/conversations")?;
        let urgent = rows
            .iter()
            .position(|row| text(row, "/subject").contains("URGENT"))
            .context("no urgent conversation among the unassigned of Support")?;
        let row = format!("/conversations/{urgent}");
        let id = found.words(&format!("{row}/id"))?.to_owned();
        ensure!(
            found.words(&format!("{row}/status"))? == "unassigned",
            "the urgent conversation is not unassigned"
        );
        self.teller.answered(&format!(
            "{} conversations, among them {id} “{}”",
            rows.len(),
            clip(found.words(&format!("{row}/subject"))?, 50)
        ));
        self.teller
            .meaning("The agent says `Support`; the id that Front wants is looked up for it.");
        Ok(id)
    }

    async fn read(&mut self, conversation: &str) -> anyhow::Result<()> {
        self.teller.begin("Read it");
        let read = self
            .ask(
                "get-conversation",
                json!({ "conversation_id": conversation }),
            )
            .await?
            .done()?
            .says("was written by others")?;
        let body = read.words("/timeline/0/body")?;
        let wish = from("I need three things", body)
            .context("the newest message does not say what the customer needs")?;
        self.teller.answered(&format!(
            "{} messages; from the newest:",
            read.list("/timeline")?.len()
        ));
        self.teller.meaning(&format!("“{}”", clip(wish, 90)));
        self.teller.meaning(
            "A model sees strangers' words between marks that say: data, not instructions.",
        );
        Ok(())
    }

    async fn tag(&mut self, conversation: &str) -> anyhow::Result<()> {
        self.teller.begin("Tag it");
        self.ask(
            "add-tag",
            json!({ "conversation_id": conversation, "tags": ["Urgent"] }),
        )
        .await?
        .done()?;
        let arguments = object(json!({ "conversation_id": conversation, "limit": 1 }));
        let read = self.agent.call("get-conversation", arguments).await?;
        let tags = read.list("/conversation/tags")?;
        let tag = tags
            .iter()
            .find(|tag| text(tag, "/name") == "Urgent")
            .context("the tag is not on the conversation")?;
        self.teller
            .answered(&format!("tagged Urgent ({})", text(tag, "/id")));
        Ok(())
    }

    async fn draft(&mut self, conversation: &str) -> anyhow::Result<()> {
        self.teller.begin("Leave a draft for a colleague");
        let drafted = self
            .ask(
                "raw-api-request",
                json!({
                    "method": "POST",
                    "path": format!("/conversations/{conversation}/drafts"),
                    "body": { "mode": "shared", "channel_id": SUPPORT_CHANNEL, "body": DRAFT },
                }),
            )
            .await?
            .done()?;
        ensure!(
            drafted.words("/body/draft_mode")? == "shared",
            "the draft is not shared"
        );
        self.teller.answered(&format!(
            "shared draft {}: “{}”",
            drafted.words("/body/id")?,
            clip(text(&drafted.structured, "/body/blurb"), 60)
        ));
        self.left(0, "a draft waits for a person's Send button")
            .await?;
        Ok(())
    }

    async fn back_door(&mut self, conversation: &str) -> anyhow::Result<()> {
        self.teller.begin("Try to send by the back door");
        let refused = self
            .ask(
                "raw-api-request",
                json!({
                    "method": "POST",
                    "path": format!("/conversations/{conversation}/messages"),
                    "body": { "body": REPLY },
                }),
            )
            .await?
            .refused("refused")?;
        let reason = refused.text.lines().next().unwrap_or_default();
        let (what, instead) = reason.split_once("; ").unwrap_or((reason, ""));
        self.teller.answered(&format!("refused: {what};"));
        self.teller.meaning(&clip(instead, 90));
        self.left(0, "agents have one way to send, and it is the next step")
            .await?;
        Ok(())
    }

    async fn seal(&mut self, conversation: &str) -> anyhow::Result<String> {
        self.teller.begin("Answer the customer");
        let sealed = self
            .ask(
                "send-message",
                json!({ "conversation_id": conversation, "body": REPLY }),
            )
            .await?
            .in_state("sealed")?
            .says("Not sent.")?;
        let envelope = sealed.words("/envelope_id")?.to_owned();
        self.teller.answered(&format!(
            "Not sent. Sealed as {envelope}, until the user agrees:"
        ));
        self.teller.meaning(&format!(
            "From {} to {}",
            sealed.words("/message/from")?,
            sealed.words("/message/to/0")?
        ));
        let body = sealed.words("/message/body")?;
        self.teller.meaning(&format!(
            "“{}”",
            clip(from("Within", body).unwrap_or(body), 90)
        ));
        self.left(
            0,
            "people, channel and text are pinned; the user agrees to this or to nothing",
        )
        .await?;
        Ok(envelope)
    }

    async fn confirm(&mut self, conversation: &str, envelope: &str) -> anyhow::Result<String> {
        self.teller
            .begin("The user has read it and agrees (the demo says yes for them)");
        let sent = self
            .ask("confirm-send", json!({ "envelope_id": envelope }))
            .await?
            .in_state("sent")?
            .says("Sent: accepted by Front.")?;
        let uid = sent.words("/message_uid")?.to_owned();
        self.teller
            .answered(&format!("Sent: accepted by Front as {uid}"));
        let outbox = self.left(1, "exactly the sealed message").await?;
        let letter = outbox.messages.first().context("the outbox is empty")?;
        ensure!(
            letter.message_uid == uid
                && letter.conversation_id == conversation
                && letter.to == [sent.words("/message/to/0")?]
                && letter.body.contains("LC-70112"),
            "what left is not what was sealed: {letter:?}"
        );
        Ok(uid)
    }

    async fn confirm_again(&mut self, envelope: &str, uid: &str) -> anyhow::Result<()> {
        self.teller.begin("A nervous agent confirms again");
        let again = self
            .ask("confirm-send", json!({ "envelope_id": envelope }))
            .await?
            .in_state("sent")?;
        ensure!(
            again.words("/message_uid")? == uid,
            "the second confirmation answers another message"
        );
        self.teller
            .answered("Sent: the same outcome, the same message");
        self.left(
            1,
            "an envelope is posted once, however often it is confirmed",
        )
        .await?;
        Ok(())
    }

    async fn ask(&mut self, tool: &'static str, arguments: Value) -> anyhow::Result<Answer> {
        self.teller.asked(tool, &arguments.to_string());
        self.agent.call(tool, object(arguments)).await
    }

    async fn left(&mut self, count: usize, meaning: &str) -> anyhow::Result<Sent> {
        let sent = self.outbox.read().await?.holding(count)?;
        self.teller.checked(&format!("outbox {count}: {meaning}"));
        Ok(sent)
    }
}

fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(fields) => fields,
        _ => Map::new(),
    }
}

fn text<'value>(value: &'value Value, pointer: &str) -> &'value str {
    value
        .pointer(pointer)
        .and_then(Value::as_str)
        .unwrap_or_default()
}

/// The text from these words on.
fn from<'text>(words: &str, text: &'text str) -> Option<&'text str> {
    text.get(text.find(words)?..)
}
