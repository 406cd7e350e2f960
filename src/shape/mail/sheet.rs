//! A sheet of lines, and the line that is being written on it.

use super::line::Line;

/// Lines under construction: those of the page, or those of a table cell.
#[derive(Default)]
pub(super) struct Sheet {
    pub lines: Vec<Line>,
    pub line: String,
    /// White space came, and stands before the next word if there is one.
    pub space: bool,
    /// A blank line comes before the next line.
    pub gap: bool,
    pub strong: bool,
    pub emphasis: bool,
}

impl Sheet {
    /// Adds a line, after a blank one if there is to be one.
    pub(super) fn push(&mut self, line: Line) {
        if std::mem::take(&mut self.gap) && !self.lines.is_empty() {
            self.lines.push(Line {
                depth: line.depth,
                history: line.history,
                ..Line::default()
            });
        }
        self.lines.push(line);
    }
}
