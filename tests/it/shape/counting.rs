//! The estimate against the real count.

use front_mcp::shape::tokens::estimate;
use proptest::prelude::*;

fn count(text: &str) -> usize {
    tiktoken_rs::o200k_base_singleton()
        .encode_ordinary(text)
        .len()
}

const ENGLISH: &[&str] = &[
    "Hi Ana,\n\nthanks for getting back to us so quickly. I have checked the order with our warehouse and it left on Tuesday; the carrier says it will be with you by Friday at the latest. If it is not, just reply to this message and we will send a replacement free of charge.\n\nBest regards,\nBo Larsson\nCustomer Support",
    "Unfortunately the refund has not arrived in my account yet. I was told it would take three to five business days, and it has now been almost two weeks. Could you please look into this and tell me what is going on? I'm getting rather frustrated, and I don't want to have to dispute the charge with my bank.",
    "Quick question: does the Pro plan include single sign-on? Our IT department won't approve anything without it. Also, we're currently at 47 seats but expect to grow to about 120 by the end of Q3 2026.",
    "# Release notes\n\n## Fixed\n\n- The importer no longer skips **empty** rows.\n- `parse()` handles dates before 1970.\n- See [the guide](https://docs.example.com/guide/import?lang=en#dates).\n\n> Upgrade before Monday.\n\n1. Back up\n2. Update\n3. Restart\n",
];

const JSON: &[&str] = &[
    r#"{"id":"cnv_1a2b3c","subject":"Refund for order 4711","status":"unassigned","assignee":null,"tags":[{"id":"tag_9x8y7z","name":"billing"},{"id":"tag_4k5j6h","name":"urgent"}],"last_message":{"id":"msg_55c19","type":"email","is_inbound":true,"created_at":1795166045.25,"blurb":"Hello, I would like to know where my order is"},"created_at":"2026-11-20T09:14:05Z","is_private":false}"#,
    "{\n  \"id\": \"cnv_1a2b3c\",\n  \"subject\": \"Refund for order 4711\",\n  \"status\": \"unassigned\",\n  \"assignee\": null,\n  \"tags\": [\n    {\n      \"id\": \"tag_9x8y7z\",\n      \"name\": \"billing\"\n    }\n  ],\n  \"created_at\": \"2026-11-20T09:14:05Z\",\n  \"is_private\": false\n}",
    r#"[{"email":"ana@shop.example","role":"from"},{"email":"support@company.example","role":"to"},{"email":"bo.larsson@company.example","role":"cc"}]"#,
];

