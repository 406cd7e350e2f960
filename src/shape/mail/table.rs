//! Tables, told apart: those with data become rows, those that only lay out
//! the page become its lines.

use super::line::Line;

/// A cell longer than this is a piece of the page, not a value.
const CELL: usize = 300;
const CELL_LINES: usize = 6;
/// Short cells side by side, such as a row of links, stay on one line.
const ROW: usize = 160;

/// The cells of a table that has no other table inside.
#[derive(Default)]
pub(super) struct Table {
    /// How many tables are open, this one included.
    pub level: usize,
    /// It has header cells.
    pub heads: bool,
    rows: Vec<Vec<Vec<Line>>>,
}

impl Table {
    pub(super) fn at(level: usize) -> Self {
        Self {
            level,
            ..Self::default()
        }
    }

    pub(super) fn row(&mut self) {
        self.rows.push(Vec::new());
    }

    pub(super) fn cell(&mut self, lines: Vec<Line>) {
        if self.rows.is_empty() {
            self.row();
        }
        if let Some(row) = self.rows.last_mut() {
            row.push(lines);
        }
    }

    pub(super) fn holds_data(&self) -> bool {
        let small = self.rows.iter().flatten().all(|cell| {
            let marked = cell.iter().any(|line| line.cut || line.ruled);
            let chars: usize = cell.iter().map(|line| line.text.len()).sum();
            !marked && chars <= CELL && filled(cell).count() <= CELL_LINES
        });
        let wide = self.rows.iter().filter(|row| values(row) >= 2).count();
        small && (wide >= 2 || (self.heads && wide >= 1))
    }

    /// One line for each row.
    pub(super) fn rows(self) -> Vec<Line> {
        self.rows
            .into_iter()
            .filter(|row| values(row) > 0)
            .map(joined)
            .collect()
    }

    /// The cells one after the other.
    pub(super) fn layout(self) -> Vec<Line> {
        let mut lines = Vec::new();
        for mut row in self.rows {
            let single = row.iter().all(|cell| filled(cell).count() <= 1);
            let chars: usize = row.iter().flatten().map(|line| line.text.len()).sum();
            let marked = row.iter().flatten().any(|line| line.cut || line.ruled);
            if single && !marked && chars <= ROW && values(&row) >= 2 {
                row.retain(|cell| filled(cell).next().is_some());
                lines.push(joined(row));
            } else {
                lines.extend(row.into_iter().flatten());
            }
        }
        lines
    }
}

fn filled(cell: &[Line]) -> impl Iterator<Item = &Line> {
    cell.iter().filter(|line| !line.is_blank())
}

fn values(row: &[Vec<Line>]) -> usize {
    row.iter()
        .filter(|cell| filled(cell).next().is_some())
        .count()
}

fn joined(row: Vec<Vec<Line>>) -> Line {
    let first = row.iter().flatten().next();
    let (depth, history) = first.map_or((0, false), |line| (line.depth, line.history));
    let mut text = String::new();
    for (i, cell) in row.iter().enumerate() {
        if i > 0 {
            text.push_str(" | ");
        }
        for (j, line) in filled(cell).enumerate() {
            if j > 0 {
                text.push_str(" / ");
            }
            text.push_str(line.text.trim());
        }
    }
    let end = text.trim_end_matches([' ', '|']).len();
    text.truncate(end);
    Line {
        text,
        depth,
        history,
        ..Line::default()
    }
}
