//! What customers write in other languages. They are answered in the same.

use super::topics::{People, Topic};

pub(super) const TOPICS: [Topic; 5] = [
    Topic {
        channel: "cha_1sav",
        tags: &["French"],
        people: People::French,
        subjects: &[
            "Ma commande {order} n'est pas arrivée",
            "Question sur {product}",
            "Retour de {product} (commande {order})",
            "Compatibilité : {product} et {other}",
            "Facture manquante, commande {order}",
        ],
        openings: &[
            "Je vous écris au sujet de ma commande {order}, passée il y a une dizaine de jours.",
            "J'ai bien reçu {product}, mais j'ai une petite inquiétude.",
        ],
        details: &[
            "Le suivi n'a pas bougé depuis plusieurs jours et le transporteur ne répond pas au téléphone.",
            "Le colis était ouvert sur un côté ; rien n'est cassé, mais il manque la notice.",
            "Je prépare une randonnée vers {city} et j'aimerais monter la pièce avant de partir.",
        ],
        asks: &[
            "Pourriez-vous vérifier de votre côté ?",
            "Est-il possible d'échanger l'article ?",
            "Merci d'avance pour votre réponse.",
        ],
        answers: &[
            "Je viens d'appeler le transporteur : le colis est à l'agence de {city} et sera livré dans les quarante-huit heures.",
            "Aucun souci pour l'échange. Vous trouverez l'étiquette de retour dans votre espace client.",
            "La notice part aujourd'hui par la poste, avec toutes nos excuses.",
        ],
        follow_ups: &[
            "Merci pour votre réponse rapide. Dois-je être présent à la livraison ?",
            "C'est noté. Pouvez-vous aussi m'envoyer la facture ?",
            "Je regarde cela ce soir et je reviens vers vous.",
        ],
        thanks: &[
            "Tout est arrivé ce matin, merci beaucoup !",
            "Parfait, bonne journée à toute l'équipe.",
        ],
        greeting: "Bonjour,",
        our_greeting: "Bonjour {first},",
        our_closing: &[
            "Bien cordialement,",
            "{first}",
            "Larkspur Cycles, service client",
        ],
    },
    Topic {
        channel: "cha_1sup",
        tags: &["German"],
        people: People::German,
        subjects: &[
            "Frage zu {product}",
            "Bestellung {order}: falscher Artikel",
            "Reklamation {order}",
            "Passt {product} zu {other}?",
        ],
        openings: &[
            "ich habe vor zwei Wochen {product} bei Ihnen bestellt (Nummer {order}).",
            "beim Auspacken meiner Bestellung {order} ist mir leider etwas aufgefallen.",
        ],
        details: &[
            "Die Verpackung war unversehrt, das Gewinde ist aber auf einer Seite beschädigt.",
            "Laut Beschreibung müsste das Maß 31,8 mm betragen; ich messe 31,4 mm.",
            "Mein Händler in {city} meinte, das komme gelegentlich vor.",
        ],
        asks: &[
            "Können Sie mir bitte sagen, wie wir verfahren?",
            "Übernehmen Sie das Porto für die Rücksendung?",
            "Über eine kurze Rückmeldung würde ich mich freuen.",
        ],
        answers: &[
            "das tut uns leid. Der Ersatz geht noch heute hinaus; das beschädigte Teil brauchen Sie nicht zurückzuschicken.",
            "vielen Dank für die genaue Messung. Wir haben die Charge geprüft und tauschen das Teil selbstverständlich.",
            "das Porto übernehmen wir. Die Marke finden Sie im Anhang.",
        ],
        follow_ups: &[
            "Vielen Dank. Bis wann kann ich mit der Lieferung rechnen?",
            "Ich habe noch einmal nachgemessen und lege ein Foto bei.",
            "Könnten Sie zusätzlich {other} beilegen? Ich zahle gern auf Rechnung.",
        ],
        thanks: &[
            "Heute angekommen, alles bestens. Herzlichen Dank!",
            "Wunderbar, so machen wir es.",
        ],
        greeting: "Sehr geehrte Damen und Herren,",
        our_greeting: "Guten Tag {first},",
        our_closing: &["Mit freundlichen Grüßen", "{first}", "Larkspur Cycles"],
    },
    Topic {
        channel: "cha_1sup",
        tags: &["Arabic"],
        people: People::Arabic,
        subjects: &[
            "استفسار عن الطلب {order}",
            "تأخر وصول {product}",
            "طلب استبدال: {order}",
        ],
        openings: &[
            "أكتب إليكم بخصوص الطلب رقم {order} الذي لم يصلني حتى الآن.",
            "وصلتني القطعة {product} لكنها لا تناسب دراجتي.",
        ],
        details: &[
            "صفحة التتبع لم تتغير منذ أسبوع.",
            "العلبة سليمة ولم أستخدم القطعة بعد.",
            "أحتاج إليها قبل رحلة قريبة مع الأصدقاء.",
        ],
        asks: &[
            "هل يمكنكم التحقق من الأمر؟",
            "كيف أعيدها إليكم؟",
            "شكرًا جزيلًا مقدمًا.",
        ],
        answers: &[
            "نعتذر عن التأخير. الشحنة في مركز الفرز وستصل خلال يومين.",
            "يسعدنا استبدال القطعة، وقد أرسلنا إليكم ملصق الإرجاع.",
        ],
        follow_ups: &[
            "شكرًا على الرد السريع. هل يلزم توقيعي عند الاستلام؟",
            "حسنًا، سأرسل لكم صورة مساء اليوم.",
        ],
        thanks: &["وصلت القطعة اليوم، شكرًا لكم! 🌷", "ممتاز، شكرًا."],
        greeting: "مرحبًا،",
        our_greeting: "مرحبًا {first}،",
        our_closing: &["مع أطيب التحيات", "Larkspur Cycles"],
    },
    Topic {
        channel: "cha_1sup",
        tags: &["Hebrew"],
        people: People::Hebrew,
        subjects: &[
            "שאלה לגבי {product}",
            "הזמנה {order} לא הגיעה",
            "החזרה של הזמנה {order}",
        ],
        openings: &[
            "אני כותב בקשר להזמנה {order} שהייתה אמורה להגיע בשבוע שעבר.",
            "קיבלתי את {product}, תודה, אבל חסר בורג אחד.",
        ],
        details: &[
            "באתר המשלוחים כתוב שהחבילה נמסרה, אבל לא קיבלתי דבר.",
            "האריזה הייתה שלמה לגמרי.",
        ],
        asks: &["תוכלו לבדוק בבקשה?", "אפשר לשלוח את החלק החסר?"],
        answers: &[
            "בדקנו מול חברת השילוח והחבילה תגיע מחר. מתנצלים על העיכוב.",
            "הבורג נשלח היום בדואר, ללא תשלום.",
        ],
        follow_ups: &["תודה. אפשר לקבל מספר מעקב?", "אהיה בבית רק אחרי שש בערב."],
        thanks: &["הגיע, תודה רבה!", "מעולה 🙏"],
        greeting: "שלום,",
        our_greeting: "שלום {first},",
        our_closing: &["בברכה,", "Larkspur Cycles"],
    },
    Topic {
        channel: "cha_1sup",
        tags: &["Japanese"],
        people: People::Japanese,
        subjects: &[
            "{product}について",
            "注文{order}の配送状況",
            "{product}の交換をお願いします({order})",
        ],
        openings: &[
            "先日注文した{product}(注文番号{order})についてお問い合わせいたします。",
            "注文番号{order}の商品が本日届きましたが、一点確認させてください。",
        ],
        details: &[
            "追跡番号を見ても、一週間前から状況が変わっていません。",
            "箱に少しへこみがありましたが、中身は問題ないようです。",
            "来月の輪行に間に合わせたいと考えています。",
        ],
        asks: &[
            "ご確認いただけますでしょうか。",
            "交換は可能でしょうか。",
            "よろしくお願いいたします。",
        ],
        answers: &[
            "お問い合わせありがとうございます。荷物は税関を通過し、三日以内にお届けの予定です。",
            "ご迷惑をおかけして申し訳ございません。交換品を本日発送いたしました。",
        ],
        follow_ups: &[
            "早速のご返信ありがとうございます。送料はこちらの負担でしょうか。",
            "写真を添付いたしますので、ご覧ください。",
        ],
        thanks: &[
            "無事に届きました。ありがとうございました。",
            "承知いたしました。助かりました。",
        ],
        greeting: "Larkspur Cycles ご担当者様",
        our_greeting: "{first} 様",
        our_closing: &["今後ともよろしくお願いいたします。", "Larkspur Cycles"],
    },
];
