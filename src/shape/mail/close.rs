//! Which open elements a tag closes.

use super::build::{Builder, NONE, in_rows};
use super::tag::Tag;

/// How far back the end tag of an inline element looks for its start.
const REACH: usize = 32;

impl Builder<'_> {
    /// Closes what a start tag closes without saying so.
    pub(super) fn close_implied(&mut self, tag: Tag) {
        use Tag::{
            A, Button, Caption, Dd, Dt, H1, H6, Li, Nobr, Object, Ol, Select, Table, Tbody, Td,
            Template, Tfoot, Th, Thead, Tr, Ul,
        };
        const SCOPE: [Tag; 7] = [Table, Td, Th, Caption, Object, Template, Select];
        let top = self
            .stack
            .len()
            .saturating_sub(1)
            .try_into()
            .unwrap_or(NONE);
        if tag.closes_p() {
            self.close_p();
        }
        match tag {
            Li if self.within(Li, &[Ol, Ul, Table, Td, Th]) => self.pop_to(self.last(Li)),
            Dd | Dt => {
                for tag in [Dd, Dt] {
                    if self.within(tag, &SCOPE) && self.within(tag, &[Tag::Dl]) {
                        self.pop_to(self.last(tag));
                    }
                }
            }
            A | Nobr | Button if self.within(tag, &SCOPE) => self.end(tag, ""),
            Td | Th | Tr | Tbody | Thead | Tfoot | Caption => {
                let inner: &[Tag] = match tag {
                    Td | Th => &[Td, Th, Caption],
                    Tr => &[Td, Th, Caption, Tr],
                    _ => &[Td, Th, Caption, Tr, Tbody, Thead, Tfoot],
                };
                for tag in inner {
                    if self.within(*tag, &[Table]) {
                        self.pop_to(self.last(*tag));
                    }
                }
                // Whatever stands in the table outside of cells ends here too.
                let rows = self.innermost(&[Table, Tbody, Thead, Tfoot, Tr]);
                if rows != NONE {
                    self.pop_to(rows + 1);
                }
            }
            Table if self.stack.last().is_some_and(|open| in_rows(open.tag)) => {
                self.pop_to(self.last(Table));
            }
            _ if (H1..=H6).contains(&tag) && self.in_heading() => self.pop_to(top),
            _ => {}
        }
    }

    fn close_p(&mut self) {
        use Tag::{Button, Caption, Object, P, Select, Table, Td, Template, Th};
        if self.within(
            P,
            &[Button, Table, Td, Th, Caption, Object, Template, Select],
        ) {
            self.pop_to(self.last(P));
        }
    }

    pub(super) fn end(&mut self, tag: Tag, name: &str) {
        use Tag::{
            Body, Br, Caption, Form, H1, H6, Head, Html, Li, Object, Ol, P, Select, Table, Tbody,
            Td, Template, Tfoot, Th, Thead, Tr, Ul,
        };
        const WALLS: [Tag; 6] = [Table, Td, Th, Caption, Template, Object];
        let inside = self.stack.len() > (self.integration as usize).saturating_add(1);
        if inside && !in_rows(tag) && !tag.cell() {
            // HTML inside of a picture does not reach out of it.
            if self.is_open(tag) && self.last(tag) > self.integration {
                self.pop_to(self.last(tag));
            }
            return;
        }
        match tag {
            Br => self.writer.line_break(),
            Html | Head | Body | Form => {}
            P => self.close_p(),
            Table | Tag::Svg | Tag::Math => {
                if self.is_open(tag) {
                    self.pop_to(self.last(tag));
                }
            }
            Td | Th | Tr | Tbody | Thead | Tfoot | Caption => {
                if self.within(tag, &[Table]) {
                    self.pop_to(self.last(tag));
                }
            }
            Li => {
                if self.within(tag, &WALLS) && self.within(tag, &[Ol, Ul]) {
                    self.pop_to(self.last(tag));
                }
            }
            _ if (H1..=H6).contains(&tag) => {
                let at = self.innermost(&[Tag::H1, Tag::H2, Tag::H3, Tag::H4, Tag::H5, Tag::H6]);
                let wall = self.innermost(&WALLS);
                if at != NONE && (wall == NONE || at > wall) {
                    self.pop_to(at);
                }
            }
            _ if tag.special() => {
                let select = self.within(Select, &[Td, Th]);
                if self.within(tag, &WALLS) && (!select || self.last(tag) >= self.last(Select)) {
                    self.pop_to(self.last(tag));
                }
            }
            _ => self.end_inline(tag, name),
        }
    }

    /// The end of an element that does not close what is open inside it.
    fn end_inline(&mut self, tag: Tag, name: &str) {
        let cell = self.cell();
        if let Some(at) = self
            .lingering
            .iter()
            .rev()
            .take(8)
            .position(|l| l.tag == tag && l.cell == cell)
        {
            self.lingering.remove(self.lingering.len() - 1 - at);
            return;
        }
        let mut at = self.last(tag);
        if tag == Tag::Other {
            for _ in 0..REACH {
                match self.stack.get(at as usize) {
                    Some(open) if !open.name.eq_ignore_ascii_case(name) => at = open.same,
                    _ => break,
                }
            }
        }
        let reach = self.stack.get(at as usize..).unwrap_or(&[]);
        let block = reach
            .iter()
            .skip(1)
            .take(REACH)
            .any(|open| open.tag.block());
        if block || reach.len() > REACH {
            // A browser closes formatting around the blocks inside it, and
            // ignores the end of anything else.
            if tag.formats()
                && let Some(open) = self.stack.get_mut(at as usize)
            {
                open.ended = true;
            }
        } else if !reach.is_empty() {
            self.pop_to(at);
        }
    }
}
