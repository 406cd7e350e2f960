//! From what Front answers to what a model reads.
