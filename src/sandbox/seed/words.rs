//! Things and places that letters are about, and the slots they are put into.

pub(super) const PRODUCTS: [&str; 44] = [
    "Marlowe leather saddle",
    "Pennine 38 mm tyres",
    "Kestrel rim brake calipers",
    "Heron dynamo hub",
    "Tern randonneur handlebar",
    "Swift 11-speed cassette",
    "Alder cork grips",
    "Wren headlight",
    "Fell disc brake pads",
    "Osprey carbon seatpost",
    "Larkspur steel fork",
    "Bramble mudguards",
    "Curlew bottom bracket",
    "Drover rear rack",
    "Lapwing toe clips",
    "Plover chainset",
    "Dunlin derailleur",
    "Avocet pedals",
    "Moorhen panniers",
    "Teal bell",
    "Harrier thru-axle",
    "Linnet bar tape",
    "Merlin quick release",
    "Nuthatch stem",
    "Pipit valve caps",
    "Redstart rims",
    "Shrike chain",
    "Siskin spokes",
    "Skylark wheelset",
    "Snipe headset",
    "Starling shifters",
    "Stonechat jockey wheels",
    "Thrush tail light",
    "Treecreeper climbing cassette",
    "Twite inner tubes",
    "Wagtail child seat",
    "Whinchat cables",
    "Wigeon waterproof cape",
    "Bittern tool roll",
    "Bunting frame pump",
    "Chough cargo crate",
    "Corncrake kickstand",
    "Fieldfare folding lock",
    "Goldcrest computer",
];

pub(super) const CITIES: [&str; 24] = [
    "Hebden Bridge",
    "Aberystwyth",
    "Lille",
    "Freiburg",
    "Galway",
    "Porto",
    "Ghent",
    "Malmö",
    "Utrecht",
    "Inverness",
    "Nantes",
    "Graz",
    "Bergen",
    "Cork",
    "Annecy",
    "Leipzig",
    "Totnes",
    "Bilbao",
    "Trieste",
    "Kendal",
    "Aarhus",
    "Brighton",
    "Dundee",
    "Grenoble",
];

pub(super) const DAYS: [&str; 7] = [
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
];

/// What a letter's slots are filled with.
#[derive(Debug)]
pub(super) struct Slots {
    pub(super) product: &'static str,
    pub(super) other: &'static str,
    pub(super) city: &'static str,
    pub(super) day: &'static str,
    pub(super) order: String,
    pub(super) quantity: String,
    pub(super) first_name: String,
}

impl Slots {
    /// A template with every `{slot}` filled; unknown ones stay as they are.
    pub(super) fn fill(&self, template: &str) -> String {
        let mut filled = String::with_capacity(template.len() + 48);
        let mut rest = template;
        while let Some((before, after)) = rest.split_once('{') {
            filled.push_str(before);
            let Some((slot, next)) = after.split_once('}') else {
                rest = after;
                break;
            };
            filled.push_str(match slot {
                "product" => self.product,
                "other" => self.other,
                "city" => self.city,
                "day" => self.day,
                "order" => &self.order,
                "quantity" => &self.quantity,
                "first" => &self.first_name,
                unknown => unknown,
            });
            rest = next;
        }
        filled.push_str(rest);
        filled
    }
}
