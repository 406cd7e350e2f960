//! Text of the kinds that pass through a mailbox, and of kinds that should not.

/// Every text, by what it is.
pub fn all() -> Vec<(&'static str, String)> {
    let mut corpus: Vec<(&'static str, String)> = WRITTEN
        .iter()
        .map(|(name, text)| (*name, (*text).to_owned()))
        .collect();
    corpus.extend([
        ("compact json", json("", "")),
        ("pretty json", json("\n  ", " ")),
        (
            "base64",
            random(
                4_000,
                b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/",
            ),
        ),
        ("base36 ids", ids()),
        ("hex", random(4_000, b"0123456789abcdef")),
        ("upper hex", random(4_000, b"0123456789ABCDEF")),
        (
            "small letters",
            random(4_000, b"abcdefghijklmnopqrstuvwxyz"),
        ),
        ("capitals", random(4_000, b"ABCDEFGHIJKLMNOPQRSTUVWXYZ")),
        (
            "letters",
            random(
                4_000,
                b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
            ),
        ),
        (
            "signs",
            random(4_000, b"!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"),
        ),
        ("digits", random(4_000, b"0123456789")),
        (
            "printable",
            random(4_000, &(b' '..=b'~').collect::<Vec<_>>()),
        ),
        ("white space", random(4_000, b" \n\t\r")),
        ("spaces", " ".repeat(4_000)),
        ("line breaks", "\n".repeat(4_000)),
        ("rule", "-".repeat(4_000)),
        ("one letter", "a".repeat(4_000)),
        ("controls", random(4_000, b"\x01\x02\x03\x07\x1b\x7f")),
    ]);
    corpus
}

/// What is English text or JSON, and so must not be charged much too high.
pub const TIGHT: &[&str] = &[
    "support mail",
    "sales mail",
    "long english",
    "markdown",
    "compact json",
    "pretty json",
];

/// A small generator, so that the corpus is the same every time.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % sides as u64).unwrap_or(0)
    }
}

fn random(length: usize, alphabet: &[u8]) -> String {
    let mut dice = Dice(0x9E37_79B9_7F4A_7C15);
    (0..length)
        .map(|_| char::from(alphabet[dice.roll(alphabet.len())]))
        .collect()
}

fn id(dice: &mut Dice, prefix: &str) -> String {
    let digits: String = (0..6)
        .map(|_| char::from(b"0123456789abcdefghijklmnopqrstuvwxyz"[dice.roll(36)]))
        .collect();
    format!("{prefix}_{digits}")
}

fn ids() -> String {
    let mut dice = Dice(7);
    (0..200).map(|_| id(&mut dice, "cnv") + "\n").collect()
}

/// Conversations as Front answers them, on one line or laid out.
fn json(line: &str, space: &str) -> String {
    let mut dice = Dice(42);
    let subjects = [
        "Invoice overdue",
        "Re: Where is my order?",
        "Login problem on iPad",
        "Quote for 25 licences",
    ];
    let items: Vec<String> = (0..30)
        .map(|n| {
            let fields = [
                format!("\"id\":{space}\"{}\"", id(&mut dice, "cnv")),
                format!("\"subject\":{space}\"{}\"", subjects[n % 4]),
                format!("\"status\":{space}\"{}\"", ["assigned", "archived", "unassigned"][n % 3]),
                format!("\"assignee\":{space}{{\"id\":{space}\"{}\",{space}\"name\":{space}\"Ann Lee\"}}", id(&mut dice, "tea")),
                format!("\"tags\":{space}[\"{}\",{space}\"{}\"]", id(&mut dice, "tag"), id(&mut dice, "tag")),
                format!("\"last_message_at\":{space}\"2026-11-{:02}T{:02}:14:05Z\"", n + 1, n % 24),
                format!("\"created_at\":{space}{}.{}", 1_701_292_649 + n * 86_413, n * 33),
                format!("\"is_private\":{space}{}", n % 2 == 0),
                format!("\"_links\":{space}{{\"self\":{space}\"https://api2.frontapp.com/conversations/{}\"}}", id(&mut dice, "cnv")),
            ];
            format!("{{{line}{}{line}}}", fields.join(&format!(",{line}")))
        })
        .collect();
    format!("[{}]", items.join(","))
}

