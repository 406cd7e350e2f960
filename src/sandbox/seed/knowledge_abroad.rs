//! The articles of the help centre in French and German.

/// Position of the article, language, title, text.
pub(super) const ABROAD: [(usize, &str, &str, &str); 7] = [
    (
        4,
        "fr",
        "Délais et frais de livraison",
        "<p>En Europe, la livraison prend cinq jours ouvrés et coûte 9,90 €. Les vélos sont livrés par un transporteur \
         qui vous appelle avant.</p>",
    ),
    (
        4,
        "de",
        "Lieferzeit und Versandkosten",
        "<p>Innerhalb Europas dauert der Versand fünf Werktage und kostet 9,90 €. Fahrräder bringt eine Spedition, die \
         vorher anruft.</p>",
    ),
    (
        8,
        "fr",
        "Retours et remboursements",
        "<p>Vous avez 30 jours pour renvoyer un article non utilisé. Le remboursement suit cinq jours ouvrés après la \
         réception du colis.</p>",
    ),
    (
        8,
        "de",
        "Rückgabe und Erstattung",
        "<p>Sie haben 30 Tage Zeit, unbenutzte Ware zurückzusenden. Das Geld ist fünf Werktage nach Eingang des Pakets \
         wieder auf Ihrer Karte.</p>",
    ),
    (
        11,
        "de",
        "Garantie auf Rahmen und Komponenten",
        "<p>Auf Rahmen geben wir fünf Jahre Garantie, auf Komponenten zwei. Stürze, Verschleiß und Rost sind nicht \
         gedeckt.</p>",
    ),
    (
        11,
        "fr",
        "Garantie des cadres et composants",
        "<p>Les cadres sont garantis cinq ans, les composants deux ans. Les chutes et l'usure ne sont pas couvertes.</p>",
    ),
    (
        5,
        "fr",
        "Suivre votre colis",
        "<p>Le courriel d'expédition contient un numéro de suivi. Sans mouvement pendant trois jours, écrivez-nous.</p>",
    ),
];
