//! The operation table's rows: facts from the files, judgements from those who classified them.

use std::{collections::HashMap, fmt::Write as _};

use super::Facts;

/// The columns of `manifests/operations.tsv`.
const COLUMNS: &str = "method\tpath\toperation\tscope\teffect\tguarded\tdeprecated\tspec";

/// An effect that nobody has judged yet; the table's reader leaves such rows out.
pub const UNCLASSIFIED: &str = "unclassified";

/// Writes the table anew: judgements of operations that it had are kept.
pub fn write(facts: &[Facts], known: &str) -> String {
    let judgements: HashMap<&str, (&str, &str, &str)> = known
        .lines()
        .skip(1)
        .filter_map(|line| {
            let columns: Vec<_> = line.split('\t').collect();
            match columns.as_slice() {
                [_, _, id, _, effect, guarded, deprecated, ..] => {
                    Some((*id, (*effect, *guarded, *deprecated)))
                }
                _ => None,
            }
        })
        .collect();
    let mut table = format!("{COLUMNS}\n");
    for each in facts {
        let (effect, guarded, judged) = judgements
            .get(each.operation.as_str())
            .copied()
            .unwrap_or((UNCLASSIFIED, "-", "-"));
        // One operation is deprecated in prose alone, which only a reader of the prose knows.
        let deprecated = if each.deprecated {
            "deprecated"
        } else {
            judged
        };
        let apis = match each.apis.as_slice() {
            [only] => only.as_str(),
            _ => "both",
        };
        let _ = writeln!(
            table,
            "{}\t{}\t{}\t{}\t{effect}\t{guarded}\t{deprecated}\t{apis}",
            each.method,
            each.path,
            each.operation,
            each.scope.as_deref().unwrap_or("-"),
        );
    }
    table
}
