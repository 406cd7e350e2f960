//! The lines with which mail programs announce what they quote.

/// How quotes are introduced, in the languages of most mail programs.
const WROTE: [&str; 24] = [
    "wrote",
    "schrieb",
    "a écrit",
    "escribió",
    "schreef",
    "ha scritto",
    "escreveu",
    "skrev",
    "napisał",
    "написал",
    "пише",
    "napsal",
    "a scris",
    "kirjoitti",
    "yazdı",
    "写道",
    "の投稿",
    "のメール",
    "כתב",
    "كتب",
    "írta",
    "viết",
    "kirjutas",
    "geschreven",
];
const FROM: [&str; 20] = [
    "from",
    "von",
    "de",
    "da",
    "van",
    "från",
    "fra",
    "od",
    "от",
    "від",
    "kimden",
    "发件人",
    "寄件者",
    "差出人",
    "lähettäjä",
    "מאת",
    "من",
    "expéditeur",
    "dari",
    "feladó",
];
const OTHER: [&str; 48] = [
    "sent",
    "date",
    "to",
    "subject",
    "cc",
    "reply-to",
    "gesendet",
    "datum",
    "an",
    "betreff",
    "envoyé",
    "à",
    "objet",
    "enviado",
    "enviado el",
    "fecha",
    "para",
    "asunto",
    "assunto",
    "data",
    "inviato",
    "a",
    "oggetto",
    "verzonden",
    "aan",
    "onderwerp",
    "skickat",
    "till",
    "ämne",
    "sendt",
    "til",
    "emne",
    "wysłano",
    "do",
    "temat",
    "отправлено",
    "дата",
    "кому",
    "тема",
    "发送时间",
    "收件人",
    "主题",
    "送信日時",
    "宛先",
    "件名",
    "gönderilme",
    "kime",
    "konu",
];
const RULED: [&str; 20] = [
    "original message",
    "original appointment",
    "ursprüngliche nachricht",
    "originalnachricht",
    "message d'origine",
    "message d’origine",
    "message original",
    "mensaje original",
    "oorspronkelijk bericht",
    "messaggio originale",
    "mensagem original",
    "originalmeddelande",
    "oprindelig meddelelse",
    "wiadomość oryginalna",
    "исходное сообщение",
    "forwarded message",
    "weitergeleitete nachricht",
    "message transféré",
    "mensaje reenviado",
    "doorgestuurd bericht",
];
/// Introductions and headers are no longer than this.
const LONGEST: usize = 400;

/// `On …, somebody wrote:`, in one line.
pub(super) fn introduces(line: &str) -> bool {
    let line = line.trim().trim_end_matches(['*', '_', ' ']);
    if line.len() > LONGEST {
        return false;
    }
    let Some(line) = line.strip_suffix([':', '：']) else {
        return false;
    };
    let line = line.to_lowercase();
    // Without a verb, an address at the end says the same.
    WROTE.iter().any(|wrote| line.contains(wrote)) || (line.ends_with('>') && line.contains('@'))
}

/// The start of an introduction that was broken into several lines.
pub(super) fn begins(line: &str) -> bool {
    const STARTS: [&str; 12] = [
        "On ",
        "Am ",
        "Le ",
        "El ",
        "Op ",
        "Il ",
        "Em ",
        "Den ",
        "W dniu",
        "Dne ",
        "Pe ",
        "Il giorno",
    ];
    STARTS
        .iter()
        .any(|start| line.trim_start().starts_with(start))
}

/// `-----Original Message-----` and its like.
pub(super) fn separates(line: &str) -> bool {
    let line = line.trim().trim_matches(['*', '\\', ' ']);
    if line.len() > LONGEST {
        return false;
    }
    let inner = line.trim_matches(['-', '_', ' ', '=', '—', '–']);
    let lower = inner.to_lowercase();
    if lower == "begin forwarded message:" || lower == "anfang der weitergeleiteten nachricht:" {
        return true;
    }
    line.starts_with(['-', '_', '—', '–'])
        && line.len() >= inner.len() + 4
        && RULED.contains(&lower.as_str())
}

/// A line of underscores or dashes, as Outlook draws one over a reply's head.
pub(super) fn rule(line: &str) -> bool {
    let line = line.trim();
    line.len() >= 10 && line.bytes().all(|b| matches!(b, b'_' | b'-' | b'='))
}

/// Whether the line is the `From:` of a reply's head.
pub(super) fn names_sender(line: &str) -> bool {
    label(line).is_some_and(|label| FROM.contains(&label.as_str()))
}

/// Whether the line is another field of a reply's head.
pub(super) fn names_field(line: &str) -> bool {
    label(line).is_some_and(|label| OTHER.contains(&label.as_str()))
}

fn label(line: &str) -> Option<String> {
    let line = line.trim_start_matches([' ', '*', '_']);
    let (label, _) = line.split_once([':', '：'])?;
    if label.len() > 40 {
        return None;
    }
    Some(
        label
            .trim_end_matches(['*', '_', ' ', '\u{A0}'])
            .to_lowercase(),
    )
}
