//! A table without another one inside is kept as rows of cells until its end
//! shows whether it holds data or only lays out the page.

use super::line::Line;
use super::table::Table;
use super::writer::Writer;

impl Writer {
    /// Whether the innermost open table is one whose cells are being kept.
    pub(super) fn captures(&self) -> bool {
        self.table
            .as_ref()
            .is_some_and(|table| table.level == self.tables)
    }

    pub(super) fn enter_table(&mut self) {
        self.end_line();
        if let Some(outer) = self.table.take() {
            let cell = self
                .page
                .take()
                .map(|page| std::mem::replace(&mut self.sheet, page));
            self.place(outer.layout());
            if let Some(cell) = cell {
                self.place(cell.lines);
            }
        }
        self.tables += 1;
        self.table = Some(Table::at(self.tables));
    }

    pub(super) fn leave_table(&mut self) {
        self.end_line();
        if self.captures() {
            self.leave_cell();
            if let Some(table) = self.table.take() {
                let data = table.holds_data();
                self.sheet.gap |= data;
                let lines = if data { table.rows() } else { table.layout() };
                self.place(lines);
                self.sheet.gap |= data;
            }
        }
        self.tables = self.tables.saturating_sub(1);
    }

    pub(super) fn leave_cell(&mut self) {
        self.end_line();
        if let Some(page) = self.page.take() {
            let cell = std::mem::replace(&mut self.sheet, page);
            if let Some(table) = &mut self.table {
                table.cell(cell.lines);
            }
        }
    }

    pub(super) fn place(&mut self, lines: Vec<Line>) {
        for line in lines {
            if line.is_blank() {
                self.sheet.gap = true;
            } else {
                self.sheet.push(line);
            }
        }
    }
}
