//! The estimate by which results are kept to their size is never below the exact count.

use serde_json::json;

use super::{binary::Server, tokens::count};

/// Mails as people write them where words are longer, or letters more, than in English.
const ABROAD: &[&str] = &[
    "Hyvää huomenta, tilaukseni numero 48210 ei ole vieläkään saapunut, vaikka toimitusajaksi luvattiin kaksi arkipäivää. Voisitteko ystävällisesti tarkistaa lähetyksen tilanteen ja ilmoittaa minulle sähköpostitse?",
    "Sehr geehrte Damen und Herren, leider ist die Hinterradnabe beschädigt angekommen. Die Versandbestätigung und die Rechnungsnummer finden Sie im Anhang; über eine Ersatzlieferung würde ich mich freuen.",
    "Bonjour, je n'ai toujours pas reçu mon remboursement malgré plusieurs relances. Pourriez-vous m'indiquer la date à laquelle il a été effectué ?",
    "Dzień dobry, chciałbym zwrócić przerzutkę zamówioną w zeszłym tygodniu, ponieważ nie pasuje do mojego roweru. Proszę o przesłanie etykiety zwrotnej.",
    "Merhaba, siparişimin kargoya verilip verilmediğini öğrenmek istiyorum. Değiştirilebilirliğinden emin olamadığım için bilgilendirmenizi rica ederim.",
    "Добрый день! Подскажите, пожалуйста, когда будет отправлен заказ номер 61934?",
    "您好,我上周订购的车轮还没有收到,请问什么时候可以发货?谢谢!",
    "مرحبا، لم تصل الطلبية حتى الآن، هل يمكنكم التحقق من ذلك؟",
    "ok thx 👍🏽🚲 c u @ 5pm",
    "SHOUTING IN CAPITALS ABOUT WHEELSETS, REF: LC-70112/A, SKU XJ9-QZ77-KV.",
];

#[test]
fn mails_of_many_languages() {
    for text in ABROAD {
        count(text);
    }
}

#[test]
fn bodies_and_results_of_the_sandbox() {
    let mut server = Server::start();
    let mut arguments = json!({ "limit": 100, "detail": "full" });
    loop {
        let list = server.succeed("list-conversations", arguments.clone());
        count(&list.text);
        count(&list.structured.to_string());
        for row in list.structured["conversations"]
            .as_array()
            .unwrap()
            .iter()
            .step_by(4)
        {
            let arguments = json!({ "conversation_id": row["id"], "detail": "full" });
            let answer = server.succeed("get-conversation", arguments);
            count(&answer.text);
            count(&answer.structured.to_string());
            for event in answer.structured["timeline"].as_array().unwrap() {
                count(event["body"].as_str().unwrap());
            }
        }
        match list.structured.get("next_cursor") {
            Some(cursor) => arguments["cursor"] = cursor.clone(),
            None => break,
        }
    }
}
