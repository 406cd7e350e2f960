//! How alike two names are spelt.

/// Of longer names only the beginnings are compared: the comparison takes time by the product of the
/// lengths, and whoever calls chooses one of them.
const LONGEST: usize = 200;

/// From 0 for nothing in common to 1 for the same.
pub fn alike(one: &str, other: &str) -> f64 {
    strsim::jaro_winkler(beginning(one), beginning(other))
}

/// The same, and 1 more where one name holds the other, whatever the case.
pub fn alike_or_held(name: &str, wanted: &str) -> f64 {
    let (name, wanted) = (
        beginning(name).to_lowercase(),
        beginning(wanted).to_lowercase(),
    );
    let held = !wanted.is_empty()
        && !name.is_empty()
        && (name.contains(&wanted) || wanted.contains(&name));
    alike(&name, &wanted) + if held { 1.0 } else { 0.0 }
}

fn beginning(name: &str) -> &str {
    name.get(..name.floor_char_boundary(LONGEST))
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_any_length_are_compared_at_once() {
        let long = "é".repeat(5_000_000);
        assert!(alike(&long, "Urgent") < 0.1);
        assert!((alike(&long, &long) - 1.0).abs() < f64::EPSILON);
        assert!(alike_or_held("Urgent", "urg") > 1.0);
        assert!(alike_or_held("", "urg") < 1.0);
    }
}
