//! What the HTML standard says about groups of elements.

use super::tag::Tag;

impl Tag {
    /// Elements without content.
    pub(in crate::shape) fn void(self) -> bool {
        use Tag::{
            Area, Base, Br, Col, Embed, Frame, Hr, Image, Img, Input, Link, Meta, Param, Source,
            Track, Wbr,
        };
        matches!(
            self,
            Area | Base
                | Br
                | Col
                | Embed
                | Frame
                | Hr
                | Image
                | Img
                | Input
                | Link
                | Meta
                | Param
                | Source
                | Track
                | Wbr
        )
    }

    /// Elements whose content is not HTML. None of them is shown.
    pub(in crate::shape) fn raw_text(self) -> bool {
        use Tag::{
            Iframe, Noembed, Noframes, Noscript, Plaintext, Script, Style, Textarea, Title, Xmp,
        };
        matches!(
            self,
            Iframe
                | Noembed
                | Noframes
                | Noscript
                | Plaintext
                | Script
                | Style
                | Textarea
                | Title
                | Xmp
        )
    }

    /// Elements whose content no reader sees as part of the mail.
    pub(in crate::shape) fn dropped(self) -> bool {
        use Tag::{
            Audio, Button, Canvas, Embed, Frame, Frameset, Input, Math, Object, Optgroup, Option,
            Select, Svg, Template, Video,
        };
        self.raw_text()
            || matches!(
                self,
                Audio
                    | Button
                    | Canvas
                    | Embed
                    | Frame
                    | Frameset
                    | Input
                    | Math
                    | Object
                    | Optgroup
                    | Option
                    | Select
                    | Svg
                    | Template
                    | Video
            )
    }

    /// The parts of a table that hold text.
    pub(super) fn cell(self) -> bool {
        matches!(self, Tag::Td | Tag::Th | Tag::Caption)
    }

    /// Formatting: browsers open it again when what is around it is closed.
    pub(super) fn formats(self) -> bool {
        use Tag::{A, B, Big, Code, Em, Font, I, Nobr, S, Small, Strike, Strong, Tt, U};
        matches!(
            self,
            A | B | Big | Code | Em | Font | I | Nobr | S | Small | Strike | Strong | Tt | U
        )
    }

    /// Elements whose end tag also closes what is still open inside them.
    pub(super) fn special(self) -> bool {
        use Tag::{
            Address, Article, Aside, Blockquote, Button, Center, Dd, Details, Dialog, Dir, Div, Dl,
            Dt, Fieldset, Figcaption, Figure, Footer, Header, Hgroup, Listing, Main, Menu, Nav,
            Object, Ol, Pre, Search, Section, Select, Summary, Template, Ul,
        };
        matches!(
            self,
            Address
                | Article
                | Aside
                | Blockquote
                | Button
                | Center
                | Dd
                | Details
                | Dialog
                | Dir
                | Div
                | Dl
                | Dt
                | Fieldset
                | Figcaption
                | Figure
                | Footer
                | Header
                | Hgroup
                | Listing
                | Main
                | Menu
                | Nav
                | Object
                | Ol
                | Pre
                | Search
                | Section
                | Select
                | Summary
                | Template
                | Ul
        )
    }

    /// Elements that an inline element's end tag does not reach across.
    pub(super) fn block(self) -> bool {
        use Tag::{Body, Caption, H1, H6, Li, P, Table, Tbody, Td, Tfoot, Th, Thead, Tr};
        self.special()
            || (H1..=H6).contains(&self)
            || matches!(
                self,
                Body | Caption | Li | P | Table | Tbody | Td | Tfoot | Th | Thead | Tr
            )
    }

    /// Elements that end an open paragraph.
    pub(super) fn closes_p(self) -> bool {
        use Tag::{
            Button, Form, H1, H6, Hr, Li, Object, P, Plaintext, Select, Table, Template, Xmp,
        };
        (self.special() && !matches!(self, Button | Object | Select | Template))
            || (H1..=H6).contains(&self)
            || matches!(self, Form | Hr | Li | P | Plaintext | Table | Xmp)
    }

    /// Elements that end a picture or a formula they are written in.
    pub(super) fn breaks_out(self) -> bool {
        use Tag::{
            B, Big, Blockquote, Body, Br, Center, Code, Dd, Div, Dl, Dt, Em, Embed, Font, H1, H6,
            Head, Hr, I, Img, Li, Listing, Menu, Meta, Nobr, Ol, P, Pre, S, Small, Span, Strike,
            Strong, Sub, Sup, Table, Tt, U, Ul, Var,
        };
        (H1..=H6).contains(&self)
            || matches!(
                self,
                B | Big
                    | Blockquote
                    | Body
                    | Br
                    | Center
                    | Code
                    | Dd
                    | Div
                    | Dl
                    | Dt
                    | Em
                    | Embed
                    | Font
                    | Head
                    | Hr
                    | I
                    | Img
                    | Li
                    | Listing
                    | Menu
                    | Meta
                    | Nobr
                    | Ol
                    | P
                    | Pre
                    | S
                    | Small
                    | Span
                    | Strike
                    | Strong
                    | Sub
                    | Sup
                    | Table
                    | Tt
                    | U
                    | Ul
                    | Var
            )
    }

    /// Elements of a picture or a formula whose content is HTML again.
    pub(super) fn integrates(name: &str) -> bool {
        [
            "title",
            "desc",
            "foreignobject",
            "annotation-xml",
            "mi",
            "mo",
            "mn",
            "ms",
            "mtext",
        ]
        .iter()
        .any(|known| name.eq_ignore_ascii_case(known))
    }
}
