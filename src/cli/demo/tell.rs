//! How the demo is told: short lines, a mark for who speaks, colours only where they are seen.

use std::io::{IsTerminal as _, Write};

/// The columns a line may take: narrower than most windows.
const WIDTH: usize = 98;

/// Tells the story as it happens.
pub(super) struct Teller {
    out: Box<dyn Write + Send>,
    colours: bool,
    step: usize,
}

#[derive(Clone, Copy)]
enum Colour {
    Bold,
    Dim,
    Cyan,
    Green,
}

impl Colour {
    const fn code(self) -> &'static str {
        match self {
            Self::Bold => "1",
            Self::Dim => "2",
            Self::Cyan => "36",
            Self::Green => "32",
        }
    }
}

impl Teller {
    /// To standard output, in colours where a person reads it and did not ask for none.
    pub(super) fn stdout() -> Self {
        let plain = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        let out = std::io::stdout();
        Self {
            colours: out.is_terminal() && !plain,
            out: Box::new(out),
            step: 0,
        }
    }

    /// The step that is being told.
    pub(super) fn step(&self) -> usize {
        self.step
    }

    /// Begins a step.
    pub(super) fn begin(&mut self, title: &str) {
        self.step += 1;
        let title = self.paint(Colour::Bold, &format!("{}. {title}", self.step));
        self.line(&format!("\n{title}"));
    }

    /// What the agent asked.
    pub(super) fn asked(&mut self, tool: &str, arguments: &str) {
        let room = WIDTH - tool.len() - 6;
        let tool = self.paint(Colour::Cyan, tool);
        let arguments = self.paint(Colour::Dim, &clip(arguments, room));
        self.line(&format!("   → {tool} {arguments}"));
    }

    /// What came back.
    pub(super) fn answered(&mut self, text: &str) {
        self.line(&format!("   ← {}", clip(text, WIDTH - 5)));
    }

    /// What was checked at the sandbox.
    pub(super) fn checked(&mut self, text: &str) {
        let mark = self.paint(Colour::Green, "✓");
        self.line(&format!("   {mark} {}", clip(text, WIDTH - 5)));
    }

    /// What it means.
    pub(super) fn meaning(&mut self, text: &str) {
        self.line(&format!("     {text}"));
    }

    /// A line as it is. A reader that has gone away is no failure of ours.
    pub(super) fn line(&mut self, text: &str) {
        let _ = writeln!(self.out, "{text}");
        let _ = self.out.flush();
    }

    fn paint(&self, colour: Colour, text: &str) -> String {
        if self.colours {
            format!("\x1b[{}m{text}\x1b[0m", colour.code())
        } else {
            text.to_owned()
        }
    }
}

/// One line of at most so many characters.
pub(super) fn clip(text: &str, room: usize) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= room {
        return line;
    }
    let mut short: String = line.chars().take(room.saturating_sub(1)).collect();
    short.push('…');
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_becomes_one_short_line() {
        assert_eq!(clip("two\nlines", 20), "two lines");
        assert_eq!(clip("éééééé", 4), "ééé…");
    }
}
