//! The element names that mean something in a mail.

macro_rules! tags {
    ($($variant:ident $name:literal)*) => {
        /// An element's name.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub(in crate::shape) enum Tag {
            $($variant,)*
            /// Any other name: an inline element without a meaning of its own.
            Other,
        }

        impl Tag {
            /// How many there are, for tables indexed by tag.
            pub(in crate::shape) const COUNT: usize = Tag::Other as usize + 1;

            fn of_lower(name: &str) -> Self {
                match name {
                    $($name => Tag::$variant,)*
                    _ => Tag::Other,
                }
            }
        }
    };
}

tags! {
    A "a" Abbr "abbr" Address "address" Area "area" Article "article" Aside "aside" Audio "audio"
    B "b" Base "base" Big "big" Blockquote "blockquote" Body "body" Br "br" Button "button"
    Canvas "canvas" Caption "caption" Center "center" Cite "cite" Code "code" Col "col"
    Colgroup "colgroup" Dd "dd" Del "del" Details "details" Dialog "dialog" Dir "dir" Div "div" Dl "dl" Dt "dt"
    Em "em" Embed "embed" Fieldset "fieldset" Figcaption "figcaption" Figure "figure"
    Font "font" Footer "footer" Form "form" Frame "frame" Frameset "frameset"
    H1 "h1" H2 "h2" H3 "h3" H4 "h4" H5 "h5" H6 "h6"
    Head "head" Header "header" Hgroup "hgroup" Hr "hr" Html "html" I "i" Iframe "iframe" Image "image" Img "img"
    Input "input" Ins "ins" Kbd "kbd" Label "label" Legend "legend" Li "li" Link "link" Listing "listing"
    Main "main" Map "map" Mark "mark" Math "math" Menu "menu" Meta "meta" Nav "nav" Nobr "nobr"
    Noembed "noembed" Noframes "noframes" Noscript "noscript" Object "object" Ol "ol"
    Optgroup "optgroup" Option "option" Output "output" P "p" Param "param" Picture "picture" Plaintext "plaintext"
    Pre "pre" Q "q" S "s" Samp "samp" Script "script" Search "search" Section "section" Select "select" Slot "slot"
    Small "small" Source "source" Span "span" Strike "strike" Strong "strong" Style "style"
    Sub "sub" Summary "summary" Sup "sup" Svg "svg" Table "table" Tbody "tbody" Td "td"
    Template "template" Textarea "textarea" Tfoot "tfoot" Th "th" Thead "thead" Time "time"
    Title "title" Tr "tr" Track "track" Tt "tt" U "u" Ul "ul" Var "var" Video "video"
    Wbr "wbr" Xmp "xmp"
}

impl Tag {
    /// The tag of a name in any case.
    pub(in crate::shape) fn named(name: &str) -> Self {
        let mut lower = [0_u8; 12];
        let Some(buffer) = lower.get_mut(..name.len()) else {
            return Tag::Other;
        };
        buffer.copy_from_slice(name.as_bytes());
        buffer.make_ascii_lowercase();
        std::str::from_utf8(buffer).map_or(Tag::Other, Tag::of_lower)
    }
}
