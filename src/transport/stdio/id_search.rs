//! Looks for the id of a message that cannot be read: broken, cut off, or too long to be kept.

use serde_json::Value;

/// Longer ids are nobody's.
const LONGEST_ID: usize = 256;

/// Reads a JSON object byte by byte and remembers only the value of its own `id`, wherever that
/// stands: some clients write it behind the parameters.
#[derive(Debug, Default)]
pub struct IdSearch {
    depth: i64,
    in_string: bool,
    escaped: bool,
    /// Behind the colon of a member of the outermost object.
    in_value: bool,
    /// The name of that member, or the beginning of one.
    key: Vec<u8>,
    value: Vec<u8>,
    done: bool,
}

impl IdSearch {
    /// The id in a whole line.
    pub fn in_line(line: &[u8]) -> Option<Value> {
        let mut search = Self::default();
        search.read(line);
        search.found()
    }

    /// Reads on.
    pub fn read(&mut self, bytes: &[u8]) {
        for byte in bytes {
            if self.done {
                return;
            }
            self.step(*byte);
        }
    }

    /// The id, if it is a number or a string.
    pub fn found(self) -> Option<Value> {
        if !self.is_id() {
            return None;
        }
        // What stands behind a value that is whole does not matter: the line may be cut off.
        let mut values = serde_json::Deserializer::from_slice(&self.value).into_iter::<Value>();
        let value = values.next()?.ok()?;
        (value.is_number() || value.is_string()).then_some(value)
    }

    fn is_id(&self) -> bool {
        self.key == b"\"id\""
    }

    fn step(&mut self, byte: u8) {
        let in_string = self.in_string;
        match byte {
            _ if self.escaped => self.escaped = false,
            b'\\' if in_string => self.escaped = true,
            b'"' => self.in_string = !in_string,
            _ if in_string => {}
            b'{' | b'[' => self.depth += 1,
            b'}' | b']' => self.depth -= 1,
            b':' if self.depth == 1 && !self.in_value => {
                self.in_value = true;
                return;
            }
            _ => {}
        }
        let ends = !in_string && (self.depth == 0 || (self.depth == 1 && byte == b','));
        if ends {
            self.done = self.is_id();
            self.in_value = false;
            if !self.done {
                self.key.clear();
            }
        } else if self.in_value {
            if self.is_id() && self.value.len() < LONGEST_ID {
                self.value.push(byte);
            }
        } else if (in_string || byte == b'"') && self.depth == 1 && self.key.len() < 8 {
            self.key.push(byte);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_id_is_found_wherever_it_stands() {
        for (line, id) in [
            (r#"{"id":7,"x":[{"id":8}]}"#, Some(Value::from(7))),
            (
                r#"{"x":{"id":8},"y":"}\",\"id\":9","id" : "a,b\"}" }"#,
                Some("a,b\"}".into()),
            ),
            (r#"{"method":"id","id":5"#, Some(5.into())),
            (r#"{"params":{"a":"\\"},"id":6,"id":7}"#, Some(6.into())),
            (r#"{"params":{"id":3}"#, None),
            (r#"{"id":{"id":3}}"#, None),
            (r#"{"id":null}"#, None),
            (r#"[{"id":3}]"#, None),
            (r#"}{"id":3}"#, None),
            ("id", None),
            ("", None),
        ] {
            assert_eq!(IdSearch::in_line(line.as_bytes()), id, "{line}");
        }
    }
}
