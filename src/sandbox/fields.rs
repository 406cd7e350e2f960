//! Reading a JSON body field by field, collecting every complaint before refusing, as Front does.

use serde_json::{Map, Value};

use super::{call::Call, id::Id, refusal::Refusal};

/// A body being read.
#[derive(Debug)]
pub(crate) struct Fields {
    object: Map<String, Value>,
    /// A form has no booleans, only their words.
    is_form: bool,
    complaints: Vec<String>,
}

impl Fields {
    pub(crate) fn of(call: &Call) -> Result<Self, Refusal> {
        match call.json()? {
            Value::Object(object) => Ok(Self {
                object,
                is_form: call.form.is_some(),
                complaints: Vec::new(),
            }),
            _ => Err(Refusal::bad_body(vec!["body: must be object".to_owned()])),
        }
    }

    pub(crate) fn complain(&mut self, field: &str, complaint: &str) {
        self.complaints.push(format!("body.{field}: {complaint}"));
    }

    pub(crate) fn get(&self, field: &str) -> Option<&Value> {
        self.object.get(field)
    }

    pub(crate) fn has(&self, field: &str) -> bool {
        self.object.contains_key(field)
    }

    pub(crate) fn text(&mut self, field: &str) -> Option<String> {
        match self.object.get(field) {
            None | Some(Value::Null) => None,
            Some(Value::String(text)) => Some(text.clone()),
            Some(_) => {
                self.complain(field, "must be string");
                None
            }
        }
    }

    pub(crate) fn required_text(&mut self, field: &str) -> String {
        let text = self.text(field);
        if text.is_none() && matches!(self.object.get(field), None | Some(Value::Null)) {
            self.complain(field, "missing");
        }
        text.unwrap_or_default()
    }

    pub(crate) fn flag(&mut self, field: &str) -> Option<bool> {
        match self.object.get(field) {
            None | Some(Value::Null) => None,
            Some(Value::Bool(flag)) => Some(*flag),
            Some(Value::String(word)) if self.is_form && word == "true" => Some(true),
            Some(Value::String(word)) if self.is_form && word == "false" => Some(false),
            Some(_) => {
                self.complain(field, "must be boolean");
                None
            }
        }
    }

    pub(crate) fn number(&mut self, field: &str) -> Option<f64> {
        match self.object.get(field) {
            None | Some(Value::Null) => None,
            Some(Value::Number(number)) => number.as_f64(),
            Some(_) => {
                self.complain(field, "must be number");
                None
            }
        }
    }

    pub(crate) fn texts(&mut self, field: &str) -> Option<Vec<String>> {
        match self.object.get(field) {
            None | Some(Value::Null) => None,
            Some(value) => {
                let texts = string_list(value);
                if texts.is_none() {
                    self.complain(field, "must be array of strings");
                }
                texts
            }
        }
    }

    pub(crate) fn required_texts(&mut self, field: &str) -> Vec<String> {
        if !self.has(field) {
            self.complain(field, "missing");
        }
        self.texts(field).unwrap_or_default()
    }

    /// One of a closed set of words.
    pub(crate) fn word(&mut self, field: &str, words: &[&'static str]) -> Option<&'static str> {
        let text = self.text(field)?;
        let word = words.iter().copied().find(|word| *word == text);
        if word.is_none() {
            self.complain(field, &format!("must be one of {}", words.join(", ")));
        }
        word
    }

    /// A list of ids of one prefix that all exist according to `known`.
    pub(crate) fn ids(
        &mut self,
        field: &str,
        prefix: &str,
        known: impl Fn(Id) -> bool,
    ) -> Option<Vec<Id>> {
        let texts = self.texts(field)?;
        let mut ids = Vec::with_capacity(texts.len());
        for text in texts {
            match Id::parse(&text).filter(|id| id.prefix() == prefix && known(*id)) {
                Some(id) => ids.push(id),
                None => self.complain(field, &format!("unknown id {text}")),
            }
        }
        Some(ids)
    }

    pub(crate) fn object(&mut self, field: &str) -> Option<Map<String, Value>> {
        match self.object.get(field) {
            None | Some(Value::Null) => None,
            Some(Value::Object(object)) => Some(object.clone()),
            Some(_) => {
                self.complain(field, "must be object");
                None
            }
        }
    }

    /// The fields of a nested object, complaining under `body.<field>.…`; merge back with [`Fields::absorb`].
    pub(crate) fn nested(&mut self, field: &str) -> Self {
        Self {
            object: self.object(field).unwrap_or_default(),
            is_form: self.is_form,
            complaints: Vec::new(),
        }
    }

    /// The same of an object in a list.
    pub(crate) fn element(&self, field: &str, position: usize) -> Self {
        let item = self.object.get(field).and_then(|list| list.get(position));
        Self {
            object: item.and_then(Value::as_object).cloned().unwrap_or_default(),
            is_form: self.is_form,
            complaints: Vec::new(),
        }
    }

    /// Unix seconds, which a form has as text.
    pub(crate) fn time(&mut self, field: &str) -> Option<f64> {
        if self.is_form {
            let text = self.text(field)?;
            let time = text.parse().ok();
            if time.is_none() {
                self.complain(field, "must be number");
            }
            return time;
        }
        self.number(field)
    }

    pub(crate) fn absorb(&mut self, field: &str, nested: Self) {
        self.complaints.extend(
            nested
                .complaints
                .into_iter()
                .map(|complaint| complaint.replacen("body.", &format!("body.{field}."), 1)),
        );
    }

    /// Refuses when anything was wrong.
    pub(crate) fn check(&mut self) -> Result<(), Refusal> {
        if self.complaints.is_empty() {
            Ok(())
        } else {
            Err(Refusal::bad_body(std::mem::take(&mut self.complaints)))
        }
    }
}

fn string_list(value: &Value) -> Option<Vec<String>> {
    value
        .as_array()?
        .iter()
        .map(|item| item.as_str().map(str::to_owned))
        .collect()
}
