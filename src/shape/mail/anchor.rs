//! An open link, and what is written where it ends.

use super::attrs::Attrs;
use super::link::Target;
use super::writer::Writer;

pub(super) struct Link {
    target: Target,
    href: String,
    /// Where its text begins.
    line: usize,
    at: usize,
    styled: (bool, bool),
}

impl Writer {
    pub(super) fn enter_link(&mut self, attrs: &Attrs<'_>) {
        self.link = attrs.href.as_deref().and_then(|href| {
            Some(Link {
                target: Target::read(href)?,
                href: href.trim().to_owned(),
                line: self.sheet.lines.len(),
                at: self.sheet.line.len(),
                styled: (self.sheet.strong, self.sheet.emphasis),
            })
        });
    }

    pub(super) fn leave_link(&mut self) {
        let Some(link) = self.link.take() else { return };
        let sheet = &mut self.sheet;
        let same_line = sheet.lines.len() == link.line;
        let said = sheet.line.get(link.at..).unwrap_or("").trim();
        if same_line && said.is_empty() {
            return;
        }
        let shown = link.target.shown();
        let unstyled = link.styled == (sheet.strong, sheet.emphasis);
        let repeats = same_line && link.target.is_said_by(said, &link.href);
        if repeats && !link.target.url.starts_with("http") {
            // An address of a person reads as one without its scheme.
            return;
        }
        if repeats && unstyled {
            let keep = sheet.line.len() - said.len();
            let said = said.len();
            let end = sheet.line.trim_end().len();
            sheet.line.truncate(end.saturating_sub(said).min(keep));
            sheet.line.push_str(&shown);
            return;
        }
        let line = if sheet.line.is_empty() {
            let from = sheet.lines.len().min(link.line);
            let own = sheet.lines.get_mut(from..).unwrap_or(&mut []);
            own.iter_mut()
                .rfind(|line| !line.is_blank())
                .map(|line| &mut line.text)
        } else {
            Some(&mut sheet.line)
        };
        if let Some(line) = line {
            line.push(' ');
            line.push_str(&shown);
        }
    }
}
