//! From what strangers write to what a model reads, and back.

mod clients;
mod counting;
mod hostile;
#[cfg(test)]
mod outgoing;
#[cfg(test)]
mod times;
