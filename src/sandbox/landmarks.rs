//! Ids of the notable things in the seed, the same on every machine and every day.

/// The newest mail that nobody has taken: unassigned, in Support, urgent, not yet tagged so.
pub const URGENT_CONVERSATION: &str = "cnv_1urgent";
/// The message in it that says what is wrong.
pub const URGENT_MESSAGE: &str = "msg_1urgenta";
/// That this message came in.
pub const URGENT_EVENT: &str = "evt_3piwtbmk";
/// A conversation that was merged away: everything on it answers 301.
pub const MERGED_CONVERSATION: &str = "cnv_1merged";
/// The conversation it went into.
pub const MERGED_INTO: &str = "cnv_1target";
/// A mail that gives orders to whatever assistant reads it, in plain sight and hidden.
pub const INJECTION_CONVERSATION: &str = "cnv_1inject";
/// A thread of fifty HTML mails that quote one another.
pub const LONG_THREAD: &str = "cnv_1thread";
/// A conversation with a shared draft, a private draft and comments with mentions.
pub const DRAFTED_CONVERSATION: &str = "cnv_1drafts";
/// Its shared draft.
pub const SHARED_DRAFT: &str = "msg_1dshared";
/// Its private draft.
pub const PRIVATE_DRAFT: &str = "msg_1dprivate";
/// A conversation in text messages.
pub const SMS_CONVERSATION: &str = "cnv_1sms";
/// A conversation in the shop's chat.
pub const CHAT_CONVERSATION: &str = "cnv_1chat";
/// An internal discussion without customer messages.
pub const DISCUSSION: &str = "cnv_1talk";
/// A snoozed conversation: its status says `archived`.
pub const SNOOZED_CONVERSATION: &str = "cnv_1snooze";
/// A conversation in the trash.
pub const TRASHED_CONVERSATION: &str = "cnv_1trash";
/// A supplier's newsletter with a preheader, a tracking pixel and click trackers.
pub const NEWSLETTER_CONVERSATION: &str = "cnv_1news";
/// A mail in Arabic, set right to left.
pub const ARABIC_CONVERSATION: &str = "cnv_1arabic";
/// A message with attachments.
pub const ATTACHMENT_MESSAGE: &str = "msg_1files";
/// A PDF on it, which can be downloaded.
pub const ATTACHMENT: &str = "fil_1invoice";
/// A table on the same message, in text.
pub const TABLE: &str = "fil_1table";
/// The Support inbox.
pub const SUPPORT_INBOX: &str = "inb_1sup";
/// Its mail channel.
pub const SUPPORT_CHANNEL: &str = "cha_1sup";
/// The text-message channel.
pub const SMS_CHANNEL: &str = "cha_1sms";
/// The channel of an application of the company's own, for messages from a marketplace.
pub const APPLICATION_CHANNEL: &str = "cha_1app";
/// The tag the urgent conversation lacks.
pub const URGENT_TAG: &str = "tag_1urgent";
/// A shift that works in the morning, in London.
pub const EARLY_SHIFT: &str = "shf_1early";
/// A time off that began four days ago and ends in six.
pub const TIME_OFF: &str = "vcr_1holiday";
/// A customer who has two contacts: by mail,
pub const TWIN: &str = "crd_1twin";
/// and by telephone.
pub const OTHER_TWIN: &str = "crd_1twinb";
/// A teammate of the support team, an administrator.
pub const SUPPORT_TEAMMATE: &str = "tea_1marin";
/// A message template with placeholders, one of which nobody can know.
pub const ORDER_TEMPLATE: &str = "rsp_1order";
/// A message template that gives orders to assistants, in plain sight and hidden.
pub const HOSTILE_TEMPLATE: &str = "rsp_1inject";
/// The public knowledge base.
pub const HELP_CENTRE: &str = "knb_1help";
/// The knowledge base for teammates alone.
pub const HANDBOOK: &str = "knb_1team";
/// A published article in three languages.
pub const RETURNS_ARTICLE: &str = "kba_1returns";
/// An article that nobody has published.
pub const DRAFT_ARTICLE: &str = "kba_1draft";
/// An article that gives orders to assistants, in plain sight and hidden.
pub const HOSTILE_ARTICLE: &str = "kba_1inject";
