//! Tables: those that hold data stay tables, those that hold a layout are read from top to bottom.

use super::render::{Look, Renderer};
use crate::shape::html::tree::{NodeId, Tree};
use crate::shape::visible::one_line;

/// Cells with more text than this are columns of a layout.
const MAX_CELL: usize = 80;

/// Writes a table.
pub(super) fn table(renderer: &mut Renderer<'_>, id: NodeId, look: Look) {
    match rows_of_data(renderer.tree, id) {
        Some(rows) => {
            renderer.page.paragraph();
            data(renderer, &rows, look);
            renderer.page.paragraph();
        }
        None => {
            renderer.page.end_line();
            renderer.children(id, look);
            renderer.page.end_line();
        }
    }
}

fn data(renderer: &mut Renderer<'_>, rows: &[Vec<NodeId>], look: Look) {
    for (index, row) in rows.iter().enumerate() {
        let cells: Vec<String> = row
            .iter()
            .map(|cell| text_of_cell(renderer, *cell, look))
            .collect();
        if cells.iter().all(String::is_empty) {
            continue;
        }
        renderer.page.word(&format!("| {} |", cells.join(" | ")));
        renderer.page.end_line();
        if index == 0 && row.iter().any(|cell| renderer.tree.name(*cell) == "th") {
            renderer
                .page
                .word(&format!("|{}", " --- |".repeat(row.len())));
            renderer.page.end_line();
        }
    }
}

fn text_of_cell(renderer: &mut Renderer<'_>, cell: NodeId, look: Look) -> String {
    let outer = std::mem::take(&mut renderer.page);
    renderer.node(cell, look);
    let lines = std::mem::replace(&mut renderer.page, outer).into_lines();
    let text = lines
        .iter()
        .map(|line| line.text.as_str())
        .collect::<Vec<_>>()
        .join(" ");
    one_line(&text, usize::MAX).replace('|', "\\|")
}

/// The rows of a table that holds data: it has header cells, or two rows or more of two short cells or more.
fn rows_of_data(tree: &Tree, table: NodeId) -> Option<Vec<Vec<NodeId>>> {
    let mut rows = Vec::new();
    for child in tree.children(table) {
        match tree.name(child) {
            "tr" => rows.push(cells(tree, child)),
            "thead" | "tbody" | "tfoot" => {
                rows.extend(
                    tree.children(child)
                        .filter(|row| tree.name(*row) == "tr")
                        .map(|row| cells(tree, row)),
                );
            }
            "colgroup" | "col" => {}
            "" if tree.texts(child).all(|text| text.trim().is_empty()) => {}
            // A caption, or words between the rows: read it all in order rather than lose any.
            _ => return None,
        }
    }
    let wide = rows.iter().filter(|row| row.len() >= 2).count();
    let has_header = rows.iter().flatten().any(|cell| tree.name(*cell) == "th");
    let is_data = wide >= 2 || (has_header && wide >= 1);
    (is_data && rows.iter().flatten().all(|cell| is_short(tree, *cell))).then_some(rows)
}

fn cells(tree: &Tree, row: NodeId) -> Vec<NodeId> {
    tree.children(row)
        .filter(|cell| matches!(tree.name(*cell), "td" | "th"))
        .collect()
}

/// Whether a cell holds a few words and no table or list.
fn is_short(tree: &Tree, cell: NodeId) -> bool {
    let mut left = MAX_CELL;
    let mut open: Vec<NodeId> = tree.children(cell).collect();
    let mut looked_at = 0;
    while let Some(id) = open.pop() {
        looked_at += 1;
        if looked_at > 64
            || matches!(
                tree.name(id),
                "table" | "ul" | "ol" | "blockquote" | "hr" | "pre"
            )
        {
            return false;
        }
        match tree.content(id) {
            crate::shape::html::tree::Content::Text(text) => {
                let length = text
                    .split_whitespace()
                    .map(|word| word.chars().count() + 1)
                    .sum::<usize>();
                let Some(rest) = left.checked_sub(length) else {
                    return false;
                };
                left = rest;
            }
            crate::shape::html::tree::Content::Element(_) => open.extend(tree.children(id)),
        }
    }
    true
}