const WRITTEN: &[(&str, &str)] = &[
    (
        "support mail",
        "Hi there,\n\nI ordered two of the blue desk lamps on November 3rd (order #48213) and only one has arrived so far. The tracking page says \"delivered\", but our front desk hasn't seen the second parcel. Could you please check with the carrier and let me know when we can expect it? We'd need it before Friday, since that's when the new office opens.\n\nThanks a lot for your help!\n\nBest regards,\nJennifer Whitfield\nOffice Manager, Brightwater Consulting\n+1 (555) 014-2231",
    ),
    (
        "sales mail",
        "Hello Mark,\n\nIt was great speaking with you yesterday. As promised, I've attached our proposal for the 25-seat plan. The price is $18.50 per user and month if billed annually, or $22 month to month; onboarding is included either way. I'm free Tuesday between 10:00 and 12:30 or any time on Thursday to walk your team through it.\n\nLooking forward to hearing from you,\nPriya\n\n--\nPriya Raman | Account Executive | Example Inc.\nhttps://www.example.com/pricing?plan=team",
    ),
    (
        "long english",
        "The customer reported that exporting the quarterly report fails whenever the date range spans more than ninety days. We reproduced the problem in staging: the request times out after thirty seconds because the aggregation runs in a single transaction. As a workaround, the customer can export month by month and merge the spreadsheets. Engineering estimates that a proper fix, which moves the aggregation to a background worker, will ship with the next release. Please tag similar conversations with \"export-timeout\" and link them to this one, so that everyone affected can be notified at once. If somebody asks for compensation, follow the usual escalation policy and involve a team lead before promising anything.",
    ),
    (
        "urls",
        "https://www.example.com/products/desk-lamps?color=blue&size=large\nhttps://app.frontapp.com/open/cnv_1a2b3c\nhttps://docs.google.com/document/d/1aBcDeFgHiJkLmNoPqRsTuVwXyZ/edit#heading=h.abc\nhttps://github.com/rust-lang/rust/issues/12345#issuecomment-987654321\nhttp://localhost:8080/health\nmailto:support@example.com\n",
    ),
    (
        "dates",
        "2026-11-20T09:14:05Z 2026-11-20 2025-01-31T23:59:59+01:00 Fri, 20 Nov 2026 09:14:05 +0000 11/20/2026 20.11.2026 1701292649.333 1795166045",
    ),
    (
        "markdown",
        "# Release notes\n\n## What's new\n\n- **Faster search**: results in under 200 ms\n- `GET /conversations` now accepts `page_token`\n- Fixed a bug where *archived* items re-appeared\n\n| Plan | Seats | Price |\n| --- | --- | --- |\n| Team | 25 | $462.50 |\n| Business | 100 | $1,650.00 |\n\n> Note: see [the docs](https://dev.example.com/docs) for details.\n\n```json\n{\"ok\": true}\n```\n",
    ),
    (
        "german",
        "Sehr geehrte Damen und Herren,\n\nvielen Dank für Ihre Nachricht. Leider haben wir die Rechnung Nr. 2026-0815 über 1.249,90 € bisher nicht erhalten. Könnten Sie uns diese bitte noch einmal zuschicken? Außerdem möchten wir die Lieferadresse für künftige Bestellungen ändern: Königsallee 27, 40212 Düsseldorf. Die Geschwindigkeitsüberprüfung der Datenbankverbindung wurde von unserer Softwareentwicklungsabteilung bereits durchgeführt.\n\nMit freundlichen Grüßen\nJürgen Müller",
    ),
    (
        "french",
        "Bonjour,\n\nNous avons bien reçu votre commande du 3 novembre, mais l'un des articles est malheureusement épuisé. Souhaitez-vous être remboursé ou préférez-vous attendre le réapprovisionnement prévu à la mi-décembre ? N'hésitez pas à nous contacter si vous avez d'autres questions : nous sommes là pour vous aider.\n\nBien cordialement,\nHélène Lefèvre",
    ),
    (
        "spanish",
        "Hola:\n\nEscribo porque todavía no he recibido el reembolso de la reserva que cancelé el mes pasado. Según las condiciones, debería haberse tramitado en un plazo de catorce días. ¿Podrían comprobar qué ha ocurrido y confirmarme la fecha de devolución? Mañana volveré a llamar si no tengo noticias.\n\nUn saludo,\nÍñigo Muñoz",
    ),
    (
        "dutch",
        "Beste klantenservice,\n\nGisteren heb ik geprobeerd mijn abonnement op te zeggen, maar de knop op de website werkte niet. Kunnen jullie dit voor mij regelen en een bevestiging sturen? Alvast hartelijk bedankt voor de moeite.\n\nMet vriendelijke groet,\nSanne van der Berg",
    ),
    (
        "polish",
        "Dzień dobry,\n\nproszę o przesłanie faktury za październik. Nie mogę jej znaleźć w panelu klienta, a księgowość potrzebuje jej do końca tygodnia. Z góry dziękuję za szybką odpowiedź.\n\nPozdrawiam serdecznie,\nŁukasz Wiśniewski",
    ),
    (
        "turkish",
        "Merhaba,\n\nGeçen hafta verdiğim siparişin hâlâ elime ulaşmadığını bildirmek istiyorum. Kargo şirketi gönderinin şubede beklediğini söylüyor. Yardımcı olabilirseniz çok sevinirim. İyi çalışmalar, Gülşen Yıldız",
    ),
    (
        "vietnamese",
        "Xin chào, tôi muốn hỏi về đơn hàng của mình. Tôi đã thanh toán từ tuần trước nhưng vẫn chưa nhận được hàng. Xin vui lòng kiểm tra và phản hồi sớm. Cảm ơn rất nhiều.",
    ),
    (
        "russian",
        "Здравствуйте!\n\nПодскажите, пожалуйста, когда будет отправлен мой заказ? Я оплатил его ещё в понедельник, но статус до сих пор не изменился. Если товара нет на складе, прошу вернуть деньги на карту.\n\nС уважением,\nАлександр Кузнецов",
    ),
    (
        "greek",
        "Καλημέρα σας, θα ήθελα να ρωτήσω πότε θα παραδοθεί η παραγγελία μου. Η πληρωμή έγινε πριν από πέντε ημέρες. Σας ευχαριστώ πολύ για τη βοήθεια.",
    ),
    (
        "arabic",
        "السلام عليكم،\n\nأود الاستفسار عن حالة الطلب رقم 48213، حيث لم يصلني حتى الآن رغم مرور أسبوعين على الدفع. يرجى التحقق من الأمر وإبلاغي بموعد التسليم المتوقع.\n\nشكراً جزيلاً لتعاونكم،\nمحمد العتيبي",
    ),
    (
        "persian",
        "سلام، می‌خواهم بدانم سفارش من چه زمانی ارسال می‌شود. هفتهٔ گذشته پرداخت کرده‌ام ولی هنوز خبری نشده است. لطفاً پیگیری کنید. سپاسگزارم.",
    ),
    (
        "hebrew",
        "שלום רב,\n\nהזמנתי לפני שבועיים שתי מנורות שולחן ועד היום הגיעה רק אחת מהן. אשמח אם תוכלו לבדוק עם חברת המשלוחים מתי תגיע השנייה. תודה רבה על העזרה,\nנועה כהן",
    ),
    (
        "hindi",
        "नमस्ते,\n\nमैंने पिछले सप्ताह एक ऑर्डर दिया था, लेकिन अभी तक सामान नहीं मिला है। कृपया जाँच करके बताएँ कि यह कब तक पहुँचेगा। आपकी सहायता के लिए धन्यवाद।",
    ),
    (
        "thai",
        "สวัสดีค่ะ ดิฉันสั่งซื้อสินค้าไปเมื่อสัปดาห์ที่แล้ว แต่ยังไม่ได้รับของ รบกวนช่วยตรวจสอบสถานะการจัดส่งให้ด้วยนะคะ ขอบคุณมากค่ะ",
    ),
    (
        "japanese",
        "お世話になっております。先週注文した商品がまだ届いておりません。配送状況をご確認いただけますでしょうか。注文番号は48213です。お手数をおかけしますが、よろしくお願いいたします。\n株式会社サンプル 山田太郎",
    ),
    (
        "chinese",
        "您好，我上周下的订单到现在还没有收到货，物流信息显示包裹已经签收，但是我们前台并没有收到。请帮忙核实一下快递的情况，并尽快告知预计送达时间。谢谢！\n此致\n敬礼\n王小明",
    ),
    (
        "traditional chinese",
        "您好，我上週訂購的商品至今尚未收到，請協助查詢配送狀況並盡快回覆。發票抬頭請開立「範例股份有限公司」，統一編號為12345678。感謝您的協助！",
    ),
    (
        "korean",
        "안녕하세요. 지난주에 주문한 상품이 아직 도착하지 않았습니다. 배송 상태를 확인해 주시고 예상 도착일을 알려 주시면 감사하겠습니다. 좋은 하루 보내세요.",
    ),
    (
        "emoji",
        "Great job team! 🎉🎉 Shipping today 🚀 — thanks 🙏🏽 to everyone 👩‍💻👨‍👩‍👧‍👦 ❤️ 😂😂😂 ✅ done ⚠️ careful 🇩🇪🇫🇷 1️⃣ 2️⃣ 👍🏻👎🏿 🏳️‍🌈 ☕ ✈️ 🤷‍♀️",
    ),
    (
        "code",
        "pub fn parse(text: &str, now: Timestamp) -> Result<Timestamp, TimeError> {\n    let text = text.trim();\n    if text.is_empty() {\n        return Err(TimeError::Empty);\n    }\n    for (index, byte) in text.bytes().enumerate() {\n        match byte {\n            b'0'..=b'9' => continue,\n            _ => return Err(TimeError::At(index)),\n        }\n    }\n    Ok(now.checked_sub(HOUR * 24)?)\n}\n",
    ),
    (
        "html",
        "<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"></head><body style=\"margin:0;padding:0;background-color:#f4f4f4;\"><table width=\"100%\" cellpadding=\"0\" cellspacing=\"0\"><tr><td align=\"center\"><img src=\"https://cdn.example.com/logo.png\" width=\"120\" alt=\"Logo\"/></td></tr></table></body></html>",
    ),
    (
        "log",
        "2026-11-20T09:14:05.123456Z  INFO front_mcp::call: tool finished tool=\"search\" elapsed_ms=128 status=200\n2026-11-20T09:14:06.000001Z ERROR front_mcp::wire: request failed error=\"connection reset by peer (os error 104)\" attempt=2\n127.0.0.1 - - [20/Nov/2026:09:14:05 +0000] \"GET /mcp HTTP/1.1\" 200 5316 \"-\" \"Mozilla/5.0 (X11; Linux x86_64)\"\n",
    ),
    (
        "headers",
        "Received: from mail-ed1-f54.google.com (mail-ed1-f54.google.com [209.85.208.54])\n\tby mx.example.com with ESMTPS id a640c23a62f3a-a9f5d7c1b2esi12345678a12.34\nMessage-ID: <CAJ8k3Q=xYzWvUtSrQpOnMlKjIhGfEdCbA9876543210@mail.gmail.com>\nDKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=example.com; s=20230601\nSubject: =?UTF-8?B?UsOpcG9uc2U=?=\n",
    ),
    (
        "typography",
        "“Smart quotes” and ‘single’ ones — dashes – and ellipses… • bullets · middots → arrows ← ≈ ± × ÷ € £ ¥ © ® ™ § ¶ ½ °",
    ),
    (
        "shouting",
        "URGENT!!! PLEASE READ IMMEDIATELY: YOUR ACCOUNT WILL BE SUSPENDED UNLESS PAYMENT IS RECEIVED BY FRIDAY. CONTACT CUSTOMER SERVICE NOW.",
    ),
    ("empty", ""),
    ("one", "a"),
];
