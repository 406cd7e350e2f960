//! HTML as strangers write it, as a tree that cannot hurt.
//!
//! The tokenizer is html5ever's, so tags, attributes, entities and raw text are read as a browser reads them. The
//! tree is our own. html5ever's tree builder looks through all open elements for nearly every tag and opens
//! unclosed formatting again in every paragraph, so two megabytes of `<div>`, or of `<b id=1><b id=2>…<p>`, keep it
//! busy for minutes; and both its reference tree and the Markdown converters above it recurse as deep as the input
//! nests, in their destructors too. Here depth, attributes and nodes are bounded while the tree is built, in one
//! vector, and whoever walks it can recurse without care.

mod attributes;
pub(crate) mod colour;
pub(crate) mod element;
pub(crate) mod parse;
mod reader;
pub(crate) mod sheet;
pub(crate) mod style;
pub(crate) mod tree;