const OTHERS: &[&str] = &[
    "cnv_1a unassigned 2026-11-20T09:14:05Z «bafeli Subject bafeli»\ncnv_2b archived 2026-11-19T08:00:00Z «bafeli Re: Invoice bafeli»\ncnv_3c open 2026-11-18T17:45:59Z «gotuma Where is my parcel? gotuma»",
    "https://shop.example/p/7?utm_source=mail&utm_campaign=spring_sale_2026&id=7f3a9c#reviews\nhttps://api2.frontapp.com/conversations/cnv_1a2b3c/messages?limit=50&page_token=eyJhbGciOiJIUzI1NiJ9",
    "Sehr geehrte Damen und Herren,\n\nleider habe ich meine Bestellung vom 16. November noch immer nicht erhalten. Könnten Sie bitte überprüfen, ob das Paket bereits verschickt wurde? Über eine baldige Rückmeldung würde ich mich freuen. Die Sendungsverfolgung zeigt seit über einer Woche keine Veränderung.\n\nMit freundlichen Grüßen\nJörg Müller-Lüdenscheidt\nGeschäftsführer",
    "Bonjour,\n\nje vous écris au sujet de ma commande passée la semaine dernière. Le colis a été livré endommagé et l'un des articles était cassé. Pourriez-vous m'indiquer la marche à suivre pour obtenir un remboursement ? Je vous remercie par avance de votre réponse.\n\nCordialement,\nÉlodie Lefèvre",
    "Hola, quería saber si todavía tienen disponible el artículo que vi en su página. También me gustaría conocer los gastos de envío a España. ¡Muchas gracias!",
    "Beste, ik heb mijn bestelling nog niet ontvangen. Kunt u nagaan wanneer het pakket wordt bezorgd? Alvast bedankt voor uw hulp.",
    "Dzień dobry, chciałbym zapytać o status mojego zamówienia. Zapłaciłem tydzień temu, ale paczka jeszcze nie dotarła. Proszę o pilną odpowiedź.",
    "Merhaba, siparişimin durumunu öğrenmek istiyorum. Geçen hafta ödeme yaptım ama kargo henüz gelmedi. Teşekkürler.",
    "Xin chào, tôi muốn hỏi về tình trạng đơn hàng của tôi. Tôi đã thanh toán tuần trước nhưng vẫn chưa nhận được hàng. Cảm ơn bạn rất nhiều.",
    "مرحبا، أود الاستفسار عن حالة طلبي. لقد دفعت ثمنه الأسبوع الماضي ولم يصلني حتى الآن. هل يمكنكم التحقق من الأمر وإعلامي في أقرب وقت ممكن؟ شكرا جزيلا.",
    "سلام، می‌خواهم بدانم سفارش من کجاست. هفتهٔ گذشته پرداخت کردم ولی هنوز نرسیده است.",
    "שלום, רציתי לברר מה קורה עם ההזמנה שלי. שילמתי בשבוע שעבר והחבילה עדיין לא הגיעה. אשמח לתשובה מהירה. תודה רבה מראש.",
    "Здравствуйте! Подскажите, пожалуйста, где находится мой заказ? Я оплатил его на прошлой неделе, но посылка до сих пор не пришла. Заранее спасибо.",
    "Γεια σας, θα ήθελα να μάθω πού βρίσκεται η παραγγελία μου. Πλήρωσα την περασμένη εβδομάδα αλλά δεν έχει φτάσει ακόμα.",
    "お世話になっております。先週注文した商品がまだ届いていないのですが、配送状況を確認していただけますでしょうか。よろしくお願いいたします。山田太郎",
    "您好，我上周下的订单到现在还没有收到。请问可以帮我查一下物流信息吗？如果包裹已经丢失，我希望能够尽快退款。谢谢您的帮助！",
    "您好，我上週下的訂單到現在還沒有收到。請問可以幫我查一下物流資訊嗎？謝謝！",
    "안녕하세요, 지난주에 주문한 상품이 아직 도착하지 않았습니다. 배송 상태를 확인해 주실 수 있을까요? 감사합니다.",
    "नमस्ते, मैं अपने ऑर्डर की स्थिति जानना चाहता हूँ। मैंने पिछले हफ्ते भुगतान किया था लेकिन पार्सल अभी तक नहीं पहुँचा है। कृपया जल्दी उत्तर दें। धन्यवाद।",
    "สวัสดีครับ ผมอยากทราบสถานะคำสั่งซื้อของผม ผมชำระเงินไปเมื่อสัปดาห์ที่แล้วแต่ยังไม่ได้รับสินค้า ขอบคุณครับ",
    "Great news! 🎉🎉 Your parcel 📦 is on its way 🚚💨 — thanks for shopping with us ❤️😊👍🏽 👨‍👩‍👧‍👦 🇩🇪🇫🇷 ✅ ⚠️ ✨",
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
    "TWFuIGlzIGRpc3Rpbmd1aXNoZWQsIG5vdCBvbmx5IGJ5IGhpcyByZWFzb24sIGJ1dCBieSB0aGlzIHNpbmd1bGFyIHBhc3Npb24gZnJvbSBvdGhlciBhbmltYWxz",
    "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "550e8400-e29b-41d4-a716-446655440000 6ba7b810-9dad-11d1-80b4-00c04fd430c8",
    "fn main() {\n    let items: Vec<_> = std::env::args().skip(1).collect();\n    for (i, item) in items.iter().enumerate() {\n        println!(\"{i}: {item:?}\");\n    }\n}\n",
    "function getConversationById(conversationId, { includeMessages = false } = {}) {\n\treturn fetch(`${BASE_URL}/conversations/${conversationId}`).then((res) => res.json());\n}\n",
    "ITEM | QTY | PRICE\nPen | 2 | $3.00\nInk |  | $9.00\nTOTAL |  | $15.00\n",
    "PLEASE READ THIS IMMEDIATELY!!! YOUR ACCOUNT WILL BE CLOSED. CALL +1 (800) 555-0199 NOW.",
    "-----------------------------------------\n=========================================\n* * * * *\n\n\n\n\t\t\tx   y     z\n",
    "a",
    "x",
    "1",
    " ",
    "\n",
    "é",
    "漢",
    "🙂",
    "Ok.",
    "xqzj",
    "KZQX",
];

#[test]
fn never_below_on_real_texts() {
    let mut low = Vec::new();
    for text in ENGLISH.iter().chain(JSON).chain(OTHERS) {
        let (real, guess) = (count(text), estimate(text));
        let start: String = text.chars().take(30).collect();
        if std::env::var_os("SHAPE_TIMES").is_some() {
            println!("{:.2} {real} {guess} {start:?}", guess as f64 / real as f64);
        }
        if guess < real {
            low.push((start, real, guess));
        }
    }
    assert!(low.is_empty(), "{low:#?}");
}

/// What is added for the chance of unusual words weighs less the longer the
/// text is; an answer is longer than any of these.
#[test]
fn not_far_above_on_english_and_json() {
    let json = JSON.join(",\n").repeat(3);
    for text in [ENGLISH.concat(), json] {
        let (real, guess) = (count(&text), estimate(&text));
        assert!(guess * 100 <= real * 135, "{guess} for {real}: {text}");
    }
    for text in ENGLISH.iter().chain(JSON) {
        let (real, guess) = (count(text), estimate(text));
        assert!(guess * 10 <= real * 14 + 40, "{guess} for {real}: {text}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn never_below_on_random_ascii(text in "[ -~\n\t]{0,200}") {
        prop_assert!(estimate(&text) >= count(&text), "{} {}", estimate(&text), count(&text));
    }

    #[test]
    fn never_below_on_random_letters(text in "[a-z]{0,60}|[a-zA-Z]{0,60}|([a-z]{1,9} ){0,30}|[A-Z0-9_-]{0,60}") {
        // Letters drawn by chance may look like a word and not be one.
        prop_assert!(estimate(&text) + 2 >= count(&text), "{} {}", estimate(&text), count(&text));
    }

    #[test]
    fn never_below_on_odd_characters(text in "[\\p{P}\\p{S}\\p{N}\\p{Z} ]{0,40}") {
        prop_assert!(estimate(&text) >= count(&text), "{} {}", estimate(&text), count(&text));
    }

    #[test]
    fn never_more_than_the_bytes(text in any::<String>()) {
        prop_assert!(estimate(&text) <= text.len());
    }
}
