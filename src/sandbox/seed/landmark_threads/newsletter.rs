//! A supplier's newsletter, with everything that newsletters hide in themselves.

use crate::sandbox::{
    landmarks,
    state::{Standing, State},
};

use super::{super::tags::named, open, theirs};

const DAY: f64 = 86_400.0;

const HTML: &str = "<!DOCTYPE html><html><head><meta charset=\"utf-8\"><style>@media (max-width:600px){.c{width:100%!important}} .btn{background:#1c6b4a}</style></head>\
<body style=\"margin:0;background:#f4f1ea\">\
<div style=\"display:none;max-height:0;overflow:hidden;mso-hide:all\">Spring rims are in the warehouse, and carriage is on us until Sunday.&nbsp;&zwnj;&nbsp;&zwnj;&nbsp;&zwnj;</div>\
<table role=\"presentation\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\"><tr><td align=\"center\"><table class=\"c\" role=\"presentation\" width=\"600\"><tr><td>\
<a href=\"https://click.rimfoundry.example/ls/click?upn=u001.9f3cJ2aQ&amp;e=support%40larkspur-cycles.example\"><img src=\"https://img.rimfoundry.example/head.png\" width=\"600\" alt=\"The Rim Foundry\"></a>\
<h1 style=\"font-family:Georgia,serif\">The spring rims are here</h1>\
<p>Forty holes, thirty-six holes and, for the brave, twenty-eight. All polished by hand and drilled on the new machine.</p>\
<ul><li>Model 19, silver: <b>&pound;31.50</b></li><li>Model 23, black: <b>&pound;34.00</b></li><li>Model 23, ceramic: <b>&pound;52.00</b></li></ul>\
<p><a class=\"btn\" href=\"https://click.rimfoundry.example/ls/click?upn=u001.Kd82xQpL&amp;utm_source=news&amp;utm_campaign=spring\">Order before Sunday</a></p>\
<p style=\"font-size:11px;color:#999\">You get this letter because you bought rims from us. <a href=\"https://click.rimfoundry.example/unsubscribe?u=8812\">Unsubscribe</a> &middot; The Rim Foundry, 3 Canal Wharf</p>\
</td></tr></table></td></tr></table>\
<img src=\"https://track.rimfoundry.example/wf/open?upn=u001.e81bb1\" width=\"1\" height=\"1\" alt=\"\" style=\"display:none\"></body></html>";

pub(super) fn conversation(state: &mut State) {
    let at = state.clock.midnight() - 4.2 * DAY;
    let mut thread = open(
        state,
        landmarks::NEWSLETTER_CONVERSATION,
        "The spring rims are here (and carriage is on us)",
        "cha_1who",
        33,
    );
    let mut entry = theirs(
        at,
        &[
            "The spring rims are here",
            "Forty holes, thirty-six holes and, for the brave, twenty-eight. All polished by hand and drilled on the new machine.",
            "Model 19, silver: £31.50\nModel 23, black: £34.00\nModel 23, ceramic: £52.00",
            "Order before Sunday: https://click.rimfoundry.example/ls/click?upn=u001.Kd82xQpL",
        ],
        &[],
    );
    entry.html = Some(HTML.to_owned());
    thread.write(state, entry);
    let id = thread.id;
    let tags = named(state, &["Newsletter"]);
    if let Some(conversation) = state.conversations.get_mut(id) {
        conversation.tags = tags;
        conversation.standing = Standing::Archived;
        conversation.waiting_since = None;
    }
}
