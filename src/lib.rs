//! front-mcp: an MCP server that lets AI agents work a [Front](https://front.com) inbox, and
//! sends nothing to a customer that was not confirmed.
//!
//! # The shape of the house
//!
//! ```text
//! host ── transport ── server ── call ──────────── tools ──── front ── Front's API
//!          lines        MCP       the pipeline      a file      the only
//!          in, out      types     find, read,       each        door
//!                       end       decide, run,        │
//!                       here      shape, record       └────── gate ──── sender: the only
//!                                                              envelopes    way to a send
//! ```
//!
//! - [`transport`] reads and writes messages: over standard streams for one host, over HTTP for a
//!   team, whose [`callers`] the operator registers. [`server`] is the one implementation of the
//!   protocol's handler; nothing behind it knows MCP.
//! - [`call`] is the path of one call, in one readable function.
//! - [`tools`] holds the contract of a tool and the catalogue, one tool a file. A tool is a face
//!   (name, effect, description), an input, an output and a short script. What is listed and may
//!   run is decided in `tools::surface`, apart from what a tool is.
//! - [`prompts`] are jobs for a person to start, each told as calls of the listed tools;
//!   [`resources`] are addresses that are calls of tools; [`completion`] knows what a user may mean
//!   while they type. None of the three asks Front for anything by a way of its own.
//! - [`front`] is the only door to Front: the operation table, the path grammar, typed
//!   endpoints, one client with budget, deadline and retry, and the fence at which whoever
//!   decides is asked about each call.
//! - [`gate`] decides whether something may happen and who said so: policy, sealed envelopes,
//!   and the one module that can express a send.
//! - [`audit`] is the log of what was decided, sent and refused: chained, and never of what mail says.
//! - [`attachments`] reads the files that may go with a message, and no others.
//! - [`callers`] knows who may call over HTTP: the operator's registrations, and their tokens by hash.
//! - [`approver`] knows the PIN of the person who approves, and counts wrong tries.
//! - [`approval`] is the page in a person's browser where they send or decline a sealed message: on this
//!   machine, or on a hosted server by a signed link, for approvers with names.
//! - [`login`] is a person's sign-in to Front, from the address that they open to the account that is
//!   stored. [`oauth`] speaks with Front's authorization server, [`account`] keeps sign-ins and
//!   renews their tokens. [`login_command`] says how to sign in for the settings at hand.
//! - [`web`] and [`browser`] are what both need: a loopback listener with limits, the headers and
//!   the looks of a page, and a browser opened without a shell.
//! - [`shape`] turns what strangers wrote into what a model may read.
//! - [`config`] reads flags, environment and file; [`app`] puts the parts together, those of one
//!   caller over the ground that all of a process share; [`cli`] is
//!   the command line; [`doctor`] finds out what is wrong with a set-up; [`sandbox`] is an embedded Front, reached over HTTP like the real one.
//!
//! # What always holds
//!
//! - `front` never names tools, the gate or MCP; a tool's file never names HTTP, MCP or the
//!   store; the sandbox is reached over HTTP only. A test reads the `use` lines.
//! - No string that an agent gives reaches a URL parser: paths are parsed by a grammar, matched
//!   against the operation table, and rebuilt from its templates.
//! - The client that tools get refuses the two operations that send. The gate's sender takes an
//!   `ApprovedEnvelope`, which nothing outside the gate can build, and makes one request.
//! - Every call passes the fence (`front::fence`), a tool's like a raw one: what the operator's
//!   policy denies, or cannot be established to allow, does not leave.
//! - The token goes to the configured host and nowhere else: redirects are off, and of `next`
//!   links only the opaque page token is read. It is a type that cannot be printed.
//! - A stranger's words are [`untrusted::Untrusted`] from the moment they are read. They become
//!   text only through `shape`, between marks that carry a random word they do not contain.
//! - A list that Front cannot filter as asked is an error; a filter is never dropped.
//!
//! # One call, step by step
//!
//! An agent asks `list-conversations {"inboxes": ["Support"], "assignee": "unassigned"}`.
//!
//! 1. [`transport::stdio`] takes the line, refuses it if it is too long, not UTF-8, or holds a
//!    key twice, and hands rmcp a message.
//! 2. [`server::Server`] takes name and arguments out of the protocol's types and calls
//!    [`app::App::call`].
//! 3. [`call`] finds the tool in the catalogue, asks the surface whether the operator shows it,
//!    and reads the arguments against the tool's own schema: `"25"` becomes 25, an unknown or
//!    missing argument is refused by name.
//! 4. The tool resolves `Support` through [`front::directory`], which keeps the company's short
//!    lists for a minute, and makes a plan (`tools::listing`): `GET /inboxes/{id}/conversations`
//!    can answer this, so the tighter-limited search is not used.
//! 5. [`front::client`] takes the typed endpoint, looks its operation up in the table, waits for
//!    the company's request budget if the deadline allows, makes the request, and lets
//!    `wire::retry` judge the outcome.
//! 6. The rows become `ConversationRow`s: ids beside names, one vocabulary of statuses, times
//!    in ISO 8601, strangers' words cleaned. The same value makes `structuredContent` and, by
//!    its `Report`, the readable text.
//! 7. [`call`] records the call without its arguments, and the server answers.
//!
//! Over HTTP the way begins in `transport::http`, whose `router` is the list of what a request passes:
//! names, room, the bearer token, the caller's own allowance. What it finds behind them is that caller's
//! own [`server::Server`] over its own [`app::App`]; from step 2 on nothing differs.
//!
//! `send-message` goes the same way to a different end: its tool pins everything that Front
//! would decide later into a `Letter`, and [`gate::Gate::seal`] keeps it in an envelope. In mode
//! `approve` `tools::asking` then asks a person: through [`host`], which `server::elicitation`
//! translates for both eras of the protocol, on the page of [`approval`], or in the terminal of
//! `front-mcp approve`. A yes, in mode `confirm` the call of `confirm-send`, names an envelope and
//! nothing else; [`gate::commit`] moves it to `sending` by one compare-and-set, rechecks channel,
//! policy and conversation, puts on record that it is about to post, posts once, and keeps what
//! Front said, or that nobody can know. Envelopes rest in `gate::store`, which several processes
//! may share; whatever ends one of them in the middle, another can tell what became of the post.

pub mod account;
mod alike;
pub mod app;
pub mod approval;
pub mod approver;
mod aside;
pub mod attachments;
pub mod audit;
pub mod browser;
pub mod call;
pub mod callers;
pub mod cli;
pub mod completion;
pub mod config;
pub mod digest;
pub mod doctor;
pub mod drawn;
pub mod front;
pub mod gate;
pub mod host;
pub mod login;
pub mod login_command;
pub mod oauth;
pub mod openapi;
pub mod prompts;
mod random;
pub mod resources;
pub mod sandbox;
pub mod server;
pub mod shape;
pub mod state;
pub mod strict_json;
pub mod tools;
pub mod transport;
pub mod untrusted;
pub mod web;
